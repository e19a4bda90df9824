"""How much does the service work, when, in which language, and did it help? The indicators of activity."""

from __future__ import annotations

from collections.abc import Mapping

from bot.journal.context import (
    BAS,
    DEMANDES,
    DES_DEMANDES,
    DEUX_FOIS,
    HAUT,
    NON_COUVERTS,
    NON_DIT,
    ORIENTATIONS,
    PART,
    PERSONNES,
    Contexte,
    defi_name,
    demandes_columns,
    listed,
)
from bot.journal.periods import Periode
from bot.journal.tables import MASQUE, Cell, Colonne, Tableau, difference, number, ordered, share, wilson


def synthese(about: Contexte) -> Tableau:
    """The main counts of the period beside those of the period before."""
    lines: list[tuple[Cell, ...]] = []
    for nom, mesure in (
        ("Conversations", "conversations"),
        ("Messages reçus", "messages"),
        ("Demandes", "demandes"),
        ("Demandes avec une porte", "orientations"),
        ("Besoins non couverts", "non_couverts"),
        ("Avis donnés", "avis"),
        ("dont : cela a aidé", "aides"),
        ("dont : cela n'a pas aidé", "pas_aides"),
        ("Droits étudiés", "droits"),
        ("Non-recours repérés", "non_recours"),
        ("Décisions prises à la revue", "decisions"),
    ):
        now, before = about.count(mesure), about.before(mesure)
        past = (number(before), difference(now, before)) if about.comparable else (None, None)
        lines.append((nom, number(now), *past))
    return Tableau(
        "synthese",
        "L'activité de la période",
        "Combien de conversations, de demandes, de besoins non couverts, et combien à la période d'avant, de même durée.",
        f"{PERSONNES} {DEUX_FOIS}",
        (
            Colonne("indicateur", "Indicateur", "texte", "ce qui est compté"),
            Colonne("valeur", "Période", "nombre", "compte de la période"),
            Colonne("avant", "Période d'avant", "nombre", "compte de la période d'avant"),
            Colonne("evolution", "Évolution", "ecart", "différence des deux"),
        ),
        tuple(lines),
    )


def mois(about: Contexte) -> Tableau:
    """The months of the period; the last twelve when it is shorter."""
    first = min(about.periode.debut, about.periode.fin - 11)
    if about.figures.premier is not None:
        first = max(first, min(about.figures.premier, about.periode.debut))
    lines: list[tuple[Cell, ...]] = []
    for each in Periode(first, about.periode.fin).mois():
        counts = [about.figures.value(each, mesure) for mesure in ("conversations", "demandes", "orientations")]
        unmet, helped = about.figures.value(each, "non_couverts"), about.figures.value(each, "aides")
        asked = about.figures.value(each, "avis")
        numbers = [number(count) for count in counts]
        lines.append((each.nom, *numbers, number(unmet), share(counts[2], counts[1]), share(helped, asked)))
    return Tableau(
        "mois",
        "Mois par mois",
        "L'activité de chaque mois de la période, et au moins des douze derniers.",
        f"{PERSONNES} Une hausse dit que le service est plus connu ou que le besoin grandit : ces chiffres ne disent pas lequel.",
        (
            Colonne("mois", "Mois", "texte", "mois entier"),
            Colonne("conversations", "Conversations", "nombre", "conversations commencées"),
            DEMANDES,
            ORIENTATIONS,
            NON_COUVERTS,
            PART,
            Colonne("part_aide", "Cela a aidé", "part", "avis « cela m'a aidé » sur avis donnés"),
        ),
        tuple(lines),
        "mois",
    )


def langues(about: Contexte) -> Tableau:
    """Languages of the conversations."""
    return _voices(
        about,
        "langues",
        "langue",
        "Par langue",
        "Langue",
        about.noms.langues,
        "La langue est celle de la réponse, que la personne peut changer. Elle ne dit pas une origine.",
    )


