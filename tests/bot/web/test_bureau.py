"""The médiateur's desk, by its forms: what is heard, shown, counted and refused."""

from __future__ import annotations

import re
from html import unescape

import pytest

from bot.journal.table import COLUMNS

TROIS = "facture EDF impayée, et le loyer en retard, et mon fils n'a pas de place à l'école"


def ticked(text: str, name: str) -> list[str]:
    boxes = re.findall(r"<input [^>]*>", text)
    return [re.search(r'value="([^"]*)"', box)[1] for box in boxes if f'name="{name}"' in box and " checked" in box]


def as_posted(text: str) -> list[tuple[str, str]]:
    """What a browser would post of the page as it is: hidden fields, ticks, lists, words."""
    fields = [
        (name, unescape(value)) for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', text)
    ]
    fields = [field for field in fields if field[0] != "jeton"]
    for name in ("besoin", "porte", "droit"):
        fields += [(name, value) for value in dict.fromkeys(ticked(text, name))]
    for name in ("langue", "quartier"):
        select = re.search(rf'<select id="{name}".*?</select>', text, re.S)
        chosen = re.search(r'value="([^"]*)"[^>]* selected', select[0]) if select else None
        fields.append((name, chosen[1] if chosen else ""))
    return fields


async def journal(equipe) -> list[dict]:
    names = COLUMNS.split(", ")
    found = await equipe.services.store.read(lambda db: db.execute(f"SELECT {COLUMNS} FROM journal").fetchall())
    return [dict(zip(names, row, strict=True)) for row in found]


@pytest.fixture
async def bureau(equipe):
    """A médiateur at the desk."""
    return await equipe.entre("mediateur")


async def say(bureau, words: str, *more: tuple[str, str]):
    return await bureau.post("/equipe/bureau", [("paroles", words), ("faire", "comprendre"), *more])


async def test_three_problems_told_in_one_breath_stand_side_by_side(bureau):
    page = (await say(bureau, TROIS)).text
    assert {"energie", "impayes-loyer", "scolarite"} <= set(ticked(page, "besoin"))
    assert page.count('<ul class="portes">') >= 3
    assert len(ticked(page, "porte")) == page.count('<ul class="portes">'), "the first door of each need is ticked"


async def test_a_need_misheard_is_unticked_and_another_added_by_hand(bureau):
    page = (await say(bureau, "facture EDF impayée")).text
    fields = [field for field in as_posted(page) if field != ("besoin", "energie")]
    page = (await bureau.post("/equipe/bureau", [*fields, ("ajouter", "scolarite"), ("faire", "actualiser")])).text
    assert ticked(page, "besoin") == ["scolarite"]
    again = (await bureau.post("/equipe/bureau", [*as_posted(page), ("paroles", "facture EDF impayée"), ("faire", "comprendre")])).text  # fmt: skip
    assert ticked(again, "besoin") == ["scolarite"], "hearing the same words again undoes nothing"


async def test_danger_comes_first_with_its_numbers_in_both_languages(bureau):
    page = (await say(bureau, "je veux mourir", ("langue", "fa"))).text
    assert page.index("t-danger") < page.index("t-besoins")
    assert page.count('href="tel:3114"') == 2
    assert 'dir="rtl"' in page[page.index("t-danger") :]
    calm = (await bureau.post("/equipe/bureau", [*as_posted(page), ("faire", "sans-danger")])).text
    assert "t-danger" not in calm


async def test_the_language_and_quarter_chosen_by_hand_are_kept(bureau):
    page = (await say(bureau, "j'habite à Étouvie, facture EDF impayée", ("langue", "fa"), ("quartier", "amiens-nord"))).text  # fmt: skip
    assert dict(as_posted(page))["langue"] == "fa"
    assert dict(as_posted(page))["quartier"] == "amiens-nord"


async def test_the_language_and_quarter_heard_are_taken_when_none_was_chosen(bureau):
    page = (await say(bureau, "برق ما قطع می شود، در ایتووی زندگی می کنیم")).text
    assert dict(as_posted(page))["langue"] == "fa"
    assert dict(as_posted(page))["quartier"] == "etouvie"


