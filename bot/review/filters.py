"""Which unmet needs are asked for? A filter read from an address, said back as one, and turned into SQL.

Every value is looked up in the list it must belong to: an address with anything else is refused whole, never guessed.
The need, the défi and the axis are those of the review: corrected by staff where they were.
"""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date

from bot.review.model import NOUVEAU, Dossier
from bot.review.table import DOSSIER, FROM, REVIEWED, read_dossier

# In a filter: rows where nothing is known.
AUCUN = "-"
PAR_PAGE = 50
TEXTE_MAX = 100

_BESOIN = "coalesce(s.besoin_corrige, j.besoin)"
_DEFI = "CASE WHEN s.besoin_corrige IS NULL THEN j.defi ELSE s.defi_corrige END"
_AXE = "CASE WHEN s.besoin_corrige IS NULL THEN j.axe ELSE s.axe_corrige END"
_ETAT = f"coalesce(s.etat, '{NOUVEAU}')"
# What may be filtered by equality, and where it is.
EXACT: Mapping[str, str] = {
    "quartier": "j.quartier",
    "defi": _DEFI,
    "axe": _AXE,
    "besoin": _BESOIN,
    "droit": "j.droit",
    "raison": "j.raison",
    "motif": "j.motif",
    "non_recours": "j.non_recours",
    "langue": "j.langue",
    "canal": "j.canal",
    "etat": _ETAT,
    "action": "s.action",
}
# What the list may be sorted by; the day breaks ties, then the number, which says nothing.
SORTS: Mapping[str, str] = {
    "jour": "j.jour",
    "besoin": _BESOIN,
    "quartier": "j.quartier",
    "langue": "j.langue",
    "raison": "j.raison",
    "etat": _ETAT,
}


@dataclass(frozen=True, slots=True)
class Filtre:
    """What the list shows. `du` and `au` are ISO days included; "" or None: whatever it is; AUCUN: not known.

    `groupes` keeps only the needs of these groups of like messages, each named by the number of its first need.
    """

    du: str = ""
    au: str = ""
    quartier: str = ""
    defi: str = ""
    axe: str = ""
    besoin: str = ""
    droit: str = ""
    raison: str = ""
    motif: str = ""
    non_recours: str = ""
    langue: str = ""
    canal: str = ""
    etat: str = ""
    action: str = ""
    texte: str = ""
    tri: str = "-jour"
    groupes: tuple[int, ...] = ()

    def query(self, **changes) -> dict[str, str | list[str]]:
        """The filter as the fields of an address, changed so; what is as usual is left out."""
        wanted = replace(self, **changes)
        out: dict[str, str | list[str]] = {}
        for field in fields(self):
            value = getattr(wanted, field.name)
            if field.name == "groupes":
                if value:
                    out["groupe"] = [str(number) for number in value]
            elif value != field.default:
                out[field.name] = value
        return out

    @property
    def actifs(self) -> int:
        """How many fields keep something out, the state left aside."""
        return len(self.query(etat="", tri="-jour"))


def read_filter(
    given: Mapping[str, str], groupes: Iterable[str], listes: Mapping[str, Collection[str]]
) -> tuple[Filtre, list[str]]:
    """The filter of an address and what is wrong with it, in French. `listes` are the values each field may take."""
    values: dict[str, str] = {}
    faults: list[str] = []
    for name in EXACT:
        value = given.get(name, "").strip()
        if value and value != AUCUN and value not in listes[name]:
            faults.append(f"{name} : « {value[:40]} » n’est pas dans la liste.")
        values[name] = value
    for name in ("du", "au"):
        value = given.get(name, "").strip()
        if value and not _is_day(value):
            faults.append(f"{name} : « {value[:40]} » n’est pas un jour (par exemple 2026-11-01).")
        values[name] = value
    if not faults and values["du"] and values["au"] and values["du"] > values["au"]:
        faults.append("La période finit avant de commencer.")
    values["texte"] = " ".join(given.get("texte", "").replace("\x00", " ").split())
    if len(values["texte"]) > TEXTE_MAX:
        faults.append(f"Le texte cherché est trop long : {TEXTE_MAX} caractères au plus.")
    values["tri"] = given.get("tri", "").strip() or "-jour"
    if values["tri"].removeprefix("-") not in SORTS:
        faults.append("Ce tri n’existe pas.")
    numbers = []
    for value in groupes:
        if value.isascii() and value.isdigit() and len(value) <= 19 and int(value) < 1 << 63:
            numbers.append(int(value))
        else:
            faults.append("Ce groupe n’existe pas.")
    return Filtre(**values, groupes=tuple(dict.fromkeys(numbers))), faults


