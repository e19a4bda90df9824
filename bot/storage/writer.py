"""How the event loop writes to SQLite without waiting: one thread, one connection, and group commits.

Operations queued while a commit is on its way share the next transaction, each in its own savepoint: one fsync
answers for many messages, and one bad operation spoils no other.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from bot.storage.base import StoreUnavailable

T = TypeVar("T")
BATCH = 256
LINGER = 0.01


@dataclass(slots=True)
class _Job:
    operation: Callable[[sqlite3.Connection], Any]
    undo: Callable[[], None] | None
    alone: bool
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None


class Writer:
    """Runs operations on a connection made for it (`isolation_level=None`, `check_same_thread=False`)."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._queue: SimpleQueue[_Job | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name="storage", daemon=True)
        self._closed = False
        self._lingering: list[_Job] = []
        self._thread.start()

    async def run(
        self,
        operation: Callable[[sqlite3.Connection], T],
        *,
        undo: Callable[[], None] | None = None,
        alone: bool = False,
        linger: bool = False,
    ) -> T:
        """Run the operation, return once its transaction is on disk; StoreUnavailable when it is not, after `undo`.

        `alone` runs it outside any transaction, for what SQLite refuses inside one. `linger` lets it wait LINGER
        seconds for others of its kind, to share their commit.
        """
        if self._closed:
            raise StoreUnavailable("la base est fermée")
        loop = asyncio.get_running_loop()
        job = _Job(operation, undo, alone, loop, loop.create_future())
        if linger:
            if not self._lingering:
                loop.call_later(LINGER, self._flush)
            self._lingering.append(job)
        else:
            self._queue.put(job)
        return await job.future

    def _flush(self) -> None:
        for job in self._lingering:
            self._queue.put(job)
        self._lingering = []

    async def close(self) -> None:
        """Finish what is queued, then close the connection."""
        if self._closed:
            return
        self._closed = True
        self._flush()
        self._queue.put(None)
        await asyncio.to_thread(self._thread.join)
        self._connection.close()

    def _serve(self) -> None:
        while True:
            batch = self._next_batch()
            if not batch:
                return
            if batch[0].alone:
                self._attempt(batch[0])
            else:
                self._transaction(batch)
            for job in batch:
                if job.error is not None and job.undo is not None:
                    job.undo()
            for loop in {job.loop for job in batch}:
                done = [job for job in batch if job.loop is loop]
                # The loop may have gone while we wrote: what was written stays written.
                with contextlib.suppress(RuntimeError):
                    loop.call_soon_threadsafe(_settle, done)

    def _next_batch(self) -> list[_Job]:
        """Whatever is queued, up to BATCH; a lone job makes its own batch. Empty: time to stop."""
        first = self._held if self._held is not None else self._queue.get()
        self._held = None
        if first is None:
            return []
        batch = [first]
        while len(batch) < BATCH and not first.alone:
            try:
                job = self._queue.get_nowait()
            except Empty:
                break
            if job is None or job.alone:
                self._put_back(job)
                break
            batch.append(job)
        return batch

    _held: _Job | None = None

    def _put_back(self, job: _Job | None) -> None:
        if job is None:
            self._queue.put(None)
        else:
            self._held = job

    def _transaction(self, batch: list[_Job]) -> None:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            for job in batch:
                self._connection.execute("SAVEPOINT job")
                self._attempt(job)
                if not self._connection.in_transaction:
                    # A full disk or an I/O error makes SQLite give up the whole transaction.
                    raise job.error or sqlite3.OperationalError("transaction lost")
                if job.error is not None:
                    self._connection.execute("ROLLBACK TO job")
                self._connection.execute("RELEASE job")
            self._connection.execute("COMMIT")
        except Exception as error:
            # Nothing ends this thread but `close`: whoever waits on it would wait for ever.
            with contextlib.suppress(sqlite3.Error):
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
            for job in batch:
                job.error = job.error or _unavailable(error)

    def _attempt(self, job: _Job) -> None:
        try:
            job.result = job.operation(self._connection)
        except sqlite3.Error as error:
            job.error = _unavailable(error)
        except Exception as error:
            job.error = error


def _unavailable(error: BaseException) -> StoreUnavailable:
    return error if isinstance(error, StoreUnavailable) else StoreUnavailable(f"{type(error).__name__}: {error}")


def _settle(jobs: list[_Job]) -> None:
    for job in jobs:
        if job.future.done():
            continue
        if job.error is None:
            job.future.set_result(job.result)
        else:
            job.future.set_exception(job.error)
