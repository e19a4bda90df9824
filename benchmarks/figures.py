"""How long do the figures of a year of 100,000 rows take, and how much memory? Pages, the whole report, each file.

Run it with `python -m benchmarks.figures [rows]`. The journal is the demonstration's, made in a temporary folder.
"""

from __future__ import annotations

import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.chiffres import asked, context
from bot.demo import make as make_demo
from bot.journal import cells
from bot.journal.export import as_json, csv_zip
from bot.journal.figures import Memoire
from bot.journal.periods import Periode
from bot.journal.report import make
from bot.journal.report_pdf import pdf
from bot.journal.suppression import publish
from bot.journal.xlsx import xlsx
from bot.live import load
from bot.storage.sqlite import FILE
from bot.web.revue_listes import places
from bot.web.tableaux import document

DATA = Path(__file__).resolve().parent.parent / "directory" / "data"
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Europe/Paris"))


def timed(label: str, work: Callable[[], Any]) -> Any:
    start = time.perf_counter()
    result = work()
    print(f"{label:48} {(time.perf_counter() - start) * 1000:8.0f} ms")
    return result


def memory() -> float:
    """The most this process ever held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(arguments: list[str]) -> int:
    rows = int(arguments[0]) if arguments else 100_000
    live = load(DATA)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = timed(
            f"fill a demonstration of {rows} rows", lambda: make_demo(folder, live.directory, places(live), NOW, rows)
        )
        print(f"  {made.lignes} rows, {(folder / FILE).stat().st_size / 1e6:.0f} MB")
        db = sqlite3.connect(f"{(folder / FILE).as_uri()}?mode=ro", uri=True)
        before = memory()
        today = NOW.date()
        periode, _, _ = asked("2026-07", "2026-09", today)
        span = Periode(cells.first_month(db), today.year * 12 + today.month - 2)
        besoins = live.directory.vocabulaire.besoins.values()
        axes = {besoin.id: besoin.axe for besoin in besoins}
        counts = timed("read the counts", lambda: cells.read(db, span, axes.get, [(b.id, b.defi) for b in besoins]))
        timed("decide what may be shown", lambda: publish(counts.mois, span.fin))
        memoire = Memoire()

        def report():
            about = context(db, live, periode, today, 11, memoire)
            return make(about), about

        start = time.perf_counter()
        first, about = timed("the first report after a start", report)
        for label, work in (
            ("  as a page", lambda: document(first, about)),
            ("  as a PDF", lambda: pdf(first)),
            ("  as CSV", lambda: csv_zip(first)),
            ("  as XLSX", lambda: xlsx(first)),
            ("  as JSON", lambda: as_json(first)),
        ):
            timed(label, work)
        print(f"{'the whole report, every format':48} {(time.perf_counter() - start) * 1000:8.0f} ms")
        for label, du, au in (
            ("a quarter", "2026-07", "2026-09"),
            ("a month", "2026-10", "2026-10"),
            ("a year off the calendar", "2025-11", "2026-10"),
        ):
            wanted, _, _ = asked(du, au, today)

            def page(wanted=wanted) -> str:
                about = context(db, live, wanted, today, 11, memoire)
                return document(make(about), about)

            timed(f"a page when figures are known: {label}", page)
        grown = memory() - before
        for _ in range(20):
            page()
        print(
            f"memory: {memory():.0f} MB at most, {grown:.0f} MB for the figures, {memory() - before - grown:.0f} MB more for 20 pages"
        )
        db.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
