"""A verdict says why: the condition that decides, by how much, under which text, and nothing that does not matter."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rules.evaluate import evaluate
from rules.load import DONNEES, load
from rules.model import Enfant, Intervalle, Situation
from rules.reasons import Grandeur, Noms

JOUR = date(2026, 11, 1)
BASE = load(Path(__file__).parent / "base").rulebook
SANS_REVENU = Situation({"age": 40, "couple": False, "revenus": frozenset(), "nationalite": "francaise"})


def verdict(droit: str, situation: Situation, on: date = JOUR):
    return evaluate(BASE, droit, situation, on)


def test_a_refusal_names_the_condition_that_fails_and_by_how_much():
    (raison,) = verdict("aide-solidaire", SANS_REVENU.avec(revenus=frozenset({"salaire"}), salaire_net=900)).raisons

    assert (raison.genre, raison.etat, raison.nom) == ("maximum", "non", "Vos ressources par mois")
    assert raison.valeur == Grandeur(900, 900, "EUR/mois")
    assert raison.seuil == Grandeur(650, 650, "EUR/mois")
    assert raison.ecart == Grandeur(250, 250, "EUR/mois")
    assert raison.texte.nom == "Code inventé, article L1"


def test_a_probable_right_tells_every_condition_that_holds():
    found = verdict("aide-solidaire", SANS_REVENU)

    assert found.niveau == "probable"
    assert [(raison.genre, raison.etat) for raison in found.raisons] == [
        ("minimum", "ok"),
        ("maximum", "ok"),
        ("choix", "ok"),
    ]
    assert found.raisons[2].valeur == Noms(("Française",))


def test_a_possible_right_tells_what_is_unknown_and_the_facts_that_would_settle_it():
    found = verdict("aide-solidaire", SANS_REVENU.sans("nationalite"))

    assert (found.niveau, found.manquants) == ("possible", ("nationalite",))
    (raison,) = found.raisons
    assert (raison.etat, raison.faits, raison.attendu) == ("inconnu", ("nationalite",), ("Française", "Europe"))


def test_a_right_that_follows_another_says_which():
    found = verdict("aide-suite", SANS_REVENU)

    assert found.niveau == "probable"
    assert [(raison.genre, raison.nom) for raison in found.raisons] == [("droit", "Aide solidaire")]


def test_of_several_ways_only_the_one_that_holds_is_told():
    trop_jeune = SANS_REVENU.avec(age=20, loyer=400, enfants=(Enfant.de(age=1),))

    found = verdict("aide-suite", trop_jeune)

    assert found.niveau == "probable"
    assert [raison.nom for raison in found.raisons] == ["Loyer", "Vos ressources par mois", "Enfants"]


def test_a_range_given_for_an_amount_settles_what_its_two_ends_settle():
    known = SANS_REVENU.avec(revenus=frozenset({"salaire"}))

    assert verdict("aide-solidaire", known.avec(salaire_net=Intervalle(0, 600))).niveau == "probable"
    assert verdict("aide-solidaire", known.avec(salaire_net=Intervalle(700, 900))).niveau == "peu-probable"
    between = verdict("aide-solidaire", known.avec(salaire_net=Intervalle(600, 700)))
    assert (between.niveau, between.manquants, between.regle) == ("possible", (), True)


def test_a_right_is_never_probable_before_it_exists():
    found = verdict("aide-solidaire", SANS_REVENU, date(2026, 3, 31))

    assert found.niveau == "peu-probable"
    assert [raison.genre for raison in found.raisons] == ["pas_en_vigueur"]


def test_the_value_of_a_bareme_is_the_newest_of_the_day_asked():
    assert BASE.baremes["aide_base"].au(date(2026, 3, 31)).valeur == 600
    assert BASE.baremes["aide_base"].au(date(2026, 4, 1)).valeur == 650
    assert BASE.baremes["aide_base"].au(date(2025, 3, 31)) is None


def test_a_document_asked_for_in_one_case_only_is_listed_in_that_case():
    def papers(**faits):
        return [piece.id for piece in verdict("aide-suite", SANS_REVENU.avec(**faits)).pieces]

    assert papers(nationalite="francaise") == ["rib"]
    assert papers(nationalite="hors_ue") == ["rib", "titre-sejour"]


def test_an_amount_is_between_two_bounds_until_all_is_known():
    known = SANS_REVENU.avec(revenus=frozenset({"salaire"}))

    assert verdict("aide-solidaire", known.avec(salaire_net=150)).montant.bas == 500
    montant = verdict("aide-solidaire", known.avec(salaire_net=Intervalle(100, 200))).montant
    assert (montant.bas, montant.haut) == (450, 550)
    assert verdict("aide-solidaire", known.avec(salaire_net=2000)).montant is None


def test_the_amounts_of_a_spouse_who_is_not_there_do_not_count():
    said = SANS_REVENU.avec(couple=True, conjoint_revenus=frozenset({"salaire"}), conjoint_salaire_net=3000)

    assert verdict("aide-solidaire", said).niveau == "peu-probable"
    assert verdict("aide-solidaire", said.avec(couple=False)).niveau == "probable"


RIGHTS = load(DONNEES, partiel=True).rulebook


@pytest.mark.parametrize("droit", list(RIGHTS.droits))
def test_every_verdict_of_every_example_of_every_right_has_a_reason(droit):
    for exemple in RIGHTS.droits[droit].exemples:
        found = evaluate(RIGHTS, droit, exemple.situation, exemple.le or RIGHTS.droits[droit].verifie_le)

        assert found.raisons, exemple.nom
        assert all(raison.texte is not None or raison.genre in ("droit", "exclu") for raison in found.raisons)
