"""What the staff site says: French is the source, and a catalogue `equipe` may say it otherwise."""

from __future__ import annotations

import gettext
from pathlib import Path

LOCALES = Path(__file__).resolve().parent.parent.parent / "locales"
_catalogue = gettext.translation("equipe", LOCALES, languages=["fr"], fallback=True)

_ = _catalogue.gettext


def pluriel(n: int, un: str, plusieurs: str) -> str:
    """`un` for 0 and 1 (as French counts), else `plusieurs`; "{n}" becomes the number, its thousands apart."""
    return _(plusieurs if abs(n) >= 2 else un).replace("{n}", f"{n:,}".replace(",", "\u202f"))
