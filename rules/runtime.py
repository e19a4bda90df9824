"""What do compiled rules call while they run? The helpers that are not worth writing out in every formula."""

from __future__ import annotations

from typing import Any

from rules.calculs import round_to
from rules.days import births, day_of_year, months_between, years_between

Trois = tuple[float, float, int]

ENFANTS, GENERIQUE = 1, 2


def sum_children(m: list, function: Any, most: int) -> Trois:
    """The sum over children; when their number is unknown, for none up to the most."""
    children, k = m[ENFANTS]
    if children is None:
        low, high, _ = function(m, m[GENERIQUE])
        return (most * low if low < 0 else 0.0, most * high if high > 0 else 0.0, k)
    low = high = 0.0
    k = 0
    for child in children:
        bottom, top, missing = function(m, child)
        low += bottom
        high += top
        k |= missing
    return low, high, k


def extreme_child(m: list, function: Any, pick: Any) -> Trois:
    children, k = m[ENFANTS]
    if children is None:
        low, high, _ = function(m, m[GENERIQUE])
        return (min(low, 0.0), max(high, 0.0), k)
    if not children:
        return 0.0, 0.0, 0
    found = [function(m, child) for child in children]
    low, high = pick(one[0] for one in found), pick(one[1] for one in found)
    if low == high:
        return low, high, 0
    k = 0
    for one in found:
        k |= one[2]
    return low, high, k


def any_child(m: list, function: Any, decided: int) -> tuple[int, int]:
    """Does one child decide (2: at least one holds, 0: at least one does not)?"""
    children, k = m[ENFANTS]
    other = 2 - decided
    if children is None:
        return (other, 0) if function(m, m[GENERIQUE])[0] == other else (1, k)
    result, k = other, 0
    for child in children:
        t, missing = function(m, child)
        if t == decided:
            return decided, 0
        if t == 1:
            result = 1
            k |= missing
    return result, k


def age_on(birth: Trois, first: float, last: float) -> Trois:
    """The ages, in whole years, of somebody born between two days, on a day between two others."""
    low, high = years_between(birth[1], first), years_between(birth[0], last)
    return low, high, birth[2] if low != high else 0


def months_on(birth: Trois, on: int) -> Trois:
    low, high = months_between(birth[1], on), months_between(birth[0], on)
    return low, high, birth[2] if low != high else 0


def birth_of(age: Trois, on: int) -> Trois:
    """The days on which somebody of that age can be born."""
    return (*births(age[0], age[1], on), age[2])


def days_between(start: int, end: int) -> int:
    return end - start


def by_size(table: tuple, low: float, high: float) -> tuple[float, float]:
    """The value of a table by size (its first size, its values, what each further one adds), over the sizes of a range."""
    first, values, more = table
    last = first + len(values) - 1

    def at(size: int) -> float:
        if size <= last:
            return values[max(size - first, 0)]
        return values[-1] + more * (size - last)

    start, end = int(low), int(high)
    if start == end:
        value = at(start)
        return value, value
    found = [at(size) for size in range(start, end + 1)]
    return min(found), max(found)


def by_box(boxes: tuple, low: float, high: float) -> tuple[float, float]:
    """The value of the boxes that a range touches. A box: its end, whether the end is in it, its value."""

    def index(amount: float) -> int:
        for position, (end, taken, _) in enumerate(boxes):
            if amount < end or (taken and amount <= end):
                return position
        return len(boxes) - 1

    found = [box[2] for box in boxes[index(low) : index(high) + 1]]
    return min(found), max(found)


def by_slice(slices: tuple, amount: float) -> float:
    """A rate a slice, each on its own part of the amount."""
    total = start = 0.0
    for end, rate in slices:
        if amount <= start:
            break
        total += (min(amount, end) - start) * rate
        start = end
    return total


NAMES = {
    "sum_children": sum_children,
    "extreme_child": extreme_child,
    "any_child": any_child,
    "age_on": age_on,
    "months_on": months_on,
    "birth_of": birth_of,
    "months_between": months_between,
    "years_between": years_between,
    "days_between": days_between,
    "day_of_year": day_of_year,
    "by_size": by_size,
    "by_box": by_box,
    "by_slice": by_slice,
    "round_to": round_to,
    "min": min,
    "max": max,
}
