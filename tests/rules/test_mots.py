"""Each word of the language does what its own file says, and every word has its file."""

from __future__ import annotations

from datetime import date

import pytest

from rules.words import WORDS
from tests.rules.langage import JOUR, PAGE, page, play, words, written

# Words that are never written: what a formula is made of.
TACITES = {"nom", "jour", "jour_annee", "oppose", "condition", "oui"}
BAREMES = {"par_taille", "grille", "tranches"}


@pytest.mark.parametrize(
    ("mot", "exemple"), [(mot, each) for mot, word in words().items() for each in word["exemples"]]
)
def test_a_word_gives_what_its_example_says(mot, exemple):
    on = date.fromisoformat(exemple["le"]) if "le" in exemple else JOUR

    value, unite = play(exemple["formule"], exemple["situation"], on)

    assert value == written(exemple["donne"])
    if "unite" in exemple:
        assert unite == exemple["unite"]


def test_every_word_has_its_file_and_every_file_its_word():
    assert set(words()) == (set(WORDS) - TACITES) | BAREMES | {"dates"}


def test_the_page_shows_the_examples_that_are_played():
    assert PAGE.read_text(encoding="utf-8") == page(), "écrire la page : python -m tests.rules.langage"
