"""Which language is this message in?

The script leaves a few candidates, a small model of letters and words (trained on the lexicons) chooses, and the language
already in use tilts the choice when the message is short.
"""

from __future__ import annotations

import re

import numpy as np

from bot.understanding import normalise
from bot.understanding.linear import Linear, softmax

HABIT = 1.6
"""How much the conversation's language weighs, in units of score: decides for a word or two, never for a sentence."""

MOST_COMMON = 0.8
"""The same for French when nothing is known yet: one message in two is in French, a single name tells nothing."""

SURE = 0.80
"""Share from which the language is said to be sure."""

_LETTERS = {
    "arab": re.compile("[\u0620-\u06d3\u06fa-\u06ff]"),
    "cyrl": re.compile("[\u0400-\u052f]"),
    "latn": re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]"),
}
_SCRIPT_OF = {"ar": "arab", "fa": "arab", "ps": "arab", "ru": "cyrl", "uk": "cyrl"}


def script(text: str) -> str | None:
    """The script most letters are in: "arab", "cyrl" or "latn" (None: no letter)."""
    counts = {name: len(pattern.findall(text)) for name, pattern in _LETTERS.items()}
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else None


def detect(model: Linear, text: str, habit: str | None) -> tuple[str, bool]:
    """(code, sure). With no letter at all: the habit, or French, unsure."""
    codes = model.heads["langue"]
    written = script(text)
    if written is None:
        return habit or "fr", False
    words = [w for w in normalise.spoken(text) if not w.isdigit()]
    scores = model.scores([words])[0][0].copy()
    possible = np.array([_SCRIPT_OF.get(code, "latn") == written for code in codes])
    if not possible.any():
        return habit or "fr", False
    scores[~possible] = -1e9
    spoken_habit, weight = ("fr", MOST_COMMON) if habit is None else (habit.removesuffix("-falc"), HABIT)
    if spoken_habit in codes and possible[codes.index(spoken_habit)]:
        # A long message speaks for itself.
        scores[codes.index(spoken_habit)] += weight / max(1.0, len(words) / 3)
    shares = softmax(scores)
    best = int(shares.argmax())
    return codes[best], bool(shares[best] >= SURE)