def numbers(connection: sqlite3.Connection, filtre: Filtre, among: Collection[int] | None = None) -> tuple[int, ...]:
    """The numbers of all needs the filter keeps; `among` keeps only these."""
    where, values = _where(connection, filtre, among)
    return tuple(n for (n,) in connection.execute(f"SELECT j.id FROM {FROM} WHERE {where}", values))


def count_by_state(
    connection: sqlite3.Connection, filtre: Filtre, among: Collection[int] | None = None
) -> dict[str, int]:
    """How many needs the filter keeps in each state, its own state left aside; `among` keeps only these numbers."""
    where, values = _where(connection, replace(filtre, etat=""), among)
    found = connection.execute(f"SELECT {_ETAT}, count(*) FROM {FROM} WHERE {where} GROUP BY 1", values)
    return dict(found.fetchall())


def page(
    connection: sqlite3.Connection,
    filtre: Filtre,
    start: int = 0,
    among: Collection[int] | None = None,
    *,
    limit: int = PAR_PAGE,
) -> tuple[Dossier, ...]:
    """A page of the list, from the need of rank `start` (0 first); `among` keeps only these numbers."""
    where, values = _where(connection, filtre, among)
    down = "DESC" if filtre.tri.startswith("-") else "ASC"
    key = SORTS[filtre.tri.removeprefix("-")]
    order = f"{key} {down}" if key == "j.jour" else f"{key} IS NULL, {key} {down}, j.jour DESC"
    found = connection.execute(
        f"SELECT {DOSSIER} FROM {FROM} WHERE {where} ORDER BY {order}, j.id LIMIT ? OFFSET ?",
        [*values, limit, start],
    )
    return tuple(map(read_dossier, found))


def said(connection: sqlite3.Connection, filtre: Filtre, limit: int) -> list[tuple[int, str, str | None, str]]:
    """(number, language, need that counts, words) of the newest needs the filter keeps that have words, oldest first."""
    where, values = _where(connection, filtre)
    found = connection.execute(
        f"SELECT j.id, j.langue, {_BESOIN}, j.mots FROM {FROM} WHERE {where} AND j.mots IS NOT NULL"
        " ORDER BY j.jour DESC, j.id DESC LIMIT ?",
        [*values, limit],
    )
    return found.fetchall()[::-1]


def states(connection: sqlite3.Connection, filtre: Filtre) -> dict[int, str]:
    """The state of each need the filter keeps, groups left aside."""
    where, values = _where(connection, filtre)
    return dict(connection.execute(f"SELECT j.id, {_ETAT} FROM {FROM} WHERE {where}", values).fetchall())


def fold(text: str | None) -> str:
    """Words as they are compared: no case, no accent."""
    if not text:
        return ""
    if text.isascii():
        return text.lower()
    return "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))


def _where(
    connection: sqlite3.Connection, filtre: Filtre, among: Collection[int] | None = None
) -> tuple[str, list[str | int]]:
    parts, values = [REVIEWED], list[str | int]()
    if among is not None:
        parts.append("j.id IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(list(among)))
    for name, column in EXACT.items():
        value = getattr(filtre, name)
        if value == AUCUN:
            parts.append(f"{column} IS NULL")
        elif value:
            parts.append(f"{column} = ?")
            values.append(int(value) if name == "defi" else value)
    if filtre.du:
        parts.append("j.jour >= ?")
        values.append(filtre.du)
    if filtre.au:
        parts.append("j.jour <= ?")
        values.append(filtre.au)
    if filtre.texte:
        connection.create_function("plie", 1, fold, deterministic=True)
        parts.append("(instr(plie(j.mots), ?) OR instr(plie(j.remarque), ?) OR instr(plie(s.remarque), ?))")
        values += [fold(filtre.texte)] * 3
    return " AND ".join(parts), values


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
