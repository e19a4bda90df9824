"""How are the weights found? A multinomial linear model over hashed pieces, fitted by Adagrad over sparse texts.

Deterministic for a given numpy: fixed seed, fixed order. Nothing here runs while answering.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Settings:
    """What the fit depends on. The values were chosen by cross-validation over the lexicons."""

    epochs: int = 5
    batch: int = 64
    rate: float = 0.2
    smoothing: float = 0.06
    seed: int = 20261122


EVERY = -1
"""The turn of a text that is learned in every epoch; 0 and 1 are learned in turn."""

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


def choose_rows(corpus: Corpus, originals: np.ndarray, width: int, least: int = 3, least_rewritten: int = 7) -> Rows:
    """A row for each bucket seen in enough different phrases.

    `originals[i]`: text i is as its author wrote it. A rewriting repeats the pieces of its phrase, so a piece must be in
    more rewritings than one phrase has to be kept for them alone.
    """
    owner = np.repeat(originals, np.diff(corpus.offsets))
    written = np.bincount(corpus.buckets[owner], minlength=width)
    rewritten = np.bincount(corpus.buckets[~owner], minlength=width)
    kept = np.flatnonzero((written >= least) | (rewritten >= least_rewritten))
    row_of = np.zeros(width, dtype=np.int32)
    row_of[kept] = np.arange(1, len(kept) + 1)
    # Square root: rare pieces say more, but a piece seen twice must not drown the rest of the message.
    count = (written + rewritten)[kept]
    rarity = np.sqrt(np.concatenate([[0.0], np.log((1 + len(originals)) / (1 + count))])).astype(np.float32)
    return Rows(row_of, rarity)


def as_rows(corpus: Corpus, rows: Rows) -> Corpus:
    """The same texts with rows in place of buckets, those without a row left out."""
    row = rows.row_of[corpus.buckets]
    kept = row > 0
    counts = np.concatenate([[0], np.cumsum(kept)])
    return Corpus(row[kept], counts[corpus.offsets])


def fit(
    corpus: Corpus,
    rarity: np.ndarray,
    targets: Sequence[np.ndarray],
    weights: Sequence[np.ndarray],
    turns: np.ndarray,
    settings: Settings,
) -> np.ndarray:
    """Weights [row, column] of several softmax heads side by side over the same texts; row 0 holds each column's bias.

    `targets[h]` is [text, column of head h], each line summing to 1; `weights[h]` is what each text counts for in head h
    (0: it says nothing there). `turns[i]` says in which epochs text i is learned.
    """
    from scipy.sparse import csr_matrix  # late: only learning needs it, and answering must stay light

    edges = np.cumsum([0, *(t.shape[1] for t in targets)])
    table = np.zeros((len(rarity), int(edges[-1])), dtype=np.float32)
    seen = np.full(len(rarity), 1e-4, dtype=np.float32)
    local = np.zeros(len(rarity), dtype=np.int64)
    goals = [t * (1 - settings.smoothing) + settings.smoothing / t.shape[1] for t in targets]
    random = np.random.default_rng(settings.seed)
    squares = np.append(rarity[corpus.buckets] ** 2, np.float32(0))
    norms = 1 / np.sqrt(np.maximum(np.add.reduceat(squares, corpus.offsets[:-1]), 1e-6))
    filled = np.diff(corpus.offsets) > 0
    for epoch in range(settings.epochs):
        order = random.permutation(np.flatnonzero(filled & ((turns == EVERY) | (turns == epoch % 2))))
        rate = settings.rate * (1 - 0.85 * epoch / settings.epochs)
        for first in range(0, len(order), settings.batch):
            chosen = order[first : first + settings.batch]
            lengths = corpus.offsets[chosen + 1] - corpus.offsets[chosen]
            before = np.cumsum(lengths) - lengths
            index = corpus.buckets[np.repeat(corpus.offsets[chosen] - before, lengths) + np.arange(int(lengths.sum()))]
            used = np.unique(index)
            local[used] = np.arange(len(used))
            values = rarity[index] * np.repeat(norms[chosen], lengths)
            ends = np.concatenate([[0], np.cumsum(lengths)])
            texts = csr_matrix((values, local[index], ends), shape=(len(chosen), len(used)))
            current = table[used]
            slope = texts @ current + table[0]
            for head, goal in enumerate(goals):
                part = slope[:, edges[head] : edges[head + 1]]
                part -= part.max(axis=1, keepdims=True)
                np.exp(part, out=part)
                part /= part.sum(axis=1, keepdims=True)
                part -= goal[chosen]
                part *= weights[head][chosen, None]
            gradient = texts.T @ slope
            seen[used] += np.einsum("ij,ij->i", gradient, gradient) / gradient.shape[1]
            table[0] -= BIAS_RATE * rate * slope.mean(axis=0)
            gradient *= (-rate / np.sqrt(seen[used]))[:, None]
            gradient += current
            table[used] = gradient
    return table
