"""The one place that plugs things together: data, storage, runner, channels, clock, and what tells the operator."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import signal
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TextIO
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.config import Config
from bot.conversation.messages import Incoming
from bot.conversation.state import Conversation
from bot.live import LEXICONS, LOCALES, RULES, DataFault, Live, load, summary
from bot.pseudonym import load_key
from bot.runner import Runner
from bot.spoken import Spoken
from bot.storage.base import Store, StoreUnavailable
from bot.storage.marque import is_demonstration
from bot.storage.sqlite import FILE, open_memory, open_store

if TYPE_CHECKING:
    from aiohttp import web

    from bot.channels.telegram import TelegramChannel

PARIS = ZoneInfo("Europe/Paris")
Say = Callable[[str], None]


class StartError(Exception):
    """The product cannot start; the message says why and what to do."""


def clock() -> datetime:
    """Now, in Amiens."""
    return datetime.now(PARIS)


def load_data(config: Config) -> Live:
    """The data in service, or StartError with every fault."""
    try:
        return load(config.directory)
    except DataFault as fault:
        raise StartError(f"{fault}\nCorrigez, puis : bonneporte check") from None


def make_runner(config: Config, live: Live, store: Store, *, pull: tuple[str, ...], alert: Say) -> Runner:
    """The runner over the data in service."""
    from bot.channels.rate import default_rate

    rate = config.telegram_rate if config.telegram_rate is not None else default_rate(config.telegram_base_url)
    return Runner(
        store,
        live.step,
        lambda reply: live.texts.say(reply),
        clock,
        load_key(config.data),
        defi=live.defi,
        axe=live.axe,
        pull=pull,
        session=timedelta(minutes=config.session_minutes),
        words_kept=config.mots_mois,
        rate=rate or None,
        alert=alert,
    )


def greeter(live: Live) -> Callable[[Incoming], tuple[Spoken, ...]]:
    """Says the first words of a conversation that does not exist yet; nothing is recorded."""

    def greet(incoming: Incoming) -> tuple[Spoken, ...]:
        replies = live.step(Conversation(), incoming, clock()).replies
        return tuple(live.texts.say(reply) for reply in replies)

    return greet


async def serve(config: Config, say: Say) -> None:
    """Open the page, and Telegram when it has a token, until a signal asks to stop."""
    from aiohttp import web

    from bot.web.chiffres import warm
    from bot.web.security import quiet_server_log
    from bot.web.staff_page import SERVICES

    live = load_data(config)
    try:
        store = open_store(config.data)
    except StoreUnavailable as error:
        raise StartError(str(error)) from None
    demo = await is_demo(config, store)
    runner = make_runner(config, live, store, pull=("web", "borne"), alert=say)
    app = site(config, live, store, runner, demo=demo)
    telegram = telegram_channel(config, live, runner)
    if telegram and config.telegram_webhook_url:
        telegram.add_webhook(app, urlsplit(config.telegram_webhook_url).path or "/", config.telegram_secret)
    quiet_server_log()
    site_runner = web.AppRunner(app, access_log=None)
    await site_runner.setup()
    try:
        await web.TCPSite(site_runner, config.host, config.port).start()
    except OSError as error:
        await site_runner.cleanup()
        await store.close()
        raise StartError(
            f"Le port {config.port} de {config.host} ne s'ouvre pas ({error.strerror}). "
            f"Essayez un autre port : BONNEPORTE_PORT={config.port + 1}"
        ) from None
    await runner.start()
    say_what_is_open(config, live, say)
    await say_how_to_come_in(config, store, say)
    early = (watch(live, say), asyncio.to_thread(live.prepare), warm(app[SERVICES]))
    tasks = [asyncio.create_task(task) for task in early]
    if telegram:
        await telegram.start()
        tasks.append(asyncio.create_task(listen(telegram, config)))
    try:
        await stop_asked()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await site_runner.cleanup()
        await runner.stop()
        if telegram:
            await telegram.stop()
        await store.close()


async def is_demo(config: Config, store: Store) -> bool:
    """Whether the database is a demonstration, which no resident may be answered from. The file says it, or the setting."""
    marked = await store.read(is_demonstration)
    if marked and config.telegram_token:
        await store.close()
        raise StartError(
            f"{config.data} est une démonstration : pas de Telegram sur des données inventées. "
            "Enlevez BONNEPORTE_TELEGRAM_TOKEN, ou réglez BONNEPORTE_DATA sur les vraies données."
        )
    return marked or config.demo


def site(config: Config, live: Live, store: Store, runner: Runner, *, demo: bool = False) -> web.Application:
    """The resident's page and the kiosk over the conversation, and the staff site under /equipe."""
    from bot.channels.borne import Kiosk
    from bot.channels.webchat import WebChat, create_app
    from bot.web import staff
    from bot.web.security import error_pages, security_middleware
    from bot.web.staff_page import Services

    chat = WebChat(runner, lambda: live.texts, live.langues, greeter(live), config.public_url)
    kiosk = Kiosk(runner, lambda: live.texts, live.langues, greeter(live), config.public_url)
    errors = error_pages(chat.error_page, {"/equipe": staff.error_page, "/borne": kiosk.error_page})
    app = create_app(chat, security_middleware(config.public_url, errors))
    kiosk.add_routes(app)
    staff.mount(app, Services(config, live, store, clock, demo or config.demo))
    return app


