"""Which indicators are there? All of them, in one table: a name, a function.

The page, the files, the terminal and the report call the same function, so a number is the same everywhere. Every count
passed through `bot.journal.suppression` before an indicator has it; an indicator can neither see nor show a hidden one.
To add one: a function `Contexte -> Tableau` with its definition and its limit, and its line below.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.journal import indicators_activity as activity
from bot.journal import indicators_needs as needs
from bot.journal import indicators_rights as rights
from bot.journal import supply
from bot.journal.context import Contexte
from bot.journal.tables import Tableau

Indicateur = Callable[[Contexte], Tableau]

INDICATEURS: dict[str, Indicateur] = {
    "synthese": activity.synthese,
    "mois": activity.mois,
    "defis": needs.defis,
    "axes": needs.axes,
    "besoins": needs.besoins,
    "manquements": needs.manquements,
    "quartiers": needs.quartiers,
    "carte": needs.carte,
    "attente": activity.attente,
    "avis": activity.avis,
    "langues": activity.langues,
    "canaux": activity.canaux,
    "non_recours": rights.non_recours,
    "non_recours_droits": rights.non_recours_droits,
    "droits": rights.droits,
    "decisions": rights.decisions,
    "urgences": rights.urgences,
    "offre": supply.offre,
    "lacunes": supply.lacunes,
    "fraicheur": supply.fraicheur,
}


def tableaux(about: Contexte) -> dict[str, Tableau]:
    """Every indicator of a period, by its name, in the order of the table."""
    return {name: indicateur(about) for name, indicateur in INDICATEURS.items()}
