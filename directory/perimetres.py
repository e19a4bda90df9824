"""Where do the official perimeters of the quarters run?

They are in `perimetres.geojson` of the data folder, written by `directory.importers.quartiers`. The file is optional: without
it a location gives distances only.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from directory.datafile import Problem, shown, suggestion

FICHIER = "perimetres.geojson"
Ring = tuple[tuple[float, float], ...]
# A coordinate outside these is not in France, or is not in degrees (longitude, latitude).
_LONGITUDES, _LATITUDES = (-5.5, 10.0), (41.0, 51.5)


def read_rings(
    folder: Path, codes: dict[str | None, str], ids: set[str]
) -> tuple[dict[str, tuple[Ring, ...]], list[Problem]]:
    """The rings of each quarter by id, outer rings and holes; nothing at all when there is no file."""
    path = Path(folder) / FICHIER
    if not path.exists():
        return {}, []
    data, problems = parse(path)
    if problems:
        return {}, problems
    found: dict[str, tuple[Ring, ...]] = {}
    for number, feature in enumerate(data["features"], start=1):
        properties = feature.get("properties") or {}
        quartier = properties.get("quartier") or codes.get(properties.get("code_qp"))
        if quartier not in ids:
            message = f"la forme n° {number} ne désigne aucun quartier. {suggestion(str(quartier), ids, 'Importez à nouveau le fichier.')}"
            problems.append(Problem(shown(path), 1, message))
            continue
        rings, fault = rings_of(feature.get("geometry"))
        if fault:
            problems.append(Problem(shown(path), 1, f"la forme de « {quartier} » : {fault}"))
        found[quartier] = found.get(quartier, ()) + rings
    return ({} if problems else found), problems


def parse(path: Path) -> tuple[dict[str, Any], list[Problem]]:
    """A GeoJSON FeatureCollection, or what is wrong with it."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        message = f"le fichier ne se lit pas ({error.strerror}). Vérifiez son nom et ses droits."
        return {}, [Problem(shown(path), 1, message)]
    except UnicodeDecodeError:
        return {}, [Problem(shown(path), 1, "le fichier n’est pas en UTF-8. Téléchargez-le à nouveau.")]
    except json.JSONDecodeError as error:
        return {}, [Problem(shown(path), error.lineno, "ce n’est pas du GeoJSON. Téléchargez le fichier à nouveau.")]
    if (
        not isinstance(data, dict)
        or data.get("type") != "FeatureCollection"
        or not isinstance(data.get("features"), list)
    ):
        message = "ce n’est pas une liste de formes GeoJSON (FeatureCollection). Choisissez l’export GeoJSON du jeu de données."
        return {}, [Problem(shown(path), 1, message)]
    data["features"] = [feature for feature in data["features"] if isinstance(feature, dict)]
    return data, []


def rings_of(geometry: Any) -> tuple[tuple[Ring, ...], str | None]:
    """Every ring of a Polygon or a MultiPolygon, or what is wrong with it."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        return (
            (),
            "ce n’est ni un Polygon ni un MultiPolygon. Choisissez le fichier des périmètres, pas celui des points.",
        )
    try:
        polygons = geometry["coordinates"] if kind == "MultiPolygon" else [geometry["coordinates"]]
        rings = tuple(
            tuple((float(position[0]), float(position[1])) for position in ring)
            for polygon in polygons
            for ring in polygon
        )
    except (KeyError, TypeError, ValueError, IndexError):
        return (), "ses coordonnées ne se lisent pas. Téléchargez le fichier à nouveau."
    for ring in rings:
        if len(ring) < 4 or ring[0] != ring[-1]:
            return (), "un contour n’est pas fermé. Téléchargez le fichier à nouveau."
        for longitude, latitude in ring:
            if not (_LONGITUDES[0] <= longitude <= _LONGITUDES[1] and _LATITUDES[0] <= latitude <= _LATITUDES[1]):
                return (), "ses coordonnées ne sont pas en degrés (longitude, latitude). Choisissez l’export WGS84."
    return rings, None
