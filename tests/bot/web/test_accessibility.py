"""Every page of the product, as axe-core sees it on a phone and on a desk; and no page scrolls sideways when enlarged.

Staff pages come from the list of the staff site: a new one is tested without a line here. A page that shows more when
it is asked something has its addresses in EXAMPLES.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from bot.accounts import table
from bot.storage.sqlite import beside
from bot.web import staff
from tests.bot.web.conftest import running_site
from tests.bot.web.equipe import HASHED, PASSWORD

pytestmark = pytest.mark.browser

# More addresses of a page: with something asked, something found, something refused.
EXAMPLES: dict[str, tuple[str, ...]] = {
    "/equipe/connexion": ("/equipe/connexion?suite=/equipe/bureau",),
    "/equipe/audit": ("/equipe/audit?compte=terminal",),
    "/equipe/annuaire": ("/equipe/annuaire?texte=mission", "/equipe/annuaire/france-services-amiens-nord"),
    "/fiche": (
        "/fiche?l=fa&q=etouvie&p=mairie-secteur-ouest/enfance&d=ars",
        "/fiche?l=fr&p=caf-somme-amiens/allocations",
    ),
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


def wrong(page) -> list[str]:
    """What is wrong with a page at each width."""
    said = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        said += [f"{page.url} at {width} pixels: {fault}" for fault in faults(page)]
    # 1280 pixels enlarged to 400 %, or 640 to 200 %.
    page.set_viewport_size({"width": 320, "height": 640})
    if page.evaluate("document.documentElement.scrollWidth") > 320:
        said.append(f"{page.url} scrolls sideways when enlarged")
    return said


def check(page) -> None:
    assert wrong(page) == []


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


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory):
    """(address, folder) of the site over the invented year, where every list has lines and every chart has bars."""
    folder = tmp_path_factory.mktemp("demonstration")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BONNEPORTE_")}
    command = [sys.executable, "-m", "bot", "demo", "--dossier", str(folder), "--lignes", "3000"]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    with beside(folder) as db:
        table.set_password(db, "essai", table.add(db, "essai", "chef.essai", "administrateur"), HASHED)
    with running_site(folder, BONNEPORTE_DEMO="oui") as url:
        yield url


def kind(path: str) -> tuple[str, ...]:
    """What makes two addresses the same page, for this test: the entry of the list, and what is asked of it."""
    plain, _, query = path.partition("?")
    for page in staff.pages():
        pattern = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(f"/equipe{page.path}"))
        if page.method == "GET" and re.fullmatch(pattern, plain):
            return page.path, *sorted({part.partition("=")[0] for part in query.split("&")})
    return (plain,)


def test_every_page_that_a_link_leads_to_has_no_fault_when_it_is_full(browser, demonstration):
    context = browser.new_context(locale="fr-FR")
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto(demonstration + "/equipe/connexion")
    page.get_by_label("Identifiant").fill("chef.essai")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Entrer").click()
    page.get_by_role("button", name="Sortir").wait_for()
    waiting, seen, said = ["/equipe/", "/equipe/annuaire?texte=france"], {}, []
    while waiting:
        path = waiting.pop(0)
        same = kind(path)
        if same in seen or sum(one[0] == same[0] for one in seen) >= 2:
            continue
        seen[same] = path
        answer = context.request.get(demonstration + path)
        if "text/html" not in answer.headers["content-type"]:
            continue
        assert answer.status == 200, path
        page.goto(demonstration + path)
        said += wrong(page)
        hrefs = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
        waiting += [href.partition("#")[0] for href in hrefs if href.startswith(("/equipe/", "/fiche"))]
    context.close()

    assert said == []
    assert {"/", "/comptes", "/audit", "/annuaire/{lieu}", "/revue/{numero}", "/chiffres"} <= {one[0] for one in seen}


def test_the_desk_full_of_answers_and_its_sheet_have_no_fault(visit_equipe):
    page = visit_equipe("mediateur", "/equipe/bureau")
    page.locator("#paroles").fill("facture EDF impayée, je n’ai plus rien à manger, j’habite à Étouvie")
    page.keyboard.press("Control+Enter")
    page.locator(".porte").first.wait_for()
    page.wait_for_function("!document.getElementById('suite').hasAttribute('aria-busy')")
    check(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    with page.context.expect_page() as opened:
        page.locator("button[value=fiche]").click()
    opened.value.wait_for_load_state()

    check(opened.value)
