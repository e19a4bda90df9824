"""How do the tables leave? CSV for French spreadsheets, XLSX, JSON, each with the dictionary of its columns.

A text that a spreadsheet would run as a formula is written after an apostrophe. A hidden figure is the word « masqué »; one
that does not apply (the share of nothing) is empty, null in JSON.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from bot.journal.report import DEMONSTRATION, Rapport
from bot.journal.tables import Cell, Masque, Tableau

BOM = "\ufeff"
# What a spreadsheet takes for the beginning of a formula, or of something else than text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
DICTIONNAIRE = ("tableau", "colonne", "nom", "type", "sens")
_TYPES = {
    "texte": "texte",
    "nombre": "nombre entier, ou « masqué »",
    "part": "nombre de 0 à 1, « masqué », ou vide quand il n'y a rien à partager",
    "jours": "nombre de jours, ou « masqué »",
    "ecart": "nombre entier avec son signe, ou « masqué »",
}


def safe(text: str) -> str:
    """The same text, which no spreadsheet runs."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def csv_text(header: Iterable[str], lines: Iterable[Iterable[Cell]]) -> str:
    """One table as French spreadsheets open it: semicolons, decimal comma, marked as UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([safe(name) for name in header])
    writer.writerows([_csv(value) for value in line] for line in lines)
    return BOM + out.getvalue()


def _csv(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".").replace(".", ",")
    return str(value) if isinstance(value, int | Masque) else safe(value)


def dictionary(tableaux: Mapping[str, Tableau]) -> list[tuple[str, ...]]:
    """One line a column: the table, the column, its name, its type, what it means."""
    return [
        (name, colonne.id, colonne.nom, _TYPES[colonne.genre], colonne.sens)
        for name, tableau in tableaux.items()
        for colonne in tableau.colonnes
    ]


def csv_files(rapport: Rapport) -> dict[str, str]:
    """File name -> text, one file a table, with the dictionary and a word to read first."""
    files = {
        f"{name}.csv": csv_text([colonne.id for colonne in tableau.colonnes], tableau.lignes)
        for name, tableau in rapport.tableaux.items()
    }
    files["dictionnaire.csv"] = csv_text(DICTIONNAIRE, dictionary(rapport.tableaux))
    files["lisez-moi.csv"] = csv_text(("sujet", "texte"), read_me(rapport))
    return files


def read_me(rapport: Rapport) -> list[tuple[str, str]]:
    """What must go with the tables wherever they go."""
    lines = [("titre", rapport.titre), ("période", f"{rapport.periode.du} à {rapport.periode.au}")]
    lines.append(("seuil", f"un chiffre plus petit que {rapport.seuil} est masqué"))
    if rapport.demo:
        lines.insert(0, ("attention", DEMONSTRATION))
    lines += [("avertissement", text) for text in rapport.avertissements]
    methode = next((section for section in rapport.sections if section.id == "methode"), None)
    lines += [("méthode", text) for text in (methode.phrases if methode else ())]
    for tableau in rapport.tableaux.values():
        lines.append((tableau.id, f"{tableau.titre}. {tableau.definition} Limite : {tableau.limite}"))
    return lines


def csv_zip(rapport: Rapport) -> bytes:
    """Every CSV file in one archive; the same report gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in csv_files(rapport).items():
            info = zipfile.ZipInfo(name, (rapport.jour.year, rapport.jour.month, rapport.jour.day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text.encode("utf-8"))
    return out.getvalue()


def as_json(rapport: Rapport) -> str:
    """Every table with its definition, and the dictionary. A hidden figure is "masqué", what does not apply is null."""
    data = {
        "titre": rapport.titre,
        "demonstration": rapport.demo,
        "periode": {"du": rapport.periode.du.isoformat(), "au": rapport.periode.au.isoformat()},
        "edite_le": rapport.jour.isoformat(),
        "seuil": rapport.seuil,
        "avertissements": list(rapport.avertissements),
        "tableaux": {name: _json_table(tableau) for name, tableau in rapport.tableaux.items()},
        "dictionnaire": [dict(zip(DICTIONNAIRE, line, strict=True)) for line in dictionary(rapport.tableaux)],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _json_table(tableau: Tableau) -> dict[str, Any]:
    names = [colonne.id for colonne in tableau.colonnes]
    lines = [
        {name: str(value) if isinstance(value, Masque) else value for name, value in zip(names, line, strict=True)}
        for line in tableau.lignes
    ]
    return {
        "titre": tableau.titre,
        "definition": tableau.definition,
        "limite": tableau.limite,
        "note": tableau.note,
        "lignes": lines,
    }
