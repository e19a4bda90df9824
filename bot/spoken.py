"""A reply in final words: what `bot.texts` makes of a Reply and what a channel, or the outbox, carries.

Plain data that survives JSON: lines of spans, and buttons with their labels.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text. `style` is "texte", "nom" (bold), "tel", "sms", "adresse" or "lien"; `href` is a tel:, sms:, geo:
    or https: target, None where there is none. `ltr` marks what reads left to right inside a right-to-left line:
    a channel without markup wraps it in Unicode isolates, HTML in <bdi dir="ltr">."""

    texte: str
    style: str = "texte"
    href: str | None = None
    ltr: bool = False


@dataclass(frozen=True, slots=True)
class SpokenChoice:
    """A button in final words, pictogram apart from its label."""

    action: str
    label: str
    picto: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """A whole reply: `langue` is its code, `direction` "ltr" or "rtl". An empty line parts two doors. `chiffre`: it asks for
    a number, so that a number typed is the answer and not the rank of a button."""

    langue: str
    direction: str
    lines: tuple[tuple[Span, ...], ...]
    choices: tuple[SpokenChoice, ...] = ()
    urgent: bool = False
    chiffre: bool = False

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Spoken:
        return cls(
            langue=data["langue"],
            direction=data["direction"],
            lines=tuple(tuple(Span(**span) for span in line) for line in data["lines"]),
            choices=tuple(SpokenChoice(**choice) for choice in data["choices"]),
            urgent=data["urgent"],
            chiffre=data.get("chiffre", False),
        )
