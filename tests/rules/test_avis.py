"""What deserves a look is told, and keeps nothing from being used."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rules.avis import notices
from rules.load import load

BASE = load(Path(__file__).parent / "base").rulebook


def said(today: date) -> list[str]:
    found = notices(BASE, today)
    assert not any(problem.is_error for problem in found)
    return [problem.message for problem in found]


def test_what_no_right_calls_is_told():
    assert any("le barème « plafond » ne sert à aucun droit" in message for message in said(date(2026, 11, 2)))
    assert not any("« aide_base »" in message for message in said(date(2026, 11, 2)))


def test_what_was_checked_more_than_a_year_ago_is_told():
    assert any("« aide_base » a été vérifiée le 2026-04-01" in message for message in said(date(2027, 12, 1)))
    assert any("ce droit a été vérifié le 2026-11-01" in message for message in said(date(2028, 1, 1)))
