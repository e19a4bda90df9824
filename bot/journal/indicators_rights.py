"""Which rights do people discover or not take up, what was decided, how many dangers? The indicators of rights."""

from __future__ import annotations

from bot.journal.context import JAMAIS_UN_TAUX, PERSONNES, Contexte, defi_name, listed
from bot.journal.periods import Periode
from bot.journal.tables import Cell, Colonne, Tableau, number, ordered, share

NON_RECOURS = Colonne("non_recours", "Non-recours", "nombre", "réponses ou remarques qui disent un non-recours")
SANS_DROIT = "Droit non précisé"


def non_recours(about: Contexte) -> Tableau:
    """Types of non-recours."""
    total = about.count("non_recours")
    lines = []
    for (each,) in ordered(listed(about, "non_recours", "type", about.noms.non_recours), about.noms.non_recours):
        count = about.count("non_recours", "type", each)
        lines.append((each, about.noms.non_recours.get(each, each), number(count), share(count, total)))
    return Tableau(
        "non_recours",
        "Non-recours, par type",
        "Ce que disent les personnes d'un droit qu'elles n'ont pas : les quatre types de l'Observatoire des non-recours (ODENORE).",
        f"Dit par la personne ou noté au bureau, jamais déduit. {JAMAIS_UN_TAUX}",
        (
            Colonne("id", "Code", "texte", "code du type"),
            Colonne("type", "Type", "texte", "type de non-recours"),
            NON_RECOURS,
            Colonne("part", "Part", "part", "part de tous les non-recours repérés"),
        ),
        tuple(lines),
        "barres",
    )


def non_recours_droits(about: Contexte) -> Tableau:
    """Non-recours by right, with the types beside."""
    types = list(about.noms.non_recours)
    every = ordered(about.seen("non_recours", "droit"), about.noms.droits)
    every.sort(key=lambda values: -(about.count("non_recours", "droit", *values) or 0))
    lines = [
        (
            each or "",
            about.noms.droits.get(each, each) if each else SANS_DROIT,
            number(about.count("non_recours", "droit", each)),
            *(number(about.count("non_recours", "droit type", each, one)) for one in types),
        )
        for (each,) in every
    ]
    return Tableau(
        "non_recours_droits",
        "Non-recours, par droit",
        "Les droits que des personnes n'ont pas, et pourquoi.",
        f"Seuls les droits étudiés pendant une conversation peuvent y être. {JAMAIS_UN_TAUX}",
        (
            Colonne("id", "Code", "texte", "code du droit"),
            Colonne("droit", "Droit", "texte", "nom du droit"),
            NON_RECOURS,
            *(Colonne(one.replace("-", "_"), about.noms.non_recours[one], "nombre", "dont") for one in types),
        ),
        tuple(lines),
        "barres",
    )


def droits(about: Contexte) -> Tableau:
    """Rights answered, by level then by right."""
    total = about.count("droits")
    lines: list[tuple[Cell, ...]] = []
    for (each,) in ordered(listed(about, "droits", "niveau", about.noms.niveaux), about.noms.niveaux):
        count = about.count("droits", "niveau", each)
        lines.append(("niveau", each, about.noms.niveaux.get(each, each), number(count), share(count, total)))
    every = ordered(about.seen("droits", "droit"), about.noms.droits)
    every.sort(key=lambda values: -(about.count("droits", "droit", *values) or 0))
    for (each,) in every:
        count = about.count("droits", "droit", each)
        lines.append(
            ("droit", each or "", about.noms.droits.get(each, each) or SANS_DROIT, number(count), share(count, total))
        )
    return Tableau(
        "droits",
        "Droits étudiés",
        "Les réponses données sur un droit : par niveau (probable, possible, peu probable), puis par droit.",
        f"Une orientation, jamais une décision : seul l'organisme décide. {PERSONNES}",
        (
            Colonne("par", "Par", "texte", "niveau ou droit"),
            Colonne("id", "Code", "texte", "code du niveau ou du droit"),
            Colonne("nom", "Niveau ou droit", "texte", "nom"),
            Colonne("droits", "Réponses", "nombre", "réponses données"),
            Colonne("part", "Part", "part", "part de toutes les réponses"),
        ),
        tuple(lines),
    )


def decisions(about: Contexte) -> Tableau:
    """What staff decided in the review, by action then by défi."""
    lines: list[tuple[Cell, ...]] = []
    for (each,) in ordered(listed(about, "decisions", "action", about.noms.actions), about.noms.actions):
        name = about.noms.actions.get(each, each)
        lines.append(("action", str(each), name, number(about.count("decisions", "action", each))))
    for (each,) in ordered(listed(about, "decisions", "defi", about.noms.defis), about.noms.defis):
        lines.append(
            ("défi", str(each or ""), defi_name(about.noms, each), number(about.count("decisions", "defi", each)))
        )
    return Tableau(
        "decisions",
        "Ce qui a été décidé",
        "Les besoins non couverts pour lesquels une action a été décidée à la revue, au mois de la décision.",
        "Une décision compte une fois, même si elle change ensuite. Le défi est celui du besoin corrigé, s'il l'a été.",
        (
            Colonne("par", "Par", "texte", "action ou défi"),
            Colonne("id", "Code", "texte", "code de l'action ou du défi"),
            Colonne("nom", "Action ou défi", "texte", "nom"),
            Colonne("decisions", "Décisions", "nombre", "besoins pour lesquels une action a été décidée"),
        ),
        tuple(lines),
    )


def urgences(about: Contexte) -> Tableau:
    """Dangers answered: one total for each whole year of the period, crossed with nothing."""
    lines: list[tuple[Cell, ...]] = []
    for annee in range(about.periode.debut // 12, about.periode.fin // 12 + 1):
        year = Periode(annee * 12, annee * 12 + 11)
        if about.periode.debut <= year.debut and year.fin <= about.periode.fin:
            lines.append((str(annee), number(about.figures.value(year, "urgences"))))
    return Tableau(
        "urgences",
        "Dangers répondus",
        "Combien de messages disaient un danger et ont reçu les numéros d'urgence, par année entière.",
        "Un seul total par année, jamais croisé : un danger dans un petit lieu désigne une personne. Aucun mot n'est gardé.",
        (
            Colonne("annee", "Année", "texte", "année entière"),
            Colonne("urgences", "Dangers répondus", "nombre", "messages qui disaient un danger"),
        ),
        tuple(lines),
        note="" if lines else "La période ne contient pas d'année entière : ce total n'est donné que par année.",
    )
