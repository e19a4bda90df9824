"""What puts one door before another?

Pure functions over one door: what is known of it whatever the moment (`standing`), how soon it opens, whether it speaks the
language. `directory.search` joins them in one tuple per door; the order of the lines here is the order of importance.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from directory.catalogue import Directory, Offre
from directory.geo import distance
from directory.hours import PARIS
from directory.model import Confiance, Etat, Lieu, Ouverture, Point, RendezVous
from directory.vocabulary import PremieresPortes

LOIN = timedelta(days=7)
A_PIED, A_PORTEE = 800, 2000
_LOCALES = ("quartier", "ville", "departement")
_VENUE = {RendezVous.SANS: 0, RendezVous.POSSIBLE: 1, RendezVous.INCONNU: 2, RendezVous.OBLIGATOIRE: 3}


def standing(
    directory: Directory, offre: Offre, quartier: str | None, point: Point | None
) -> tuple[float | None, tuple, tuple]:
    """Metres to the door, and what orders it before and after time and language; lower is better, and each line of a
    tuple is worth more than all those below it."""
    lieu, service = offre.lieu, offre.service
    centre = directory.quartiers[quartier].centre if quartier in directory.quartiers else None
    start = point or centre
    metres = distance(start, lieu.point) if start and lieu.point and not lieu.a_distance else None
    first = directory.vocabulaire.portes.get(offre.besoin)
    before = (
        _tier(lieu, quartier),
        not _can_be_reached(offre),
        not offre.principal,
        _is_for_others(offre, first),
        _nearness(lieu, metres, quartier, point is not None),
        not (first and lieu.type in first.types),
    )
    after = (
        _VENUE[service.rendez_vous or lieu.rendez_vous],
        lieu.confiance is not Confiance.HAUTE,
        metres if metres is not None else float("inf"),
        offre.id,
    )
    return metres, before, after


def _can_be_reached(offre: Offre) -> bool:
    """Whether the reader can go there or write or call: a name alone is enough only for a building of a known quarter."""
    lieu, service = offre.lieu, offre.service
    ways = (lieu.adresse, lieu.telephone, lieu.sms, lieu.site_web, lieu.courriel, service.telephone, service.site_web)
    return any(ways) or bool(lieu.quartiers)


def _is_for_others(offre: Offre, first: PremieresPortes | None) -> bool:
    """Whether the service is kept for people whose matter the need is not: young people, when one looks for work."""
    publics = set(offre.service.publics)
    return bool(publics) and not publics & {"tous-publics", "residents-qpv-frr", *(first.publics if first else ())}


def _tier(lieu: Lieu, quartier: str | None) -> int:
    """Local doors, then national lines, then doubtful local ones; at the very end doors that serve one quarter when the
    person's quarter is not known."""
    if lieu.portee == "quartier" and quartier is None:
        return 4
    if not is_local(lieu):
        return 1
    return 2 if lieu.confiance is Confiance.BASSE else 0


def is_local(lieu: Lieu) -> bool:
    """Whether one can go there, or whether it is at least for the people of here."""
    return lieu.portee in _LOCALES or (lieu.adresse is not None and not lieu.a_distance)


def _nearness(lieu: Lieu, metres: float | None, quartier: str | None, from_here: bool) -> int:
    """In the quarter, at a walk, for everyone or in reach, in another quarter. `from_here`: metres are counted from the
    person, not from a landmark of the quarter, so a walk is worth as much as being in the quarter."""
    inside = quartier is not None and quartier in lieu.quartiers
    if metres is not None and from_here:
        return 0 if metres <= A_PIED else 1 if inside else 2 if metres <= A_PORTEE else 3
    if inside:
        return 0
    if metres is not None and metres <= A_PIED:
        return 1
    if not lieu.quartiers or (metres is not None and metres <= A_PORTEE):
        return 2
    return 3


def soonness(ouverture: Ouverture, now: datetime) -> int:
    """Open, nearly or today, tomorrow, within a week, not known, later, never in sight."""
    if ouverture.etat is Etat.OUVERT:
        return 0
    if ouverture.etat in (Etat.FERME_BIENTOT, Etat.PEUT_ETRE):
        return 1
    if ouverture.etat is Etat.INCONNU:
        return 4
    if ouverture.prochaine is None:
        return 6
    days = (ouverture.prochaine.date() - now.astimezone(PARIS).date()).days
    return 1 + days if days <= 1 else 3 if ouverture.prochaine - now <= LOIN else 5


def speaks(offre: Offre, langue: str | None) -> bool:
    """Whether the language is said to be spoken there. French needs no saying."""
    if not langue or langue.split("-")[0] == "fr":
        return False
    spoken = offre.service.langues or offre.lieu.langues
    return any(one.split("-")[0] == langue.split("-")[0] for one in spoken)
