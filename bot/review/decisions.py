"""What was decided in a period? The actions that staff gave to unmet needs, counted as the report says them.

A decision is an action given to a need that did not have it; it counts on the day it was taken, whatever becomes of it
later. The figures and the report count it in the same way (`bot.journal.cells`).
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decision:
    """One action for one need in one quarter: how many times it was decided, and how many of those are now settled.

    `besoin` and `defi` are those that count (corrected). The numbers are not protected: whoever shows them outside the
    review hides the small ones.
    """

    action: str
    besoin: str | None
    defi: int | None
    axe: str | None
    quartier: str | None
    nombre: int
    regles: int


def decisions(connection: sqlite3.Connection, du: str, au: str) -> tuple[Decision, ...]:
    """The decisions taken between two ISO days included, the most frequent first."""
    found = connection.execute(
        """
        SELECT h.action, j.besoin, j.defi, j.axe, j.quartier, count(*), sum(s.etat IN ('traite', 'clos'))
        FROM suivi_historique h
        LEFT JOIN suivi_historique a ON a.journal_id = h.journal_id AND a.version = h.version - 1
        JOIN journal_corrige j ON j.id = h.journal_id
        JOIN suivi s ON s.journal_id = h.journal_id
        WHERE h.jour BETWEEN ? AND ? AND h.action IS NOT NULL AND h.action IS NOT a.action
        GROUP BY h.action, j.besoin, j.defi, j.axe, j.quartier
        ORDER BY count(*) DESC, h.action, j.besoin, j.quartier
        """,
        [du, au],
    )
    return tuple(Decision(*values) for values in found)


@dataclass(frozen=True, slots=True)
class EnNombre:
    """A change of many: `etat` and `action` when they are the same for all, `encore` how many still stand so."""

    lot: str
    par: str
    le: str
    etat: str | None
    action: str | None
    combien: int
    encore: int


def changes_of_many(connection: sqlite3.Connection, limit: int) -> tuple[EnNombre, ...]:
    """The latest changes of many, newest first."""
    found = connection.execute(
        """
        SELECT h.lot, min(h.par), min(h.le),
               CASE WHEN min(h.etat) = max(h.etat) THEN min(h.etat) END,
               CASE WHEN count(h.action) = count(*) AND min(h.action) = max(h.action) THEN min(h.action) END,
               count(*), sum(s.lot IS h.lot)
        FROM (SELECT lot, max(seq) AS last FROM suivi_historique WHERE lot IS NOT NULL GROUP BY lot
              ORDER BY last DESC LIMIT ?) newest
        JOIN suivi_historique h ON h.lot = newest.lot
        JOIN suivi s ON s.journal_id = h.journal_id
        GROUP BY h.lot ORDER BY min(h.le) DESC, max(h.seq) DESC
        """,
        [limit],
    )
    return tuple(EnNombre(*values) for values in found)
