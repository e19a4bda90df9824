"""Every question and every right of the rules in service can be said: buttons that fit, cards that fit a phone, doors."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from bot.conversation import facts
from bot.conversation.choices import QUESTION
from bot.conversation.events import Manquement, Urgence
from bot.conversation.flows.droits_boutons import answers_of, question_choices
from bot.conversation.flows.recours import MOTIFS, REPONSES
from bot.conversation.messages import DoorCard
from bot.conversation.state import Conversation
from bot.journal.vocabulaire import MOTIFS_HABITANT, REPONSES_RECOURS
from rules.load import DONNEES, load
from rules.model import Rulebook
from tests.bot.factories import Talk, real_directory

LONGEST = 1100  # characters of the card of a right, the longest reply there is


@cache
def rulebook() -> Rulebook:
    return load(DONNEES, real_directory().vocabulaire).rulebook


ASKED = [fait for fait in rulebook().faits.values() if fait.question]


@pytest.mark.parametrize("fait", ASKED, ids=lambda fait: fait.id)
def test_the_buttons_of_a_question_fit_and_mean_an_answer(fait):
    choices = question_choices(fait, "", "conjoint_pension_alimentaire")

    assert len(choices) <= QUESTION
    assert choices[-1].action in ("droits-stop", "droits-options")
    for choice in choices:
        assert choice.action.isascii()
        assert len(choice.action) <= 48
        assert choice.picto
    for choice in answers_of(fait):
        written = choice.action.split(":")[2]
        assert facts.finished(fait, written) or answers_of(fait, written), written


@pytest.mark.parametrize("droit", list(rulebook().droits))
def test_a_right_is_said_with_its_text_its_day_and_a_door_before_any_question(droit):
    talk = Talk(
        directory=real_directory(),
        rulebook=rulebook(),
        conversation=Conversation(langue="fr", quartier="etouvie", accueilli=True),
    )
    answer = talk.presses(f"droit:{droit}")

    assert "Vérifié en" in answer.text
    assert "Ce n’est pas une décision" in answer.text
    assert any(isinstance(part, DoorCard) for part in answer.reply.parts)
    assert sum(map(len, answer.text.split("\n"))) <= LONGEST
    assert len(f"motif:{droit}:on-m-a-dit-non") <= 48


def test_the_answers_about_take_up_are_those_of_the_journal():
    assert set(REPONSES.values()) == set(REPONSES_RECOURS)
    assert set(MOTIFS) == set(MOTIFS_HABITANT)
    assert Manquement.ABANDON in Manquement


@pytest.mark.parametrize("besoin", sorted({one for droit in rulebook().droits.values() for one in droit.besoins}))
def test_who_knows_nothing_is_not_questioned_for_long(besoin):
    talk = Talk(directory=real_directory(), rulebook=rulebook(), conversation=Conversation(langue="fr", accueilli=True))
    answer = talk.presses(f"droits:{besoin}")
    for _ in range(6):
        if not (talk.conversation.attend or "").startswith("fait:"):
            break
        fait = talk.conversation.attend.split(":")[1]
        answer = talk.presses(f"fait:{fait}:nsp")

    assert not (talk.conversation.attend or "").startswith("fait:")
    assert "Peut-être" in answer.text or "Vous pouvez" in answer.text or "je ne trouve pas" in answer.text


def test_a_right_that_tells_of_papers_is_recorded_without_its_quarter():
    talk = Talk(
        directory=real_directory(), rulebook=rulebook(), conversation=Conversation(quartier="etouvie", accueilli=True)
    )
    talk.presses("recours:ame:inconnu")

    assert [(event.droit, event.quartier) for event in talk.events] == [("ame", None)]


def test_rights_about_violence_begin_with_a_number_and_promise_no_question_when_none_comes():
    talk = Talk(directory=real_directory(), rulebook=rulebook(), conversation=Conversation(langue="fr", accueilli=True))

    answer = talk.presses("droits:violences")

    assert answer.text.startswith("☎️ 3919")
    assert talk.conversation.attend or "Quelques questions" not in answer.text


def test_work_at_home_is_told_why_nothing_is_calculated_rather_than_a_least_amount():
    talk = Talk(directory=real_directory(), rulebook=rulebook(), conversation=Conversation(langue="fr", accueilli=True))
    talk.presses("droits:droit.prime-activite")
    said = {"couple": "non", "revenus": "à mon compte", "enfants": "aucun", "situations": "rien", "age": "38"}
    said["nationalite"] = "française"
    while (talk.conversation.attend or "").startswith("fait:"):
        fait = talk.conversation.attend.split(":")[1]
        answer = talk.says(said.get(fait, "je ne sais pas"))

    assert "le calcul exact se fait à la CAF" in answer.text
    assert "Minimum" not in answer.text


def test_what_is_kept_for_little_money_comes_before_what_everybody_has():
    talk = Talk(directory=real_directory(), rulebook=rulebook(), conversation=Conversation(langue="fr", accueilli=True))
    said = {"age": "52", "couple": "non", "enfants": "0", "situations": "0", "revenus": "0", "nationalite": "francaise"}
    talk.conversation = replace(talk.conversation, reponses=tuple(said.items()), droits="tous")

    shown = [choice for page in range(4) for choice in talk.presses(f"resultats:tous:{page}").choices]

    assert shown.index("droit:css") < shown.index("droit:puma")


def test_giving_up_on_papers_is_recorded_without_a_quarter():
    talk = Talk(
        directory=real_directory(), rulebook=rulebook(), conversation=Conversation(quartier="etouvie", accueilli=True)
    )
    talk.presses("droits:sejour-nationalite")
    talk.presses("droits-stop")

    assert [(event.raison, event.quartier) for event in talk.events] == [(Manquement.ABANDON, None)]


def test_who_ticks_violence_gets_a_number_at_once_and_no_danger_is_recorded():
    talk = Talk(directory=real_directory(), rulebook=rulebook(), conversation=Conversation(accueilli=True))
    (fait,) = (one for one in ASKED if any(choice.id == "violences" for choice in one.choix))
    talk.presses("droits:violences")

    answer = talk.presses(f"fait:{fait.id}:{fait.bit('violences'):x}")

    assert answer.text.startswith("☎️ 3919")
    assert not any(isinstance(event, Urgence) for event in talk.events)


MERE_SEULE = {
    "age": "34", "couple": "non", "enfants": "3,7", "situations": "0", "logement": "locataire_hlm", "loyer": "420",
    "activite": "salarie", "revenus": "1", "salaire_net": "1350", "nationalite": "francaise", "projets": "0",
    "difficultes": "2", "isolement_recent": "non",
}  # fmt: skip


def test_all_rights_give_a_first_result_after_twelve_questions_at_most():
    talk = Talk(directory=real_directory(), rulebook=rulebook(), conversation=Conversation(langue="fr", accueilli=True))
    answer, questions = talk.presses("droits"), 0
    while (talk.conversation.attend or "").startswith("fait:"):
        questions += 1
        fait = talk.conversation.attend.split(":")[1]
        answer = talk.presses(f"fait:{fait}:{MERE_SEULE.get(fait, 'nsp')}")

    assert questions <= 12
    found = {event.droit: event.niveau for event in talk.events}
    assert {found[droit] for droit in ("allocations-familiales", "asf", "prime-activite", "aide-logement")} == {
        "probable"
    }
    assert set(found.values()) == {"probable"}  # the dozens that nobody asked about would drown them
    assert answer.text.startswith("🟢 Vous pouvez probablement demander :")
    assert len(answer.choices) <= 6
