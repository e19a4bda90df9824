"""How somebody comes in for the first time: a link that works once, for a while, and says nothing if it is read twice."""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.accounts import audit
from bot.accounts.model import AccountFault, Compte
from bot.accounts.sessions import digest
from bot.accounts.table import by_id, has_administrator

FIRST, ACCESS = "premier", "acces"
LIFE = {FIRST: timedelta(hours=24), ACCESS: timedelta(days=7)}
OVER = "Ce lien a déjà servi ou n’est plus valable."


@dataclass(frozen=True, slots=True)
class Lien:
    """A link in force: "premier" makes the first administrator, "acces" lets `compte` choose a password."""

    genre: str
    compte: Compte | None


def first(connection: sqlite3.Connection, now: datetime) -> str | None:
    """The token of a fresh link for the first administrator, older ones ended; None when there is an administrator."""
    if has_administrator(connection):
        return None
    connection.execute("DELETE FROM lien WHERE genre = ?", [FIRST])
    return _add(connection, FIRST, None, now)


def access(connection: sqlite3.Connection, par: str, number: int, now: datetime) -> str:
    """The token of a fresh link by which an account chooses its password, older ones ended."""
    compte = by_id(connection, number)
    if not compte.actif:
        raise AccountFault("Ce compte est désactivé : rouvrez-le d’abord.")
    connection.execute("DELETE FROM lien WHERE compte = ?", [number])
    audit.record(connection, par, "lien d’accès donné", compte.nom)
    return _add(connection, ACCESS, number, now)


def peek(connection: sqlite3.Connection, genre: str, token: str, now: datetime) -> Lien:
    """The link of that token, still unused; AccountFault when it is over."""
    row = connection.execute(
        "SELECT compte FROM lien WHERE empreinte = ? AND genre = ? AND expire > ?",
        [digest(token), genre, now.timestamp()],
    ).fetchone()
    if row is None or (genre == FIRST and has_administrator(connection)):
        raise AccountFault(OVER)
    return Lien(genre, by_id(connection, row[0]) if row[0] is not None else None)


def use(connection: sqlite3.Connection, genre: str, token: str, now: datetime) -> Lien:
    """Take the link: it works no more, if the transaction that is open succeeds."""
    lien = peek(connection, genre, token, now)
    connection.execute("DELETE FROM lien WHERE empreinte = ?", [digest(token)])
    return lien


def _add(connection: sqlite3.Connection, genre: str, compte: int | None, now: datetime) -> str:
    token = secrets.token_urlsafe(24)
    connection.execute("DELETE FROM lien WHERE expire <= ?", [now.timestamp()])
    connection.execute(
        "INSERT INTO lien (empreinte, genre, compte, expire) VALUES (?, ?, ?, ?)",
        [digest(token), genre, compte, (now + LIFE[genre]).timestamp()],
    )
    return token
