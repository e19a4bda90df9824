"""Which unknowns does a system of sums give away? Algebra over everything a reader of the figures knows.

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
FAR = 1e9


Row = tuple[Sequence[tuple[int, int]], int]  # (column, coefficient) of each unknown, and what they add up to


def determined(names: Sequence[Name], rows: Sequence[Row]) -> list[Name]:
    """The unknowns that the equations fix, whatever the numbers are."""
    if not names or not rows:
        return []
    row, column, weight = _flat(rows)
    moves = np.zeros(len(names))
    for seed in (1, 2):
        start = np.random.default_rng(seed).uniform(1.0, 2.0, len(names))
        moves = np.maximum(moves, np.abs(start - _explained(row, column, weight, len(rows), start)))
    return [name for name, move in zip(names, moves, strict=True) if move < STILL]


def pinned(names: Sequence[Name], rows: Sequence[Row], least: Sequence[int], width: float) -> list[Name]:
    """The unknowns that the equations leave less room than `width`, when each is known to be `least` at least.

    Bounds go from equation to equation until nothing moves: what one sum says of an unknown serves in the others.
    """
    if not names or not rows:
        return []
    row, column, weight = _flat(rows)
    total = np.fromiter((constant for _, constant in rows), dtype=float)
    low, high = np.array(least, dtype=float), np.full(len(names), FAR)
    plus = weight > 0
    for _ in range(50):
        small, large = np.where(plus, low[column], -high[column]), np.where(plus, high[column], -low[column])
        # What is left for one term when the others of its equation are at their least, or at their most.
        most = (total - np.bincount(row, small, len(rows)))[row] + small
        fewest = (total - np.bincount(row, large, len(rows)))[row] + large
        above, below = high.copy(), low.copy()
        np.minimum.at(above, column, np.where(plus, most, -fewest))
        np.maximum.at(below, column, np.where(plus, fewest, -most))
        if np.array_equal(above, high) and np.array_equal(below, low):
            break
        low, high = below, above
    return [name for name, room in zip(names, high - low, strict=True) if room < width]


def _flat(rows: Sequence[Row]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The same equations as three arrays: the equation, the unknown and the coefficient of each term."""
    row = np.repeat(np.arange(len(rows)), [len(terms) for terms, _ in rows])
    column = np.fromiter((term[0] for terms, _ in rows for term in terms), dtype=np.intp)
    weight = np.fromiter((term[1] for terms, _ in rows for term in terms), dtype=float)
    return row, column, weight


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
