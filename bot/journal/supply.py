"""What does the directory itself lack? Needs without a door by quarter, and how old its facts are.

Nothing here is about people: it is counted from the directory in service, on a day, and nothing is ever hidden.
"""

from __future__ import annotations

from bot.journal.context import Contexte, defi_name
from bot.journal.tables import Cell, Colonne, Tableau
from directory.catalogue import Directory
from directory.model import Confiance, EtatLieu
from directory.ranking import is_local
from directory.search import first_day

# From the nearest to nothing at all.
ICI, EN_VILLE, A_VERIFIER, A_DISTANCE, RIEN = "quartier", "ville", "incertain", "distance", "aucune"
NIVEAUX = {
    ICI: "Dans le quartier",
    EN_VILLE: "Ailleurs en ville",
    A_VERIFIER: "Lieu incertain",
    A_DISTANCE: "À distance seulement",
    RIEN: "Aucune porte",
}
_RANG = {niveau: rang for rang, niveau in enumerate(NIVEAUX)}
AGES = ((183, "moins de 6 mois"), (365, "6 mois à 1 an"), (730, "1 à 2 ans"))


def nearest(directory: Directory, besoin: str, quartier: str) -> str:
    """How near the nearest door for a need is, from a quarter: one of NIVEAUX."""
    found = RIEN
    for offre in directory.doors_for(besoin):
        lieu = offre.lieu
        if lieu.portee == "quartier" and quartier not in lieu.quartiers:
            continue
        if not is_local(lieu):
            level = A_DISTANCE
        elif lieu.confiance is Confiance.BASSE:
            level = A_VERIFIER
        else:
            level = ICI if quartier in lieu.quartiers else EN_VILLE
        found = min(found, level, key=_RANG.__getitem__)
    return found


def lacunes(about: Contexte) -> Tableau:
    """Every need in every quarter: where its nearest door is."""
    noms = about.noms
    lines: list[tuple[Cell, ...]] = [
        (
            besoin,
            nom,
            defi_name(noms, noms.defi_du_besoin.get(besoin)),
            *(NIVEAUX[nearest(about.directory, besoin, quartier)] for quartier in noms.quartiers),
        )
        for besoin, nom in noms.besoins.items()
    ]
    return Tableau(
        "lacunes",
        "L'offre : la porte la plus proche de chaque besoin",
        "Pour chaque besoin et chaque quartier, où est la porte la plus proche que connaît l'annuaire.",
        "C'est ce que l'annuaire sait : une porte qui existe sans y être écrite manque ici. Il ne dit pas si elle a de la place.",
        (
            Colonne("id", "Code", "texte", "code du besoin"),
            Colonne("besoin", "Besoin", "texte", "nom du besoin"),
            Colonne("defi", "Défi", "texte", "défi du contrat de ville"),
            *(
                Colonne(each.replace("-", "_"), nom, "texte", "porte la plus proche de ce quartier")
                for each, nom in noms.quartiers.items()
            ),
        ),
        tuple(lines),
    )


def offre(about: Contexte) -> Tableau:
    """How many needs have their nearest door here, in the city, far, nowhere; by quarter."""
    lines: list[tuple[Cell, ...]] = []
    for quartier, nom in about.noms.quartiers.items():
        found = [nearest(about.directory, besoin, quartier) for besoin in about.noms.besoins]
        lines.append((quartier, nom, *(found.count(niveau) for niveau in NIVEAUX)))
    return Tableau(
        "offre",
        "L'offre, quartier par quartier",
        "Combien de besoins ont leur porte la plus proche dans le quartier, ailleurs en ville, à distance, ou nulle part.",
        "Compté dans l'annuaire du jour, sans rien de ce que les personnes ont dit. « Lieu incertain » : il faut appeler avant.",
        (
            Colonne("id", "Code", "texte", "code du quartier"),
            Colonne("quartier", "Quartier", "texte", "nom du quartier"),
            *(
                Colonne(f"besoins_{niveau}", nom, "nombre", "besoins dont c'est la porte la plus proche")
                for niveau, nom in NIVEAUX.items()
            ),
        ),
        tuple(lines),
    )


def fraicheur(about: Contexte) -> Tableau:
    """How old the facts of the open places are."""
    ages: dict[str, int] = {nom: 0 for _, nom in AGES} | {"plus de 2 ans": 0, "sans date": 0}
    places = [lieu for lieu in about.directory.lieux.values() if lieu.etat is EtatLieu.OUVERT]
    for lieu in places:
        if lieu.verifie_le is None:
            ages["sans date"] += 1
            continue
        days = (about.jour - first_day(lieu.verifie_le)).days
        ages[next((nom for limit, nom in AGES if days < limit), "plus de 2 ans")] += 1
    hours = sum(
        lieu.horaires.osm is not None or any(s.horaires and s.horaires.osm for s in lieu.services) for lieu in places
    )
    whole = len(places)
    lines: list[tuple[Cell, ...]] = [
        ("vérifié le", age, count, count / whole if whole else None) for age, count in ages.items()
    ]
    lines.append(("horaires", "horaires connus", hours, hours / whole if whole else None))
    call = sum(lieu.appeler_avant for lieu in places)
    lines.append(("confiance", "à appeler avant d'y aller", call, call / whole if whole else None))
    return Tableau(
        "fraicheur",
        "L'âge de l'annuaire",
        "Depuis quand les lieux ouverts de l'annuaire n'ont pas été vérifiés.",
        "La date est celle de la source la plus récente de la fiche. Une date limitée à l'année compte comme le 1er janvier.",
        (
            Colonne("par", "Sujet", "texte", "ce qui est compté"),
            Colonne("etat", "État", "texte", "âge ou état des lieux"),
            Colonne("lieux", "Lieux", "nombre", "lieux ouverts"),
            Colonne("part", "Part", "part", "part des lieux ouverts"),
        ),
        tuple(lines),
        "barres",
    )
