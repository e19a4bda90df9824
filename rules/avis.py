"""What in the rules deserves a look, though nothing is wrong? What nobody calls, and what was checked long ago."""

from __future__ import annotations

from datetime import date

from directory.datafile import AVIS, Problem
from rules.model import Rulebook

_UN_AN = 400


def notices(rulebook: Rulebook, today: date) -> list[Problem]:
    """Notices on the rules on a day, none of which keeps them from being used."""
    return [*_unused(rulebook), *_old(rulebook, today)]


def _unused(rulebook: Rulebook) -> list[Problem]:
    programme = rulebook.programme
    sources = programme.ouvrage.sources
    called = programme.ouvrage.utiles
    problems = []
    for what, table in (("fait", sources.faits), ("calcul", sources.calculs), ("barème", sources.baremes)):
        for nom, each in table.items():
            if nom in called or nom.removeprefix("conjoint_") in called or f"conjoint_{nom}" in called:
                continue
            message = f"le {what} « {nom} » ne sert à aucun droit. Enlevez-le, ou appelez-le dans une condition."
            problems.append(each.document.problem((*each.where, "id"), message, AVIS))
    return problems


def _old(rulebook: Rulebook, today: date) -> list[Problem]:
    sources = rulebook.programme.ouvrage.sources
    called = rulebook.programme.ouvrage.utiles
    problems = []
    for nom, each in sources.baremes.items():
        value = each.bareme.au(today)
        checked = value.verifie_le or value.depuis if value else None
        if nom in called and checked is not None and (today - checked).days > _UN_AN:
            message = (
                f"la valeur du barème « {nom} » a été vérifiée le {checked}. Regardez si le texte a changé, puis écrivez le jour "
                "dans « verifie_le », ou ajoutez la valeur nouvelle."
            )
            problems.append(each.document.problem((*each.where, "valeurs"), message, AVIS))
    for droit in rulebook.droits.values():
        if (today - droit.verifie_le).days > _UN_AN:
            message = f"ce droit a été vérifié le {droit.verifie_le}. Regardez son lien officiel, puis écrivez le jour."
            problems.append(sources.droits[droit.id].document.problem(("verifie_le",), message, AVIS))
    return problems
