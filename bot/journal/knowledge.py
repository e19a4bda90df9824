"""What does a reader of everything published know of the counts that are hidden? The system of sums, and what it gives away.

A reader knows every shown count, how cells add up within a period and from a period to its parts, and that a hidden count
is one at least: a zero is shown (but for a sensitive need, where a zero is hidden too).
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.journal.linear import Row, cramped, determined, pinned
from bot.journal.periods import Periode
from bot.journal.plan import Equation, Key, annual, sensible
from bot.journal.publication import Publication

Cell = tuple[Periode, Key]

ROOM = 2  # between the least and the most that a hidden count may be, going from sum to sum
# How far above its least every hidden count is in some world that would be published alike. Any distance would do; it is
# less for longer periods, so that what was free when its month closed is not taken for bound when the year does.
FREE = {1: 0.02, 3: 0.005, 6: 0.002, 12: 0.001}


class System:
    """The hidden cells of some periods, and every sum that ties them. A period comes after its parts."""

    def __init__(self, done: Publication) -> None:
        self.done = done
        self.columns: dict[Cell, int] = {}
        self.rows: list[Row] = []
        # The cells of the last period in each of the last sums.
        self.last: list[list[Key]] = []

    def with_period(self, periode: Periode, known: Sequence[Equation]) -> System:
        """The same with a period as it stands: its hidden cells, the sums within it and those with its parts."""
        more = System(self.done)
        more.columns, more.rows = dict(self.columns), list(self.rows)
        columns, values = more.columns, self.done.valeurs
        for key in sorted(self.done.cachees[periode], key=str):
            if not annual(key):
                columns[periode, key] = len(columns)
        sums: list[tuple[Cell, list[Cell]]] = [
            ((periode, whole), [(periode, part) for part in parts]) for whole, parts in known
        ]
        finer = periode.parties()
        if finer:
            hidden = self.done.cachees[periode].union(*(self.done.cachees[part] for part in finer))
            sums += [((periode, key), [(part, key) for part in finer]) for key in values[periode] if key in hidden]
        for whole, parts in sums:
            row = [(columns[part], -1) for part in parts if part in columns]
            total = sum(values[part[0]].get(part[1], 0) for part in parts if part not in columns)
            if whole in columns:
                row.append((columns[whole], 1))
            else:
                total -= values[periode][whole[1]]
            if row:
                more.rows.append((row, total))
                more.last.append([key for when, key in (whole, *parts) if when == periode])
        return more

    def found_out(self, periode: Periode) -> tuple[list[Cell], list[list[Key]]]:
        """The hidden cells that a reader finds out; with the cells of the last period in the sums that hold them, the
        tightest first, where it is because hidden counts are not zero."""
        names, first = list(self.columns), len(self.rows) - len(self.last)
        least = [0 if sensible(key) else 1 for _, key in names]
        found = determined(names, self.rows) or pinned(names, self.rows, least, ROOM)
        if found:
            return found, []
        truth = [self.done.valeurs[each][key] for each, key in names]
        found, binding = cramped(names, self.rows, least, truth, FREE[periode.longueur])
        return found, [self.last[index - first] for index in binding if index >= first]
