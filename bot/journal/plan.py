"""Which counts may ever be published, and how do they add up? The closed plan that suppression protects.

A cell is (mesure, coupe, valeurs): ("orientations", "defi quartier", (3, "etouvie")). Every figure of every page, file and
report is a cell of this plan or is worked out from cells that are shown: nothing else is ever counted for staff outside
the review. So that what protects one table protects all of them, a cell that two tables show is the same cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

Key = tuple[str, str, tuple]

AXES_DU_DEFI = 3
CROISEMENT = 3

# Needs that tell something of a person's safety, health, origin or papers by being asked: even "nobody" is not said.
BESOINS_SENSIBLES = frozenset(
    {
        "violences",
        "sejour-nationalite",
        "sante-mentale",
        "addictions",
        "discriminations",
        "victime-infraction",
        "prevention-sante",
        "hebergement-urgence",
    }
)


@dataclass(frozen=True, slots=True)
class Cube:
    """Counts that share their cuts. `somme` is the measure that the others add up to; `annuel`: one total a year."""

    mesures: tuple[str, ...]
    coupes: tuple[str, ...]
    somme: str | None = None
    annuel: bool = False


CUBES = (
    Cube(
        ("demandes", "orientations", "non_couverts"),
        ("", "defi", "axe", "besoin", "quartier", "defi quartier", "langue", "canal"),
        somme="demandes",
    ),
    Cube(("non_couverts",), ("raison",)),
    Cube(("avis", "aides", "pas_aides"), ("", "defi", "quartier"), somme="avis"),
    Cube(("droits",), ("", "niveau", "droit")),
    Cube(("non_recours",), ("", "type", "droit", "droit type")),
    Cube(("conversations",), ("", "langue", "canal")),
    Cube(("decisions",), ("", "action", "defi")),
    Cube(("urgences",), ("",), annuel=True),
)

# A measure that is shown exactly where another is: many messages of one conversation are no crowd.
SUIT: Mapping[str, str] = {"messages": "conversations"}

# Where a cut comes from: dropping a value gives the cell that it is a part of.
_PARENTS: Mapping[str, Callable[[tuple], tuple[tuple[str, tuple], ...]]] = {
    "": lambda values: (),
    "defi": lambda values: (("", ()),),
    "axe": lambda values: (("defi", values[:1]),),
    "besoin": lambda values: (("axe", values[:2]) if values[0] == AXES_DU_DEFI else ("defi", values[:1]),),
    "quartier": lambda values: (("", ()),),
    "defi quartier": lambda values: (("defi", values[:1]), ("quartier", values[1:])),
    "langue": lambda values: (("", ()),),
    "canal": lambda values: (("", ()),),
    "raison": lambda values: (("", ()),),
    "niveau": lambda values: (("", ()),),
    "type": lambda values: (("", ()),),
    "droit": lambda values: (("", ()),),
    "droit type": lambda values: (("droit", values[:1]), ("type", values[1:])),
    "action": lambda values: (("", ()),),
}

# Two cells that the conversation writes together: what is known of one is known of the other.
_JUMEAUX: tuple[tuple[Key, Key], ...] = ((("pas_aides", "", ()), ("non_couverts", "raison", ("pas_aide",))),)

Equation = tuple[Key, tuple[Key, ...]]


def parents(key: Key) -> tuple[Key, ...]:
    """The cells that this one is a part of, one for each way of adding up."""
    mesure, coupe, values = key
    return tuple((mesure, above, short) for above, short in _PARENTS[coupe](values))


def equations(values: Mapping[Key, int], *, jumeaux: bool = True) -> Iterator[Equation]:
    """Everything a reader knows of how the cells of one period add up: (whole, parts). Cells that are absent are zero.

    `jumeaux`: with the cells written together, in a period where they are equal. Longer periods follow from their months.
    """
    parts: dict[tuple[Key, str], list[Key]] = {}
    for key in values:
        for parent in parents(key):
            parts.setdefault((parent, key[1]), []).append(key)
    for (parent, _), children in parts.items():
        yield parent, tuple(children)
    for cube in CUBES:
        if cube.somme:
            others = tuple(mesure for mesure in cube.mesures if mesure != cube.somme)
            for key in values:
                if key[0] == cube.somme:
                    yield key, tuple(one for mesure in others if (one := (mesure, *key[1:])) in values)
    for left, right in _JUMEAUX if jumeaux else ():
        if left in values and right in values and values[left] == values[right]:
            yield left, (right,)


def sensible(key: Key) -> bool:
    """Whether a zero there is hidden like a small number."""
    return key[1] == "besoin" and key[2][2] in BESOINS_SENSIBLES


def detail(key: Key) -> int:
    """How fine a cell is: 0 for a total, CROISEMENT for a crossing. What is fine is given up before what is not."""
    return CROISEMENT if " " in key[1] else 2 if key[1] == "besoin" else 1 if key[1] else 0


def annual(key: Key) -> bool:
    """Whether it is only ever told for a whole year."""
    return key[0] in _ANNUELS


_ANNUELS = frozenset(mesure for cube in CUBES if cube.annuel for mesure in cube.mesures)
