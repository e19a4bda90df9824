"""Who comes for a need is not asked whether they have it, and no right is refused for a box that was not ticked."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from bot.conversation import evident, facts
from bot.orientation import TOUS, UN_DROIT, rights_for, verdicts
from rules.load import DONNEES, load
from rules.model import PEU_PROBABLE, Rulebook
from tests.bot.factories import real_directory

ON = date(2026, 11, 22)
JEUNE = (("age", "22"), ("couple", "non"), ("enfants", "0"))


@cache
def rulebook() -> Rulebook:
    return load(DONNEES, real_directory().vocabulaire).rulebook


def levels(sujet: str, reponses) -> dict[str, str]:
    told = evident.told(rulebook(), sujet, reponses, ON)
    found = verdicts(rulebook(), rights_for(rulebook(), sujet), facts.known(rulebook(), told), ON)
    return {one.droit: one.niveau for one in found}


def boxes(sujet: str, fait: str, reponses=JEUNE) -> frozenset[str] | None:
    return facts.known(rulebook(), evident.told(rulebook(), sujet, reponses, ON)).get(fait)


def test_who_asks_about_the_licence_is_not_asked_whether_they_want_it():
    assert boxes("permis-vehicule", "projets") == {"permis"}
    assert levels("permis-vehicule", JEUNE)["permis-1-euro"] != PEU_PROBABLE


def test_a_box_ticked_before_is_kept_and_an_unticked_one_refuses_nothing_for_the_need():
    travaux = f"{rulebook().faits['projets'].bit('travaux'):x}"

    assert boxes("permis-vehicule", "projets", (*JEUNE, ("projets", travaux))) == {"permis", "travaux"}
    assert levels("permis-vehicule", (*JEUNE, ("projets", "0")))["pass-ton-permis"] != PEU_PROBABLE


def test_the_question_stays_when_the_need_alone_would_refuse_another_of_its_rights():
    assert boxes("dettes-budget", "difficultes") is None
    assert levels("dettes-budget", JEUNE)["droit-au-compte"] != PEU_PROBABLE


def test_all_the_rights_at_once_guess_nothing():
    assert evident.told(rulebook(), TOUS, JEUNE, ON) == JEUNE


@pytest.mark.parametrize("droit", ["visale", "surendettement", "droit-au-compte", "acre", "aide-urgence-violences"])
def test_a_right_asked_by_its_name_is_not_refused_for_an_unticked_box(droit):
    assert levels(f"{UN_DROIT}{droit}", (*JEUNE, ("projets", "0"), ("difficultes", "0")))[droit] != PEU_PROBABLE


@pytest.mark.parametrize("besoin", evident.EVIDENTS)
def test_the_boxes_of_a_need_exist(besoin):
    assert besoin in real_directory().vocabulaire.besoins
    for fait, choix in evident.EVIDENTS[besoin].items():
        assert choix <= {one.id for one in rulebook().faits[fait].choix}
