"""How does the review name things, and what may its filters ask for? The closed lists of the moment, in French."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.journal.vocabulaire import CANAUX, MANQUEMENTS, MOTIFS, NON_RECOURS
from bot.langues import en_francais
from bot.live import Live
from bot.review.changes import Place
from bot.review.filters import AUCUN, Filtre, fold
from bot.review.model import ACTIONS, ETATS
from bot.web.staff_texts import _

INCONNU = _("non dit")
# The fields of the filter form, in order; those after the first line are folded away.
CHAMPS: Mapping[str, str] = {
    "quartier": _("Quartier"),
    "besoin": _("Besoin"),
    "defi": _("Défi"),
    "axe": _("Axe du défi 3"),
    "droit": _("Droit"),
    "raison": _("Ce qui a manqué"),
    "motif": _("Raison notée"),
    "non_recours": _("Type de non-recours"),
    "langue": _("Langue"),
    "canal": _("Canal"),
    "action": _("Action"),
}
PREMIERS = ("quartier", "besoin")


@dataclass(frozen=True, slots=True)
class Listes:
    """For each field of the filter, its values with their names, in the order to show them."""

    noms: Mapping[str, Mapping[str, str]]
    besoins: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]

    def nom(self, champ: str, valeur: str | int | None) -> str:
        """A value in words; one that is in no list any more is said as it is."""
        if valeur is None or valeur == "" or valeur == AUCUN:
            return INCONNU
        return self.noms[champ].get(str(valeur), str(valeur))


def lists(live: Live, droits: Iterable[str]) -> Listes:
    """The lists of the data in service; `droits` are the rights that the journal names."""
    words = live.directory.vocabulaire
    noms = {
        "quartier": {quartier.id: quartier.nom for quartier in live.directory.quartiers.values()},
        "defi": {str(defi.id): f"{defi.id}. {defi.nom}" for defi in words.defis.values()},
        "axe": {axe.id: axe.nom for axe in words.axes.values()},
        "besoin": {besoin.id: besoin.nom for besoin in words.besoins.values()},
        "droit": _rights(live, droits),
        "raison": MANQUEMENTS,
        "motif": MOTIFS,
        "non_recours": NON_RECOURS,
        "langue": {langue.code: en_francais(langue.code) for langue in live.langues},
        "canal": CANAUX,
        "etat": ETATS,
        "action": ACTIONS,
    }
    groups = tuple(
        (
            noms["defi"][str(defi.id)],
            tuple((one.id, one.nom) for one in words.besoins.values() if one.defi == defi.id),
        )
        for defi in words.defis.values()
    )
    return Listes(noms, tuple(group for group in groups if group[1]))


def _rights(live: Live, ids: Iterable[str]) -> dict[str, str]:
    known = {droit.id: droit.nom for droit in live.rulebook.droits.values()} if live.rulebook else {}
    names = {**known, **{one: one for one in ids if one not in known}}
    return dict(sorted(names.items(), key=lambda pair: fold(pair[1])))


def places(live: Live):
    """Where a need is counted, for what is corrected."""
    besoins = live.directory.vocabulaire.besoins

    def place(besoin: str) -> Place | None:
        found = besoins.get(besoin)
        return Place(found.defi, found.axe) if found else None

    return place


def chips(filtre: Filtre, listes: Listes) -> list[tuple[str, dict]]:
    """What the filter keeps out, in words, each with the filter without it."""
    found = [
        (f"{nom} : {listes.nom(champ, getattr(filtre, champ))}", filtre.query(**{champ: ""}))
        for champ, nom in CHAMPS.items()
        if getattr(filtre, champ)
    ]
    if filtre.texte:
        found.append((_("Texte : « {texte} »").format(texte=filtre.texte), filtre.query(texte="")))
    if filtre.groupes:
        found.append((_("Messages semblables"), filtre.query(groupes=())))
    return found


def periods(today: date) -> list[tuple[str, str, str]]:
    """The periods one click away: name, first day, last day."""
    first = today.replace(day=1)
    before = first - timedelta(days=1)
    quarter = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    return [
        (_("Ce mois"), first.isoformat(), today.isoformat()),
        (_("Le mois dernier"), before.replace(day=1).isoformat(), before.isoformat()),
        (_("Ce trimestre"), quarter.isoformat(), today.isoformat()),
        (_("Cette année"), date(today.year, 1, 1).isoformat(), today.isoformat()),
        (_("Tout"), "", ""),
    ]
