"""Is a day a public holiday, or in the school holidays of the zone?

Both lists come from dated files. Outside the dates that a file covers the answer is "not known", and nobody guesses.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Vacances:
    """School holidays, first and last day included."""

    nom: str
    du: date
    au: date


@dataclass(frozen=True, slots=True)
class Calendrier:
    """Public holidays by day, school holidays in order, and the dates that each list covers (None: covers nothing)."""

    feries: dict[date, str] = field(default_factory=dict)
    feries_du: date | None = None
    feries_au: date | None = None
    vacances: tuple[Vacances, ...] = ()
    vacances_du: date | None = None
    vacances_au: date | None = None

    def knows_feries(self, day: date) -> bool:
        return self.feries_du is not None and self.feries_du <= day <= self.feries_au

    def knows_vacances(self, day: date) -> bool:
        return self.vacances_du is not None and self.vacances_du <= day <= self.vacances_au

    def ferie(self, day: date) -> str | None:
        """The name of the public holiday of that day, in French; None when it is none, or when not known."""
        return self.feries.get(day)

    def vacances_of(self, day: date) -> str | None:
        """The name of the school holidays of that day, in French; None when there are none, or when not known."""
        return next((period.nom for period in self.vacances if period.du <= day <= period.au), None)