async def test_the_sheet_has_an_address_without_the_person_and_is_counted_once(bureau, equipe):
    page = (await say(bureau, TROIS, ("quartier", "etouvie"))).text
    fields = [*as_posted(page), ("paroles", TROIS), ("f.age", "34"), ("faire", "fiche")]
    first = await bureau.post("/equipe/bureau", fields)
    assert first.status == 303
    assert first.location.startswith("/fiche?l=fr&q=etouvie&p=")
    assert "EDF" not in first.location
    assert "34" not in first.location
    await bureau.post("/equipe/bureau", fields)
    rows = await journal(equipe)
    served = [row for row in rows if row["genre"] == "orientation"]
    assert sorted(row["besoin"] for row in served) == sorted(set(ticked(page, "besoin")))
    assert {(row["canal"], row["quartier"], row["langue"]) for row in rows} == {("bureau", "etouvie", "fr")}
    visits = await equipe.services.store.read(lambda db: db.execute("SELECT canal, messages, conversations FROM frequentation").fetchall())  # fmt: skip
    assert visits == [("bureau", 1, 1)]


async def test_an_interview_may_end_without_a_sheet(bureau, equipe):
    page = (await say(bureau, "facture EDF impayée")).text
    done = await bureau.post("/equipe/bureau", [*as_posted(page), ("faire", "terminer")])
    assert (done.status, done.location) == (303, "/equipe/bureau")
    assert [row["besoin"] for row in await journal(equipe)] == ["energie"]


async def test_a_sheet_with_nothing_ticked_says_so(bureau, equipe):
    answer = await bureau.post("/equipe/bureau", [("faire", "fiche")])
    assert "Cochez au moins une porte" in answer.text
    assert await journal(equipe) == []


async def test_an_unmet_need_is_noted_in_two_clicks_with_its_reason(bureau, equipe):
    page = (await say(bureau, "facture EDF impayée", ("quartier", "etouvie"))).text
    fields = [*as_posted(page), ("non_recours.energie", "non-reception"), ("remarque.energie", "guichet complet")]
    for _ in range(2):
        page = (await bureau.post("/equipe/bureau", [*fields, ("faire", "note:energie:pas-de-place")])).text
    (row,) = await journal(equipe)
    assert (row["genre"], row["raison"], row["motif"]) == ("besoin_non_couvert", "rien_bientot", "pas-de-place")
    assert (row["besoin"], row["non_recours"], row["remarque"]) == ("energie", "non-reception", "guichet complet")
    assert (row["quartier"], row["canal"], row["mots"]) == ("etouvie", "bureau", None)


async def test_a_remark_typed_and_not_noted_yet_stays_whatever_else_is_done(bureau):
    remark = "le guichet ferme trop tôt"
    typed = [("remarque.energie", remark), ("non_recours.energie", "non-demande"), ("puce", "energie:sur")]
    kept = [("besoin", "energie"), ("paroles", "facture EDF impayée"), *typed]
    for faire in ("actualiser", "comprendre", "plus:energie", "note:energie:inconnu", "note:impayes-loyer:trop-loin"):
        page = (await bureau.post("/equipe/bureau", [*kept, ("faire", faire)])).text
        assert f'value="{remark}"' in page, faire
    noted = (await bureau.post("/equipe/bureau", [*kept, ("faire", "note:energie:horaires")])).text

    assert f'value="{remark}"' not in noted


async def test_a_need_that_is_not_in_the_list_can_be_noted(bureau, equipe):
    await bureau.post("/equipe/bureau", [("remarque.", "garde d'un chien"), ("faire", "note::hors-liste")])
    (row,) = await journal(equipe)
    assert (row["besoin"], row["motif"], row["remarque"]) == (None, "hors-liste", "garde d'un chien")


async def test_a_remark_that_names_somebody_is_shown_cleaned_before_anything_is_kept(bureau, equipe):
    fields = [("numero", "abcdefgh"), ("remarque.energie", "madame Durand, 06 12 34 56 78, attend")]
    page = (await bureau.post("/equipe/bureau", [*fields, ("faire", "note:energie:refus")])).text
    assert "Rien n’est encore noté" in page
    assert await journal(equipe) == []
    await bureau.post("/equipe/bureau", [*fields, ("faire", "note:energie:refus:ok")])
    (row,) = await journal(equipe)
    assert "Durand" not in row["remarque"]
    assert "06" not in row["remarque"]
    assert "attend" in row["remarque"]


