"""From every state one can go on: every button of every reachable state answers, and a new need is always heard."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.choices import QUESTION
from bot.conversation.messages import DoorCard, Reply
from bot.conversation.state import Conversation
from tests.bot.factories import TABLE, Talk, tiny_rulebook

SAID = [
    *TABLE,
    "",
    "zzz",
    "/start",
    "/droits",
    "oui",
    "3 et 7",
    "1200",
    "/start q-etouvie",
    "/aide",
    "/langue",
    "/quartier",
    "/stop",
    "/effacer",
    "/rien",
]
LONGEST = 900  # characters of a reply, pictograms included: two small screens at the very most


def check(reply: Reply, spoken) -> None:
    """What every reply promises, whatever the state."""
    assert reply.parts
    menu_of_languages = all(choice.action.startswith("langue:") for choice in reply.choices)
    question = any(choice.action.startswith("fait:") for choice in reply.choices)
    assert len(reply.choices) <= (QUESTION if question else 6) or menu_of_languages
    assert len({(choice.action, choice.url) for choice in reply.choices}) == len(reply.choices)
    assert sum(isinstance(part, DoorCard) for part in reply.parts) <= 3
    for choice in reply.choices:
        assert choice.action.isascii()
        assert 0 < len(choice.action.encode()) <= 48
        assert choice.picto
    assert sum(len(span.texte) for line in spoken.lines for span in line) <= LONGEST


def walk(langue: str, depth: int) -> set[Conversation]:
    """Play every message and every offered button from every state, breadth first; gives the states seen."""
    talk = Talk(conversation=Conversation(langue=langue))
    frontier, seen = {(talk.conversation, ())}, set()
    for _ in range(depth):
        following = set()
        for conversation, actions in frontier:
            for message in [*({"text": text} for text in SAID), *({"action": action} for action in actions)]:
                talk.conversation = conversation
                answer = talk.gives(**message)
                check(answer.reply, answer.spoken)
                offered = tuple(choice.action for choice in answer.reply.choices if not choice.url)
                if (talk.conversation, offered) not in seen:
                    seen.add((talk.conversation, offered))
                    following.add((talk.conversation, offered))
        frontier = following
    return {conversation for conversation, _ in seen}


@pytest.mark.parametrize(("langue", "depth"), [("fr", 3), ("en", 2), ("ar", 2)])
def test_every_button_of_every_state_answers_and_a_new_need_is_heard(langue, depth):
    states = walk(langue, depth)

    assert len(states) > 20
    talk = Talk()
    for state in states:
        talk.conversation = state
        assert any(isinstance(part, DoorCard) for part in talk.says("faim").reply.parts)


def test_the_questions_about_rights_have_no_dead_end_either():
    talk = Talk(rulebook=tiny_rulebook(), conversation=Conversation(langue="fr"))
    frontier, seen = [(talk.conversation, ("droits", "droits:energie"))], set()
    for _ in range(4):
        following = []
        for conversation, actions in frontier:
            for action in actions:
                talk.conversation = conversation
                answer = talk.presses(action)
                check(answer.reply, answer.spoken)
                offered = tuple(choice.action for choice in answer.reply.choices if not choice.url)
                if (talk.conversation, offered) not in seen:
                    seen.add((talk.conversation, offered))
                    following.append((talk.conversation, offered))
        frontier = following

    assert len(seen) > 100
    for conversation, _ in seen:
        talk.conversation = conversation
        assert any(isinstance(part, DoorCard) for part in talk.says("faim et courant").reply.parts)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["text", "action"]), st.text(max_size=60)), max_size=5))
def test_whatever_is_typed_or_forged_there_is_an_answer(messages):
    talk = Talk()
    for kind, value in messages:
        answer = talk.gives(**{kind: value})
        check(answer.reply, answer.spoken)


FORGED = st.builds(
    "fait:{}:{}".format,
    st.sampled_from(["couple", "enfants", "revenus", "salaire_net", "logement"]),
    st.text("0123456789abcdefmnxnsp,.-", max_size=9),
)
SPOKEN = st.sampled_from(
    [*SAID, "je ne sais pas", "non", "2", "entre 600 et 1200", "retour", "stop", "salaire et retraite"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.tuples(st.just("action"), FORGED), st.tuples(st.just("text"), SPOKEN)), max_size=8))
def test_whatever_is_answered_or_forged_about_rights_there_is_an_answer(messages):
    talk = Talk(rulebook=tiny_rulebook())
    talk.presses("droits")
    for kind, value in messages:
        answer = talk.gives(**{kind: value})
        check(answer.reply, answer.spoken)


def test_every_action_of_the_vocabulary_fits_a_button(talk):
    words = talk.directory.vocabulaire
    actions = [f"porte:{besoin}:999" for besoin in words.besoins] + [f"aide:non:{besoin}" for besoin in words.besoins]
    actions += [f"theme:{theme}:9" for theme in words.themes] + [f"quartier:{one}" for one in talk.directory.quartiers]

    assert all(action.isascii() and len(action) <= 48 for action in actions)


def test_a_state_survives_a_trip_through_json(talk):
    talk.says("courant")
    talk.shares(49.9032, 2.2519)

    assert Conversation.from_json(talk.conversation.to_json()) == talk.conversation
