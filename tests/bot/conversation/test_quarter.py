"""The quarter is asked only when it changes the answer, and "I'd rather not say" is an answer."""

from __future__ import annotations

from bot.conversation.events import Orientation
from bot.conversation.state import Conversation


def test_the_quarter_is_asked_when_the_doors_depend_on_it(talk):
    answer = talk.says("courant")

    assert "Vous habitez où ?" in answer.text
    assert "partager:position" in answer.choices
    assert "quartier:aucun" in answer.choices
    assert len(answer.choices) == 6
    assert talk.events == ()


def test_it_is_not_asked_when_the_doors_are_the_same_everywhere(talk):
    assert "Vous habitez où" not in talk.says("argent").text


def test_a_button_gives_the_doors_that_were_waiting(talk):
    talk.says("courant")

    answer = talk.presses("quartier:etouvie")

    assert "C’est noté : Étouvie." in answer.text
    assert "Relais Étouvie, votre quartier (Étouvie)" in answer.text
    (event,) = talk.events
    assert (event.quartier, event.portes[0]) == ("etouvie", "relais-etouvie/energie")


def test_typing_its_name_does_the_same(talk):
    talk.says("courant")

    assert "Relais Étouvie" in talk.says("etouvie").text


def test_a_quarter_named_with_the_need_is_not_asked_again(talk):
    answer = talk.says("courant a etouvie")

    assert "Relais Étouvie" in answer.text
    assert talk.conversation.quartier == "etouvie"


def test_the_name_of_a_quarter_is_no_need(talk):
    talk.says("courant")

    assert "C’est noté : Pierre Rollin." in talk.says("pierre rollin").text
    assert talk.conversation.besoins == ("energie",)


def test_what_is_said_beside_the_name_is_the_need(talk):
    assert "trouver à manger" in talk.says("pierre rollin, faim").text
    assert talk.conversation.quartier == "pierre-rollin"


def test_rather_not_gives_the_doors_of_the_whole_city_and_is_not_asked_again(talk):
    talk.says("courant")

    answer = talk.presses("quartier:aucun")

    assert "toute la ville" in answer.text
    assert any(isinstance(event, Orientation) for event in talk.events)
    assert "Vous habitez où" not in talk.says("courant").text


def test_a_name_several_quarters_share_is_asked_which(talk):
    talk.says("courant")

    answer = talk.says("sud-est")

    assert "C’est lequel ?" in answer.text
    assert answer.choices[:2] == ("quartier:pierre-rollin", "quartier:salamandre-marcel-paul")


def test_a_name_nobody_knows_is_asked_once_more_then_the_city_answers(talk):
    talk.says("courant")

    assert "Je ne trouve pas ce nom" in talk.says("zzz").text
    assert any(action.startswith("porte:") or action.startswith("aide:") for action in talk.says("yyy").choices)


def test_another_need_may_be_said_instead_of_the_quarter(talk):
    talk.says("courant")

    assert "trouver à manger" in talk.says("faim").text


def test_a_location_gives_doors_by_distance_and_its_quarter_is_confirmed_by_a_button(talk):
    talk.says("courant")

    answer = talk.shares(49.9032, 2.2519)

    assert "Relais Étouvie, à 50 m" in answer.text
    assert "quartier:etouvie" in answer.choices
    assert talk.conversation.quartier is None


def test_a_location_with_nothing_asked_proposes_the_nearest_quarters(talk):
    answer = talk.shares(49.9032, 2.2519)

    assert answer.choices[0] == "quartier:etouvie"


def test_a_location_far_from_the_city_is_not_taken(talk):
    answer = talk.shares(48.85, 2.35)

    assert "loin d’Amiens" in answer.text
    assert talk.conversation.point is None


def test_changing_the_quarter_answers_the_same_need_there(talk):
    talk.conversation = Conversation(quartier="amiens-nord", besoins=("energie",))

    talk.presses("quartier:choisir")

    assert "Relais Étouvie" in talk.presses("quartier:etouvie").text


def test_all_seven_quarters_can_be_chosen_by_button(talk):
    first = talk.presses("quartier:choisir").choices
    rest = talk.presses("quartier:autres").choices

    offered = {action.removeprefix("quartier:") for action in (*first, *rest)}
    assert set(talk.directory.quartiers) <= offered
    assert len(first) <= 6
    assert len(rest) <= 6
