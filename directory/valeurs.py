"""How does a text written in a data file become a value?

The types of single values (dates, hours, phone numbers, identifiers), with the French message of each when it does not fit.
`directory.fiches` builds the records from them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from directory import osm

KEBAB = r"^[a-z0-9]+(-[a-z0-9]+)*$"
JSON_TEXT = WithJsonSchema({"type": ["string", "number"]})


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


def pattern(expression: str, advice: str) -> Any:
    """A text that must match whole; `advice` follows the value in the message."""

    def check(value: str) -> str:
        if re.fullmatch(expression, value):
            return value
        raise fault(f"« {value} » {advice}")

    return AfterValidator(check)


Texte = Annotated[str, StringConstraints(min_length=1), JSON_TEXT]
Id = Annotated[str, pattern(KEBAB, "n’est pas un identifiant. Écrivez en minuscules sans accent, avec des tirets."),
               WithJsonSchema({"type": "string", "pattern": KEBAB})]  # fmt: skip
OuiNon = Annotated[bool, BeforeValidator(_yes_no), WithJsonSchema({"type": "boolean"})]
JourExact = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
JourPartiel = Annotated[str, AfterValidator(_partial_day), JSON_TEXT]
Osm = Annotated[str, AfterValidator(_hours), WithJsonSchema({"type": "string", "description": "Horaires OSM, par exemple Mo-Fr 09:00-12:00; PH off"})]  # fmt: skip
OsmVacances = Annotated[str, AfterValidator(_holiday_hours), WithJsonSchema({"type": "string", "description": "idem, off ou horaires OSM"})]  # fmt: skip
Telephone = Annotated[str, AfterValidator(_phone), WithJsonSchema({"type": ["string", "integer"]})]
Latitude = Annotated[float, _number(41, 51.5, "latitude"), JSON_TEXT]
Longitude = Annotated[float, _number(-5.5, 10, "longitude"), JSON_TEXT]
CodePostal = Annotated[
    str, pattern(r"\d{5}", "n’est pas un code postal. Écrivez cinq chiffres entre guillemets."), JSON_TEXT
]
Courriel = Annotated[
    str, pattern(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", "n’est pas une adresse de courriel. Écrivez nom@exemple.fr.")
]
Site = Annotated[str, pattern(r"https?://\S+\.\S+", "n’est pas une adresse de site. Commencez par https://.")]
Langue = Annotated[
    str, pattern(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", "n’est pas un code de langue. Écrivez fr, ar, en, tr…")
]

Besoin = Annotated[str, Lien("besoins")]
Public = Annotated[str, Lien("publics")]
LienQuartier = Annotated[str, Lien("quartiers")]
LienStructure = Annotated[str, Lien("structures")]
LienType = Annotated[str, Lien("types")]
Frais = Annotated[str, Lien("frais")]