def telegram_channel(config: Config, live: Live, runner: Runner) -> TelegramChannel | None:
    """Telegram, when a token is set."""
    if not config.telegram_token:
        return None
    from bot.channels.telegram import TelegramChannel
    from bot.conversation.commands import MENU

    menu = {
        "" if langue.code == "fr" else langue.code: [(name, live.texts.text(text, langue.code)) for name, text in MENU]
        for langue in live.langues.proposees()
        if len(langue.code) == 2
    }
    channel = TelegramChannel(config.telegram_token, runner, base_url=config.telegram_base_url, commands=menu)
    runner.add(channel)
    return channel


async def listen(telegram: TelegramChannel, config: Config) -> None:
    """Receive from Telegram for ever, the way the settings say."""
    if config.telegram_webhook_url:
        await telegram.set_webhook(config.telegram_webhook_url, config.telegram_secret)
    else:
        await telegram.poll()


def say_what_is_open(config: Config, live: Live, say: Say) -> None:
    """Tell whoever started the product what is open where, and what could be."""
    say(f"La Bonne Porte est ouverte : {summary(live.directory, live.rulebook)}.")
    for fault in live.rule_faults:
        say(f"  Règle en faute, son droit est laissé de côté. {fault}")
    say(f"  Page web    {config.address}")
    say(f"  Borne       {config.address}/borne")
    if config.telegram_token:
        how = "par webhook" if config.telegram_webhook_url else "le bot interroge Telegram"
        say(f"  Telegram    ouvert ({how})")
    else:
        say("  Telegram    fermé. Pour l'ouvrir : BONNEPORTE_TELEGRAM_TOKEN=<jeton de @BotFather> make run")
    say("  Terminal    .venv/bin/bonneporte chat")
    say(f"  Données     {config.data / FILE}   Annuaire  {config.directory}")


async def say_how_to_come_in(config: Config, store: Store, say: Say) -> None:
    """Tell where staff come in; as long as there is no administrator, give a link that makes the first one."""
    from bot.accounts import links

    token = await store.write(lambda db: links.first(db, clock()))
    if token is None:
        say(f"  Équipe      {config.address}/equipe/")
    else:
        say("  Équipe      pas encore d'administrateur. Ce lien en fait un, une seule fois, pendant 24 heures :")
        say(f"              {config.address}/equipe/premier/{token}")
    say("Ctrl-C pour arrêter. L'annuaire et les règles se rechargent tout seuls quand un fichier change.")


async def watch(live: Live, say: Say) -> None:
    """Take in changed data files as they are saved, or all of them on SIGHUP."""
    from watchfiles import awatch

    asked = asyncio.Event()
    with contextlib.suppress(NotImplementedError, ValueError):
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, asked.set)

    async def on_signal() -> None:
        while True:
            await asked.wait()
            asked.clear()
            await asyncio.to_thread(live.refresh, say)

    async def on_change() -> None:
        folders = [folder for folder in (live.folder, RULES, LEXICONS, LOCALES) if folder.exists()]
        async for changes in awatch(*folders, watch_filter=lambda _, path: path.endswith((".yaml", ".po", ".geojson"))):
            say(f"{len(changes)} fichier(s) de données ont changé.")
            await asyncio.to_thread(live.refresh, say)

    await asyncio.gather(on_signal(), on_change())


async def stop_asked() -> None:
    """Wait for Ctrl-C or a termination signal."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    await stop.wait()


async def chat(config: Config, source: TextIO, out: TextIO, first: str = "/start") -> None:
    """The conversation in the terminal, over the same runner and journal; `first` is what opens it."""
    from bot.channels.console import NAME, converse

    live = load_data(config)
    try:
        store = open_store(config.data)
    except StoreUnavailable:
        print(
            "(Le service tourne déjà sur ces données : rien de cette conversation n'ira au journal.)", file=sys.stderr
        )
        store = open_memory()
    runner = make_runner(config, live, store, pull=(NAME,), alert=lambda line: print(line, file=sys.stderr))
    await runner.start()
    address, count = secrets.token_hex(8), 0

    async def ask(incoming: Incoming) -> tuple[Spoken, ...]:
        nonlocal count
        count += 1
        return await runner.ask(NAME, f"{address}-{count}", address, incoming, timeout=30)

    try:
        await converse(ask, source, out, first)
    finally:
        await runner.forget(NAME, address)
        await runner.stop()
        await store.close()
