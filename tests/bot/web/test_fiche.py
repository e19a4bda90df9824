"""The sheet that a person takes away: public, made from its address alone."""

from __future__ import annotations

import pytest

LIEU = "france-services-amiens-nord/demarches/demarches-administratives"


@pytest.fixture
async def passant(equipe):
    """Somebody with a phone and no account."""
    return await equipe.anonyme()


async def test_a_sheet_opens_without_an_account_in_two_languages_face_to_face(passant):
    page = await passant.page(f"/fiche?l=fa&q=amiens-nord&p={LIEU}")
    assert '<html lang="fa-AF" dir="rtl">' in page
    assert '<div lang="fr" dir="ltr">' in page
    assert '<div lang="fa-AF" dir="rtl">' in page
    assert page.count('<bdi dir="ltr"><a href="tel:0322661028">03 22 66 10 28</a></bdi>') == 1, "isolated in Dari"
    assert "mardi – vendredi" in page
    assert "سه‌شنبه – جمعه" in page


async def test_a_sheet_for_a_french_speaker_has_one_column(passant):
    page = await passant.page(f"/fiche?l=fr&p={LIEU}")
    assert 'class="une"' in page
    assert page.count('class="nom"') == 1


async def test_a_right_says_what_to_bring_and_where_to_ask(passant):
    page = await passant.page("/fiche?l=fr&q=etouvie&d=allocations-familiales")
    assert "Allocations familiales" in page
    assert "Apportez" in page
    assert "Caf de la Somme" in page
    assert "Code de la sécurité sociale" in page


async def test_a_sheet_bears_its_own_address_as_a_picture_and_the_day(passant):
    page = await passant.page(f"/fiche?l=fr&p={LIEU}")
    assert 'class="qr"' in page
    assert "mardi 24 novembre 2026" in page
    assert "style=" not in page, "nothing that the content security policy would refuse"


@pytest.mark.parametrize(
    "query",
    [
        "", "l=fa", "p=nulle-part/rien", "p=france-services-amiens-nord", f"p={LIEU}/encore", "d=droit-invente",
        "p=../../etc/passwd/x", "p=%00/%00", "d=<script>alert(1)</script>", "l=<b>&q=<b>&p=<b>/<b>",
        "&".join(f"d=droit-{n}" for n in range(40)),
    ],
)  # fmt: skip
async def test_an_address_that_is_no_sheet_gets_one_kind_sentence(passant, query):
    answer = await passant.get(f"/fiche?{query}")
    assert answer.status == 404
    assert "Demandez-en une autre" in answer.text
    assert "<script>alert" not in answer.text
    assert "<b>" not in answer.text


async def test_an_unknown_language_or_quarter_still_gives_the_sheet_in_french(passant):
    page = await passant.page(f"/fiche?l=tlh&q=ailleurs&p={LIEU}")
    assert '<html lang="fr" dir="ltr">' in page


async def test_every_door_and_every_right_can_be_put_on_a_sheet(passant, live):
    doors = [f"{lieu.id}/{service.id}" for lieu in live.directory.lieux.values() if lieu.etat == "ouvert" for service in lieu.services]  # fmt: skip
    for start in range(0, len(doors), 9):
        query = "&".join(f"p={door}" for door in doors[start : start + 9])
        assert (await passant.get(f"/fiche?l=ar&q=etouvie&{query}")).status == 200, query
    rights = list(live.rulebook.droits)
    for start in range(0, len(rights), 9):
        query = "&".join(f"d={droit}" for droit in rights[start : start + 9])
        assert (await passant.get(f"/fiche?l=uk&q=amiens-nord&{query}")).status == 200, query
