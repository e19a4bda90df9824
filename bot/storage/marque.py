"""Is this database a real one, or a demonstration? The file itself says it, in the number SQLite keeps for applications.

A mark on the file cannot be forgotten by a setting: what was made up is told so wherever it is opened.
"""

from __future__ import annotations

import sqlite3

DEMONSTRATION = 0x44_45_4D_4F  # "DEMO"


def is_demonstration(connection: sqlite3.Connection) -> bool:
    """True when the database was made to be shown, with invented rows."""
    return connection.execute("PRAGMA application_id").fetchone()[0] == DEMONSTRATION


def mark_demonstration(connection: sqlite3.Connection) -> None:
    """Mark an empty database, in the transaction that is open; there is no way back."""
    connection.execute(f"PRAGMA application_id = {DEMONSTRATION}")
