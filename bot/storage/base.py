"""What storage promises to the runner, whatever the database: nothing received is lost, nothing is done twice.

A conversation is a lane. Its messages are handled one at a time, in the order they were received; its replies are
sent one at a time, in the order they were written. `claim` and `claim_letters` hand work out: what is claimed is given
to nobody else until it is finished, released, or its owner dies. SQLite keeps claims in memory, since one process
owns the file; PostgreSQL would keep them as `select … from lane … for update skip locked` and read the oldest pending
message of that lane in a second statement. Two unique keys hold in any database, whatever the claims: (bot,
update_id) in the inbox, (bot, update_id, n) in the outbox.

Every coroutine that writes returns once the write is on disk, and raises StoreUnavailable when it cannot be.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from sqlite3 import Connection
from typing import Any, Protocol, TypeVar

from bot.conversation.messages import Incoming
from bot.conversation.state import Conversation
from bot.journal.rows import Passage, Row
from bot.spoken import Spoken
from directory.model import Point

T = TypeVar("T")


class StoreUnavailable(Exception):
    """The database cannot be read or written now (disk full, locked, gone): nothing was changed; try again later."""


@dataclass(frozen=True, slots=True)
class Received:
    """One message as a channel received it. `ack` is what the channel needs to acknowledge a button, if anything."""

    bot: str
    update_id: str
    lane: str
    address: str
    incoming: Incoming
    received: datetime
    ack: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A message to handle now, with the conversation it belongs to (None: a new or an erased one)."""

    seq: int
    message: Received
    conversation: Conversation | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What handling a message gave; saved in one transaction, with the erasure of the stored words.

    `conversation` None leaves what is kept as it was. `keep` puts the replies in the thread of a channel that comes
    to read them, instead of the outbox. `erase` forgets the conversation and its thread. `passage` counts the message.
    """

    conversation: Conversation | None = None
    replies: tuple[Spoken, ...] = ()
    rows: tuple[Row, ...] = ()
    keep: bool = False
    erase: bool = False
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A reply waiting to be sent. `attempts` counts the failures so far; `written` dates it."""

    seq: int
    bot: str
    lane: str
    address: str
    spoken: Spoken
    attempts: int
    written: datetime


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """What could not be handled: its kind and the class of the error, never the words.

    `genre` is "illisible" (an update nobody could read), "moteur" (the engine failed), "refuse" (the channel refuses
    the reply) or "perime" (it could not be sent for too long).
    """

    bot: str
    genre: str
    erreur: str
    jour: str


@dataclass(frozen=True, slots=True)
class Retention:
    """How long things are kept, as moments: what is older goes. Messages not handled yet never go.

    `mots` is a day: the journal forgets the words told before it, and keeps its rows. None: it keeps the words.
    """

    conversations: datetime
    markers: datetime
    blocked: datetime
    mots: date | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is waiting: for the operator and for tests."""

    inbox: int
    outbox: int
    conversations: int
    dead: int
    by_table: Mapping[str, int] = field(default_factory=dict)


class Store(Protocol):
    """The contract; `tests/bot/storage/test_store_contract.py` plays it against every implementation."""

    async def receive(self, messages: Sequence[Received], dead: Sequence[DeadLetter] = ()) -> tuple[bool, ...]:
        """Store a batch, all or nothing; True for each message that is new. Unblocks those who write again."""

    async def pending(self) -> tuple[Received, ...]:
        """Everything received and not handled yet, oldest first."""

    async def claim(self, limit: int) -> tuple[Claim, ...]:
        """At most `limit` messages, each the oldest of a lane that nobody holds."""

    async def finish(self, claim: Claim, outcome: Outcome) -> bool:
        """Save the outcome and erase the stored words, in one transaction. True when the lane has more to do."""

    async def release(self, claim: Claim) -> None:
        """Give a claim back unhandled."""

    async def claim_letters(self, limit: int, now: datetime) -> tuple[Letter, ...]:
        """At most `limit` replies that are due, each the oldest of its lane, of lanes with nothing in flight."""

    async def sent(self, letter: Letter) -> None:
        """The reply has left: forget it."""

    async def postpone(self, letter: Letter, until: datetime, failed: bool) -> None:
        """Try again at `until`; `failed` counts one attempt more."""

    async def refuse(self, letter: Letter, dead: DeadLetter) -> None:
        """The reply will never leave: forget it and keep why."""

    async def block(self, bot: str, update_id: str | None, lane: str, now: datetime) -> bool:
        """The person stopped the bot: forget conversation and replies, remember not to write. False: known update."""

    async def erase(self, lane: str) -> None:
        """Forget the conversation, its thread, and the messages not handled yet."""

    async def thread(self, lane: str) -> tuple[Spoken, ...]:
        """The last replies kept for a channel that comes to read them, oldest first."""

    async def replies(self, bot: str, update_id: str) -> tuple[Spoken, ...] | None:
        """The kept replies of one message; None while it waits or when it was never received."""

    async def bury(self, dead: DeadLetter) -> None:
        """Keep a dead letter."""

    async def dead_letters(self, limit: int) -> tuple[DeadLetter, ...]:
        """The latest dead letters, newest first."""

    async def purge(self, keep: Retention) -> int:
        """Erase what is too old; returns how many conversations went."""

    async def counts(self) -> Counts:
        """How much is waiting."""

    async def write(self, operation: Callable[[Connection], T]) -> T:
        """Run what staff change in one transaction and return its result; whatever it raises undoes all of it."""

    async def read(self, operation: Callable[[Connection], T]) -> T:
        """Run what staff read, beside the writing and on one state of the database; writing in it is refused."""

    async def close(self) -> None:
        """Finish what is being written and let go of the database."""


def incoming_to_json(incoming: Incoming) -> dict[str, Any]:
    """Only what is set, so that a stored message says no more than it must."""
    data: dict[str, Any] = {"channel": incoming.channel}
    for name in ("text", "action", "media", "hint"):
        value = getattr(incoming, name)
        if value is not None:
            data[name] = value
    if incoming.point is not None:
        data["point"] = [incoming.point.latitude, incoming.point.longitude]
    return data


def incoming_from_json(data: Mapping[str, Any]) -> Incoming:
    point = data.get("point")
    return Incoming(
        channel=data["channel"],
        text=data.get("text"),
        action=data.get("action"),
        point=Point(*point) if point else None,
        media=data.get("media"),
        hint=data.get("hint"),
    )
