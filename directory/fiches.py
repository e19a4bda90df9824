"""What may be written in each record: which keys, of which type, which of them are required?

One pydantic model a record. What spans several keys is in `directory.semantics`, links between files in `directory.load`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from directory.model import Confiance, EtatLieu, RendezVous
from directory.valeurs import (
    JSON_TEXT,
    Besoin,
    CodePostal,
    Courriel,
    Frais,
    Id,
    JourExact,
    JourPartiel,
    Langue,
    Latitude,
    Lien,
    LienQuartier,
    LienStructure,
    LienType,
    Longitude,
    Osm,
    OsmVacances,
    OuiNon,
    Public,
    Site,
    Telephone,
    Texte,
    pattern,
)


class Fiche(BaseModel):
    """Base of every record: an unknown key is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceFiche(Fiche):
    ref: Texte
    date: JourPartiel | None = None
    appuie: Texte | None = None


def _source(value: Any) -> Any:
    # A source may be written as its address alone.
    return {"ref": value} if isinstance(value, str) else value


Sources = list[
    Annotated[
        SourceFiche,
        BeforeValidator(_source, json_schema_input_type=SourceFiche | Texte),
    ]
]


class ExceptionFiche(Fiche):
    """Dates that are not like the others: closed, or other hours."""

    le: JourExact | None = None
    du: JourExact | None = None
    au: JourExact | None = None
    ferme: OuiNon = False
    horaires: Osm | None = None
    motif: Texte | None = None
    sources: Sources = []


class ValableFiche(Fiche):
    du: JourExact | None = None
    au: JourExact | None = None


class Ouvrable(Fiche):
    """The keys about time and contact that a place and a service share."""

    horaires_accueil: Osm | None = None
    horaires_texte: Texte | None = None
    horaires_vacances: OsmVacances | None = None
    horaires_verifie_le: JourPartiel | None = None
    exceptions: list[ExceptionFiche] = []
    valable: ValableFiche | None = None
    rendez_vous: RendezVous | None = None
    telephone: Telephone | None = None
    telephone_mobile_publie: OuiNon = False
    site_web: Site | None = None
    langues: list[Langue] = []
    publics: list[Public] = []
    frais: Frais | None = None
    verifie_le: JourPartiel | None = None


class ServiceFiche(Ouvrable):
    id: Id
    nom: Texte
    resume: Texte | None = None
    besoins: Annotated[list[Besoin], Field(min_length=1)]
    structure: LienStructure | None = None
    thematiques: list[Texte] = []
    a_apporter: list[Texte] = []
    conditions: Texte | None = None
    appeler_avant: OuiNon = False
    sources: Sources = []
    note_interne: Texte | None = None


class LieuFiche(Ouvrable):
    """One place, or one national line or site, with its services and the permanences that it hosts."""

    id: Id
    nom: Texte
    type: LienType
    etat: EtatLieu
    confiance: Confiance
    sources: Annotated[Sources, Field(min_length=1)]
    aussi_appele: list[Texte] = []
    structure: LienStructure | None = None
    quartier: LienQuartier | None = None
    quartiers: list[LienQuartier] = []
    portee: Literal["quartier", "ville", "departement", "region", "nationale"] | None = None
    adresse: Texte | None = None
    complement_adresse: Texte | None = None
    code_postal: CodePostal | None = None
    commune: Texte | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    acces: Texte | None = None
    sms: Telephone | None = None
    courriel: Courriel | None = None
    a_distance: OuiNon = False
    accessibilite: Texte | None = None
    modes_accueil: list[Annotated[str, Lien("modes_accueil")]] = []
    appeler_avant: OuiNon = False
    urgences: list[Annotated[str, Lien("urgences")]] = []
    remplace_par: Annotated[str, Lien("lieux")] | None = None
    services: list[ServiceFiche] = []
    permanences: list[ServiceFiche] = []
    note_interne: Texte | None = None


class StructureFiche(Fiche):
    """An organisation present in several places, or holding permanences."""

    id: Id
    nom: Texte
    sources: Annotated[Sources, Field(min_length=1)]
    sigle: Texte | None = None
    aussi_appele: list[Texte] = []
    telephone: Telephone | None = None
    telephone_mobile_publie: OuiNon = False
    courriel: Courriel | None = None
    site_web: Site | None = None
    besoins: list[Besoin] = []
    verifie_le: JourPartiel | None = None
    note_interne: Texte | None = None


