"""Which counts may be shown, so that none below the threshold can be read or worked out? Exact or hidden, never blurred.

Periods are published as they close, in order: a month, then the quarter that it ends, then the half-year, then the year.
What was shown once is never taken back, and what a period shows depends only on months already over; so two exports, at
any two dates, hold nothing that the later one does not hold. In each period:

1. a count below the threshold is hidden (a zero too, for a need that is sensitive by being asked);
2. while some sum is known of which one part is hidden, or parts that together are few, another part is hidden;
3. a coarser period is hidden where its finer ones, already shown, would give what is missing;
4. then the whole system of sums known to a reader is solved (`bot.journal.knowledge`): a hidden cell that it determines,
   or that it holds at its least since no hidden count is zero, costs another one.

A cell that is hidden in one month is hidden in the next one too, until the two together are enough: it costs a month and
saves the year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.journal.knowledge import Cell, System
from bot.journal.periods import Periode, closed_grid
from bot.journal.plan import SUIT, Equation, Key, annual, detail, equations, parents, sensible
from bot.journal.publication import Publication

PLANCHER = 5
SEUIL = 11
FEW = 4  # sums that are loosened at a time


def publish(mois: Mapping[int, Mapping[Key, int]], dernier: int, seuil: int = SEUIL) -> Publication:
    """Decide for every cell of every period of the grid up to the month `dernier`. `mois` holds the counts of each month.

    Pure; the same months give the same decisions, and months that come later change none of them.
    """
    if seuil < PLANCHER:
        raise ValueError(f"le seuil est {seuil} : jamais moins de {PLANCHER}")
    premier = min((month for month in mois if month <= dernier), default=dernier + 1) // 12 * 12
    done = Publication(seuil, premier, dernier)
    for start in range(premier, dernier + 1, 12):
        _Year(done, seuil).close(mois, start, min(start + 11, dernier))
    return done


class _Year:
    """One calendar year while its periods close: years share no sum, so each is decided alone."""

    def __init__(self, done: Publication, seuil: int) -> None:
        self.done = done
        self.seuil = seuil
        # Months hidden so far that no shown coarser period sums up yet, by cell.
        self.waiting: dict[Key, list[Periode]] = {}
        self.known: dict[Periode, list[Equation]] = {}
        # Cells hidden in some month of the year.
        self.spent: set[Key] = set()

    def close(self, mois: Mapping[int, Mapping[Key, int]], first: int, last: int) -> None:
        for periode in closed_grid(first, last):
            if periode.longueur == 1:
                values = dict(mois.get(periode.debut, {}))
            else:
                values = self._sum(periode)
            self.done.valeurs[periode] = {key: n for key, n in values.items() if n or _silent(key, values)}
            self.known[periode] = [
                one
                for one in equations(self.done.valeurs[periode], jumeaux=periode.longueur == 1)
                if not annual(one[0]) and one[0][0] not in SUIT
            ]
            self.done.cachees[periode] = set()
            self._decide(periode)
            self._remember(periode)

    def _sum(self, periode: Periode) -> dict[Key, int]:
        total: dict[Key, int] = {}
        for part in periode.parties():
            for key, n in self.done.valeurs[part].items():
                total[key] = total.get(key, 0) + n
        return total

    # Deciding one period

    def _decide(self, periode: Periode) -> None:
        values, hidden = self.done.valeurs[periode], self.done.cachees[periode]
        for key, n in values.items():
            guide = SUIT.get(key[0])
            if guide is None and (n < self.seuil or self._spare(periode, key, n) or self._gives_away(periode, key)):
                hidden.add(key)
        known = self.known[periode]
        self._balance(periode, known)
        inside = System(self.done)
        for each in _within(periode):
            if each != periode:
                inside = inside.with_period(each, self.known[each])
        while True:
            found, sums = self._found(periode, inside)
            if not found:
                return
            before = len(hidden)
            # A few at a time: what saves one often saves others.
            hidden.update(self._cheap(periode, sums)[:FEW])
            if len(hidden) == before:
                found.sort(key=lambda one: (not self._hideable(periode, one[1]), self._number(one), str(one)))
                for _, key in found[: 1 + len(found) // 4]:
                    self._give_up(periode, key, known)
            if len(hidden) == before and not self._withdraw(periode, found):
                return  # what is left to find was known before this period: hiding cannot help
            self._balance(periode, known)

    def _number(self, cell: Cell) -> int:
        return self.done.valeurs[cell[0]][cell[1]]

    def _cheap(self, periode: Periode, sums: Sequence[Sequence[Key]]) -> list[Key]:
        """One cell of each sum, the smallest of the finest that can be hidden; only those that are as fine as any."""
        values = self.done.valeurs[periode]

        def price(key: Key) -> tuple[int, int, str]:
            return -detail(key), values[key], str(key)

        cells = [min((key for key in keys if self._costs(periode, key)), key=price) for keys in sums]
        finest = max(map(detail, cells), default=0)
        return [key for key in dict.fromkeys(cells) if detail(key) == finest]

    def _spare(self, periode: Periode, key: Key, n: int) -> bool:
        """Whether a period is hidden to keep company to earlier months that are too few to be a secret: told together with
        them by the year, it is one."""
        if periode.longueur == 12 or not n or annual(key):
            return False
        earlier = [each for each in self.waiting.get(key, []) if each.debut < periode.debut]
        if not earlier or self._enough([(self.done.valeurs[each][key], key) for each in earlier]):
            return False
        return periode.longueur == 1 or bool(self._left(periode, key))

    def _gives_away(self, periode: Periode, key: Key) -> bool:
        """Whether a coarser period would tell, with the finer ones already shown, what they hide."""
        if periode.longueur == 1 or annual(key):
            return False
        left = self._left(periode, key)
        return bool(left) and not self._enough([(self.done.valeurs[each][key], key) for each in left])

    def _left(self, periode: Periode, key: Key) -> list[Periode]:
        """The hidden months of a period that no shown part of it sums up: what showing it would tell the sum of."""
        found = []
        for part in periode.parties():
            if key in self.done.cachees[part]:
                found += [part] if part.longueur == 1 else self._left(part, key)
        return found

    def _hideable(self, periode: Periode, key: Key) -> bool:
        """Hiding what shown parts add up to would hide nothing."""
        if key not in self.done.valeurs[periode] or key in self.done.cachees[periode] or key[0] in SUIT:
            return False
        return periode.longueur == 1 or bool(self._left(periode, key))

    def _enough(self, hidden: list[tuple[int, Key]]) -> bool:
        """Whether hidden cells of which a reader knows the sum stay a secret: two at least, a sum above the threshold, and
        room to spare, since each is known to be one at least."""
        total = sum(n for n, _ in hidden)
        room = total - sum(not sensible(key) for _, key in hidden)
        return len(hidden) >= 2 and total >= self.seuil and room >= self.seuil // 2

    def _balance(self, periode: Periode, known: list[Equation]) -> None:
        """Hide until every sum of the period keeps its secret."""
        values, hidden = self.done.valeurs[periode], self.done.cachees[periode]
        changed = True
        while changed:
            changed = False
            for whole, parts in known:
                while not self._keeps(values, hidden, whole, parts):
                    shown = [key for key in parts if self._hideable(periode, key) and values[key]]
                    if not shown and self._hideable(periode, whole):
                        shown = [whole]
                    if not shown:
                        break
                    hidden.add(self._cheapest(values, hidden, parts, shown))
                    changed = True

    def _keeps(self, values: dict[Key, int], hidden: set[Key], whole: Key, parts: tuple[Key, ...]) -> bool:
        secret = [(values[key], key) for key in parts if key in hidden]
        if whole in hidden:
            return bool(secret)
        return not secret or self._enough(secret)

    def _cheapest(self, values: dict[Key, int], hidden: set[Key], parts: tuple[Key, ...], shown: list[Key]) -> Key:
        """The smallest part that is enough with what is hidden already, else the largest of all.

        First those hidden in months before: hidden together again, they can be told together for longer periods.
        """
        secret = [(values[key], key) for key in parts if key in hidden]
        ranked = sorted(shown, key=lambda key: (key not in self.spent, values[key], str(key)))
        return next((key for key in ranked if self._enough([*secret, (values[key], key)])), ranked[-1])

    def _give_up(self, periode: Periode, key: Key, known: list[Equation]) -> None:
        """Hide one more cell of the period among those that a determined cell adds up with."""
        hidden = self.done.cachees[periode]
        if self._hideable(periode, key):
            hidden.add(key)
            return
        near = {one for whole, parts in known if key == whole or key in parts for one in (whole, *parts)}
        if any(self._costs(periode, one) for one in near):
            hidden.update(self._cheap(periode, [sorted(near, key=str)]))

    def _withdraw(self, periode: Periode, found: list[Cell]) -> bool:
        """When nothing near is left to hide: say no more of the finest cut of those measures, or of any. Whether it did."""
        mesures = {key[0] for _, key in found}
        values, hidden = self.done.valeurs[periode], self.done.cachees[periode]
        left = [key for key in values if self._costs(periode, key)]
        for group in ([key for key in left if key[0] in mesures], left):
            if group:
                finest = max(detail(key) for key in group)
                hidden.update(key for key in group if detail(key) == finest)
                return True
        return False

    def _found(self, periode: Periode, inside: System) -> tuple[list[Cell], list[list[Key]]]:
        """The hidden cells that a reader would find out, once the period is told as it stands.

        With, where known, the cells of the period in each sum that gives them away, if it has one that can be hidden.
        """
        found, sums = inside.with_period(periode, self.known[periode]).found_out(periode)
        return found, [keys for keys in sums if any(self._costs(periode, key) for key in keys)]

    def _costs(self, periode: Periode, key: Key) -> bool:
        """Whether it is a number, not a zero, that can still be hidden."""
        return bool(self.done.valeurs[periode].get(key)) and self._hideable(periode, key)

    def _remember(self, periode: Periode) -> None:
        if periode.longueur == 1:
            self.spent |= self.done.cachees[periode]
            for key in self.done.cachees[periode]:
                if self.done.valeurs[periode][key]:
                    self.waiting.setdefault(key, []).append(periode)
            return
        hidden = self.done.cachees[periode]
        for key in [key for key in self.waiting if key not in hidden]:
            left = [each for each in self.waiting[key] if each.debut < periode.debut]
            if left:
                self.waiting[key] = left
            else:
                del self.waiting[key]


def _silent(key: Key, values: Mapping[Key, int]) -> bool:
    """Whether a zero is hidden: not where the whole it is a part of is nothing either."""
    return sensible(key) and all(values.get(parent) for parent in parents(key))


def _within(periode: Periode) -> Iterator[Periode]:
    for part in periode.parties():
        yield from _within(part)
    yield periode
