"""What does one step see, and what does it give? The world around a message, the turn being played, and its result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.conversation.events import Event
from bot.conversation.messages import Choice, DoorCard, Incoming, Line, Reply
from bot.conversation.state import Conversation
from bot.langues import Langues
from bot.orientation import Personne
from bot.understanding.model import Comprehension, Contexte
from directory.load import Directory
from rules.model import Rulebook


@dataclass(frozen=True, slots=True)
class World:
    """Everything outside the conversation: the directory, the understanding, the moment (Europe/Paris), the languages,
    the rules (None: no right is spoken of), and how words of the rules are said in a language (None: in French only)."""

    directory: Directory
    understand: Callable[[str, Contexte], Comprehension]
    now: datetime
    langues: Langues
    rulebook: Rulebook | None = None
    dire: Callable[[str, str], str] | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What one message does: the next state, what to say, what to record."""

    conversation: Conversation
    replies: tuple[Reply, ...]
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """One message being answered. Flows take a turn and give a step; they change the state through `knowing`."""

    conversation: Conversation
    message: Incoming
    world: World

    @property
    def langue(self) -> str:
        return self.conversation.langue or "fr"

    @property
    def personne(self) -> Personne:
        return Personne(self.conversation.quartier, self.conversation.point, self.langue)

    def knowing(self, **changes: Any) -> Turn:
        """The same turn with a changed state."""
        return replace(self, conversation=replace(self.conversation, **changes))

    def say(self, *parts: Line | DoorCard | None, choices: tuple[Choice, ...] = (), events: tuple = ()) -> Step:
        """One reply, in the language of the conversation; parts that are None are left out."""
        kept = tuple(part for part in parts if part is not None)
        return Step(self.conversation, (Reply(self.langue, kept, choices, moment=self.world.now),), events)
