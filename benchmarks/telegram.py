"""How fast and how safe is Telegram, with the real engine and directory, beside a bare python-telegram-bot echo bot?

    python benchmarks/telegram.py             both bots, every scenario, the bars; exit 1 when one is missed
    python benchmarks/telegram.py --quick     fewer messages

Each bot is a process of its own against the same Bot API server on loopback, which checks every call. Times are from
the delivery of an update (the answer to getUpdates) to the first sendMessage of its chat.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import signal
import socket
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)  # and not this folder, where this file would hide the library of its name

from tests.botapi.server import TOKEN, Call, FakeBotApi  # noqa: E402

SAID = (
    "bonjour",
    "je n'arrive plus à payer mon loyer",
    "I need a doctor",
    "أبحث عن محام",
    "où trouver un colis de nourriture à Étouvie",
    "quelqu'un pour remplir mes papiers",
    "comment avoir une place en crèche",
    "merci",
)


@dataclass
class Result:
    """What one scenario gave; times in milliseconds, memory in MiB, CPU in seconds."""

    asked: int
    answered: int
    seconds: float
    times: list[float]
    memory: float
    cpu: float
    start: float
    wrong: int

    def at(self, share: float) -> float:
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")

    @property
    def rate(self) -> float:
        return self.answered / self.seconds


class Process:
    """One bot running against an API server."""

    def __init__(self, kind: str, api: FakeBotApi) -> None:
        self.kind, self.api = kind, api

    async def __aenter__(self) -> Process:
        self._folder = tempfile.TemporaryDirectory()
        began = time.perf_counter()
        environ = {name: value for name, value in os.environ.items() if not name.startswith("BONNEPORTE_")}
        if self.kind == "bonneporte":
            command = ["-m", "bot", "serve"]
            environ |= {
                "BONNEPORTE_TELEGRAM_TOKEN": TOKEN,
                "BONNEPORTE_TELEGRAM_BASE_URL": self.api.base_url,
                "BONNEPORTE_DATA": self._folder.name,
                "BONNEPORTE_PORT": str(_free_port()),
            }
        else:
            command = [__file__, "--echo", self.api.base_url]
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, *command, cwd=ROOT, env=environ, stdout=asyncio.subprocess.DEVNULL
        )
        while not self.api.polls:
            if self._process.returncode is not None:
                raise SystemExit(f"{self.kind} did not start")
            await asyncio.sleep(0.005)
        self.start = time.perf_counter() - began
        return self

    async def __aexit__(self, *_: object) -> None:
        self._process.send_signal(signal.SIGKILL)
        await self._process.wait()
        self._folder.cleanup()

    def memory(self) -> float:
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) / 1024

    def cpu(self) -> float:
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Talk:
    """Who waits for which answer. One message in flight per chat unless told otherwise."""

    def __init__(self, api: FakeBotApi) -> None:
        self.api, self.times, self.answered = api, [], 0
        self._waiting: dict[int, list[int]] = defaultdict(list)
        self._words = itertools.cycle(SAID)
        self.changed = asyncio.Event()
        self.then = lambda chat: None
        api.on_send = self._sent

    def say(self, chat: int) -> None:
        self._waiting[chat].append(self.api.say(chat, next(self._words)))

    def _sent(self, call: Call) -> None:
        if self._waiting[call.chat]:
            update = self._waiting[call.chat].pop(0)
            self.times.append((call.at - self.api.delivered_at[update]) * 1000)
            self.answered += 1
            self.then(call.chat)
        self.changed.set()

    async def until(self, count: int, seconds: float) -> None:
        end = time.perf_counter() + seconds
        while self.answered < count and (left := end - time.perf_counter()) > 0:
            self.changed.clear()
            try:
                await asyncio.wait_for(self.changed.wait(), left)
            except TimeoutError:
                return


async def play(kind: str, scenario: str, quick: bool) -> Result:
    """One scenario with a process started for it."""
    latency = 0.05 if scenario == "open" else 0.0
    async with FakeBotApi(latency=latency) as api, Process(kind, api) as process:
        talk = Talk(api)
        began = time.perf_counter()
        if scenario == "closed":
            chats, each = 50, 10 if quick else 40
            asked = chats * each
            left = dict.fromkeys(range(1, chats + 1), each - 1)

            def again(chat: int) -> None:
                if left[chat]:
                    left[chat] -= 1
                    talk.say(chat)

            talk.then = again
            for chat in left:
                talk.say(chat)
            await talk.until(asked, 120)
        elif scenario == "open":
            asked = 25 * (4 if quick else 20)
            for n in range(asked):
                talk.say(1 + n % 200)
                await asyncio.sleep(max(0.0, began + (n + 1) / 25 - time.perf_counter()))
            await talk.until(asked, 30)
        else:
            chats = 500 if quick else 2000
            asked = chats
            for chat in range(1, chats + 1):
                talk.say(chat)
            await talk.until(asked, 120)
        seconds = time.perf_counter() - began
        return Result(
            asked, talk.answered, seconds, talk.times, process.memory(), process.cpu(), process.start, len(api.wrong())
        )


BARS = {
    "closed": [("at least 300 messages/s", lambda result: result.rate >= 300)],
    "open": [
        ("p95 at most 50 ms", lambda result: result.at(0.95) <= 50),
        ("p99 at most 150 ms", lambda result: result.at(0.99) <= 150),
    ],
    "crowd": [],
}
EVERYWHERE = [
    ("none lost", lambda result: result.answered == result.asked),
    ("at most 150 MiB", lambda result: result.memory <= 150),
    ("started within 3 s", lambda result: result.start <= 3),
    ("every call valid", lambda result: result.wrong == 0),
]
NAMES = {
    "closed": "50 chats, one message in flight each",
    "open": "25 messages/s, 50 ms per API answer",
    "crowd": "2,000 chats at once",
}


async def main(quick: bool) -> int:
    missed = []
    print("| scenario | bot | messages/s | p50 ms | p95 ms | p99 ms | lost | RSS MiB | CPU s | start s |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for scenario, name in NAMES.items():
        for kind in ("bonneporte", "bare PTB echo"):
            result = await play(kind, scenario, quick)
            print(
                f"| {name} | {kind} | {result.rate:.0f} | {result.at(0.5):.1f} | {result.at(0.95):.1f} "
                f"| {result.at(0.99):.1f} | {result.asked - result.answered} | {result.memory:.0f} | {result.cpu:.1f} "
                f"| {result.start:.1f} |",
                flush=True,
            )
            if kind == "bonneporte":
                missed += [f"{name}: {bar}" for bar, held in BARS[scenario] + EVERYWHERE if not held(result)]
    print("\nEvery bar is met." if not missed else "\nMissed: " + "; ".join(missed))
    return 1 if missed else 0


def echo(base_url: str) -> None:
    """The bare bot to compare with: python-telegram-bot as its first example has it."""
    from telegram import Update
    from telegram.ext import Application, ContextTypes, MessageHandler, filters

    async def answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        await update.message.reply_text(update.message.text)

    application = Application.builder().token(TOKEN).base_url(base_url).build()
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, answer))
    application.run_polling(allowed_updates=["message"])


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer messages")
    parser.add_argument("--echo", metavar="BASE_URL", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.echo:
        echo(arguments.echo)
    else:
        sys.exit(asyncio.run(main(arguments.quick)))
