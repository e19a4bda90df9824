"""How well and how fast are messages understood, beside what one would otherwise take?

    python -m benchmarks.understanding MESSAGES.jsonl [--most N] [--sans rapidfuzz,sqlite,sklearn]

Side by side, in one run, over the same lexicons and the same messages: ours; rapidfuzz `process.extract` over the phrases;
SQLite FTS5 (bm25) over the phrases; and scikit-learn's TF-IDF on characters with logistic regression trained on the
phrases, when scikit-learn can be imported. A line of MESSAGES has `text`, `lang`, `needs`, `also_ok` and `id`.

Accuracy: hit@1 (the first need is one of `needs` or `also_ok`), hit@3 (one of the first three is in `needs`), over the
messages that have needs. Messages are split by a digest of their id: thresholds were set on the part called "réglage", the
part "à part" was not looked at.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz import process

from bot.understanding import engine, lexicon, normalise
from bot.understanding.model import Contexte
from directory.load import load

DATA = Path(__file__).resolve().parent.parent / "directory" / "data"

Ask = Callable[[str], list[str]]
"""A message -> needs, best first."""


def kept_aside(ident: str) -> bool:
    """Four messages in ten, the same on every machine."""
    return int(hashlib.sha256(ident.encode()).hexdigest(), 16) % 10 >= 6


def phrases() -> list[tuple[str, str]]:
    """(plain phrase, need) of every lexicon, words included."""
    lexicons, _ = lexicon.read_all()
    tables = [table for lex in lexicons for table in (lex.phrases, lex.mots)]
    return [(normalise.plain(text), besoin) for table in tables for besoin, texts in table.items() for text in texts]


def distinct(needs: Iterable[str]) -> list[str]:
    """The first three different needs."""
    return list(dict.fromkeys(needs))[:3]


def ours() -> Ask:
    """The engine of this repository, with the names of its directory."""
    understander = engine.load(directory=load(DATA).directory)

    def ask(text: str) -> list[str]:
        return [b.besoin for b in understander.understand(text, Contexte()).besoins][:3]

    return ask


def with_rapidfuzz() -> Ask:
    """The ten nearest phrases by the default scorer."""
    pairs = phrases()
    texts = [text for text, _ in pairs]

    def ask(text: str) -> list[str]:
        return distinct(pairs[i][1] for _, _, i in process.extract(normalise.plain(text), texts, limit=10))

    return ask


def with_sqlite() -> Ask:
    """The thirty best phrases by bm25, any word of the message matching."""
    base = sqlite3.connect(":memory:")
    base.execute(
        "create virtual table phrases using fts5(texte, besoin unindexed, tokenize='unicode61 remove_diacritics 2')"
    )
    base.executemany("insert into phrases values (?, ?)", phrases())

    def ask(text: str) -> list[str]:
        words = [f'"{word}"' for word in normalise.words(text)]
        if not words:
            return []
        found = base.execute(
            "select besoin from phrases where phrases match ? order by bm25(phrases) limit 30", [" OR ".join(words)]
        )
        return distinct(besoin for (besoin,) in found)

    return ask


def with_sklearn() -> Ask | None:
    """TF-IDF on characters and logistic regression; None where scikit-learn is not installed."""
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline
    except ImportError:
        return None
    pairs = phrases()
    model = make_pipeline(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True),
        LogisticRegression(C=10, max_iter=60),
    )
    model.fit([text for text, _ in pairs], [besoin for _, besoin in pairs])
    classes = model.classes_

    def ask(text: str) -> list[str]:
        shares = model.predict_proba([normalise.plain(text)])[0]
        return [classes[i] for i in np.argsort(-shares)[:3]]

    return ask


WAYS: dict[str, Callable[[], Ask | None]] = {
    "bonneporte": ours,
    "rapidfuzz": with_rapidfuzz,
    "sqlite": with_sqlite,
    "sklearn": with_sklearn,
}


def measure(ask: Ask, rows: list[dict[str, Any]]) -> tuple[list[tuple[bool, bool]], np.ndarray]:
    """(hit@1 and hit@3 of each message, milliseconds of each)."""
    hits, times = [], []
    for row in rows:
        start = time.perf_counter()
        needs = ask(row["text"])
        times.append(1000 * (time.perf_counter() - start))
        good = {*row["needs"], *row.get("also_ok", ())}
        hits.append((bool(needs) and needs[0] in good, bool({*needs[:3]} & {*row["needs"]})))
    return hits, np.array(times)


def share(hits: Iterable[bool]) -> str:
    """A percentage, or a dash for nobody."""
    values = list(hits)
    return f"{100 * sum(values) / len(values):.1f}" if values else "-"


def main() -> int:
    """Prints one line a way."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("messages", type=Path)
    parser.add_argument("--most", type=int, default=0, metavar="N", help="only the first N messages")
    parser.add_argument("--sans", default="", metavar="WAYS", help="ways to leave out, with commas")
    options = parser.parse_args()
    lines = options.messages.read_text(encoding="utf-8").splitlines()
    rows = [row for line in lines if line.strip() and (row := json.loads(line))["needs"]]
    rows = rows[: options.most] if options.most else rows
    header = ("", "ready s", "hit@1", "réglage", "à part", "fr", "others", "hit@3", "median ms", "p99 ms")
    print(f"{len(rows)} messages with a need, {len(phrases())} phrases and words in the lexicons")
    print("{:11s}{:>9s}{:>8s}{:>9s}{:>8s}{:>7s}{:>8s}{:>8s}{:>11s}{:>9s}".format(*header))
    for name, make in WAYS.items():
        if name in options.sans.split(","):
            continue
        start = time.perf_counter()
        ask = make()
        ready = time.perf_counter() - start
        if ask is None:
            print(f"{name:11s}   not installed here")
            continue
        hits, times = measure(ask, rows)
        pairs = list(zip(rows, hits, strict=True))
        print(
            f"{name:11s}{ready:9.2f}{share(one for one, _ in hits):>8s}"
            f"{share(h[0] for r, h in pairs if not kept_aside(r['id'])):>9s}"
            f"{share(h[0] for r, h in pairs if kept_aside(r['id'])):>8s}"
            f"{share(h[0] for r, h in pairs if r['lang'] == 'fr'):>7s}"
            f"{share(h[0] for r, h in pairs if r['lang'] != 'fr'):>8s}"
            f"{share(three for _, three in hits):>8s}"
            f"{np.median(times):11.2f}{np.percentile(times, 99):9.2f}",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
