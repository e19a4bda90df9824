"""Every page of the product, as axe-core sees it on a phone and on a desk; and no page scrolls sideways when enlarged.

Staff pages come from the list of the staff site: a new one is tested without a line here. A page that shows more when
it is asked something has its addresses in EXAMPLES.
"""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from bot.web import staff

pytestmark = pytest.mark.browser

# More addresses of a page: with something asked, something found, something refused.
EXAMPLES: dict[str, tuple[str, ...]] = {
    "/equipe/connexion": ("/equipe/connexion?suite=/equipe/bureau",),
    "/equipe/audit": ("/equipe/audit?compte=terminal",),
}
PATHS = [f"/equipe{page.path}" for page in staff.pages() if page.method == "GET" and "{" not in page.path]
PATHS += [page.path for page in staff.PUBLIQUES if page.method == "GET" and "{" not in page.path]
PATHS += [more for path in PATHS for more in EXAMPLES.get(path, ())]
PATHS += ["/equipe/premier/passe", "/equipe/acces/passe", "/equipe/nulle-part"]

WIDTHS = (360, 1280)


def faults(page) -> list[str]:
    """What axe-core finds wrong, one line per rule and place."""
    found = Axe().run(page).response["violations"]
    return [f"{fault['id']}: {fault['help']}: {node['html'][:150]}" for fault in found for node in fault["nodes"]]


def check(page) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert faults(page) == [], f"{page.url} at {width} pixels"
    # 1280 pixels enlarged to 400 %, or 640 to 200 %.
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, f"{page.url} scrolls sideways"


@pytest.mark.parametrize("path", PATHS)
def test_a_staff_page_has_no_fault_that_axe_knows(visit_equipe, visit, path):
    open_page = path.startswith("/equipe/") and not path.startswith(
        ("/equipe/connexion", "/equipe/premier", "/equipe/acces")
    )

    check(visit_equipe("administrateur", path) if open_page else visit(path))


@pytest.mark.parametrize("role", ["mediateur", "agent"])
def test_the_first_page_of_a_role_has_no_fault(visit_equipe, role):
    check(visit_equipe(role, "/equipe/"))


def test_the_login_page_that_refuses_has_no_fault(visit):
    page = visit("/equipe/connexion")
    page.get_by_label("Identifiant").fill("personne")
    page.get_by_label("Mot de passe").fill("faux")
    page.get_by_role("button", name="Entrer").click()
    expect(page.get_by_role("alert")).to_be_visible()

    check(page)


def test_the_accounts_page_that_gives_a_link_has_no_fault(visit_equipe):
    page = visit_equipe("administrateur", "/equipe/comptes")
    page.get_by_label("Identifiant").fill("pour.axe")
    page.get_by_role("button", name="Créer le compte").click()
    expect(page.get_by_label("Lien à copier")).to_be_visible()

    check(page)


@pytest.mark.parametrize("path", ["/", "/borne?q=etouvie"])
@pytest.mark.parametrize("locale", ["fr-FR", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_conversation_has_no_fault(visit, path, locale, scheme):
    page = visit(path, locale=locale)
    page.emulate_media(color_scheme=scheme)
    check(page)
    page.locator("#ecrire").fill("je ne peux pas payer l’électricité, j’habite à Étouvie")
    page.locator("#ecrire-form button[type=submit]").click()
    expect(page.locator("#fil article.bot")).to_have_count(2)
    page.locator("#ecrire").fill("je veux mourir")
    page.locator("#ecrire-form button[type=submit]").click()
    expect(page.locator("#fil article.urgent")).to_be_visible()

    check(page)


def test_the_question_of_the_kiosk_has_no_fault(browser, site):
    context = browser.new_context(locale="fr-FR")
    page = context.new_page()
    page.clock.install()
    page.goto(site + "/borne?q=etouvie&b=demande-logement")
    page.locator("#ecrire").fill("bonjour")
    page.clock.run_for(45_000)
    expect(page.get_by_role("dialog")).to_be_visible()

    check(page)
    context.close()
