"""The review of unmet needs, played by agents over real pages and a real database."""

from __future__ import annotations

import re
import time
from html import unescape
from urllib.parse import urlencode

import pytest

from bot.journal import table as journal
from bot.review.changes import change
from bot.review.filters import Filtre, numbers
from bot.review.model import Examen
from bot.review.table import dossier, history
from bot.web.revue_listes import places
from tests.bot.review.scene import ANNE, a_year, put, unmet

REVUE = "/equipe/revue"
SCRIPT = "<script>alert('x')</script>"


@pytest.fixture
async def agent(equipe):
    return await equipe.entre("agent", "agent.un")


async def scene(equipe, *rows) -> list[int]:
    return await equipe.services.store.write(lambda db: put(db, *rows))


async def read(equipe, number: int):
    return await equipe.services.store.read(lambda db: dossier(db, number))


def value(html: str, name: str) -> str:
    return unescape(re.search(rf'name="{name}" value="([^"]*)"', html)[1])


def bulk(html: str, **fields: str) -> dict[str, str]:
    hidden = {name: value(html, name) for name in ("filtre", "vu")}
    return {**hidden, "mode": "tout", "etat": "", "action": "", "besoin_corrige": "", "remarque": "", **fields}


@pytest.mark.parametrize("path", ["", "/groupes", "/fait", "/lexique", "/123"])
async def test_a_mediateur_has_no_review(equipe, path):
    mediateur = await equipe.entre("mediateur")
    assert (await mediateur.get(REVUE + path)).status == 403


async def test_a_mediateur_cannot_change_a_need_either(equipe):
    (number,) = await scene(equipe, unmet())
    mediateur = await equipe.entre("mediateur")
    assert (await mediateur.post(f"{REVUE}/{number}", {"version": "0", "etat": "clos"})).status == 403
    assert (await mediateur.post(f"{REVUE}/lot", {"mode": "tout", "etat": "clos"})).status == 403
    assert (await read(equipe, number)).suivi.version == 0


async def test_the_list_begins_with_what_is_new_and_says_how_many_there_are(equipe, agent):
    first, _second = await scene(equipe, unmet(mots="le premier"), unmet(mots="le second", langue="ar"))
    await equipe.services.store.write(lambda db: change(db, first, 0, Examen("lu"), ANNE, places(equipe.services.live)))

    html = await agent.page(REVUE)
    assert "le second" in html
    assert "le premier" not in html
    assert "1 besoin<" in html
    html = await agent.page(f"{REVUE}?etat=")
    assert "2 besoins" in html


async def test_filters_live_in_the_address_and_can_be_taken_off_one_by_one(equipe, agent):
    await scene(equipe, unmet(mots="à Étouvie"), unmet(mots="tout autre chose", quartier=None))
    html = await agent.page(f"{REVUE}?quartier=etouvie&langue=fr&texte=ETOUVIE")
    assert "à Étouvie" in html
    assert "tout autre chose" not in html
    assert "retirer ce filtre" in html
    assert f'{REVUE}?quartier=etouvie&amp;langue=fr"' in html


@pytest.mark.parametrize("typed", ["%41", "50%25", "a&b=c", "1+1", "=SOMME(A1)", "é%C3%A9", '"* OR NEAR(', "#x;y"])
async def test_what_is_looked_for_is_taken_as_it_was_typed(equipe, agent, typed):
    await scene(equipe, unmet(mots=f"avant {typed} après"), unmet(mots="autre chose"))
    for path in ("", "/groupes"):
        html = await agent.page(f"{REVUE}{path}?" + urlencode({"etat": "", "texte": typed}))
        assert unescape(re.search(r'name="texte" value="([^"]*)"', html)[1]) == typed
    assert "1 besoin<" in await agent.page(f"{REVUE}?" + urlencode({"etat": "", "texte": typed}))


@pytest.mark.parametrize(
    "query",
    [
        "quartier=%27+OR+1%3D1",
        "du=demain",
        "tri=id%3BDROP",
        "groupe=-4",
        "defi=99",
        "texte=" + "x" * 200,
        "&".join(["groupe=1"] * 300),
    ],
    ids=range(7),
)
async def test_an_impossible_filter_is_refused_in_plain_words(equipe, agent, query):
    answer = await agent.get(f"{REVUE}?{query}")
    assert answer.status == 400
    assert "Voir toute la liste" in answer.text


