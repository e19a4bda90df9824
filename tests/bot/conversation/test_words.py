"""Around needs: greetings, commands, messages that are not text, buttons that nobody made."""

from __future__ import annotations

import pytest

from bot.conversation.events import Effacement
from bot.conversation.state import Conversation


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("bonjour", "👋 Bonjour !"),
        ("merci", "💛 Avec plaisir."),
        ("au revoir", "👋 Au revoir"),
        ("chante", "🙂 Ça, je ne sais pas le faire."),
        ("aide-moi", "🤝 Oui, je peux vous aider."),
        ("   ", "🙂 Je vous écoute."),
        ("", "🙂 Je vous écoute."),
        ("😀🙏", "🤔 Je ne suis pas sûr de comprendre."),
        ("a" * 4096, "🤔 Je ne suis pas sûr de comprendre."),
        ("/start", "👋 Bonjour !"),
        ("/start@bonneporte_bot", "👋 Bonjour !"),
        ("/aide", "✍️ Écrivez votre problème"),
        ("/help", "✍️ Écrivez votre problème"),
        ("/danser", "🙂 Je ne connais pas cette commande."),
        ("/quartier", "🏘️ Vous habitez où ?"),
        ("/stop", "👋 D’accord, j’arrête."),
        ("Stop", "👋 D’accord, j’arrête."),
    ],
)
def test_it_answers_what_is_no_need(talk, said, answer):
    reply = talk.says(said)

    assert reply.text.startswith(answer)
    assert reply.choices


@pytest.mark.parametrize("kind", ["voice", "photo", "sticker", "document", "contact", "other", "video"])
def test_a_message_that_is_not_text_gets_a_kind_sentence_and_pictograms(talk, kind):
    answer = talk.sends(kind)

    assert answer.text.startswith("🙏 ")
    assert all(choice.picto for choice in answer.reply.choices)


@pytest.mark.parametrize(
    "forged",
    [
        "besoin:nimporte", "besoin:", "besoin", "porte:energie:-1", "porte:energie:99999999", "porte:energie:²", "porte:x:1",
        "quartier:paris", "langue:klingon", "theme:rien", "aide:peut-etre:energie", "aide:oui:rien", "pas-ca:rien",
        "themes:x", "", ":", "'; drop table", "x" * 64, "besoin:energie:1:2:3",
    ],
)  # fmt: skip
def test_a_forged_button_answers_kindly(talk, forged):
    answer = talk.presses(forged)

    assert "Ce bouton ne marche plus" in answer.text
    assert answer.choices


def test_a_page_that_does_not_exist_shows_the_first(talk):
    assert talk.presses("themes:9").choices == talk.presses("themes:0").choices


def test_erase_forgets_everything_at_once(talk):
    talk.says("courant a etouvie")

    answer = talk.says("/effacer")

    assert "C’est effacé" in answer.text
    assert talk.events == (Effacement(),)
    assert talk.conversation == Conversation()


def test_start_again_keeps_only_the_language(talk):
    talk.says("courant a etouvie")
    talk.presses("langue:en")

    talk.presses("recommencer")

    known = talk.conversation
    assert (known.langue, known.langue_choisie, known.quartier, known.besoins) == ("en", True, None, ())


def test_a_link_may_name_the_quarter(talk):
    answer = talk.says("/start q-etouvie")

    assert "C’est noté : Étouvie." in answer.text
    assert talk.conversation.quartier == "etouvie"


def test_a_link_may_name_the_need_and_the_quarter(talk):
    assert "Relais Étouvie" in talk.says("/start q-etouvie_b-energie").text


def test_a_link_with_anything_else_just_starts(talk):
    assert talk.says("/start ../../etc").text.startswith("👋 Bonjour !")


def test_the_quarter_may_follow_the_command(talk):
    assert "C’est noté : Étouvie." in talk.says("/quartier etouvie").text


def test_stop_never_closes_the_door(talk):
    talk.says("/stop")

    assert "trouver à manger" in talk.says("faim").text
