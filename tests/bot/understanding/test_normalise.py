"""Spellings of the same word meet."""

from __future__ import annotations

import numpy as np
import pytest

from bot.understanding import features, normalise


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Électricité", "electricite"),
        ("l’école", "L'ECOLE"),
        ("İş", "iş"),
        ("مدرسة", "المدرسه"),
        ("إقامة", "اقامه"),
        ("کار", "كار"),
        ("комп'ютер", "компютер"),
        ("saluuuut", "salut"),
        ("٣٩١٩", "3919"),
        ("می‌خواهم", "میخواهم"),
    ],
)
def test_two_spellings_have_one_plain_form(one, other):
    assert normalise.plain(one) == normalise.plain(other)


def test_a_number_that_says_something_is_kept_and_the_others_are_alike():
    assert normalise.plain("le 115") != normalise.plain("le 350")
    assert normalise.plain("350 euros") == normalise.plain("480 euros")


@pytest.mark.parametrize(
    ("one", "other"), [("quitter", "kité"), ("payé", "payer"), ("beaucoup", "bocou"), ("pharmacie", "farmaci")]
)
def test_words_written_by_ear_sound_the_same(one, other):
    assert normalise.sound(normalise.plain(one)) == normalise.sound(normalise.plain(other))


@pytest.mark.parametrize(("one", "other"), [("khedma", "خدمة"), ("nekhdem", "نخدم"), ("le9raya", "القراية")])
def test_arabic_keeps_its_consonants_in_latin_letters(one, other):
    assert normalise.bones(normalise.plain(one)) == normalise.bones(normalise.plain(other))


def test_a_text_has_the_same_features_alone_and_in_a_crowd():
    texts = [normalise.words(t) for t in ("je veux manger", "a", "", "quoi de neuf docteur")]
    together, offsets = features.of_many(texts)
    for i, words in enumerate(texts):
        alone, _ = features.of_many([words])
        assert np.array_equal(alone, together[offsets[i] : offsets[i + 1]])
