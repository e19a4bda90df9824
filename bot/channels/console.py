"""The conversation in a terminal: numbers choose buttons, anything else is a message."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from typing import TextIO

from bot.conversation.messages import Incoming
from bot.spoken import Spoken, SpokenChoice

NAME = "console"
FSI_LTR, PDI = "\u2066", "\u2069"  # left-to-right isolate and its end


def write(spoken: Spoken, out: TextIO) -> None:
    """Print one reply: its lines, then its buttons with their numbers."""
    print(file=out)
    for line in spoken.lines:
        print(
            "".join(f"{FSI_LTR}{s.texte}{PDI}" if s.ltr and spoken.direction == "rtl" else s.texte for s in line),
            file=out,
        )
    for number, choice in enumerate(_buttons(spoken), 1):
        print(f"  [{number}] {choice.picto} {choice.label}", file=out)
    for choice in spoken.choices:
        if choice.url:
            print(f"  {choice.picto} {choice.label} : {choice.url}", file=out)
    out.flush()


def _buttons(spoken: Spoken) -> list[SpokenChoice]:
    """The choices that a number can press; links are printed in full instead."""
    return [choice for choice in spoken.choices if not choice.url]


def read(typed: str, replies: tuple[Spoken, ...]) -> Incoming:
    """A number of the last buttons is that button; everything else is text."""
    buttons = _buttons(replies[-1]) if replies else []
    if typed.isdecimal() and 1 <= int(typed) <= len(buttons):
        return Incoming(NAME, action=buttons[int(typed) - 1].action)
    return Incoming(NAME, text=typed)


async def converse(
    ask: Callable[[Incoming], Awaitable[tuple[Spoken, ...]]],
    source: TextIO = sys.stdin,
    out: TextIO = sys.stdout,
    first: str = "/start",
) -> None:
    """Talk until the end of the input; `ask` answers one message, the `first` of them typed for the person."""
    prompt = source.isatty()
    replies = await ask(Incoming(NAME, text=first))
    while True:
        for spoken in replies:
            write(spoken, out)
        if prompt:
            print("\n> ", end="", file=out, flush=True)
        typed = source.readline()
        if not typed:
            return
        replies = await ask(read(typed.strip(), replies))
