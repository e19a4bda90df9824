"""Where the review is kept: what stands now (`suivi`) and every version there was (`suivi_historique`, only added to).

The view `journal_corrige` is the journal as the review sees it: the same columns, with the need, the défi and the axis
that staff gave to what had been misunderstood. Published figures count the journal as it was written: one that was
shown never changes, so that two reports tell no more than each of them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import fields

from sqlite_utils import Database

from bot.journal.rows import Row
from bot.review.model import ACTIONS, ETATS, NOUVEAU, RIEN, Dossier, Examen, Suivi

_ROW = tuple(field.name for field in fields(Row))
_SUIVI = ("version", "etat", "action", "remarque", "besoin_corrige", "par", "le", "lot")
# What reads a Dossier, from `journal j LEFT JOIN suivi s`.
DOSSIER = ", ".join(("j.id", *(f"j.{name}" for name in _ROW), *(f"s.{name}" for name in _SUIVI)))
FROM = "journal j LEFT JOIN suivi s ON s.journal_id = j.id"
# Only unmet needs are reviewed.
REVIEWED = "j.genre = 'besoin_non_couvert'"


def create(db: Database) -> None:
    """Make the tables and the view; called by the migrations of the storage, after the journal's."""
    state = f"""
            etat TEXT NOT NULL CHECK (etat IN ({_listed(ETATS)})),
            action TEXT CHECK (action IN ({_listed(ACTIONS)})),
            remarque TEXT,
            besoin_corrige TEXT,
            defi_corrige INTEGER,
            axe_corrige TEXT,
            par TEXT NOT NULL,
            le TEXT NOT NULL,
            jour TEXT NOT NULL,
            lot TEXT"""
    db.execute(
        f"""
        CREATE TABLE suivi (
            journal_id INTEGER PRIMARY KEY REFERENCES journal (id),
            version INTEGER NOT NULL,{state}
        ) STRICT
        """
    )
    db.execute("CREATE INDEX suivi_besoin ON suivi (besoin_corrige) WHERE besoin_corrige IS NOT NULL")
    db.execute(
        f"""
        CREATE TABLE suivi_historique (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            journal_id INTEGER NOT NULL REFERENCES journal (id),
            version INTEGER NOT NULL,{state},
            UNIQUE (journal_id, version)
        ) STRICT
        """
    )
    db.execute("CREATE INDEX suivi_historique_jour ON suivi_historique (jour)")
    db.execute("CREATE INDEX suivi_historique_lot ON suivi_historique (lot) WHERE lot IS NOT NULL")
    for verb in ("UPDATE", "DELETE"):
        db.execute(
            f"CREATE TRIGGER suivi_historique_no_{verb.lower()} BEFORE {verb} ON suivi_historique"
            " BEGIN SELECT RAISE(ABORT, 'the history of the review is never changed'); END"
        )
    corrected = {"besoin": "besoin_corrige", "defi": "defi_corrige", "axe": "axe_corrige"}
    columns = [
        f"CASE WHEN s.besoin_corrige IS NULL THEN j.{name} ELSE s.{corrected[name]} END AS {name}"
        if name in corrected
        else f"j.{name}"
        for name in _ROW
    ]
    db.execute(f"CREATE VIEW journal_corrige AS SELECT j.id, {', '.join(columns)} FROM {FROM}")
    # Finds at once whose words have become too old to keep.
    db.execute("CREATE INDEX journal_mots ON journal (jour) WHERE mots IS NOT NULL OR remarque IS NOT NULL")


def read_dossier(values: tuple) -> Dossier:
    """A Dossier from the columns of DOSSIER."""
    number, row, kept = values[0], values[1 : 1 + len(_ROW)], values[1 + len(_ROW) :]
    return Dossier(number, Row(*row), _read_suivi(kept))


def _read_suivi(values: tuple) -> Suivi:
    version, etat, action, remarque, besoin, par, le, lot = values
    return RIEN if version is None else Suivi(version, Examen(etat, action, remarque, besoin), par, le, lot)


def dossier(connection: sqlite3.Connection, number: int) -> Dossier | None:
    """One unmet need; None when there is none of that number."""
    found = connection.execute(f"SELECT {DOSSIER} FROM {FROM} WHERE j.id = ? AND {REVIEWED}", [number]).fetchone()
    return read_dossier(found) if found else None


def dossiers(connection: sqlite3.Connection, numbers: Iterable[int]) -> tuple[Dossier, ...]:
    """The unmet needs of these numbers, those that exist, each once, in the order given."""
    wanted = list(dict.fromkeys(numbers))
    rows = connection.execute(
        f"SELECT {DOSSIER} FROM {FROM} WHERE j.id IN (SELECT value FROM json_each(?)) AND {REVIEWED}",
        [json.dumps(wanted)],
    )
    found = {values[0]: read_dossier(values) for values in rows}
    return tuple(found[number] for number in wanted if number in found)


def history(connection: sqlite3.Connection, number: int) -> tuple[Suivi, ...]:
    """Every version of the review of a need, newest first."""
    found = connection.execute(
        f"SELECT {', '.join(_SUIVI)} FROM suivi_historique WHERE journal_id = ? ORDER BY version DESC", [number]
    )
    return tuple(map(_read_suivi, found))


def mark(connection: sqlite3.Connection) -> int:
    """A number that grows with every change of the review: what was changed after it is new to who holds it."""
    return connection.execute("SELECT coalesce(max(seq), 0) FROM suivi_historique").fetchone()[0]


def new_count(connection: sqlite3.Connection) -> int:
    """How many unmet needs nobody has read yet."""
    return connection.execute(
        f"SELECT count(*) FROM {FROM} WHERE {REVIEWED} AND (s.etat IS NULL OR s.etat = ?)", [NOUVEAU]
    ).fetchone()[0]


def _listed(values: Iterable[str]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def rights(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The rights that unmet needs name."""
    found = connection.execute(
        "SELECT DISTINCT droit FROM journal WHERE droit IS NOT NULL AND genre = 'besoin_non_couvert' ORDER BY droit"
    )
    return tuple(one for (one,) in found)
