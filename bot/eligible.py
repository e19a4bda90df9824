"""Which rights has each household of a file? One JSON line in, one JSON line out; a bad line is told, and the rest goes on.

Nothing of the conversation is loaded: rules and households only.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TextIO

from rules.evaluate import evaluate_all
from rules.foyers import situation
from rules.model import Rulebook

# The names of the reference calculations for the rights that have another one here.
NOMS = {
    "prime-activite": "ppa",
    "allocations-familiales": "af",
    "complement-familial": "cf",
    "paje-base": "paje_base",
    "aide-logement": "aide_logement",
    "cheque-energie": "cheque_energie",
}


def eligible_lines(
    rulebook: Rulebook, lines: Iterable[str], out: TextIO, tell: Callable[[str], None], today: date
) -> int:
    """Write the verdicts of each household to `out`; faults go to `tell` with their line. Gives the number of faults.

    A household says its own `date`; without one it is judged `today`."""
    faults = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        name, answer = None, None
        try:
            foyer = _household(line)
            name = foyer.get("id")
            answer = {"droits": _rights(rulebook, foyer, today)}
        except Exception as error:  # whatever a line holds, the next ones are answered
            faults += 1
            fault = _fault(error)
            tell(f"ligne {number} : {fault}")
            answer = {"erreur": fault}
        out.write(json.dumps({"id": name, **answer}, ensure_ascii=False) + "\n")
        out.flush()
    return faults


def _household(line: str) -> dict[str, Any]:
    try:
        foyer = json.loads(line.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        raise ValueError(
            f"ce n'est pas du JSON, à partir du signe {error.pos + 1}. Écrivez un foyer par ligne."
        ) from None
    if not isinstance(foyer, dict):
        raise ValueError('un foyer s\'écrit entre accolades : {"id": …, "adultes": […], …}')
    return foyer


def _rights(rulebook: Rulebook, foyer: dict[str, Any], today: date) -> dict[str, str]:
    on = _day(foyer["date"]) if foyer.get("date") is not None else today
    verdicts = evaluate_all(rulebook, situation(foyer), on)
    return {NOMS.get(verdict.droit, verdict.droit): verdict.niveau for verdict in verdicts}


def _day(written: Any) -> date:
    try:
        return date.fromisoformat(written)
    except (ValueError, TypeError):
        raise ValueError(f"date : « {written} » n'est pas un jour. Écrivez par exemple 2026-11-01.") from None


def _fault(error: Exception) -> str:
    if isinstance(error, ValueError):
        return str(error)
    return f"ce foyer ne se lit pas ({type(error).__name__}: {error}). Les champs sont décrits dans docs/commandes.md."
