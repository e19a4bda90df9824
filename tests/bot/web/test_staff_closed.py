"""Every staff page is closed to those it does not name, and refuses what does not come from one of our forms."""

from __future__ import annotations

from itertools import product

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.accounts.model import ROLES
from bot.web import staff
from bot.web.staff_page import Page

ALL = staff.pages()
CLOSED = [page for page in ALL if page.roles]


def staff_client(app) -> TestClient:
    return TestClient(TestServer(app))


def address(page: Page) -> str:
    """A path of that page, its parts filled with something plausible."""
    parts = [("1" if part.startswith("{") else part) for part in page.path.split("/")]
    return "/equipe" + "/".join(parts)


async def ask(browser, page: Page, **options):
    return await (browser.get(address(page)) if page.method == "GET" else browser.post(address(page), **options))


async def test_nobody_outside_opens_anything_but_the_login_and_the_links(equipe):
    browser = await equipe.anonyme()
    for page in CLOSED:
        answer = await ask(browser, page)
        expected = (303, "/equipe/connexion") if page.method == "GET" else (403, "")
        assert (answer.status, answer.location[:17]) == expected, page
    assert {page.path for page in ALL if not page.roles} == staff.OUVERTES


@pytest.mark.parametrize("role", ROLES)
async def test_each_role_opens_its_pages_and_no_other(equipe, role):
    browser = await equipe.entre(role)
    token = await browser.jeton("/equipe/motdepasse")
    for page in CLOSED:
        if page.path == "/sortie":
            continue
        answer = await ask(browser, page, jeton=token) if page.method != "GET" else await ask(browser, page)
        if role in page.roles:
            assert answer.status not in (403, 500), page
        else:
            assert answer.status == 403, page
            assert "pas ouverte à votre rôle" in answer.text


@pytest.mark.parametrize("jeton", ["", "0" * 64, "x", "é", "a" * 100_000])
async def test_a_form_without_our_token_changes_nothing(equipe, jeton):
    browser = await equipe.entre("administrateur")
    for page in CLOSED:
        if page.method != "GET":
            answer = await ask(browser, page, jeton=jeton)
            assert answer.status in (403, 413), page
    assert (await browser.get("/equipe/")).status == 200  # not even logged out


async def test_the_token_of_somebody_else_is_refused(equipe):
    mine, other = await equipe.entre("administrateur"), await equipe.entre("agent")
    answer = await mine.post(
        "/equipe/comptes", {"nom": "intrus", "role": "agent"}, jeton=await other.jeton("/equipe/motdepasse")
    )

    assert answer.status == 403
    assert "intrus" not in await mine.page("/equipe/comptes")


@pytest.mark.parametrize("origin", [None, "null", "https://ailleurs.example"])
async def test_a_form_from_elsewhere_is_refused_on_a_staff_page(equipe, origin):
    browser = await equipe.entre("administrateur")
    answer = await browser.post("/equipe/comptes", {"nom": "intrus", "role": "agent"}, origin=origin)

    assert answer.status == 403
    assert "autre adresse" in answer.text


async def test_ten_megabytes_in_any_form_are_refused_kindly(equipe):
    browser = await equipe.entre("administrateur")
    token = await browser.jeton("/equipe/motdepasse")
    for page in [page for page in ALL if page.method != "GET" and page.path != "/sortie"]:
        answer = await browser.post(address(page), {"nom": "a" * 10_000_000}, jeton=token)
        assert answer.status == 413, page
        assert "trop long" in answer.text


NONSENSE = [
    "",
    "<script>alert(1)</script>",
    "é" * 3000,
    "\x00",
    "-1",
    "9" * 40,
    "1; drop table compte",
    "\u202e",
    "../../etc",
]


@pytest.mark.parametrize("value", NONSENSE)
async def test_nonsense_in_every_field_is_answered_with_a_page(equipe, value):
    browser = await equipe.entre("administrateur")
    names = ("nom", "role", "geste", "mot_de_passe", "encore", "actuel", "suite", "id", "etat", "action", "remarque",
             "du", "au", "quartier", "besoin", "droit", "langue", "texte", "text", "motif")  # fmt: skip
    fields = dict.fromkeys(names, value)
    for page in ALL:
        if page.path == "/sortie":
            continue
        if page.method == "GET":
            answer = await browser.get(address(page), params=fields)
        else:
            answer = await browser.post(address(page), fields)
        assert answer.status < 500, page
        assert "<script>alert" not in answer.text, page


