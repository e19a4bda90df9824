"""What is a table of figures? The same object for a page, a file, the terminal and the report.

A cell is a text, a number, None (it does not apply: no share of nothing) or MASQUE (it exists and is not shown).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Final

ESPACE: Final = "\u202f"


class Masque:
    """A figure that is not shown, because it is small or would give a small one away."""

    def __repr__(self) -> str:
        return "MASQUE"

    def __str__(self) -> str:
        return "masqué"


MASQUE: Final = Masque()
Cell = str | int | float | None | Masque


@dataclass(frozen=True, slots=True)
class Colonne:
    """`genre` is "texte", "nombre", "part" (0 to 1), "jours" or "ecart" (a difference); `sens` says what it holds."""

    id: str
    nom: str
    genre: str = "nombre"
    sens: str = ""


@dataclass(frozen=True, slots=True)
class Tableau:
    """One table. `graphique` names how it is drawn, if it is: "barres", "mois" or "carte"; `note` speaks of these figures."""

    id: str
    titre: str
    definition: str
    limite: str
    colonnes: tuple[Colonne, ...]
    lignes: tuple[tuple[Cell, ...], ...]
    graphique: str = ""
    note: str = ""

    def column(self, id: str) -> tuple[Cell, ...]:
        index = [colonne.id for colonne in self.colonnes].index(id)
        return tuple(ligne[index] for ligne in self.lignes)


@dataclass(frozen=True, slots=True)
class Noms:
    """What ids are called, for staff: each mapping is id -> French name, in the order in which they are listed."""

    besoins: Mapping[str, str]
    defis: Mapping[int, str]
    axes: Mapping[str, str]
    quartiers: Mapping[str, str]
    langues: Mapping[str, str]
    canaux: Mapping[str, str]
    manquements: Mapping[str, str]
    non_recours: Mapping[str, str]
    niveaux: Mapping[str, str]
    droits: Mapping[str, str]
    actions: Mapping[str, str]
    defi_du_besoin: Mapping[str, int]
    axe_du_besoin: Mapping[str, str | None]


def share(part: int | None, whole: int | None) -> float | Masque | None:
    """A share: hidden when either count is, nothing when there is nothing to share."""
    if part is None or whole is None:
        return MASQUE
    return part / whole if whole else None


def wilson(part: int | None, whole: int | None) -> tuple[Cell, Cell]:
    """Where a share may really be, nineteen times in twenty (Wilson's interval); hidden when either count is."""
    if part is None or whole is None:
        return MASQUE, MASQUE
    if not whole:
        return None, None
    z = 1.959964
    rate = part / whole
    middle = rate + z * z / (2 * whole)
    spread = z * sqrt(rate * (1 - rate) / whole + z * z / (4 * whole * whole))
    scale = 1 + z * z / whole
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def number(value: int | None) -> Cell:
    return MASQUE if value is None else value


def difference(now: int | None, before: int | None) -> Cell:
    return MASQUE if now is None or before is None else now - before


def said(value: Cell, genre: str) -> str:
    """A cell in words, as a page or a paper shows it: « 1 234 », « 62 % », « masqué », « – »."""
    if isinstance(value, Masque):
        return str(value)
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    if genre == "part":
        return f"{round(100 * value)}{ESPACE}%"
    if genre == "jours":
        if not value:
            return "le jour même"
        text = f"{value:.1f}".removesuffix(".0").replace(".", ",")
        return f"{text} jour{'s' if value >= 2 else ''}"
    text = f"{abs(value):,}".replace(",", ESPACE)
    if genre == "ecart":
        return f"+{text}" if value > 0 else f"−{text}" if value < 0 else "0"
    return text if value >= 0 else f"−{text}"


def ordered(found: Iterable[tuple], names: Mapping) -> list[tuple]:
    """Values of a cut in the order of their list, those that the list does not know after, unknown (None) last."""
    rank = {name: index for index, name in enumerate(names)}
    return sorted(found, key=lambda values: (values[-1] is None, rank.get(values[-1], len(rank)), str(values)))


def shown(tableau: Tableau) -> tuple[list[Colonne], list[list[Cell]]]:
    """The columns and lines as one reads them: without codes, the two ends of an interval in one column."""
    kept = [i for i, colonne in enumerate(tableau.colonnes) if colonne.id not in ("id", "part_max")]
    columns = [tableau.colonnes[i] for i in kept]
    place = next((n for n, colonne in enumerate(columns) if colonne.id == "part_min"), None)
    lines = [[line[i] for i in kept] for line in tableau.lignes]
    if place is not None:
        columns[place] = Colonne("part_entre", "Entre", "intervalle", "intervalle de confiance à 95 % (Wilson)")
        for line, high in zip(lines, tableau.column("part_max"), strict=True):
            line[place] = _between(line[place], high)
    return columns, lines


def _between(low: Cell, high: Cell) -> Cell:
    if isinstance(low, float) and isinstance(high, float):
        return f"{round(100 * low)}–{round(100 * high)}{ESPACE}%"
    return low if isinstance(low, Masque) else None
