"""What understanding a message gives: danger, language, needs with scores, quarter, place, confidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Confiance(StrEnum):
    """SURE: answer. UNSURE: "Vous voulez dire…". LOST: themes and the general door."""

    SURE = "sure"
    UNSURE = "unsure"
    LOST = "lost"


class Propos(StrEnum):
    """What a message is when it is no need."""

    SALUTATION = "salutation"
    MERCI = "merci"
    AU_REVOIR = "au-revoir"
    HORS_SUJET = "hors-sujet"
    VAGUE = "vague"  # asks for help without saying about what


@dataclass(frozen=True, slots=True)
class Indice:
    """One piece of evidence: what in the message matched what in the lexicon, and its weight."""

    trouve: str
    lexique: str
    poids: float


@dataclass(frozen=True, slots=True)
class BesoinTrouve:
    """A need proposed; `score` is in 0..1 and comparable within one message."""

    besoin: str
    score: float
    indices: tuple[Indice, ...] = ()


@dataclass(frozen=True, slots=True)
class Comprehension:
    """Everything understood of one message.

    `langue` is a code of locales/langues.yaml ("ar-Latn" for Arabic in Latin letters); `langue_sure` is false when the
    message is too short to tell, and the conversation's language should stay. `besoins` are best first, at most five.
    `urgence` is an emergency id of the taxonomy. `quartier` is set only when the text names one; `quartiers_possibles`
    when it names something that several share. `lieu` is the id of a place asked for directly.
    """

    langue: str
    langue_sure: bool
    besoins: tuple[BesoinTrouve, ...]
    confiance: Confiance
    urgence: str | None = None
    urgence_indices: tuple[Indice, ...] = ()
    propos: Propos | None = None
    quartier: str | None = None
    quartiers_possibles: tuple[str, ...] = ()
    quartier_indices: tuple[Indice, ...] = ()
    lieu: str | None = None


@dataclass(frozen=True, slots=True)
class Contexte:
    """What the conversation already knows and may tilt a reading: language in use, need just talked about."""

    langue: str | None = None
    besoin: str | None = None
