"""A small journal for the tests of figures: rows drawn from a seed, in a real database on disk."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterable
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from bot.journal.rows import Passage, Row
from bot.journal.table import count, insert
from bot.storage.sqlite import beside

NEEDS = (
    ("aide-alimentaire", 1, None),
    ("energie", 1, None),
    ("recherche-emploi", 2, None),
    ("demarches-administratives", 3, "services"),
    ("impots", 3, "services"),
    ("sejour-nationalite", 3, "droits"),
    ("violences", 3, "droits"),
    ("retraite", 3, "droits"),
    ("numerique-aide", 3, "numerique"),
    ("scolarite", 4, None),
    ("sante-mentale", 6, None),
    ("acces-soins", 6, None),
    ("culture-sport", 10, None),
    (None, None, None),
)
QUARTERS = ("amiens-nord", "etouvie", "pierre-rollin", "elbeuf-lescouve", None)
LANGUAGES = ("fr", "ar", "fa", "en")
CHANNELS = ("web", "telegram", "borne", "bureau")


def drawn(seed: int, first: date, months: int, a_month: int) -> Iterable[Row]:
    """Rows with a few big cells and many small ones, as a real journal has."""
    rng = random.Random(seed)
    last = date(first.year + (first.month - 1 + months) // 12, (first.month - 1 + months) % 12 + 1, 1)
    days = (last - first).days
    for _ in range(a_month * months):
        jour = (first + timedelta(days=rng.randrange(days))).isoformat()
        need, defi, axe = rng.choices(NEEDS, [1 / (n + 1) for n in range(len(NEEDS))])[0]
        where = rng.choices(QUARTERS, [8, 5, 3, 1, 4])[0]
        langue = rng.choices(LANGUAGES, [20, 5, 2, 1])[0]
        canal = rng.choices(CHANNELS, [10, 5, 2, 2])[0]
        chance = rng.random()
        if need is None or chance < 0.2:
            raison = rng.choices(("rien_bientot", "aucune_offre", "pas_aide"), [6, 2, 1])[0] if need else "rien_compris"
            kind = rng.choice((None, None, "non-reception"))
            yield Row(jour, "besoin_non_couvert", raison, need, defi, where, langue, canal, axe=axe, non_recours=kind)
        elif chance < 0.75:
            wait = rng.choice((None, 0, 0, 1, 2, 5))
            yield Row(jour, "orientation", None, need, defi, where, langue, canal, axe=axe, attente_jours=wait)
        elif chance < 0.9:
            said = rng.choice(("aide", "aide", "aide", "pas_aide"))
            yield Row(jour, "avis", said, need, defi, where, langue, canal, axe=axe)
        elif chance < 0.99:
            droit = rng.choice(("rsa", "css", "aspa"))
            kind = rng.choice(("non-connaissance", "non-demande", None))
            yield Row(jour, "droit", "probable", need, defi, where, langue, canal, axe=axe, droit=droit)
            said = "deja" if kind is None else "ne-connaissait-pas"
            yield Row(jour, "recours", said, need, defi, where, langue, canal, axe=axe, droit=droit, non_recours=kind)
        else:
            yield Row(jour, "urgence", "violences", None, None, None, langue, canal)


def fill(folder: Path, rows: Iterable[Row]) -> None:
    """Write rows, and one message for each, that begins a conversation one time in two."""
    with beside(folder) as db:
        for number, row in enumerate(rows):
            insert(db, [row])
            count(db, Passage(row.jour, row.canal, row.langue, number % 2 == 0))


@contextmanager
def journal(folder: Path):
    """The database, to read."""
    db = sqlite3.connect(folder / "bonneporte.db")
    try:
        yield db
    finally:
        db.close()
