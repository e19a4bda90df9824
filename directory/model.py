"""What the directory knows: structures, places, services, permanences, opening, doors.

Every object is frozen and plain; `directory.load` makes them, `directory.search` answers with them.
Moments are aware datetimes in Europe/Paris; distances are metres; a `None` means "the sources do not say".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class RendezVous(StrEnum):
    """How one comes in."""

    SANS = "sans"
    POSSIBLE = "possible"
    OBLIGATOIRE = "obligatoire"
    INCONNU = "inconnu"


class Confiance(StrEnum):
    """How far the sources of a place can be trusted. BASSE is shown only with "appelez avant d'y aller"."""

    HAUTE = "haute"
    MOYENNE = "moyenne"
    BASSE = "basse"


class EtatLieu(StrEnum):
    """PROJET is announced and never a door; FERME is a tombstone that says what replaced it."""

    OUVERT = "ouvert"
    PROJET = "projet"
    FERME = "ferme"


@dataclass(frozen=True, slots=True)
class Source:
    """Who said it and when: `ref` is a URL or a public data set, `date` is ISO and may stop at the year or the month."""

    ref: str
    date: str | None
    appuie: str | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A place on Earth, WGS84 degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class ExceptionHoraire:
    """Dated change from `du` to `au` included: closed when `horaires` is None, else these OSM hours."""

    du: date
    au: date
    horaires: str | None
    motif: str | None = None


@dataclass(frozen=True, slots=True)
class Horaires:
    """When something is open.

    `osm` is in the strict OSM opening_hours subset (None: hours unknown, which is never "closed").
    `vacances` is "idem", "off" or OSM hours that replace `osm` during the school holidays of the zone.
    `texte` is what the source says in words, shown as it is when `osm` is None.
    `verifie_le` dates the hours when they are older than the rest of the entry.
    """

    osm: str | None = None
    texte: str | None = None
    vacances: str = "idem"
    exceptions: tuple[ExceptionHoraire, ...] = ()
    verifie_le: str | None = None
    du: date | None = None
    au: date | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """What is offered at a place for some needs. `resume` is one or two A2 French sentences.

    `horaires` None: those of the place. `structure` is set when another organisation holds it (a permanence).
    """

    id: str
    nom: str
    besoins: tuple[str, ...]
    resume: str | None = None
    permanence: bool = False
    structure: str | None = None
    horaires: Horaires | None = None
    rendez_vous: RendezVous | None = None
    telephone: str | None = None
    site_web: str | None = None
    langues: tuple[str, ...] = ()
    publics: tuple[str, ...] = ()
    thematiques: tuple[str, ...] = ()
    frais: str | None = None
    a_apporter: tuple[str, ...] = ()
    conditions: str | None = None
    appeler_avant: bool = False
    verifie_le: str | None = None
    sources: tuple[Source, ...] = ()
    ligne: int = 0


@dataclass(frozen=True, slots=True)
class Lieu:
    """A place (or a national line, when `adresse` is None and `a_distance` is true) with what it offers.

    `quartiers` are the ids it is in (empty: it serves the whole city). `fichier`:`ligne` is where to change it.
    """

    id: str
    nom: str
    type: str
    etat: EtatLieu
    confiance: Confiance
    verifie_le: str | None
    sources: tuple[Source, ...]
    quartiers: tuple[str, ...] = ()
    aussi_appele: tuple[str, ...] = ()
    structure: str | None = None
    adresse: str | None = None
    complement_adresse: str | None = None
    code_postal: str | None = None
    commune: str | None = None
    point: Point | None = None
    acces: str | None = None
    telephone: str | None = None
    courriel: str | None = None
    site_web: str | None = None
    horaires: Horaires = field(default_factory=Horaires)
    rendez_vous: RendezVous = RendezVous.INCONNU
    langues: tuple[str, ...] = ()
    accessibilite: str | None = None
    frais: str | None = None
    modes_accueil: tuple[str, ...] = ()
    a_distance: bool = False
    portee: str = "ville"  # "quartier" | "ville" | "departement" | "region" | "nationale"
    appeler_avant: bool = False
    urgences: tuple[str, ...] = ()
    sms: str | None = None
    remplace_par: str | None = None
    services: tuple[Service, ...] = ()
    note_interne: str | None = None
    fichier: str = ""
    ligne: int = 0


@dataclass(frozen=True, slots=True)
class Structure:
    """An organisation present in several places or holding permanences in others' buildings."""

    id: str
    nom: str
    sigle: str | None = None
    aussi_appele: tuple[str, ...] = ()
    telephone: str | None = None
    site_web: str | None = None
    besoins: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    verifie_le: str | None = None
    fichier: str = ""
    ligne: int = 0


