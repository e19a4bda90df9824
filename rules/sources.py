"""What was read from the files of rules, before it is compiled: each part with its document, to say where its faults are."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from directory.datafile import Document, Where
from rules import units
from rules.formula import Ecrit
from rules.model import Bareme, Droit, Fait

# The facts that the language itself knows.
COUPLE, ENFANTS, AGE, NAISSANCE = "couple", "enfants", "age", "naissance"
AGE_ENFANT_MAX = 30
JOUR_MIN, JOUR_MAX = date(1900, 1, 1).toordinal(), date(2100, 1, 1).toordinal()


@dataclass(slots=True)
class Cas:
    """A case of `derive`: when it holds, this is the value."""

    si: Ecrit
    valeur: Any
    where: Where


@dataclass(slots=True)
class FaitEcrit:
    fait: Fait
    document: Document
    where: Where
    derive: tuple[Cas, ...] = ()


@dataclass(slots=True)
class CalculEcrit:
    id: str
    pour: str
    nom: str | None
    unite: units.Unite | None
    formules: tuple[tuple[date | None, Ecrit], ...]
    document: Document
    where: Where


@dataclass(slots=True)
class BaremeEcrit:
    bareme: Bareme
    document: Document
    where: Where


@dataclass(slots=True)
class DroitEcrit:
    droit: Droit
    document: Document
    conditions: Ecrit
    hors_champ: tuple[tuple[Ecrit, str], ...] = ()
    montant: tuple[Ecrit, str, str | None] | None = None
    variantes: tuple[tuple[str, Ecrit], ...] = ()
    pieces_si: tuple[tuple[Ecrit, tuple[str, ...]], ...] = ()


@dataclass(slots=True)
class Sources:
    """Everything that was read, before it is compiled."""

    faits: dict[str, FaitEcrit] = field(default_factory=dict)
    champs: dict[str, FaitEcrit] = field(default_factory=dict)
    calculs: dict[str, CalculEcrit] = field(default_factory=dict)
    baremes: dict[str, BaremeEcrit] = field(default_factory=dict)
    droits: dict[str, DroitEcrit] = field(default_factory=dict)
    # Every id that is written somewhere, its block right or wrong: what calls it is not one more fault.
    declares: set[str] = field(default_factory=set)
