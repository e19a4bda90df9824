"""Every figure of the report is the same as the raw journal says, by SQL written apart; and none small is in any file."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from datetime import date

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from bot.chiffres import asked, context
from bot.journal.export import as_json, csv_zip, safe
from bot.journal.figures import Memoire
from bot.journal.indicators import INDICATEURS, tableaux
from bot.journal.public import write
from bot.journal.report import hidden, make
from bot.journal.report_pdf import pdf
from bot.journal.rows import Row
from bot.journal.tables import MASQUE, Masque
from bot.journal.terminal import as_text
from bot.journal.xlsx import xlsx
from bot.live import load
from directory.load import load as load_directory
from tests.bot.journal.rows_scene import drawn, fill, journal
from tests.conftest import ROOT

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def live():
    return load(ROOT / "directory" / "data")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("figures")
    fill(folder, drawn(1, date(2026, 1, 1), 11, 500))
    return folder


@pytest.fixture(scope="module")
def about(folder, live):
    periode, _, _ = asked("2026-07", "2026-09", TODAY)
    with journal(folder) as db:
        return context(db, live, periode, TODAY, 11)


@pytest.fixture(scope="module")
def report(about):
    return make(about)


def counted(folder, where: str, values=(), du="2026-07-01", au="2026-09-30") -> int:
    with journal(folder) as db:
        return db.execute(
            f"SELECT count(*) FROM journal WHERE jour BETWEEN ? AND ? AND {where}", [du, au, *values]
        ).fetchone()[0]


WHERE = {
    "demandes": "genre IN ('orientation', 'besoin_non_couvert')",
    "orientations": "genre = 'orientation'",
    "non_couverts": "genre = 'besoin_non_couvert'",
}


@pytest.mark.parametrize(
    ("tableau", "condition"),
    [("besoins", "besoin IS ?"), ("defis", "defi IS ?"), ("quartiers", "quartier IS ?"), ("axes", "defi = 3 AND axe IS ?"), ("langues", "langue IS ?"), ("canaux", "canal IS ?")],
)  # fmt: skip
def test_each_line_of_requests_is_what_the_journal_says(folder, report, tableau, condition):
    table = report.tableaux[tableau]
    checked = 0
    for id, *_ in table.lignes:
        line = dict(zip([c.id for c in table.colonnes], next(one for one in table.lignes if one[0] == id), strict=True))
        for mesure, where in WHERE.items():
            raw = counted(folder, f"{where} AND {condition}", [id if id != "" else None])
            if line[mesure] is not MASQUE:
                assert line[mesure] == raw, (tableau, id, mesure)
                assert raw == 0 or raw >= 11
                checked += 1
        before = counted(
            folder,
            f"genre = 'besoin_non_couvert' AND {condition}",
            [id if id != "" else None],
            "2026-04-01",
            "2026-06-30",
        )
        assert line["non_couverts_avant"] in (before, MASQUE)
        if line["part"] is not MASQUE and line["part"] is not None:
            assert line["part"] == line["orientations"] / line["demandes"]
            assert line["part_min"] <= line["part"] <= line["part_max"]

    assert checked > len(table.lignes)


def test_the_crossing_of_quarter_and_challenge_is_what_the_journal_says(folder, report):
    places = {nom: id for id, nom, *_ in report.tableaux["quartiers"].lignes}
    checked = 0
    for defi, quartier, asked_for, met, unmet, _ in report.tableaux["carte"].lignes:
        number = None if defi == "Besoin non compris" else int(defi.split(".")[0])
        for value, where in zip((asked_for, met, unmet), WHERE.values(), strict=True):
            if value is not MASQUE:
                assert value == counted(
                    folder, f"{where} AND defi IS ? AND quartier IS ?", [number, places[quartier] or None]
                )
                checked += 1

    assert checked > 100


def test_the_other_counts_are_what_the_journal_says(folder, report):
    lines = {line[0]: line for line in report.tableaux["synthese"].lignes}
    with journal(folder) as db:
        messages, talks = db.execute(
            "SELECT sum(messages), sum(conversations) FROM frequentation WHERE jour BETWEEN '2026-07-01' AND '2026-09-30'"
        ).fetchone()

    assert (lines["Messages reçus"][1], lines["Conversations"][1]) == (messages, talks)
    assert lines["Avis donnés"][1] == counted(folder, "genre = 'avis'")
    assert lines["dont : cela a aidé"][1] == counted(folder, "genre = 'avis' AND raison = 'aide'")
    assert lines["Droits étudiés"][1] == counted(folder, "genre = 'droit'")
    assert lines["Non-recours repérés"][1] == counted(folder, "non_recours IS NOT NULL")
    for raison, _, count, _ in report.tableaux["manquements"].lignes:
        assert count in (counted(folder, "genre = 'besoin_non_couvert' AND raison = ?", [raison]), MASQUE)
    for kind, _, count, _ in report.tableaux["non_recours"].lignes:
        assert count in (counted(folder, "non_recours = ?", [kind]), MASQUE)
    for droit, _, count, *kinds in report.tableaux["non_recours_droits"].lignes:
        assert count in (counted(folder, "non_recours IS NOT NULL AND droit IS ?", [droit or None]), MASQUE)
        for kind, value in zip(
            ("non-connaissance", "non-demande", "non-reception", "non-proposition"), kinds, strict=True
        ):
            assert value in (counted(folder, "non_recours = ? AND droit IS ?", [kind, droit or None]), MASQUE)


def test_the_months_and_the_median_wait_are_what_the_journal_says(folder, report):
    months = [f"2026-{number:02d}" for number in range(1, 10)]
    assert len(report.tableaux["mois"].lignes) == len(months)
    for month, line in zip(months, report.tableaux["mois"].lignes, strict=True):
        assert line[2] == counted(
            folder, f"{WHERE['demandes']} AND substr(jour, 1, 7) = ?", [month], "2026-01-01", "2026-12-31"
        )
    with journal(folder) as db:
        for id, *_, wait, _ in report.tableaux["quartiers"].lignes:
            raw = [n for (n,) in db.execute(
                "SELECT attente_jours FROM journal WHERE genre = 'orientation' AND attente_jours IS NOT NULL AND quartier IS ?"
                " AND jour BETWEEN '2026-07-01' AND '2026-09-30' ORDER BY 1", [id or None])]  # fmt: skip
            if wait is not MASQUE:
                assert len(raw) >= 11
                assert wait == (raw[(len(raw) - 1) // 2] + raw[len(raw) // 2]) / 2


def test_no_number_between_one_and_ten_about_people_is_in_any_table(report):
    people = [name for name in report.tableaux if name not in ("offre", "lacunes", "fraicheur")]
    small = [
        (name, line)
        for name in people
        for line in report.tableaux[name].lignes
        for value, column in zip(line, report.tableaux[name].colonnes, strict=True)
        if column.genre == "nombre" and isinstance(value, int) and 0 < value < report.seuil
    ]

    assert small == []
    assert hidden(report) > 50


def test_every_indicator_has_a_definition_and_a_limit(report):
    assert all(table.definition and table.limite for table in report.tableaux.values())
    assert set(INDICATEURS) <= set(report.tableaux)


def test_the_day_that_is_not_over_is_left_out_and_it_is_said(folder, live):
    periode, wanted, widened = asked("2026-10-05", "2026-11-20", TODAY)
    with journal(folder) as db:
        report = make(context(db, live, periode, TODAY, 11), demandee=wanted, elargie=widened)

    assert report.periode.nom == "octobre 2026"
    assert any("élargis à des mois entiers" in text for text in report.avertissements)
    assert any("à partir du 1er/12/2026" in text for text in report.avertissements)


def test_a_new_journal_gives_a_report_without_figures_about_people(tmp_path, live):
    fill(tmp_path, [Row("2026-11-20", "orientation", None, "energie", 1, "etouvie", "fr", "web")])
    periode, wanted, _ = asked("2026-11", "2026-11", TODAY)
    with journal(tmp_path) as db:
        report = make(context(db, live, periode, TODAY, 11), demandee=wanted)

    assert all(isinstance(line[1], Masque) for line in report.tableaux["synthese"].lignes)
    assert any("aucun mois fini" in text for text in report.avertissements)
    assert report.tableaux["offre"].lignes
    assert pdf(report)[:5] == b"%PDF-"


def test_the_supply_gap_is_what_the_directory_says(report):
    directory = load_directory(ROOT / "directory" / "data").directory
    for id, _, _, *levels in report.tableaux["lacunes"].lignes:
        for quartier, level in zip(directory.quartiers, levels, strict=True):
            there = any(quartier in offre.lieu.quartiers and offre.lieu.confiance != "basse" and not offre.lieu.a_distance
                        for offre in directory.doors_for(id))  # fmt: skip
            assert (level == "Dans le quartier") == there, (id, quartier, level)


def test_figures_are_kept_until_a_month_that_is_over_changes(tmp_path, live):
    fill(tmp_path, drawn(2, date(2026, 9, 1), 2, 100))
    memory, (periode, _, _) = Memoire(), asked("2026-09", "2026-10", TODAY)
    with journal(tmp_path) as db:
        first = context(db, live, periode, TODAY, 11, memory).figures
        assert context(db, live, periode, TODAY, 11, memory).figures is first
        fill(tmp_path, [Row("2026-11-20", "orientation", None, "energie", 1, None, "fr", "web")])
        assert context(db, live, periode, TODAY, 11, memory).figures is first
        fill(tmp_path, [Row("2026-10-20", "orientation", None, "energie", 1, None, "fr", "web")])
        assert context(db, live, periode, TODAY, 11, memory).figures is not first


# The files


def test_csv_files_come_back_as_they_left(report):
    with zipfile.ZipFile(io.BytesIO(csv_zip(report))) as archive:
        text = archive.read("besoins.csv").decode("utf-8")
        assert {f"{name}.csv" for name in report.tableaux} < set(archive.namelist())
        dictionary = archive.read("dictionnaire.csv").decode("utf-8-sig")
    assert text.startswith("\ufeff")
    lines = list(csv.DictReader(io.StringIO(text[1:]), delimiter=";"))
    table = report.tableaux["besoins"]
    for line, values in zip(lines, table.lignes, strict=True):
        for column, value in zip(table.colonnes, values, strict=True):
            if isinstance(value, int):
                assert int(line[column.id]) == value
            elif isinstance(value, float):
                assert abs(float(line[column.id].replace(",", ".")) - value) < 1e-4
            else:
                assert line[column.id] == ("" if value is None else str(value))
    assert "besoins;non_couverts;Non couverts;" in dictionary


def test_the_workbook_has_every_table_with_numbers_as_numbers(report):
    book = load_workbook(io.BytesIO(xlsx(report)), read_only=True)

    assert book.sheetnames == ["lisez-moi", *report.tableaux, "dictionnaire"]
    rows = list(book["defis"].iter_rows(values_only=True))
    for row, values in zip(rows[1:], report.tableaux["defis"].lignes, strict=True):
        assert row[2] == (str(values[2]) if values[2] is MASQUE else values[2])


def test_json_has_every_table_and_its_definition(report):
    data = json.loads(as_json(report))

    assert set(data["tableaux"]) == set(report.tableaux)
    assert all(table["definition"] and table["limite"] for table in data["tableaux"].values())
    values = [line["non_couverts"] for line in data["tableaux"]["besoins"]["lignes"]]
    assert "masqué" in values
    assert any(isinstance(value, int) for value in values)


@pytest.mark.parametrize("text", ["=1+1", "+33", "-2", "@SUM(A1)", "\tx", "\r=1", "  =cmd", "＝1"])
def test_a_text_that_a_spreadsheet_would_run_is_neutralised(text):
    assert safe(text).startswith("'")


def test_a_formula_in_the_journal_leaves_as_text(tmp_path, live):
    fill(tmp_path, [Row("2026-10-20", "orientation", None, "energie", 1, None, "=HYPERLINK(1)", "@web")] * 30)
    periode, _, _ = asked("2026-10", "2026-10", TODAY)
    with journal(tmp_path) as db:
        report = make(context(db, live, periode, TODAY, 11))
    with zipfile.ZipFile(io.BytesIO(csv_zip(report))) as archive:
        assert "'=HYPERLINK(1)" in archive.read("langues.csv").decode()
    book = load_workbook(io.BytesIO(xlsx(report)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "'=HYPERLINK(1)" in [cell.value for cell in cells]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_the_pdf_says_what_the_report_says(report):
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf(report))).pages)

    for section in report.sections:
        assert section.titre in text
    assert "Étouvie" in text
    assert "masqué" in text
    assert "?" not in text.replace("La réponse a-t-elle aidé ?", "")


def test_a_demonstration_says_so_in_every_format(about):
    report = make(about, demo=True)
    first = PdfReader(io.BytesIO(pdf(report))).pages[1].extract_text()

    assert "DÉMONSTRATION" in first
    assert json.loads(as_json(report))["demonstration"] is True
    assert as_text(report, ["axes"]).startswith("DÉMONSTRATION")
    with zipfile.ZipFile(io.BytesIO(csv_zip(report))) as archive:
        assert "DÉMONSTRATION" in archive.read("lisez-moi.csv").decode()


def test_the_public_view_holds_what_may_be_shown_and_nothing_more(tmp_path, about, report):
    metadata = write(tmp_path / "public.db", about, report)
    db = sqlite3.connect(tmp_path / "public.db")

    assert db.execute(
        "SELECT count(*) FROM chiffres WHERE valeur BETWEEN 1 AND 10 AND mesure <> 'messages'"
    ).fetchone() == (0,)
    assert db.execute("SELECT count(*) FROM chiffres WHERE (valeur IS NULL) <> masque").fetchone() == (0,)
    (total,) = db.execute(
        "SELECT valeur FROM chiffres WHERE mesure = 'demandes' AND par = 'ensemble' AND du = '2026-07-01' AND periode = 'trimestre'"
    ).fetchone()
    assert total == about.count("demandes")
    assert "datasette" not in json.loads(metadata.read_text())["title"]
    assert {"chiffres", "definitions", "methode", "noms", "offre", "lacunes", "fraicheur"} <= {
        name for (name,) in db.execute("SELECT name FROM sqlite_master")
    }


def test_the_terminal_shows_the_same_numbers(about, report):
    text = as_text(report, ["defis"])

    value = tableaux(about)["defis"].lignes[0][2]
    assert f"{value:,}".replace(",", "\u202f") in text
