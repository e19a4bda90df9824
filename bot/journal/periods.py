"""Which periods may figures be asked for? Whole months on a fixed calendar: month, quarter, half-year, year.

A month is a number (year * 12 + month - 1), so that a period of the grid begins at a multiple of its length. Only months
that are over are counted: the figures of a running month, read two days in a row, would tell what one person did between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

LONGUEURS = (12, 6, 3, 1)
MOIS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
COURT = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."]


class PeriodError(ValueError):
    """The period cannot be read; the message says what is expected, in French."""


@dataclass(frozen=True, slots=True, order=True)
class Periode:
    """Whole months from `debut` to `fin`, both included, as month numbers."""

    debut: int
    fin: int

    @property
    def longueur(self) -> int:
        return self.fin - self.debut + 1

    @property
    def de_la_grille(self) -> bool:
        """Whether it is a month, a quarter, a half-year or a year of the calendar."""
        return self.longueur in LONGUEURS and self.debut % self.longueur == 0

    @property
    def du(self) -> date:
        return first_day(self.debut)

    @property
    def au(self) -> date:
        return first_day(self.fin + 1) - timedelta(days=1)

    @property
    def nom(self) -> str:
        """« octobre 2026 », « 3e trimestre 2026 », « de novembre 2025 à octobre 2026 »."""
        annee, mois = divmod(self.debut, 12)
        if not self.de_la_grille:
            return f"de {_month_name(self.debut)} à {_month_name(self.fin)}"
        if self.longueur == 12:
            return f"année {annee}"
        if self.longueur == 1:
            return _month_name(self.debut)
        rang = mois // self.longueur + 1
        genre = "trimestre" if self.longueur == 3 else "semestre"
        return f"{rang}{'er' if rang == 1 else 'e'} {genre} {annee}"

    @property
    def nom_court(self) -> str:
        """« oct. 2026 » for one month, else the whole name."""
        return f"{COURT[self.debut % 12]} {self.debut // 12}" if self.longueur == 1 else self.nom

    @property
    def code(self) -> str:
        """« 2026-10 » or « 2026-07/2026-09 », for file names, addresses and exports."""
        return month_code(self.debut) if self.longueur == 1 else f"{month_code(self.debut)}_{month_code(self.fin)}"

    def mois(self) -> Iterator[Periode]:
        return (Periode(each, each) for each in range(self.debut, self.fin + 1))

    def parties(self) -> tuple[Periode, ...]:
        """The next finer periods of the grid: a year is two half-years, a quarter three months; () for a month."""
        if self.longueur == 1:
            return ()
        step = LONGUEURS[LONGUEURS.index(self.longueur) + 1]
        return tuple(Periode(each, each + step - 1) for each in range(self.debut, self.fin + 1, step))


def month_of(day: date) -> int:
    return day.year * 12 + day.month - 1


def first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def month_code(month: int) -> str:
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def last_closed(today: date) -> int:
    """The last month that is over on a day."""
    return month_of(today) - 1


def previous(periode: Periode) -> Periode:
    """The period of the same length just before."""
    return Periode(periode.debut - periode.longueur, periode.debut - 1)


def cover(periode: Periode) -> tuple[Periode, ...]:
    """The largest periods of the grid that make it up, in order."""
    found, start = [], periode.debut
    while start <= periode.fin:
        length = next(each for each in LONGUEURS if start % each == 0 and start + each - 1 <= periode.fin)
        found.append(Periode(start, start + length - 1))
        start += length
    return tuple(found)


def closed_grid(first: int, last: int) -> Iterator[Periode]:
    """Every period of the grid that ends in `first`..`last`, in the order in which they close, finer ones first."""
    for month in range(first, last + 1):
        for length in reversed(LONGUEURS):
            if (month + 1) % length == 0:
                yield Periode(month - length + 1, month)


def usual(today: date, first: int) -> tuple[Periode, ...]:
    """The periods offered by name on a day, from the month `first` on: years, half-years, quarters, months, newest first."""
    last = last_closed(today)
    every = [each for each in closed_grid(first, last) if each.fin >= first]
    return tuple(sorted(every, key=lambda each: (-each.longueur, -each.debut)))


def default(today: date) -> Periode:
    """The last quarter that is over."""
    end = (last_closed(today) + 1) // 3 * 3 - 1
    return Periode(end - 2, end)


def parse(du: str, au: str) -> Periode:
    """The whole months that hold two days (or months): « 2026-01 » to « 2026-03-15 » is January to March 2026."""
    periode = Periode(_month(du, "du"), _month(au, "au"))
    if periode.fin < periode.debut:
        raise PeriodError(f"la période finit ({au}) avant de commencer ({du}). Échangez les deux dates.")
    if periode.longueur > 120:
        raise PeriodError("la période dépasse dix ans. Choisissez-en une plus courte.")
    return periode


def widened(du: str, au: str, periode: Periode) -> bool:
    """Whether days that do not begin or end a month were widened to whole months."""
    return (len(du) > 7 and du != periode.du.isoformat()) or (len(au) > 7 and au != periode.au.isoformat())


def _month(text: str, name: str) -> int:
    match = re.fullmatch(r"(\d{4})-(\d\d)(?:-(\d\d))?", text.strip(), re.ASCII)
    if match:
        annee, mois, jour = (int(each or 1) for each in match.groups())
        try:
            day = date(annee, mois, jour)
        except ValueError:
            day = None
        if day and 2000 <= day.year <= 2100:
            return month_of(day)
    raise PeriodError(f"« {name} » : {text[:20]!r} n'est pas une date. Écrivez 2026-01-31, ou 2026-01 pour un mois.")


def _month_name(month: int) -> str:
    return f"{MOIS[month % 12]} {month // 12}"
