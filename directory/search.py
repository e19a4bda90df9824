"""Which doors answer a need, best first, and why?

Pure: the same directory, question and moment give the same doors. The order is one tuple per door (`_rank`), read from left
to right; the choice then avoids showing one building twice and lets several needs take turns.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import zip_longest

from directory.catalogue import Directory, Offre
from directory.geo import distance, normalise, quartier_of
from directory.hours import PARIS
from directory.model import (
    Confiance,
    Demande,
    Etat,
    Lieu,
    Manque,
    Ouverture,
    Point,
    Porte,
    Raison,
    RendezVous,
    Reponse,
    Service,
)

LOIN = timedelta(days=7)
# Facts two years old have no freshness left for data·inclusion's quality score: they are then said to be old.
AGE_ANCIEN = timedelta(days=2 * 365)
A_PIED, A_PORTEE = 800, 2000
_LOCALES = ("quartier", "ville", "departement")
_VENUE = {RendezVous.SANS: 0, RendezVous.POSSIBLE: 1, RendezVous.INCONNU: 2, RendezVous.OBLIGATOIRE: 3}

# Some needs are those of a public: a service kept for these people is then for whoever asks.
_PUBLICS_DU_BESOIN = {
    "activites-jeunes": ("jeunes", "familles"),
    "aide-financiere": ("beneficiaires-des-minimas-sociaux",),
    "apprendre-francais": ("personnes-exilees",),
    "garde-enfants": ("familles",),
    "grand-age": ("seniors",),
    "handicap": ("personnes-en-situation-de-handicap",),
    "hebergement-urgence": ("personnes-en-situation-durgence",),
    "jeunes-insertion": ("jeunes",),
    "minima-sociaux": ("beneficiaires-des-minimas-sociaux",),
    "parentalite": ("familles",),
    "petite-enfance": ("familles",),
    "prestations-familiales": ("familles",),
    "recherche-emploi": ("demandeurs-emploi",),
    "retraite": ("seniors",),
    "scolarite": ("jeunes", "familles"),
    "sejour-nationalite": ("personnes-exilees",),
    "separation-famille": ("familles",),
    "soutien-scolaire": ("jeunes", "familles"),
    "violences": ("femmes", "personnes-en-situation-durgence"),
}


@dataclass(frozen=True, slots=True)
class _Candidate:
    offre: Offre
    ouverture: Ouverture
    metres: float | None
    rank: tuple


def find_doors(directory: Directory, demande: Demande, now: datetime) -> Reponse:
    """At most `limite` doors, best first, each with the reasons of its rank. `now` is aware; unknown needs have no door."""
    openings: dict[str, Ouverture] = {}
    quartier = demande.quartier or (quartier_of(directory, demande.point) if demande.point else None)
    every, portes, left = _answer(directory, demande, quartier, now, openings)
    return Reponse(
        portes=tuple(_door(one, demande, quartier, now) for one in portes),
        manque=_lack(every, now),
        depend_du_quartier=_depends(directory, demande, now, openings, portes),
        autres=left,
    )


def opening(directory: Directory, lieu: Lieu, service: Service | None, now: datetime) -> Ouverture:
    """Whether a service (or the place itself, when None) is open at an aware moment."""
    rendez_vous = (service.rendez_vous if service else None) or lieu.rendez_vous
    return directory.agenda(lieu, service).opening(now, rendez_vous)


def urgence_lines(directory: Directory, urgence: str) -> tuple[Lieu, ...]:
    """The lines that answer an emergency, in the order in which its numbers are to be said. Empty when it is unknown."""
    known = directory.vocabulaire.urgences.get(urgence)
    if known is None:
        return ()
    found = []
    for numero in known.numeros:
        lines = [lieu for lieu in directory.lieux.values() if numero in (_digits(lieu.telephone), _digits(lieu.sms))]
        # Several entries may give a number (the police station says 17): the national line itself comes first.
        lines.sort(key=lambda lieu: (urgence not in lieu.urgences, not lieu.a_distance, lieu.id))
        found += lines[:1]
    return tuple(dict.fromkeys(found))


def _answer(
    directory: Directory, demande: Demande, quartier: str | None, now: datetime, openings: dict[str, Ouverture]
) -> tuple[list[_Candidate], list[_Candidate], int]:
    """Every candidate, the chosen ones, and how many others are left."""
    per_need = [
        _candidates(directory, besoin, demande, quartier, now, openings) for besoin in dict.fromkeys(demande.besoins)
    ]
    every = [one for group in per_need for one in group]
    groups = [[one for one in group if one.offre.id not in demande.exclure] for group in per_need]
    turns = _unique(one for turn in zip_longest(*groups) for one in turn if one is not None)
    chosen = _choose(turns, demande.limite)
    return every, chosen, len(turns) - len(chosen)


def _candidates(
    directory: Directory,
    besoin: str,
    demande: Demande,
    quartier: str | None,
    now: datetime,
    openings: dict[str, Ouverture],
) -> list[_Candidate]:
    """The doors of one need for this question, best first."""
    found = []
    for offre in directory.doors_for(besoin):
        lieu = offre.lieu
        if lieu.portee == "quartier" and quartier is not None and quartier not in lieu.quartiers:
            continue
        ouverture = openings.get(offre.id)
        if ouverture is None:
            ouverture = openings[offre.id] = offre.agenda.opening(now, offre.service.rendez_vous or lieu.rendez_vous)
        if demande.point:
            metres, before, after = _standing(directory, offre, quartier, demande.point)
        else:
            # Without a position, the place of a door in the order depends on the quarter alone, but for time and language.
            key = offre.id, besoin, quartier
            known = directory.rangs.get(key)
            if known is None:
                known = directory.rangs[key] = _standing(directory, offre, quartier, None)
            metres, before, after = known
        rank = (*before, _soonness(ouverture, now), not _speaks(offre, demande.langue), *after)
        found.append(_Candidate(offre, ouverture, metres, rank))
    found.sort(key=_by_rank)
    return _one_national_before_the_doubtful(found)


def _by_rank(one: _Candidate) -> tuple:
    return one.rank


def _standing(
    directory: Directory, offre: Offre, quartier: str | None, point: Point | None
) -> tuple[float | None, tuple, tuple]:
    """Metres to the door, and what orders it before and after time and language; lower is better, and each line of a
    tuple is worth more than all those below it."""
    lieu, service = offre.lieu, offre.service
    centre = directory.quartiers[quartier].centre if quartier in directory.quartiers else None
    start = point or centre
    metres = distance(start, lieu.point) if start and lieu.point and not lieu.a_distance else None
    before = (
        _tier(lieu, quartier),
        not offre.principal,
        _is_for_others(offre),
        _nearness(lieu, metres, quartier, point is not None),
        not (lieu.adresse or lieu.telephone or service.telephone or lieu.a_distance),
    )
    after = (
        _VENUE[service.rendez_vous or lieu.rendez_vous],
        lieu.confiance is not Confiance.HAUTE,
        metres if metres is not None else float("inf"),
        offre.id,
    )
    return metres, before, after


def _is_for_others(offre: Offre) -> bool:
    """Whether the service is kept for people whom the need does not tell of: young people, when one looks for work."""
    publics = set(offre.service.publics)
    return bool(publics) and not publics & {
        "tous-publics",
        "residents-qpv-frr",
        *_PUBLICS_DU_BESOIN.get(offre.besoin, ()),
    }


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


def _one_national_before_the_doubtful(found: list[_Candidate]) -> list[_Candidate]:
    """One national line is enough before the doubtful local doors: then these, then the other lines."""
    if not any(one.rank[0] == 2 for one in found):
        return found
    lines = [one for one in found if one.rank[0] == 1]
    late = set(map(id, lines[1:]))
    return sorted(found, key=lambda one: (3 if id(one) in late else one.rank[0], one.rank))


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


def _soonness(ouverture: Ouverture, now: datetime) -> int:
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


def _speaks(offre: Offre, langue: str | None) -> bool:
    """Whether the language is said to be spoken there. French needs no saying."""
    if not langue or langue.split("-")[0] == "fr":
        return False
    spoken = offre.service.langues or offre.lieu.langues
    return any(one.split("-")[0] == langue.split("-")[0] for one in spoken)


def _unique(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    """Each service once, at its best place (it may answer two of the needs)."""
    found: dict[str, _Candidate] = {}
    for one in candidates:
        found.setdefault(one.offre.id, one)
    return list(found.values())


def _choose(candidates: list[_Candidate], limit: int) -> list[_Candidate]:
    """The first ones, a building only once as long as another building answers."""
    chosen: list[_Candidate] = []
    buildings: set[tuple] = set()
    for one in candidates:
        key = _building(one.offre.lieu)
        if len(chosen) < limit and key not in buildings:
            buildings.add(key)
            chosen.append(one)
    for one in candidates:
        if len(chosen) < limit and one not in chosen:
            chosen.append(one)
    return chosen


def _building(lieu: Lieu) -> tuple:
    if lieu.adresse and not lieu.a_distance:
        return normalise(lieu.adresse), normalise(lieu.commune or "")
    return (lieu.id,)


def _lack(every: list[_Candidate], now: datetime) -> Manque | None:
    """What the directory lacks for the question, whatever was already shown."""
    if not every:
        return Manque.AUCUNE_OFFRE
    if not any(is_local(one.offre.lieu) for one in every):
        return Manque.RIEN_A_PORTEE
    if all(_known_far(one.ouverture, now) for one in every):
        return Manque.RIEN_BIENTOT
    return None


def _known_far(ouverture: Ouverture, now: datetime) -> bool:
    return ouverture.etat is Etat.FERME and (ouverture.prochaine is None or ouverture.prochaine - now > LOIN)


def _depends(
    directory: Directory, demande: Demande, now: datetime, openings: dict[str, Ouverture], chosen: list[_Candidate]
) -> bool:
    """Whether knowing the quarter would change the doors. False once the quarter or a position is known."""
    if demande.quartier or demande.point:
        return False
    now_shown = [one.offre.id for one in chosen]
    for quartier in directory.quartiers:
        _, others, _ = _answer(directory, demande, quartier, now, openings)
        ids = [one.offre.id for one in others]
        if ids[:1] != now_shown[:1] or set(ids) != set(now_shown):
            return True
    return False


def _door(one: _Candidate, demande: Demande, quartier: str | None, now: datetime) -> Porte:
    lieu, service = one.offre.lieu, one.offre.service
    return Porte(
        lieu,
        service,
        one.offre.besoin,
        one.ouverture,
        tuple(_reasons(one, demande, quartier)),
        one.metres,
        _is_old(lieu, service, now.astimezone(PARIS).date()),
    )


def _reasons(one: _Candidate, demande: Demande, quartier: str | None) -> Iterable[Raison]:
    lieu, service = one.offre.lieu, one.offre.service
    yield Raison.OFFRE_LE_BESOIN
    if not is_local(lieu) or lieu.a_distance:
        yield Raison.PAR_TELEPHONE
    elif quartier in lieu.quartiers:
        yield Raison.DANS_LE_QUARTIER
    elif one.metres is not None:
        yield Raison.A_DISTANCE_DE
    else:
        yield Raison.TOUTE_LA_VILLE
    if one.ouverture.etat in (Etat.OUVERT, Etat.FERME_BIENTOT):
        yield Raison.OUVERT_MAINTENANT
    elif one.ouverture.prochaine:
        yield Raison.OUVRE_LE
    if _speaks(one.offre, demande.langue):
        yield Raison.PARLE_LA_LANGUE
    if (service.rendez_vous or lieu.rendez_vous) is RendezVous.SANS:
        yield Raison.SANS_RENDEZ_VOUS


def _is_old(lieu: Lieu, service: Service, today: date) -> bool:
    """Whether what is shown (the entry, or its hours) was last confirmed too long ago, or nobody knows when."""
    horaires = service.horaires or lieu.horaires
    dates = [service.verifie_le or lieu.verifie_le]
    if horaires.osm and horaires.verifie_le:
        dates.append(horaires.verifie_le)
    return any(one is None or today - first_day(one) > AGE_ANCIEN for one in dates)


def first_day(partial: str) -> date:
    """The first day of a date that may stop at the year or the month: what was "2024" is as old as 1 January 2024."""
    return date.fromisoformat((partial + "-01-01")[:10])


def _digits(number: str | None) -> str:
    return "".join(sign for sign in number or "" if sign.isdigit())
