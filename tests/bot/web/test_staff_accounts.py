"""The administrator's pages: opening, changing and closing accounts."""

from __future__ import annotations

import html
import re

import pytest

from tests.bot.web.equipe import PASSWORD

NEW = "une autre phrase assez longue"


def number(page: str, nom: str) -> str:
    """The number of an account in the list."""
    row = next(row for row in page.split("<tr>") if f'<th scope="row">{nom}' in row)
    return re.search(r"/equipe/comptes/(\d+)", row)[1]


async def created(chef, nom: str = "camille.essai", role: str = "mediateur"):
    return await chef.post("/equipe/comptes", {"nom": nom, "role": role})


async def test_a_new_account_gets_a_link_that_works_once_and_no_password_from_anybody(equipe):
    chef, camille = await equipe.entre("administrateur"), await equipe.anonyme()
    page = (await created(chef)).text
    path = re.search(r'value="http://[^/]+(/equipe/acces/[^"]+)"', page)[1]
    fields = {"mot_de_passe": NEW, "encore": NEW}
    first = await camille.post(path, fields)
    second = await (await equipe.anonyme()).post(path, fields)

    assert (first.status, second.status) == (303, 410)
    assert "camille.essai" in await camille.page("/equipe/")
    assert "camille.essai" in await chef.page("/equipe/audit")


@pytest.mark.parametrize("nom", ["", "a", "deux mots", "<b>", "x" * 61, "administrateur.essai", "Terminal"])
async def test_an_identifier_that_will_not_do_is_refused_with_the_reason(equipe, nom):
    chef = await equipe.entre("administrateur")
    answer = await created(chef, nom)

    assert answer.status == 400
    assert re.search(r'class="annonce faute"[^>]*>(Identifiant :|L’identifiant|Cet identifiant)', answer.text)
    assert "<b>" not in answer.text


async def test_a_role_that_does_not_exist_is_refused(equipe):
    chef = await equipe.entre("administrateur")

    assert (await created(chef, role="chef")).status == 400


async def test_closing_an_account_puts_its_owner_out_at_once_and_opening_it_again_lets_them_in(equipe):
    chef, camille = await equipe.entre("administrateur"), await equipe.entre("agent", "camille.essai")
    where = f"/equipe/comptes/{number(await chef.page('/equipe/comptes'), 'camille.essai')}"
    await chef.post(where, {"geste": "desactiver"})
    assert (await camille.get("/equipe/")).status == 303
    credentials = {"nom": "camille.essai", "mot_de_passe": PASSWORD}
    assert (await camille.post("/equipe/connexion", credentials)).status == 403
    await chef.post(where, {"geste": "rouvrir"})

    assert (await camille.post("/equipe/connexion", credentials)).status == 303


async def test_a_change_of_role_holds_from_the_next_page(equipe):
    chef, camille = await equipe.entre("administrateur"), await equipe.entre("administrateur", "camille.essai")
    assert (await camille.get("/equipe/comptes")).status == 200
    where = f"/equipe/comptes/{number(await chef.page('/equipe/comptes'), 'camille.essai')}"
    await chef.post(where, {"geste": "role", "role": "mediateur"})

    assert (await camille.get("/equipe/comptes")).status == 403


@pytest.mark.parametrize("fields", [{"geste": "desactiver"}, {"geste": "role", "role": "agent"}])
async def test_the_last_administrator_cannot_leave(equipe, fields):
    chef = await equipe.entre("administrateur")
    await created(chef, "pas.encore.venu", "administrateur")  # has no password: cannot come in
    where = f"/equipe/comptes/{number(await chef.page('/equipe/comptes'), 'administrateur.essai')}"
    answer = await chef.post(where, fields)

    assert answer.status == 400
    assert "dernier administrateur" in html.unescape(answer.text)
    assert (await chef.get("/equipe/comptes")).status == 200


@pytest.mark.parametrize("which", ["0", "999999", "9" * 30, "abc", "-1"])
async def test_an_account_that_does_not_exist_is_told(equipe, which):
    chef = await equipe.entre("administrateur")
    answer = await chef.post(f"/equipe/comptes/{which}", {"geste": "lien"})

    assert answer.status == 400
    assert "n’existe pas" in answer.text


async def test_a_link_asked_again_ends_the_one_before(equipe):
    chef = await equipe.entre("administrateur")
    link = r'value="http://[^/]+(/equipe/acces/[^"]+)"'
    page = (await created(chef)).text
    again = (await chef.post(f"/equipe/comptes/{number(page, 'camille.essai')}", {"geste": "lien"})).text
    old, new = re.search(link, page)[1], re.search(link, again)[1]
    browser = await equipe.anonyme()

    assert ((await browser.get(old)).status, (await browser.get(new)).status) == (410, 200)


async def test_the_trail_is_read_a_hundred_lines_at_a_time_and_by_account(equipe):
    from bot.accounts import audit

    def many(db):
        for n in range(150):
            audit.record(db, "terminal", "essai", f"objet {n}")

    await equipe.services.store.write(many)
    chef = await equipe.entre("administrateur")
    newest = await chef.page("/equipe/audit?compte=terminal")
    older = await chef.page(html.unescape(re.search(r'href="(/equipe/audit\?avant=[^"]+)"', newest)[1]))

    assert newest.count("<tr>") == 101
    assert "objet 149<" in newest
    assert "objet 0<" in older
    assert older.count("<tr>") == 51