class RueFiche(Fiche):
    nom: Texte
    sources: Sources = []


class CentreFiche(Fiche):
    latitude: Latitude
    longitude: Longitude
    repere: Texte | None = None
    sources: Sources = []


class QuartierFiche(Fiche):
    id: Id
    nom: Texte
    code_qpv: (
        Annotated[str, pattern(r"Q[NP]\d{5}[A-Z]?", "n’est pas un code de QPV. Écrivez par exemple QN08003M.")] | None
    ) = None
    noms: list[Texte] = []
    rues: list[RueFiche] = []
    ambigus: list[Texte] = []
    centre: CentreFiche | None = None
    sources: Annotated[Sources, Field(min_length=1)]
    verifie_le: JourPartiel | None = None


class NomPartageFiche(Fiche):
    nom: Texte
    quartiers: Annotated[list[LienQuartier], Field(min_length=2)]


class QuartiersFichier(Fiche):
    """The quarters, in the order in which they are shown."""

    quartiers: Annotated[list[QuartierFiche], Field(min_length=1)]
    noms_partages: list[NomPartageFiche] = []


class JourFerieFiche(Fiche):
    le: JourExact
    nom: Texte


class FeriesFichier(Fiche):
    """The public holidays, day by day: no year is ever computed."""

    sources: Annotated[Sources, Field(min_length=1)]
    valable_du: JourExact
    valable_jusqu_au: JourExact
    jours: Annotated[list[JourFerieFiche], Field(min_length=1)]


class PeriodeFiche(Fiche):
    """First and last day without school, both included."""

    nom: Texte
    du: JourExact
    au: JourExact


class VacancesFichier(Fiche):
    """The school holidays of one zone."""

    zone: Literal["A", "B", "C"]
    sources: Annotated[Sources, Field(min_length=1)]
    valable_du: JourExact
    valable_jusqu_au: JourExact
    periodes: Annotated[list[PeriodeFiche], Field(min_length=1)]


class BesoinFiche(Fiche):
    id: Id
    nom: Texte
    picto: Texte
    aide: Texte
    defi: Annotated[str, Lien("defis"), JSON_TEXT]
    axe: Annotated[str, Lien("axes")] | None = None
    thematique: Texte | None = None


class BesoinsFichier(Fiche):
    besoins: Annotated[list[BesoinFiche], Field(min_length=1)]


class ThemeFiche(Fiche):
    id: Id
    nom: Texte
    picto: Texte
    besoins: Annotated[list[Besoin], Field(min_length=1)]


class ThemesFichier(Fiche):
    themes: Annotated[list[ThemeFiche], Field(min_length=1)]


class TypeFiche(Fiche):
    id: Id
    nom: Texte
    picto: Texte


class TypesFichier(Fiche):
    types: Annotated[list[TypeFiche], Field(min_length=1)]


class DefiFiche(Fiche):
    id: Annotated[str, pattern(r"\d+", "n’est pas le numéro d’un défi. Écrivez un nombre."), JSON_TEXT]
    nom: Texte


class AxeFiche(Fiche):
    id: Id
    nom: Texte


class DefisFichier(Fiche):
    defis: Annotated[list[DefiFiche], Field(min_length=1)]
    axes: list[AxeFiche] = []


class UrgenceFiche(Fiche):
    id: Id
    numeros: Annotated[list[Telephone], Field(min_length=1)]


class UrgencesFichier(Fiche):
    urgences: Annotated[list[UrgenceFiche], Field(min_length=1)]


class CodeFiche(Fiche):
    id: Id
    nom: Texte
    aide: Texte | None = None


class PublicsFichier(Fiche):
    sources: Sources = []
    publics: Annotated[list[CodeFiche], Field(min_length=1)]


class FraisFichier(Fiche):
    sources: Sources = []
    frais: Annotated[list[CodeFiche], Field(min_length=1)]


class ModesAccueilFichier(Fiche):
    sources: Sources = []
    modes_accueil: Annotated[list[CodeFiche], Field(min_length=1)]


class PorteFiche(Fiche):
    """The place types that a need makes one think of first, and the people whose matter it is."""

    besoin: Besoin
    types: list[LienType] = []
    publics: list[Public] = []


class PortesFichier(Fiche):
    portes: Annotated[list[PorteFiche], Field(min_length=1)]
