"""What may be written in each kind of data file?

One table of kinds (KINDS) and one pydantic model each: the loader validates with them, `directory.editors` makes the JSON
Schemas from them. Values come in as the text that was written, so each type here says how text becomes a value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from directory import osm
from directory.model import Confiance, EtatLieu, RendezVous

KEBAB = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_JSON_TEXT = WithJsonSchema({"type": ["string", "number"]})


@dataclass(frozen=True, slots=True)
class Lien:
    """Marks a value that must be an id of another list: a vocabulary, the quarters, the structures or the places."""

    vers: str

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> dict[str, Any]:
        return {**handler(core_schema), "x-liste": self.vers}


def fault(message: str) -> PydanticCustomError:
    """A fault whose French message is already complete."""
    return PydanticCustomError("dit", "{message}", {"message": message})


def _yes_no(value: Any) -> Any:
    known = {"true": True, "oui": True, "false": False, "non": False}
    if isinstance(value, str) and value in known:
        return known[value]
    raise fault(f"« {value} » n’est ni vrai ni faux. Écrivez true ou false.")


def _day(value: Any) -> Any:
    try:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            return date.fromisoformat(value)
    except ValueError:
        raise fault(f"« {value} » n’existe pas dans le calendrier. Corrigez le jour ou le mois.") from None
    raise fault(f"« {value} » n’est pas une date. Écrivez année-mois-jour, par exemple 2026-12-24.")


def _partial_day(value: str) -> str:
    if re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", value):
        try:
            date.fromisoformat((value + "-01-01")[:10])
            return value
        except ValueError:
            raise fault(f"« {value} » n’existe pas dans le calendrier. Corrigez le jour ou le mois.") from None
    raise fault(f"« {value} » n’est pas une date. Écrivez 2026, 2026-03 ou 2026-03-24.")


def _hours(value: str) -> str:
    try:
        osm.parse(value)
    except osm.OsmError as error:
        raise fault(str(error)) from None
    return value


def _holiday_hours(value: str) -> str:
    return value if value in ("idem", "off") else _hours(value)


def _phone(value: str) -> str:
    """French numbers as people write them: 03 22 …, +33 …, short numbers (15, 3919, 39 19, 116 006)."""
    digits = re.sub(r"[ .\-]", "", value)
    if re.fullmatch(r"(\+33|0)[1-9]\d{8}|\d{2,4}|11[68]\d{3}", digits):
        return value
    raise fault(f"« {value} » n’est pas un numéro français. Écrivez dix chiffres, par exemple 03 22 00 00 00.")


def _number(low: float, high: float, name: str) -> Any:
    def check(value: Any) -> float:
        try:
            number = float(value)
        except (TypeError, ValueError):
            raise fault(f"« {value} » n’est pas un nombre. Écrivez par exemple {name} avec un point : 49.9.") from None
        if not low <= number <= high:
            raise fault(
                f"{number} n’est pas une {name} en France (de {low:g} à {high:g}). Vérifiez l’ordre des deux nombres."
            )
        return number

    return BeforeValidator(check)


def _pattern(pattern: str, advice: str) -> Any:
    def check(value: str) -> str:
        if re.fullmatch(pattern, value):
            return value
        raise fault(f"« {value} » {advice}")

    return AfterValidator(check)


Texte = Annotated[str, StringConstraints(min_length=1), _JSON_TEXT]
Id = Annotated[str, _pattern(KEBAB, "n’est pas un identifiant. Écrivez en minuscules sans accent, avec des tirets."),
               WithJsonSchema({"type": "string", "pattern": KEBAB})]  # fmt: skip
OuiNon = Annotated[bool, BeforeValidator(_yes_no), WithJsonSchema({"type": "boolean"})]
JourExact = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
JourPartiel = Annotated[str, AfterValidator(_partial_day), _JSON_TEXT]
Osm = Annotated[str, AfterValidator(_hours), WithJsonSchema({"type": "string", "description": "Horaires OSM, par exemple Mo-Fr 09:00-12:00; PH off"})]  # fmt: skip
OsmVacances = Annotated[str, AfterValidator(_holiday_hours), WithJsonSchema({"type": "string", "description": "idem, off ou horaires OSM"})]  # fmt: skip
Telephone = Annotated[str, AfterValidator(_phone), WithJsonSchema({"type": ["string", "integer"]})]
Latitude = Annotated[float, _number(41, 51.5, "latitude"), _JSON_TEXT]
Longitude = Annotated[float, _number(-5.5, 10, "longitude"), _JSON_TEXT]
CodePostal = Annotated[
    str, _pattern(r"\d{5}", "n’est pas un code postal. Écrivez cinq chiffres entre guillemets."), _JSON_TEXT
]
Courriel = Annotated[
    str, _pattern(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", "n’est pas une adresse de courriel. Écrivez nom@exemple.fr.")
]
Site = Annotated[str, _pattern(r"https?://\S+\.\S+", "n’est pas une adresse de site. Commencez par https://.")]
Langue = Annotated[
    str, _pattern(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", "n’est pas un code de langue. Écrivez fr, ar, en, tr…")
]

Besoin = Annotated[str, Lien("besoins")]
Public = Annotated[str, Lien("publics")]
LienQuartier = Annotated[str, Lien("quartiers")]
LienStructure = Annotated[str, Lien("structures")]
Frais = Annotated[str, Lien("frais")]


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


class _Ouvert(Fiche):
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


class ServiceFiche(_Ouvert):
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


class LieuFiche(_Ouvert):
    """One place, or one national line or site, with its services and the permanences that it hosts."""

    id: Id
    nom: Texte
    type: Annotated[str, Lien("types")]
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
        Annotated[str, _pattern(r"Q[NP]\d{5}[A-Z]?", "n’est pas un code de QPV. Écrivez par exemple QN08003M.")] | None
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
    defi: Annotated[str, Lien("defis"), _JSON_TEXT]
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
    id: Annotated[str, _pattern(r"\d+", "n’est pas le numéro d’un défi. Écrivez un nombre."), _JSON_TEXT]
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


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its name (also that of its JSON Schema), where it lives under the data folder, its model."""

    nom: str
    ou: tuple[str, ...]
    modele: type[Fiche]


KINDS: tuple[Kind, ...] = (
    Kind("lieu", ("quartiers/*/*.yaml", "ville/*.yaml", "nationaux/*.yaml"), LieuFiche),
    Kind("structure", ("structures/*.yaml",), StructureFiche),
    Kind("quartiers", ("quartiers.yaml",), QuartiersFichier),
    Kind("feries", ("calendrier/feries.yaml",), FeriesFichier),
    Kind("vacances", ("calendrier/vacances_zone_*.yaml",), VacancesFichier),
    Kind("besoins", ("vocabulaire/besoins.yaml",), BesoinsFichier),
    Kind("themes", ("vocabulaire/themes.yaml",), ThemesFichier),
    Kind("types", ("vocabulaire/types.yaml",), TypesFichier),
    Kind("defis", ("vocabulaire/defis.yaml",), DefisFichier),
    Kind("urgences", ("vocabulaire/urgences.yaml",), UrgencesFichier),
    Kind("publics", ("vocabulaire/publics.yaml",), PublicsFichier),
    Kind("frais", ("vocabulaire/frais.yaml",), FraisFichier),
    Kind("modes_accueil", ("vocabulaire/modes_accueil.yaml",), ModesAccueilFichier),
)
