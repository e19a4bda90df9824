"""Does this message tell of danger now? Asked before anything else.

THE BALANCE IS SET HERE, on the side of hearing danger. A danger missed can cost a life; a false alarm costs one sentence
and two phone numbers. So three readings are taken and the most worried one wins, each with a low threshold: the whole
message (`WHOLE`), each of its parts (`PART`, higher: a few words cut out of a story sound worse than they are), and the phrases of the
lexicons said word for word (or nearly, `NEAR`, until the model has learned them). What brings false alarms down is not a higher threshold but look-alikes:
the `sosies` of the lexicons teach the model what "cette facture va me tuer" is, and one found word for word is believed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

import numpy as np
from rapidfuzz import fuzz, process

from bot.understanding import normalise
from bot.understanding.lexicon import NEED_OF_DANGER
from bot.understanding.linear import softmax
from bot.understanding.model import Indice
from bot.understanding.segments import Segment

WHOLE = 0.52
LONG = 30
WHOLE_LONG = 0.68
"""In more than LONG words there is always something sad: their whole must speak louder."""

PART = 0.92
SHORTEST_PART = 4
NEAR = 90.0
KNOWN = 0.15
"""Share of a text's pieces seen in training below which the model has nothing to say: a language nobody taught it."""

CALMS = 0.6
"""Share of the message that a look-alike must be to calm it: "je suis mort de fatigue" says nothing of what else is told."""

LOOKALIKE = 0.90
"""Worry that a look-alike said word for word does not calm: the rest of the message speaks too loud."""

SHORTEST_PHRASE = 3
LONGEST_PHRASE = 9
"""Words of a lexicon's danger phrase for it to be looked for inside a longer message."""


@dataclass(slots=True)
class Phrases:
    """Danger phrases in plain form with their emergency, and look-alikes, in every language.

    `fresh` are the danger phrases that the model has not learned yet: those are also looked for nearly word for word.
    """

    dangers: dict[str, str] = field(default_factory=dict)
    lookalikes: set[str] = field(default_factory=set)
    fresh: dict[str, str] = field(default_factory=dict)
    longest: int = 0

    def add(
        self, lex_urgences: Mapping[str, Sequence[str]], sosies: Sequence[str], learned: Set[str] | None = None
    ) -> None:
        """Takes in one lexicon. `learned`: what the model knows ("plain|besoin|danger"); None: all of it."""
        for urgence, texts in lex_urgences.items():
            for text in texts:
                plain = normalise.plain(text)
                if plain:
                    self.dangers[plain] = urgence
                    if learned is not None and f"{plain}|{NEED_OF_DANGER.get(urgence)}|{urgence}" not in learned:
                        self.fresh[plain] = urgence
        self.lookalikes.update(filter(None, map(normalise.plain, sosies)))
        lengths = (plain.count(" ") + 1 for plain in (*self.dangers, *self.lookalikes))
        self.longest = min(LONGEST_PHRASE, max(lengths, default=0))


def detect(
    segments: Sequence[Segment], scores: np.ndarray, known: np.ndarray, classes: Sequence[str], phrases: Phrases
) -> tuple[str | None, tuple[Indice, ...]]:
    """(emergency or None, what said so). `scores` are the danger head's and `known` the share of pieces
    ever seen, one line a segment, the whole first."""
    words = segments[0].words
    if not words:
        return None, ()
    said, lookalike = _said(words, phrases)
    shares = softmax(scores)
    worry = np.where(known >= KNOWN, 1 - shares[:, -1], 0.0)
    if lookalike and said is None and worry[0] < LOOKALIKE:
        return None, ()
    if said is None and phrases.fresh:
        said = _nearly_said(segments, phrases)
    if said is not None:
        return phrases.dangers[said.lexique], (said,)
    whole = WHOLE if len(words) <= LONG else WHOLE_LONG
    limits = np.array([whole, *(PART if len(s.words) >= SHORTEST_PART else 1.0 for s in segments[1:])])
    excess = worry - limits
    at = int(excess.argmax())
    if excess[at] < 0:
        return None, ()
    best = int(shares[at, :-1].argmax())
    return classes[best], (Indice(" ".join(segments[at].words), "modèle", round(float(worry[at]), 2)),)


def _said(words: Sequence[str], phrases: Phrases) -> tuple[Indice | None, bool]:
    """(the longest danger phrase said word for word, whether a look-alike that holds it was said)."""
    for size in range(min(phrases.longest, len(words)), SHORTEST_PHRASE - 1, -1):
        for at in range(len(words) - size + 1):
            part = " ".join(words[at : at + size])
            if part in phrases.lookalikes and size >= CALMS * len(words):
                return None, True
            if part in phrases.dangers:
                return Indice(part, part, 1.0), False
    # One or two words ("au secours") tell of danger when they are the whole message.
    whole = " ".join(words)
    return (Indice(whole, whole, 1.0), False) if whole in phrases.dangers else (None, whole in phrases.lookalikes)


def _nearly_said(segments: Sequence[Segment], phrases: Phrases) -> Indice | None:
    for segment in segments:
        part = " ".join(segment.words)
        hit = process.extractOne(part, phrases.fresh.keys(), scorer=fuzz.ratio, score_cutoff=NEAR)
        if hit:
            return Indice(part, hit[0], round(hit[1] / 100, 2))
    return None