async def test_a_script_in_a_remark_or_in_the_words_stays_text(bureau):
    script = '"><script>alert(1)</script>'
    page = (await say(bureau, script, ("remarque.energie", script + " 06 12 34 56 78"), ("puce", "energie:sur"))).text
    assert "<script>alert" not in page
    fields = [("remarque.energie", script + " 06 12 34 56 78"), ("puce", "energie:sur"), ("besoin", "energie")]
    warned = (await bureau.post("/equipe/bureau", [*fields, ("faire", "note:energie:refus")])).text
    assert "<script>alert" not in warned
    assert "&lt;script&gt;" in warned


async def test_forged_and_senseless_fields_change_nothing(bureau, equipe):
    nonsense = [
        ("numero", "'; DROP TABLE journal"), ("langue", "klingon"), ("quartier", "../.."), ("puce", "rien:sur"),
        ("besoin", "rien"), ("porte", "a/b"), ("urgence", "fin-du-monde"), ("f.age", "mille"), ("f.inconnu", "1"),
        ("ordre", "inconnu"), ("vu", "x"), ("plus", "\x00"), ("faire", "note:rien:refus"),
    ]  # fmt: skip
    answer = await bureau.post("/equipe/bureau", nonsense)
    assert answer.status == 200
    assert "Rien n’a été noté" in answer.text
    assert (await bureau.post("/equipe/bureau", [("porte", "a/b/c"), ("faire", "fiche")])).status == 200
    assert (await bureau.post("/equipe/bureau", [("faire", "\ud7ff")])).status == 200
    assert await journal(equipe) == []


async def test_ten_megabytes_pasted_are_refused_in_one_sentence(bureau):
    answer = await bureau.post("/equipe/bureau", [("paroles", "a" * 10_000_000), ("faire", "comprendre")])
    assert answer.status == 413
    assert "trop long" in answer.text


async def test_the_desk_is_closed_to_whoever_is_not_in(equipe):
    stranger = await equipe.anonyme()
    for path in ("/equipe/bureau", "/equipe/annuaire", "/equipe/signalements"):
        assert (await stranger.get(path)).location.startswith("/equipe/connexion")
    assert (await stranger.post("/equipe/bureau", [("faire", "note::hors-liste")])).status == 403
    assert await journal(equipe) == []


async def test_questions_follow_the_needs_and_every_answer_sorts_the_rights(bureau):
    page = (
        await say(bureau, "je voudrais les allocations pour mes enfants", ("ajouter", "prestations-familiales"))
    ).text
    assert 'name="f.' in page
    assert "Probables" not in page
    answers = [
        ("f.enfants", "3, 7"), ("f.couple", "non"), ("f.age", "34"), ("f.nationalite", "francaise"),
        ("f.revenus", "_aucun"), ("f.titre_sejour", "oui"),
    ]  # fmt: skip
    page = (await bureau.post("/equipe/bureau", [*as_posted(page), *answers, ("faire", "actualiser")])).text
    assert "allocations-familiales" in ticked(page, "droit"), "a probable right is ticked the first time"
    unticked = [field for field in as_posted(page) if field != ("droit", "allocations-familiales")]
    page = (await bureau.post("/equipe/bureau", [*unticked, *answers, ("faire", "actualiser")])).text
    assert "allocations-familiales" not in ticked(page, "droit"), "and what was unticked stays so"


async def test_an_answer_that_cannot_be_read_says_how_to_write_it(bureau):
    fields = [
        ("puce", "prestations-familiales:ajoute"),
        ("besoin", "prestations-familiales"),
        ("f.enfants", "beaucoup"),
    ]
    page = (await bureau.post("/equipe/bureau", [*fields, ("faire", "actualiser")])).text
    assert "Écrivez les âges" in page
    assert 'value="beaucoup"' in page, "what was typed is still there"