@pytest.mark.parametrize("number", ["0", "999", "-1", "abc", "9" * 19, "9" * 40, "1%20OR%201"])
async def test_a_need_that_does_not_exist_is_a_page_that_does_not_exist(equipe, agent, number):
    assert (await agent.get(f"{REVUE}/{number}")).status == 404
    assert (await agent.post(f"{REVUE}/{number}", {"version": "0", "etat": "lu"})).status == 404


async def test_one_need_is_read_decided_and_its_history_seen(equipe, agent):
    (number,) = await scene(equipe, unmet(mots="un toit"))
    fields = {"version": "0", "etat": "traite", "action": "creer-permanence", "remarque": "vu avec le CCAS"}
    answer = await agent.post(f"{REVUE}/{number}", fields)
    assert answer.status == 303

    html = await agent.page(answer.location)
    assert "Enregistré." in html
    assert "agent.un" in html
    assert "Traité · Créer une permanence" in html
    assert "vu avec le CCAS" in html


async def test_a_script_in_a_remark_is_shown_as_text(equipe, agent):
    (number,) = await scene(equipe, unmet(mots=SCRIPT, remarque=SCRIPT))
    await agent.post(f"{REVUE}/{number}", {"version": "0", "etat": "lu", "remarque": SCRIPT})
    for path in (f"{REVUE}/{number}", f"{REVUE}?etat=", f"{REVUE}/groupes?etat=", f"{REVUE}?texte=%3Cscript%3E"):
        html = await agent.page(path)
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert" in html


async def test_a_name_in_a_remark_is_taken_out_and_the_agent_is_told(equipe, agent):
    (number,) = await scene(equipe, unmet())
    answer = await agent.post(
        f"{REVUE}/{number}", {"version": "0", "etat": "lu", "remarque": "rappeler madame Diop au 06 12 34 56 78"}
    )
    assert "a été retiré de la remarque" in await agent.page(answer.location)
    assert (await read(equipe, number)).suivi.examen.remarque == "rappeler madame [nom] au [téléphone]"


@pytest.mark.parametrize(
    "forged",
    [
        {"version": "0", "etat": "perdu"},
        {"version": "0", "etat": "lu", "action": "raser"},
        {"version": "0", "etat": "lu", "besoin_corrige": "licorne"},
        {"version": "0", "etat": "lu", "remarque": "x" * 301},
        {"version": "x", "etat": "lu"},
        {"etat": "lu"},
        {},
    ],
    ids=str,
)
async def test_a_form_with_nonsense_is_refused_and_changes_nothing(equipe, agent, forged):
    (number,) = await scene(equipe, unmet())
    answer = await agent.post(f"{REVUE}/{number}", forged)
    assert answer.status == 400
    assert 'role="alert"' in answer.text
    assert (await read(equipe, number)).suivi.version == 0


async def test_the_second_of_two_agents_sees_both_and_can_still_save(equipe, agent):
    (number,) = await scene(equipe, unmet())
    other = await equipe.entre("agent", "agent.deux")
    await agent.post(f"{REVUE}/{number}", {"version": "0", "etat": "traite", "remarque": "dit par le premier"})
    answer = await other.post(f"{REVUE}/{number}", {"version": "0", "etat": "clos", "remarque": "dit par le second"})

    assert answer.status == 409
    assert "agent.un a changé ce besoin avant vous" in answer.text
    assert "dit par le premier" in answer.text
    assert "dit par le second" in answer.text
    again = await other.post(
        f"{REVUE}/{number}", {"version": value(answer.text, "version"), "etat": "clos", "remarque": "les deux"}
    )
    assert again.status == 303
    versions = await equipe.services.store.read(lambda db: history(db, number))
    assert [(one.par, one.examen.etat) for one in versions] == [("agent.deux", "clos"), ("agent.un", "traite")]


