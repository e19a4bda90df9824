"""Do the examples written in a right come out as they say? Each is played on its day, and every difference is a fault."""

from __future__ import annotations

from datetime import date

from directory.datafile import Problem
from rules.droits import CALCULE
from rules.evaluate import evaluate
from rules.model import PEU_PROBABLE, POSSIBLE, PROBABLE, Droit, Exemple, Rulebook

_ECART_MONTANT = 0.5


def check_examples(rulebook: Rulebook) -> list[Problem]:
    """The faults of every example of every right, and the examples that are missing."""
    problems = []
    for droit in rulebook.droits.values():
        document = rulebook.programme.ouvrage.sources.droits[droit.id].document
        wanted = {PROBABLE, PEU_PROBABLE, POSSIBLE} if droit.sorte == CALCULE and not droit.au_plus else {POSSIBLE}
        for niveau in sorted(wanted - {exemple.verdict for exemple in droit.exemples}):
            message = f"il manque un exemple « {niveau} ». Ajoutez une situation dont c’est le verdict."
            problems.append(document.problem(("exemples",), message))
        for index, exemple in enumerate(droit.exemples):
            if rulebook.programme.sans_bareme(droit.id, day_of(exemple, droit)):
                # Told with the barème that has no value on that day.
                continue
            if difference := _difference(rulebook, droit, exemple):
                key, message = difference
                problems.append(document.problem(("exemples", index, key), f"l’exemple « {exemple.nom} » {message}"))
    return problems


def _difference(rulebook: Rulebook, droit: Droit, exemple: Exemple) -> tuple[str, str] | None:
    on = day_of(exemple, droit)
    verdict = evaluate(rulebook, droit, exemple.situation, on)
    if verdict.niveau != exemple.verdict:
        missing = f" (il manque : {', '.join(verdict.manquants)})" if verdict.manquants else ""
        return (
            "verdict",
            f"devait donner {exemple.verdict}, il donne {verdict.niveau}{missing} le {on}. "
            "Corrigez la condition, ou l’exemple.",
        )
    if exemple.manquants is not None and set(exemple.manquants) != set(verdict.manquants):
        said = ", ".join(verdict.manquants) or "rien"
        return "manquants", f"attend d’autres faits : il manque en vrai {said}. Corrigez la liste « manquants »."
    if exemple.variante is not None and exemple.variante != verdict.variante:
        return (
            "variante",
            f"attend la variante {exemple.variante}, c’est {verdict.variante}. Corrigez l’une ou l’autre.",
        )
    if exemple.montant is not None:
        montant = verdict.montant
        low, high = exemple.montant
        if montant is None or montant.bas < low - _ECART_MONTANT or montant.haut > high + _ECART_MONTANT:
            found = f"{montant.bas:.2f} à {montant.haut:.2f}" if montant else "aucun montant"
            return "montant", f"attend un montant de {low:g} à {high:g}, il donne {found}. Corrigez l’un ou l’autre."
    return None


def day_of(exemple: Exemple, droit: Droit) -> date:
    """The day an example is played."""
    return exemple.le or droit.verifie_le
