"""Does this message tell of danger now? Asked before anything else.

THE BALANCE IS SET HERE, on the side of hearing danger. A danger missed can cost a life; a false alarm costs one sentence
and two phone numbers. So three readings are taken and the most worried one wins, each with a low threshold: the whole
message (`WHOLE`), each of its parts (`PART`, higher: a few words cut out of a story sound worse than they are), and the phrases of the
lexicons found word for word or nearly (`NEAR`). What brings false alarms down is not a higher threshold but look-alikes:
the `sosies` of the lexicons teach the model what "cette facture va me tuer" is, and one found word for word is believed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from bot.understanding import normalise
from bot.understanding.linear import softmax
from bot.understanding.model import Indice
from bot.understanding.segments import Segment

WHOLE = 0.30
PART = 0.90
SHORTEST_PART = 4
NEAR = 90.0
SHORTEST_PHRASE = 3
"""Words a lexicon's danger phrase must have to be looked for inside a longer message."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """Danger phrases in plain form with their emergency, and look-alikes, in every language."""

    dangers: dict[str, str]
    lookalikes: tuple[str, ...]

    @staticmethod
    def of(urgences: Iterable[Mapping[str, Sequence[str]]], sosies: Iterable[Sequence[str]]) -> Phrases:
        """From the lists of the lexicons."""
        dangers = {normalise.plain(t): u for table in urgences for u, texts in table.items() for t in texts}
        return Phrases(dangers, tuple(dict.fromkeys(normalise.plain(t) for texts in sosies for t in texts)))


def detect(
    segments: Sequence[Segment], scores: np.ndarray, classes: Sequence[str], phrases: Phrases
) -> tuple[str | None, tuple[Indice, ...]]:
    """(emergency or None, what said so). `scores` are the danger head's, one line a segment, the whole first."""
    whole = " ".join(segments[0].words)
    if not whole:
        return None, ()
    padded = f" {whole} "
    shares = softmax(scores)
    worry = 1 - shares[:, -1]
    limits = np.array([WHOLE, *(PART if len(s.words) >= SHORTEST_PART else 1.0 for s in segments[1:])])
    excess = worry - limits
    if any(f" {look} " in padded for look in phrases.lookalikes if look) and worry[0] < 0.9:
        return None, ()
    named = _said(segments, padded, phrases)
    if named is not None:
        return named
    at = int(excess.argmax())
    if excess[at] < 0:
        return None, ()
    best = int(shares[at, :-1].argmax())
    return classes[best], (Indice(" ".join(segments[at].words), "modèle", round(float(worry[at]), 2)),)


def _said(segments: Sequence[Segment], padded: str, phrases: Phrases) -> tuple[str, tuple[Indice, ...]] | None:
    for segment in segments:
        words = " ".join(segment.words)
        if len(segment.words) > 20 or not words:
            continue
        hit = process.extractOne(words, phrases.dangers.keys(), scorer=fuzz.ratio, score_cutoff=NEAR)
        if hit:
            return phrases.dangers[hit[0]], (Indice(words, hit[0], round(hit[1] / 100, 2)),)
    for phrase, urgence in phrases.dangers.items():
        if phrase.count(" ") + 1 >= SHORTEST_PHRASE and f" {phrase} " in padded:
            return urgence, (Indice(phrase, phrase, 1.0),)
    return None
