"""How long do loading the directory and finding doors take, beside the obvious way of doing each?

Run it with `python -m benchmarks.directory`. Every figure is the best of several rounds on this machine; the ratios say more.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import yaml
from opening_hours import OpeningHours

from directory import osm
from directory.catalogue import Directory
from directory.check import lint
from directory.hours import PARIS
from directory.load import load
from directory.model import Demande, EtatLieu
from directory.search import find_doors

DATA = Path(__file__).resolve().parent.parent / "directory" / "data"
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=PARIS)


def best(rounds: int, work: Callable[[], object]) -> float:
    """Seconds of the fastest of some rounds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def naive_load() -> None:
    """The same files by PyYAML's own loader, in pure Python: no line, no check, and its implicit types."""
    for path in DATA.rglob("*.yaml"):
        yaml.load(path.read_text(), Loader=yaml.SafeLoader)


def naive_doors(directory: Directory, besoin: str) -> list[str]:
    """Every place looked at, its hours parsed and evaluated for each question, as a page that filters a list does."""
    found = []
    for lieu in directory.lieux.values():
        for service in lieu.services:
            hours = (service.horaires or lieu.horaires).osm
            is_open = False
            if hours:
                evaluator = OpeningHours(osm.canonical(osm.parse(hours)), timezone=PARIS, country="FR")
                is_open = evaluator.is_open(NOW)
                evaluator.next_change(NOW)
            if lieu.etat is EtatLieu.OUVERT and besoin in service.besoins:
                found.append((not is_open, lieu.id))
    return [each for _, each in sorted(found)[:3]]


def main() -> int:
    first = time.perf_counter()
    directory = load(DATA).directory
    cold = time.perf_counter() - first
    if directory is None:
        print("Les données ont une faute : python -m directory.check", file=sys.stderr)
        return 1
    besoins = list(directory.vocabulaire.besoins)
    files = len(list(DATA.rglob("*.yaml")))

    warm = best(5, lambda: load(DATA))
    naive = best(2, naive_load)
    print(f"load {files} files, {len(directory.lieux)} places: {cold * 1000:.0f} ms first, {warm * 1000:.0f} ms again")
    print(f"  PyYAML in pure Python, nothing checked: {naive * 1000:.0f} ms ({naive / warm:.1f} times ours)")

    loaded = load(DATA)
    print(f"lint: {best(3, lambda: lint(loaded, NOW.date())) * 1000:.0f} ms")

    for label, quartier in (("quarter known", "etouvie"), ("quarter not known", None)):
        times = sorted(
            best(5, lambda need=besoin, where=quartier: find_doors(directory, Demande((need,), where), NOW))
            for besoin in besoins
        )
        median, worst = times[len(times) // 2], times[-1]
        print(f"find_doors, {label}: median {median * 1000:.3f} ms, slowest need {worst * 1000:.3f} ms")

    fresh = load(DATA).directory
    start = time.perf_counter()
    for number, besoin in enumerate(besoins):
        find_doors(fresh, Demande((besoin,)), NOW + timedelta(days=number))
    print(f"find_doors, a new day for each question: {(time.perf_counter() - start) / len(besoins) * 1000:.3f} ms")

    one = "recherche-emploi"
    ours = best(20, lambda: find_doors(directory, Demande((one,), "etouvie"), NOW))
    other = best(5, lambda: naive_doors(directory, one))
    print(
        f"  every place parsed and evaluated for each question: {other * 1000:.1f} ms ({other / ours:.0f} times ours)"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
