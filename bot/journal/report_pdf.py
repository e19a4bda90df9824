"""How is the report printed as a PDF? With fpdf2 and the fonts every reader has, so nothing else need be installed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from fpdf import FPDF
from fpdf.enums import Align, TableBordersLayout
from fpdf.fonts import FontFace

from bot.journal.charts import shade
from bot.journal.periods import COURT, MOIS
from bot.journal.report import DEMONSTRATION, Rapport, Section
from bot.journal.tables import Cell, Colonne, Masque, Tableau, said, shown

FONT = "Helvetica"
BAS = 270  # millimetres: where the foot of a page begins
BLEU = (29, 79, 145)
GRIS = (81, 81, 92)
CLAIR = (236, 236, 239)
# The heat map on paper: five greys, each with its number.
TEINTES = ((255, 255, 255), (238, 242, 248), (214, 225, 240), (184, 203, 229), (150, 178, 216), (116, 152, 202))
# What the fonts of every reader do not have, said with what they have.
_SIGNS = str.maketrans({"\u202f": "\xa0", "−": "-", "↑": "", "\u2011": "-"})
_NUMBER_WIDTH = {"nombre": 17, "part": 16, "jours": 24, "ecart": 18, "intervalle": 18}


class _Pdf(FPDF):
    """A4 pages with their number, and the word « démonstration » on each when it is one."""

    def __init__(self, rapport: Rapport) -> None:
        super().__init__(orientation="portrait", format="A4")
        self.core_fonts_encoding = "cp1252"
        self.demo = rapport.demo
        self.pied = plain(f"La Bonne Porte - {rapport.titre}")
        self.set_margins(15, 15)
        self.set_auto_page_break(True, margin=18)
        self.set_title(plain(rapport.titre))
        self.set_author("La Bonne Porte")
        self.set_lang("fr")
        self.set_creation_date(datetime(rapport.jour.year, rapport.jour.month, rapport.jour.day, tzinfo=UTC))
        self.alias_nb_pages()

    def header(self) -> None:
        if self.demo:
            self.set_font(FONT, "B", 9)
            self.set_text_color(0)
            self.cell(0, 6, plain(DEMONSTRATION), border=1, align=Align.C, new_x="LMARGIN", new_y="NEXT")
            self.ln(2)

    def footer(self) -> None:
        self.set_y(-14)
        self.set_font(FONT, "", 8)
        self.set_text_color(*GRIS)
        self.cell(0, 6, f"{self.pied} - page {self.page_no()} / {{nb}}", align=Align.C)


def plain(text: str) -> str:
    """The text with signs that the fonts have; any other becomes a question mark."""
    return text.translate(_SIGNS).encode("cp1252", "replace").decode("cp1252")


def pdf(rapport: Rapport) -> bytes:
    """The whole report."""
    page = _Pdf(rapport)
    page.add_page()
    page.set_text_color(0)
    page.set_font(FONT, "B", 20)
    page.multi_cell(0, 9, plain(rapport.titre), align=Align.L, new_x="LMARGIN", new_y="NEXT")
    page.ln(1)
    _words(
        page, f"Du {rapport.periode.du:%d/%m/%Y} au {rapport.periode.au:%d/%m/%Y}. Édité le {rapport.jour:%d/%m/%Y}."
    )
    _words(
        page,
        f"Pour le comité technique et le comité de pilotage. Un chiffre plus petit que {rapport.seuil} est masqué.",
    )
    for text in rapport.avertissements:
        _words(page, text, bold=True)
    for section in rapport.sections:
        _section(page, rapport, section)
    _definitions(page, rapport)
    return bytes(page.output())


def _section(page: _Pdf, rapport: Rapport, section: Section) -> None:
    # A title is never alone at the foot of a page: its words and its first table come with it.
    below = 14 + 11 * len(section.phrases) + sum(_tall(rapport.tableaux[name]) for name in section.tableaux[:1])
    if page.get_y() > 220 or page.get_y() + below > BAS:
        page.add_page()
    page.ln(4)
    page.start_section(plain(section.titre))
    page.set_font(FONT, "B", 15)
    page.set_text_color(*BLEU)
    page.multi_cell(0, 8, plain(section.titre), align=Align.L, new_x="LMARGIN", new_y="NEXT")
    page.ln(1)
    for text in section.phrases:
        _words(page, text, bullet=len(section.phrases) > 1)
    for name in section.tableaux:
        tableau = rapport.tableaux[name]
        if tableau.graphique == "carte":
            _heat_map(page, tableau)
        else:
            _table(page, tableau)


def _words(page: _Pdf, text: str, *, bold: bool = False, bullet: bool = False) -> None:
    page.set_font(FONT, "B" if bold else "", 10)
    page.set_text_color(0)
    page.multi_cell(0, 5.2, plain(f"•  {text}" if bullet else text), align=Align.L, new_x="LMARGIN", new_y="NEXT")
    page.ln(0.8)


def _caption(page: _Pdf, tableau: Tableau, height: float) -> None:
    if page.get_y() + height > BAS:
        page.add_page()
    page.ln(3)
    page.set_font(FONT, "B", 11)
    page.set_text_color(0)
    page.multi_cell(0, 5.5, plain(tableau.titre), align=Align.L, new_x="LMARGIN", new_y="NEXT")
    page.set_font(FONT, "", 8.5)
    page.set_text_color(*GRIS)
    page.multi_cell(0, 4.2, plain(tableau.definition), align=Align.L, new_x="LMARGIN", new_y="NEXT")
    if tableau.note:
        page.multi_cell(0, 4.2, plain(tableau.note), align=Align.L, new_x="LMARGIN", new_y="NEXT")
    page.ln(1)
    page.set_text_color(0)


def _tall(tableau: Tableau) -> float:
    """The room that a table asks for: all of it when it fits on a page, so that it is not cut."""
    tall = 34 + 6 * len(tableau.lignes) + (50 if tableau.graphique == "mois" else 0)
    return tall if tall < 200 else 34


def _table(page: _Pdf, tableau: Tableau) -> None:
    """A table; codes stay in the files, and numbers get the width they need."""
    columns, lines = shown(tableau)
    _caption(page, tableau, _tall(tableau))
    if tableau.graphique == "mois":
        _months(page, tableau)
    if lines:
        _grid(page, columns, lines)


def _months(page: _Pdf, tableau: Tableau) -> None:
    """Requests and unmet needs, month by month, as two bars each."""
    asked, unmet, names = tableau.column("demandes"), tableau.column("non_couverts"), tableau.column("mois")
    most = max([value for value in asked if isinstance(value, int)], default=0)
    if not most:
        return
    left, top, tall = page.l_margin, page.get_y() + 4, 34.0
    across = page.epw / len(names)
    wide = min(across * 0.7, 14)
    page.set_draw_color(*GRIS)
    page.set_line_width(0.2)
    for index, (name, whole, dark) in enumerate(zip(names, asked, unmet, strict=True)):
        x = left + across * index + (across - wide) / 2
        for value, fill in ((whole, (255, 255, 255)), (dark, BLEU)):
            if isinstance(value, int) and value:
                page.set_fill_color(*fill)
                page.rect(x, top + tall * (1 - value / most), wide, tall * value / most, style="DF")
        page.set_font(FONT, "", 6.5)
        if isinstance(whole, int):
            page.text(x, top + tall * (1 - whole / most) - 0.8, plain(said(whole, "nombre")))
        month, year = str(name).split()
        page.text(x, top + tall + 3.4, COURT[MOIS.index(month)])
        if index == 0 or month == "janvier":
            page.text(x, top + tall + 6.2, year)
    page.set_fill_color(255)
    page.line(left, top + tall, left + page.epw, top + tall)
    page.set_y(top + tall + 7.5)
    page.set_font(FONT, "", 8.5)
    page.set_text_color(*GRIS)
    page.multi_cell(
        0, 4.2, plain("Barre entière : demandes. Partie foncée : besoins non couverts."), new_x="LMARGIN", new_y="NEXT"
    )
    page.set_text_color(0)
    page.ln(1)


def _grid(page: _Pdf, columns: Sequence[Colonne], lines: Sequence[Sequence[Cell]]) -> None:
    page.set_font(FONT, "", 8.5)
    page.set_draw_color(190)
    page.set_line_width(0.2)
    widths = [_width(colonne) for colonne in columns]
    texts = [index for index, width in enumerate(widths) if not width]
    # Of several texts, the later ones are the longer ones.
    shares = [0.3 if columns[index].id == "par" else 1 + 0.3 * rank for rank, index in enumerate(texts)]
    free = page.epw - sum(widths)
    for index, part in zip(texts, shares, strict=True):
        widths[index] = free * part / sum(shares)
    with page.table(
        col_widths=tuple(widths),
        line_height=4.4,
        padding=(0.8, 1.6),
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        headings_style=FontFace(emphasis="BOLD", fill_color=CLAIR, size_pt=7.5),
        text_align=tuple(Align.L if colonne.genre == "texte" else Align.R for colonne in columns),
    ) as table:
        row = table.row()
        for colonne in columns:
            row.cell(plain(colonne.nom))
        for line in lines:
            row = table.row()
            for value, colonne in zip(line, columns, strict=True):
                quiet = isinstance(value, Masque)
                style = FontFace(emphasis="ITALICS", color=GRIS) if quiet else None
                row.cell(plain(said(value, colonne.genre)), style=style)


def _width(colonne: Colonne) -> float:
    """Millimetres for a column of numbers, wide enough for the longest word of its name; 0 for a text."""
    if colonne.genre == "texte":
        return 0.0
    return max(_NUMBER_WIDTH[colonne.genre], 1.75 * max(map(len, colonne.nom.split())))


def _heat_map(page: _Pdf, tableau: Tableau) -> None:
    """Défis down, quarters across; in each cell the requests and, below, those unmet."""
    _caption(page, tableau, 80)
    page.set_font(FONT, "", 8.5)
    page.set_text_color(*GRIS)
    page.multi_cell(
        0, 4.2, plain("En haut : demandes. En bas : non couverts. Plus c'est foncé, plus il y a de non couverts."),
        new_x="LMARGIN", new_y="NEXT", align=Align.L,
    )  # fmt: skip
    page.set_text_color(0)
    quarters = list(dict.fromkeys(str(line[1]) for line in tableau.lignes))
    found = {(str(line[0]), str(line[1])): line for line in tableau.lignes}
    rows = list(dict.fromkeys(str(line[0]) for line in tableau.lignes))
    numbers = [line[4] for line in tableau.lignes if isinstance(line[4], int)]
    most = max(numbers, default=0)
    page.set_font(FONT, "", 7.5)
    wide = (page.epw - 40) / max(len(quarters), 1)
    with page.table(
        col_widths=(40, *([wide] * len(quarters))),
        line_height=3.8,
        padding=0.7,
        headings_style=FontFace(emphasis="BOLD", fill_color=CLAIR, size_pt=6.5),
        text_align=(Align.L, *([Align.C] * len(quarters))),
    ) as table:
        row = table.row()
        for text in ("Défi", *quarters):
            row.cell(plain(text))
        for defi in rows:
            row = table.row()
            row.cell(plain(defi))
            for quarter in quarters:
                line = found[defi, quarter]
                fill = TEINTES[shade(line[4], most)]
                row.cell(
                    plain(f"{said(line[2], 'nombre')}\n{said(line[4], 'nombre')}"), style=FontFace(fill_color=fill)
                )


def _definitions(page: _Pdf, rapport: Rapport) -> None:
    page.add_page()
    page.start_section("Définitions")
    page.set_font(FONT, "B", 15)
    page.set_text_color(*BLEU)
    page.multi_cell(0, 8, plain("Définitions"), new_x="LMARGIN", new_y="NEXT")
    for tableau in rapport.tableaux.values():
        if page.get_y() + 30 > BAS:
            page.add_page()
        _words(page, tableau.titre, bold=True)
        _words(page, f"{tableau.definition} Limite : {tableau.limite}")
