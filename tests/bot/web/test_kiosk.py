"""The kiosk: nothing leads out of it, and nothing is left of whoever was there before."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from aiohttp import CookieJar
from aiohttp.test_utils import TestClient, TestServer

from bot.app import make_runner, site
from bot.channels.borne import square
from bot.config import load_config
from bot.journal.table import latest, open_journal
from bot.storage.sqlite import FILE, open_store

PUBLIC = "http://porte.example"


@pytest.fixture
async def hall(tmp_path, live):
    """The whole site in this process, as seen from a kiosk at a public address."""
    config = replace(load_config({"BONNEPORTE_PUBLIC_URL": PUBLIC}), data=tmp_path)
    store = open_store(tmp_path)
    runner = make_runner(config, live, store, pull=("web", "borne"), alert=print)
    await runner.start()
    client = TestClient(TestServer(site(config, live, store, runner)), cookie_jar=CookieJar(unsafe=True))
    await client.start_server()

    async def ask(method: str, path: str, **fields):
        async with client.request(
            method, path, data=fields or None, headers={"Origin": PUBLIC}, allow_redirects=False
        ) as answer:
            return SimpleNamespace(status=answer.status, text=await answer.text(), headers=answer.headers)

    yield SimpleNamespace(ask=ask, client=client, store=store, folder=tmp_path)
    await client.close()
    await runner.stop()
    await store.close()


async def test_what_is_said_at_a_kiosk_is_counted_as_said_at_a_kiosk(hall):
    await hall.ask("POST", "/borne/message", text="je ne peux pas payer l'électricité", o="q=etouvie")
    rows = latest(open_journal(hall.folder / FILE), 10)

    assert {(row.canal, row.quartier) for row in rows if row.genre == "orientation"} == {("borne", "etouvie")}


async def test_ending_erases_the_conversation_on_the_server_and_the_cookie_in_the_browser(hall):
    await hall.ask("POST", "/borne/message", text="je cherche un avocat", o="q=etouvie")
    assert (await hall.store.counts()).conversations == 1
    ended = await hall.ask("POST", "/borne/fin", o="q=etouvie")

    assert (ended.status, ended.headers["Location"]) == (303, "/borne?q=etouvie")
    assert (await hall.store.counts()).conversations == 0
    assert [cookie.key for cookie in hall.client.session.cookie_jar] == []
    assert "avocat" not in (await hall.ask("GET", "/borne?q=etouvie")).text


async def test_a_cookie_left_by_a_late_answer_is_nobodys_and_the_quarter_of_the_kiosk_holds(hall):
    await hall.ask("POST", "/borne/message", text="je cherche un avocat", o="q=etouvie")
    (late,) = [cookie.value for cookie in hall.client.session.cookie_jar]
    await hall.ask("POST", "/borne/fin", o="q=etouvie")
    hall.client.session.cookie_jar.update_cookies({"borne": late})
    answer = await hall.ask("POST", "/borne/message", text="j’ai faim", o="q=etouvie")

    assert "Étouvie" in (await hall.ask("GET", "/borne?q=etouvie")).text
    assert f"borne={late}" not in answer.headers["Set-Cookie"]


async def test_nothing_leads_out_of_the_kiosk(hall):
    page = await hall.ask("GET", "/borne?q=etouvie&b=demande-logement")

    assert page.status == 200
    assert 'href="http' not in page.text
    assert 'href="tel:' not in page.text
    assert 'href="/"' not in page.text
    assert "partager:position" not in page.text
    assert 'href="/borne"' in (await hall.ask("POST", "/borne/message", x="1")).text  # a fault leads back to it


async def test_a_code_to_photograph_opens_the_same_need_and_quarter_on_a_phone(hall):
    page = await hall.ask("GET", "/borne?q=etouvie&b=energie&l=fr")

    assert square(f"{PUBLIC}/?l=fr&q=etouvie&b=energie", "Continuer sur mon téléphone") in page.text


async def test_a_kiosk_that_no_phone_can_reach_shows_no_code(hall, live, tmp_path):
    config = replace(load_config({}), data=tmp_path / "autre")
    store = open_store(config.data)
    runner = make_runner(config, live, store, pull=("web", "borne"), alert=print)
    async with TestClient(TestServer(site(config, live, store, runner))) as client:
        text = await (await client.get("/borne?q=etouvie&b=energie")).text()
    await store.close()

    assert "Continuer sur mon téléphone" not in text


async def test_the_page_of_a_phone_and_the_kiosk_do_not_share_a_conversation(hall):
    await hall.ask("POST", "/borne/message", text="je cherche un avocat")

    assert "avocat" not in (await hall.ask("GET", "/")).text


@pytest.mark.parametrize("path", ["/borne/nulle-part", "/borne/message"])
async def test_an_address_that_does_not_exist_leads_back_to_the_kiosk(hall, path):
    answer = await hall.ask("GET", path)

    assert answer.status in (404, 405)
    assert 'href="/borne"' in answer.text


@pytest.mark.parametrize(
    "opening", ["q=<script>", "q=" + "x" * 500, "b=nulle-part", "l=xx,q=,b=", "q=etouvie,q=pigeonnier", "🎉"]
)
async def test_nonsense_in_the_address_or_the_form_gets_a_page(hall, opening):
    page = await hall.ask("GET", "/borne?" + opening.replace(",", "&"))
    ended = await hall.ask("POST", "/borne/fin", o=opening)

    assert page.status == 200
    assert "<script>" not in page.text.replace('<script src="/static/', "")
    assert ended.headers["Location"].startswith("/borne")


async def test_a_message_still_on_its_way_when_its_person_left_brings_nothing_back(hall):
    await hall.ask("POST", "/borne/message", text="je cherche un avocat")
    left = {cookie.key: cookie.value for cookie in hall.client.session.cookie_jar}
    await hall.ask("POST", "/borne/fin")
    hall.client.session.cookie_jar.update_cookies(left)
    late = await hall.ask("POST", "/borne/message", text="mon mari me frappe", n="2")

    assert (late.status, late.headers["Location"]) == (303, "/borne")
    assert late.headers.getall("Set-Cookie")[0].startswith('borne="";')
    assert (await hall.store.counts()).conversations == 0


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/json", "text/plain"])
async def test_ending_ends_whatever_its_form_says(hall, kind):
    await hall.ask("POST", "/borne/message", text="je cherche un avocat")
    headers = {"Origin": PUBLIC, "Content-Type": kind}
    async with hall.client.post("/borne/fin", data=b"--y", headers=headers, allow_redirects=False) as answer:
        assert answer.status == 303
    assert (await hall.store.counts()).conversations == 0
    assert [cookie.key for cookie in hall.client.session.cookie_jar] == []
