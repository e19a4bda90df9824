"""Which periods figures may be asked for."""

from __future__ import annotations

from datetime import date

import pytest

from bot.journal.periods import (
    Periode,
    PeriodError,
    closed_grid,
    cover,
    default,
    last_closed,
    month_of,
    parse,
    previous,
    widened,
)

JAN = month_of(date(2026, 1, 1))


def test_days_are_widened_to_whole_months_and_it_is_said():
    periode = parse("2026-01-10", "2026-03-20")

    assert (periode.du, periode.au) == (date(2026, 1, 1), date(2026, 3, 31))
    assert widened("2026-01-10", "2026-03-20", periode)
    assert not widened("2026-01-01", "2026-03-31", periode)
    assert not widened("2026-01", "2026-03", periode)


@pytest.mark.parametrize("text", ["", "janvier", "2026-13", "2026-02-30", "26-01-01", "2026-1-1", "9999-01", "²026-01"])
def test_what_is_no_date_is_refused_with_an_example(text):
    with pytest.raises(PeriodError, match="2026-01"):
        parse(text, "2026-03")


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(PeriodError, match="finit"):
        parse("2026-05", "2026-03")


def test_only_months_that_are_over_are_counted():
    assert last_closed(date(2026, 11, 30)) == month_of(date(2026, 10, 1))
    assert default(date(2026, 11, 22)).nom == "3e trimestre 2026"
    assert default(date(2026, 1, 5)).nom == "4e trimestre 2025"


def test_a_free_period_is_covered_by_the_largest_periods_of_the_calendar():
    assert [each.nom for each in cover(parse("2025-11", "2026-10"))] == [
        "novembre 2025",
        "décembre 2025",
        "1er semestre 2026",
        "3e trimestre 2026",
        "octobre 2026",
    ]
    assert cover(parse("2026-01", "2026-12")) == (Periode(JAN, JAN + 11),)


def test_periods_close_finest_first():
    names = [each.nom for each in closed_grid(JAN + 5, JAN + 5)]

    assert names == ["juin 2026", "2e trimestre 2026", "1er semestre 2026"]


def test_the_period_before_has_the_same_length():
    assert previous(parse("2026-04", "2026-06")).nom == "1er trimestre 2026"
