"""What does the report say? The document for the comité technique and the comité de pilotage, as sections of words and tables.

It is made of indicators only; what it says in words, it says from figures that the tables show.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.journal.context import JAMAIS_UN_TAUX, PERSONNES, Contexte
from bot.journal.indicators import tableaux
from bot.journal.periods import Periode, first_day, previous
from bot.journal.supply import NIVEAUX, nearest
from bot.journal.tables import MASQUE, Cell, Colonne, Masque, Tableau, said, wilson

DEMONSTRATION = "DÉMONSTRATION : toutes ces données sont inventées."
DIX = 10


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report: a title, sentences, tables by their names in `Rapport.tableaux`."""

    id: str
    titre: str
    phrases: tuple[str, ...] = ()
    tableaux: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rapport:
    """Everything the formats need. `elargie` is true when days were widened to whole months; `manque` says, in words,
    which asked months are not over."""

    titre: str
    periode: Periode
    jour: date
    demo: bool
    seuil: int
    sections: tuple[Section, ...]
    tableaux: dict[str, Tableau]
    avertissements: tuple[str, ...] = ()


def make(about: Contexte, *, demo: bool = False, elargie: bool = False, demandee: Periode | None = None) -> Rapport:
    """The report of a period. `demandee` is the period asked for, when months of it that are not over were left out."""
    found = tableaux(about)
    found["dix"] = ten(about, found["besoins"])
    return Rapport(
        titre=f"Accès aux droits et aux services : {about.periode.nom}",
        periode=about.periode,
        jour=about.jour,
        demo=demo,
        seuil=about.figures.seuil,
        sections=tuple(_sections(about, found)),
        tableaux=found,
        avertissements=tuple(_warnings(about, elargie, demandee)),
    )


def ten(about: Contexte, besoins: Tableau) -> Tableau:
    """The ten needs that most often met no answer, with where their doors are."""
    lines: list[tuple[Cell, ...]] = []
    columns = [colonne.id for colonne in besoins.colonnes]
    for ligne in besoins.lignes:
        one = dict(zip(columns, ligne, strict=True))
        if one["id"] and isinstance(one["non_couverts"], int) and one["non_couverts"] and len(lines) < DIX:
            chosen = [
                one[name] for name in ("besoin", "defi", "non_couverts", "demandes", "part", "non_couverts_avant")
            ]
            lines.append((*chosen, _supply(about, str(one["id"]))))
    by_id = {colonne.id: colonne for colonne in besoins.colonnes}
    return Tableau(
        "dix",
        "Les dix besoins restés le plus souvent sans réponse",
        "Les besoins qui ont le plus de demandes sans réponse, et où l'annuaire leur connaît une porte.",
        "Un besoin dont le chiffre est masqué ne peut pas y être. " + JAMAIS_UN_TAUX,
        (
            *(by_id[name] for name in ("besoin", "defi", "non_couverts", "demandes", "part", "non_couverts_avant")),
            Colonne("offre", "Offre connue", "texte", "où sont les portes, selon l'annuaire du jour"),
        ),
        tuple(lines),
    )


def _supply(about: Contexte, besoin: str) -> str:
    if besoin not in about.noms.besoins:
        return ""
    found = [nearest(about.directory, besoin, quartier) for quartier in about.noms.quartiers]
    return ", ".join(
        f"{nom.lower()} : {count} quartier{'s' if count > 1 else ''}"
        for niveau, nom in NIVEAUX.items()
        if (count := found.count(niveau))
    )


def _warnings(about: Contexte, elargie: bool, demandee: Periode | None) -> Iterator[str]:
    if elargie:
        yield f"Les jours demandés ont été élargis à des mois entiers : {about.periode.nom}."
    last = Periode(about.figures.dernier, about.figures.dernier)
    if demandee is not None and demandee.fin > about.figures.dernier:
        following = first_day(demandee.fin + 1)
        yield (
            f"Un mois n'est compté que lorsqu'il est fini : le dernier est {last.nom}. "
            f"La période demandée le sera entièrement à partir du {_day(following)}."
        )
    if about.figures.premier is None:
        yield "Le journal n'a encore aucun mois fini : les chiffres viendront. L'offre et l'âge de l'annuaire sont ceux du jour."
    elif about.periode.debut < about.figures.premier:
        start = Periode(about.figures.premier, about.figures.premier)
        yield f"Le journal commence en {start.nom} : avant, il n'y a rien à compter."
    if not about.periode.de_la_grille and about.figures.premier is not None:
        yield (
            "Cette période n'est pas un mois, un trimestre, un semestre ou une année du calendrier : "
            "plus de chiffres y sont masqués, et l'attente n'y est pas donnée."
        )


def _sections(about: Contexte, found: dict[str, Tableau]) -> Iterator[Section]:
    yield Section("evolution", "Ce qui a changé", tuple(changes(about, found)), ("synthese", "mois"))
    yield Section(
        "defi-3",
        "Le défi 3, axe par axe",
        ("Le défi 3 du contrat de ville : faciliter l'accès aux droits et aux services.",),
        ("axes", "non_recours", "non_recours_droits", "droits"),
    )
    yield Section("defis", "Tous les défis", (), ("defis",))
    yield Section("quartiers", "Quartier par quartier", (), ("quartiers", "carte", "attente"))
    yield Section("dix", "Les dix besoins restés sans réponse", tuple(_ten_sentences(found)), ("dix", "manquements"))
    yield Section("decisions", "Les décisions de la revue", tuple(_decided(about, found)), ("decisions",))
    yield Section(
        "offre",
        "L'offre connue",
        ("Ces tableaux viennent de l'annuaire du jour, et non de ce que les personnes ont dit.",),
        ("offre", "fraicheur"),
    )
    yield Section("public", "Comment les personnes viennent", (), ("langues", "canaux", "avis", "urgences"))
    yield Section("methode", "Méthode et limites", tuple(method(about)))


