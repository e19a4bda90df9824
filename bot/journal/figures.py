"""What do the figures stand on? The counts of every month that is over, what may be shown of them, the waits by quarter.

`load` reads them; `Memoire` keeps them from one page to the next, as long as the journal's months that are over do not change.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from bot.journal import cells
from bot.journal.periods import Periode, last_closed
from bot.journal.publication import Publication
from bot.journal.suppression import SEUIL, publish
from directory.vocabulary import Vocabulaire


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything an indicator may ask about people. It knows no count that must not be shown.

    `premier` is the first month that has rows, None while no month with rows is over.
    """

    publication: Publication
    attentes: Mapping[int, Mapping[str | None, Mapping[int, int]]]
    premier: int | None
    dernier: int

    @property
    def seuil(self) -> int:
        return self.publication.seuil

    def value(self, periode: Periode, mesure: str, coupe: str = "", *valeurs: object) -> int | None:
        """A count; None when it is hidden."""
        return self.publication.value(periode, (mesure, coupe, valeurs))

    def seen(self, periode: Periode, mesure: str, coupe: str) -> set[tuple]:
        """The values of a cut that appear in a period, hidden or not."""
        return self.publication.keys(periode, mesure, coupe)

    def median_wait(self, periode: Periode, *quartier: str | None) -> float | None:
        """Median of the whole days until the first door shown opens; of one quarter when it is given.

        None when hidden: for a period off the grid (two such periods would tell the months between), when the number of
        orientations is hidden, or when too few of them have a known wait.
        """
        coupe = "quartier" if quartier else ""
        if not periode.de_la_grille or self.value(periode, "orientations", coupe, *quartier) is None:
            return None
        days: dict[int, int] = {}
        for month in range(periode.debut, periode.fin + 1):
            for where, waits in self.attentes.get(month, {}).items():
                if not quartier or where == quartier[0]:
                    for wait, n in waits.items():
                        days[wait] = days.get(wait, 0) + n
        return _median(days) if sum(days.values()) >= self.seuil else None


@dataclass(slots=True)
class Memoire:
    """The figures of the last time, and what they were made from."""

    signature: tuple | None = None
    figures: Figures | None = None


def load(
    connection: sqlite3.Connection,
    vocabulaire: Vocabulaire,
    today: date,
    seuil: int = SEUIL,
    memoire: Memoire | None = None,
) -> Figures:
    """The figures of a journal on a day: every month that is over on that day, and no other."""
    dernier = last_closed(today)
    premier = cells.first_month(connection)
    if premier is None or premier > dernier:
        return Figures(publish({}, dernier, seuil), {}, None, dernier)
    span = Periode(premier, dernier)
    axes = tuple((besoin.id, besoin.axe, besoin.defi) for besoin in vocabulaire.besoins.values())
    signature = (span, seuil, axes, cells.signature(connection, span))
    if memoire is not None and memoire.signature == signature and memoire.figures is not None:
        return memoire.figures
    axe = partial(_axe, {besoin: axe for besoin, axe, _ in axes})
    counts = cells.read(connection, span, axe, [(besoin, defi) for besoin, _, defi in axes])
    figures = Figures(publish(counts.mois, dernier, seuil), counts.attentes, premier, dernier)
    if memoire is not None:
        memoire.signature, memoire.figures = signature, figures
    return figures


def _axe(axes: Mapping[str, str | None], besoin: str | None) -> str | None:
    return axes.get(besoin) if besoin else None


def _median(days: Mapping[int, int]) -> float:
    total, seen = sum(days.values()), 0
    low, high = (total + 1) // 2, total // 2 + 1
    first: int | None = None
    for wait in sorted(days):
        seen += days[wait]
        if first is None and seen >= low:
            first = wait
        if first is not None and seen >= high:
            return (first + wait) / 2
    raise ValueError("no wait at all")
