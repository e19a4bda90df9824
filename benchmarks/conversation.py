"""How long does one message take through the whole engine, and a newcomer's first answer from a cold start?

Run it with `python -m benchmarks.conversation`. The whole engine is understanding, search and final words, on the real
directory; beside it, in the same run, what the same messages cost in understanding alone, so that a ratio can be read
on any machine. The cold start is a whole process: `bonneporte chat`, one question, its answer.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.conversation.messages import Incoming
from bot.conversation.state import Conversation
from bot.live import load
from bot.understanding.model import Contexte

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Europe/Paris"))
MESSAGES = (
    "je n'arrive plus à payer mon loyer, j'habite Étouvie", "jai faim", "le numéro de la caf", "carte vitale perdue",
    "I need a lawyer for my papers", "my son has no school", "where can I learn French in Amiens Nord",
    "ليس لدي ما آكله", "أبحث عن عمل", "kifach ndir bach nakhod carte de séjour", "bonjour", "qui a gagné le match",
    "ma voisine est âgée et seule, elle tombe souvent et ses enfants sont loin, qui peut passer la voir le matin ?",
    "on m'a volé mon sac au marché", "permis de conduire trop cher", "il n'y a plus de chauffage depuis trois semaines",
)  # fmt: skip


def milliseconds(work, rounds: int = 20) -> list[float]:
    """Time of each message, sorted."""
    times = []
    for _ in range(rounds):
        for text in MESSAGES:
            start = time.perf_counter()
            work(text)
            times.append((time.perf_counter() - start) * 1000)
    return sorted(times)


def cold_start(runs: int = 5) -> float:
    """Median seconds of a whole process that starts, answers one question and stops."""
    times = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            environment = {**os.environ, "BONNEPORTE_DATA": folder}
            start = time.perf_counter()
            subprocess.run(
                [sys.executable, "-m", "bot", "chat"],
                input="j'ai faim\n", text=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=True,
            )  # fmt: skip
            times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    live = load(ROOT / "directory" / "data")

    def whole(text: str) -> None:
        for reply in live.step(Conversation(), Incoming("bench", text=text), NOW).replies:
            live.texts.say(reply)

    def understanding(text: str) -> None:
        live.understander.understand(text, Contexte())

    milliseconds(whole, 1)
    for name, work in (("whole engine", whole), ("understanding alone", understanding)):
        times = milliseconds(work)
        print(f"{name:20s} median {statistics.median(times):.2f} ms   p99 {times[int(len(times) * 0.99)]:.2f} ms")
    print(f"{'cold start, answer':20s} median {cold_start():.2f} s")


if __name__ == "__main__":
    main()
