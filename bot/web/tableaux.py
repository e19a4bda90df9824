"""How is a table of figures put on a page? As rows of words with their classes, a bar beside each where it helps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bot.journal.charts import bar, months, shade, tiles
from bot.journal.context import Contexte
from bot.journal.periods import COURT, MOIS
from bot.journal.report import DEMONSTRATION, Rapport
from bot.journal.tables import Cell, Colonne, Masque, Tableau, number, said, shown
from bot.web.staff_page import FOLDER, templates
from bot.web.staff_texts import _

# What a bar shows, the first of these that a table has: the solid part, and the whole it is a part of.
_BARRES = (("non_couverts", "demandes"), ("non_couverts", ""), ("non_recours", ""), ("lieux", ""))


@dataclass(frozen=True, slots=True)
class Vue:
    """A table ready for a template: `lignes` are rows of (words, class), `barres` one drawing a row or none at all."""

    tableau: Tableau
    colonnes: tuple[tuple[str, str], ...]
    lignes: tuple[tuple[tuple[str, str], ...], ...]
    barres: tuple[Markup, ...] = ()
    dessin: str = ""


@dataclass(frozen=True, slots=True)
class Chaleur:
    """A heat map: quarters across, défis down; each cell (requests, unmet, shade 0 to 5)."""

    tableau: Tableau
    quartiers: tuple[str, ...]
    lignes: tuple[tuple[str, tuple[tuple[str, str, int], ...]], ...]


def view(tableau: Tableau) -> Vue:
    columns, lines = shown(tableau)
    return Vue(
        tableau,
        tuple((colonne.nom, _class(colonne)) for colonne in columns),
        tuple(
            tuple((said(value, c.genre), _class(c, value)) for value, c in zip(line, columns, strict=True))
            for line in lines
        ),
        tuple(_bars(tableau)) if tableau.graphique == "barres" else (),
        _("Graphique (foncé : non couverts)") if "demandes" in [c.id for c in tableau.colonnes] else _("Graphique"),
    )


def _class(colonne: Colonne, value: Cell = None) -> str:
    if isinstance(value, Masque):
        return "nombre masque"
    return "" if colonne.genre == "texte" else "nombre"


def _bars(tableau: Tableau) -> list[Markup]:
    ids = [colonne.id for colonne in tableau.colonnes]
    solid, around = next((pair for pair in _BARRES if pair[0] in ids and (not pair[1] or pair[1] in ids)), ("", ""))
    if not solid:
        return []
    dark = tableau.column(solid)
    whole: Sequence[Cell] = tableau.column(around) if around else [None] * len(dark)
    most = max([value for value in (*dark, *whole) if isinstance(value, int)], default=0)
    label = next(index for index, colonne in enumerate(tableau.colonnes) if colonne.id not in ("id", "par"))
    names = [str(line[label]) for line in tableau.lignes]
    heads = {colonne.id: colonne.nom.lower() for colonne in tableau.colonnes}
    found = []
    for name, part, total in zip(names, dark, whole, strict=True):
        title = f"{name} : {heads[solid]} {said(part, 'nombre')}"
        if around:
            title += f", {heads[around]} {said(total, 'nombre')}"
        found.append(Markup(bar(part, total, most, title)))
    return found


def heat(tableau: Tableau) -> Chaleur:
    quarters = tuple(dict.fromkeys(str(line[1]) for line in tableau.lignes))
    most = max([line[4] for line in tableau.lignes if isinstance(line[4], int)], default=0)
    rows: dict[str, list[tuple[str, str, int]]] = {}
    for defi, _where, asked, _met, unmet, _part in tableau.lignes:
        cell = (said(asked, "nombre"), said(unmet, "nombre"), shade(unmet, most))
        rows.setdefault(str(defi), []).append(cell)
    return Chaleur(tableau, quarters, tuple((defi, tuple(cells)) for defi, cells in rows.items()))


def curve(tableau: Tableau) -> Markup:
    series = {"Demandes": tableau.column("demandes"), "Non couverts": tableau.column("non_couverts")}
    names = [str(name) for name in tableau.column("mois")]
    return Markup(
        months(
            [_short(name) for name in names], series, f"Demandes et besoins non couverts, de {names[0]} à {names[-1]}"
        )
    )


def _short(month: str) -> str:
    name, year = month.split()
    return f"{COURT[MOIS.index(name)]} {year}"


def plan(about: Contexte) -> Markup:
    counts = {}
    for quartier in about.noms.quartiers:
        found = [about.count(mesure, "quartier", quartier) for mesure in ("demandes", "non_couverts")]
        counts[quartier] = tuple(number(value) for value in found)
    return Markup(
        tiles(about.directory, counts, f"Plan des quartiers : demandes et besoins non couverts, {about.periode.nom}")
    )


def views(tableaux: dict[str, Tableau]) -> dict[str, Vue | Chaleur]:
    return {
        name: heat(tableau) if tableau.graphique == "carte" else view(tableau) for name, tableau in tableaux.items()
    }


def document(rapport: Rapport, about: Contexte, *, css: str = "") -> str:
    """The report as a page of its own; `css` is the address of its sheet, "" to carry it inside, for a file."""
    inside = "" if css else (FOLDER / "static" / "rapport.css").read_text(encoding="utf-8")
    return (
        templates()
        .get_template("equipe/rapport_document.html")
        .render(
            rapport=rapport,
            vues=views(rapport.tableaux),
            courbe=curve(rapport.tableaux["mois"]),
            plan=plan(about),
            demonstration=DEMONSTRATION,
            css=css,
            style=Markup(inside),
        )
    )
