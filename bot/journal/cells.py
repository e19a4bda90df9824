"""How many of each, month by month? The counts of the plan read from the journal, aggregated by SQLite over its indexes.

Each query groups a whole span at once and returns hundreds of groups, never rows of the journal. The need counted is the one
understood when it was said: what an agent corrects later does not rewrite a month that was published.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.journal.periods import Periode, first_day
from bot.journal.plan import AXES_DU_DEFI, BESOINS_SENSIBLES, Key

Axe = Callable[[str | None], str | None]


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of each month, and how many orientations waited how many days, by month and quarter."""

    mois: dict[int, dict[Key, int]]
    attentes: dict[int, dict[str | None, dict[int, int]]]


def read(connection: sqlite3.Connection, periode: Periode, axe: Axe, besoins: Iterable[tuple[str, int]]) -> Counts:
    """The counts of every month of a period. `axe` gives the axis of a need; `besoins` are (id, défi), for their zeros."""
    span = (first_day(periode.debut).isoformat(), first_day(periode.fin + 1).isoformat())
    counts = Counts({each.debut: {} for each in periode.mois()}, {each.debut: {} for each in periode.mois()})
    for month, key, n in _cells(connection, span, axe):
        cells = counts.mois[month]
        cells[key] = cells.get(key, 0) + n
    for besoin, defi in besoins:
        if besoin in BESOINS_SENSIBLES:
            for cells in counts.mois.values():
                for mesure in _MESURES_DES_BESOINS:
                    cells.setdefault((mesure, "besoin", (defi, axe(besoin), besoin)), 0)
    for month, quartier, jours, n in _waits(connection, span):
        days = counts.attentes[month].setdefault(quartier, {})
        days[jours] = days.get(jours, 0) + n
    return counts


def signature(connection: sqlite3.Connection, periode: Periode) -> tuple:
    """Something that differs when a month of a period has other rows: cheap, from the index of days."""
    span = (first_day(periode.debut).isoformat(), first_day(periode.fin + 1).isoformat())
    rows = connection.execute(
        "SELECT substr(jour, 1, 7), count(*) FROM journal WHERE jour >= ? AND jour < ? GROUP BY 1", span
    ).fetchall()
    passages = connection.execute(
        "SELECT sum(messages), sum(conversations) FROM frequentation WHERE jour >= ? AND jour < ?", span
    ).fetchone()
    decisions = connection.execute(f"SELECT count(*) {_DECISIONS}", span).fetchone()
    return (*rows, passages, decisions)


def first_month(connection: sqlite3.Connection) -> int | None:
    """The month of the first row of the journal; None when it is empty."""
    (day,) = connection.execute(
        "SELECT min(jour) FROM (SELECT min(jour) AS jour FROM journal UNION ALL SELECT min(jour) FROM frequentation)"
    ).fetchone()
    return _month(day) if day else None


_MESURES_DES_BESOINS = ("demandes", "orientations", "non_couverts")
_MESURE = {
    "orientation": "orientations",
    "besoin_non_couvert": "non_couverts",
    "aide": "aides",
    "pas_aide": "pas_aides",
}
_SOMME = {"orientations": "demandes", "non_couverts": "demandes", "aides": "avis", "pas_aides": "avis"}

