"""Which quarter does the text name? By its name, a local name or a street, with typos, in any script.

A quarter made up sends somebody to the wrong door, so ordinary words (those the lexicons know) are never read as a
misspelled name, and a name that several quarters share gives them all to choose from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.understanding.model import Indice
from bot.understanding.names import Names, find

NEAR = 86.0


@dataclass(frozen=True, slots=True)
class Named:
    """The quarter when one is named, or the several that share the name."""

    quartier: str | None = None
    possibles: tuple[str, ...] = ()
    indices: tuple[Indice, ...] = ()


def names_of(table: Mapping[str, Sequence[str]]) -> Names:
    """The names to look for, from `directory.geo.names`."""
    return Names.of(table.items())


def named(names: Names, words: Sequence[str], known: Sequence[bool]) -> Named:
    """What the words name, if anything."""
    matches = find(names, words, known, NEAR)
    if not matches:
        return Named()
    best = matches[0]
    indices = (Indice(best.said, best.name, round(min(best.score, 100.0) / 100, 2)),)
    if len(best.ids) > 1:
        # Another name in the same message may settle which one.
        for other in matches[1:]:
            if len(other.ids) == 1 and other.ids[0] in best.ids:
                return Named(other.ids[0], (), indices)
        return Named(None, best.ids, indices)
    return Named(best.ids[0], (), indices)
