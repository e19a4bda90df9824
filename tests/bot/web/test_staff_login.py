"""Coming in to the staff site: who may, how often one may try, and what ends a session."""

from __future__ import annotations


async def test_who_gives_the_right_password_comes_in_and_goes_out(equipe):
    browser = await equipe.entre("mediateur", "camille.essai")
    assert "camille.essai" in await browser.page("/equipe/")

    answer = await browser.post("/equipe/sortie")

    assert answer.location == "/equipe/connexion"
    assert (await browser.get("/equipe/")).status == 303
