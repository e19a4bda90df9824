"""Which ages of children does a text tell? "deux, 3 ans et 7 ans", "un bébé de 8 mois et une fille de 4 ans", "2 garçons".

What counts the children ("deux", "2 garçons", "une fille") is told apart from their ages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.conversation.answer_words import (
    ANS,
    COMPTES,
    DEUX_ANS,
    ENFANT,
    JUMEAUX,
    LIENS,
    MOIS,
    PAS_D_ENFANT,
    RIEN,
    folded,
)
from bot.conversation.numbers_said import spelled, value_of, western, without_letters

# Words that stand around ages and tell nothing more.
AUTOUR = (
    ENFANT | ANS | MOIS | LIENS | DEUX_ANS | frozenset(COMPTES)
    | frozenset(folded("de d a ai j mon ma mes le la les du des il elle ils have i my of is are old has tengo tiene tenho tem mi mis meu minha am are al var yaşında лет у меня по عندي لدي عمره عمرها من يبلغ دارم است لرم kam ka").split())
)  # fmt: skip
LONG = 36  # words: a longer message tells something else
_EDGE = re.compile(r"(?<=\d)(?=[^\W\d])|(?<=[^\W\d])(?=\d)")
_COLON = re.compile(r"\D*\d+ ?:")


@dataclass(frozen=True, slots=True)
class _Nombre:
    """A number with the word after it: a unit of time, a child, or neither."""

    nombre: float
    suit: str
    en_lettres: bool

    @property
    def compte(self) -> bool:
        return self.suit in ENFANT

    @property
    def unite(self) -> bool:
        return self.suit in MOIS or self.suit in ANS

    @property
    def ans(self) -> int:
        return int(self.nombre) // 12 if self.suit in MOIS else int(self.nombre)


def ages(text: str) -> tuple[int, ...] | None:
    """The ages told, () for no child; a baby counted in months is 0. None: no age is told, or not of all of them."""
    words = _words(text)
    if len(words) > LONG:
        return None
    if no_child(text):
        return ()
    counts, told = _told(text, words)
    if counts == [0] and not told:
        return ()
    if len(told) == 1 and JUMEAUX & set(words):
        told *= 2
    if not told or sum(counts) > len(told):
        return None
    return tuple(one.ans for one in told)


def count(text: str) -> int | None:
    """How many children are told, when their ages are not; None when that is not told either."""
    words = _words(text)
    if len(words) > LONG:
        return None
    counts, _ = _told(text, words)
    named = next((COMPTES[word] for word in words if word in COMPTES), 2 if JUMEAUX & set(words) else None)
    return sum(counts) or named


def with_unit(text: str) -> bool:
    """True when a number is told with years or months: an age, and not a count."""
    words = _words(text)
    return bool((ANS | MOIS) & set(words))


def no_child(text: str) -> bool:
    """True for "none", and for "I have no child" in any of its forms."""
    said = folded(text)
    around = f" {said} "
    return said in RIEN or (
        not re.search(r"\d", western(text)) and any(f" {phrase} " in around for phrase in PAS_D_ENFANT)
    )


def only_ages(text: str) -> bool:
    """True when nothing is told but children and their ages: no word of it can tell of danger."""
    words = _words(text)
    return bool(words) and all(word.isdecimal() or word in AUTOUR or value_of(word) is not None for word in words)


def _words(text: str) -> list[str]:
    return folded(_EDGE.sub(" ", without_letters(western(text)))).split()


def _told(text: str, words: list[str]) -> tuple[list[int], list[_Nombre]]:
    """The counts, then what may be ages. A first number in words before figures, or before a colon, counts the others."""
    found = list(_numbers(words))
    ages_told = [one for one in found if not one.compte]
    counts = [int(one.nombre) for one in found if one.compte]
    first = ages_told[0] if ages_told else None
    if first and not first.unite and first.nombre == len(ages_told) - 1 > 0:
        apart = first.en_lettres or _COLON.match(western(text))
        if apart:
            counts, ages_told = counts or [int(first.nombre)], ages_told[1:]
    return counts, ages_told


def _numbers(words: list[str]) -> Iterator[_Nombre]:
    """Each number said, in its order, with the word after it."""
    at = 0
    while at < len(words):
        word = words[at]
        after = at + 1
        if word in DEUX_ANS:
            yield _Nombre(2, next(iter(ANS)), True)
        elif word.isdecimal():
            yield _Nombre(float(word), words[after] if after < len(words) else "", False)
        elif value_of(word) is not None:
            while after < len(words) and value_of(words[after]) is not None:
                after += 1
            *before, last = spelled(" ".join(words[at:after]))
            yield from (_Nombre(number, "", True) for number in before)
            yield _Nombre(last, words[after] if after < len(words) else "", True)
        at = after
