"""Coming in to the staff site: who may, how often one may try, and what ends a session."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta

import pytest

from bot.accounts import audit, links, table
from bot.accounts.throttle import Throttle
from bot.web import entree
from tests.bot.web.equipe import PASSWORD, open_equipe

NEW = "une autre phrase assez longue"


async def come_in(browser, nom: str, password: str = PASSWORD, **options):
    return await browser.post("/equipe/connexion", {"nom": nom, "mot_de_passe": password}, **options)


async def changed(browser, **fields):
    return await browser.post("/equipe/motdepasse", {"actuel": PASSWORD, "mot_de_passe": NEW, "encore": NEW, **fields})


async def test_who_gives_the_right_password_comes_in_and_goes_out(equipe):
    browser = await equipe.entre("mediateur", "camille.essai")
    assert "camille.essai" in await browser.page("/equipe/")

    answer = await browser.post("/equipe/sortie")

    assert answer.location == "/equipe/connexion"
    assert (await browser.get("/equipe/")).status == 303


async def test_the_page_one_wanted_opens_after_coming_in(equipe):
    browser = await equipe.anonyme()
    await equipe.compte("chef.essai", "administrateur")
    asked = await browser.get("/equipe/audit?compte=terminal")
    assert asked.location.startswith("/equipe/connexion?suite=")

    form = await browser.page(asked.location)
    wanted = re.search(r'name="suite" value="([^"]+)"', form)[1]
    answer = await browser.post("/equipe/connexion", {"nom": "chef.essai", "mot_de_passe": PASSWORD, "suite": wanted})

    assert answer.location == "/equipe/audit?compte=terminal"


@pytest.mark.parametrize(
    "suite",
    ["https://ailleurs.example/", "//ailleurs.example", "/equipe/\\ailleurs", "/equipe//x", "/", "/equipe/\r\nX: y"],
)
async def test_coming_in_never_leads_elsewhere(equipe, suite):
    browser = await equipe.anonyme()
    await equipe.compte("chef.essai", "administrateur")
    answer = await browser.post("/equipe/connexion", {"nom": "chef.essai", "mot_de_passe": PASSWORD, "suite": suite})

    assert answer.location == "/equipe/"


@pytest.mark.parametrize(
    "nom", ["personne.essai", "", "x" * 5000, "'; drop table compte", "camille\x00", "🎉", "fermee.essai"]
)
async def test_a_wrong_name_or_password_says_the_same_whoever_it_is(equipe, nom):
    closed = await equipe.compte("fermee.essai", "agent")
    await equipe.services.store.write(lambda db: table.set_active(db, "essai", closed.id, False))
    await equipe.compte("camille.essai", "agent")
    browser = await equipe.anonyme()

    for answer in (await come_in(browser, nom), await come_in(browser, "camille.essai", "pas le bon mot")):
        assert answer.status == 403
        assert "Identifiant ou mot de passe faux" in answer.text
        assert "equipe" not in answer.cookies


async def test_after_six_wrong_tries_one_waits_and_is_told_how_long(equipe):
    await equipe.compte("camille.essai", "agent")
    browser = await equipe.anonyme()
    tries = [(await come_in(browser, "camille.essai", f"essai {n}")).status for n in range(6)]
    refused = await come_in(browser, "camille.essai")

    assert tries == [403] * 6
    assert refused.status == 429
    assert "Attendez 15 minutes" in refused.text
    assert 0 < int(refused.headers["Retry-After"]) <= 901


def test_one_address_cannot_try_many_names_and_another_is_not_held_up():
    throttle = Throttle()
    waits = [throttle.wait("un lieu", f"nom{n}") for n in range(61)]

    assert waits[:60] == [0] * 60
    assert waits[60] > 800
    assert throttle.wait("un autre lieu", "nom0") == 0


def test_one_account_tried_from_many_addresses_waits_too():
    throttle = Throttle()
    waits = [throttle.wait(f"lieu {n}", "camille") for n in range(41)]

    assert waits[:40] == [0] * 40
    assert waits[40] > 0


@pytest.mark.parametrize(
    "written", ["camille.essai", "CAMILLE.ESSAI", " camille.essai ", "ｃamille.essai", "𝐜amille.essai"]
)
async def test_writing_a_name_otherwise_gives_no_more_tries(equipe, written):
    await equipe.compte("camille.essai", "agent")
    browser = await equipe.anonyme()
    for n in range(6):
        await come_in(browser, "camille.essai", f"essai {n}")

    assert (await come_in(browser, written)).status == 429


async def test_nobody_keeps_an_agent_out_of_the_browser_they_came_in_from(equipe):
    own = await equipe.entre("agent", "camille.essai")
    await own.post("/equipe/sortie")
    throttle = Throttle()
    known = own.cookie("equipe_connu").partition(".")[0]
    attacked = [throttle.wait(f"lieu {n}", "camille.essai") for n in range(60)]
    stranger = await equipe.anonyme()
    for n in range(7):
        refused = await come_in(stranger, "camille.essai", f"essai {n}")

    assert attacked[-1] > 0
    assert throttle.wait("lieu", "camille.essai", known) == 0
    assert refused.status == 429
    assert (await come_in(own, "camille.essai")).status == 303


async def test_a_known_browser_waits_too_and_is_known_for_its_account_alone(equipe):
    own = await equipe.entre("agent", "camille.essai")
    await own.post("/equipe/sortie")
    statuses = [(await come_in(own, "camille.essai", f"essai {n}")).status for n in range(11)]
    await equipe.compte("autre.essai", "agent")
    others = [(await come_in(own, "autre.essai", f"essai {n}")).status for n in range(7)]

    assert statuses == [403] * 10 + [429]
    assert others == [403] * 6 + [429]


async def test_a_crowd_of_strangers_is_sent_away_and_a_known_browser_is_not(equipe, monkeypatch):
    own, stranger = await equipe.entre("agent", "camille.essai"), await equipe.anonyme()
    await own.post("/equipe/sortie")
    monkeypatch.setattr(entree, "LINE", 2)
    tokens = [await stranger.jeton() for _ in range(2)]
    own_token = await own.jeton("/equipe/connexion")
    crowd = [come_in(stranger, f"nom{n}", "essai", jeton=tokens[n % 2]) for n in range(8)]
    *others, mine = await asyncio.gather(*crowd, come_in(own, "camille.essai", jeton=own_token))
    turned_away = [answer for answer in others if answer.status == 503]

    assert turned_away
    assert "Réessayez dans une minute" in turned_away[0].text
    assert mine.status == 303


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("n'importe quoi", "n'importe quoi"),
    ],
)
def test_a_whole_ipv6_network_counts_as_one_place(address, network):
    assert entree._network(address) == network


async def test_a_session_ends_after_an_hour_without_a_move_and_not_before(equipe):
    browser = await equipe.entre("agent")
    for _ in range(3):
        equipe.moment.now += timedelta(minutes=59)
        assert (await browser.get("/equipe/")).status == 200
    equipe.moment.now += timedelta(minutes=61)

    assert (await browser.get("/equipe/")).status == 303


async def test_what_was_typed_when_the_session_ended_is_given_back_but_no_password(equipe):
    browser = await equipe.entre("administrateur")
    token = await browser.jeton("/equipe/motdepasse")
    equipe.moment.now += timedelta(minutes=61)
    typed = {"remarque": "une longue remarque <b>écrite</b> au bureau", "mot_de_passe": "un secret de quatre mots ici"}
    answer = await browser.post("/equipe/comptes", typed, jeton=token)

    assert answer.status == 403
    assert "session est finie" in answer.text
    assert "une longue remarque &lt;b&gt;écrite&lt;/b&gt; au bureau" in answer.text
    assert "secret de quatre" not in answer.text
    assert (await browser.get("/equipe/")).status == 303


async def test_a_session_ends_after_twelve_hours_whatever_one_does(equipe):
    browser = await equipe.entre("agent")
    for _ in range(12):
        equipe.moment.now += timedelta(minutes=59)
        assert (await browser.get("/equipe/")).status == 200
    equipe.moment.now += timedelta(minutes=13)

    assert (await browser.get("/equipe/")).status == 303


async def test_coming_in_gives_a_new_session_and_ends_the_one_the_browser_had(equipe):
    browser = await equipe.entre("agent")
    before = browser.cookie("equipe")
    await come_in(browser, "agent.essai", jeton=await browser.jeton("/equipe/motdepasse"))
    after = browser.cookie("equipe")

    assert before != after
    stranger = await equipe.anonyme()
    assert (await stranger.get("/equipe/", headers={"Cookie": f"equipe={before}"})).status == 303
    assert (await stranger.get("/equipe/", headers={"Cookie": f"equipe={after}"})).status == 200


async def test_the_session_cookie_is_for_this_site_alone_and_the_base_does_not_hold_it(equipe, tmp_path):
    await equipe.compte("camille.essai", "agent")
    browser = await equipe.anonyme()
    cookie = (await come_in(browser, "camille.essai")).cookies["equipe"]
    stored = b"".join(path.read_bytes() for path in (tmp_path / "donnees").iterdir())

    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/equipe")
    assert cookie.value.encode() not in stored
    assert PASSWORD.encode() not in stored


async def test_the_cookie_is_secure_and_https_alone_used_when_the_public_address_is(tmp_path, live, now):
    public = {"BONNEPORTE_PUBLIC_URL": "https://porte.example"}
    async with open_equipe(tmp_path, live, now, public) as equipe:
        answer = await (await equipe.anonyme()).get("/equipe/connexion")

    assert answer.cookies["equipe_avant"]["secure"]
    assert answer.headers["Strict-Transport-Security"]


async def test_a_page_over_plain_http_asks_for_no_https_and_names_no_version(equipe):
    headers = (await (await equipe.anonyme()).get("/equipe/connexion")).headers

    assert "Strict-Transport-Security" not in headers
    assert not re.search(r"[0-9]|aiohttp|Python", headers["Server"])


async def test_changing_a_password_ends_the_other_sessions_and_keeps_this_one(equipe):
    here, elsewhere = await equipe.entre("agent"), await equipe.entre("agent")
    answer = await changed(here)

    assert answer.status == 303
    assert (await here.get("/equipe/")).status == 200
    assert (await elsewhere.get("/equipe/")).status == 303
    stranger = await equipe.anonyme()
    assert (await come_in(stranger, "agent.essai")).status == 403
    assert (await come_in(stranger, "agent.essai", NEW)).status == 303


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"actuel": "faux"}, "actuel est faux"),
        ({"mot_de_passe": "court", "encore": "court"}, "12 caractères au moins"),
        ({"encore": "autre"}, "pas les mêmes"),
        ({"mot_de_passe": "agent.essai 2026", "encore": "agent.essai 2026"}, "contient l’identifiant"),
        ({"mot_de_passe": "a" * 13, "encore": "a" * 13}, "répète"),
        ({"mot_de_passe": "abcdef" * 50, "encore": "abcdef" * 50}, "200 caractères au plus"),
    ],
)
async def test_a_password_that_will_not_do_is_refused_with_the_reason(equipe, fields, sentence):
    browser = await equipe.entre("agent")
    answer = await changed(browser, **fields)

    assert answer.status == 400
    assert sentence in answer.text


async def test_the_first_link_makes_one_administrator_once(equipe):
    token = await equipe.services.store.write(lambda db: links.first(db, equipe.moment.now))
    fields = {"nom": "Chef.Essai", "mot_de_passe": NEW, "encore": NEW}
    browser = await equipe.anonyme()
    assert "Premier administrateur" in await browser.page(f"/equipe/premier/{token}")
    answer = await browser.post(f"/equipe/premier/{token}", fields)

    assert answer.location == "/equipe/"
    assert "administrateur" in await browser.page("/equipe/comptes")
    second = await (await equipe.anonyme()).post(f"/equipe/premier/{token}", {**fields, "nom": "autre.essai"})
    assert second.status == 410
    assert await equipe.services.store.write(lambda db: links.first(db, equipe.moment.now)) is None


async def test_a_first_link_ends_after_a_day_and_when_a_newer_one_is_made(equipe):
    browser = await equipe.anonyme()
    old, new = [await equipe.services.store.write(lambda db: links.first(db, equipe.moment.now)) for _ in range(2)]
    assert (await browser.get(f"/equipe/premier/{old}")).status == 410
    assert (await browser.get(f"/equipe/premier/{new}")).status == 200
    equipe.moment.now += timedelta(hours=25)

    assert (await browser.get(f"/equipe/premier/{new}")).status == 410


async def test_a_refused_password_leaves_the_link_usable(equipe):
    token = await equipe.services.store.write(lambda db: links.first(db, equipe.moment.now))
    browser = await equipe.anonyme()
    refused = await browser.post(
        f"/equipe/premier/{token}", {"nom": "chef", "mot_de_passe": "court", "encore": "court"}
    )
    assert refused.status == 400
    taken = await browser.post(f"/equipe/premier/{token}", {"nom": "chef", "mot_de_passe": NEW, "encore": NEW})

    assert taken.status == 303


async def test_what_was_done_to_accounts_is_in_the_trail_which_nothing_changes(equipe):
    browser = await equipe.entre("agent", "camille.essai")
    await changed(browser)
    lines = await equipe.services.store.read(lambda db: audit.latest(db, 10))

    assert ("camille.essai", "mot de passe changé") in [(line.compte, line.action) for _, line in lines]
    for statement in ("DELETE FROM audit", "UPDATE audit SET compte = 'x'"):
        with pytest.raises(Exception, match="never changed"):
            await equipe.services.store.write(lambda db, statement=statement: db.execute(statement))