_BY_NEED = """
    SELECT substr(jour, 1, 7), genre, raison, defi, besoin, count(*) FROM journal
    WHERE genre IN ('orientation', 'besoin_non_couvert', 'avis') AND jour >= ? AND jour < ? GROUP BY 1, 2, 3, 4, 5
"""
_BY_PLACE = """
    SELECT substr(jour, 1, 7), genre, CASE genre WHEN 'avis' THEN raison END, defi, quartier, count(*) FROM journal
    WHERE genre IN ('orientation', 'besoin_non_couvert', 'avis') AND jour >= ? AND jour < ? GROUP BY 1, 2, 3, 4, 5
"""
_BY_VOICE = """
    SELECT substr(jour, 1, 7), genre, langue, canal, count(*) FROM journal
    WHERE genre IN ('orientation', 'besoin_non_couvert') AND jour >= ? AND jour < ? GROUP BY 1, 2, 3, 4
"""
_BY_RIGHT = """
    SELECT substr(jour, 1, 7), raison, droit, count(*) FROM journal
    WHERE genre = 'droit' AND jour >= ? AND jour < ? GROUP BY 1, 2, 3
"""
_BY_TYPE = """
    SELECT substr(jour, 1, 7), non_recours, droit, count(*) FROM journal
    WHERE genre IN ('recours', 'besoin_non_couvert') AND non_recours IS NOT NULL AND jour >= ? AND jour < ? GROUP BY 1, 2, 3
"""
_BY_DANGER = """
    SELECT substr(jour, 1, 7), count(*) FROM journal WHERE genre = 'urgence' AND jour >= ? AND jour < ? GROUP BY 1
"""
_PASSAGES = """
    SELECT substr(jour, 1, 7), langue, canal, sum(messages), sum(conversations) FROM frequentation
    WHERE jour >= ? AND jour < ? GROUP BY 1, 2, 3
"""
_WAITS = """
    SELECT substr(jour, 1, 7), quartier, attente_jours, count(*) FROM journal
    WHERE genre = 'orientation' AND attente_jours IS NOT NULL AND jour >= ? AND jour < ? GROUP BY 1, 2, 3
"""
# A decision counts once, on the day it was taken, whatever became of it later: when the action is not the one before.
_DECISIONS = """
    FROM suivi_historique h LEFT JOIN suivi_historique a ON a.journal_id = h.journal_id AND a.version = h.version - 1
    WHERE h.action IS NOT NULL AND h.action IS NOT a.action AND h.jour >= ? AND h.jour < ?
"""
_BY_ACTION = f"SELECT substr(h.jour, 1, 7), h.action, count(*) {_DECISIONS} GROUP BY 1, 2"
_BY_DECIDED_DEFI = f"""
    SELECT substr(jour, 1, 7), defi, count(*) FROM (
        SELECT h.jour, coalesce(h.defi_corrige, (SELECT j.defi FROM journal j WHERE j.id = h.journal_id)) AS defi
        {_DECISIONS}
    ) GROUP BY 1, 2
"""


def _cells(connection: sqlite3.Connection, span: tuple[str, str], axe: Axe) -> Iterable[tuple[int, Key, int]]:
    for month, genre, raison, defi, besoin, n in connection.execute(_BY_NEED, span):
        for mesure in _mesures(raison if genre == "avis" else genre):
            yield _month(month), (mesure, "", ()), n
            yield _month(month), (mesure, "defi", (defi,)), n
            if genre != "avis":
                need = (defi, axe(besoin), besoin)
                yield _month(month), (mesure, "besoin", need), n
                if defi == AXES_DU_DEFI:
                    yield _month(month), (mesure, "axe", need[:2]), n
        if genre == "besoin_non_couvert":
            yield _month(month), ("non_couverts", "raison", (raison,)), n
    for month, genre, raison, defi, quartier, n in connection.execute(_BY_PLACE, span):
        for mesure in _mesures(raison if genre == "avis" else genre):
            yield _month(month), (mesure, "quartier", (quartier,)), n
            if genre != "avis":
                yield _month(month), (mesure, "defi quartier", (defi, quartier)), n
    for month, genre, langue, canal, n in connection.execute(_BY_VOICE, span):
        for mesure in _mesures(genre):
            yield _month(month), (mesure, "langue", (langue,)), n
            yield _month(month), (mesure, "canal", (canal,)), n
    for month, niveau, droit, n in connection.execute(_BY_RIGHT, span):
        yield _month(month), ("droits", "", ()), n
        yield _month(month), ("droits", "niveau", (niveau,)), n
        yield _month(month), ("droits", "droit", (droit,)), n
    for month, genre, droit, n in connection.execute(_BY_TYPE, span):
        yield _month(month), ("non_recours", "", ()), n
        yield _month(month), ("non_recours", "type", (genre,)), n
        yield _month(month), ("non_recours", "droit", (droit,)), n
        yield _month(month), ("non_recours", "droit type", (droit, genre)), n
    for month, langue, canal, messages, conversations in connection.execute(_PASSAGES, span):
        for mesure, n in (("messages", messages), ("conversations", conversations)):
            yield _month(month), (mesure, "", ()), n
            yield _month(month), (mesure, "langue", (langue,)), n
            yield _month(month), (mesure, "canal", (canal,)), n
    for month, n in connection.execute(_BY_DANGER, span):
        yield _month(month), ("urgences", "", ()), n
    for month, action, n in connection.execute(_BY_ACTION, span):
        yield _month(month), ("decisions", "", ()), n
        yield _month(month), ("decisions", "action", (action,)), n
    for month, defi, n in connection.execute(_BY_DECIDED_DEFI, span):
        yield _month(month), ("decisions", "defi", (defi,)), n


def _waits(connection: sqlite3.Connection, span: tuple[str, str]) -> Iterable[tuple[int, str | None, int, int]]:
    for month, quartier, days, n in connection.execute(_WAITS, span):
        yield _month(month), quartier, days, n


def _mesures(what: str) -> tuple[str, str]:
    mesure = _MESURE[what]
    return mesure, _SOMME[mesure]


def _month(text: str) -> int:
    return int(text[:4]) * 12 + int(text[5:7]) - 1
