"""Do the twelve calculated rights agree with OpenFisca-France, on households drawn at random and never used to write them?

`menages_openfisca.jsonl` holds invented households with the rights that OpenFisca-France 176.1.8 computes for November 2026
under the same hypotheses (incomes that do not change). `sensible` names the rights that a change of 3 % of incomes would turn.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from rules.evaluate import evaluate_all
from rules.foyers import situation
from rules.load import DONNEES, load
from rules.model import PEU_PROBABLE, POSSIBLE, PROBABLE

DROITS = {
    "rsa": "rsa",
    "ppa": "prime-activite",
    "css": "css",
    "aspa": "aspa",
    "aah": "aah",
    "ars": "ars",
    "af": "allocations-familiales",
    "asf": "asf",
    "aide_logement": "aide-logement",
    "cheque_energie": "cheque-energie",
    "paje_base": "paje-base",
    "cf": "complement-familial",
}
RESULTATS = ("attendu", "sensible")
MENAGES = [json.loads(line) for line in (Path(__file__).parent / "menages_openfisca.jsonl").read_text().splitlines()]


@pytest.fixture(scope="module")
def rulebook():
    return load(DONNEES).rulebook


def inputs(menage: dict) -> dict:
    return {key: value for key, value in menage.items() if key not in RESULTATS}


def levels(rulebook, menage: dict) -> dict[str, str]:
    on = date.fromisoformat(menage["date"])
    found = evaluate_all(rulebook, situation(inputs(menage)), on, DROITS.values())
    return {verdict.droit: verdict.niveau for verdict in found}


@pytest.mark.parametrize("nom", DROITS)
def test_a_right_agrees_with_openfisca_wherever_it_decides(rulebook, nom):
    cases = [each for each in MENAGES if each["attendu"][nom] is not None and nom not in each["sensible"]]
    answers = [(each["id"], levels(rulebook, each)[DROITS[nom]], each["attendu"][nom]) for each in cases]
    wrong = [(menage, niveau) for menage, niveau, due in answers if niveau == (PEU_PROBABLE if due else PROBABLE)]
    decided = [niveau for _, niveau, _ in answers if niveau != POSSIBLE]
    assert not wrong
    assert len(decided) >= 0.97 * len(answers)


def test_the_sample_has_households_with_and_without_each_right():
    for nom in DROITS:
        due = {each["attendu"][nom] for each in MENAGES}
        assert {True, False} <= due, nom


def test_what_is_read_of_a_household_does_not_depend_on_the_results_written_beside_it():
    menage = MENAGES[0]
    assert situation(menage) == situation(inputs(menage))


def test_a_household_of_which_little_is_said_is_never_refused_a_right_for_it(rulebook):
    for menage in MENAGES[:20]:
        full = levels(rulebook, menage)
        little = {"date": menage["date"], "adultes": [{"age": each["age"]} for each in menage["adultes"]]}
        for droit, niveau in levels(rulebook, little).items():
            assert niveau in (POSSIBLE, full[droit])


@pytest.mark.parametrize(
    ("foyer", "said"),
    [
        ([], "objet JSON"),
        ({"adultes": {}}, "adultes"),
        ({"adultes": []}, "une ou deux"),
        ({"adultes": [{"age": "trente"}]}, r"adultes\[0\].age"),
        ({"adultes": [{"nationalite": "BE"}]}, "FR, UE, hors_UE"),
        ({"adultes": [{"revenus_mensuels": {"salaire_net": -3}}]}, "salaire_net"),
        ({"adultes": [{"age": 30}], "couple": True}, "couple"),
        ({"enfants": [{"date_naissance": "hier"}]}, "date_naissance"),
        ({"logement": {"statut": "bateau"}}, "bateau"),
    ],
)
def test_a_household_badly_written_is_refused_with_the_name_of_the_field(foyer, said):
    with pytest.raises(ValueError, match=said):
        situation(foyer)
