"""How long does each page of the review take on a year of 100,000 rows, and does memory stay flat?

python -m benchmarks.review [--lignes 100000] [--tours 5]
The pages are asked over HTTP, one after the other, in this process; the journal is the made-up one of `bonneporte demo`.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import statistics
import tempfile
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.config import load_config
from bot.demo import make
from bot.live import load
from bot.review.filters import Filtre, numbers
from bot.web.revue_listes import places
from tests.bot.web.equipe import open_equipe

BAR = 0.3
PAGES = (
    "",
    "?etat=",
    "?etat=&page=200",
    "?etat=&tri=besoin",
    "?quartier=etouvie&defi=8&etat=",
    "?texte=logement&etat=",
    "/groupes?etat=",
    "/groupes?etat=nouveau&langue=fr",
    "/fait",
    "/lexique",
)


async def measure(folder: Path, count: int, turns: int) -> float:
    """Print one line per page; return the slowest median."""
    live, now = load(load_config({}).directory), datetime.now(ZoneInfo("Europe/Paris"))
    make(folder, live.directory, places(live), now, count)
    async with open_equipe(folder, live, now, {}) as running:
        agent = await running.entre("agent")
        some = (await running.services.store.read(lambda db: numbers(db, Filtre(langue="fr"))))[0]
        worst = 0.0
        for path in (*PAGES, f"/{some}?liste=etat%3Dnouveau&rang=500"):
            times = []
            for _ in range(turns):
                start = time.perf_counter()
                await agent.page(f"/equipe/revue{path}")
                times.append(time.perf_counter() - start)
            worst = max(worst, statistics.median(times))
            print(
                f"{path or '(liste)':45} first {times[0] * 1000:6.0f} ms   median {statistics.median(times) * 1000:6.0f} ms"
            )
        before = _memory()
        for _ in range(100):
            await agent.page("/equipe/revue?etat=")
            await agent.page("/equipe/revue/groupes?etat=")
        print(f"memory: {before} MB, after 200 more pages {_memory()} MB")
        await agent.client.session.close()
        return worst


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lignes", type=int, default=100_000)
    parser.add_argument("--tours", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        worst = asyncio.run(measure(Path(folder), asked.lignes, asked.tours))
    print(f"slowest median {worst * 1000:.0f} ms; bar {BAR * 1000:.0f} ms: {'held' if worst < BAR else 'MISSED'}")


if __name__ == "__main__":
    main()
