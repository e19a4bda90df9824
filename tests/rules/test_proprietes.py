"""What holds for any household: more facts only make verdicts surer, and the order of answers changes nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.echantillon import complete
from rules.evaluate import evaluate_all
from rules.formes import unknown
from rules.load import DONNEES, load
from rules.model import Enfant, Fait, Intervalle, Rulebook, Situation
from rules.questions import next_question

JOUR = date(2026, 11, 1)
BASE = load(Path(__file__).parent / "base").rulebook
LIVRE = load(DONNEES, partiel=True).rulebook
SERIE = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


def values(fait: Fait) -> st.SearchStrategy:
    if fait.type == "oui_non":
        return st.booleans()
    if fait.type == "choix":
        return st.sampled_from([choix.id for choix in fait.choix])
    if fait.type == "plusieurs":
        return st.frozensets(st.sampled_from([choix.id for choix in fait.choix]), max_size=3)
    if fait.type == "date":
        return st.dates(date(1950, 1, 1), JOUR)
    if fait.type == "enfants":
        return st.lists(st.integers(0, 22), max_size=5).map(lambda ages: tuple(Enfant.de(age=age) for age in ages))
    if fait.type == "age":
        return st.integers(16, 95)
    # Most amounts are where ceilings are, not at the far end of what is possible.
    low, high = fait.min or 0, fait.max or 0
    return st.one_of(st.just(low), st.integers(int(low), int(min(high, low + 3000))), st.integers(int(low), int(high)))


@st.composite
def households(draw: st.DrawFn, livre: Rulebook) -> Situation:
    """Everything that can be asked, said without contradiction: what other facts settle is left out."""
    return complete(livre, JOUR, lambda fait: draw(values(fait)))


def levels(livre: Rulebook, situation: Situation) -> dict[str, tuple[str, bool]]:
    return {verdict.droit: (verdict.niveau, verdict.regle) for verdict in evaluate_all(livre, situation, JOUR)}


def part(situation: Situation, numero: int, share: float) -> Situation:
    draw = Random(numero)
    return Situation({nom: value for nom, value in situation.items() if draw.random() < share})


@pytest.mark.parametrize("livre", [BASE, LIVRE], ids=["base", "droits"])
def test_an_answer_never_contradicts_the_completed_situation(livre):
    @SERIE
    @given(households(livre), st.integers(0, 999), st.floats(0.1, 0.9))
    def play(foyer, numero, share):
        after = levels(livre, foyer)
        for droit, (niveau, regle) in levels(livre, part(foyer, numero, share)).items():
            if regle:
                assert after[droit] == (niveau, True), droit

    play()


@pytest.mark.parametrize("livre", [BASE, LIVRE], ids=["base", "droits"])
def test_adding_a_fact_never_turns_a_settled_verdict(livre):
    @SERIE
    @given(households(livre), st.randoms(use_true_random=False))
    def play(foyer, chance):
        names = sorted(foyer)
        chance.shuffle(names)
        said, before = Situation(), levels(livre, Situation())
        for nom in names:
            said = said.avec_fait(nom, foyer[nom])
            after = levels(livre, said)
            for droit, (niveau, regle) in before.items():
                if regle:
                    assert after[droit] == (niveau, True), (droit, nom)
            before = after

    play()


def test_a_range_settles_only_what_every_value_in_it_settles():
    @SERIE
    @given(households(LIVRE), st.integers(0, 800), st.integers(0, 800))
    def play(foyer, below, above):
        amounts = [nom for nom in foyer if LIVRE.faits[nom].type == "montant"]
        wide = foyer
        for nom in amounts:
            fait = LIVRE.faits[nom]
            low, high = max(fait.min, foyer[nom] - below), min(fait.max, foyer[nom] + above)
            wide = wide.avec_fait(nom, Intervalle(low, high))
        exact = {verdict.droit: verdict.niveau for verdict in evaluate_all(LIVRE, foyer, JOUR)}
        for verdict in evaluate_all(LIVRE, wide, JOUR):
            if verdict.niveau != "possible":
                assert exact[verdict.droit] == verdict.niveau, verdict.droit

    play()


def ask(livre: Rulebook, foyer: Situation, droits: list[str]) -> Situation:
    """The household answers every question it is asked."""
    said = Situation()
    while (nom := next_question(livre, droits, said, JOUR)) is not None:
        assert nom not in said
        assert livre.faits[nom].question
        said = said.avec_fait(nom, foyer[nom])
    return said


def test_questions_stop_when_nothing_can_change_and_lead_where_everything_said_leads():
    droits = ["rsa", "css", "prime-activite", "allocations-familiales", "aide-logement"]

    @SERIE
    @given(households(LIVRE), st.randoms(use_true_random=False))
    def play(foyer, chance):
        chance.shuffle(droits)
        asked = ask(LIVRE, foyer, droits)
        end = {verdict.droit: verdict.niveau for verdict in evaluate_all(LIVRE, foyer, JOUR, droits)}
        for verdict in evaluate_all(LIVRE, asked, JOUR, droits):
            assert verdict.niveau == end[verdict.droit], verdict.droit

    play()


def test_a_question_passed_is_never_asked_again_and_the_rest_goes_on():
    said, passed, asked = Situation({"couple": False}), frozenset(), []
    while (nom := next_question(LIVRE, list(LIVRE.droits), said, JOUR, passed)) is not None:
        assert nom not in passed
        assert not nom.startswith("conjoint_")
        asked.append(nom)
        passed |= {nom}

    assert len(asked) == len(set(asked)) > 8


def test_an_unknown_value_is_all_its_fact_can_be():
    for nom, fait in LIVRE.faits.items():
        if fait.type not in ("enfants",):
            assert unknown(fait, 1)[-1] == 1, nom
