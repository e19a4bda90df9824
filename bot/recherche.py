"""Which places of the directory match what a médiateur looks for: a name with typos, a need, a quarter, a language?

Pure: the whole directory is looked through, closed and announced places too when they are asked for by their name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from rapidfuzz import fuzz

from directory.catalogue import Directory
from directory.geo import normalise
from directory.model import Etat, EtatLieu, Lieu, Ouverture, RendezVous, Service
from directory.search import opening

PROCHE = 82.0  # likeness (0..100) of a name typed with typos
DEDANS = 6.0  # what is found in the address or inside a place comes after a place of that name
COURT = 4  # letters under which a word is looked for as it is
OUVERTS = (Etat.OUVERT, Etat.FERME_BIENTOT)


@dataclass(frozen=True, slots=True)
class Filtre:
    """What is looked for; None and False ask nothing."""

    texte: str = ""
    besoin: str | None = None
    quartier: str | None = None
    langue: str | None = None
    ouvert: bool = False
    sans_rendez_vous: bool = False

    @property
    def vide(self) -> bool:
        return self == Filtre()


@dataclass(frozen=True, slots=True)
class Trouve:
    """A place found: the service that answers (None: it has none) and whether that is open at the moment asked."""

    lieu: Lieu
    service: Service | None
    ouverture: Ouverture
    score: float


def search(directory: Directory, filtre: Filtre, now: datetime) -> tuple[Trouve, ...]:
    """Every place that matches, the best name first, then those of the quarter, then those open at `now`."""
    words = normalise(filtre.texte).split()
    if filtre.texte and not words:
        return ()
    found = []
    for lieu in directory.lieux.values():
        score = _likeness(directory, lieu, words) if words else 100.0
        if score < PROCHE or (lieu.etat is not EtatLieu.OUVERT and not words):
            continue
        if filtre.quartier and lieu.quartiers and filtre.quartier not in lieu.quartiers:
            continue
        found += _one(directory, lieu, filtre, now, score)
    found.sort(key=lambda one: _order(one, filtre))
    return tuple(found)


def _one(directory: Directory, lieu: Lieu, filtre: Filtre, now: datetime, score: float) -> Iterator[Trouve]:
    """The place with the first of its services that passes every filter."""
    if not lieu.services and not (filtre.besoin or filtre.ouvert or filtre.sans_rendez_vous or filtre.langue):
        yield Trouve(lieu, None, opening(directory, lieu, None, now), score)
    for service in lieu.services:
        ouverture = opening(directory, lieu, service, now)
        if (
            (not filtre.besoin or filtre.besoin in service.besoins)
            and (not filtre.langue or _speaks(lieu, service, filtre.langue))
            and (not filtre.ouvert or ouverture.etat in OUVERTS)
            and (not filtre.sans_rendez_vous or (service.rendez_vous or lieu.rendez_vous) in SANS)
        ):
            yield Trouve(lieu, service, ouverture, score)
            return


SANS = (RendezVous.SANS, RendezVous.POSSIBLE)


def _speaks(lieu: Lieu, service: Service, langue: str) -> bool:
    return any(one.split("-")[0] == langue.split("-")[0] for one in (service.langues or lieu.langues))


def _likeness(directory: Directory, lieu: Lieu, words: list[str]) -> float:
    """How near the words are to one name of the place: each word to its nearest word of the name; the worst counts."""
    structure = directory.structures.get(lieu.structure or "")
    own = [lieu.nom, *lieu.aussi_appele]
    others = [f"{lieu.nom} {lieu.adresse or ''} {lieu.complement_adresse or ''}"]
    others += [service.nom for service in lieu.services]
    if structure:
        others += [structure.nom, structure.sigle or "", *structure.aussi_appele]
    best = max(_near(words, normalise(name).split()) for name in own)
    return max([best, *(_near(words, normalise(name).split()) - DEDANS for name in others)])


def _near(words: list[str], name: list[str]) -> float:
    if not name:
        return 0.0
    together = fuzz.ratio("".join(words), "".join(name))
    return max(together, min(max(_alike(word, other) for other in name) for word in words))


def _alike(word: str, other: str) -> float:
    if other.startswith(word):
        return 100.0 if len(word) == len(other) else 95.0
    if len(word) < COURT or len(other) < COURT:
        return 0.0
    return fuzz.ratio(word, other)


def _order(one: Trouve, filtre: Filtre) -> tuple:
    lieu = one.lieu
    return (
        lieu.etat is not EtatLieu.OUVERT,
        -round(one.score / 5),
        bool(filtre.quartier) and filtre.quartier not in lieu.quartiers,
        lieu.portee not in ("quartier", "ville"),
        one.ouverture.etat not in OUVERTS,
        normalise(lieu.nom),
    )
