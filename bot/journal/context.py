"""What is an indicator asked about, and which columns do many of them share?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.journal.figures import Figures
from bot.journal.periods import Periode, previous
from bot.journal.tables import Cell, Colonne, Noms, number, share, wilson
from directory.catalogue import Directory

PERSONNES = "Ce sont des conversations et des messages, pas des personnes."
JAMAIS_UN_TAUX = (
    "On ne peut pas en tirer un taux de la population : on ne sait pas combien de personnes sont concernées."
)
PAS_COMPRIS = "Besoin non compris"
NON_DIT = "Quartier non dit"
DEMANDES = Colonne("demandes", "Demandes", "nombre", "portes données et besoins non couverts, ensemble")
ORIENTATIONS = Colonne("orientations", "Avec une porte", "nombre", "portes données pour un besoin")
NON_COUVERTS = Colonne("non_couverts", "Non couverts", "nombre", "besoins qui n'ont pas trouvé de réponse")
PART = Colonne("part", "Part avec une porte", "part", "portes données sur demandes, de 0 à 1")
BAS = Colonne("part_min", "Au moins", "part", "bas de l'intervalle de confiance à 95 % (Wilson)")
HAUT = Colonne("part_max", "Au plus", "part", "haut de l'intervalle de confiance à 95 % (Wilson)")
AVANT = Colonne(
    "non_couverts_avant", "Non couverts avant", "nombre", "besoins non couverts de la période d'avant, de même durée"
)
DES_DEMANDES = (DEMANDES, ORIENTATIONS, NON_COUVERTS, PART, BAS, HAUT, AVANT)

DEUX_FOIS = "Une même demande peut compter deux fois : une porte donnée, puis « cela ne m'a pas aidé »."


@dataclass(frozen=True, slots=True)
class Contexte:
    """What an indicator is asked about: a period of the journal, and the directory on a day."""

    figures: Figures
    noms: Noms
    periode: Periode
    directory: Directory
    jour: date

    def count(self, mesure: str, coupe: str = "", *valeurs: object) -> int | None:
        return self.figures.value(self.periode, mesure, coupe, *valeurs)

    def before(self, mesure: str, coupe: str = "", *valeurs: object) -> int | None:
        return self.figures.value(previous(self.periode), mesure, coupe, *valeurs)

    @property
    def comparable(self) -> bool:
        """Whether the journal was there during the whole of the period before."""
        premier = self.figures.premier
        return premier is not None and premier <= previous(self.periode).debut

    def seen(self, mesure: str, coupe: str) -> set[tuple]:
        return self.figures.seen(self.periode, mesure, coupe)


def listed(about: Contexte, mesure: str, coupe: str, names: Iterable) -> set[tuple]:
    """The values of a list, and those seen besides: a value that nobody asked for is a line with a zero."""
    return {(name,) for name in names} | about.seen(mesure, coupe)


def demandes_columns(about: Contexte, coupe: str, *valeurs: object) -> tuple[Cell, ...]:
    """The columns DES_DEMANDES of one line."""
    asked, met = about.count("demandes", coupe, *valeurs), about.count("orientations", coupe, *valeurs)
    unmet, before = about.count("non_couverts", coupe, *valeurs), about.before("non_couverts", coupe, *valeurs)
    past = number(before) if about.comparable else None
    return number(asked), number(met), number(unmet), share(met, asked), *wilson(met, asked), past


def defi_name(noms: Noms, defi: int | None) -> str:
    return PAS_COMPRIS if defi is None else f"{defi}. {noms.defis.get(defi, 'défi')}"
