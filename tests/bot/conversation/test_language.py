"""The language is the one detected, until the person chooses; then it is theirs."""

from __future__ import annotations

from bot.conversation.state import Conversation
from tests.bot.factories import LANGUES, LANGUES_DU_DEBUT


def test_the_answer_is_in_the_language_of_the_message(talk):
    assert talk.says("hungry").text.startswith("🍲 We can help you find food.")
    assert talk.says("جائع").spoken.direction == "rtl"


def test_arabic_in_latin_letters_is_answered_in_arabic(talk):
    assert talk.says("ana jou3an").spoken.langue == "ar"


def test_a_word_too_short_to_tell_changes_nothing(talk):
    talk.conversation = Conversation(langue="ar")

    assert talk.says("ok").spoken.langue == "ar"


def test_a_first_word_too_short_to_tell_follows_the_channel(talk):
    talk.hint = "en-GB"

    assert talk.says("zzz").spoken.langue == "en"


def test_a_first_word_too_short_to_tell_is_answered_in_its_likely_language(talk):
    assert talk.says("hi").spoken.langue == "en"


def test_the_name_of_a_quarter_has_no_language(talk):
    assert talk.says("pierre rollin").spoken.langue == "fr"


def test_a_language_chosen_by_hand_stays_and_the_other_is_offered(talk):
    talk.presses("langue:fr")

    answer = talk.says("hungry")

    assert answer.spoken.langue == "fr"
    assert answer.choices[-1] == "langue:en"
    assert answer.labels[-1] == "English"


def test_a_language_with_no_catalogue_falls_back_and_is_remembered(talk):
    talk.langues = LANGUES_DU_DEBUT

    answer = talk.says("hambre")

    assert talk.conversation.langue == "es"
    assert answer.spoken.langue == "fr"
    assert answer.choices[-1] == "langues"


def test_the_menu_shows_native_names_behind_a_globe(talk):
    answer = talk.says("/langue")

    assert {choice.picto for choice in answer.reply.choices} == {"🌐"}
    assert answer.labels == tuple(langue.nom for langue in LANGUES.proposees())


def test_changing_the_language_keeps_what_was_being_said(talk):
    talk.says("courant a etouvie")

    answer = talk.presses("langue:ar")

    assert answer.spoken.langue == "ar"
    assert "Relais Étouvie" in answer.text
    assert talk.conversation.langue_choisie


def test_a_language_can_be_named_after_the_command(talk):
    assert talk.says("/langue en").spoken.langue == "en"


def test_who_chose_easy_french_keeps_it_when_writing_french_even_in_danger(talk):
    talk.conversation = Conversation(langue="fr-falc", langue_choisie=True, accueilli=True)

    assert talk.says("faim").spoken.langue == "fr-falc"
    assert "langue:fr" not in talk.says("faim").choices
    assert talk.says("mourir").spoken.langue == "fr-falc"
