"""Where accounts are: the table, and every change one may make to it, with its line in the audit trail."""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database

from bot.accounts import audit, sessions
from bot.accounts.model import ADMINISTRATEUR, ROLE_NOMS, AccountFault, Compte, check_role, clean_name

COLUMNS = "id, nom, role, actif, mot_de_passe IS NOT NULL, cree_le, entre_le"


def create(db: Database) -> None:
    """Make the tables of accounts, sessions and links; called by the migrations of the storage."""
    db.execute(
        """
        CREATE TABLE compte (
            id INTEGER PRIMARY KEY,
            nom TEXT NOT NULL UNIQUE,
            role TEXT NOT NULL CHECK (role IN ('mediateur', 'agent', 'administrateur')),
            mot_de_passe TEXT,
            actif INTEGER NOT NULL DEFAULT 1,
            cree_le TEXT NOT NULL DEFAULT (date('now')),
            entre_le TEXT
        ) STRICT
        """
    )
    db.execute(
        "CREATE TABLE session (empreinte TEXT PRIMARY KEY, compte INTEGER NOT NULL REFERENCES compte (id),"
        " ouverte REAL NOT NULL, vue REAL NOT NULL) STRICT, WITHOUT ROWID"
    )
    db.execute(
        "CREATE TABLE lien (empreinte TEXT PRIMARY KEY, genre TEXT NOT NULL, compte INTEGER REFERENCES compte (id),"
        " expire REAL NOT NULL) STRICT, WITHOUT ROWID"
    )


def _compte(row: tuple) -> Compte:
    number, nom, role, actif, secret, cree_le, entre_le = row
    return Compte(number, nom, role, bool(actif), bool(secret), cree_le, entre_le)


def everybody(connection: sqlite3.Connection) -> tuple[Compte, ...]:
    """All accounts, those that work first, by name."""
    return tuple(map(_compte, connection.execute(f"SELECT {COLUMNS} FROM compte ORDER BY actif DESC, nom")))


def by_id(connection: sqlite3.Connection, number: int) -> Compte:
    """The account; AccountFault when there is none."""
    row = connection.execute(f"SELECT {COLUMNS} FROM compte WHERE id = ?", [number]).fetchone()
    if row is None:
        raise AccountFault("Ce compte n’existe pas.")
    return _compte(row)


def by_name(connection: sqlite3.Connection, name: str) -> Compte | None:
    """The account of that identifier, however it is typed."""
    try:
        wanted = clean_name(name)
    except AccountFault:
        return None
    row = connection.execute(f"SELECT {COLUMNS} FROM compte WHERE nom = ?", [wanted]).fetchone()
    return _compte(row) if row else None


def secret(connection: sqlite3.Connection, name: str) -> tuple[Compte | None, str | None]:
    """The account that may come in under that name, with its hash; (None, None) for nobody or a closed account."""
    compte = by_name(connection, name)
    if compte is None or not compte.actif:
        return None, None
    (kept,) = connection.execute("SELECT mot_de_passe FROM compte WHERE id = ?", [compte.id]).fetchone()
    return compte, kept


def has_administrator(connection: sqlite3.Connection, *, besides: int | None = None) -> bool:
    """True when an administrator with a password can come in, somebody else than account `besides`."""
    return bool(
        connection.execute(
            "SELECT 1 FROM compte WHERE role = ? AND actif AND mot_de_passe IS NOT NULL AND id IS NOT ?",
            [ADMINISTRATEUR, besides],
        ).fetchone()
    )


def add(connection: sqlite3.Connection, par: str, name: str, role: str) -> Compte:
    """A new account with no password yet: its owner chooses it through a link."""
    nom = clean_name(name)
    check_role(role)
    if by_name(connection, nom):
        raise AccountFault(f"L’identifiant « {nom} » est déjà pris.")
    number = connection.execute("INSERT INTO compte (nom, role) VALUES (?, ?)", [nom, role]).lastrowid
    audit.record(connection, par, "compte créé", nom, ROLE_NOMS[role])
    return by_id(connection, number or 0)


def set_password(
    connection: sqlite3.Connection, par: str, compte: Compte, hashed: str, *, keep_session: str | None = None
) -> None:
    """Replace the password; every session of the account ends, but the one of token `keep_session`."""
    connection.execute("UPDATE compte SET mot_de_passe = ? WHERE id = ?", [hashed, compte.id])
    connection.execute("DELETE FROM lien WHERE compte = ?", [compte.id])
    sessions.close_all(connection, compte.id, besides=keep_session)
    audit.record(connection, par, "mot de passe changé", compte.nom)


def rehash(connection: sqlite3.Connection, compte: Compte, hashed: str) -> None:
    """The same password under the settings of today."""
    connection.execute("UPDATE compte SET mot_de_passe = ? WHERE id = ?", [hashed, compte.id])


def set_role(connection: sqlite3.Connection, par: str, number: int, role: str) -> Compte:
    """Change the role; the last administrator keeps theirs."""
    compte = by_id(connection, number)
    check_role(role)
    if role != compte.role:
        _keep_one_administrator(connection, compte)
        connection.execute("UPDATE compte SET role = ? WHERE id = ?", [role, number])
        audit.record(connection, par, "rôle changé", compte.nom, f"{ROLE_NOMS[compte.role]} → {ROLE_NOMS[role]}")
    return by_id(connection, number)


def set_active(connection: sqlite3.Connection, par: str, number: int, active: bool) -> Compte:
    """Close an account (its sessions and links end at once) or open it again; the last administrator stays."""
    compte = by_id(connection, number)
    if compte.actif and not active:
        _keep_one_administrator(connection, compte)
        sessions.close_all(connection, number)
        connection.execute("DELETE FROM lien WHERE compte = ?", [number])
    if compte.actif != active:
        connection.execute("UPDATE compte SET actif = ? WHERE id = ?", [int(active), number])
        audit.record(connection, par, "compte rouvert" if active else "compte désactivé", compte.nom)
    return by_id(connection, number)


def _keep_one_administrator(connection: sqlite3.Connection, compte: Compte) -> None:
    if compte.role == ADMINISTRATEUR and not has_administrator(connection, besides=compte.id):
        raise AccountFault("C’est le dernier administrateur : nommez-en un autre d’abord.")
