"""What do people ask for and not get: by need, défi, axis, quarter, kind? The indicators of needs."""

from __future__ import annotations

from bot.journal.context import (
    DEMANDES,
    DES_DEMANDES,
    DEUX_FOIS,
    JAMAIS_UN_TAUX,
    NON_COUVERTS,
    NON_DIT,
    ORIENTATIONS,
    PAS_COMPRIS,
    PERSONNES,
    Contexte,
    defi_name,
    demandes_columns,
    listed,
)
from bot.journal.tables import MASQUE, Colonne, Tableau, number, ordered, share


def besoins(about: Contexte) -> Tableau:
    """Every need, those with the most unmet requests first; hidden ones after, in the order of the list."""
    noms = about.noms
    known = {(defi, noms.axe_du_besoin.get(besoin), besoin) for besoin, defi in noms.defi_du_besoin.items()}
    every = ordered(known | about.seen("demandes", "besoin"), noms.besoins)
    # The order itself must not tell how hidden counts compare.
    every.sort(key=lambda values: -(about.count("non_couverts", "besoin", *values) or 0))
    lines = [
        (
            values[2] or "",
            noms.besoins.get(values[2], values[2]) if values[2] else PAS_COMPRIS,
            defi_name(noms, values[0]),
            *demandes_columns(about, "besoin", *values),
        )
        for values in every
    ]
    return Tableau(
        "besoins",
        "Les besoins",
        "Pour chaque besoin : les demandes, celles qui ont eu une porte, celles qui n'en ont pas eu.",
        f"{DEUX_FOIS} Le besoin compté est celui compris au moment du message. {JAMAIS_UN_TAUX}",
        (
            Colonne("id", "Code", "texte", "code du besoin"),
            Colonne("besoin", "Besoin", "texte", "nom du besoin"),
            Colonne("defi", "Défi", "texte", "défi du contrat de ville"),
            *DES_DEMANDES,
        ),
        tuple(lines),
        "barres",
    )


def defis(about: Contexte) -> Tableau:
    """The défis of the contrat de ville."""
    every = ordered(listed(about, "demandes", "defi", about.noms.defis), about.noms.defis)
    lines = [(each or "", defi_name(about.noms, each), *demandes_columns(about, "defi", each)) for (each,) in every]
    return Tableau(
        "defis",
        "Par défi du contrat de ville",
        "Les demandes de chaque défi. Un besoin appartient à un seul défi.",
        f"{DEUX_FOIS} {JAMAIS_UN_TAUX}",
        (
            Colonne("id", "N°", "texte", "numéro du défi"),
            Colonne("defi", "Défi", "texte", "nom du défi"),
            *DES_DEMANDES,
        ),
        tuple(lines),
        "barres",
    )


def axes(about: Contexte) -> Tableau:
    """The three axes of défi 3."""
    every = ordered({(3, axe) for axe in about.noms.axes} | about.seen("demandes", "axe"), about.noms.axes)
    lines = [
        (
            values[1] or "",
            about.noms.axes.get(values[1], values[1]) or "Sans axe",
            *demandes_columns(about, "axe", *values),
        )
        for values in every
    ]
    return Tableau(
        "axes",
        "Défi 3 : les trois axes",
        "Les demandes du défi 3 « faciliter l'accès aux droits et aux services », selon son axe.",
        DEUX_FOIS,
        (
            Colonne("id", "Code", "texte", "code de l'axe"),
            Colonne("axe", "Axe", "texte", "axe du défi 3"),
            *DES_DEMANDES,
        ),
        tuple(lines),
        "barres",
    )


def manquements(about: Contexte) -> Tableau:
    """Unmet needs by kind."""
    total = about.count("non_couverts")
    lines = []
    for (raison,) in ordered(listed(about, "non_couverts", "raison", about.noms.manquements), about.noms.manquements):
        count = about.count("non_couverts", "raison", raison)
        lines.append((raison, about.noms.manquements.get(raison, raison), number(count), share(count, total)))
    return Tableau(
        "manquements",
        "Pourquoi un besoin n'a pas trouvé de réponse",
        "Les besoins non couverts, selon ce qui a manqué.",
        "Un besoin noté au bureau et un besoin noté par le bot comptent autant. " + PERSONNES,
        (
            Colonne("id", "Code", "texte", "code du genre"),
            Colonne("genre", "Ce qui a manqué", "texte", "genre de besoin non couvert"),
            NON_COUVERTS,
            Colonne("part", "Part", "part", "part de tous les besoins non couverts"),
        ),
        tuple(lines),
        "barres",
    )


def quartiers(about: Contexte) -> Tableau:
    """The seven quarters, with the wait to the next opening and what people said of the answer."""
    lines = []
    for (each,) in ordered(listed(about, "demandes", "quartier", about.noms.quartiers), about.noms.quartiers):
        wait = about.figures.median_wait(about.periode, each)
        helped = share(about.count("aides", "quartier", each), about.count("avis", "quartier", each))
        name = about.noms.quartiers.get(each, each) if each else NON_DIT
        lines.append(
            (each or "", name, *demandes_columns(about, "quartier", each), MASQUE if wait is None else wait, helped)
        )
    return Tableau(
        "quartiers",
        "Par quartier",
        "Les demandes de chaque quartier prioritaire, l'attente médiane jusqu'à l'ouverture de la première porte montrée, et les avis.",
        "Le quartier est celui que la personne a dit ; beaucoup ne le disent pas. L'attente n'est donnée que pour un mois, "
        "un trimestre, un semestre ou une année du calendrier.",
        (
            Colonne("id", "Code", "texte", "code du quartier"),
            Colonne("quartier", "Quartier", "texte", "nom du quartier"),
            *DES_DEMANDES,
            Colonne("attente", "Attente médiane", "jours", "jours entiers jusqu'à l'ouverture ; 0 : le jour même"),
            Colonne("part_aide", "Cela a aidé", "part", "avis « cela m'a aidé » sur avis donnés"),
        ),
        tuple(lines),
        "barres",
    )


def carte(about: Contexte) -> Tableau:
    """Quarter by défi: requests and unmet needs."""
    lines = []
    for (defi,) in ordered(listed(about, "demandes", "defi", about.noms.defis), about.noms.defis):
        for (each,) in ordered(listed(about, "demandes", "quartier", about.noms.quartiers), about.noms.quartiers):
            asked = about.count("demandes", "defi quartier", defi, each)
            unmet = about.count("non_couverts", "defi quartier", defi, each)
            met = about.count("orientations", "defi quartier", defi, each)
            where = about.noms.quartiers.get(each, each) if each else NON_DIT
            lines.append(
                (defi_name(about.noms, defi), where, number(asked), number(met), number(unmet), share(unmet, asked))
            )
    return Tableau(
        "carte",
        "Quartier et défi",
        "Les demandes et les besoins non couverts de chaque défi dans chaque quartier.",
        f"Un croisement fin a beaucoup de cases masquées : une période plus longue en montre plus. {PERSONNES}",
        (
            Colonne("defi", "Défi", "texte", "défi du contrat de ville"),
            Colonne("quartier", "Quartier", "texte", "quartier dit par la personne"),
            DEMANDES,
            ORIENTATIONS,
            NON_COUVERTS,
            Colonne("part", "Part non couverte", "part", "besoins non couverts sur demandes"),
        ),
        tuple(lines),
        "carte",
    )
