"""How is the demonstration made? A database of its own, marked as such, filled with a year that nobody lived.

A database with real rows is never touched: the demonstration has its own folder, and its file says what it is.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from bot.accounts import links, table
from bot.accounts.model import ROLES
from bot.journal.demo import GRAINE, days
from bot.journal.demo_words import REMARQUES_DE_REVUE
from bot.journal.rows import Row
from bot.journal.table import COLUMNS
from bot.review.changes import Places, change_many
from bot.review.model import Signature
from bot.storage.marque import is_demonstration, mark_demonstration
from bot.storage.sqlite import FILE, beside
from directory.catalogue import Directory

PAR = "agent-demo"
# What holds rows as soon as a service has run for somebody.
_TRACES = ("journal", "frequentation", "compte", "conversation", "inbox", "suivi")

# What the review of the demonstration decides, for a kind of unmet need.
_ACTIONS = {
    "aucune_offre": "creer-permanence",
    "rien_a_portee": "creer-permanence",
    "rien_bientot": "prevenir-partenaire",
    "rien_compris": "vocabulaire",
    "mal_compris": "vocabulaire",
    "pas_aide": "corriger-fiche",
    "non_eligible": "prevenir-partenaire",
}


class DemoRefused(Exception):
    """The demonstration would mix with real rows; the message says what to do, in French."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: rows of the journal, first and last day, and (account, role, token of its first link)."""

    lignes: int
    du: date
    au: date
    comptes: tuple[tuple[str, str, str], ...]


def make(
    folder: Path, directory: Directory, places: Places, now: datetime, lignes: int, *, again: bool = False
) -> Made:
    """Fill the database of a folder with about `lignes` rows up to the day of `now`; DemoRefused for a real one.

    `again` throws away the demonstration that is there first.
    """
    if again:
        _throw_away(folder)
    with beside(folder) as db:
        _refuse_real(db, folder)
        mark_demonstration(db)
        count, du = _fill(db, directory, now.date(), lignes)
        _review(db, places, now.date())
        comptes = tuple(_accounts(db, now))
    return Made(count, du, now.date(), comptes)


def _refuse_real(db: sqlite3.Connection, folder: Path) -> None:
    used = [name for name in _TRACES if db.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone()]
    if used and is_demonstration(db):
        raise DemoRefused(f"{folder} contient déjà une démonstration. Pour la refaire : --recommencer")
    if used:
        raise DemoRefused(
            f"{folder} contient de vraies données ({', '.join(used)}) : rien n'a été changé. "
            "Donnez un autre dossier : --dossier data/demo"
        )


def _throw_away(folder: Path) -> None:
    file = folder / FILE
    if not file.exists():
        return
    with beside(folder) as db:
        if not is_demonstration(db):
            raise DemoRefused(f"{folder} n'est pas une démonstration : rien n'a été effacé.")
    for name in (FILE, f"{FILE}-wal", f"{FILE}-shm"):
        (folder / name).unlink(missing_ok=True)


def _fill(db: sqlite3.Connection, directory: Directory, today: date, lignes: int) -> tuple[int, date]:
    # The same ids every time too, so that the same demonstration can be made again elsewhere.
    rng = random.Random(GRAINE + 1)
    marks = ", ".join("?" * (1 + len(fields(Row))))
    count, first = 0, today
    for journee in days(directory, today, lignes):
        first = min(first, date.fromisoformat(journee.jour))
        db.executemany(
            f"INSERT INTO journal (id, {COLUMNS}) VALUES ({marks})",
            [(rng.getrandbits(62), *astuple(row)) for row in journee.rows],
        )
        # Every conversation began at the residents' pages: the desk counts its requests, not messages.
        db.executemany(
            "INSERT INTO frequentation (jour, canal, langue, messages, conversations) VALUES (?, ?, ?, ?, ?)",
            [
                (journee.jour, canal, langue, messages, journee.conversations[canal, langue])
                for (canal, langue), messages in journee.passages.items()
                if canal != "bureau"
            ],
        )
        count += len(journee.rows)
    return count, first


def _review(db: sqlite3.Connection, places: Places, today: date) -> None:
    """Staff have read most of what is older than a month and decided on some of it."""
    rng = random.Random(GRAINE + 2)
    found = db.execute(
        "SELECT substr(jour, 1, 7), raison, id FROM journal WHERE genre = 'besoin_non_couvert' AND jour < ?"
        " ORDER BY jour, id",
        [(today - timedelta(days=30)).isoformat()],
    ).fetchall()
    batches: dict[tuple[str, str, str], list[int]] = {}
    for month, raison, number in found:
        chance = rng.random()
        state = "lu" if chance < 0.3 else "traite" if chance < 0.6 else "clos" if chance < 0.75 else ""
        if state:
            batches.setdefault((month, raison, state), []).append(number)
    for (month, raison, state), numbers in batches.items():
        wanted: dict[str, str | None] = {"etat": state}
        if state != "lu":
            wanted["action"] = _ACTIONS.get(raison)
            if rng.random() < 0.3:
                wanted["remarque"] = rng.choice(REMARQUES_DE_REVUE)
        change_many(db, numbers, wanted, _signature(month, rng, today), places, seen=2**62)


def _signature(month: str, rng: random.Random, today: date) -> Signature:
    day = date.fromisoformat(f"{month}-01") + timedelta(days=rng.randint(31, 52))
    day = min(day, today)
    moment = datetime.combine(day, time(9, rng.randint(0, 59)), UTC)
    return Signature(PAR, moment.isoformat(timespec="seconds"), day.isoformat())


def _accounts(db: sqlite3.Connection, now: datetime) -> Iterator[tuple[str, str, str]]:
    """One account a role, named by it, each with a link to choose a password."""
    for role in ROLES:
        account = table.add(db, "demonstration", f"{role}-demo", role)
        yield account.nom, role, links.access(db, "demonstration", account.id, now)
