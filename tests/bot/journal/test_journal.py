"""The journal counts what was asked and not met, and cannot tell who asked."""

from __future__ import annotations

import itertools
from dataclasses import fields

import pytest

from bot.conversation.events import (
    Avis,
    BesoinNonCouvert,
    DroitEvalue,
    Effacement,
    Manquement,
    Orientation,
    Recours,
    Urgence,
)
from bot.journal import vocabulaire
from bot.journal.rows import Row, rows
from bot.journal.table import Total, latest, open_journal, totals, urgences
from bot.storage.base import Outcome, Received
from bot.storage.sqlite import open_store
from tests.bot.storage.test_store_contract import NOW, Incoming

DEFIS = {"energie": 1, "logement": 8}
EVENTS = (
    Orientation("energie", "etouvie", "fr", ("a/b",)),
    Orientation("energie", "etouvie", "ar", ()),
    BesoinNonCouvert(Manquement.AUCUNE_OFFRE, "logement", None, "en", "my name is John Smith, no house"),
    BesoinNonCouvert(Manquement.RIEN_COMPRIS, None, None, "fr", "06 12 34 56 78"),
    Avis(True, "energie", "etouvie", "fr"),
    Avis(False, "energie", None, "fr"),
    Urgence("suicide", "ar"),
    Effacement(),
)


WORDS = "my name is [nom], no house"


def kept() -> tuple[Row, ...]:
    return rows(EVENTS, "2026-11-24", "telegram", DEFIS.get)


@pytest.fixture
async def journal(tmp_path):
    """A journal written by the storage and read beside it, as the command does."""
    store = open_store(tmp_path)
    for day in ("2026-11-23", "2026-11-24"):
        await store.receive([Received("b", day, "lane", "x", Incoming("telegram", text="x"), NOW)])
        (claim,) = await store.claim(1)
        await store.finish(claim, Outcome(rows=rows(EVENTS, day, "telegram", DEFIS.get)))
    db = open_journal(tmp_path / "bonneporte.db")
    yield db
    db.close()
    await store.close()


def test_each_event_that_counts_is_one_row_without_identity():
    assert kept() == (
        Row("2026-11-24", "orientation", None, "energie", 1, "etouvie", "fr", "telegram"),
        Row("2026-11-24", "orientation", None, "energie", 1, "etouvie", "ar", "telegram"),
        Row("2026-11-24", "besoin_non_couvert", "aucune_offre", "logement", 8, None, "en", "telegram", WORDS),
        Row("2026-11-24", "besoin_non_couvert", "rien_compris", None, None, None, "fr", "telegram"),
        Row("2026-11-24", "avis", "aide", "energie", 1, "etouvie", "fr", "telegram"),
        Row("2026-11-24", "avis", "pas_aide", "energie", 1, None, "fr", "telegram"),
        Row("2026-11-24", "urgence", "suicide", None, None, None, "ar", "telegram"),
    )


def test_danger_leaves_neither_words_nor_quarter():
    (row,) = rows([Urgence("suicide", "fr")], "2026-11-24", "web", DEFIS.get)
    assert (row.quartier, row.besoin, row.mots) == (None, None, None)


async def test_totals_are_by_defi_and_quarter(journal):
    assert totals(journal, du="2026-11-24") == (
        Total(1, "etouvie", 2, 0, 1, 0),
        Total(1, None, 0, 0, 0, 1),
        Total(8, None, 0, 1, 0, 0),
        Total(None, None, 0, 1, 0, 0),
    )
    assert urgences(journal) == {"suicide": 2}


async def test_the_latest_come_by_day_and_in_no_order_within_it(journal):
    found = latest(journal, 100)
    assert [row.jour for row in found] == ["2026-11-24"] * 7 + ["2026-11-23"] * 7
    assert set(found[:7]) == set(kept())


async def test_rows_of_one_conversation_are_not_neighbours(journal):
    ids = [number for (number,) in journal.execute("SELECT id FROM journal ORDER BY id").fetchall()]
    gaps = {after - before for before, after in itertools.pairwise(ids)}
    assert min(gaps) > 1_000_000
    columns = {column.name for column in journal["journal"].columns}
    assert columns == {"id", *(field.name for field in fields(Row))}
    assert not columns & {"heure", "lane", "conversation", "address", "update_id"}


def test_a_need_bears_its_axis_and_what_names_no_need_bears_none():
    found = rows(EVENTS, "2026-11-24", "telegram", DEFIS.get, {"logement": "droits"}.get)
    assert [row.axe for row in found] == [None, None, "droits", None, None, None, None]


def test_the_closed_lists_say_what_the_events_say():
    assert set(vocabulaire.MANQUEMENTS) == set(Manquement)
    assert set(vocabulaire.MANQUEMENT_DU_MOTIF) == set(vocabulaire.MOTIFS_BUREAU)
    assert set(vocabulaire.MANQUEMENT_DU_MOTIF.values()) <= set(Manquement)
    assert set(vocabulaire.NON_RECOURS_DE_LA_REPONSE) == set(vocabulaire.REPONSES_RECOURS)
    assert {row.genre for row in kept()} <= set(vocabulaire.GENRES)


def test_a_right_that_was_answered_keeps_its_level_and_nothing_of_the_answers():
    (row,) = rows([DroitEvalue("css", "probable", "energie", "etouvie", "fr")], "2026-11-24", "web", DEFIS.get)

    assert row == Row("2026-11-24", "droit", "probable", "energie", 1, "etouvie", "fr", "web", droit="css")


@pytest.mark.parametrize(
    ("reponse", "motif", "kind"),
    [
        ("deja", None, None),
        ("attente", None, "non-reception"),
        ("refuse", None, "non-reception"),
        ("ne-connaissait-pas", None, "non-connaissance"),
        ("connaissait-pas-demande", None, "non-demande"),
        (None, "honte", None),  # the why comes after the answer, and is not counted twice
    ],
)
def test_take_up_is_kept_as_its_type_of_non_recours(reponse, motif, kind):
    (row,) = rows([Recours("css", reponse, motif, None, "ar", "energie")], "2026-11-24", "web", DEFIS.get)

    assert (row.genre, row.raison, row.droit, row.non_recours, row.motif) == ("recours", reponse, "css", kind, motif)
    assert row.defi == 1


def test_an_orientation_keeps_how_long_the_first_door_stays_closed():
    (row,) = rows([Orientation("energie", None, "fr", ("a/b",), 2)], "2026-11-24", "web", DEFIS.get)

    assert row.attente_jours == 2
