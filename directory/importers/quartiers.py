"""How do the official perimeters of the quarters come in from the public GeoJSON of data.gouv.fr?

The file holds every QPV of France (properties `code_qp` and `lib_qp`, WGS84). Those that `quartiers.yaml` names by `code_qpv`
are kept, one shape a line, in `perimetres.geojson` of the data folder, which `directory.load` reads.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from directory.datafile import DataError, Problem, read, shown
from directory.fiches import QuartierFiche, QuartiersFichier
from directory.perimetres import FICHIER, parse, rings_of
from directory.records import validate


class ImportFault(DataError):
    """The file cannot be taken in; nothing was changed. Its text names the file, and says what to do."""


def import_perimeters(source: Path, folder: Path) -> list[str]:
    """Take the perimeters of our quarters from a GeoJSON and write them in the data folder, all or none of the file.

    Gives what was done, in French, a line each. Raises ImportFault, and writes nothing, when a shape of ours is wrong or
    when no shape is ours. A quarter without a shape is only said.
    """
    quartiers = _quartiers(folder)
    data, problems = parse(source)
    if problems:
        raise ImportFault(problems)
    by_code = {quartier.code_qpv: quartier for quartier in quartiers if quartier.code_qpv}
    kept: dict[str, dict] = {}
    for feature in data["features"]:
        quartier = by_code.get((feature.get("properties") or {}).get("code_qp"))
        if quartier is None:
            continue
        _, fault = rings_of(feature.get("geometry"))
        if fault:
            problems.append(Problem(shown(source), 1, f"la forme de « {quartier.code_qpv} » : {fault}"))
        elif quartier.id in kept:
            message = f"« {quartier.code_qpv} » a deux formes. Gardez-en une seule."
            problems.append(Problem(shown(source), 1, message))
        else:
            kept[quartier.id] = _shape(quartier, feature["geometry"])
    if not kept and not problems:
        codes = ", ".join(by_code) or "aucun code_qpv dans quartiers.yaml"
        message = f"aucune forme n’a un code_qp attendu ({codes}). Choisissez le fichier des QPV 2024 en WGS84."
        problems.append(Problem(shown(source), 1, message))
    if problems:
        raise ImportFault(problems)
    _write(folder / FICHIER, [kept[quartier.id] for quartier in quartiers if quartier.id in kept])
    lines = [
        f"{quartier.nom} ({quartier.code_qpv}) : périmètre repris." for quartier in quartiers if quartier.id in kept
    ]
    lines += [
        f"{quartier.nom} : pas de périmètre dans ce fichier." for quartier in quartiers if quartier.id not in kept
    ]
    return [*lines, f"{len(kept)} périmètres écrits dans {shown(folder / FICHIER)}."]


def _quartiers(folder: Path) -> list[QuartierFiche]:
    document, problems = read(Path(folder) / "quartiers.yaml")
    record = None
    if document is not None:
        record, faults = validate(document, QuartiersFichier)
        problems += faults
    if problems or record is None:
        raise ImportFault(problems)
    return record.quartiers


def _shape(quartier: QuartierFiche, geometry: dict) -> dict:
    properties = {"quartier": quartier.id, "code_qp": quartier.code_qpv, "lib_qp": quartier.nom}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _write(path: Path, features: list[dict]) -> None:
    """One shape a line, so that a difference in git is readable; the file appears whole or not at all."""
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    draft = path.with_suffix(".tmp")
    draft.write_text(f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n', encoding="utf-8")
    os.replace(draft, path)
