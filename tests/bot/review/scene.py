"""A journal to review: real tables, rows made for the test."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from sqlite_utils import Database

from bot.journal import table as journal
from bot.journal.rows import Row
from bot.review.changes import Place
from bot.review.model import Signature
from bot.storage.schema import migrations

PLACES = {
    "demande-logement": Place(8, None),
    "energie": Place(1, None),
    "sejour-nationalite": Place(3, "droits"),
    "numerique-aide": Place(3, "numerique"),
}
ANNE = Signature("anne", "2026-11-24T09:00:00+00:00", "2026-11-24")
BILAL = Signature("bilal", "2026-11-24T09:05:00+00:00", "2026-11-24")

UNMET = Row(
    "2026-11-20", "besoin_non_couvert", "aucune_offre", "demande-logement", 8, "etouvie", "fr", "web", "un toit"
)


def database(folder: Path) -> sqlite3.Connection:
    """An empty database with every table, as the bot makes it."""
    connection = sqlite3.connect(folder / "bonneporte.db", isolation_level=None)
    migrations.apply(Database(connection))
    return connection


def put(connection: sqlite3.Connection, *rows: Row) -> list[int]:
    """Write rows in the journal; their numbers, in order."""
    numbers = []
    for row in rows:
        known = {number for (number,) in connection.execute("SELECT id FROM journal")}
        journal.insert(connection, [row])
        numbers += [number for (number,) in connection.execute("SELECT id FROM journal") if number not in known]
    return numbers


def unmet(**changes) -> Row:
    return replace(UNMET, **changes)


_WORDS = [
    "facture",
    "demande-logement",
    "papier",
    "enfant",
    "école",
    "médecin",
    "rendez-vous",
    "loyer",
    "chauffage",
    "travail",
    "dossier",
    "attente",
    "réponse",
    "aide",
    "préfecture",
    "carte",
    "ordinateur",
    "mairie",
    "cantine",
    "transport",
    "permis",
    "dette",
    "voisin",
    "cave",
    "humidité",
    "bail",
    "garant",
    "caution",
]


def a_year(count: int, seed: int = 7) -> Iterable[Row]:
    """Rows of a whole year, of every genre, all different, always the same for a seed."""
    chance = random.Random(seed)
    needs = (
        "demande-logement",
        "energie",
        "sejour-nationalite",
        "numerique-aide",
        "acces-soins",
        "recherche-emploi",
        "transport",
        None,
    )
    quarters = ("etouvie", "amiens-nord", "pierre-rollin", None)
    for _ in range(count):
        besoin = chance.choice(needs)
        genre = chance.choices(("orientation", "besoin_non_couvert", "avis", "droit"), (55, 25, 10, 10))[0]
        words = " ".join(chance.choices(_WORDS, k=chance.randint(3, 12)))
        yield Row(
            (date(2025, 11, 25) + timedelta(days=chance.randrange(365))).isoformat(),
            genre,
            chance.choice(("aucune_offre", "rien_compris", "mal_compris", "pas_aide"))
            if genre == "besoin_non_couvert"
            else None,
            besoin,
            PLACES[besoin].defi if besoin in PLACES else 6,
            chance.choice(quarters),
            chance.choices(("fr", "ar", "en", "fa", "ps"), (60, 15, 10, 8, 7))[0],
            chance.choice(("web", "telegram", "borne", "bureau")),
            words if genre == "besoin_non_couvert" and chance.random() < 0.6 else None,
        )
