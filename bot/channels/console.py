"""The conversation in a terminal: numbers choose buttons, anything else is a message."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from typing import TextIO

from bot.conversation.messages import Incoming
from bot.spoken import Spoken

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
    for number, choice in enumerate(spoken.choices, 1):
        target = f"  {choice.url}" if choice.url else ""
        print(f"  [{number}] {choice.picto} {choice.label}{target}".replace("]  ", "] "), file=out)
    out.flush()


def read(typed: str, choices: tuple) -> Incoming:
    """A number of the last buttons is that button; everything else is text."""
    if typed.isdecimal() and 1 <= int(typed) <= len(choices):
        choice = choices[int(typed) - 1]
        if not choice.url:
            return Incoming(NAME, action=choice.action)
    return Incoming(NAME, text=typed)


async def converse(
    ask: Callable[[Incoming], Awaitable[tuple[Spoken, ...]]], source: TextIO = sys.stdin, out: TextIO = sys.stdout
) -> None:
    """Talk until the end of the input; `ask` answers one message."""
    prompt = source.isatty()
    replies = await ask(Incoming(NAME, text="/start"))
    while True:
        for spoken in replies:
            write(spoken, out)
        choices = replies[-1].choices if replies else ()
        if prompt:
            print("\n> ", end="", file=out, flush=True)
        typed = source.readline()
        if not typed:
            return
        replies = await ask(read(typed.strip(), choices))