async def test_ticked_needs_are_changed_together(equipe, agent):
    first, second, third = await scene(equipe, unmet(), unmet(), unmet())
    html = await agent.page(REVUE)
    fields = [*bulk(html, mode="coches", etat="lu", action="traduire").items(), ("id", str(first)), ("id", str(second))]
    answer = await agent.post(f"{REVUE}/lot", fields)

    assert "2 besoins changés." in await agent.page(answer.location)
    assert (await read(equipe, first)).suivi.examen == Examen("lu", "traduire")
    assert (await read(equipe, third)).suivi.version == 0


async def test_a_whole_page_is_changed_without_ticking(equipe, agent):
    await scene(equipe, unmet(), unmet())
    html = await agent.page(REVUE)
    await agent.post(f"{REVUE}/lot", bulk(html, mode="page", etat="clos", visibles=value(html, "visibles")))
    assert "Rien dans cet état" in await agent.page(REVUE)


@pytest.mark.parametrize(
    ("forged", "told"),
    [
        ({"mode": "coches", "etat": "lu"}, "cochez au moins un besoin"),
        ({"mode": "coches", "etat": "lu", "id": "abc"}, "cochez au moins un besoin"),
        ({"mode": "groupes", "etat": "lu"}, "cochez au moins un groupe"),
        ({"mode": "coches"}, "choisissez un état"),
        ({"mode": "page", "etat": "perdu", "visibles": "NUMBER"}, "Cet état n’existe pas"),
        ({"mode": "page", "besoin_corrige": "licorne", "visibles": "NUMBER"}, "pas dans la liste"),
    ],
    ids=str,
)
async def test_a_change_of_many_that_makes_no_sense_changes_nothing(equipe, agent, forged, told):
    (number,) = await scene(equipe, unmet())
    html = await agent.page(REVUE)
    forged = {name: text.replace("NUMBER", str(number)) for name, text in forged.items()}
    answer = await agent.post(f"{REVUE}/lot", bulk(html, **forged))
    assert told in await agent.page(answer.location)
    assert (await read(equipe, number)).suivi.version == 0


async def test_a_change_of_many_without_its_page_is_refused(equipe, agent):
    assert (await agent.post(f"{REVUE}/lot", {"mode": "tout", "etat": "clos"})).status == 400
    assert (await agent.post(f"{REVUE}/lot", {"filtre": "quartier=x", "vu": "0", "etat": "clos"})).status == 400


async def test_all_that_is_filtered_is_confirmed_with_its_number_and_asked_again_when_it_grows(equipe, agent):
    await scene(equipe, unmet(), unmet(), unmet(langue="ar"))
    html = await agent.page(f"{REVUE}?langue=fr")
    answer = await agent.post(f"{REVUE}/lot", bulk(html, etat="clos"))
    assert "Changer 2 besoins ?" in answer.text

    await scene(equipe, unmet())
    confirmed = bulk(answer.text, etat="clos", attendu=value(answer.text, "attendu"), confirme="1")
    answer = await agent.post(f"{REVUE}/lot", confirmed)
    assert "Changer 3 besoins ?" in answer.text
    assert "Le nombre a changé depuis : il était de 2" in answer.text

    answer = await agent.post(f"{REVUE}/lot", {**confirmed, "attendu": value(answer.text, "attendu")})
    assert "3 besoins changés." in await agent.page(answer.location)
    assert "1 besoin<" in await agent.page(f"{REVUE}?etat=nouveau")


async def test_what_another_agent_changed_meanwhile_is_left_alone_and_shown(equipe, agent):
    first, second = await scene(equipe, unmet(mots="celui du premier"), unmet())
    other = await equipe.entre("agent", "agent.deux")
    html = await other.page(REVUE)
    await agent.post(f"{REVUE}/{first}", {"version": "0", "etat": "traite"})
    answer = await other.post(f"{REVUE}/lot", bulk(html, mode="page", etat="clos", visibles=f"{first},{second}"))

    assert answer.status == 409
    assert "celui du premier" in answer.text
    assert "1 besoin changé." in answer.text
    assert (await read(equipe, first)).suivi.examen.etat == "traite"


