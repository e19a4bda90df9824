"""How staff read SQLite while the bot writes: read-only connections of their own, each used by one thread at a time.

A read sees one state of the database from its first statement to its last, and holds nobody up (WAL).
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from typing import TypeVar

from bot.storage.base import StoreUnavailable

T = TypeVar("T")
KEPT = 4  # idle connections kept open: opening one costs little, warming its cache costs more


class Reader:
    """Runs operations on read-only connections to the database of `uri`."""

    def __init__(self, uri: str, busy: float) -> None:
        self._uri = uri
        self._busy = busy
        self._idle: list[sqlite3.Connection] = []
        self._closed = False

    async def run(self, operation: Callable[[sqlite3.Connection], T]) -> T:
        """The operation's result, from a thread; StoreUnavailable when the database cannot be read, or is written."""
        if self._closed:
            raise StoreUnavailable("la base est fermée")
        return await asyncio.to_thread(self._read, operation)

    def close(self) -> None:
        """Let go of the file; a read that is running lets go of its own connection when it ends."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()

    def _read(self, operation: Callable[[sqlite3.Connection], T]) -> T:
        connection = None
        try:
            try:
                connection = self._idle.pop()
            except IndexError:
                connection = self._open()
            return snapshot(connection, operation)
        except sqlite3.Error as error:
            raise StoreUnavailable(f"{type(error).__name__}: {error}") from error
        finally:
            if connection is not None:
                if self._closed or len(self._idle) >= KEPT:
                    connection.close()
                else:
                    self._idle.append(connection)

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._uri, uri=True, timeout=self._busy, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA query_only = ON")
        return connection


def snapshot(connection: sqlite3.Connection, operation: Callable[[sqlite3.Connection], T]) -> T:
    """Run a read in a transaction of its own, always ended."""
    connection.execute("BEGIN")
    try:
        return operation(connection)
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def refusing_writes(connection: sqlite3.Connection, operation: Callable[[sqlite3.Connection], T]) -> T:
    """Run a read on the connection that writes: for a database in memory, which no other connection sees."""
    connection.execute("PRAGMA query_only = ON")
    try:
        return operation(connection)
    finally:
        connection.execute("PRAGMA query_only = OFF")
