"""How storage keeps its promises in one SQLite file: WAL, a full sync at every commit, one process."""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, TypeVar

from sqlite_utils import Database

from bot.journal import table as journal
from bot.spoken import Spoken
from bot.storage import sqlite_rows as sql
from bot.storage.base import (
    Claim,
    Counts,
    DeadLetter,
    Letter,
    Outcome,
    Received,
    Retention,
    StoreUnavailable,
)
from bot.storage.reader import Reader, refusing_writes
from bot.storage.schema import migrations
from bot.storage.writer import Writer

T = TypeVar("T")
FILE = "bonneporte.db"
TABLES = ("inbox", "lane", "conversation", "outbox", "fil", "bloque", "rebut", "journal", "frequentation")


def open_store(folder: Path, *, busy: float = 5.0) -> SqliteStore:
    """Open the database of a data folder, made and migrated as needed; StoreUnavailable when another process has it.

    `busy` is how many seconds a locked database is waited for.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / f"{FILE}.verrou").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            raise StoreUnavailable(
                f"{folder}: ce dossier de données sert déjà à un autre processus. Arrêtez-le, ou réglez BONNEPORTE_DATA."
            ) from None
        file = folder / FILE
        return _open(str(file), busy, lock, Reader(f"{file.resolve().as_uri()}?mode=ro", busy))
    except (OSError, sqlite3.Error) as error:
        raise StoreUnavailable(f"{folder}: base de données impossible à ouvrir: {error}") from error


@contextmanager
def beside(folder: Path, *, busy: float = 10.0) -> Iterator[sqlite3.Connection]:
    """One transaction on the database of a data folder, made as needed, while a service may be running on it.

    For the command line. Raises StoreUnavailable when the database cannot be opened or stays locked.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        connection = _connect(str(folder / FILE), busy)
    except (OSError, sqlite3.Error) as error:
        raise StoreUnavailable(f"{folder}: base de données impossible à ouvrir: {error}") from error
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise StoreUnavailable(f"{folder}: base de données: {error}") from error
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.close()


def open_memory() -> SqliteStore:
    """A store that lives in memory: for the console and for tests."""
    return _open(":memory:", 5.0, None, None)


def _open(path: str, busy: float, lock: IO[str] | None, reader: Reader | None) -> SqliteStore:
    return SqliteStore(Writer(_connect(path, busy)), lock, reader)


def _connect(path: str, busy: float) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=busy, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    # What is erased is overwritten with zeros, not only unlinked.
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA journal_size_limit = 8388608")
    migrations.apply(Database(connection))
    return connection


