"""How do the tables leave as a workbook? Apart from the other forms: what writes it is heavy, and is only taken in when asked."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from bot.journal.export import DICTIONNAIRE, dictionary, read_me, safe
from bot.journal.report import Rapport
from bot.journal.tables import Cell, Masque


def xlsx(rapport: Rapport) -> bytes:
    """One workbook, one sheet a table, written as it goes."""
    book = Workbook(write_only=True)
    book.properties.title = rapport.titre
    _sheet(book, "lisez-moi", ("sujet", "texte"), read_me(rapport), {}, (22, 110))
    for name, tableau in rapport.tableaux.items():
        header = [colonne.nom for colonne in tableau.colonnes]
        formats = {i: "0 %" for i, colonne in enumerate(tableau.colonnes) if colonne.genre == "part"}
        widths = [34 if colonne.genre == "texte" and colonne.id != "id" else 16 for colonne in tableau.colonnes]
        _sheet(book, name[:31], header, tableau.lignes, formats, widths)
    _sheet(book, "dictionnaire", DICTIONNAIRE, dictionary(rapport.tableaux), {}, (20, 22, 34, 40, 60))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(
    book: Workbook,
    name: str,
    header: Iterable[str],
    lines: Iterable[Iterable[Cell]],
    formats: Mapping[int, str],
    widths: Iterable[int],
) -> None:
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for index, width in enumerate(widths):
        sheet.column_dimensions[chr(ord("A") + index)].width = width
    titles = []
    for text in header:
        cell = WriteOnlyCell(sheet, safe(text))
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        titles.append(cell)
    sheet.append(titles)
    for line in lines:
        sheet.append([_xlsx(sheet, value, formats.get(index)) for index, value in enumerate(line)])


def _xlsx(sheet: Any, value: Cell, form: str | None) -> Any:
    if isinstance(value, Masque):
        return str(value)
    if isinstance(value, str):
        # A cell holds no control character.
        return safe("".join(sign for sign in value if sign.isprintable()))
    if form and value is not None:
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = form
        return cell
    return value
