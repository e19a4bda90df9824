"""Which doors answer a need, which rights may one have, and where to ask?

Pure; the conversation and the desk ask here, and get the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from directory.load import Directory
from directory.model import Demande, Etat, EtatLieu, Lieu, Point, Porte, Reponse, Service
from directory.search import find_doors, opening
from rules.evaluate import Verdict, evaluate_all
from rules.model import PEU_PROBABLE, POSSIBLE, PROBABLE, Droit, Rulebook, Situation

PAGE = 3
PORTE_GENERALE = "demarches-administratives"
TYPE_GENERAL = "france-services"
# Rights that tell of violence or of papers are recorded without their quarter: few people in a small place.
SANS_QUARTIER = frozenset(("violences", "sejour-nationalite"))
TOUS = "tous"  # instead of a need: every right at once
UN_DROIT = "droit."  # before the id of a right: this one alone
NIVEAUX = (PROBABLE, POSSIBLE, PEU_PROBABLE)
DECRIT = "decrit"
PAR_MOIS = {"EUR/mois": 1, "EUR/an": 12, "EUR": 12}


@dataclass(frozen=True, slots=True)
class Personne:
    """What is known of who asks: enough to choose doors, nothing that names them."""

    quartier: str | None = None
    point: Point | None = None
    langue: str | None = None


def orient(directory: Directory, besoin: str, personne: Personne, now: datetime, *, depuis: int = 0) -> Reponse:
    """At most three doors for a need, after the first `depuis` ones. `manque` is told on the first page only."""
    demande = Demande((besoin,), personne.quartier, personne.point, personne.langue, limite=depuis + PAGE)
    reponse = find_doors(directory, demande, now)
    if depuis == 0:
        return reponse
    return replace(reponse, portes=reponse.portes[depuis:], manque=None)


def waiting_days(portes: tuple[Porte, ...], now: datetime) -> int | None:
    """How many whole days the first door is still closed: 0 when it is open or opens today, None when nobody knows."""
    if not portes:
        return None
    ouverture = portes[0].ouverture
    if ouverture.etat in (Etat.OUVERT, Etat.FERME_BIENTOT):
        return 0
    return (ouverture.prochaine.date() - now.date()).days if ouverture.prochaine else None


def general_door(directory: Directory, personne: Personne, now: datetime) -> Porte | None:
    """Where somebody listens to any request: the France Services of the quarter, else the best ranked one."""
    # Its own quarter first even when its hours are unsure: the reader is told to call, and the walk is short.
    for lieu in directory.lieux.values():
        if lieu.type == TYPE_GENERAL and personne.quartier in lieu.quartiers and lieu.etat is EtatLieu.OUVERT:
            return place_door(directory, lieu, PORTE_GENERALE, personne, now)
    demande = Demande((PORTE_GENERALE,), personne.quartier, personne.point, personne.langue, limite=24)
    portes = find_doors(directory, demande, now).portes
    general = [porte for porte in portes if porte.lieu.type == TYPE_GENERAL] or list(portes)
    if not (personne.quartier or personne.point):
        general.sort(key=lambda porte: porte.lieu.appeler_avant)  # none is nearest: one where one can just go
    return general[0] if general else None


def place_door(
    directory: Directory,
    lieu: Lieu,
    besoin: str | None,
    personne: Personne,
    now: datetime,
    *,
    service: Service | None = None,
) -> Porte | None:
    """The door of a place asked for by its name: `service`, else its service for `besoin`, else its first. None: no open
    door there."""
    if lieu.etat is not EtatLieu.OUVERT or not lieu.services:
        return None
    service = service or next((one for one in lieu.services if besoin in one.besoins), lieu.services[0])
    asked = besoin if besoin in service.besoins else service.besoins[0]
    demande = Demande((asked,), personne.quartier, personne.point, personne.langue, limite=200)
    found = (
        porte
        for porte in find_doors(directory, demande, now).portes
        if porte.lieu.id == lieu.id and porte.service.id == service.id
    )
    return next(found, None) or Porte(lieu, service, asked, opening(directory, lieu, service, now), raisons=())


def rights_for(rulebook: Rulebook | None, sujet: str) -> tuple[str, ...]:
    """The ids of the rights in play for a need, those that answer it first before those it is beside; all of them for
    TOUS, and one for `droit.<id>`."""
    if rulebook is None:
        return ()
    if sujet == TOUS:
        return tuple(rulebook.droits)
    if sujet.startswith(UN_DROIT):
        return (sujet.removeprefix(UN_DROIT),) if sujet.removeprefix(UN_DROIT) in rulebook.droits else ()
    found = [droit for droit in rulebook.droits.values() if sujet in droit.besoins]
    return tuple(droit.id for droit in sorted(found, key=lambda droit: droit.besoins.index(sujet)))


def need_of(rulebook: Rulebook, sujet: str) -> str | None:
    """The need that a check of rights is about: None for all of them."""
    if sujet.startswith(UN_DROIT):
        droit = rulebook.droits.get(sujet.removeprefix(UN_DROIT))
        return droit.besoins[0] if droit else None
    return None if sujet == TOUS else sujet


def verdicts(rulebook: Rulebook, droits: Iterable[str], situation: Situation, on: date) -> tuple[Verdict, ...]:
    """The verdicts, most useful first: probable before possible; what is computed before what is only described; then
    the greatest amount a month; then what is kept for who has little money."""
    found = evaluate_all(rulebook, situation, on, tuple(droits))
    return tuple(sorted(found, key=lambda one: (NIVEAUX.index(one.niveau), *_usefulness(rulebook, one))))


def _usefulness(rulebook: Rulebook, verdict: Verdict) -> tuple:
    amount = verdict.montant
    monthly = 0.0
    if amount is not None and amount.unite in PAR_MOIS:
        monthly = amount.bas / PAR_MOIS[amount.unite]
    described = rulebook.droits[verdict.droit].sorte == DECRIT or verdict.hors_champ
    for_little_money = any(one.genre == "maximum" and one.seuil and "EUR" in one.seuil.unite for one in verdict.raisons)
    return described, -monthly, not for_little_money


def right_doors(directory: Directory, droit: Droit, personne: Personne, now: datetime) -> tuple[Porte, ...]:
    """Where to ask for a right: the nearest door of the kinds it names, then the office it names first when it is another."""
    besoins = droit.demande.besoins or droit.besoins
    found: list[Porte] = []
    for besoin in besoins:
        demande = Demande((besoin,), personne.quartier, personne.point, personne.langue, limite=200)
        portes = find_doors(directory, demande, now).portes
        found += [porte for porte in portes if porte.lieu.type in droit.demande.types]
        if found:
            break
    if not found:
        demande = Demande(tuple(besoins), personne.quartier, personne.point, personne.langue, limite=1)
        return find_doors(directory, demande, now).portes
    best = min(found, key=lambda porte: droit.demande.types.index(porte.lieu.type))
    return tuple({porte.lieu.id: porte for porte in (found[0], best)}.values())
