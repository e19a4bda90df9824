"""Which tables the SQLite store has, version by version."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from bot import signalements
from bot.accounts import audit
from bot.accounts import table as comptes
from bot.journal import table as journal
from bot.review import table as review

migrations = Migrations("bonneporte")


@migrations()
def m001_inbox_to_journal(db: Database) -> None:
    # A row of the inbox keeps lane, address and body until it is handled, then only (bot, update_id).
    db.execute(
        """
        CREATE TABLE inbox (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            bot TEXT NOT NULL,
            update_id TEXT NOT NULL,
            lane TEXT,
            address TEXT,
            body TEXT,
            ack TEXT,
            received REAL NOT NULL,
            UNIQUE (bot, update_id)
        ) STRICT
        """
    )
    db.execute("CREATE INDEX inbox_lane ON inbox (lane, seq) WHERE body IS NOT NULL")
    db.execute("CREATE INDEX inbox_received ON inbox (received)")
    # One row per conversation that has something to do: `head` is its oldest pending message.
    db.execute("CREATE TABLE lane (lane TEXT PRIMARY KEY, head INTEGER NOT NULL) STRICT, WITHOUT ROWID")
    db.execute("CREATE UNIQUE INDEX lane_head ON lane (head)")
    db.execute(
        "CREATE TABLE conversation (lane TEXT PRIMARY KEY, state TEXT NOT NULL, vu_le REAL NOT NULL)"
        " STRICT, WITHOUT ROWID"
    )
    db.execute("CREATE INDEX conversation_vu_le ON conversation (vu_le)")
    db.execute(
        """
        CREATE TABLE outbox (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            bot TEXT NOT NULL,
            update_id TEXT NOT NULL,
            n INTEGER NOT NULL,
            lane TEXT NOT NULL,
            address TEXT NOT NULL,
            spoken TEXT NOT NULL,
            not_before REAL NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            written REAL NOT NULL,
            urgent INTEGER NOT NULL,
            UNIQUE (bot, update_id, n)
        ) STRICT
        """
    )
    db.execute("CREATE INDEX outbox_lane ON outbox (lane, seq)")
    db.execute("CREATE INDEX outbox_order ON outbox (urgent DESC, seq)")
    # Replies kept for a channel that comes to read them (the web page), as long as the conversation runs.
    db.execute(
        """
        CREATE TABLE fil (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            bot TEXT NOT NULL,
            update_id TEXT NOT NULL,
            n INTEGER NOT NULL,
            lane TEXT NOT NULL,
            spoken TEXT NOT NULL,
            UNIQUE (bot, update_id, n)
        ) STRICT
        """
    )
    db.execute("CREATE INDEX fil_lane ON fil (lane, seq)")
    db.execute("CREATE TABLE bloque (lane TEXT PRIMARY KEY, le REAL NOT NULL) STRICT, WITHOUT ROWID")
    db.execute(
        "CREATE TABLE rebut (seq INTEGER PRIMARY KEY, bot TEXT NOT NULL, genre TEXT NOT NULL, erreur TEXT NOT NULL,"
        " jour TEXT NOT NULL) STRICT"
    )
    journal.create(db)


@migrations()
def m002_journal(db: Database) -> None:
    journal.extend(db)


@migrations()
def m003_comptes(db: Database) -> None:
    comptes.create(db)
    audit.create(db)


@migrations()
def m004_signalements(db: Database) -> None:
    signalements.create(db)


@migrations()
def m005_suivi(db: Database) -> None:
    review.create(db)
