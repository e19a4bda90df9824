"""The figures in the browser: one period everywhere, clear refusals, small numbers nowhere."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import pytest

from bot.journal.table import insert
from tests.bot.journal.rows_scene import drawn


@pytest.fixture
async def agent(equipe):
    rows = list(drawn(3, date(2026, 4, 1), 7, 150))
    await equipe.services.store.write(lambda db: insert(db, rows))
    return await equipe.entre("agent")


async def test_the_dashboard_and_the_files_say_the_same(agent):
    page = await agent.page("/equipe/chiffres?du=2026-07&au=2026-09")
    answer = await agent.get("/equipe/rapport/json?du=2026-07&au=2026-09")

    total = re.search(r'"indicateur": "Demandes",\s*"valeur": (\d+)', answer.text)
    assert total
    assert f'<p class="chiffre">{total[1]}</p>' in page
    assert "masqué" in page
    assert "<svg" in page


async def test_what_leaves_is_written_in_the_audit_trail(equipe, agent):
    await agent.get("/equipe/rapport/pdf?du=2026-07&au=2026-09")

    def lines(db):
        return db.execute("SELECT objet FROM audit WHERE action = 'rapport sorti'").fetchall()

    assert await equipe.services.store.read(lines) == [("2026-07_2026-09 pdf",)]


async def test_each_format_comes_with_its_type(agent):
    for form, start in (("pdf", b"%PDF"), ("csv", b"PK"), ("xlsx", b"PK"), ("html", b"<!doctype html>")):
        async with agent.client.get(f"/equipe/rapport/{form}?du=2026-07&au=2026-09") as answer:
            body = await answer.read()
            assert answer.status == 200
            assert body.lstrip().startswith(start)
            if form == "csv":
                assert "besoins.csv" in zipfile.ZipFile(io.BytesIO(body)).namelist()


@pytest.mark.parametrize(
    "query", ["du=hier&au=demain", "du=2026-09&au=2026-07", "du=1000-01&au=2026-01", "du=<script>"]
)
async def test_a_period_that_cannot_be_read_is_refused_in_words(agent, query):
    for path in ("/equipe/chiffres", "/equipe/rapport", "/equipe/rapport/pdf"):
        answer = await agent.get(f"{path}?{query}")
        assert answer.status == 400
        assert 'role="alert"' in answer.text
        assert "<script>" not in answer.text


async def test_the_running_month_shows_nothing_of_people(agent):
    page = await agent.page("/equipe/chiffres?du=2026-11&au=2026-11")

    assert "à partir du 1er/12/2026" in page
    assert not re.search(r'<p class="chiffre">\d', page)


async def test_figures_are_for_agents(equipe, agent):
    mediateur = await equipe.entre("mediateur")

    for path in ("/equipe/chiffres", "/equipe/rapport", "/equipe/rapport/csv"):
        assert (await mediateur.get(path)).status == 403
    assert (await agent.get("/equipe/rapport/docx")).status == 404


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_the_figures_fit_the_screen(visit_equipe, width):
    page = visit_equipe("agent", "/equipe/chiffres", width=width)

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("svg.plan title").count() == 1


@pytest.mark.browser
def test_the_report_prints(visit_equipe):
    page = visit_equipe("agent", "/equipe/rapport/html")

    body = page.pdf(format="A4")

    assert body.startswith(b"%PDF")
    assert page.locator("h2").count() >= 9