@dataclass(frozen=True, slots=True)
class Quartier:
    """One of the seven QPV. `noms` are local names and likely misspellings; `centre` is a landmark, not a centroid.

    `anneaux` are the rings of the official perimeter, holes included, (longitude, latitude) pairs, empty until imported.
    """

    id: str
    nom: str
    noms: tuple[str, ...] = ()
    rues: tuple[str, ...] = ()
    centre: Point | None = None
    repere: str | None = None
    code_qpv: str | None = None
    anneaux: tuple[tuple[tuple[float, float], ...], ...] = ()


class Etat(StrEnum):
    """The five answers about time."""

    OUVERT = "ouvert"
    FERME_BIENTOT = "ferme_bientot"
    FERME = "ferme"
    PEUT_ETRE = "peut_etre"
    INCONNU = "inconnu"


@dataclass(frozen=True, slots=True)
class Motif:
    """Why it is closed: genre is "ferie", "vacances" or "fermeture"; nom is the holiday or the reason, in French."""

    genre: str
    nom: str


@dataclass(frozen=True, slots=True)
class Ouverture:
    """Open or not at a moment. `jusqu_a` ends the present opening; `prochaine`..`prochaine_fin` is the next one
    (searched 60 days ahead). `motif` says why a day that would be open is closed. `permanent` is day and night."""

    etat: Etat
    jusqu_a: datetime | None = None
    prochaine: datetime | None = None
    prochaine_fin: datetime | None = None
    motif: Motif | None = None
    permanent: bool = False


class Raison(StrEnum):
    """Why a door has its rank."""

    OFFRE_LE_BESOIN = "offre_le_besoin"
    DANS_LE_QUARTIER = "dans_le_quartier"
    A_DISTANCE_DE = "a_distance_de"
    TOUTE_LA_VILLE = "toute_la_ville"
    PAR_TELEPHONE = "par_telephone"
    OUVERT_MAINTENANT = "ouvert_maintenant"
    OUVRE_LE = "ouvre_le"
    PARLE_LA_LANGUE = "parle_la_langue"
    SANS_RENDEZ_VOUS = "sans_rendez_vous"


@dataclass(frozen=True, slots=True)
class Porte:
    """A door: the service of a place that answers a need, with the reasons of its rank, strongest first.

    `distance` is metres from the person's point or quarter landmark, None when unknown.
    `ancien` is true when the facts are old enough to be said ("à vérifier par téléphone").
    """

    lieu: Lieu
    service: Service
    besoin: str
    ouverture: Ouverture
    raisons: tuple[Raison, ...]
    distance: float | None = None
    ancien: bool = False

    @property
    def id(self) -> str:
        return f"{self.lieu.id}/{self.service.id}"

    @property
    def telephone(self) -> str | None:
        return self.service.telephone or self.lieu.telephone

    @property
    def rendez_vous(self) -> RendezVous:
        return self.service.rendez_vous or self.lieu.rendez_vous


class Manque(StrEnum):
    """What the directory lacks for a query: goes to the journal as the kind of the unmet need."""

    AUCUNE_OFFRE = "aucune_offre"  # no place at all, not even a national line
    RIEN_A_PORTEE = "rien_a_portee"  # nothing in the quarter or the city: a national line or site only
    RIEN_BIENTOT = "rien_bientot"  # places, all known to open only in more than seven days


@dataclass(frozen=True, slots=True)
class Demande:
    """A question to the directory. `exclure` are ids of doors already shown; at most `limite` doors come back."""

    besoins: tuple[str, ...]
    quartier: str | None = None
    point: Point | None = None
    langue: str | None = None
    exclure: frozenset[str] = frozenset()
    limite: int = 3


@dataclass(frozen=True, slots=True)
class Reponse:
    """The doors, best first; `manque` tells the journal what was missing; `depend_du_quartier` is true when another
    quarter would give other doors (then it is worth asking); `autres` counts the doors left beyond these."""

    portes: tuple[Porte, ...]
    manque: Manque | None = None
    depend_du_quartier: bool = False
    autres: int = 0
