"""Is there a value of every barème on the days a rule is asked for?

A right is worked out from the first day on which all its barèmes have a value; before, the answer is that it is not. So a
value must be there on the days of its examples, and until its end.
"""

from __future__ import annotations

from directory.datafile import Problem
from rules.exemples import day_of
from rules.model import Rulebook


def check_dates(rulebook: Rulebook) -> list[Problem]:
    """The barèmes that have no value on a day their right needs one."""
    programme = rulebook.programme
    problems = []
    for droit in rulebook.droits.values():
        document = programme.ouvrage.sources.droits[droit.id].document
        days = {day_of(each, droit): ("exemples", index) for index, each in enumerate(droit.exemples)}
        for nom in sorted(programme.baremes_de(droit.id)):
            bareme = rulebook.baremes[nom]
            for day, where in days.items():
                if (
                    droit.en_vigueur(day)
                    and bareme.au(day) is None
                    and (bareme.jusqu_a is None or day <= bareme.jusqu_a)
                ):
                    first = bareme.valeurs[0].depuis
                    message = (
                        f"le barème « {nom} » n’a pas de valeur le {day} : la première est du {first}. "
                        "Ajoutez la valeur de ce jour dans rules/data/baremes."
                    )
                    problems.append(document.problem(where, message))
                    break
            if bareme.jusqu_a is not None and (droit.jusqu_a is None or droit.jusqu_a > bareme.jusqu_a):
                message = (
                    f"le barème « {nom} » n’a plus de valeur après le {bareme.jusqu_a}. Ajoutez la valeur nouvelle, "
                    f"ou écrivez jusqu_a: {bareme.jusqu_a}."
                )
                problems.append(document.problem(("jusqu_a" if droit.jusqu_a else "depuis",), message))
    return problems
