"""An interview at the desk in a real browser, with the keyboard alone, down to the printed sheet."""

from __future__ import annotations

import re

from tests.bot.web.equipe import PASSWORD
from tests.bot.web.test_accessibility import wrong

WIDTHS = (360, 1280)
# A family says three things at once, in Dari: the power may be cut, the rent is late, the son must go to school.
FAMILLE = "برق ما قطع می شود، کرایه خانه را نداده ایم، پسرم باید به مکتب برود"


def settled(page) -> None:
    """Wait until the answer to the last change is on the page."""
    page.locator("#suite:not([aria-busy])").wait_for()


def press_until(page, key: str, wanted: str, most: int = 60) -> None:
    """Press a key until the focus is on the element of that id."""
    for _ in range(most):
        if page.evaluate("document.activeElement.id") == wanted:
            return
        page.keyboard.press(key)
    raise AssertionError(f"{wanted} cannot be reached with {key}")


def fits(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_dari_speaking_family_with_three_problems_leaves_with_one_sheet(visit_equipe):
    page = visit_equipe("mediateur", "/equipe/bureau")
    assert page.evaluate("document.activeElement.id") == "paroles", "one can speak at once"
    page.keyboard.insert_text(FAMILLE)
    press_until(page, "Tab", "quartier")
    for _ in range(10):
        if page.locator("#quartier").input_value() != "etouvie":
            page.keyboard.press("ArrowDown")
    settled(page)
    press_until(page, "Shift+Tab", "paroles")
    page.keyboard.press("Control+Enter")
    page.locator(".porte").first.wait_for()
    settled(page)
    assert page.locator("#langue").input_value() == "fa"
    assert page.locator("#quartier").input_value() == "etouvie"
    for besoin in ("energie", "impayes-loyer", "scolarite"):
        box = page.locator(f"#b-{besoin}")
        assert box.count(), f"{besoin} is proposed"
        if not box.is_checked():
            press_until(page, "Tab", f"b-{besoin}")
            page.keyboard.press("Space")
            settled(page)
    assert page.locator(".besoin").count() == 3

    page.locator("[id='f.enfants']").focus()
    page.keyboard.type("7, 12")
    page.keyboard.press("Tab")
    settled(page)
    assert page.locator(".verdict").count() > 0, "an answer sorts the rights"
    assert page.locator("[id='f.enfants']").input_value() == "7, 12"

    with page.context.expect_page() as opened:
        page.locator("button[value=fiche]").focus()
        page.keyboard.press("Enter")
    sheet = opened.value
    sheet.wait_for_load_state()
    assert "l=fa&q=etouvie&p=" in sheet.url
    assert "7" not in re.sub(r"\d{4,5}", "", sheet.url.partition("?")[2]), "nothing of the family is in the address"
    assert sheet.locator("html").get_attribute("dir") == "rtl"
    left, right = (sheet.locator("article .face > div").nth(n).bounding_box() for n in (0, 1))
    assert left["x"] + left["width"] <= right["x"] + 1, "French on the left, Dari on the right"
    pdf = sheet.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 2
    assert page.locator("#paroles").input_value() == FAMILLE, "the desk is still there, beside the sheet"


def test_when_the_network_is_cut_the_interview_stays_on_the_page_and_goes_on(visit_equipe):
    page = visit_equipe("mediateur", "/equipe/bureau")
    page.locator("#paroles").fill("facture EDF impayée")
    page.context.set_offline(True)
    page.locator("#paroles").press("Control+Enter")
    panne = page.get_by_role("alert").filter(has_text="Pas de réponse du service")
    panne.wait_for()
    assert page.locator("#paroles").input_value() == "facture EDF impayée"
    page.context.set_offline(False)
    page.locator("#paroles").press("Control+Enter")
    page.locator("#b-energie").wait_for()
    assert panne.is_hidden()


def test_when_the_session_ends_one_comes_in_beside_and_the_interview_goes_on(visit_equipe):
    page = visit_equipe("mediateur", "/equipe/bureau")
    mine = page.context.cookies()
    page.locator("#paroles").fill("facture EDF impayée")
    page.context.clear_cookies()
    page.locator("#paroles").press("Control+Enter")
    page.get_by_role("alert").filter(has_text="Votre session est finie").wait_for()
    assert page.locator("#paroles").input_value() == "facture EDF impayée"
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Se connecter dans un autre onglet").click()
    opened.value.get_by_label("Identifiant").fill("mediateur.chromium")
    opened.value.get_by_label("Mot de passe").fill(PASSWORD)
    opened.value.get_by_role("button", name="Entrer").click()
    opened.value.get_by_role("button", name="Sortir").wait_for()
    assert page.context.cookies() != mine
    page.locator("#paroles").press("Control+Enter")
    page.locator("#b-energie").wait_for()


def test_what_is_too_long_is_said_on_the_page_which_stays(visit_equipe):
    page = visit_equipe("mediateur", "/equipe/bureau")
    page.locator("#paroles").evaluate("(one) => { one.maxLength = 200000; one.value = 'a'.repeat(100000); }")
    page.locator("#paroles").press("Control+Enter")
    page.get_by_role("alert").filter(has_text="trop long").wait_for()
    assert len(page.locator("#paroles").input_value()) == 100_000


def test_hands_on_the_keyboard_go_on_from_where_they_were(visit_equipe):
    page = visit_equipe("mediateur", "/equipe/bureau")
    page.locator("#paroles").fill("facture EDF impayée, et le loyer en retard")
    page.locator("#paroles").press("Control+Enter")
    page.locator("#plus-energie").press("Enter")
    page.locator("#plus-energie").wait_for(state="detached")
    section = page.locator(".besoin").filter(has=page.locator("#b-energie-titre"))
    fourth = section.locator("input[name=porte]").nth(3).get_attribute("id")
    assert page.evaluate("document.activeElement.id") == fourth
    section.locator("summary").press("Enter")
    page.locator("#note-energie-trop-loin").press("Enter")
    page.get_by_text("Noté : trop loin").first.wait_for()
    assert page.evaluate("document.activeElement.id") == "note-energie-trop-loin"


def test_the_desk_works_without_scripts(visit_equipe):
    page = visit_equipe("mediateur", "/equipe/bureau", scripts=False)
    page.locator("#paroles").fill("facture EDF impayée")
    page.get_by_role("button", name="Comprendre").click()
    assert page.locator("#b-energie").is_checked()
    page.locator("summary", has_text="Sans réponse").first.click()
    page.get_by_role("button", name="Trop loin").click()
    assert page.get_by_text("Noté : trop loin").is_visible()


def test_nothing_reaches_past_the_edge_of_a_phone_or_a_desk(visit_equipe):
    for width in WIDTHS:
        page = visit_equipe("mediateur", "/equipe/bureau", width=width)
        page.locator("#paroles").fill("je veux mourir, facture EDF impayée")
        page.locator("button[value=comprendre]").click()
        page.locator(".danger").wait_for()
        settled(page)
        assert fits(page)
        for path in (
            "/equipe/annuaire?texte=mission",
            "/equipe/annuaire/france-services-amiens-nord",
            "/equipe/signalements",
        ):
            page.goto(re.sub(r"/equipe/.*", path, page.url))
            assert fits(page), (path, width)


def test_a_desk_with_everything_open_has_no_fault_that_axe_knows(visit_equipe):
    page = visit_equipe("mediateur", "/equipe/bureau")
    page.locator("#paroles").fill("je veux mourir, facture EDF impayée")
    page.locator("#langue").select_option("ar")
    page.locator("button[value=comprendre]").click()
    page.locator(".danger").wait_for()
    settled(page)
    page.locator("#ajouter").select_option("prestations-familiales")
    page.locator("#bouton-ajouter").click()
    page.locator("[id='f.enfants']").fill("beaucoup")
    page.keyboard.press("Tab")
    page.locator(".faute-champ").wait_for()
    page.locator("[id='f.enfants']").fill("3, 7")
    page.keyboard.press("Tab")
    page.locator(".verdict").first.wait_for()
    settled(page)
    page.evaluate("() => document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
    assert wrong(page) == []


def test_a_sheet_on_a_phone_puts_the_language_of_its_reader_first(visit):
    door = "france-services-amiens-nord/demarches"
    page = visit(f"/fiche?l=ar&p={door}", width=360)
    assert fits(page)
    first, second = (page.locator(f"article div[lang={lang}]").bounding_box() for lang in ("ar", "fr"))
    assert first["y"] < second["y"]
    assert page.locator("article div[lang=ar] a[href='tel:0322661028']").is_visible()
    assert page.get_by_role("button", name=re.compile("Imprimer|طباعة|اطبع")).is_visible()
