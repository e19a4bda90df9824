"""A tiny bot in the place of the conversation: it says back what it heard. Run as a process, it is there to be killed.

python -m tests.botapi.echo DATA_FOLDER BASE_URL
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.channels.telegram import TelegramChannel
from bot.conversation.events import BesoinNonCouvert, Effacement, Event, Manquement, Orientation
from bot.conversation.messages import Incoming, Line, Reply, T
from bot.conversation.state import Conversation
from bot.pseudonym import load_key
from bot.runner import Runner
from bot.spoken import Span, Spoken, SpokenChoice
from bot.storage.base import Store
from bot.storage.sqlite import open_store
from tests.botapi.server import TOKEN

PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True)
class EchoStep:
    conversation: Conversation
    replies: tuple[Reply, ...]
    events: tuple[Event, ...] = ()


def echo(conversation: Conversation, message: Incoming, now: datetime) -> EchoStep:
    """Say it back, with how many messages the conversation has seen; a few words do more than that."""
    seen = conversation.perdu + 1
    after = replace(conversation, perdu=seen, accueilli=True)
    words = message.text or message.action or message.media or "position"
    reply = Reply("fr", (Line(T("{mots} ({rang})", mots=words, rang=seen)),), urgent=words == "danger")
    match words:
        case "panne":
            raise ZeroDivisionError("the words of the person")
        case "deux":
            return EchoStep(after, (reply, reply))
        case "rien":
            event = BesoinNonCouvert(Manquement.RIEN_COMPRIS, None, None, "fr", "appelez le 06 12 34 56 78")
            return EchoStep(after, (reply,), (event, Orientation("energie", "etouvie", "fr", ())))
        case "/effacer":
            return EchoStep(after, (reply,), (Effacement(),))
    return EchoStep(after, (reply,))


def speak(reply: Reply) -> Spoken:
    """Texts without catalogues."""
    lines = tuple((Span(part.text.msgid.format(**part.text.values)),) for part in reply.parts)
    choices = tuple(SpokenChoice(choice.action, choice.label.msgid, choice.picto) for choice in reply.choices)
    return Spoken(reply.langue, "ltr", lines, choices, reply.urgent)


def clock() -> datetime:
    return datetime.now(PARIS)


def echo_runner(store: Store, *, step: Callable[..., Any] = echo, **options: Any) -> Runner:
    """A runner around the echo; options are those of Runner."""
    options.setdefault("clock", clock)
    return Runner(store, step, speak, options.pop("clock"), b"k" * 32, **options)


async def main(folder: Path, base_url: str) -> None:
    runner = echo_runner(open_store(folder), pull=["web"], alert=lambda words: print(words, file=sys.stderr))
    load_key(folder)
    channel = TelegramChannel(TOKEN, runner, base_url=base_url, long_poll=5)
    runner.add(channel)
    await channel.start()
    await runner.start()
    await channel.poll()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
