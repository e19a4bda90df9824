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
from directory.geo import normalise, quartier_of
from directory.hours import PARIS
from directory.model import (
    Demande,
    Etat,
    Lieu,
    Manque,
    Ouverture,
    Porte,
    Raison,
    RendezVous,
    Reponse,
    Service,
)
from directory.ranking import LOIN, is_local, soonness, speaks, standing

# Facts two years old have no freshness left for data·inclusion's quality score: they are then said to be old.
AGE_ANCIEN = timedelta(days=2 * 365)


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
            metres, before, after = standing(directory, offre, quartier, demande.point)
        else:
            # Without a position, the place of a door in the order depends on the quarter alone, but for time and language.
            key = offre.id, besoin, quartier
            known = directory.rangs.get(key)
            if known is None:
                known = directory.rangs[key] = standing(directory, offre, quartier, None)
            metres, before, after = known
        rank = (*before, soonness(ouverture, now), not speaks(offre, demande.langue), *after)
        found.append(_Candidate(offre, ouverture, metres, rank))
    found.sort(key=_by_rank)
    return _one_national_before_the_doubtful(found)


def _by_rank(one: _Candidate) -> tuple:
    return one.rank


def _one_national_before_the_doubtful(found: list[_Candidate]) -> list[_Candidate]:
    """One national line is enough before the doubtful local doors: then these, then the other lines."""
    if not any(one.rank[0] == 2 for one in found):
        return found
    lines = [one for one in found if one.rank[0] == 1]
    late = set(map(id, lines[1:]))
    return sorted(found, key=lambda one: (3 if id(one) in late else one.rank[0], one.rank))


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
    if speaks(one.offre, demande.langue):
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
