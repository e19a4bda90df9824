"""What a conversation records: facts for the journal, with no identity.

`mots` are the resident's words as typed; the runner passes them through `bot.journal.scrub` before anything is kept,
and they are None whenever danger was told.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Manquement(StrEnum):
    """The kind of an unmet need."""

    RIEN_COMPRIS = "rien_compris"
    AUCUNE_OFFRE = "aucune_offre"
    RIEN_A_PORTEE = "rien_a_portee"
    RIEN_BIENTOT = "rien_bientot"
    NON_ELIGIBLE = "non_eligible"
    ABANDON = "abandon"
    PAS_AIDE = "pas_aide"
    MAL_COMPRIS = "mal_compris"


@dataclass(frozen=True, slots=True)
class Orientation:
    """Doors were given for a need. `portes` are the ids of the doors shown.

    `attente_jours` is how many whole days the first of them is still closed: 0 when it opens today, None when unknown."""

    besoin: str
    quartier: str | None
    langue: str
    portes: tuple[str, ...]
    attente_jours: int | None = None


@dataclass(frozen=True, slots=True)
class BesoinNonCouvert:
    """A need met no answer. `besoin` is None when nothing was understood."""

    raison: Manquement
    besoin: str | None
    quartier: str | None
    langue: str
    mots: str | None = None


@dataclass(frozen=True, slots=True)
class Avis:
    """The person said whether it helped."""

    aide: bool
    besoin: str | None
    quartier: str | None
    langue: str


@dataclass(frozen=True, slots=True)
class DroitEvalue:
    """A right was answered. `niveau` is "probable", "possible" or "peu-probable"; `besoin` is the need that led to it,
    the first need of the right when all rights were checked at once. None of the answers given is in it."""

    droit: str
    niveau: str
    besoin: str | None
    quartier: str | None
    langue: str


@dataclass(frozen=True, slots=True)
class Recours:
    """What the person said of a right they can probably ask for. `reponse` is "deja", "attente", "refuse",
    "ne-connaissait-pas" or "connaissait-pas-demande". Why they did not ask comes later, if at all: then `motif` is set
    and `reponse` is None, so that the answer counts once."""

    droit: str
    reponse: str | None
    motif: str | None
    quartier: str | None
    langue: str
    besoin: str | None = None


@dataclass(frozen=True, slots=True)
class Urgence:
    """Danger was answered. No words, no quarter: a rare event in a small place is an identity."""

    urgence: str
    langue: str


@dataclass(frozen=True, slots=True)
class Effacement:
    """The person asked that everything be erased: the runner wipes the conversation after the reply is sent."""


Event = Orientation | BesoinNonCouvert | Avis | DroitEvalue | Recours | Urgence | Effacement
