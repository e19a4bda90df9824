"""What do the weights say of a message? The compiled model: rows of small integers, several heads, one look-up.

Quantised to one byte a weight, opened as a memory map: loading is a few milliseconds and only the rows that messages use
come into memory.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.understanding import features

COMMON = 5.0
"""How many times more texts than the rarest piece kept a word must be in to be an ordinary word."""


@dataclass(frozen=True, slots=True)
class Words:
    """Row of each word (0: none), whether it was met in training, whether it is too ordinary to be a misspelled name."""

    rows: np.ndarray
    known: list[bool]
    common: list[bool]


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights over hashed pieces. `heads` gives the classes of each head; columns follow in the same order."""

    kept: np.ndarray
    """The buckets that have weights, sorted: the row of kept[i] is i + 1. A map of all buckets would be ten times larger."""

    rarity: np.ndarray
    table: np.ndarray
    scale: np.ndarray
    bias: np.ndarray
    heads: dict[str, tuple[str, ...]]
    kind: str
    common: float
    """Rarity below which a word is ordinary."""

    def scores(self, texts: Sequence[Sequence[str]]) -> tuple[np.ndarray, np.ndarray]:
        """(scores [text, column], share of each text's pieces that were seen in training)."""
        buckets, offsets = features.of_many(texts, self.kind)
        out = np.tile(self.bias, (len(texts), 1))
        share = np.zeros(len(texts), dtype=np.float32)
        rows = self._rows(buckets)
        for i in range(len(texts)):
            mine = rows[offsets[i] : offsets[i + 1]]
            known = mine[mine > 0]
            if not len(known):
                continue
            value = self.rarity[known]
            out[i] += (value @ self.table[known].astype(np.float32)) * (self.scale / np.sqrt(value @ value))
            share[i] = len(known) / len(mine)
        return out, share

    def _rows(self, buckets: np.ndarray) -> np.ndarray:
        """The row of each bucket, 0 for a bucket without weights."""
        buckets = buckets.astype(np.int32)  # of the same type as `kept`, which would be copied otherwise
        at = np.minimum(np.searchsorted(self.kept, buckets), len(self.kept) - 1)
        return np.where(self.kept[at] == buckets, at + 1, 0)

    def columns(self, head: str) -> slice:
        """Where the columns of a head are."""
        first = 0
        for name, classes in self.heads.items():
            if name == head:
                return slice(first, first + len(classes))
            first += len(classes)
        raise KeyError(head)

    def words(self, words: Sequence[str]) -> Words:
        """What is known of each word of a message."""
        rows = self._rows(np.asarray(features.word_buckets(words, self.kind)))
        rarity = self.rarity[rows]
        return Words(rows, (rows > 0).tolist(), ((rows > 0) & (rarity <= self.common)).tolist())

    def weights(self, words: Words, column: int) -> list[float]:
        """What each whole word weighs for one column (0 for a word never met)."""
        return (self.table[words.rows, column] * self.scale[column] * self.rarity[words.rows]).tolist()


def softmax(scores: np.ndarray) -> np.ndarray:
    """Shares summing to 1 along the last axis."""
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def save(
    folder: Path, name: str, row_of: np.ndarray, rarity: np.ndarray, weights: np.ndarray, heads: dict, kind: str
) -> None:
    """Writes one model into a folder, weights as one byte each with a scale a column."""
    bias, weights = weights[0].copy(), np.concatenate([np.zeros_like(weights[:1]), weights[1:]])
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-6) / 127
    np.save(folder / f"{name}.table.npy", np.rint(weights / scale).astype(np.int8))
    np.save(folder / f"{name}.rows.npy", np.flatnonzero(row_of).astype(np.int32))
    np.savez(
        folder / f"{name}.npz",
        rarity=rarity.astype(np.float32),
        scale=scale.astype(np.float32),
        bias=bias.astype(np.float32),
    )
    (folder / f"{name}.json").write_text(
        json.dumps({"heads": heads, "kind": kind}, ensure_ascii=False), encoding="utf-8"
    )


def load(folder: Path, name: str) -> Linear:
    """Opens one model of a compiled folder."""
    about = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    small = np.load(folder / f"{name}.npz")
    rarity = small["rarity"]
    return Linear(
        # A plain view of the map: the memmap class costs a Python call at each look-up.
        kept=np.load(folder / f"{name}.rows.npy"),
        rarity=rarity,
        table=np.asarray(np.load(folder / f"{name}.table.npy", mmap_mode="r")),
        scale=small["scale"],
        bias=small["bias"],
        heads={head: tuple(classes) for head, classes in about["heads"].items()},
        kind=about["kind"],
        common=float(np.sqrt(max(float(rarity.max()) ** 2 - np.log(COMMON), 0.0))),
    )
