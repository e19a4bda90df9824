"""Households as JSON lines: each gets its verdicts under the names of the reference, and a bad line stops nothing."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest

from bot.eligible import eligible_lines
from rules.load import DONNEES, load

PARENT = {
    "id": "a",
    "date": "2026-11-01",
    "adultes": [{"age": 34, "activite": "inactif", "nationalite": "FR", "revenus_mensuels": {"salaire_net": 0.0}}],
    "couple": False,
    "enfants": [{"age": 3, "a_charge": True}, {"age": 7, "a_charge": True}],
    "logement": {"statut": "locataire_hlm", "loyer": 400.0, "chez_parents": False},
}


@pytest.fixture(scope="module")
def rulebook():
    return load(DONNEES).rulebook


def judged(rulebook, *lines: str) -> tuple[list[dict], list[str]]:
    out, told = io.StringIO(), []
    eligible_lines(rulebook, lines, out, told.append, date(2026, 11, 24))
    return [json.loads(line) for line in out.getvalue().splitlines()], told


def test_a_household_gets_every_right_under_the_names_of_the_reference(rulebook):
    (answer,), told = judged(rulebook, json.dumps(PARENT))

    assert told == []
    assert answer["id"] == "a"
    twelve = {
        "rsa",
        "ppa",
        "css",
        "aspa",
        "aah",
        "ars",
        "af",
        "asf",
        "aide_logement",
        "cheque_energie",
        "paje_base",
        "cf",
    }
    assert twelve <= answer["droits"].keys()
    assert len(answer["droits"]) == len(rulebook.droits)
    assert set(answer["droits"].values()) <= {"probable", "possible", "peu-probable"}
    assert answer["droits"]["af"] == "probable"
    assert answer["droits"]["aspa"] == "peu-probable"


def test_what_is_not_said_is_unknown_and_never_a_no(rulebook):
    (answer,), _ = judged(rulebook, '{"id": "b", "adultes": [{"age": 34}]}')

    assert answer["droits"]["rsa"] == "possible"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"id": "x"', "ce n'est pas du JSON"),
        ("[1]", "accolades"),
        ('{"id": "x", "adultes": [{"age": "vieux"}]}', "age"),
        ('{"id": "x", "adultes": [{"age": 3}], "date": "2026-13-01"}', "n'est pas un jour"),
        ('{"id": "x", "adultes": 5}', "adultes"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_the_rest_goes_on(rulebook, line, words):
    answers, told = judged(rulebook, json.dumps(PARENT), "", line, json.dumps(PARENT))

    assert len(answers) == 3
    assert words in answers[1]["erreur"]
    (message,) = told
    assert message.startswith("ligne 3 : ")
    assert answers[2]["droits"] == answers[0]["droits"]
