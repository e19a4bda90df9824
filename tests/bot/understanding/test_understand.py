"""What residents say, and what must be understood of it. Real lexicons; every sentence here was written for this test."""

from __future__ import annotations

import pytest

from bot.understanding.model import Confiance, Propos


def first(comprehension) -> str | None:
    return comprehension.besoins[0].besoin if comprehension.besoins else None


def three(comprehension) -> set[str]:
    return {b.besoin for b in comprehension.besoins[:3]}


@pytest.mark.parametrize(
    ("text", "urgence"),
    [
        ("je veux mourir", "suicide"),
        (
            "Bonjour, j'ai reçu une lettre de la CAF hier. De toute façon j'ai envie de mourir, j'en peux plus de vivre.",
            "suicide",
        ),
        ("il me frappe, il est dans la cuisine, aidez moi", "violences-danger"),
        ("je dors dehors ce soir avec mes enfants", "sans-abri-ce-soir"),
        ("my father is not breathing", "urgence-vitale"),
        ("أريد أن أموت", "suicide"),
    ],
)
def test_danger_is_heard_directly_and_in_the_middle_of_other_things(understand, text, urgence):
    assert understand(text).urgence == urgence


def test_the_need_that_goes_with_a_danger_comes_first(understand):
    assert first(understand("je veux mourir")) == "sante-mentale"


@pytest.mark.parametrize(
    "text",
    [
        "cette facture va me tuer",
        "je suis mort de fatigue",
        "le loyer me tue",
        "this bill is killing me",
        "bonjour",
        "j'ai 30 ans",
    ],
)
def test_look_alikes_are_left_alone(understand, text):
    assert understand(text).urgence is None


@pytest.mark.parametrize(
    ("text", "langue"),
    [
        ("bonjour madame", "fr"),
        ("good morning", "en"),
        ("أبحث عن عمل", "ar"),
        ("wach kayn", "ar-Latn"),
        ("jé pa dargen", "fr"),
        ("food please", "en"),
    ],
)
def test_two_words_tell_the_language(understand, text, langue):
    assert understand(text).langue == langue


def test_a_message_too_short_to_tell_keeps_the_language_of_the_conversation(understand):
    assert understand("RSA", langue="en").langue == "en"
    assert understand("115", langue="ar").langue == "ar"
    assert not understand("115", langue="ar").langue_sure


def test_a_whole_sentence_changes_the_language(understand):
    assert understand("I would like to learn French please", langue="fr").langue == "en"


@pytest.mark.parametrize(
    ("text", "besoin"),
    [
        ("mon frigo est vide", "aide-alimentaire"),
        ("jé pa de koi mangé", "aide-alimentaire"),
        ("carte vitale", "couverture-sante"),
        ("I need a dentist", "acces-soins"),
        ("je veux apprendre à lire", "apprendre-francais"),
        ("أريد تعلم اللغة الفرنسية", "apprendre-francais"),
        ("bghit n9ra français", "apprendre-francais"),
    ],
)
def test_a_need_is_understood_in_the_words_people_use(understand, text, besoin):
    assert first(understand(text)) == besoin


def test_letters_missing_or_swapped_change_nothing(understand):
    assert first(understand("factur delectrisité tro chere")) == "energie"
    assert first(understand("I ned a dentsit")) == "acces-soins"


def test_several_needs_in_one_message_are_all_found(understand):
    assert {"energie", "apprendre-francais"} <= three(
        understand("ils ont coupé l'électricité et je cherche des cours de français")
    )


def test_what_the_person_has_already_is_not_what_they_ask(understand):
    assert first(understand("j'ai déjà un logement, je cherche un travail")) == "recherche-emploi"


def test_the_need_just_talked_about_never_outweighs_what_is_said(understand):
    assert first(understand("je cherche un dentiste", besoin="energie")) == "acces-soins"


@pytest.mark.parametrize(
    ("text", "propos"),
    [
        ("bonjour", Propos.SALUTATION),
        ("merci beaucoup", Propos.MERCI),
        ("thank you so much", Propos.MERCI),
        ("شكرا", Propos.MERCI),
    ],
)
def test_small_talk_is_no_need(understand, text, propos):
    understood = understand(text)
    assert understood.propos is propos
    assert understood.confiance is not Confiance.SURE


def test_talk_out_of_scope_is_never_answered_as_a_sure_need(understand):
    for text in (
        "quelle est la capitale du Pérou",
        "who won the match yesterday",
        "raconte moi une blague",
        "xqzt vbnr",
    ):
        assert understand(text).confiance is not Confiance.SURE


@pytest.mark.parametrize("text", ["", "   ", "\n", "😀😀😀", "!!!???", "\u200f", "42"])
def test_a_message_with_no_word_is_lost_and_proposes_nothing(understand, text):
    understood = understand(text, langue="ar")
    assert understood.confiance is Confiance.LOST
    assert (understood.besoins, understood.urgence, understood.langue) == ((), None, "ar")


@pytest.mark.parametrize(
    "text", ["a" * 4096, "électricité " * 341, "é\u0301\u0302" * 1300, "ا" * 4096, "…,;." * 1024, "\ud83d" * 10]
)
def test_the_longest_or_strangest_message_gets_an_answer(understand, text):
    assert understand(text).confiance in Confiance


def test_the_same_message_always_gives_the_same_answer(understand):
    text = "le proprio veut pas réparer la fuite, y a du moisi partout"
    assert understand(text) == understand(text)


def test_scores_are_best_first_and_at_most_five(understand):
    scores = [b.score for b in understand("j'ai besoin d'aide pour mes papiers et mon loyer").besoins]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) <= 5
