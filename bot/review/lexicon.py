"""What could the lexicons learn from what staff corrected? Words that were misunderstood, under the need they meant.

Proposals only: somebody reads them, and copies those that others would say too.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.review.grouping import group
from bot.understanding.lexicon import DATA, read
from directory.datafile import DataError

LONGEST = 120  # characters: more is a story, not an entry
MARK = re.compile(r"\[[^\]]+\]")
LATIN = re.compile(r"[a-z]", re.IGNORECASE)
ARABIC = re.compile("[\u0600-\u06ff]")


@dataclass(frozen=True, slots=True)
class Proposition:
    """Words for the file of a language, under `phrases:` of a need: how many messages said so."""

    langue: str
    besoin: str
    texte: str
    fois: int
    compris: str | None


def corrected(connection: sqlite3.Connection, limit: int = 100_000) -> list[tuple[int, str, str, str, str | None]]:
    """(number, language, corrected need, words, need first understood) of what staff corrected, newest first."""
    return connection.execute(
        "SELECT j.id, j.langue, s.besoin_corrige, j.mots, j.besoin FROM suivi s JOIN journal j ON j.id = s.journal_id"
        " WHERE s.besoin_corrige IS NOT NULL AND j.mots IS NOT NULL ORDER BY j.jour DESC, j.id LIMIT ?",
        [limit],
    ).fetchall()


def read_corrected(file: Path) -> list[tuple[int, str, str, str, str | None]]:
    """The same from a database file, beside a running bot; nothing from a database that never had a review."""
    if not file.exists():
        return []
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        reviewed = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'suivi'").fetchone()
        return corrected(connection) if reviewed else []


def write_proposals(found: Sequence[Proposition], folder: Path) -> list[Path]:
    """One file a language, named as its lexicon, in a folder of its own: the lexicons themselves are not touched."""
    if folder.resolve() == DATA.resolve():
        raise ValueError("Les lexiques sont dans ce dossier : choisissez-en un autre, puis copiez ce qui convient.")
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for langue in languages(found):
        path = folder / f"{langue}.yaml"
        path.write_text(f"langue: {langue}\n{as_yaml(found, langue)}", encoding="utf-8")
        written.append(path)
    return written


def proposals(
    messages: Iterable[tuple[int, str, str, str, str | None]], known: Mapping[str, frozenset[str]] = {}
) -> tuple[Proposition, ...]:
    """One proposal for each group of like words, most said first within its language and need.

    `known` are the phrases each language has already, in small letters: they are not proposed again.
    """
    understood, kept = {}, []
    for number, langue, besoin, mots, compris in messages:
        text = " ".join(mots.split())
        # Words cleaned of personal data say "[nom]": nobody writes that.
        if text and len(text) <= LONGEST and not MARK.search(text):
            understood[number] = compris
            kept.append((number, _file_of(langue, text), besoin, text))
    found = [
        Proposition(one.langue, one.besoin or "", one.mots, len(one.numeros), understood[one.premier])
        for one in group(kept)
        if one.mots.casefold() not in known.get(one.langue, frozenset())
    ]
    return tuple(sorted(found, key=lambda one: (one.langue, one.besoin, -one.fois, one.texte)))


def known(langues: Iterable[str], folder: Path = DATA) -> dict[str, frozenset[str]]:
    """What the lexicons of these languages say already, in small letters; a lexicon that cannot be read says nothing."""
    wanted = {other for langue in langues for other in (langue, _file_of(langue, ""), _file_of(langue, "a"))}
    found = {}
    for langue in wanted:
        path = folder / f"{langue}.yaml"
        if path.is_file():
            found[langue] = _phrases(path, path.stat().st_mtime_ns)
    return found


@lru_cache(maxsize=32)
def _phrases(path: Path, changed: int) -> frozenset[str]:
    try:
        one = read(path)
    except (ValueError, DataError):
        return frozenset()
    texts = (*one.mots.values(), *one.phrases.values())
    return frozenset(text.casefold() for group_of_texts in texts for text in group_of_texts)


def as_yaml(found: Iterable[Proposition], langue: str) -> str:
    """The proposals of one language in the form of its lexicon file, to copy under the needs that are there."""
    lines, besoin = ["besoins:"], None
    for one in found:
        if one.langue != langue:
            continue
        if one.besoin != besoin:
            besoin = one.besoin
            lines += [f"  {besoin}:", "    phrases:"]
        times = f"{one.fois} fois ; " if one.fois > 1 else ""
        # A JSON string is a YAML string: quotes, colons and hashes in the words change nothing.
        lines.append(f"      - {json.dumps(one.texte, ensure_ascii=False)}  # {times}compris : {one.compris or 'rien'}")
    return "\n".join(lines) + "\n" if len(lines) > 1 else ""


def as_lexicons(found: Sequence[Proposition]) -> str:
    """The proposals of every language, each under the name of its file."""
    return "\n".join(f"# bot/understanding/data/{one}.yaml\n{as_yaml(found, one)}" for one in languages(found))


def languages(found: Iterable[Proposition]) -> tuple[str, ...]:
    """The languages that have proposals, in order."""
    return tuple(dict.fromkeys(one.langue for one in found))


def _file_of(langue: str, text: str) -> str:
    """The lexicon these words belong to: Arabic in Latin letters has its own; FALC is French."""
    if langue == "ar" and LATIN.search(text) and not ARABIC.search(text):
        return "ar-Latn"
    return "fr" if langue == "fr-falc" else langue
