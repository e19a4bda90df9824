"""No count below the threshold can be read, nor worked out: the attacks of a patient reader, all of them failing."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from scipy.sparse.linalg import lsqr

from bot.journal.periods import Periode
from bot.journal.plan import SUIT
from bot.journal.suppression import SEUIL, publish
from tests.bot.journal.attack import JAN, given_away, knowledge, matrix, months

SEEDS = range(4)


SIZES = (15, 60, 250, 1200)


@cache
def published(seed: int, size: int, count: int = 12):
    return publish(months(seed, size, count), JAN + count - 1)


def every(published):
    return ((periode, key) for periode, values in published.valeurs.items() for key in values)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("seed", SEEDS)
def test_no_count_below_the_threshold_is_shown(seed, size):
    done = published(seed, size)

    small = [
        (periode.nom, key)
        for periode, key in every(done)
        if 0 < done.valeurs[periode][key] < SEUIL and key[0] not in SUIT and done.value(periode, key) is not None
    ]

    assert small == []


@pytest.mark.parametrize("size", SIZES)
def test_what_is_shown_is_exact(size):
    done, raw = published(1, size), months(1, size)

    wrong = [
        (periode.nom, key)
        for periode, key in every(done)
        if (shown := done.value(periode, key)) is not None
        and shown != sum(raw[month].get(key, 0) for month in range(periode.debut, periode.fin + 1))
    ]

    assert wrong == []


@pytest.mark.parametrize("size", SIZES)
def test_enough_is_left_to_be_of_use(size):
    done = published(0, size)
    year = Periode(JAN, JAN + 11)

    if size >= 60:
        assert done.value(year, ("demandes", "", ())) == 12 * size
    if size >= 250:
        assert all(done.value(year, ("demandes", "defi", (defi,))) is not None for defi in (1, 3, 6))
    if size >= 1200:
        crossed = [key for key in done.valeurs[year] if key[:2] == ("demandes", "defi quartier")]
        assert sum(done.value(year, key) is not None for key in crossed) >= 0.5 * len(crossed)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("seed", range(2))
def test_a_linear_solver_over_everything_published_in_a_year_finds_no_hidden_count(seed, size):
    """Totals, margins, shares (which are quotients of shown counts), overlapping periods, every export of every month."""
    done = published(seed, size)
    columns, rows = knowledge(done, list(done.valeurs))
    known = matrix(columns, rows)
    moved = np.zeros(len(columns))
    for draw in range(3):
        # What the sums allow to move of a random movement; what never moves is determined.
        start = np.random.default_rng(draw).normal(size=len(columns))
        explained = lsqr(known, known @ start, atol=1e-12, btol=1e-12, iter_lim=20_000)[0]
        moved = np.maximum(moved, np.abs(start - explained))

    assert [name for name, column in columns.items() if moved[column] < 1e-5] == []


@pytest.mark.parametrize(("seed", "size"), [(1, 60), (1, 90), (0, 120), (1, 120), (1, 250)])
def test_linear_programs_over_everything_published_in_a_year_leave_no_hidden_count_a_single_value(seed, size):
    """The stronger attack: the reader knows that no hidden count is zero. Each of these gave some before it was defended."""
    done = published(seed, size)

    assert given_away(done, list(done.valeurs)) == []


@pytest.mark.parametrize("count", [1, 3, 5, 8, 11])
def test_what_was_shown_once_never_changes_when_months_come(count):
    """Two exports, at two dates: the later one holds all that the earlier one said, with the same numbers."""
    early, late = published(2, 60, count), published(2, 60, 12)

    assert [
        (periode.nom, key) for periode, key in every(early) if early.value(periode, key) != late.value(periode, key)
    ] == []


def test_a_period_off_the_calendar_is_the_sum_of_what_is_shown_already():
    done = published(0, 60)
    free = Periode(JAN + 1, JAN + 6)

    for key in done.valeurs[Periode(JAN + 1, JAN + 1)]:
        parts = [
            done.value(Periode(*ends), key)
            for ends in ((JAN + 1, JAN + 1), (JAN + 2, JAN + 2), (JAN + 3, JAN + 5), (JAN + 6, JAN + 6))
        ]
        expected = None if None in parts else sum(parts)
        assert done.value(free, key) == expected


def test_two_overlapping_periods_do_not_give_the_month_between():
    done = published(3, 60)

    for key in done.valeurs[Periode(JAN + 4, JAN + 4)]:
        if done.value(Periode(JAN + 4, JAN + 4), key) is None:
            longer, shorter = (done.value(Periode(JAN, end), key) for end in (JAN + 4, JAN + 3))
            assert longer is None or shorter is None


def test_messages_are_hidden_with_their_conversations():
    month = {("conversations", "", ()): 40, ("conversations", "langue", ("fr",)): 36, ("conversations", "langue", ("ps",)): 4,
             ("messages", "", ()): 300, ("messages", "langue", ("fr",)): 120, ("messages", "langue", ("ps",)): 180}  # fmt: skip
    done = publish({JAN: month}, JAN)
    january = Periode(JAN, JAN)

    assert done.value(january, ("messages", "langue", ("ps",))) is None
    assert done.value(january, ("messages", "langue", ("fr",))) is None
    assert done.value(january, ("messages", "", ())) == 300


def test_a_zero_is_shown_except_for_a_sensitive_need():
    done = published(0, 250, 1)
    january = Periode(JAN, JAN)

    assert done.value(january, ("non_couverts", "defi quartier", (10, "nowhere"))) == 0
    zero = next(key for key, n in done.valeurs[january].items() if n == 0 and key[1] == "besoin")
    assert done.value(january, zero) is None


def test_dangers_are_told_for_a_whole_year_only():
    done = publish({month: {("urgences", "", ()): 5} for month in range(JAN, JAN + 12)}, JAN + 11)

    assert done.value(Periode(JAN, JAN + 11), ("urgences", "", ())) == 60
    assert done.value(Periode(JAN, JAN + 2), ("urgences", "", ())) is None
    assert done.value(Periode(JAN, JAN), ("urgences", "", ())) is None


def test_a_month_that_is_not_over_is_never_shown():
    done = published(0, 250, 2)

    assert done.value(Periode(JAN + 2, JAN + 2), ("demandes", "", ())) is None
    assert done.value(Periode(JAN, JAN + 2), ("demandes", "", ())) is None


def test_the_threshold_can_be_raised_and_lowered_but_not_under_five():
    raw = months(0, 60, 1)
    shown = [
        sum(done.value(Periode(JAN, JAN), key) is not None for key in done.valeurs[Periode(JAN, JAN)])
        for done in (publish(raw, JAN, seuil) for seuil in (5, 11, 50))
    ]

    assert shown[0] > shown[1] > shown[2]
    with pytest.raises(ValueError, match="jamais moins de 5"):
        publish(raw, JAN, 4)


def test_an_empty_journal_has_nothing_to_hide():
    done = publish({}, JAN)

    assert done.value(Periode(JAN, JAN), ("demandes", "", ())) == 0
