"""Which unknowns does a system of sums determine? Linear algebra over everything a reader of the figures knows.

An unknown is determined when no movement that the equations allow changes it. We draw a random movement, project it on
those that the equations allow (conjugate gradients on the least squares, so that thousands of sparse equations are quick)
and look at what stays still: but for a chance that is nil in floating point, that is exactly what is determined.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

Name = TypeVar("Name")
STILL = 1e-6


def determined(names: Sequence[Name], rows: Sequence[Sequence[tuple[int, int]]]) -> list[Name]:
    """The unknowns that the equations fix. `rows` are equations: (column, coefficient) of each unknown that is in them."""
    if not names or not rows:
        return []
    row = np.repeat(np.arange(len(rows)), [len(each) for each in rows])
    column = np.fromiter((each[0] for equation in rows for each in equation), dtype=np.intp)
    weight = np.fromiter((each[1] for equation in rows for each in equation), dtype=float)
    moves = np.zeros(len(names))
    for seed in (1, 2):
        start = np.random.default_rng(seed).uniform(1.0, 2.0, len(names))
        moves = np.maximum(moves, np.abs(start - _explained(row, column, weight, len(rows), start)))
    return [name for name, move in zip(names, moves, strict=True) if move < STILL]


def _explained(row: np.ndarray, column: np.ndarray, weight: np.ndarray, height: int, start: np.ndarray) -> np.ndarray:
    """The part of a movement that the equations forbid: its projection on their span."""
    width = len(start)

    def forward(vector: np.ndarray) -> np.ndarray:
        return np.bincount(row, weight * vector[column], height)

    def back(vector: np.ndarray) -> np.ndarray:
        return np.bincount(column, weight * vector[row], width)

    found = np.zeros(width)
    rest = forward(start)
    slope = back(rest)
    way, size = slope.copy(), slope @ slope
    goal = size * 1e-24
    for _ in range(4 * (width + height)):
        if size <= goal or size < 1e-28:
            break
        moved = forward(way)
        step = size / (moved @ moved)
        found += step * way
        rest -= step * moved
        slope = back(rest)
        size, before = slope @ slope, size
        way = slope + (size / before) * way
    return found
