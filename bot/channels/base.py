"""What a channel is to the runner, and what the runner is to a channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.conversation.messages import Incoming
from bot.spoken import Spoken


class Retry(Exception):
    """Not sent this time: try again, after `after` seconds when the other side says how long."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.after = after


class Gone(Exception):
    """The person stopped the bot or is not there any more: do not write to them."""


class Refused(Exception):
    """The other side will never take this message as it is; the text is the error, without the words of the message."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message as a channel hands it over. `update_id` is unique for the bot; `ack` is what `acknowledge` needs."""

    update_id: str
    address: str
    incoming: Incoming
    ack: str | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An update that could not be read: what went wrong, without its words."""

    erreur: str


class Channel(Protocol):
    """A channel that sends. `bot` names it for good ("telegram:123"): it is part of every key."""

    bot: str

    async def send(self, address: str, spoken: Spoken) -> None:
        """Deliver one reply; raises Retry, Gone or Refused."""

    async def acknowledge(self, ack: str) -> None:
        """Tell the other side that a button was received; never raises."""


class Inbox(Protocol):
    """What a channel needs of the runner."""

    async def receive_many(
        self, bot: str, deliveries: Sequence[Delivery], unreadable: Sequence[Unreadable] = ()
    ) -> tuple[bool, ...]:
        """Store a batch, all or nothing; once it returns nothing of it can be lost. Raises StoreUnavailable."""

    async def left(self, bot: str, update_id: str, address: str) -> None:
        """The person stopped the bot: forget them and do not write any more. Raises StoreUnavailable."""

    def tell_operator(self, message: str) -> None:
        """Say what an operator must know; the same words are not repeated for a while."""