async def test_no_address_of_the_staff_site_escapes_the_list(equipe):
    app = staff.create_staff(equipe.services)
    routes = {(route.method, route.resource.canonical) for route in app.router.routes() if route.method != "HEAD"}

    assert routes == {(page.method, page.path) for page in ALL}
    for method in ("HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"):
        browser = await equipe.anonyme()
        async with browser.client.request(
            method, "/equipe/comptes", headers={"Origin": browser.origin}, allow_redirects=False
        ) as answer:
            assert answer.status in (303, 403), method


async def test_a_database_that_does_not_answer_is_said_and_shows_nothing(equipe):
    browser = await equipe.entre("administrateur")
    await equipe.services.store.close()
    answer = await browser.get("/equipe/comptes")

    assert answer.status == 503
    assert "Rien n’est perdu" in answer.text
    assert "administrateur.essai" not in answer.text


async def test_a_page_that_does_not_exist_is_told_to_those_inside_only(equipe):
    outside, inside = await equipe.anonyme(), await equipe.entre("mediateur")

    assert (await outside.get("/equipe/secret")).status == 303
    assert (await inside.get("/equipe/secret")).status == 404


async def test_staff_pages_are_never_kept_by_a_browser_and_carry_the_headers(equipe):
    browser = await equipe.entre("administrateur")
    for path in ("/equipe/", "/equipe/comptes", "/equipe/nulle-part", "/equipe/connexion"):
        headers = (await browser.get(path)).headers
        assert headers["Cache-Control"] == "no-store", path
        assert "default-src 'none'" in headers["Content-Security-Policy"], path


async def test_a_page_listed_open_without_saying_so_twice_stops_the_start():
    async def page(request):
        return None

    for wrong in (Page("GET", "/ouverte", page, frozenset()), Page("GET", "/connexion", page, frozenset({"agent"}))):
        with pytest.raises(ValueError, match="OUVERTES"):
            staff.add_pages(staff.web.Application(), [wrong], staff.OUVERTES)


FORM = "application/x-www-form-urlencoded"
BROKEN = [
    ("multipart/form-data", b"x"),
    ("multipart/form-data; boundary=x", b"--y"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="nom"\r\n\r\n\xff\r\n--x--\r\n'),
    (f"{FORM}; charset=inconnu", b"nom=x"),
    (f"{FORM}; charset=zlib", b"nom=x"),
    (f"{FORM}; charset=unicode_escape", b"nom=\\ud800&mot_de_passe=\\ud800"),
    (FORM, b"nom=\xff\xfe"),
]


async def test_a_form_that_is_none_is_refused_and_nothing_fails(equipe):
    browsers = (await equipe.anonyme(), await equipe.entre("mediateur"))
    for browser, path, (kind, body) in product(
        browsers, ("/equipe/connexion", "/equipe/bureau", "/equipe/nulle-part"), BROKEN
    ):
        headers = {"Origin": browser.origin, "Content-Type": kind}
        async with browser.client.post(path, data=body, headers=headers, allow_redirects=False) as answer:
            assert answer.status in (400, 404), (path, kind, body)
            assert "<h1>Un problème</h1>" in await answer.text()


async def test_what_was_typed_is_given_back_when_the_database_does_not_answer(equipe):
    browser = await equipe.entre("mediateur")
    token = await browser.jeton("/equipe/motdepasse")
    # As when the disk is full: what is read answers, what is written does not.
    await equipe.services.store._writer.close()
    typed = {"champ": "autre", "remarque": "la porte est de l’autre côté du bâtiment", "service": ""}
    place = next(iter(equipe.services.live.directory.lieux))
    answer = await browser.post(f"/equipe/annuaire/{place}", typed, jeton=token)

    assert answer.status == 503
    assert "Rien n’est perdu" in answer.text
    assert typed["remarque"] in answer.text


async def test_a_log_names_the_page_that_failed_and_neither_its_address_nor_words(equipe, caplog):
    async def fails(request):
        raise RuntimeError("une panne")

    page = Page("GET", "/acces/{jeton}", fails, frozenset())
    app = staff.web.Application(middlewares=[staff._gate])
    app[staff.SERVICES], app[staff.MENU] = equipe.services, ()
    staff.add_pages(app, [page], staff.OUVERTES)
    outer = staff.web.Application()
    outer.add_subapp("/equipe/", app)
    async with staff_client(outer) as client:
        answer = await client.get("/equipe/acces/un-jeton-secret%0Aune%20fausse%20ligne")

    assert answer.status == 500
    assert "/equipe/acces/{jeton}" in caplog.text
    assert "un-jeton-secret" not in caplog.text


async def test_an_endless_host_is_refused_before_any_page(equipe):
    browser = await equipe.anonyme()
    for path in ("/equipe/connexion", "/fiche?d=rsa"):
        answer = await browser.get(path, headers={"Host": "a" * 5000})
        assert answer.status == 400, path
