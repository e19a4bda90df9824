"""How is the journal read in a terminal? The latest unmet needs, then the totals by défi and by quarter, in French."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bot.journal.rows import Row
from bot.journal.table import Total, latest, open_journal, totals, urgences
from directory.catalogue import Directory

EMPTY = "Le journal est vide. Il se remplit quand on parle au bot : bonneporte chat"
UNKNOWN = "non dit"


def show(file: Path, directory: Directory, count: int) -> str:
    """The journal of a database file in words; `count` is how many of the latest unmet needs to show."""
    if not file.exists():
        return EMPTY
    db = open_journal(file)
    try:
        found, unmet, dangers = totals(db), [], urgences(db)
        if count:
            unmet = [row for row in latest(db, count * 20) if row.genre == "besoin_non_couvert"][:count]
    finally:
        db.close()
    if not found and not dangers:
        return EMPTY
    parts = [_unmet(unmet, directory)] if count else []
    parts.append(_totals(found, directory))
    if dangers:
        told = ", ".join(f"{name} {number}" for name, number in dangers.items())
        parts.append(f"Dangers répondus (aucun mot gardé) : {told}")
    parts.append("Ce sont des messages, pas des personnes. Deux lignes ne peuvent pas être reliées entre elles.")
    return "\n\n".join(parts)


def unmet_words(file: Path, count: int) -> list[tuple[str, str, str | None]]:
    """(language, cleaned words, need if known) of the latest unmet needs that kept words; empty without a journal."""
    if not file.exists():
        return []
    db = open_journal(file)
    try:
        return [(row.langue, row.mots, row.besoin) for row in latest(db, count) if row.mots]
    finally:
        db.close()


def _unmet(rows: list[Row], directory: Directory) -> str:
    if not rows:
        return "Aucun besoin non couvert."
    table = [("jour", "genre", "besoin", "quartier", "langue", "canal", "mots")]
    for row in rows:
        words = (row.mots or "").replace("\n", " ")
        shown = words if len(words) <= 60 else words[:57] + "..."
        table.append(
            (row.jour, row.raison or "", row.besoin or "?", row.quartier or UNKNOWN, row.langue, row.canal, shown)
        )
    return "Derniers besoins non couverts\n" + _table(table)


def _totals(found: Iterable[Total], directory: Directory) -> str:
    names = directory.vocabulaire.defis
    table = [("défi", "quartier", "orientations", "non couverts", "aidé", "pas aidé")]
    for total in found:
        defi = f"{total.defi} {names[total.defi].nom}" if total.defi in names else "non compris"
        numbers = (total.orientations, total.non_couverts, total.aides, total.pas_aides)
        table.append((defi, total.quartier or UNKNOWN, *(str(number) for number in numbers)))
    return "Totaux par défi et par quartier\n" + _table(table)


def _table(rows: list[tuple[str, ...]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
