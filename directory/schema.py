"""Which kinds of data files are there, and what does an editor need to know of each?

One table of kinds (KINDS): where the files live and the model of their record. The loader validates with it; the JSON Schemas
of `directory/schemas/` are written from it, with the closed lists filled in, so that an editor completes and underlines.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from directory.fiches import (
    BesoinsFichier,
    DefisFichier,
    FeriesFichier,
    Fiche,
    FraisFichier,
    LieuFiche,
    ModesAccueilFichier,
    PortesFichier,
    PublicsFichier,
    QuartiersFichier,
    StructureFiche,
    ThemesFichier,
    TypesFichier,
    UrgencesFichier,
    VacancesFichier,
)


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
    Kind("portes", ("vocabulaire/portes.yaml",), PortesFichier),
)

SCHEMAS = Path(__file__).parent / "schemas"


def json_schemas(listes: dict[str, list[str]]) -> dict[str, dict[str, Any]]:
    """The JSON Schema of each kind of file; `listes` gives the accepted ids of the closed lists, by their name."""
    found = {}
    for kind in KINDS:
        schema = kind.modele.model_json_schema()
        _fill(schema, listes)
        found[kind.nom] = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": f"{kind.nom} : {', '.join(kind.ou)}",
            **{key: value for key, value in schema.items() if key != "title"},
        }
    return found


def write_schemas(folder: Path | None = None, data: Path | None = None) -> list[Path]:
    """Write one JSON Schema a kind of file and give the paths. The lists come from the data folder of the package, or `data`."""
    from directory.vocabulary import LISTES, load_vocabulary

    vocabulaire = load_vocabulary(data or Path(__file__).parent / "data")
    folder = folder or SCHEMAS
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, schema in json_schemas({liste: vocabulaire.ids(liste) for liste in LISTES}).items():
        path = folder / f"{name}.json"
        path.write_text(json.dumps(schema, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        paths.append(path)
    return paths


def _fill(node: Any, listes: dict[str, list[str]]) -> None:
    """Put the accepted ids where a value points to a closed list; take out null, and titles that only repeat the key."""
    if isinstance(node, dict):
        if isinstance(node.get("title"), str):
            node.pop("title")
        if {"type": "null"} in node.get("anyOf", ()):
            # What is unknown is left out, never written as null.
            node.pop("default", None)
            (only,) = (choice for choice in node.pop("anyOf") if choice != {"type": "null"})
            node.update(only)
        liste = node.pop("x-liste", None)
        if liste in listes and liste != "defis":
            node["enum"] = listes[liste]
        for value in node.values():
            _fill(value, listes)
    elif isinstance(node, list):
        for value in node:
            _fill(value, listes)
