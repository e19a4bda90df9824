"""Who is in: sessions kept on the server, known by the hash of a token that only the browser has."""

from __future__ import annotations

import secrets
import sqlite3
from datetime import datetime, timedelta
from hashlib import sha256

from bot.accounts.model import Compte

ABSOLUTE = timedelta(hours=12)  # a working day: whoever stays longer comes in again
TOUCH_AFTER = 60.0  # seconds between two notes that somebody is still there


def digest(token: str) -> str:
    """What is kept of a token: enough to know it again, nothing to make it from."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def open_session(connection: sqlite3.Connection, compte: Compte, now: datetime) -> str:
    """Let the account in: a new token, never one that was known before."""
    token = secrets.token_urlsafe(32)
    connection.execute(
        "INSERT INTO session (empreinte, compte, ouverte, vue) VALUES (?, ?, ?, ?)",
        [digest(token), compte.id, now.timestamp(), now.timestamp()],
    )
    connection.execute("UPDATE compte SET entre_le = ? WHERE id = ?", [now.date().isoformat(), compte.id])
    return token


def find(connection: sqlite3.Connection, token: str, now: datetime, idle: timedelta) -> tuple[Compte, bool] | None:
    """The account whose session this is, and whether it is time to `touch` it; None when it ended."""
    row = connection.execute(
        """
        SELECT c.id, c.nom, c.role, c.cree_le, c.entre_le, s.vue
        FROM session s JOIN compte c ON c.id = s.compte
        WHERE s.empreinte = ? AND c.actif AND s.vue > ? AND s.ouverte > ?
        """,
        [digest(token), (now - idle).timestamp(), (now - ABSOLUTE).timestamp()],
    ).fetchone()
    if row is None:
        return None
    number, nom, role, cree_le, entre_le, vue = row
    return Compte(number, nom, role, True, True, cree_le, entre_le), now.timestamp() - vue > TOUCH_AFTER


def touch(connection: sqlite3.Connection, token: str, now: datetime) -> None:
    """Somebody is still there."""
    connection.execute("UPDATE session SET vue = ? WHERE empreinte = ?", [now.timestamp(), digest(token)])


def close(connection: sqlite3.Connection, token: str) -> None:
    """End one session."""
    connection.execute("DELETE FROM session WHERE empreinte = ?", [digest(token)])


def close_all(connection: sqlite3.Connection, compte: int, *, besides: str | None = None) -> None:
    """End every session of an account, but the one of token `besides`."""
    connection.execute(
        "DELETE FROM session WHERE compte = ? AND empreinte IS NOT ?", [compte, digest(besides) if besides else None]
    )


def purge(connection: sqlite3.Connection, now: datetime, idle: timedelta) -> None:
    """Forget the sessions that ended by themselves."""
    connection.execute(
        "DELETE FROM session WHERE vue <= ? OR ouverte <= ?", [(now - idle).timestamp(), (now - ABSOLUTE).timestamp()]
    )
