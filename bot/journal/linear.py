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
SLACK = 3.0  # how much is added to each unknown to begin the search of another world
TURNS = 40
TINY = 1e-12
EXACT = 1e-4


Row = tuple[Sequence[tuple[int, int]], int]  # (column, coefficient) of each unknown, and what they add up to


def determined(names: Sequence[Name], rows: Sequence[Row]) -> list[Name]:
    """The unknowns that the equations fix, whatever the numbers are."""
    if not names or not rows:
        return []
    row, column, weight = _flat(rows)
    still = np.ones(len(names), dtype=bool)
    for seed in (1, 2):
        start = np.random.default_rng(seed).uniform(1.0, 2.0, len(names))
        still &= np.abs(start - _explained(row, column, weight, len(rows), start)) < STILL
        if not still.any():
            break
    return [name for name, fixed in zip(names, still, strict=True) if fixed]


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


def cramped(
    names: Sequence[Name], rows: Sequence[Row], least: Sequence[int], truth: Sequence[int], free: float
) -> tuple[list[Name], list[int]]:
    """The unknowns for which no other world was found, and the equations that bind them, the tightest first.

    A world is numbers that make the same sums, each more than its least by `free`. When nothing is cramped there is one:
    from there every movement that the sums allow is open both ways, so that no linear program fixes an unknown that
    `determined` does not. It is looked for from the truth, more generous, by scaling the terms of one sum after the other,
    then brought exactly on the sums. A sum that is scaled on and on is one that holds its terms at their least.
    """
    if not names or not rows:
        return [], []
    row, column, weight = _flat(rows)
    low = np.array(least, dtype=float)
    total = np.fromiter((constant for _, constant in rows), dtype=float)
    total -= np.bincount(row, weight * low[column], len(rows))
    world, pressure = _scaled(row, column, weight, total, np.array(truth, dtype=float) - low + SLACK, _apart(rows))
    short = total - np.bincount(row, weight * world[column], len(rows))
    # Small terms move little, so that one that is free is not pushed under its least by the last step.
    ease = np.sqrt(world)
    world += ease * _nearest(row, column, weight * ease[column], len(rows), short, len(names), 1e-14)
    off = np.abs(total - np.bincount(row, weight * world[column], len(rows))) > EXACT
    tight = world < free
    tight[column[off[row]]] = True
    if not tight.any():
        return [], []
    hold = np.where(_tied(row, column, len(rows), tight), np.abs(pressure), 0.0)
    binding = [int(one) for one in np.argsort(-hold, kind="stable") if hold[one] > hold.max() / 10]
    return [name for name, bad in zip(names, tight, strict=True) if bad], binding


def _scaled(
    row: np.ndarray, column: np.ndarray, weight: np.ndarray, total: np.ndarray, world: np.ndarray, group: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Positive numbers nearly on the sums, and how much each sum was still scaled in the last turns."""
    turns = []
    for number in range(group.max() + 1):
        inside, members = group[row] == number, np.flatnonzero(group == number)
        turns.append((np.searchsorted(members, row[inside]), column[inside], weight[inside] > 0, members))
    pressure = np.zeros(len(total))
    for turn in range(TURNS):
        for where, what, plus, members in turns:
            amount, goal = world[what], total[members]
            gain = np.bincount(where, np.where(plus, amount, 0.0), len(members))
            loss = np.bincount(where, np.where(plus, 0.0, amount), len(members))
            root = np.sqrt(goal * goal + 4 * gain * loss)
            # gain * t - loss / t = goal, written without a difference of near numbers.
            scale = np.where(goal >= 0, (root + goal) / (2 * gain + TINY), 2 * loss / (root - goal + TINY))
            scale = np.clip(scale, 1e-3, 1e3)
            if turn >= TURNS // 2:
                pressure[members] += np.log(scale)
            world[what] = np.where(plus, amount * scale[where], amount / scale[where])
    return world, pressure


def _tied(row: np.ndarray, column: np.ndarray, height: int, some: np.ndarray) -> np.ndarray:
    """The equations that are tied, from one to the next, to some unknowns."""
    while True:
        reached = np.bincount(row, some[column], height) > 0
        more = some.copy()
        more[column[reached[row]]] = True
        if more.sum() == some.sum():
            return reached
        some = more


def _apart(rows: Sequence[Row]) -> np.ndarray:
    """A number for each equation: those of one number share no unknown, so that they are scaled at once."""
    taken: dict[int, int] = {}
    groups = np.zeros(len(rows), dtype=int)
    for index, (terms, _) in enumerate(rows):
        used = 0
        for column, _ in terms:
            used |= taken.get(column, 0)
        free = ~used & (used + 1)
        groups[index] = free.bit_length() - 1
        for column, _ in terms:
            taken[column] = taken.get(column, 0) | free
    return groups


def _flat(rows: Sequence[Row]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The same equations as three arrays: the equation, the unknown and the coefficient of each term."""
    row = np.repeat(np.arange(len(rows)), [len(terms) for terms, _ in rows])
    column = np.fromiter((term[0] for terms, _ in rows for term in terms), dtype=np.intp)
    weight = np.fromiter((term[1] for terms, _ in rows for term in terms), dtype=float)
    return row, column, weight


def _explained(row: np.ndarray, column: np.ndarray, weight: np.ndarray, height: int, start: np.ndarray) -> np.ndarray:
    """The part of a movement that the equations forbid: its projection on their span."""
    return _nearest(row, column, weight, height, np.bincount(row, weight * start[column], height), len(start))


def _nearest(
    row: np.ndarray,
    column: np.ndarray,
    weight: np.ndarray,
    height: int,
    goal: np.ndarray,
    width: int,
    sharp: float = 1e-24,
) -> np.ndarray:
    """The shortest movement that changes the sums by `goal`, as far as they can; `sharp` says how nearly."""

    def forward(vector: np.ndarray) -> np.ndarray:
        return np.bincount(row, weight * vector[column], height)

    def back(vector: np.ndarray) -> np.ndarray:
        return np.bincount(column, weight * vector[row], width)

    found = np.zeros(width)
    rest = goal.copy()
    slope = back(rest)
    way, size = slope.copy(), slope @ slope
    least = size * sharp
    for _ in range(4 * (width + height)):
        if size <= least or size < 1e-28:
            break
        moved = forward(way)
        step = size / (moved @ moved)
        found += step * way
        rest -= step * moved
        slope = back(rest)
        size, before = slope @ slope, size
        way = slope + (size / before) * way
    return found
