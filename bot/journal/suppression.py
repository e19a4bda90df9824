"""Which counts may be shown, so that none below the threshold can be read or worked out? Exact or hidden, never blurred.

Periods are published as they close, in order: a month, then the quarter that it ends, then the half-year, then the year.
What was shown once is never taken back, and what a period shows depends only on months already over; so two exports, at
any two dates, hold nothing that the later one does not hold. In each period:

1. a count below the threshold is hidden (a zero too, for a need that is sensitive by being asked);
2. while some sum is known of which one part is hidden, or parts that together are few, another part is hidden;
3. a coarser period is hidden where its finer ones, already shown, would give what is missing;
4. then the whole system of sums known to a reader is solved: a hidden cell that it determines costs another one.

A cell that is hidden in one month is hidden in the next one too, until the two together are enough: it costs a month and
saves the year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.journal.linear import determined
from bot.journal.periods import Periode, closed_grid, cover
from bot.journal.plan import SUIT, Equation, Key, annual, equations, parents, sensible

PLANCHER = 5
SEUIL = 11


@dataclass(slots=True)
class Publication:
    """What may be shown of some whole years. Make it with `publish`; ask it with `value`."""

    seuil: int
    premier: int
    dernier: int
    valeurs: dict[Periode, dict[Key, int]] = field(default_factory=dict)
    cachees: dict[Periode, set[Key]] = field(default_factory=dict)

    def value(self, periode: Periode, key: Key) -> int | None:
        """The count over a period of whole months; None when it is hidden, or when a month of it is not over.

        A period that is not of the grid is the sum of the periods of the grid that make it up: shown if they all are.
        """
        total = 0
        for each in cover(periode):
            shown = self._shown(each, key)
            if shown is None:
                return None
            total += shown
        return total

    def keys(self, periode: Periode, mesure: str, coupe: str) -> set[tuple]:
        """The values of a cut that were seen at least once in a period, hidden or not."""
        return {
            key[2]
            for each in cover(periode)
            for key in self.valeurs.get(each, ())
            if key[0] == mesure and key[1] == coupe
        }

    def _shown(self, periode: Periode, key: Key) -> int | None:
        if periode.fin > self.dernier or (annual(key) and periode.longueur != 12):
            return None
        if periode.fin < self.premier:
            return 0
        guide = (SUIT.get(key[0], key[0]), *key[1:])
        if guide in self.cachees[periode]:
            return None
        return self.valeurs[periode].get(key, 0)


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

    def close(self, mois: Mapping[int, Mapping[Key, int]], first: int, last: int) -> None:
        for periode in closed_grid(first, last):
            if periode.longueur == 1:
                values = dict(mois.get(periode.debut, {}))
            else:
                values = self._sum(periode)
            self.done.valeurs[periode] = {key: n for key, n in values.items() if n or _silent(key, values)}
            self.known[periode] = [
                one for one in equations(self.done.valeurs[periode]) if not annual(one[0]) and one[0][0] not in SUIT
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
        while found := determined(*self._system(periode)):
            before = len(hidden)
            for _, key in found:
                self._give_up(periode, key, known)
            if len(hidden) == before:
                # Nothing near is left to hide: nothing of these measures is said for this period.
                mesures = {key[0] for _, key in found}
                hidden.update(key for key in values if key[0] in mesures and self._hideable(periode, key))
                if len(hidden) == before:
                    return
            self._balance(periode, known)

    def _spare(self, periode: Periode, key: Key, n: int) -> bool:
        """Whether a month is hidden to keep company to earlier months that are too few to be a secret."""
        if periode.longueur > 1 or not n or annual(key):
            return False
        earlier = self.waiting.get(key, [])
        return bool(earlier) and not self._enough([(self.done.valeurs[each][key], key) for each in earlier])

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
        """The smallest part that is enough with what is hidden already, else the largest of all."""
        secret = [(values[key], key) for key in parts if key in hidden]
        ranked = sorted(shown, key=lambda key: (values[key], key[1], [str(each) for each in key[2]], key[0]))
        return next((key for key in ranked if self._enough([*secret, (values[key], key)])), ranked[-1])

    def _give_up(self, periode: Periode, key: Key, known: list[Equation]) -> None:
        """Hide one more cell of the period among those that a determined cell adds up with."""
        hidden = self.done.cachees[periode]
        if self._hideable(periode, key):
            hidden.add(key)
            return
        values = self.done.valeurs[periode]
        near = {one for whole, parts in known if key == whole or key in parts for one in (whole, *parts)}
        near = {one for one in near if self._hideable(periode, one) and values[one]}
        if near:
            hidden.add(min(near, key=lambda one: (values[one], str(one))))

    # What a reader knows

    def _system(self, periode: Periode) -> tuple[list[tuple[Periode, Key]], list[list[tuple[int, int]]]]:
        """The hidden cells of a period and of all its parts, and every sum that ties them: (column, sign) each."""
        inside = list(_within(periode))
        columns: dict[tuple[Periode, Key], int] = {}
        for each in inside:
            for key in sorted(self.done.cachees[each], key=str):
                if not annual(key):
                    columns[each, key] = len(columns)
        rows = []
        for each in inside:
            values = self.done.valeurs[each]
            for whole, parts in self.known[each]:
                row = [(columns[each, key], -1) for key in parts if (each, key) in columns]
                if (each, whole) in columns:
                    row.append((columns[each, whole], 1))
                if row:
                    rows.append(row)
            finer = each.parties()
            if finer:
                for key in values:
                    row = [(columns[part, key], -1) for part in finer if (part, key) in columns]
                    if (each, key) in columns:
                        row.append((columns[each, key], 1))
                    if row:
                        rows.append(row)
        return list(columns), rows

    def _remember(self, periode: Periode) -> None:
        if periode.longueur == 1:
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
