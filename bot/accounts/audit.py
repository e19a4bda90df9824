"""Who changed what, and when: lines that are added and never changed."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Trace:
    """One line. `le` is a UTC moment, ISO to the second; `compte` is an identifier, or "terminal" for the command line."""

    le: str
    compte: str
    action: str
    objet: str
    detail: str


def create(db: Database) -> None:
    """Make the table; called by the migrations of the storage."""
    db.execute(
        """
        CREATE TABLE audit (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            le TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
            compte TEXT NOT NULL,
            action TEXT NOT NULL,
            objet TEXT NOT NULL,
            detail TEXT NOT NULL
        ) STRICT
        """
    )
    for verb in ("UPDATE", "DELETE"):
        db.execute(
            f"CREATE TRIGGER audit_no_{verb.lower()} BEFORE {verb} ON audit"
            " BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END"
        )


def record(connection: sqlite3.Connection, compte: str, action: str, objet: str = "", detail: str = "") -> None:
    """Add a line in the transaction that is open: `compte` (an identifier) did `action` to `objet`.

    Never give it words of a resident: what it holds is kept.
    """
    connection.execute(
        "INSERT INTO audit (compte, action, objet, detail) VALUES (?, ?, ?, ?)",
        [compte, action, objet[:200], detail[:500]],
    )


def latest(
    connection: sqlite3.Connection, limit: int, *, compte: str = "", action: str = "", avant: int | None = None
) -> tuple[tuple[int, Trace], ...]:
    """The newest lines with their numbers, newest first; those before number `avant` when it is given."""
    found = connection.execute(
        """
        SELECT id, le, compte, action, objet, detail FROM audit
        WHERE (? = '' OR compte = ?) AND (? = '' OR action = ?) AND (? IS NULL OR id < ?)
        ORDER BY id DESC LIMIT ?
        """,
        [compte, compte, action, action, avant, avant, limit],
    )
    return tuple((number, Trace(*values)) for number, *values in found)
