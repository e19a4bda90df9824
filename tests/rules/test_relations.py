"""What one right does to another, what a rule does not compute, and what is too close to a ceiling to say."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from rules.evaluate import evaluate
from rules.load import load
from rules.model import Situation

JOUR = date(2026, 11, 1)
SEUL = Situation({"age": 40, "couple": False, "revenus": frozenset(), "nationalite": "francaise"})
AUTRE = """
id: aide-autre
nom: Aide autre
besoins: [minima-sociaux]
defi: 1
resume: Une autre aide inventée.
sorte: calcule
depuis: 2020-01-01
textes: [{id: l2, nom: "Code inventé, article L2"}]
hors_champ:
  - {condition: revenus contient chomage, dit: "Le calcul est différent au chômage."}
conditions:
  toutes:
    - age >= 18 ans
    - {condition: salaire_net <= 1000 EUR/mois, marge: 3 %}
demande: {types: [caf]}
verifie_le: 2026-11-01
exemples:
  - {nom: oui, situation: {age: 40, salaire_net: 500, revenus: [salaire], couple: non, nationalite: hors_ue}, verdict: probable}
  - {nom: non, situation: {age: 12}, verdict: peu-probable}
  - {nom: on ne sait rien, situation: {}, verdict: possible}
"""


@pytest.fixture(scope="module")
def livre(tmp_path_factory):
    folder = Path(shutil.copytree(Path(__file__).parent / "base", tmp_path_factory.mktemp("relations") / "regles"))
    (folder / "droits" / "aide-autre.yaml").write_text(AUTRE, encoding="utf-8")
    solidaire = folder / "droits" / "aide-solidaire.yaml"
    solidaire.write_text(
        solidaire.read_text("utf-8").replace("sorte:", "exclut: [aide-autre]\nsorte:"), encoding="utf-8"
    )
    loaded = load(folder)
    assert loaded.problems == ()
    return loaded.rulebook


def autre(livre, **faits):
    return evaluate(livre, "aide-autre", SEUL.avec(nationalite="hors_ue", **faits), JOUR)


def test_a_right_that_excludes_another_takes_it_away_and_says_so(livre):
    assert evaluate(livre, "aide-solidaire", SEUL, JOUR).niveau == "probable"

    found = evaluate(livre, "aide-autre", SEUL, JOUR)

    assert found.niveau == "peu-probable"
    assert [(raison.genre, raison.nom) for raison in found.raisons] == [("exclu", "Aide solidaire")]
    assert autre(livre).niveau == "probable"


def test_what_may_exclude_leaves_the_right_possible(livre):
    found = evaluate(livre, "aide-autre", SEUL.sans("nationalite"), JOUR)

    assert (found.niveau, found.manquants) == ("possible", ("nationalite",))


def test_a_case_that_is_not_computed_takes_away_certainty_but_never_a_refusal(livre):
    chomage = frozenset({"chomage"})

    found = autre(livre, revenus=chomage)
    assert (found.niveau, found.hors_champ, found.regle) == ("possible", True, True)
    assert found.raisons[0].dit == "Le calcul est différent au chômage."
    assert autre(livre, revenus=chomage, age=12).niveau == "peu-probable"


@pytest.mark.parametrize(
    ("salaire", "niveau"), [(960, "probable"), (980, "possible"), (1020, "possible"), (1040, "peu-probable")]
)
def test_near_a_ceiling_with_a_margin_nothing_is_said_for_sure(livre, salaire, niveau):
    found = autre(livre, revenus=frozenset({"salaire"}), salaire_net=salaire)

    assert found.niveau == niveau
    if niveau == "possible":
        assert (found.regle, [raison.genre for raison in found.raisons if raison.etat == "inconnu"]) == (
            True,
            ["proche"],
        )
