"""Which need comes after this one, for who reads a list one by one and settles as they go?"""

from __future__ import annotations

import sqlite3

from bot.review.filters import Filtre, page
from bot.review.grouping import members
from bot.review.model import Dossier


def after(connection: sqlite3.Connection, filtre: Filtre, number: int, rank: int | None) -> tuple[Dossier | None, int]:
    """The need after this one in the list, and its rank; None at the end, or when no rank is known.

    A need just settled may have left the list: the next one then took its rank.
    """
    if rank is None:
        return None, 0
    start = max(0, rank - 1)
    near = page(connection, filtre, start, members(connection, filtre), limit=4)
    at = next((at for at, one in enumerate(near) if one.id == number), None)
    place = rank - start if at is None else at + 1
    return (near[place], start + place) if place < len(near) else (None, 0)
