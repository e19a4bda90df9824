"""Where the journal's rows are: the table, writing to it, the latest rows and the totals.

A row cannot be tied to another: its id is random, it bears a day and no hour, and within a day rows are read in the
order of those random ids. Two rows of one conversation are therefore no closer than two rows of two persons.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from sqlite_utils import Database

from bot.journal.rows import Passage, Row

COLUMNS = ", ".join(field.name for field in fields(Row))


@dataclass(frozen=True, slots=True)
class Total:
    """Counts of one défi in one quarter; None where it was not known."""

    defi: int | None
    quartier: str | None
    orientations: int
    non_couverts: int
    aides: int
    pas_aides: int


def create(db: Database) -> None:
    """Make the table; called by the first migration of the storage."""
    db.execute(
        """
        CREATE TABLE journal (
            id INTEGER PRIMARY KEY,
            jour TEXT NOT NULL,
            genre TEXT NOT NULL,
            raison TEXT,
            besoin TEXT,
            defi INTEGER,
            quartier TEXT,
            langue TEXT NOT NULL,
            canal TEXT NOT NULL,
            mots TEXT
        ) STRICT
        """
    )
    db.execute("CREATE INDEX journal_jour ON journal (jour)")


def extend(db: Database) -> None:
    """Add what rights, take-up and the desk record, the counters, and the indexes of a year's rows (second migration)."""
    for column in (
        "axe TEXT",
        "droit TEXT",
        "non_recours TEXT",
        "motif TEXT",
        "attente_jours INTEGER",
        "remarque TEXT",
    ):
        db.execute(f"ALTER TABLE journal ADD COLUMN {column}")
    # The first answers most counts without reading a row; the others begin with what one filters by.
    for name, columns in (
        ("genre", "genre, jour, defi, quartier, besoin, raison"),
        ("quartier", "quartier, genre, jour"),
        ("defi", "defi, genre, jour"),
        ("besoin", "besoin, genre, jour"),
        ("droit", "droit, genre, jour"),
    ):
        db.execute(f"CREATE INDEX journal_{name} ON journal ({columns})")
    db.execute(
        """
        CREATE TABLE frequentation (
            jour TEXT NOT NULL,
            canal TEXT NOT NULL,
            langue TEXT NOT NULL,
            messages INTEGER NOT NULL,
            conversations INTEGER NOT NULL,
            PRIMARY KEY (jour, canal, langue)
        ) STRICT, WITHOUT ROWID
        """
    )


def count(connection: sqlite3.Connection, passage: Passage) -> None:
    """Add one message, and one conversation when it begins one, in the transaction that is open."""
    connection.execute(
        "INSERT INTO frequentation (jour, canal, langue, messages, conversations) VALUES (?, ?, ?, 1, ?)"
        " ON CONFLICT DO UPDATE SET messages = messages + 1, conversations = conversations + excluded.conversations",
        [passage.jour, passage.canal, passage.langue, int(passage.nouvelle)],
    )


def insert(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Write rows in the transaction that is open."""
    connection.executemany(
        f"INSERT INTO journal (id, {COLUMNS}) VALUES ({', '.join('?' * (1 + len(fields(Row))))})",
        [(secrets.randbits(62), *astuple(row)) for row in rows],
    )


def forget_words(connection: sqlite3.Connection, avant: str) -> int:
    """Erase the words of the rows before an ISO day, in the transaction that is open; how many rows had some.

    The rows stay, so that no count changes.
    """
    return connection.execute(
        "UPDATE journal SET mots = NULL, remarque = NULL WHERE jour < ? AND (mots IS NOT NULL OR remarque IS NOT NULL)",
        [avant],
    ).rowcount


def open_journal(file: Path) -> Database:
    """The journal of a database file, for reading beside a running bot."""
    connection = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
    return Database(connection)


def latest(db: Database, limit: int) -> tuple[Row, ...]:
    """The rows of the last days, newest day first, in no order within a day."""
    found = db.execute(f"SELECT {COLUMNS} FROM journal ORDER BY jour DESC, id LIMIT ?", [limit])
    return tuple(Row(*values) for values in found.fetchall())


def totals(db: Database, du: str = "", au: str = "9999") -> tuple[Total, ...]:
    """Counts by défi and quarter between two ISO days included, in the order of défis then quarters; None come last."""
    found = db.execute(
        """
        SELECT defi, quartier,
               sum(genre = 'orientation'), sum(genre = 'besoin_non_couvert'),
               sum(genre = 'avis' AND raison = 'aide'), sum(genre = 'avis' AND raison = 'pas_aide')
        FROM journal
        WHERE genre <> 'urgence' AND jour BETWEEN ? AND ?
        GROUP BY defi, quartier
        ORDER BY defi IS NULL, defi, quartier IS NULL, quartier
        """,
        [du, au],
    )
    return tuple(Total(*values) for values in found.fetchall())


def urgences(db: Database, du: str = "", au: str = "9999") -> dict[str, int]:
    """How many times each danger was answered, by its id, between two ISO days included."""
    found = db.execute(
        "SELECT raison, count(*) FROM journal WHERE genre = 'urgence' AND jour BETWEEN ? AND ? GROUP BY raison"
        " ORDER BY raison",
        [du, au],
    )
    return dict(found.fetchall())
