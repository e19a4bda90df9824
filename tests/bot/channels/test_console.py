"""In a terminal a button is pressed by its number, except where a number is the answer: there, by its letter."""

from __future__ import annotations

import io

import pytest

from bot.channels.console import read, write
from bot.conversation.state import Conversation
from bot.spoken import Span, Spoken, SpokenChoice
from tests.bot.factories import Talk, tiny_rulebook

BOUTONS = (
    SpokenChoice("fait:enfants:0", "Pas d’enfant", "▫️"),
    SpokenChoice("lien", "Voir le site", "🌐", "https://exemple.fr"),
    SpokenChoice("fait:enfants:n1", "1", "🧒"),
)


def spoken(chiffre: bool) -> Spoken:
    return Spoken("fr", "ltr", ((Span("Quel âge ont les enfants ?"),),), BOUTONS, chiffre=chiffre)


def printed(reply: Spoken) -> str:
    out = io.StringIO()
    write(reply, out)
    return out.getvalue()


@pytest.mark.parametrize("typed", ["2", "٢"])
def test_a_number_presses_a_button(typed):
    assert "[2] 🧒 1" in printed(spoken(chiffre=False))
    assert read(typed, (spoken(chiffre=False),)).action == "fait:enfants:n1"


@pytest.mark.parametrize("typed", ["2", "34", "3 et 7"])
def test_where_a_number_is_the_answer_it_is_said_and_presses_nothing(typed):
    message = read(typed, (spoken(chiffre=True),))

    assert message.action is None
    assert message.text == typed


@pytest.mark.parametrize("typed", ["b", "B"])
def test_there_letters_press_the_buttons(typed):
    assert "[b] 🧒 1" in printed(spoken(chiffre=True))
    assert read(typed, (spoken(chiffre=True),)).action == "fait:enfants:n1"


def test_no_button_has_that_number():
    assert read("9", (spoken(chiffre=False),)).text == "9"
    assert read("1", ()).text == "1"


def test_a_question_about_money_or_ages_says_that_it_asks_for_a_number_and_survives_json():
    talk = Talk(rulebook=tiny_rulebook(), conversation=Conversation(langue="fr", accueilli=True))

    assert Spoken.from_json(talk.presses("fait:salaire_net").spoken.to_json()).chiffre
    assert talk.presses("fait:enfants").spoken.chiffre
    assert not talk.presses("fait:couple").spoken.chiffre
    assert not talk.presses("corriger").spoken.chiffre
