"""The conversation in a terminal: numbers choose buttons, anything else is a message.

Where a number is the answer (an age, an amount, children), the buttons are letters: "3" is three, and never a third button.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from itertools import count
from string import ascii_lowercase
from typing import TextIO

from bot.conversation.messages import Incoming
from bot.spoken import Spoken, SpokenChoice

NAME = "console"
FSI_LTR, PDI = "\u2066", "\u2069"  # left-to-right isolate and its end


def write(spoken: Spoken, out: TextIO) -> None:
    """Print one reply: its lines, then its buttons with what presses them."""
    print(file=out)
    for line in spoken.lines:
        print(
            "".join(f"{FSI_LTR}{s.texte}{PDI}" if s.ltr and spoken.direction == "rtl" else s.texte for s in line),
            file=out,
        )
    for key, choice in _keys(spoken).items():
        print(f"  [{key}] {choice.picto} {choice.label}", file=out)
    for choice in spoken.choices:
        if choice.url:
            print(f"  {choice.picto} {choice.label} : {choice.url}", file=out)
    out.flush()


def _keys(spoken: Spoken) -> dict[str, SpokenChoice]:
    """What is typed to press each choice; links are printed in full instead."""
    buttons = [choice for choice in spoken.choices if not choice.url]
    keys = ascii_lowercase if spoken.chiffre else map(str, count(1))
    return dict(zip(keys, buttons, strict=False))


def read(typed: str, replies: tuple[Spoken, ...]) -> Incoming:
    """The number or the letter of one of the last buttons is that button; everything else is text."""
    pressed = _keys(replies[-1]).get(_key(typed)) if replies else None
    return Incoming(NAME, action=pressed.action) if pressed else Incoming(NAME, text=typed)


def _key(typed: str) -> str:
    """Figures of any script, and capitals, press the same button."""
    return str(int(typed)) if typed.isdecimal() else typed.casefold()


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
