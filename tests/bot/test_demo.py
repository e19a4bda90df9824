"""The demonstration: plausible, the same every time, never mixed with anything real."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.app import StartError, is_demo
from bot.config import load_config
from bot.demo import DemoRefused, make
from bot.journal.rows import Row
from bot.live import load
from bot.storage.sqlite import open_store
from bot.web.revue_listes import places
from tests.bot.journal.rows_scene import fill, journal
from tests.conftest import ROOT

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture(scope="module")
def live():
    return load(ROOT / "directory" / "data")


def rows(folder) -> list[tuple]:
    with journal(folder) as db:
        return db.execute("SELECT * FROM journal ORDER BY id").fetchall()


def test_it_is_a_year_of_invented_rows_the_same_every_time(tmp_path, live):
    first, second = tmp_path / "a", tmp_path / "b"
    made = make(first, live.directory, places(live), NOW, 2000)
    make(second, live.directory, places(live), NOW, 2000)

    assert rows(first) == rows(second)
    assert 1500 < made.lignes < 2500
    assert (made.du, made.au) == (date(2025, 11, 1), date(2026, 11, 24))
    assert [nom for nom, _, _ in made.comptes] == ["mediateur-demo", "agent-demo", "administrateur-demo"]
    with journal(first) as db:
        genres = {genre for (genre,) in db.execute("SELECT DISTINCT genre FROM journal")}
        assert genres == {"orientation", "besoin_non_couvert", "avis", "droit", "recours", "urgence"}
        assert db.execute("SELECT count(*) FROM suivi_historique WHERE action IS NOT NULL").fetchone()[0] > 20
        assert db.execute("SELECT count(*) FROM frequentation").fetchone()[0] > 300


def test_a_database_with_real_rows_is_never_filled(tmp_path, live):
    fill(tmp_path, [Row("2026-11-20", "orientation", None, "energie", 1, None, "fr", "web")])

    with pytest.raises(DemoRefused, match="vraies données"):
        make(tmp_path, live.directory, places(live), NOW, 200)
    with pytest.raises(DemoRefused, match="rien n'a été effacé"):
        make(tmp_path, live.directory, places(live), NOW, 200, again=True)
    assert len(rows(tmp_path)) == 1


def test_it_is_made_again_only_when_asked(tmp_path, live):
    make(tmp_path, live.directory, places(live), NOW, 200)

    with pytest.raises(DemoRefused, match="--recommencer"):
        make(tmp_path, live.directory, places(live), NOW, 200)
    make(tmp_path, live.directory, places(live), NOW, 200, again=True)


def test_the_file_itself_says_that_it_is_one_and_no_resident_is_answered_from_it(tmp_path, live):
    make(tmp_path, live.directory, places(live), NOW, 200)

    async def served(**settings: str) -> bool:
        store = open_store(tmp_path)
        try:
            return await is_demo(load_config({"BONNEPORTE_DATA": str(tmp_path), **settings}), store)
        finally:
            await store.close()

    assert asyncio.run(served()) is True
    with pytest.raises(StartError, match="pas de Telegram"):
        asyncio.run(served(BONNEPORTE_TELEGRAM_TOKEN="123456:ABC"))
    db = sqlite3.connect(tmp_path / "bonneporte.db")
    assert db.execute("PRAGMA application_id").fetchone() == (0x44454D4F,)
