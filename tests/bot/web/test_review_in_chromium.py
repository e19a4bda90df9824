"""The review in a real browser: by keyboard, without scripts, on a phone, on paper, and as axe-core sees it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from bot.storage.sqlite import beside
from tests.bot.review.scene import put, unmet
from tests.bot.web.test_accessibility import check

pytestmark = pytest.mark.browser
REVUE = "/equipe/revue"


@pytest.fixture
def needs(site_folder, request) -> str:
    """Three needs of a test's own, found by a word that no other test says; gives that word."""
    word = f"zq{abs(hash(request.node.name)) % 10**6}"
    with beside(site_folder) as db:
        put(
            db,
            unmet(mots=f"{word} je cherche un logement", motif="pas-de-place", remarque="noté au bureau"),
            unmet(mots=f"{word} je cherche un lojement", besoin="demande-logement"),
            unmet(mots=f"{word} أبحث عن سكن", langue="ar", besoin=None, defi=None, raison="rien_compris"),
        )
    return word


def test_the_pages_that_show_needs_have_no_fault(visit_equipe, needs):
    page = visit_equipe("agent", f"{REVUE}?texte={needs}&langue=fr")
    check(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_label("Changer", exact=True).select_option("tout")
    page.locator("#l-etat").select_option("lu")
    page.get_by_role("button", name="Appliquer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Changer 2 besoins")
    check(page)
    page.goto(page.url.split("/equipe")[0] + f"{REVUE}/groupes?texte={needs}&etat=")
    check(page)
    page.locator(".mots a").first.click()
    page.locator(".mots a").first.click()
    expect(page.get_by_role("heading", name="Ce que nous en faisons")).to_be_visible()
    check(page)


def test_a_need_is_settled_by_keyboard_alone_and_without_scripts(visit_equipe, needs):
    page = visit_equipe("agent", f"{REVUE}?texte={needs}&langue=ar", scripts=False)
    page.locator(".besoin .mots a").focus()
    page.keyboard.press("Enter")
    page.get_by_role("radio", name="Nouveau").focus()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.type("Créer")
    page.keyboard.press("Tab")
    page.keyboard.type("Trouver un logement")
    page.keyboard.press("Tab")
    page.keyboard.type("vu avec le bailleur")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("Enregistré.")
    history = page.locator(".histoire li").first
    expect(history).to_contain_text("Traité · Créer une permanence · besoin : Trouver un logement")
    expect(history).to_contain_text("vu avec le bailleur")


def test_needs_are_ticked_and_changed_by_keyboard(visit_equipe, needs):
    page = visit_equipe("agent", f"{REVUE}?texte={needs}&langue=fr")
    for box in page.locator(".besoin input[type=checkbox]").all():
        box.focus()
        page.keyboard.press("Space")
    page.locator("#l-etat").focus()
    page.keyboard.type("Clos")
    page.get_by_role("button", name="Appliquer").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("2 besoins changés.")


def test_the_bar_that_changes_many_never_hides_what_has_the_focus(visit_equipe, needs):
    page = visit_equipe("agent", f"{REVUE}?texte={needs}", height=700)
    last = page.locator(".besoin input[type=checkbox]").last
    last.focus()
    under = page.evaluate(
        "() => { const b = document.activeElement.getBoundingClientRect();"
        " return document.elementFromPoint(b.x + b.width / 2, b.y + b.height / 2) === document.activeElement }"
    )
    assert under


def test_paper_shows_the_needs_and_no_form(visit_equipe, needs):
    page = visit_equipe("agent", f"{REVUE}?texte={needs}&langue=fr")
    page.emulate_media(media="print")
    expect(page.locator(".besoin").first).to_be_visible()
    expect(page.locator("#lot")).to_be_hidden()
    expect(page.locator(".besoin input").first).to_be_hidden()
    expect(page.locator("form.filtres")).to_be_hidden()
