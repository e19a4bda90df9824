"""The resident's page in a real browser: with scripts and without, on a small phone, by keyboard, right to left."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def say(page, words: str) -> None:
    page.get_by_role("textbox").fill(words)
    page.locator("#ecrire-form button[type=submit]").click()


def answers(page):
    return page.locator("#fil article.bot")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_question_in_french_gets_a_door_with_its_phone(visit, scripts):
    page = visit(scripts=scripts)
    say(page, "je n'ai plus rien à manger, j'habite Amiens Nord")
    page.locator("#fil article.bot a[href^='tel:']").first.wait_for()

    assert "manger" in page.locator("#fil").inner_text()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_question_in_arabic_is_answered_right_to_left(visit, scripts):
    page = visit(scripts=scripts)
    say(page, "ليس لدي ما آكله")
    page.locator("#fil article.bot[dir=rtl]").first.wait_for()

    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("html")).to_have_attribute("lang", "ar")


def test_danger_shows_the_number_first_and_tappable(visit):
    page = visit()
    say(page, "je veux mourir")
    urgent = page.locator("#fil article.urgent")
    urgent.wait_for()

    assert urgent.locator("a").first.get_attribute("href") == "tel:3114"


def test_a_button_answers_in_place_and_an_old_one_still_answers(visit):
    page = visit()
    say(page, "je cherche un travail")
    expect(answers(page)).to_have_count(2)
    page.locator("#fil form.choix").last.locator("button:visible").first.click()
    expect(answers(page)).to_have_count(3)
    page.locator("#fil form.choix").first.locator("button:visible").first.click()
    expect(answers(page)).to_have_count(4)

    assert page.locator("#panne").is_hidden()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_language_changes_from_the_list_under_the_globe(visit, scripts):
    page = visit(scripts=scripts)
    page.locator("nav summary").click()
    page.get_by_role("button", name="English").click()

    expect(page.locator("#ecrire-form button[type=submit]")).to_contain_text("Send")


def test_the_page_speaks_the_language_of_the_browser_at_once(visit):
    page = visit(locale="ar")

    assert page.locator("html").get_attribute("dir") == "rtl"


@pytest.mark.parametrize("locale", ["fr-FR", "ar"])
def test_nothing_overflows_a_phone_of_360_pixels(visit, locale):
    page = visit(width=360, locale=locale)
    say(page, "j’ai faim, j’habite à Étouvie")
    expect(page.locator("#fil strong").first).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_keyboard_is_enough(visit):
    page = visit()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "ecrire":
            break
    page.keyboard.type("carte vitale perdue")
    page.keyboard.press("Enter")
    expect(answers(page)).to_have_count(2)

    assert page.locator("#fil").get_attribute("role") == "log"


def test_erasing_leaves_nothing_on_the_page(visit):
    page = visit()
    say(page, "je cherche un avocat")
    expect(answers(page)).to_have_count(2)
    page.locator(".pied button[value='/effacer']").click()
    expect(answers(page)).to_have_count(1)
    expect(page.locator("#fil")).not_to_contain_text("avocat")
    page.reload()

    expect(page.locator("#fil")).not_to_contain_text("avocat")
    expect(answers(page)).to_have_count(1)


def test_nothing_comes_from_elsewhere_and_the_console_stays_silent(visit, site):
    page = visit()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.reload()
    say(page, "bonjour")
    expect(answers(page)).to_have_count(2)

    assert [url for url in asked if not url.startswith(site)] == []
    assert said == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_link_that_names_a_quarter_is_still_known_at_the_first_question(visit, scripts):
    page = visit("/?q=etouvie", scripts=scripts)
    say(page, "j’ai faim")

    expect(page.locator("#fil")).to_contain_text("votre quartier (Étouvie)")


def test_a_link_can_open_the_page_in_another_language(visit):
    page = visit("/?l=ar")

    assert page.locator("html").get_attribute("dir") == "rtl"
