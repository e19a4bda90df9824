"""Is this call valid for the Bot API? Names, types and required parameters from the spec; limits written here."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

SPEC = json.loads((Path(__file__).parent / "botapi_spec.json").read_text("utf-8"))
METHODS: dict[str, Any] = SPEC["methods"]
TYPES: dict[str, Any] = SPEC["input_types"]

TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "a", "code", "pre", "blockquote", "tg-spoiler"}
BUTTON_ACTIONS = {
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
}


def faults(method: str, params: Mapping[str, str]) -> list[str]:
    """What is wrong with a call whose parameters came as form fields; empty when it is valid."""
    if method not in METHODS:
        return [f"unknown method {method}"]
    known = METHODS[method]["params"]
    found = [f"unknown parameter {name}" for name in params if name not in known]
    found += [f"missing parameter {name}" for name, spec in known.items() if spec["required"] and name not in params]
    for name, text in params.items():
        if name in known:
            found += _typed(name, _read(text, known[name]["types"]), known[name]["types"])
    if not found and method in LIMITS:
        found += LIMITS[method](params)
    return found


def _read(text: str, types: list[str]) -> Any:
    if set(types) == {"String"}:
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


def _typed(where: str, value: Any, types: list[str]) -> list[str]:
    """Faults of a value against the nearest of its types."""
    attempts = [_one_type(where, value, name) for name in types]
    return min(attempts, key=len)


def _one_type(where: str, value: Any, name: str) -> list[str]:
    if name.startswith("Array of "):
        if not isinstance(value, list):
            return [f"{where}: not a list"]
        inner = name.removeprefix("Array of ")
        return [fault for n, item in enumerate(value) for fault in _one_type(f"{where}[{n}]", item, inner)]
    plain = {"String": str, "Integer": int, "Float": (int, float), "Boolean": bool, "True": bool}.get(name)
    if plain is not None:
        right = isinstance(value, plain) and (name in ("Boolean", "True") or not isinstance(value, bool))
        return [] if right else [f"{where}: not of type {name}"]
    if name not in TYPES:
        return [f"{where}: type {name} is not in the spec"]
    if not isinstance(value, dict):
        return [f"{where}: not an object {name}"]
    subtypes = TYPES[name].get("subtypes") or []
    if subtypes:
        return _typed(where, value, subtypes)
    fields = TYPES[name].get("fields", {})
    found = [f"{where}: unknown field {field}" for field in value if field not in fields]
    found += [f"{where}: missing field {f}" for f, spec in fields.items() if spec["required"] and f not in value]
    for field, item in value.items():
        if field in fields:
            found += _typed(f"{where}.{field}", item, fields[field]["types"])
    return found


class _Html(HTMLParser):
    """Telegram's HTML: a few tags, well nested, and four named entities."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.open, self.found = "", [], []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.found.append(f"unsupported tag <{tag}>")
        if tag == "a":
            href = dict(attrs).get("href") or ""
            if not href.startswith(("https://", "http://", "tg://", "mailto:")):
                self.found.append(f"bad link {href[:20]}")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.found.append(f"unexpected </{tag}>")

    def handle_data(self, data: str) -> None:
        self.text += data


def visible(text: str, parse_mode: str | None) -> tuple[str, list[str]]:
    """The text after parsing, and what is wrong with its markup."""
    if parse_mode is None:
        return text, []
    if parse_mode != "HTML":
        return text, [f"parse_mode {parse_mode} is not used here"]
    found = [f"bad entity {name}" for name in re.findall(r"&(?!lt;|gt;|amp;|quot;|#\d+;|#x[0-9a-fA-F]+;)\w*;?", text)]
    parser = _Html()
    parser.feed(text)
    parser.close()
    found += parser.found + [f"<{tag}> is not closed" for tag in parser.open]
    return parser.text, found


def _send_message(params: Mapping[str, str]) -> list[str]:
    text, found = visible(params["text"], params.get("parse_mode"))
    length = len(text.encode("utf-16-le")) // 2
    if not text.strip():
        found.append("message text is empty")
    if length > 4096:
        found.append(f"message is too long ({length})")
    markup = json.loads(params["reply_markup"]) if "reply_markup" in params else {}
    for row in markup.get("inline_keyboard", []):
        if not row or len(row) > 8:
            found.append("a row has 1 to 8 buttons")
        for button in row:
            found += _inline_button(button)
    for row in markup.get("keyboard", []):
        found += ["empty key" for key in row if not key["text"].strip()]
    return found


def _inline_button(button: Mapping[str, Any]) -> list[str]:
    found = []
    if len(BUTTON_ACTIONS & set(button)) != 1:
        found.append("a button does exactly one thing")
    if not button["text"].strip():
        found.append("a button has a text")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
        found.append("BUTTON_DATA_INVALID")
    if "url" in button and not re.match(r"(?:https?://[^\s/]+\.?[^\s]*|tg://\S+)$", button["url"]):
        found.append("BUTTON_URL_INVALID")
    return found


def _set_my_commands(params: Mapping[str, str]) -> list[str]:
    commands = json.loads(params["commands"])
    found = [
        f"BOT_COMMAND_INVALID {c['command']}" for c in commands if not re.fullmatch("[a-z0-9_]{1,32}", c["command"])
    ]
    found += ["command description" for c in commands if not 1 <= len(c["description"]) <= 256]
    if len(commands) > 100:
        found.append("too many commands")
    if not re.fullmatch("(?:[a-z]{2})?", params.get("language_code", "")):
        found.append("bad language_code")
    return found


def _get_updates(params: Mapping[str, str]) -> list[str]:
    return [] if 1 <= int(params.get("limit", "100")) <= 100 else ["limit"]


def _set_webhook(params: Mapping[str, str]) -> list[str]:
    secret = params.get("secret_token", "x")
    return [] if re.fullmatch("[A-Za-z0-9_-]{1,256}", secret) else ["bad secret_token"]


LIMITS = {
    "sendMessage": _send_message,
    "setMyCommands": _set_my_commands,
    "getUpdates": _get_updates,
    "setWebhook": _set_webhook,
}