def changes(about: Contexte, found: dict[str, Tableau]) -> Iterator[str]:
    """What changed since the period before, in sentences: only from figures that are shown."""
    before = previous(about.periode)
    lines = {str(ligne[0]): ligne for ligne in found["synthese"].lignes}
    asked, unmet = lines["Demandes"], lines["Besoins non couverts"]
    if isinstance(asked[1], Masque):
        yield "Le nombre de demandes de la période est masqué : il est trop petit, ou la période n'est pas finie."
        return
    yield f"{said(asked[1], 'nombre')} demandes{_than(asked, before)}."
    if not isinstance(unmet[1], Masque):
        yield f"{said(unmet[1], 'nombre')} besoins non couverts{_than(unmet, before)}."
    yield from _share_sentence(about, before)
    if not about.comparable:
        yield f"Il n'y a pas de comparaison : le journal n'existait pas pendant toute la période d'avant ({before.nom})."
        return
    moved = _moved(found["besoins"])
    if moved:
        told = ", ".join(f"{name} ({said(gap, 'ecart')})" for name, gap in moved)
        yield f"Les besoins non couverts qui ont le plus augmenté : {told}."


def _than(ligne: tuple[Cell, ...], before: Periode) -> str:
    if not isinstance(ligne[2], int) or not isinstance(ligne[1], int):
        return ""
    if not ligne[2]:
        return f" (aucun dans la période d'avant, {before.nom})"
    rate = (ligne[1] - ligne[2]) / ligne[2]
    sign = "+" if rate >= 0 else "−"
    return f" ({sign}{said(abs(rate), 'part')} par rapport à la période d'avant, {before.nom} : {said(ligne[2], 'nombre')})"


def _share_sentence(about: Contexte, before: Periode) -> Iterator[str]:
    met, asked = about.count("orientations"), about.count("demandes")
    if met is None or not asked:
        return
    low, high = wilson(met, asked)
    yield (
        f"{said(met / asked, 'part')} des demandes ont eu une porte "
        f"(de {said(low, 'part')} à {said(high, 'part')}, en comptant le hasard des petits nombres)."
    )
    past_met, past = about.before("orientations"), about.before("demandes")
    if about.comparable and past_met is not None and past:
        past_low, past_high = wilson(past_met, past)
        apart = _number(low) > _number(past_high) or _number(high) < _number(past_low)
        said_past = f"{said(past_met / past, 'part')} pour {before.nom}"
        yield f"C'était {said_past} : " + ("le changement est net." if apart else "l'écart peut venir du hasard.")


def _number(value: Cell) -> float:
    return value if isinstance(value, int | float) else 0.0


def _moved(besoins: Tableau) -> list[tuple[str, int]]:
    ids, names, now, before = (besoins.column(id) for id in ("id", "besoin", "non_couverts", "non_couverts_avant"))
    gaps = [
        (str(name), a - b)
        for id, name, a, b in zip(ids, names, now, before, strict=True)
        if id and isinstance(a, int) and isinstance(b, int) and a > b
    ]
    return sorted(gaps, key=lambda one: (-one[1], one[0]))[:3]


def _ten_sentences(found: dict[str, Tableau]) -> Iterator[str]:
    if not found["dix"].lignes:
        yield "Aucun besoin n'a assez de demandes sans réponse pour être montré."
        return
    yield "Ce sont des demandes, pas des personnes : une personne peut demander plusieurs fois."


def _decided(about: Contexte, found: dict[str, Tableau]) -> Iterator[str]:
    count = about.count("decisions")
    if count is None:
        yield "Le nombre de décisions de la période est masqué ou pas encore connu."
    elif not count:
        yield "Aucune action n'a été décidée à la revue pendant la période."
    else:
        actions = [(str(line[2]), line[3]) for line in found["decisions"].lignes if line[0] == "action" and line[3]]
        told = " ; ".join(f"{name.lower()} : {said(n, 'nombre')}" for name, n in actions)
        yield f"{said(count, 'nombre')} besoins non couverts ont reçu une action : {told}."


def method(about: Contexte) -> Iterator[str]:
    """How the figures are made, and what they cannot say."""
    seuil = about.figures.seuil
    yield PERSONNES
    yield JAMAIS_UN_TAUX
    yield (
        f"Un chiffre plus petit que {seuil} est masqué, pour que personne ne se reconnaisse ni ne soit reconnu. D'autres chiffres "
        "sont masqués avec lui quand ils permettraient de le retrouver par une soustraction. Aucun chiffre n'est arrondi ni changé : "
        "il est exact, ou masqué."
    )
    yield (
        "Les périodes sont des mois entiers et finis. Un chiffre montré une fois ne change plus : deux rapports se comparent, et leur "
        "différence n'apprend rien de plus qu'eux."
    )
    yield "Le besoin compté est celui compris au moment du message, même si la revue l'a corrigé ensuite."
    yield "Les parts portent un intervalle de confiance à 95 % (Wilson) : plus il est large, moins la part est sûre."
    yield "Le journal ne contient ni nom, ni téléphone, ni heure ; deux lignes ne peuvent pas être reliées à une même personne."
    yield "Ceux qui n'utilisent pas le service ne sont pas ici : ces chiffres ne disent rien d'eux."


def _day(day: date) -> str:
    return f"{'1er' if day.day == 1 else day.day}/{day.month:02d}/{day.year}"


def hidden(rapport: Rapport) -> int:
    """How many figures of the report are hidden."""
    return sum(value is MASQUE for tableau in rapport.tableaux.values() for ligne in tableau.lignes for value in ligne)