async def test_rights_settled_are_counted_with_the_sheet(bureau, equipe):
    fields = [
        ("puce", "prestations-familiales:ajoute"), ("besoin", "prestations-familiales"),
        ("f.enfants", "3, 7"), ("f.couple", "non"), ("f.age", "34"), ("f.nationalite", "francaise"),
        ("f.titre_sejour", "oui"), ("f.revenus", "_aucun"), ("droit", "allocations-familiales"),
        ("numero", "un-entretien"), ("faire", "fiche"),
    ]  # fmt: skip
    answer = await bureau.post("/equipe/bureau", fields)
    assert answer.location == "/fiche?l=fr&d=allocations-familiales"
    found = {row["droit"]: row["raison"] for row in await journal(equipe) if row["genre"] == "droit"}
    assert found["allocations-familiales"] == "probable"


async def test_the_directory_is_searched_with_typos_and_filters(bureau):
    page = await bureau.page("/equipe/annuaire?texte=mision+local")
    assert "Mission locale" in page
    page = await bureau.page("/equipe/annuaire?besoin=energie&quartier=etouvie&ouvert=1")
    assert "Ouvert" in page
    assert "Aucun lieu" in await bureau.page("/equipe/annuaire?texte=zzzzqqq&langue=xx&besoin=rien")


async def test_a_place_shows_its_sources_and_an_unknown_one_is_not_found(bureau):
    page = await bureau.page("/equipe/annuaire/france-services-amiens-nord")
    assert "Atrium" in page
    assert "Sources" in page
    assert (await bureau.get("/equipe/annuaire/nulle-part")).status == 404


async def test_a_wrong_entry_reaches_whoever_keeps_the_directory_with_file_and_line(bureau, equipe):
    place = "/equipe/annuaire/france-services-amiens-nord"
    assert (await bureau.post(place, {"champ": ""})).status == 400
    assert (await bureau.post(place, {"champ": "autre", "remarque": " "})).status == 400
    sent = await bureau.post(place, {"champ": "telephone", "remarque": "<b>occupé</b> depuis un mois"})
    assert sent.location == place
    listed = await bureau.page("/equipe/signalements")
    assert re.search(r"france-services-amiens-nord\.yaml:\d+", listed)
    assert "<b>occupé" not in listed
    assert "occupé" in listed
    done = await bureau.post("/equipe/signalements/1", {"etat": "corrige"})
    assert done.location == "/equipe/signalements"
    assert "mediateur.essai" in await bureau.page("/equipe/signalements?etat=corrige")
    trace = await equipe.services.store.read(
        lambda db: db.execute("SELECT compte, action FROM audit WHERE objet = 'signalement 1'").fetchall()
    )
    assert trace == [("mediateur.essai", "signalement corrige")]
    for wrong in ("/equipe/signalements/99", "/equipe/signalements/x"):
        assert (await bureau.post(wrong, {"etat": "corrige"})).status == 303
    assert "Rien n’a changé" in await bureau.page("/equipe/signalements")


async def test_another_door_is_found_by_its_name_and_put_on_the_sheet(bureau):
    page = (await bureau.post("/equipe/bureau", [("cherche", "mision local"), ("faire", "chercher")])).text
    assert "Mission locale" in page
    door = re.search(r'name="autre" value="(mission-locale[^"]+)"', page)[1]
    kept = (await bureau.post("/equipe/bureau", [("autre", door), ("faire", "actualiser")])).text
    assert ticked(kept, "autre") == [door]
    sheet = await bureau.post("/equipe/bureau", [("autre", door), ("faire", "fiche")])
    assert f"p={door}" in sheet.location
    assert "Aucun lieu de ce nom" in (await bureau.post("/equipe/bureau", [("cherche", "zzqqxx")])).text


async def test_whether_a_right_is_already_had_is_counted_with_its_type_of_non_recours(bureau, equipe):
    fields = [
        ("quartier", "etouvie"), ("recours.allocations-familiales", "connaissait-pas-demande"), ("recours.faux", "deja"),
        ("recours.ars", "n'importe"), ("droit", "allocations-familiales"), ("numero", "un-autre-entretien"),
    ]  # fmt: skip
    for _ in range(2):
        await bureau.post("/equipe/bureau", [*fields, ("faire", "fiche")])
    (row,) = await journal(equipe)
    assert (row["genre"], row["droit"], row["non_recours"]) == ("recours", "allocations-familiales", "non-demande")
    assert (row["quartier"], row["canal"]) == ("etouvie", "bureau")
