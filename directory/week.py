"""What does the usual week of a place look like, ready for sentences or a table in any language?

Made from the same reading of the hours as `directory.hours`; a property test keeps that reading equal to the library's.
"""

from __future__ import annotations

from dataclasses import dataclass

from directory.osm import MINUIT, Expression, Jour, Plage, parse


@dataclass(frozen=True, slots=True)
class Ligne:
    """A line of a table of hours: these days, in these months and weeks, these hours (none: closed)."""

    jours: tuple[Jour, ...]
    plages: tuple[Plage, ...]
    mois: tuple[tuple[int, int], ...] = ()
    semaines: str | None = None


@dataclass(frozen=True, slots=True)
class Semaine:
    """The usual week, ready for sentences or a table in any language. `feries` is "ferme", "ouvert" or None (not said)."""

    lignes: tuple[Ligne, ...]
    feries: str | None = None
    permanent: bool = False


def week(osm: str) -> Semaine:
    """The week that a string describes, with days of equal hours together and replaced days already taken out.

    Raises OsmError outside the subset.
    """
    expression = parse(osm)
    if expression.permanent:
        return Semaine((Ligne(tuple(Jour(n) for n in range(7)), (Plage(0, MINUIT),)),), "ouvert", True)
    feries = None
    hours: dict[tuple[tuple[tuple[int, int], ...], str | None, Jour], tuple[Plage, ...]] = {}
    for regle in expression.regles:
        if regle.feries:
            feries = "ouvert" if regle.plages else "ferme"
            if not regle.jours:
                continue
        for jour in regle.jours or tuple(Jour(n) for n in range(7)):
            hours[regle.mois, regle.semaines, jour] = regle.plages
    groups: dict[tuple, list[Jour]] = {}
    for (mois, semaines, jour), plages in hours.items():
        # A day off all year round is simply absent from the table; off in some months or weeks, it has to be said.
        if plages or mois or semaines or jour.rang is not None:
            groups.setdefault((mois, semaines, plages, jour.rang is not None), []).append(jour)
    lignes = [
        Ligne(tuple(sorted(jours, key=_position)), plages, mois, semaines)
        for (mois, semaines, plages, _), jours in groups.items()
    ]
    return Semaine(tuple(lignes), feries)


def overlaps(expression: Expression) -> list[Jour]:
    """Weekdays that two rules of the same season give hours to: the later one silently replaces the earlier one."""
    seen: set[tuple] = set()
    twice = []
    for regle in expression.regles:
        if not regle.plages:
            continue
        for jour in regle.jours:
            if jour.rang is not None:
                continue
            key = (regle.mois, regle.semaines, jour)
            if key in seen:
                twice.append(jour)
            seen.add(key)
    return twice


def _position(jour: Jour) -> tuple[int, int]:
    return jour.numero, 0 if jour.rang is None else jour.rang % 7
