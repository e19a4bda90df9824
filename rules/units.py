"""In what is an amount counted, and which amounts may be added or compared?

A unit is a product of words with powers (EUR/mois is EUR^1 mois^-1), kept as a sorted tuple. Nothing converts by itself.
"""

from __future__ import annotations

from functools import lru_cache

Unite = tuple[tuple[str, int], ...]

SANS: Unite = ()
JOUR_CALENDRIER: Unite = (("jour du calendrier", 1),)

# What people write, and the word kept. An empty word counts things that have no unit (persons, shares).
_MOTS = {
    "EUR": "EUR",
    "€": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "an": "an",
    "ans": "an",
    "mois": "mois",
    "jour": "jour",
    "jours": "jour",
    "heure": "heure",
    "heures": "heure",
    "part": "",
    "parts": "",
    "personne": "",
    "personnes": "",
    "enfant": "",
    "enfants": "",
    "UC": "",
}
ACCEPTEES = tuple(_MOTS)


class UniteInconnue(ValueError):
    """Raised with the word that is no unit."""


@lru_cache(maxsize=256)
def parse(text: str) -> Unite:
    """The unit written `EUR/mois`; raises UniteInconnue with the first word that is none."""
    if not text:
        return SANS
    powers: dict[str, int] = {}
    for index, word in enumerate(text.replace(" ", "").split("/")):
        if word not in _MOTS:
            raise UniteInconnue(word)
        if kept := _MOTS[word]:
            powers[kept] = powers.get(kept, 0) + (1 if index == 0 else -1)
    return _tidy(powers)


@lru_cache(maxsize=1024)
def times(one: Unite, other: Unite, power: int = 1) -> Unite:
    """The unit of a product, or of a quotient when `power` is -1."""
    if not other:
        return one
    powers = dict(one)
    for word, count in other:
        powers[word] = powers.get(word, 0) + power * count
    return _tidy(powers)


def show(unite: Unite) -> str:
    """The unit as it is written in files: `EUR/mois`, `ans`, or an empty text."""
    above = [_plural(word) for word, count in unite for _ in range(count)]
    below = [word for word, count in unite for _ in range(-count)]
    if not above and below:
        above = ["1"]
    return "/".join(["*".join(above), *below]) if above else ""


def said(unite: Unite) -> str:
    """The unit in a message to the writer of a rule."""
    return f"« {show(unite)} »" if unite else "un nombre sans unité"


def _plural(word: str) -> str:
    return f"{word}s" if word in ("an", "jour", "heure") else word


def _tidy(powers: dict[str, int]) -> Unite:
    return tuple(sorted((word, count) for word, count in powers.items() if count))
