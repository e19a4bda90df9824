"""What is the review of an unmet need: its state, what was decided, a remark, the need corrected; and who did it when.

The journal's row is never changed. What staff say of it stands beside, with every version before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.journal.rows import Row

NOUVEAU, LU, TRAITE, CLOS = "nouveau", "lu", "traite", "clos"
ETATS: Mapping[str, str] = MappingProxyType({NOUVEAU: "Nouveau", LU: "Lu", TRAITE: "Traité", CLOS: "Clos"})

ACTIONS: Mapping[str, str] = MappingProxyType(
    {
        "creer-permanence": "Créer une permanence",
        "ajouter-fiche": "Ajouter une fiche",
        "corriger-fiche": "Corriger une fiche",
        "traduire": "Traduire",
        "prevenir-partenaire": "Prévenir un partenaire",
        "vocabulaire": "Apprendre des mots au bot",
    }
)


class ReviewFault(ValueError):
    """What was asked cannot be done; the message says why, in French, to whoever asked."""


@dataclass(frozen=True, slots=True)
class Examen:
    """What staff say of one need. None: nothing said."""

    etat: str = NOUVEAU
    action: str | None = None
    remarque: str | None = None
    besoin_corrige: str | None = None


@dataclass(frozen=True, slots=True)
class Suivi:
    """One version of the review of a need: `version` 0 is what stands before anybody touched it.

    `par` is the identifier of an account, `le` a UTC moment, ISO to the second; `lot` the change of many it was part of.
    """

    version: int
    examen: Examen
    par: str = ""
    le: str = ""
    lot: str | None = None


RIEN = Suivi(0, Examen())


@dataclass(frozen=True, slots=True)
class Dossier:
    """An unmet need as the review shows it: the journal's row, and what is said of it now."""

    id: int
    row: Row
    suivi: Suivi

    @property
    def besoin(self) -> str | None:
        """The need that counts: the corrected one when there is one."""
        return self.suivi.examen.besoin_corrige or self.row.besoin


@dataclass(frozen=True, slots=True)
class Signature:
    """Who changes, and when: an account's identifier, a UTC moment (ISO to the second), the day in Amiens."""

    par: str
    le: str
    jour: str


class Depasse(Exception):
    """Somebody changed the need since it was read: `suivi` is what stands now. Nothing was changed."""

    def __init__(self, suivi: Suivi) -> None:
        super().__init__(f"version {suivi.version}")
        self.suivi = suivi
