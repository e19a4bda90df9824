"""What does a loaded directory hold, ready to be searched?

Plain objects of `directory.model` with the index of the doors of each need, and the hours of each door made ready once.
Nothing here reads a file; `directory.load` fills it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from directory.calendrier import Calendrier
from directory.hours import Agenda
from directory.model import EtatLieu, Horaires, Lieu, Quartier, Service, Structure
from directory.vocabulary import Vocabulaire


@dataclass(frozen=True, slots=True)
class Offre:
    """A service of an open place that answers a need. `principal` when it is the first need of the service."""

    lieu: Lieu
    service: Service
    besoin: str
    principal: bool
    agenda: Agenda
    id: str


@dataclass(frozen=True)
class Directory:
    """The whole directory. Never changed once made: a reload makes another."""

    lieux: dict[str, Lieu]
    structures: dict[str, Structure]
    quartiers: dict[str, Quartier]
    vocabulaire: Vocabulaire
    calendrier: Calendrier
    noms_partages: dict[str, tuple[str, ...]] = field(default_factory=dict)
    agendas: dict[Horaires, Agenda] = field(default_factory=dict, repr=False)
    offres: dict[str, tuple[Offre, ...]] = field(default_factory=dict, repr=False)
    # What `directory.search` worked out once for a door seen from a quarter: the same question gives the same answer.
    rangs: dict[tuple, tuple] = field(default_factory=dict, repr=False, compare=False)

    def doors_for(self, besoin: str) -> tuple[Offre, ...]:
        """Every service of an open place that answers this need, in the order of ids. Empty for an unknown need."""
        return self.offres.get(besoin, ())

    def agenda(self, lieu: Lieu, service: Service | None = None) -> Agenda:
        """The hours of a service, those of its place when it has none of its own."""
        horaires = (service.horaires if service else None) or lieu.horaires
        found = self.agendas.get(horaires)
        if found is None:
            found = self.agendas[horaires] = Agenda(horaires, self.calendrier)
        return found


def make(
    lieux: Iterable[Lieu],
    structures: Iterable[Structure],
    quartiers: Iterable[Quartier],
    vocabulaire: Vocabulaire,
    calendrier: Calendrier,
    noms_partages: dict[str, tuple[str, ...]] | None = None,
) -> Directory:
    """A directory with its index. Places that are closed or only announced are kept, but are never doors."""
    directory = Directory(
        {lieu.id: lieu for lieu in sorted(lieux, key=lambda lieu: lieu.id)},
        {structure.id: structure for structure in sorted(structures, key=lambda structure: structure.id)},
        {quartier.id: quartier for quartier in quartiers},
        vocabulaire,
        calendrier,
        noms_partages or {},
    )
    index: dict[str, list[Offre]] = {besoin: [] for besoin in vocabulaire.besoins}
    for lieu in directory.lieux.values():
        if lieu.etat is not EtatLieu.OUVERT:
            continue
        for service in lieu.services:
            agenda = directory.agenda(lieu, service)
            for rank, besoin in enumerate(service.besoins):
                index.setdefault(besoin, []).append(
                    Offre(lieu, service, besoin, rank == 0, agenda, f"{lieu.id}/{service.id}")
                )
    directory.offres.update({besoin: tuple(offres) for besoin, offres in index.items()})
    return directory
