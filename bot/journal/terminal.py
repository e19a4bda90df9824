"""How are figures read in a terminal? Plain tables, the same numbers as everywhere."""

from __future__ import annotations

from collections.abc import Iterable

from bot.journal.report import DEMONSTRATION, Rapport
from bot.journal.tables import Tableau, said, shown


def as_text(rapport: Rapport, names: Iterable[str]) -> str:
    """The tables of these names, with what must be known to read them."""
    parts = [DEMONSTRATION] if rapport.demo else []
    parts.append(f"{rapport.periode.nom.capitalize()}. Un chiffre plus petit que {rapport.seuil} est masqué.")
    parts += rapport.avertissements
    parts += [_table(rapport.tableaux[name]) for name in names]
    return "\n\n".join(parts)


def _table(tableau: Tableau) -> str:
    columns, lines = shown(tableau)
    rows = [[colonne.nom for colonne in columns]]
    rows += [[said(value, colonne.genre) for value, colonne in zip(line, columns, strict=True)] for line in lines]
    widths = [max(len(row[index]) for row in rows) for index in range(len(columns))]
    text = [colonne.genre == "texte" for colonne in columns]
    told = [
        "  ".join(
            cell.ljust(width) if left else cell.rjust(width)
            for cell, width, left in zip(row, widths, text, strict=True)
        ).rstrip()
        for row in rows
    ]
    return "\n".join([tableau.titre, tableau.definition, *([tableau.note] if tableau.note else []), *told])
