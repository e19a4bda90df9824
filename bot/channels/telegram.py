"""How the conversation is carried by Telegram: by polling or by webhook, stored before it is confirmed.

python-telegram-bot's `Bot` makes the calls and names the errors. Its `Application` and `Updater` are left out: they
confirm updates before they are handled, keep them in memory and stop at the first one they cannot parse, and all
that remains of them (queue, handlers, persistence) is what the runner and the storage do.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from hmac import compare_digest
from typing import Any

from aiohttp import web
from telegram import Bot, BotCommand
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.channels.base import Delivery, Gone, Inbox, Refused, Retry, Unreadable
from bot.channels.telegram_incoming import ALLOWED_UPDATES, Left, UnreadableUpdate, album, read_update
from bot.channels.telegram_message import Piece, render
from bot.channels.telegram_request import AiohttpRequest, environment_proxy
from bot.spoken import Spoken
from bot.storage.base import StoreUnavailable

log = logging.getLogger(__name__)

OFFICIAL = "https://api.telegram.org/bot"
LONG_POLL = 25
LONGEST_WAIT = 30.0
ALBUMS = 1000

# How the Bot API says, with a 400, that nobody is there.
_NOBODY = ("chat not found", "user is deactivated", "peer_id_invalid", "user not found", "bot was kicked")


class _Bot(Bot):
    """A Bot with two calls that leave the answer as it is: python-telegram-bot parses a batch of updates whole, and
    fails whole; and it builds of each message sent an object that nobody looks at."""

    async def raw_updates(self, fields: dict[str, Any], read_timeout: float) -> Any:
        return await self._post("getUpdates", fields, read_timeout=read_timeout)

    async def raw_message(self, fields: dict[str, Any]) -> None:
        await self._post("sendMessage", fields)


class TelegramChannel:
    """One bot. `await start()`, then `poll()` for ever or `add_webhook` once; `stop()` at the end.

    `commands` are the menu: for each language code ("" is the default) the (command, description) pairs.
    """

    def __init__(
        self,
        token: str,
        inbox: Inbox,
        *,
        base_url: str = "",
        commands: Mapping[str, Sequence[tuple[str, str]]] | None = None,
        long_poll: int = LONG_POLL,
    ) -> None:
        self.bot = f"telegram:{token.partition(':')[0]}"
        self._inbox = inbox
        self._commands = commands or {}
        self._long_poll = long_poll
        proxy = environment_proxy(base_url or OFFICIAL)
        self._request = AiohttpRequest(proxy=proxy)
        self._updates_request = AiohttpRequest(connections=2, read_timeout=10.0, proxy=proxy)
        self._api = _Bot(
            token,
            base_url=base_url or OFFICIAL,
            request=self._request,
            get_updates_request=self._updates_request,
        )
        self.username: str | None = None
        self._albums: OrderedDict[tuple[int, str], None] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Open the connections; calls nothing, so that a dead network does not hold the start."""
        await self._request.initialize()
        await self._updates_request.initialize()

    async def stop(self) -> None:
        """Close the connections. What was received and not handled is in the storage."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._request.shutdown()
        await self._updates_request.shutdown()

    # Sending.

    async def send(self, address: str, spoken: Spoken) -> None:
        for piece in render(spoken):
            await self._send(int(address), piece)

    async def acknowledge(self, ack: str) -> None:
        try:
            await self._api.answer_callback_query(ack)
        except TelegramError as error:
            # Too old, or answered already: the button stops turning by itself.
            log.debug("answerCallbackQuery: %s", type(error).__name__)

    async def _send(self, chat: int, piece: Piece) -> None:
        try:
            await self._send_once(chat, piece.html, "HTML", piece)
        except Refused as error:
            # Better the words without their form than no words: one attempt in plain text, without buttons.
            self._inbox.tell_operator(f"Telegram refuse la mise en forme d'une réponse: {error}")
            await self._send_once(chat, piece.plain, None, None)

    async def _send_once(self, chat: int, text: str, mode: str | None, piece: Piece | None) -> None:
        fields: dict[str, Any] = {"chat_id": chat, "text": text, "link_preview_options": {"is_disabled": True}}
        if mode is not None:
            fields["parse_mode"] = mode
        if piece is not None and piece.markup is not None:
            fields["reply_markup"] = piece.markup
        try:
            await self._api.raw_message(fields)
        except RetryAfter as error:
            raise Retry("429", _seconds(error.retry_after)) from error
        except (Forbidden, ChatMigrated) as error:
            raise Gone(type(error).__name__) from error
        except BadRequest as error:
            if any(words in error.message.lower() for words in _NOBODY):
                raise Gone(error.message) from error
            raise Refused(f"BadRequest: {error.message[:80]}") from error
        except InvalidToken as error:
            self._inbox.tell_operator(_BAD_TOKEN)
            raise Retry("InvalidToken", 30.0) from error
        except TelegramError as error:
            raise Retry(f"{type(error).__name__}: {error.message}") from error

    # Receiving by polling.

    async def poll(self) -> None:
        """Ask for updates for ever; the next offset is asked for only when the batch before it is on disk."""
        await self._introduce()
        offset: int | None = None
        failures = 0
        while True:
            try:
                updates = await self._get_updates(offset)
                await self._store(updates)
            except RetryAfter as error:
                await asyncio.sleep(_seconds(error.retry_after))
            except InvalidToken:
                self._inbox.tell_operator(_BAD_TOKEN)
                await asyncio.sleep(LONGEST_WAIT)
            except Exception as error:
                # Nothing ends this loop but a cancellation: a bot that stops asking is deaf for good.
                if not isinstance(error, TelegramError | StoreUnavailable):
                    log.exception("polling failed")
                failures += 1
                if failures > 1 or isinstance(error, StoreUnavailable):
                    self._inbox.tell_operator(
                        f"Telegram: messages non reçus pour l'instant ({type(error).__name__}: {error}). Nouvel essai."
                    )
                await asyncio.sleep(min(LONGEST_WAIT, 0.25 * 2 ** min(failures - 1, 8)))
            else:
                failures = 0
                ids = [update["update_id"] for update in updates if _has_id(update)]
                if ids:
                    offset = max(ids) + 1
                elif updates:
                    # Updates without a number cannot be confirmed: do not ask for them in a tight loop.
                    await asyncio.sleep(1.0)

    async def _introduce(self) -> None:
        """Take the bot off any webhook, and hang its menu; tried again until Telegram answers."""
        wait = 0.25
        while True:
            try:
                self.username = (await self._api.get_me()).username
                await self._api.delete_webhook(drop_pending_updates=False)
                break
            except InvalidToken:
                self._inbox.tell_operator(_BAD_TOKEN)
                await asyncio.sleep(LONGEST_WAIT)
            except TelegramError as error:
                self._inbox.tell_operator(f"Telegram ne répond pas ({type(error).__name__}). Nouvel essai.")
                await asyncio.sleep(wait)
                wait = min(LONGEST_WAIT, wait * 2)
        self._background(self._set_commands())

    async def _set_commands(self) -> None:
        for langue, commands in self._commands.items():
            menu = [BotCommand(name, description) for name, description in commands]
            for wait in (1.0, 5.0, 30.0):
                try:
                    await self._api.set_my_commands(menu, language_code=langue or None)
                    break
                except TelegramError as error:
                    log.warning("setMyCommands %s: %s", langue, type(error).__name__)
                    await asyncio.sleep(wait)

    async def _get_updates(self, offset: int | None) -> list[Any]:
        fields: dict[str, Any] = {"timeout": self._long_poll, "allowed_updates": list(ALLOWED_UPDATES)}
        if offset is not None:
            fields["offset"] = offset
        result = await self._api.raw_updates(fields, read_timeout=self._long_poll + 10.0)
        if not isinstance(result, list):
            raise TelegramError("getUpdates: not a list")
        return result

    # Receiving by webhook.

    def add_webhook(self, app: web.Application, path: str, secret: str) -> None:
        """Answer Telegram's posts at `path`: 200 once stored, 503 when it cannot be, 403 without the secret."""

        async def handle(request: web.Request) -> web.Response:
            given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
            if not compare_digest(given.encode("utf-8", "surrogateescape"), secret.encode()):
                return web.Response(status=403)
            try:
                update = json.loads(await request.read())
            except ValueError:
                return web.Response(status=400)
            try:
                await self._store([update])
            except StoreUnavailable as error:
                self._inbox.tell_operator(f"Telegram: message non reçu ({error}). Telegram le redonnera.")
                return web.Response(status=503)
            return web.Response()

        app.router.add_post(path, handle)

    async def set_webhook(self, url: str, secret: str) -> None:
        """Ask Telegram to post to `url`; keeps trying while Telegram cannot be reached."""
        wait = 1.0
        while True:
            try:
                await self._api.set_webhook(url, secret_token=secret, allowed_updates=list(ALLOWED_UPDATES))
                break
            except TelegramError as error:
                self._inbox.tell_operator(f"Telegram: webhook non enregistré ({type(error).__name__}). Nouvel essai.")
                await asyncio.sleep(wait)
                wait = min(LONGEST_WAIT, wait * 2)
        self._background(self._set_commands())

    # From updates to deliveries.

    async def _store(self, updates: Sequence[Any]) -> None:
        """Hand a batch over in one write; whatever cannot be read, or stored, is a dead letter and holds nobody."""
        try:
            await self._hand_over(updates)
        except StoreUnavailable:
            raise
        except Exception as error:
            log.exception("a batch of updates failed")
            if len(updates) == 1:
                await self._inbox.receive_many(self.bot, [], [Unreadable(type(error).__name__)])
                return
            for update in updates:
                await self._store([update])

    async def _hand_over(self, updates: Sequence[Any]) -> None:
        deliveries: list[Delivery] = []
        unreadable: list[Unreadable] = []
        albums: list[tuple[int, str]] = []
        for update in updates:
            try:
                read = read_update(update)
            except UnreadableUpdate as error:
                unreadable.append(Unreadable(str(error)))
                continue
            if isinstance(read, Left):
                # In its place: what the person wrote before is stored before, what they write after comes after.
                await self._inbox.receive_many(self.bot, deliveries, unreadable)
                deliveries, unreadable = [], []
                await self._inbox.left(self.bot, read.update_id, read.address)
            elif read is not None:
                pictures = album(update)
                if pictures is not None:
                    if pictures in self._albums or pictures in albums:
                        continue
                    albums.append(pictures)
                deliveries.append(read)
        if deliveries or unreadable:
            await self._inbox.receive_many(self.bot, deliveries, unreadable)
        for pictures in albums:
            self._albums[pictures] = None
        while len(self._albums) > ALBUMS:
            self._albums.popitem(last=False)

    def _background(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


_BAD_TOKEN = "Telegram refuse le jeton: vérifiez BONNEPORTE_TELEGRAM_TOKEN et BONNEPORTE_TELEGRAM_BASE_URL."


def _has_id(update: Any) -> bool:
    return isinstance(update, dict) and isinstance(update.get("update_id"), int)


def _seconds(value: Any) -> float:
    """`retry_after` is a number of seconds or a timedelta, as python-telegram-bot is set."""
    with contextlib.suppress(AttributeError):
        return float(value.total_seconds())
    return float(value)
