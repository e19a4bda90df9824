"""The kiosk in a real browser, its clock in the hands of the test."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def kiosk(browser, site):
    """`kiosk(locale="ar")`: the kiosk of Étouvie, its time standing still until `page.clock` moves."""
    contexts = []

    def open_page(*, locale: str = "fr-FR", width: int = 1280, height: int = 800):
        context = browser.new_context(viewport={"width": width, "height": height}, locale=locale, has_touch=True)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.clock.install()
        page.goto(site + "/borne?q=etouvie")
        return page

    yield open_page
    for context in contexts:
        context.close()


def say(page, words: str) -> None:
    page.locator("#ecrire").fill(words)
    page.locator("#ecrire-form button[type=submit]").click()
    expect(page.locator("#fil article.bot")).to_have_count(2)


def test_after_a_minute_of_silence_nothing_is_left_of_the_person(kiosk):
    page = kiosk()
    say(page, "je cherche un avocat")
    page.locator("#ecrire").fill("encore un mot")
    page.clock.run_for(41_000)
    expect(page.get_by_role("dialog", name="Vous êtes encore là")).to_be_visible()
    with page.expect_navigation():
        page.clock.run_for(20_000)

    expect(page.locator("#fil article")).to_have_count(1)
    expect(page.locator("body")).not_to_contain_text("avocat")
    assert page.locator("#ecrire").input_value() == ""
    assert page.url.endswith("/borne?q=etouvie")
    assert [cookie["name"] for cookie in page.context.cookies()] == []


def test_the_back_button_shows_nothing_of_the_person_before(kiosk):
    page = kiosk()
    say(page, "je cherche un avocat")
    page.get_by_role("button", name="J’ai fini").first.click()
    expect(page.locator("#fil article")).to_have_count(1)
    for go in (page.go_back, page.go_forward):
        go()
        expect(page.locator("body")).not_to_contain_text("avocat")


def test_an_answer_that_comes_after_its_person_left_is_neither_shown_nor_kept(kiosk):
    page = kiosk()
    held = []
    page.route("**/borne/message", lambda route: held.append(route))
    page.route("**/borne/fin", lambda route: route.abort())
    page.locator("#ecrire").fill("je cherche un avocat")
    with page.expect_request("**/borne/message"):
        page.locator("#ecrire-form button[type=submit]").click()
    page.get_by_role("button", name="J’ai fini").first.click()
    for route in held:
        route.continue_()
    page.clock.run_for(10_000)
    expect(page.locator("main")).to_have_text("", use_inner_text=True)
    page.unroute("**/borne/fin")
    with page.expect_navigation():
        page.clock.run_for(20_000)

    expect(page.locator("#fil article")).to_have_count(1)
    expect(page.locator("body")).not_to_contain_text("avocat")
    assert page.context.cookies() == []


def test_the_countdown_is_seen_and_a_touch_keeps_the_conversation(kiosk):
    page = kiosk()
    say(page, "je cherche un avocat")
    page.clock.run_for(45_000)
    left = int(page.locator("#compte").inner_text())
    page.get_by_role("button", name="Oui, je continue").click()
    page.clock.run_for(30_000)

    assert 12 <= left <= 16
    expect(page.locator("#presence")).to_be_hidden()
    expect(page.locator("#fil")).to_contain_text("avocat")


def test_typing_counts_as_being_there(kiosk):
    page = kiosk()
    say(page, "je cherche un avocat")
    for _ in range(3):
        page.clock.run_for(30_000)
        page.locator("#ecrire").press_sequentially("mot ")

    expect(page.locator("#presence")).to_be_hidden()


def test_the_first_page_waits_for_ever(kiosk):
    page = kiosk()
    page.clock.run_for(600_000)

    expect(page.locator("#presence")).to_be_hidden()


def test_the_choice_of_a_language_stays_until_the_person_has_gone(kiosk):
    page = kiosk()
    page.get_by_role("button", name="العربية").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    with page.expect_navigation():
        page.clock.run_for(61_000)

    expect(page.locator("html")).to_have_attribute("dir", "ltr")


def test_languages_and_themes_are_large_enough_for_a_finger(kiosk):
    page = kiosk()
    for selector, least in ((".langues button", 48), (".choix button", 80), (".fin button", 60)):
        for button in page.locator(selector).all():
            assert button.bounding_box()["height"] >= least


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1920, 1080), (1080, 1920)])
def test_languages_and_themes_are_seen_at_once_on_the_screen_of_a_kiosk(kiosk, width, height):
    page = kiosk(width=width, height=height)

    expect(page.locator(".choix button").last).to_be_in_viewport(ratio=1)
    expect(page.locator(".langues button").last).to_be_in_viewport(ratio=1)
