"""Which entries of the directory are said to be wrong, and where is each to be changed?

A médiateur says what is wrong from the page of a place; whoever keeps the directory sees the file and the line, corrects
the YAML, and closes the report. Reports are about places: nothing of a resident is asked or kept.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from directory.catalogue import Directory
from directory.datafile import AVIS, Problem, read, shown
from directory.model import Lieu

LONGUEUR = 300
NOUVEAU, CORRIGE, ECARTE = "nouveau", "corrige", "ecarte"
ETATS = (NOUVEAU, CORRIGE, ECARTE)

# What can be said to be wrong, in the words of the data, and the keys where it stands in a place's file.
CHAMPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "telephone": ("le téléphone est faux", ("telephone", "sms")),
    "horaires": ("les horaires sont faux", ("horaires_accueil", "horaires_texte")),
    "adresse": ("le lieu a déménagé", ("adresse",)),
    "ferme": ("le lieu a fermé", ("etat",)),
    "autre": ("autre chose est faux", ("id",)),
}


@dataclass(frozen=True, slots=True)
class Signalement:
    """One report. `par` and `traite_par` are names of accounts; `le` and `traite_le` are ISO moments."""

    id: int
    lieu: str
    service: str | None
    champ: str
    remarque: str | None
    etat: str
    par: str
    le: str
    traite_par: str | None = None
    traite_le: str | None = None


COLUMNS = "id, lieu, service, champ, remarque, etat, par, le, traite_par, traite_le"


def create(db: Database) -> None:
    """Make the table; called by the migrations of the storage."""
    db.execute(
        """
        CREATE TABLE signalement (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            lieu TEXT NOT NULL,
            service TEXT,
            champ TEXT NOT NULL,
            remarque TEXT,
            etat TEXT NOT NULL,
            par TEXT NOT NULL,
            le TEXT NOT NULL,
            traite_par TEXT,
            traite_le TEXT
        ) STRICT
        """
    )
    db.execute("CREATE INDEX signalement_etat ON signalement (etat, id)")


def add(
    connection: sqlite3.Connection, lieu: str, service: str | None, champ: str, remarque: str, par: str, le: str
) -> int:
    """Write a report in the transaction that is open; its number. The remark is cut to LONGUEUR characters."""
    # What a terminal would obey, or what turns the letters round, is no part of a remark.
    plain = "".join(char if char.isprintable() else " " for char in remarque)
    words = " ".join(plain.split())[:LONGUEUR] or None
    found = connection.execute(
        "INSERT INTO signalement (lieu, service, champ, remarque, etat, par, le) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [lieu, service, champ, words, NOUVEAU, par, le],
    )
    return int(found.lastrowid or 0)


def settle(connection: sqlite3.Connection, number: int, etat: str, par: str, le: str) -> bool:
    """Give a report its state, in the transaction that is open. False: no such report, or no such state."""
    if etat not in ETATS:
        return False
    by, when = (None, None) if etat == NOUVEAU else (par, le)
    changed = connection.execute(
        "UPDATE signalement SET etat = ?, traite_par = ?, traite_le = ? WHERE id = ?", [etat, by, when, number]
    )
    return changed.rowcount == 1


def reports(connection: sqlite3.Connection, etat: str | None = NOUVEAU, limit: int = 500) -> tuple[Signalement, ...]:
    """The latest reports first; `etat` None gives those of every state."""
    found = connection.execute(
        f"SELECT {COLUMNS} FROM signalement WHERE ?1 IS NULL OR etat = ?1 ORDER BY id DESC LIMIT ?2", [etat, limit]
    )
    return tuple(Signalement(*values) for values in found.fetchall())


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many reports are in each state."""
    found = dict(connection.execute("SELECT etat, count(*) FROM signalement GROUP BY etat").fetchall())
    return {etat: found.get(etat, 0) for etat in ETATS}


def where(folder: Path, lieu: Lieu, service: str | None, champ: str) -> tuple[str, int]:
    """The file and the line to change: the key itself when the entry has it, else the entry."""
    path = Path(folder) / lieu.fichier
    document, _ = read(path)
    if document is None:
        return shown(path), lieu.ligne
    keys = CHAMPS[champ][1] if champ in CHAMPS else ()
    if service:
        for group in ("services", "permanences"):
            items = document.data.get(group, []) if isinstance(document.data, dict) else []
            for index, item in enumerate(items):
                if isinstance(item, dict) and item.get("id") == service:
                    own = next((key for key in keys if key in item), None)
                    if own:
                        return document.name, document.line((group, index, own))
    own = next((key for key in keys if key in document.data), "id")
    return document.name, document.line((own,))


def problems(file: Path, folder: Path, directory: Directory) -> Iterator[Problem]:
    """The open reports of a database file as notices with file and line, for `bonneporte check --avis`."""
    if not file.exists():
        return
    connection = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
    try:
        found = reports(connection)
    except sqlite3.OperationalError:
        return  # a database from before the reports
    finally:
        connection.close()
    for one in found:
        lieu = directory.lieux.get(one.lieu)
        if lieu is None:
            continue
        said = CHAMPS[one.champ][0] if one.champ in CHAMPS else one.champ
        remark = f" « {one.remarque} »" if one.remarque else ""
        message = (
            f"signalé le {one.le[:10]} (n° {one.id}) : {said}.{remark} Vérifiez, corrigez, puis classez-le au bureau."
        )
        yield Problem(*where(folder, lieu, one.service, one.champ), message, AVIS)
