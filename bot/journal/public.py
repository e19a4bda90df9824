"""Which figures may anybody explore? Every cell that may be shown, of every period of the calendar, in one SQLite file.

Made for `datasette`, or for whoever likes SQL. Hidden cells are in it with no number, so that nobody takes them for zero;
what is in the file is what the reports show, and nothing more.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.journal.context import PERSONNES, Contexte
from bot.journal.periods import closed_grid
from bot.journal.plan import annual
from bot.journal.report import DEMONSTRATION, Rapport, method
from bot.journal.tables import Masque, Tableau

NIVEAUX = {1: "mois", 3: "trimestre", 6: "semestre", 12: "annee"}
# The values of a cut, in its order, and the column each goes to. A need says its défi and its axis too.
COLONNES = {
    "": (),
    "defi": ("defi",),
    "axe": ("defi", "axe"),
    "besoin": ("defi", "axe", "besoin"),
    "quartier": ("quartier",),
    "defi quartier": ("defi", "quartier"),
    "langue": ("langue",),
    "canal": ("canal",),
    "raison": ("raison",),
    "niveau": ("niveau_du_droit",),
    "droit": ("droit",),
    "type": ("non_recours",),
    "droit type": ("droit", "non_recours"),
    "action": ("action",),
}
DIMENSIONS = tuple(dict.fromkeys(name for names in COLONNES.values() for name in names))
# Tables that come from the directory alone, as they are on the day.
DE_L_ANNUAIRE = ("offre", "lacunes", "fraicheur")


def write(file: Path, about: Contexte, rapport: Rapport) -> Path:
    """Write the file, replacing it, and its metadata beside it for datasette; returns the metadata's path."""
    file.unlink(missing_ok=True)
    db = sqlite3.connect(file)
    try:
        with db:
            _cells(db, about)
            _words(db, about, rapport)
            for name in DE_L_ANNUAIRE:
                _table(db, rapport.tableaux[name])
    finally:
        db.close()
    metadata = file.with_suffix(".metadata.json")
    metadata.write_text(
        json.dumps(_metadata(file.stem, rapport), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    return metadata


def _cells(db: sqlite3.Connection, about: Contexte) -> None:
    dimensions = ", ".join(f"{name} {'INTEGER' if name == 'defi' else 'TEXT'}" for name in DIMENSIONS)
    db.execute(
        "CREATE TABLE chiffres (du TEXT NOT NULL, au TEXT NOT NULL, periode TEXT NOT NULL, mesure TEXT NOT NULL,"
        f" par TEXT NOT NULL, {dimensions}, valeur INTEGER, masque INTEGER NOT NULL)"
    )
    marks = ", ".join("?" * (7 + len(DIMENSIONS)))
    db.executemany(f"INSERT INTO chiffres VALUES ({marks})", _lines(about))
    db.execute("CREATE INDEX chiffres_mesure ON chiffres (mesure, par, periode, du)")


def _lines(about: Contexte) -> Iterator[tuple[Any, ...]]:
    figures = about.figures
    if figures.premier is None:
        return
    for periode in closed_grid(figures.premier // 12 * 12, figures.dernier):
        for key in sorted(figures.publication.valeurs[periode], key=str):
            mesure, coupe, values = key
            if annual(key) and periode.longueur != 12:
                continue
            value = figures.value(periode, mesure, coupe, *values)
            placed = dict(zip(COLONNES[coupe], values, strict=True))
            yield (
                periode.du.isoformat(),
                periode.au.isoformat(),
                NIVEAUX[periode.longueur],
                mesure,
                coupe.replace(" ", " × ") or "ensemble",
                *(placed.get(name) for name in DIMENSIONS),
                value,
                int(value is None),
            )


def _words(db: sqlite3.Connection, about: Contexte, rapport: Rapport) -> None:
    db.execute("CREATE TABLE definitions (tableau TEXT, titre TEXT, definition TEXT, limite TEXT)")
    db.executemany(
        "INSERT INTO definitions VALUES (?, ?, ?, ?)",
        [(name, t.titre, t.definition, t.limite) for name, t in rapport.tableaux.items()],
    )
    db.execute("CREATE TABLE methode (texte TEXT)")
    db.executemany("INSERT INTO methode VALUES (?)", [(text,) for text in method(about)])
    db.execute("CREATE TABLE noms (liste TEXT, id TEXT, nom TEXT)")
    for liste in ("besoins", "defis", "axes", "quartiers", "langues", "canaux", "manquements", "non_recours", "droits"):
        names = getattr(about.noms, liste)
        db.executemany("INSERT INTO noms VALUES (?, ?, ?)", [(liste, str(key), name) for key, name in names.items()])


def _table(db: sqlite3.Connection, tableau: Tableau) -> None:
    names = [f'"{colonne.id}"' for colonne in tableau.colonnes]
    db.execute(f'CREATE TABLE "{tableau.id}" ({", ".join(names)})')
    lines = [[None if isinstance(value, Masque) else value for value in line] for line in tableau.lignes]
    db.executemany(f'INSERT INTO "{tableau.id}" VALUES ({", ".join("?" * len(names))})', lines)


def _metadata(name: str, rapport: Rapport) -> dict[str, Any]:
    warning = f"{DEMONSTRATION} " if rapport.demo else ""
    return {
        "title": "La Bonne Porte : chiffres publics",
        "description": f"{warning}{PERSONNES} Un chiffre plus petit que {rapport.seuil} est masqué : valeur vide, masque = 1.",
        "databases": {
            name: {
                "tables": {
                    "chiffres": {
                        "description": "Chaque compte de chaque mois, trimestre, semestre et année finis.",
                        "columns": {
                            "mesure": "ce qui est compté",
                            "par": "le croisement",
                            "masque": "1 : existe et n'est pas montré",
                        },
                        "facets": ["periode", "mesure", "par"],
                        "sort_desc": "du",
                    },
                    **{
                        each: {"description": f"{rapport.tableaux[each].definition} {rapport.tableaux[each].limite}"}
                        for each in DE_L_ANNUAIRE
                    },
                }
            }
        },
    }
