"""Which rights has each household of a file? One JSON line in, one JSON line out; a bad line is told, and the rest goes on.

Nothing of the conversation is loaded: rules and households only.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TextIO

from rules.foyers import situation

from rules.evaluate import evaluate_all
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
        except (ValueError, KeyError, TypeError) as error:
            faults += 1
            fault = _fault(error)
            tell(f"ligne {number} : {fault}")
            answer = {"erreur": fault}
        out.write(json.dumps({"id": name, **answer}, ensure_ascii=False) + "\n")
        out.flush()
    return faults


def _household(line: str) -> dict[str, Any]:
    try:
        foyer = json.loads(line)
    except ValueError as error:
        raise ValueError(f"ce n'est pas du JSON ({error}). Écrivez un foyer par ligne.") from None
    if not isinstance(foyer, dict):
        raise ValueError('un foyer s\'écrit entre accolades : {"id": …, "adultes": […], …}')
    return foyer


def _rights(rulebook: Rulebook, foyer: dict[str, Any], today: date) -> dict[str, str]:
    on = date.fromisoformat(foyer["date"]) if "date" in foyer else today
    verdicts = evaluate_all(rulebook, situation(foyer), on)
    return {NOMS.get(verdict.droit, verdict.droit): verdict.niveau for verdict in verdicts}


def _fault(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"il manque {error.args[0]!r}. Les champs sont décrits dans docs/commandes.md."
    return str(error)
