"""What may be shown of the journal, once it is decided? The counts of every period of the calendar, and those that are hidden."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.journal.periods import Periode, cover
from bot.journal.plan import SUIT, Key, annual


@dataclass(slots=True)
class Publication:
    """What may be shown of some whole years. Made by `bot.journal.suppression.publish`; ask it with `value`."""

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