class SqliteStore:
    """The Store contract over one file; make it with `open_store` or `open_memory`."""

    def __init__(self, writer: Writer, lock: IO[str] | None, reader: Reader | None) -> None:
        self._writer = writer
        self._lock = lock
        self._reader = reader
        self._claimed: set[str] = set()
        self._sending: set[str] = set()

    async def receive(self, messages: Sequence[Received], dead: Sequence[DeadLetter] = ()) -> tuple[bool, ...]:
        def operation(db: sqlite3.Connection) -> tuple[bool, ...]:
            for letter in dead:
                sql.bury(db, letter)
            return tuple(sql.receive(db, message) for message in messages)

        return await self._writer.run(operation)

    async def pending(self) -> tuple[Received, ...]:
        def operation(db: sqlite3.Connection) -> tuple[Received, ...]:
            found = db.execute(
                "SELECT bot, update_id, lane, address, body, received, ack FROM inbox WHERE body IS NOT NULL ORDER BY seq"
            )
            return tuple(sql.read_message(*values) for values in found)

        return await self._writer.run(operation)

    async def claim(self, limit: int) -> tuple[Claim, ...]:
        mine: list[str] = []

        def operation(db: sqlite3.Connection) -> tuple[Claim, ...]:
            found = db.execute(
                """
                SELECT l.head, i.bot, i.update_id, l.lane, i.address, i.body, i.received, i.ack, c.state
                FROM (SELECT lane, head FROM lane ORDER BY head LIMIT ?) l
                JOIN inbox i ON i.seq = l.head
                LEFT JOIN conversation c ON c.lane = l.lane
                ORDER BY l.head
                """,
                [limit + len(self._claimed)],
            ).fetchall()
            claims = []
            for seq, bot, update_id, lane, address, body, received, ack, state in found:
                if lane in self._claimed or len(claims) == limit:
                    continue
                try:
                    message = sql.read_message(bot, update_id, lane, address, body, received, ack)
                except (ValueError, KeyError, TypeError) as error:
                    # Written by another version: what cannot be read must not stand in the way of the rest.
                    sql.bury(db, DeadLetter(bot, "illisible", type(error).__name__, sql.day(received)))
                    sql.handled(db, seq, lane)
                    continue
                mine.append(lane)
                self._claimed.add(lane)
                claims.append(Claim(seq, message, sql.read_conversation(state)))
            return tuple(claims)

        return await self._writer.run(operation, undo=lambda: self._claimed.difference_update(mine))

    async def finish(self, claim: Claim, outcome: Outcome) -> bool:
        def operation(db: sqlite3.Connection) -> bool:
            return sql.finish(db, claim, outcome)

        more = await self._writer.run(operation)
        self._claimed.discard(claim.message.lane)
        return more

    async def release(self, claim: Claim) -> None:
        self._claimed.discard(claim.message.lane)

    async def claim_letters(self, limit: int, now: datetime) -> tuple[Letter, ...]:
        mine: list[str] = []

        def operation(db: sqlite3.Connection) -> tuple[Letter, ...]:
            found = db.execute(
                """
                SELECT seq, bot, lane, address, spoken, attempts, written FROM outbox o
                WHERE not_before <= ? AND NOT EXISTS (SELECT 1 FROM outbox p WHERE p.lane = o.lane AND p.seq < o.seq)
                ORDER BY urgent DESC, seq LIMIT ?
                """,
                [now.timestamp(), limit + len(self._sending)],
            ).fetchall()
            letters = []
            for seq, bot, lane, address, spoken, attempts, written in found:
                if lane in self._sending or len(letters) == limit:
                    continue
                try:
                    reply = sql.read_spoken(spoken)
                except (ValueError, KeyError, TypeError) as error:
                    sql.bury(db, DeadLetter(bot, "illisible", type(error).__name__, sql.day(written)))
                    db.execute("DELETE FROM outbox WHERE seq = ?", [seq])
                    continue
                mine.append(lane)
                self._sending.add(lane)
                letters.append(Letter(seq, bot, lane, address, reply, attempts, sql.moment(written)))
            return tuple(letters)

        return await self._writer.run(operation, undo=lambda: self._sending.difference_update(mine))

    async def sent(self, letter: Letter) -> None:
        # What is lost by waiting a little is that a reply may be said again after a crash, which may happen anyway.
        await self._writer.run(lambda db: db.execute("DELETE FROM outbox WHERE seq = ?", [letter.seq]), linger=True)
        self._sending.discard(letter.lane)

    async def postpone(self, letter: Letter, until: datetime, failed: bool) -> None:
        await self._writer.run(
            lambda db: db.execute(
                "UPDATE outbox SET not_before = ?, attempts = attempts + ? WHERE seq = ?",
                [until.timestamp(), int(failed), letter.seq],
            )
        )
        self._sending.discard(letter.lane)

    async def refuse(self, letter: Letter, dead: DeadLetter) -> None:
        def operation(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM outbox WHERE seq = ?", [letter.seq])
            sql.bury(db, dead)

        await self._writer.run(operation)
        self._sending.discard(letter.lane)

    async def block(self, bot: str, update_id: str | None, lane: str, now: datetime) -> bool:
        def operation(db: sqlite3.Connection) -> bool:
            if update_id is not None:
                known = db.execute(
                    "INSERT INTO inbox (bot, update_id, received) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                    [bot, update_id, now.timestamp()],
                )
                if known.rowcount == 0:
                    return False
            sql.forget(db, lane)
            db.execute("DELETE FROM outbox WHERE lane = ?", [lane])
            db.execute("INSERT OR REPLACE INTO bloque (lane, le) VALUES (?, ?)", [lane, now.timestamp()])
            return True

        new = await self._writer.run(operation)
        self._sending.discard(lane)
        return new

    async def erase(self, lane: str) -> None:
        def operation(db: sqlite3.Connection) -> None:
            sql.forget(db, lane)
            db.execute(
                "UPDATE inbox SET lane = NULL, address = NULL, body = NULL, ack = NULL"
                " WHERE lane = ? AND body IS NOT NULL",
                [lane],
            )
            db.execute("DELETE FROM lane WHERE lane = ?", [lane])

        await self._writer.run(operation)

    async def thread(self, lane: str) -> tuple[Spoken, ...]:
        return await self._writer.run(
            lambda db: tuple(
                sql.read_spoken(text)
                for (text,) in db.execute("SELECT spoken FROM fil WHERE lane = ? ORDER BY seq", [lane])
            )
        )

    async def replies(self, bot: str, update_id: str) -> tuple[Spoken, ...] | None:
        def operation(db: sqlite3.Connection) -> tuple[Spoken, ...] | None:
            row = db.execute(
                "SELECT body IS NULL FROM inbox WHERE bot = ? AND update_id = ?", [bot, update_id]
            ).fetchone()
            if row is None or not row[0]:
                return None
            found = db.execute("SELECT spoken FROM fil WHERE bot = ? AND update_id = ? ORDER BY n", [bot, update_id])
            return tuple(sql.read_spoken(text) for (text,) in found)

        return await self._writer.run(operation)

    async def bury(self, dead: DeadLetter) -> None:
        await self._writer.run(lambda db: sql.bury(db, dead))

    async def dead_letters(self, limit: int) -> tuple[DeadLetter, ...]:
        return await self._writer.run(
            lambda db: tuple(
                DeadLetter(*values)
                for values in db.execute(
                    "SELECT bot, genre, erreur, jour FROM rebut ORDER BY seq DESC LIMIT ?", [limit]
                )
            )
        )

    async def purge(self, keep: Retention) -> int:
        def operation(db: sqlite3.Connection) -> int:
            gone = db.execute(
                "DELETE FROM conversation WHERE vu_le < ? AND lane NOT IN (SELECT lane FROM lane)",
                [keep.conversations.timestamp()],
            ).rowcount
            db.execute(
                "DELETE FROM fil WHERE lane NOT IN (SELECT lane FROM conversation)"
                " AND lane NOT IN (SELECT lane FROM lane)"
            )
            db.execute("DELETE FROM inbox WHERE body IS NULL AND received < ?", [keep.markers.timestamp()])
            db.execute("DELETE FROM bloque WHERE le < ?", [keep.blocked.timestamp()])
            db.execute("DELETE FROM rebut WHERE jour < ?", [keep.blocked.date().isoformat()])
            if keep.mots is not None:
                journal.forget_words(db, keep.mots.isoformat())
            return gone

        gone = await self._writer.run(operation)
        # The write-ahead log still holds what was erased; a checkpoint that truncates it does not.
        await self._writer.run(sql.truncate_log, alone=True)
        return gone

    async def counts(self) -> Counts:
        def operation(db: sqlite3.Connection) -> Counts:
            by_table = {name: db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in TABLES}
            waiting = db.execute("SELECT count(*) FROM inbox WHERE body IS NOT NULL").fetchone()[0]
            return Counts(waiting, by_table["outbox"], by_table["conversation"], by_table["rebut"], by_table)

        return await self._writer.run(operation)

    async def write(self, operation: Callable[[sqlite3.Connection], T]) -> T:
        return await self._writer.run(operation)

    async def read(self, operation: Callable[[sqlite3.Connection], T]) -> T:
        if self._reader is not None:
            return await self._reader.run(operation)
        return await self._writer.run(lambda db: refusing_writes(db, operation))

    async def close(self) -> None:
        if self._reader is not None:
            self._reader.close()
        await self._writer.close()
        if self._lock is not None:
            self._lock.close()
