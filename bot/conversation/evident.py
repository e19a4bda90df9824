"""What does the request itself tell? Who asks about the driving licence wants to pass it: not asked, and never refused for.

Only boxes to tick (wishes, difficulties, who is in the household) are told this way, and only for the rights of the need,
or of the one right, that the person came for; a check of all the rights asks them.
"""

from __future__ import annotations

from datetime import date

from bot.conversation import facts
from bot.orientation import UN_DROIT, rights_for
from rules.evaluate import evaluate_all
from rules.model import PEU_PROBABLE, Rulebook

PROJETS, DIFFICULTES, SITUATIONS = "projets", "difficultes", "situations"
# The boxes that a need ticks by itself.
EVIDENTS: dict[str, dict[str, frozenset[str]]] = {
    "permis-vehicule": {PROJETS: frozenset(("permis",))},
    "sorties-vacances": {PROJETS: frozenset(("vacances",))},
    "creer-entreprise": {PROJETS: frozenset(("entreprise",))},
    "demande-logement": {PROJETS: frozenset(("louer",))},
    "logement-degrade": {PROJETS: frozenset(("travaux",)), DIFFICULTES: frozenset(("mal_loge",))},
    "impayes-loyer": {DIFFICULTES: frozenset(("loyer",))},
    "energie": {DIFFICULTES: frozenset(("factures",))},
    "dettes-budget": {DIFFICULTES: frozenset(("dettes",))},
    "aide-alimentaire": {DIFFICULTES: frozenset(("argent",))},
    "aide-financiere": {DIFFICULTES: frozenset(("argent",))},
    "domiciliation": {DIFFICULTES: frozenset(("adresse",))},
    "aide-juridique": {DIFFICULTES: frozenset(("tribunal",))},
    "droit-travail": {DIFFICULTES: frozenset(("tribunal",))},
    "victime-infraction": {DIFFICULTES: frozenset(("tribunal",))},
    "traduction": {DIFFICULTES: frozenset(("tribunal",))},
    "violences": {DIFFICULTES: frozenset(("violences",))},
    "handicap": {SITUATIONS: frozenset(("handicap",))},
}
Reponses = tuple[tuple[str, str], ...]


def told(rulebook: Rulebook, sujet: str, reponses: Reponses, on: date) -> Reponses:
    """The answers, as they are written, with the boxes that the subject (a need, or `droit.<id>`) ticks.

    Boxes already answered are only added to. Unanswered ones are taken as told when that refuses no right of the subject;
    else the question is worth asking, and they stay unknown."""
    droits = rights_for(rulebook, sujet)
    for fait, mask in _boxes(rulebook, sujet).items():
        before = facts.known(rulebook, reponses)
        given = dict(reponses)
        if fait in before:
            mask |= int(given[fait], 16)
        ticked = tuple((given | {fait: f"{mask:x}"}).items())
        if fait in before or _refused(rulebook, droits, ticked, on) <= _refused(rulebook, droits, reponses, on):
            reponses = ticked
    return reponses


def _boxes(rulebook: Rulebook, sujet: str) -> dict[str, int]:
    """The mask of the boxes that a subject ticks, by fact: for one right, all of them."""
    if sujet.startswith(UN_DROIT):
        return {fait: rulebook.faits[fait].tous for fait in (PROJETS, DIFFICULTES) if fait in rulebook.faits}
    ticks = EVIDENTS.get(sujet, {})
    faits = [rulebook.faits[fait] for fait in ticks if fait in rulebook.faits]
    masks = {fait.id: sum(fait.bit(one.id) for one in fait.choix if one.id in ticks.get(fait.id, ())) for fait in faits}
    return {fait: mask for fait, mask in masks.items() if mask}


def _refused(rulebook: Rulebook, droits: tuple[str, ...], reponses: Reponses, on: date) -> set[str]:
    found = evaluate_all(rulebook, facts.known(rulebook, reponses), on, droits)
    return {one.droit for one in found if one.niveau == PEU_PROBABLE}
