"""How many whole years or months between two days, and when can a person of some age be born?

Days are ordinals (`date.toordinal`), so that they go through the same arithmetic as amounts.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache


@lru_cache(maxsize=8192)
def months_between(start: int, end: int) -> int:
    """Whole months from a day to another, negative when the second comes first."""
    # A day nobody said has the widest bounds a day can have.
    first, last = date.fromordinal(max(int(start), 1)), date.fromordinal(int(end))
    count = (last.year - first.year) * 12 + last.month - first.month
    return count - 1 if last.day < first.day else count


def years_between(start: int, end: int) -> int:
    """Whole years from a day to another."""
    return months_between(start, end) // 12


@lru_cache(maxsize=8192)
def years_before(day: int, years: int) -> int:
    """The same day some years earlier; the 29th of February becomes the 1st of March."""
    moment = date.fromordinal(day)
    if moment.year <= years:
        return 1
    try:
        return moment.replace(year=moment.year - years).toordinal()
    except ValueError:
        return date(moment.year - years, 3, 1).toordinal()


def births(youngest: float, oldest: float, on: int) -> tuple[int, int]:
    """The first and last day on which a person aged between two whole ages on the day `on` can be born."""
    return years_before(on, int(oldest) + 1) + 1, years_before(on, int(youngest))


@lru_cache(maxsize=1024)
def day_of_year(on: int, month: int, day: int) -> int:
    """That day of the year of `on`."""
    return date(date.fromordinal(on).year, month, day).toordinal()
