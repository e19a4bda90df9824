"""The next question settles the most at the least cost, and what cannot change anything is never asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from benchmarks.rules import FOYERS, questions, read
from rules.load import DONNEES, load
from rules.model import Situation
from rules.questions import next_question

JOUR = date(2026, 11, 1)
BASE = load(Path(__file__).parent / "base").rulebook


def ask(said: dict, droits=("aide-solidaire",), passes=frozenset()) -> str | None:
    return next_question(BASE, list(droits), Situation(said), JOUR, passes)


def test_what_is_very_sensitive_comes_last():
    said, asked = {}, []
    answers = {"age": 40, "couple": False, "revenus": frozenset(), "nationalite": "ue"}
    while (nom := ask(said)) is not None:
        asked.append(nom)
        said[nom] = answers[nom]

    assert asked[-1] == "nationalite"
    assert asked[0] == "age"


def test_an_amount_waits_for_the_kinds_of_income_that_may_make_it_useless():
    said = {"age": 40, "couple": False}

    assert ask(said) == "revenus"
    assert ask({**said, "revenus": frozenset({"salaire"})}) == "salaire_net"
    assert ask({**said, "revenus": frozenset()}) == "nationalite"


def test_an_amount_is_asked_when_the_kinds_of_income_were_passed():
    assert ask({"age": 40, "couple": False}, passes=frozenset({"revenus"})) == "salaire_net"


def test_a_refusal_that_is_settled_asks_nothing_more():
    assert ask({"age": 20}) is None


def test_nothing_is_asked_of_a_spouse_who_is_not_there():
    assert ask({"age": 40, "couple": False, "revenus": frozenset(), "nationalite": "ue"}) is None


def test_a_corrected_answer_opens_the_questions_again():
    said = {"age": 20}

    assert ask(said) is None
    assert ask({**said, "age": 30}) is not None


@pytest.mark.parametrize("foyer", range(0, 39, 6))
def test_all_the_rights_of_a_household_take_few_questions(foyer):
    rulebook = load(DONNEES, partiel=True).rulebook
    said, on = read(FOYERS)[foyer]

    asked = questions(rulebook, list(rulebook.droits), said, on)

    assert len(asked) == len(set(asked)) <= 20


@pytest.mark.parametrize("droit", ["rsa", "aspa", "css", "prime-activite"])
def test_one_s_own_answer_is_asked_before_the_same_of_the_spouse(droit):
    rulebook = load(DONNEES, partiel=True).rulebook
    situation, asked = Situation({"couple": True, "age": 40, "enfants": ()}), []
    while (nom := next_question(rulebook, [droit], situation, JOUR, frozenset(asked))) is not None:
        asked.append(nom)

    spouse = [nom for nom in asked if rulebook.faits[nom].conjoint and rulebook.faits[nom].base in asked]
    assert spouse
    for nom in spouse:
        assert asked.index(rulebook.faits[nom].base) < asked.index(nom)
