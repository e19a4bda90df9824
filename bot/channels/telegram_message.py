"""What a reply looks like in Telegram: HTML with three characters escaped, pieces of at most 4,096, and buttons.

Text that reads left to right inside a right-to-left message is wrapped in Unicode isolates, since Telegram knows no
<bdi>. Phone numbers stay plain text: every Telegram client makes them tappable, and a tel: link is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

from bot.spoken import Span, Spoken, SpokenChoice

LIMIT = 4096
ROW_WIDTH = 32
ROW_BUTTONS = 3
ACTION_BYTES = 64
SHARE_LOCATION = "partager:position"

ISOLATE, END_ISOLATE, RIGHT_TO_LEFT = "\u2068", "\u2069", "\u200f"

# An InlineKeyboardMarkup or a ReplyKeyboardMarkup of the Bot API, as the JSON it is.
Markup = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Piece:
    """One message to send: `html`, the same in `plain` text, and its buttons."""

    html: str
    plain: str
    markup: Markup | None


def render(spoken: Spoken) -> tuple[Piece, ...]:
    """The messages of a reply, in order; the buttons come with the last."""
    lines = [piece for line in spoken.lines for piece in _split_line(_line(line, spoken.direction))]
    groups: list[list[list[tuple[str, str]]]] = [[]]
    size = 0
    for line in lines:
        length = sum(_length(plain) for plain, _ in line)
        if groups[-1] and size + 1 + length > LIMIT:
            groups.append([])
            size = 0
        size += length + (1 if groups[-1] else 0)
        groups[-1].append(line)
    pieces = []
    for group in groups:
        plain = "\n".join("".join(plain for plain, _ in line) for line in group)
        html = "\n".join("".join(html for _, html in line) for line in group)
        if plain.strip():
            pieces.append(Piece(html, plain, None))
    if not pieces:
        # Telegram refuses a message of buttons alone.
        pieces = [Piece("👇", "👇", None)]
    pieces[-1] = Piece(pieces[-1].html, pieces[-1].plain, keyboard(spoken.choices))
    return tuple(pieces)


def keyboard(choices: tuple[SpokenChoice, ...]) -> Markup | None:
    """Buttons under the message, two or three a row; alone, the choice that shares a location is a key to press."""
    if not choices:
        return None
    if [choice.action for choice in choices] == [SHARE_LOCATION]:
        key = {"text": _label(choices[0]), "request_location": True}
        return {"keyboard": [[key]], "resize_keyboard": True, "one_time_keyboard": True}
    rows: list[list[dict[str, str]]] = []
    width = ROW_WIDTH
    for choice in choices:
        button = _button(choice)
        if button is None:
            continue
        length = len(button["text"]) + 2
        if width + length > ROW_WIDTH or len(rows[-1]) == ROW_BUTTONS:
            rows.append([])
            width = 0
        rows[-1].append(button)
        width += length
    return {"inline_keyboard": rows} if rows else None


def _button(choice: SpokenChoice) -> dict[str, str] | None:
    if choice.url:
        if choice.url.startswith(("https://", "http://")):
            return {"text": _label(choice), "url": choice.url}
        return None
    if not 1 <= len(choice.action.encode()) <= ACTION_BYTES:
        return None
    return {"text": _label(choice), "callback_data": choice.action}


def _label(choice: SpokenChoice) -> str:
    return f"{choice.picto} {choice.label}".strip() or "…"


def _line(spans: tuple[Span, ...], direction: str) -> list[tuple[str, str]]:
    """Each span as (plain, html); a right-to-left line says so first, lest a name in Latin letters turn it round."""
    right_to_left = direction == "rtl"
    out = [(RIGHT_TO_LEFT, RIGHT_TO_LEFT)] if right_to_left and any(span.texte for span in spans) else []
    for span in spans:
        for number, part in enumerate(span.texte.split("\n")):
            if number:
                out.append((" ", " "))
            if part:
                out.append(_span(span, part, isolate=right_to_left and span.ltr))
    return out


def _span(span: Span, text: str, isolate: bool) -> tuple[str, str]:
    plain = f"{ISOLATE}{text}{END_ISOLATE}" if isolate else text
    html = escape(plain, quote=False)
    if span.style == "nom":
        html = f"<b>{html}</b>"
    if span.href and span.href.startswith(("https://", "http://")):
        html = f'<a href="{escape(span.href)}">{html}</a>'
    return plain, html


def _split_line(line: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """A line that does not fit in a message is cut between spans, and inside a span where it must be."""
    if sum(_length(plain) for plain, _ in line) <= LIMIT:
        return [line]
    out: list[list[tuple[str, str]]] = [[]]
    size = 0
    for plain, html in line:
        # A span too long loses its markup rather than its words.
        parts = [(plain, html)] if _length(plain) <= LIMIT else [(p, escape(p, quote=False)) for p in _chunks(plain)]
        for part in parts:
            if out[-1] and size + _length(part[0]) > LIMIT:
                out.append([])
                size = 0
            out[-1].append(part)
            size += _length(part[0])
    return out


def _chunks(text: str) -> list[str]:
    half = LIMIT // 2  # a character counts for two at most
    return [text[start : start + half] for start in range(0, len(text), half)]


def _length(text: str) -> int:
    """Telegram counts UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
