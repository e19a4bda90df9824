"""How are the weights found? A multinomial linear model over hashed pieces, fitted by Adagrad with numpy alone.

Deterministic for a given numpy: fixed seed, fixed order. Nothing here runs while answering.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Settings:
    """What the fit depends on. The values were chosen by cross-validation over the lexicon."""

    epochs: int = 6
    batch: int = 128
    rate: float = 0.2
    decay: float = 2e-5
    smoothing: float = 0.06
    seed: int = 20261122


BIAS_RATE = 2.0


@dataclass(frozen=True, slots=True)
class Corpus:
    """Texts as buckets: those of text i are `buckets[offsets[i]:offsets[i + 1]]`."""

    buckets: np.ndarray
    offsets: np.ndarray


@dataclass(frozen=True, slots=True)
class Rows:
    """Which buckets have weights: `row_of[bucket]` (0: none) and the weight of each row's presence, by rarity."""

    row_of: np.ndarray
    rarity: np.ndarray


def choose_rows(corpus: Corpus, groups: np.ndarray, width: int, least: int = 2) -> Rows:
    """A row for each bucket seen in at least `least` different phrases (`groups` says which texts are one phrase rewritten)."""
    owner = np.repeat(groups, np.diff(corpus.offsets))
    pairs = np.unique(corpus.buckets * (int(groups.max()) + 1) + owner)
    count = np.bincount(pairs // (int(groups.max()) + 1), minlength=width)
    kept = np.flatnonzero(count >= least)
    row_of = np.zeros(width, dtype=np.int32)
    row_of[kept] = np.arange(1, len(kept) + 1)
    phrases = len(np.unique(groups))
    # Square root: rare pieces say more, but a piece seen twice must not drown the rest of the message.
    rarity = np.sqrt(np.concatenate([[0.0], np.log((1 + phrases) / (1 + count[kept]))])).astype(np.float32)
    return Rows(row_of, rarity)


def as_rows(corpus: Corpus, rows: Rows) -> Corpus:
    """The same texts with rows in place of buckets, those without a row left out."""
    row = rows.row_of[corpus.buckets]
    kept = row > 0
    counts = np.concatenate([[0], np.cumsum(kept)])
    return Corpus(row[kept], counts[corpus.offsets])


def fit(
    corpus: Corpus, rarity: np.ndarray, targets: Sequence[np.ndarray], weights: Sequence[np.ndarray], settings: Settings
) -> np.ndarray:
    """Weights [row, column] of several softmax heads side by side over the same texts.

    `targets[h]` is [text, column of head h], each line summing to 1; `weights[h]` is what each text counts for in head h
    (0: it says nothing there).
    """
    sizes = [t.shape[1] for t in targets]
    edges = np.concatenate([[0], np.cumsum(sizes)])
    table = np.zeros((len(rarity), int(edges[-1])), dtype=np.float32)
    seen = np.full(len(rarity), 1e-4, dtype=np.float32)
    local = np.zeros(len(rarity), dtype=np.int64)
    flags = np.zeros(len(rarity), dtype=bool)
    goals = [t * (1 - settings.smoothing) + settings.smoothing / t.shape[1] for t in targets]
    random = np.random.default_rng(settings.seed)
    count = len(corpus.offsets) - 1
    sums = np.add.reduceat(
        np.append(rarity[corpus.buckets] ** 2, 0.0), np.minimum(corpus.offsets[:-1], len(corpus.buckets))
    )
    norms = 1 / np.sqrt(np.maximum(sums, 1e-6))
    for epoch in range(settings.epochs):
        order = random.permutation(count)
        rate = settings.rate * (1 - 0.85 * epoch / settings.epochs)
        for first in range(0, count, settings.batch):
            chosen = order[first : first + settings.batch]
            lengths = corpus.offsets[chosen + 1] - corpus.offsets[chosen]
            owner = np.repeat(np.arange(len(chosen)), lengths)
            inside = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
            index = corpus.buckets[np.repeat(corpus.offsets[chosen], lengths) + inside]
            flags[index] = True
            used = np.flatnonzero(flags)
            flags[used] = False
            local[used] = np.arange(len(used))
            dense = np.zeros((len(chosen), len(used)), dtype=np.float32)
            dense[owner, local[index]] = rarity[index] * norms[chosen][owner]
            current = table[used]
            scores = dense @ current + table[0]
            slope = np.empty_like(scores)
            for head, goal in enumerate(goals):
                part = scores[:, edges[head] : edges[head + 1]]
                part = np.exp(part - part.max(axis=1, keepdims=True))
                part /= part.sum(axis=1, keepdims=True)
                slope[:, edges[head] : edges[head + 1]] = (part - goal[chosen]) * weights[head][chosen, None]
            gradient = dense.T @ slope + settings.decay * current
            seen[used] += (gradient**2).mean(axis=1)
            table[0] -= BIAS_RATE * rate * slope.mean(axis=0)
            table[used] = current - rate * gradient / np.sqrt(seen[used])[:, None]
    return table
