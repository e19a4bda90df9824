"""What a Telegram update says: a message for the conversation, a departure, or nothing for us.

Reads the raw JSON and takes only what it needs, so that a field Telegram adds, or a broken one we do not use, never
stops the bot. Private chats only: groups and channels get silence. An edited text is a new question (somebody
corrected a typo and waits for the answer); other edits, such as a live location that moves, are ignored.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.channels.base import Delivery
from bot.conversation.messages import Incoming
from directory.model import Point

CHANNEL = "telegram"
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
ACTION_BYTES = 64

_MEDIA = {
    "voice": "voice",
    "audio": "voice",
    "video_note": "voice",
    "photo": "photo",
    "live_photo": "photo",
    "sticker": "sticker",
    "animation": "sticker",
    "document": "document",
    "video": "other",
    "contact": "contact",
    "poll": "other",
    "dice": "other",
    "game": "other",
    "story": "other",
    "checklist": "other",
    "paid_media": "other",
    "invoice": "other",
}


@dataclass(frozen=True, slots=True)
class Left:
    """The person blocked the bot or deleted the chat."""

    update_id: str
    address: str


class UnreadableUpdate(ValueError):
    """An update that is not of the form the Bot API describes."""


def read_update(update: Any) -> Delivery | Left | None:
    """The message of an update, or None when it is not for us; raises UnreadableUpdate when it makes no sense."""
    try:
        update_id = str(int(update["update_id"]))
        if (message := update.get("message")) is not None:
            return _message(update_id, message)
        if (message := update.get("edited_message")) is not None:
            return _message(update_id, message) if message.get("text") else None
        if (query := update.get("callback_query")) is not None:
            return _button(update_id, query)
        if (member := update.get("my_chat_member")) is not None:
            return _member(update_id, member)
    except Exception as error:
        # Whatever is wrong with it, it is one dead letter and stops nothing.
        raise UnreadableUpdate(type(error).__name__) from error
    return None


def album(update: Any) -> tuple[int, str] | None:
    """The album a captionless picture belongs to: ten pictures sent at once are one message to answer."""
    try:
        message = update["message"]
        group = message.get("media_group_id")
        return (message["chat"]["id"], str(group)) if group and not message.get("caption") else None
    except (KeyError, TypeError, AttributeError):
        return None


def _message(update_id: str, message: Any) -> Delivery | None:
    chat = message["chat"]
    if chat["type"] != "private":
        return None
    hint = (message.get("from") or {}).get("language_code")
    address = str(int(chat["id"]))
    text = message.get("text") or message.get("caption")
    if isinstance(text, str) and text.strip():
        return Delivery(update_id, address, _incoming(hint, text=_clean(text)))
    place = message.get("location") or (message.get("venue") or {}).get("location")
    if place is not None:
        point = Point(float(place["latitude"]), float(place["longitude"]))
        if not (-90 <= point.latitude <= 90 and -180 <= point.longitude <= 180):
            raise ValueError("location")
        return Delivery(update_id, address, _incoming(hint, point=point))
    for key, kind in _MEDIA.items():
        if key in message:
            return Delivery(update_id, address, _incoming(hint, media=kind))
    # What is left is either a service message of Telegram's (pinned, timer changed…) or a kind yet unknown to us;
    # the person wrote nothing that waits for an answer.
    return None if not isinstance(text, str) else Delivery(update_id, address, _incoming(hint, media="other"))


def _button(update_id: str, query: Any) -> Delivery | None:
    message = query.get("message")
    if message is not None and (message.get("chat") or {}).get("type", "private") != "private":
        return None
    sender = query["from"]
    # In a private chat the chat id is the person's: a button whose message is gone is still answered.
    data = query.get("data")
    action = _clean(data) if isinstance(data, str) else ""
    action = action.encode()[:ACTION_BYTES].decode("utf-8", "ignore") or "?"
    incoming = _incoming(sender.get("language_code"), action=action)
    return Delivery(update_id, str(int(sender["id"])), incoming, ack=_clean(str(query["id"])))


def _member(update_id: str, member: Any) -> Left | None:
    if member["chat"]["type"] != "private" or member["new_chat_member"]["status"] not in ("kicked", "left"):
        return None
    return Left(update_id, str(int(member["chat"]["id"])))


def _incoming(hint: Any, **what: Any) -> Incoming:
    return Incoming(channel=CHANNEL, hint=hint if isinstance(hint, str) else None, **what)


def _clean(text: str) -> str:
    """Without NUL and without halves of surrogate pairs, which no database takes."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
