"""What each operation of the SQLite store does to its rows, inside a transaction that is open."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from bot.conversation.state import Conversation
from bot.journal import table as journal
from bot.spoken import Spoken
from bot.storage.base import Claim, DeadLetter, Outcome, Received, incoming_from_json, incoming_to_json

THREAD = 20  # replies kept for a channel that comes to read them


def receive(db: sqlite3.Connection, message: Received) -> bool:
    stored = db.execute(
        "INSERT INTO inbox (bot, update_id, lane, address, body, ack, received) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        [
            message.bot,
            message.update_id,
            message.lane,
            message.address,
            json.dumps(incoming_to_json(message.incoming)),
            message.ack,
            message.received.timestamp(),
        ],
    )
    if stored.rowcount == 0:
        return False
    db.execute(
        "INSERT INTO lane (lane, head) VALUES (?, ?) ON CONFLICT (lane) DO NOTHING", [message.lane, stored.lastrowid]
    )
    db.execute("DELETE FROM bloque WHERE lane = ?", [message.lane])
    return True


def handled(db: sqlite3.Connection, seq: int, lane: str) -> bool:
    """Erase the words, move the lane on. True when it has more to do."""
    db.execute("UPDATE inbox SET lane = NULL, address = NULL, body = NULL, ack = NULL WHERE seq = ?", [seq])
    (head,) = db.execute("SELECT min(seq) FROM inbox WHERE lane = ? AND body IS NOT NULL", [lane]).fetchone()
    if head is None:
        db.execute("DELETE FROM lane WHERE lane = ?", [lane])
        return False
    db.execute("UPDATE lane SET head = ? WHERE lane = ?", [head, lane])
    return True


def finish(db: sqlite3.Connection, claim: Claim, outcome: Outcome) -> bool:
    message, now = claim.message, outcome.conversation.vu_le if outcome.conversation else None
    waiting = db.execute("SELECT 1 FROM inbox WHERE seq = ? AND body IS NOT NULL", [claim.seq]).fetchone()
    if waiting is None:
        # Finished already, or erased meanwhile: nothing of it may come back.
        return db.execute("SELECT 1 FROM lane WHERE lane = ?", [message.lane]).fetchone() is not None
    more = handled(db, claim.seq, message.lane)
    if outcome.erase:
        forget(db, message.lane)
    elif outcome.conversation is not None:
        state = outcome.conversation
        db.execute(
            "INSERT OR REPLACE INTO conversation (lane, state, vu_le) VALUES (?, ?, ?)",
            [message.lane, json.dumps(state.to_json()), (now or message.received).timestamp()],
        )
    journal.insert(db, outcome.rows)
    if outcome.passage is not None:
        journal.count(db, outcome.passage)
    if outcome.keep:
        if not outcome.erase:
            keep_replies(db, message, outcome.replies)
    elif db.execute("SELECT 1 FROM bloque WHERE lane = ?", [message.lane]).fetchone() is None:
        write_letters(db, message, outcome.replies, (now or message.received).timestamp())
    return more


def write_letters(db: sqlite3.Connection, message: Received, replies: Sequence[Spoken], written: float) -> None:
    db.executemany(
        "INSERT INTO outbox (bot, update_id, n, lane, address, spoken, not_before, written, urgent)"
        " VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?) ON CONFLICT DO NOTHING",
        [
            (
                message.bot,
                message.update_id,
                n,
                message.lane,
                message.address,
                json.dumps(spoken.to_json()),
                written,
                int(spoken.urgent),
            )
            for n, spoken in enumerate(replies)
        ],
    )


def keep_replies(db: sqlite3.Connection, message: Received, replies: Sequence[Spoken]) -> None:
    db.executemany(
        "INSERT INTO fil (bot, update_id, n, lane, spoken) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [
            (message.bot, message.update_id, n, message.lane, json.dumps(spoken.to_json()))
            for n, spoken in enumerate(replies)
        ],
    )
    db.execute(
        "DELETE FROM fil WHERE lane = ? AND seq NOT IN (SELECT seq FROM fil WHERE lane = ? ORDER BY seq DESC LIMIT ?)",
        [message.lane, message.lane, THREAD],
    )


def forget(db: sqlite3.Connection, lane: str) -> None:
    db.execute("DELETE FROM conversation WHERE lane = ?", [lane])
    db.execute("DELETE FROM fil WHERE lane = ?", [lane])


def bury(db: sqlite3.Connection, dead: DeadLetter) -> None:
    db.execute(
        "INSERT INTO rebut (bot, genre, erreur, jour) VALUES (?, ?, ?, ?)",
        [dead.bot, dead.genre, dead.erreur, dead.jour],
    )


def read_message(
    bot: str, update_id: str, lane: str, address: str, body: str, received: float, ack: str | None
) -> Received:
    return Received(bot, update_id, lane, address, incoming_from_json(json.loads(body)), moment(received), ack)


def read_conversation(state: str | None) -> Conversation | None:
    if state is None:
        return None
    # A state nobody can read any more is a conversation that starts again.
    with contextlib.suppress(ValueError, KeyError, TypeError):
        return Conversation.from_json(json.loads(state))
    return None


def read_spoken(text: str) -> Spoken:
    data: Any = json.loads(text)
    return Spoken.from_json(data)


def moment(stamp: float) -> datetime:
    return datetime.fromtimestamp(stamp, UTC)


def day(stamp: float) -> str:
    return moment(stamp).date().isoformat()


def truncate_log(db: sqlite3.Connection) -> None:
    """Empty the write-ahead log, unless somebody is reading: they are not waited for, and the next time will do."""
    (busy,) = db.execute("PRAGMA busy_timeout").fetchone()
    db.execute("PRAGMA busy_timeout = 0")
    try:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        db.execute(f"PRAGMA busy_timeout = {busy}")
