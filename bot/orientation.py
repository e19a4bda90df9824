"""Which doors answer a need, for this person? Pure; the conversation and the desk ask here, and get the same answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from directory.load import Directory
from directory.model import Demande, Etat, EtatLieu, Lieu, Point, Porte, Reponse, Service
from directory.search import find_doors, opening

PAGE = 3
PORTE_GENERALE = "demarches-administratives"
TYPE_GENERAL = "france-services"


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