def canaux(about: Contexte) -> Tableau:
    """Where the conversations take place."""
    return _voices(
        about,
        "canaux",
        "canal",
        "Par canal",
        "Canal",
        about.noms.canaux,
        "Une même personne peut passer par plusieurs canaux.",
    )


def avis(about: Contexte) -> Tableau:
    """Helped or not, by défi."""
    lines = []
    for (defi,) in [("",), *ordered(listed(about, "avis", "defi", about.noms.defis), about.noms.defis)]:
        where = () if defi == "" else ("defi", defi)
        helped, asked = about.count("aides", *where), about.count("avis", *where)
        not_helped = about.count("pas_aides", *where)
        name = "Ensemble" if defi == "" else defi_name(about.noms, defi)
        lines.append(
            (name, number(asked), number(helped), number(not_helped), share(helped, asked), *wilson(helped, asked))
        )
    return Tableau(
        "avis",
        "La réponse a-t-elle aidé ?",
        "Les avis donnés par bouton après une réponse.",
        "Peu de personnes donnent leur avis, et celles qui le donnent ne ressemblent pas forcément aux autres.",
        (
            Colonne("defi", "Défi", "texte", "défi de la réponse"),
            Colonne("avis", "Avis", "nombre", "avis donnés"),
            Colonne("aides", "A aidé", "nombre", "« cela m'a aidé »"),
            Colonne("pas_aides", "N'a pas aidé", "nombre", "« cela ne m'a pas aidé »"),
            Colonne("part", "Part qui a aidé", "part", "« cela m'a aidé » sur avis donnés"),
            BAS,
            HAUT,
        ),
        tuple(lines),
    )


def attente(about: Contexte) -> Tableau:
    """How long until a door opens, overall and by quarter."""
    lines: list[tuple[Cell, ...]] = []
    wait = about.figures.median_wait(about.periode)
    lines.append(("Ensemble", MASQUE if wait is None else wait, number(about.count("orientations"))))
    for (each,) in ordered(listed(about, "demandes", "quartier", about.noms.quartiers), about.noms.quartiers):
        wait = about.figures.median_wait(about.periode, each)
        name = about.noms.quartiers.get(each, each) if each else NON_DIT
        lines.append((name, MASQUE if wait is None else wait, number(about.count("orientations", "quartier", each))))
    return Tableau(
        "attente",
        "L'attente jusqu'à la prochaine ouverture",
        "Médiane des jours entiers entre la demande et l'ouverture de la première porte montrée ; 0 : le jour même.",
        "Les portes dont les horaires sont inconnus ne comptent pas. Ce n'est pas l'attente d'un rendez-vous.",
        (
            Colonne("quartier", "Quartier", "texte", "quartier dit par la personne"),
            Colonne("attente", "Attente médiane", "jours", "jours entiers ; 0 : le jour même"),
            ORIENTATIONS,
        ),
        tuple(lines),
    )


def _voices(
    about: Contexte, id: str, coupe: str, titre: str, nom: str, names: Mapping[str, str], limite: str
) -> Tableau:
    lines = []
    for (each,) in ordered(about.seen("conversations", coupe) | about.seen("demandes", coupe), names):
        talks, messages = about.count("conversations", coupe, each), about.count("messages", coupe, each)
        lines.append(
            (each, names.get(each, each), number(talks), number(messages), *demandes_columns(about, coupe, each))
        )
    return Tableau(
        id,
        titre,
        f"Les conversations et les demandes, selon {'la langue' if coupe == 'langue' else 'le canal'}.",
        f"{limite} {PERSONNES}",
        (
            Colonne("id", "Code", "texte", f"code : {nom.lower()}"),
            Colonne(coupe, nom, "texte", nom.lower()),
            Colonne("conversations", "Conversations", "nombre", "conversations commencées"),
            Colonne("messages", "Messages", "nombre", "messages reçus"),
            *DES_DEMANDES,
        ),
        tuple(lines),
        "barres",
    )