async def test_like_messages_are_put_together_and_settled_together(equipe, agent):
    ids = await scene(
        equipe,
        unmet(mots="je cherche un logement"),
        unmet(mots="je cherche un lojement"),
        unmet(mots="mon voisin crie la nuit", besoin="tranquillite"),
    )
    html = await agent.page(f"{REVUE}/groupes")
    assert "2 groupes" in html
    group = re.search(r'name="groupe" value="(\d+)" aria-label="Cocher le groupe 1 : 2 messages"', html)[1]
    assert "2 besoins" in await agent.page(f"{REVUE}?groupe={group}")

    fields = bulk(html, mode="groupes", etat="traite", depuis="groupes", groupe=group)
    answer = await agent.post(f"{REVUE}/lot", fields)
    assert "Changer 2 besoins ?" in answer.text
    confirmed = bulk(answer.text, etat="traite", attendu="2", confirme="1", depuis="groupes")
    answer = await agent.post(f"{REVUE}/lot", confirmed)
    assert answer.location.startswith(f"{REVUE}/groupes")
    assert [(await read(equipe, one)).suivi.examen.etat for one in ids] == ["traite", "traite", "nouveau"]


async def test_a_change_of_many_is_undone_from_what_was_done(equipe, agent):
    (number,) = await scene(equipe, unmet())
    html = await agent.page(REVUE)
    await agent.post(f"{REVUE}/lot", bulk(html, mode="coches", etat="clos", id=str(number)))
    done = await agent.page(f"{REVUE}/fait")
    path = re.search(r'action="(/equipe/revue/lot/\w+/annuler)"', done)[1]
    answer = await agent.post(path)
    assert "1 besoin remis comme avant." in await agent.page(answer.location)
    assert (await read(equipe, number)).suivi.examen == Examen()

    answer = await agent.post(f"{REVUE}/lot/inconnu/annuler")
    assert "Ce changement n’existe pas." in await agent.page(answer.location)


async def test_a_corrected_need_counts_and_its_words_are_proposed_to_the_lexicon(equipe, agent):
    (number,) = await scene(equipe, unmet(mots="la feuille rose de la préfecture introuvable"))
    await agent.post(f"{REVUE}/{number}", {"version": "0", "etat": "lu", "besoin_corrige": "sejour-nationalite"})

    assert "la feuille rose" in await agent.page(f"{REVUE}?besoin=sejour-nationalite")
    html = await agent.page(f"{REVUE}/lexique")
    assert "bot/understanding/data/fr.yaml" in html
    assert "la feuille rose de la préfecture introuvable" in html


async def test_reading_on_from_one_need_to_the_next_skips_none(equipe, agent):
    await scene(equipe, *(unmet(mots=f"message {n}") for n in range(4)))
    html = await agent.page(f"{REVUE}?etat=nouveau")
    path = unescape(re.search(r'class="mots"><a href="([^"]+)"', html)[1])
    seen = []
    while path:
        html = await agent.page(path)
        number = re.search(r"/revue/(\d+)", path)[1]
        seen.append(number)
        following = re.search(r'name="suivant" value="(\d+)"', html)
        if not following:
            break
        hidden = {name: value(html, name) for name in ("version", "liste", "rang", "suivant", "rang_suivant")}
        path = (await agent.post(f"{REVUE}/{number}", {**hidden, "etat": "lu", "puis": "suivant"})).location
    assert len(seen) == len(set(seen)) == 4


async def test_every_page_is_quick_on_a_year_of_a_hundred_thousand_rows(equipe, agent):
    await equipe.services.store.write(lambda db: journal.insert(db, a_year(100_000)))
    (some, *_rest) = await equipe.services.store.read(lambda db: numbers(db, Filtre(langue="fr")))
    paths = ["?etat=", "?etat=&page=300", "?etat=&tri=besoin", "?texte=ecole&etat=", "?defi=8&etat=nouveau", "/fait"]
    paths += ["/groupes?etat=", "/lexique", f"/{some}?liste=etat%3Dnouveau&rang=400"]
    slow = {}
    for path in paths:
        start = time.perf_counter()
        await agent.page(REVUE + path)
        slow[path] = round(time.perf_counter() - start, 3)
    print(slow)
    assert max(slow.values()) < 1.5, slow  # the bar is 0.3 s on a quiet machine: see benchmarks
