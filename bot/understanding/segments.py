"""Which parts of a message should be read on their own?

A long message holds its need, or its danger, in one sentence; several needs sit in several clauses; and what somebody
already has is no request. The whole is always the first part.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.understanding import normalise
from bot.understanding.lexicon import Cues

MOST = 24
"""Parts read of one message, beyond the whole: keeps the longest messages within a few milliseconds."""

SHORTEST = 2

_CUT = re.compile(r"[.!?;:,\n\r…؟،؛۔()«»\"]+|\s[-–—]\s")


@dataclass(frozen=True, slots=True)
class Segment:
    """Some words of a message. `done`: the person says they have it already, or that this is not what they ask."""

    words: tuple[str, ...]
    done: bool = False


@dataclass(frozen=True, slots=True)
class Turns:
    """The cues of every language, ready to be looked for in plain words."""

    tournants: frozenset[str]
    done: tuple[str, ...]

    @staticmethod
    def of(cues: Mapping[str, Cues]) -> Turns:
        """One table for all: a message may mix languages."""
        turning = {normalise.plain(t) for c in cues.values() for t in c.tournants}
        done = {normalise.plain(t) for c in cues.values() for t in (*c.deja, *c.sans_besoin)}
        return Turns(frozenset(turning), tuple(sorted(f" {t} " for t in done if t)))


def split(text: str, turns: Turns) -> list[Segment]:
    """The whole message, then its clauses when there are several; longest first when there are too many."""
    whole = tuple(normalise.words(text))
    clauses: list[tuple[str, ...]] = []
    for part in _CUT.split(text):
        words = normalise.words(part)
        first = 0
        for at, word in enumerate(words):
            # A turning word cuts only between two clauses long enough to say something.
            if word in turns.tournants and at - first >= 3 and len(words) - at > 3:
                clauses.append(tuple(words[first:at]))
                first = at
        clauses.append(tuple(words[first:]))
    clauses = [c for c in clauses if len(c) >= SHORTEST]
    if len(clauses) > MOST:
        clauses = sorted(clauses, key=len, reverse=True)[:MOST]
    if len(clauses) < 2:
        return [Segment(whole)]
    return [Segment(whole), *(Segment(c, _is_done(c, turns)) for c in clauses)]


def _is_done(words: Sequence[str], turns: Turns) -> bool:
    padded = f" {' '.join(words)} "
    return any(cue in padded for cue in turns.done)
