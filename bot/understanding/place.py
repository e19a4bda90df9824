"""Is the person asking for one place by its name? ("le numéro de la caf", "horaires atrium", or the bare name)

Only when the message is little more than the name and a word that asks for a place (`lieu` in reperes.yaml), or the name
alone: "la CAF a arrêté mon dossier" names a place and asks for something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.understanding import normalise
from bot.understanding.lexicon import Cues
from bot.understanding.names import Match, Names, find

NEAR = 86.0
NEAR_ASKED = 80.0
"""Likeness (0..100) of a misspelled name; less is enough when the rest of the message asks for a place."""

BARE = 0.75
"""Share of a message's letters that the name must be when nothing asks for a place."""

BESIDE = 2
"""Words of more than three letters that may stand beside the name and the cue: "il ouvre demain"."""

LONGEST_BARE = 8
LONGEST = 12
"""Words beyond which a message is no bare name, and beyond which it tells a story."""

_OF_THE_CITY = frozenset({"amiens", "amiénois", "ville", "france"})


def names_of(places: Iterable[tuple[str, Sequence[str]]]) -> Names:
    """From (id of a place, its names)."""
    pairs = [(name, (ident,)) for ident, names in places for name in names]
    return Names.of(pairs)


def cues_of(cues: Mapping[str, Cues]) -> tuple[str, ...]:
    """Plain forms of what asks for a place, in every language, the longest first."""
    plain = {normalise.plain(text) for c in cues.values() for text in c.lieu}
    return tuple(sorted((f" {text} " for text in plain if text), key=len, reverse=True))


def asked(
    names: Names,
    cues: Sequence[str],
    words: Sequence[str],
    known: Sequence[bool],
    quartier: str | None,
    quartiers_of: Mapping[str, Sequence[str]],
) -> str | None:
    """The id of the place asked for. When several bear the name: the one of the quarter named, else none."""
    if not words or len(words) > LONGEST:
        return None
    padded = f" {' '.join(words)} "
    cued = [cue for cue in cues if cue in padded]
    if not cued and len(words) > LONGEST_BARE:
        return None
    of_cues = {word for cue in cued for word in cue.split()}
    total = sum(map(len, words))
    for match in find(names, words, known, NEAR_ASKED if cued else NEAR, shortest=4):
        inside = range(match.at, match.at + match.size)
        beside = [w for i, w in enumerate(words) if i not in inside and w not in of_cues and w not in _OF_THE_CITY]
        if cued and sum(len(word) > 3 for word in beside) > BESIDE:
            continue
        if not cued and sum(len(words[i]) for i in inside) < BARE * total:
            continue
        place = _one(match, quartier, quartiers_of)
        if place is not None:
            return place
    return None


def _one(match: Match, quartier: str | None, quartiers_of: Mapping[str, Sequence[str]]) -> str | None:
    if len(match.ids) == 1:
        return match.ids[0]
    near = [i for i in match.ids if quartier is not None and quartier in quartiers_of.get(i, ())]
    return near[0] if len(near) == 1 else None
