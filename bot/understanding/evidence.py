"""Which words of the lexicon are in this message, word for word or nearly?

Direct evidence, beside the model: it says what matched (for `explain`), and makes a word added to a lexicon count at the
next load, before the model has learned it. Typos are looked up with rapidfuzz among words of the same length and first
letter, and only for words that no lexicon knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.understanding import normalise

LONGEST_RUN = 5
SHORTEST_FUZZY = 5
NEAR = 0.80
"""Similarity from which an unknown word is taken for a misspelled word of the lexicon."""


@dataclass(frozen=True, slots=True)
class Found:
    """A label of the lexicon, the words of the message that point to it, the words of the lexicon, and how strongly (0..1)."""

    label: str
    said: str
    known: str
    weight: float
    at: int
    size: int
    new: bool = False


@dataclass(slots=True)
class Words:
    """Expressions by their plain form, each with its labels; `new` are those that the model has not learned."""

    by_plain: dict[str, dict[str, str]] = field(default_factory=dict)
    new: set[tuple[str, str]] = field(default_factory=set)
    drawers: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    longest: int = 0

    def add(self, text: str, label: str, new: bool = False) -> None:
        """Takes in one expression of a lexicon."""
        key = normalise.plain(text)
        if not key or key.count(" ") >= LONGEST_RUN:
            return
        if key not in self.by_plain and " " not in key and len(key) >= SHORTEST_FUZZY:
            for size in (len(key) - 1, len(key), len(key) + 1):
                self.drawers.setdefault((key[0], size), []).append(key)
        self.longest = max(self.longest, key.count(" ") + 1)
        self.by_plain.setdefault(key, {}).setdefault(label, text)
        if new:
            self.new.add((key, label))

    def nearest(self, word: str) -> str | None:
        """The single word of the lexicon that this one is a typo of, if any."""
        drawer = self.drawers.get((word[0], len(word))) if len(word) >= SHORTEST_FUZZY else None
        if not drawer:
            return None
        hit = process.extractOne(word, drawer, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=NEAR)
        return hit[0] if hit else None


def collect(tables: Iterable[Mapping[str, Sequence[str]]]) -> Words:
    """The words of several lexicons together: loanwords (CAF, RSA…) serve every language."""
    out = Words()
    for table in tables:
        for label, texts in table.items():
            for text in texts:
                out.add(text, label)
    return out


def find(table: Words, words: Sequence[str], known: Sequence[bool]) -> list[Found]:
    """Every expression found, the longest first at each place; the more needs share an expression, the less it weighs."""
    out: list[Found] = []
    taken = [False] * len(words)
    for size in range(min(table.longest, len(words)), 0, -1):
        for at in range(len(words) - size + 1):
            if any(taken[at : at + size]):
                continue
            said = " ".join(words[at : at + size])
            key, weight = said, 1.0
            labels = table.by_plain.get(said)
            if labels is None and size == 1 and table.drawers and not known[at]:
                near = table.nearest(said)
                if near is not None:
                    key, labels, weight = near, table.by_plain[near], 0.7
            if labels is None:
                continue
            taken[at : at + size] = [True] * size
            out.extend(
                Found(label, said, text, weight / len(labels), at, size, (key, label) in table.new)
                for label, text in labels.items()
            )
    return out
