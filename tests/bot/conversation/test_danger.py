"""Danger is answered first, in its language, with numbers, warmth, and no trace."""

from __future__ import annotations

import pytest

from bot.conversation.events import Urgence
from bot.conversation.state import Conversation
from tests.bot.factories import Talk, understood


def test_the_number_is_the_first_line_and_tappable(talk):
    answer = talk.says("mourir")

    first = answer.spoken.lines[0]
    assert [span.href for span in first if span.style == "tel"] == ["tel:3114"]
    assert "Gratuit, jour et nuit." in answer.text.split("\n")[0]
    assert answer.reply.urgent


def test_it_says_who_to_call_now_and_how_to_write_when_one_cannot_speak(talk):
    text = talk.says("mourir").text

    assert "15 ou 112" in text
    assert "SMS au 114" in text
    assert "Je reste là." in text


def test_it_records_that_danger_was_told_and_nothing_else(talk):
    talk.conversation = Conversation(quartier="etouvie", besoins=("energie",), attend="quartier")

    talk.says("mourir")

    assert talk.events == (Urgence("suicide", "fr"),)
    assert talk.conversation.besoins == ()
    assert talk.conversation.attend is None


def test_it_offers_a_person_near_or_nothing_more(talk):
    answer = talk.says("mourir")

    assert answer.choices == ("besoin:sante-mentale", "non-merci")
    assert "Je reste là" in talk.presses("non-merci").text


def test_it_talks_of_no_benefit_and_no_privacy_line(talk):
    text = talk.says("mourir").text

    assert "aider pour" not in text
    assert "🔒" not in text


def test_it_answers_in_the_language_of_the_cry_whatever_was_chosen(talk):
    talk.conversation = Conversation(langue="fr", langue_choisie=True)

    assert talk.says("die").spoken.langue == "en"


def test_it_comes_before_a_command(talk):
    talk = Talk(understand=lambda text, contexte: understood(urgence="suicide"))

    assert talk.says("/aide je veux mourir").reply.urgent


@pytest.mark.parametrize(
    ("urgence", "first"),
    [
        ("urgence-vitale", "15"),
        ("suicide", "3114"),
        ("violences-danger", "17"),
        ("enfant-danger", "119"),
        ("sans-abri-ce-soir", "115"),
    ],
)
def test_each_danger_has_its_number_even_when_the_directory_has_lost_the_line(urgence, first):
    talk = Talk(understand=lambda text, contexte: understood(urgence=urgence))

    answer = talk.says("…")

    assert next(span.texte for span in answer.spoken.lines[0] if span.style == "tel") == first
    assert len(answer.choices) == 2
