"""A Bot API server on loopback: it keeps updates until they are confirmed, as Telegram does, checks every call
against the spec, and can fail, wait or hang up when told to."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.botapi.validate import faults, visible

TOKEN = "100:TEST-not-a-real-token"
BOT = {"id": 100, "is_bot": True, "first_name": "La Bonne Porte", "username": "bonneporte_test_bot"}


@dataclass(slots=True)
class Fault:
    """What goes wrong the next `times` times a method is called (for one chat, or for all)."""

    method: str
    status: int = 502
    description: str = "Bad Gateway"
    retry_after: int | None = None
    hang_up: bool = False
    after_effect: bool = False  # the call takes effect, but its answer is lost
    chat: int | None = None
    times: int = 1


@dataclass(frozen=True, slots=True)
class Call:
    """One call received: `text` is what is seen after parsing, `wrong` what is not valid in it."""

    method: str
    params: dict[str, str]
    at: float
    wrong: tuple[str, ...]
    done: bool

    @property
    def chat(self) -> int | None:
        return int(self.params["chat_id"]) if "chat_id" in self.params else None

    @property
    def text(self) -> str:
        return visible(self.params.get("text", ""), self.params.get("parse_mode"))[0]

    @property
    def buttons(self) -> list[dict[str, Any]]:
        markup = json.loads(self.params.get("reply_markup", "{}"))
        return [button for row in markup.get("inline_keyboard", []) for button in row]


class FakeBotApi:
    """Use as an async context manager; `base_url` is what the bot is given."""

    def __init__(self, *, latency: float = 0.0, check: bool = True) -> None:
        self.latency = latency
        self.slow_chats: dict[int, float] = {}
        self.faults: list[Fault] = []
        self.calls: list[Call] = []
        self.delivered_at: dict[int, float] = {}
        self.polls = 0
        self.on_send: Callable[[Call], None] | None = None
        self._check = check
        self._updates: dict[int, dict[str, Any]] = {}
        self._ids = itertools.count(1000)
        self._messages = itertools.count(1)
        self._arrived = asyncio.Event()
        self._changed = asyncio.Condition()

    async def __aenter__(self) -> FakeBotApi:
        app = web.Application(client_max_size=2**24)
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0, backlog=1024)
        await site.start()
        self.port = site._server.sockets[0].getsockname()[1]
        self.base_url = f"http://127.0.0.1:{self.port}/bot"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    # What a test does.

    def push(self, update: dict[str, Any]) -> int:
        """Queue an update; gives it a number unless it has one."""
        update_id = update.setdefault("update_id", next(self._ids))
        self._updates[update_id] = update
        self._arrived.set()
        return update_id

    def say(self, chat: int, text: str, **message: Any) -> int:
        """A person writes in a private chat."""
        return self.push({"message": self.message(chat, text=text, **message)})

    def press(self, chat: int, data: str | None, **query: Any) -> int:
        """A person presses a button."""
        query = {"id": f"q{next(self._messages)}", "from": self.person(chat), "chat_instance": "1", **query}
        query.setdefault("message", self.message(chat, text="…"))
        if data is not None:
            query["data"] = data
        return self.push({"callback_query": query})

    def message(self, chat: int, **content: Any) -> dict[str, Any]:
        return {
            "message_id": next(self._messages),
            "date": 1_795_000_000,
            "chat": {"id": chat, "type": "private", "first_name": "P"},
            "from": self.person(chat),
            **content,
        }

    @staticmethod
    def person(chat: int) -> dict[str, Any]:
        return {"id": chat, "is_bot": False, "first_name": "P", "language_code": "fr"}

    def fail(self, method: str, **fault: Any) -> None:
        """Make the next calls of a method fail."""
        self.faults.append(Fault(method, **fault))

    def sent(self, chat: int | None = None) -> list[Call]:
        """The messages that reached the person (or everybody), in order."""
        return [c for c in self.calls if c.method == "sendMessage" and c.done and chat in (None, c.chat)]

    def texts(self, chat: int) -> list[str]:
        return [call.text for call in self.sent(chat)]

    def named(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    def wrong(self) -> list[tuple[str, tuple[str, ...]]]:
        """Every call that was not valid: a test ends with none."""
        return [(call.method, call.wrong) for call in self.calls if call.wrong]

    @property
    def unconfirmed(self) -> int:
        return len(self._updates)

    async def until(self, condition: Callable[[], Any], timeout: float = 10.0) -> None:
        """Wait for a condition on the calls; AssertionError when it does not come."""

        async def wait() -> None:
            async with self._changed:
                await self._changed.wait_for(condition)

        try:
            await asyncio.wait_for(wait(), timeout)
        except TimeoutError:
            raise AssertionError(
                f"nothing came; calls: {[(c.method, c.text[:60]) for c in self.calls[-10:]]}"
            ) from None

    # What the bot sees.

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        params = {name: str(value) for name, value in {**request.query, **(await request.post())}.items()}
        if request.match_info["token"] != TOKEN:
            return _error(401, "Unauthorized")
        wrong = tuple(faults(method, params)) if self._check else ()
        fault = self._fault(method, params)
        done = not wrong and (fault is None or fault.after_effect)
        call = Call(method, params, time.perf_counter(), wrong, done)
        if method == "getUpdates":
            if wrong or fault:
                self.calls.append(call)
            else:
                return await self._get_updates(params)
        else:
            self.calls.append(call)
            if method == "sendMessage" and done and self.on_send is not None:
                self.on_send(call)
            async with self._changed:
                self._changed.notify_all()
            wait = self.slow_chats.get(call.chat or 0, self.latency)
            if wait:
                await asyncio.sleep(wait)
        if wrong:
            return _error(400, f"Bad Request: {wrong[0]}")
        if fault is not None:
            if fault.hang_up or fault.after_effect:
                request.transport.abort()
                return web.Response()
            return _error(fault.status, fault.description, fault.retry_after)
        return web.json_response({"ok": True, "result": self._result(method, params)})

    def _fault(self, method: str, params: dict[str, str]) -> Fault | None:
        for fault in self.faults:
            if fault.method == method and fault.chat in (None, int(params.get("chat_id", 0))):
                fault.times -= 1
                if fault.times <= 0:
                    self.faults.remove(fault)
                return fault
        return None

    def _result(self, method: str, params: dict[str, str]) -> Any:
        match method:
            case "getMe":
                return BOT
            case "sendMessage":
                return {
                    "message_id": next(self._messages),
                    "date": 1_795_000_000,
                    "chat": {"id": int(params["chat_id"]), "type": "private", "first_name": "P"},
                    "from": BOT,
                    "text": visible(params["text"], params.get("parse_mode"))[0],
                }
        return True

    async def _get_updates(self, params: dict[str, str]) -> web.Response:
        self.polls += 1
        offset, limit = int(params.get("offset", 0)), int(params.get("limit", 100))
        self._updates = {n: update for n, update in self._updates.items() if n >= offset}
        if not self._updates:
            self._arrived.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._arrived.wait(), int(params.get("timeout", 0)))
        batch = [self._updates[n] for n in sorted(self._updates)][:limit]
        now = time.perf_counter()
        for update in batch:
            self.delivered_at.setdefault(update["update_id"], now)
        return web.json_response({"ok": True, "result": batch})


def _error(status: int, description: str, retry_after: int | None = None) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if retry_after is not None:
        body["parameters"] = {"retry_after": retry_after}
    return web.json_response(body, status=status)
