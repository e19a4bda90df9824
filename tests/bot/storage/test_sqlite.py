"""What the SQLite store does beyond the contract: one file, one process, disks that fill up, and no trace left."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.conversation.state import Conversation
from bot.storage.base import Outcome, Retention, StoreUnavailable
from bot.storage.schema import migrations
from bot.storage.sqlite import open_store
from tests.bot.storage.test_store_contract import LATER, NOW, handle, received, said, spoken


async def test_what_was_received_survives_the_end_of_the_process(tmp_path: Path):
    store = open_store(tmp_path)
    await store.receive([received("1", text="un"), received("2", text="deux"), received("3", "b")])
    first, *_ = await store.claim(10)
    await store.finish(first, Outcome(Conversation(langue="en", vu_le=NOW), (spoken("un"),)))
    await store.claim_letters(10, LATER)
    await store.close()

    again = open_store(tmp_path)
    claims = await again.claim(10)
    assert [(claim.message.update_id, bool(claim.conversation)) for claim in claims] == [("2", True), ("3", False)]
    assert said(await again.claim_letters(10, LATER)) == ["un"]
    await again.close()


async def test_a_second_process_on_the_same_folder_is_refused_with_what_to_do(tmp_path: Path):
    store = open_store(tmp_path)
    with pytest.raises(StoreUnavailable, match="BONNEPORTE_DATA"):
        open_store(tmp_path)
    await store.close()


async def test_a_full_disk_refuses_a_message_and_breaks_nothing(tmp_path: Path):
    store = open_store(tmp_path)
    await store.receive([received("1")])
    pages = await store._writer.run(lambda db: db.execute("PRAGMA page_count").fetchone()[0])
    await store._writer.run(lambda db: db.execute(f"PRAGMA max_page_count = {pages}").fetchall(), alone=True)
    with pytest.raises(StoreUnavailable):
        await store.receive([received(str(n), text="x" * 4000) for n in range(2, 50)])

    await store._writer.run(lambda db: db.execute("PRAGMA max_page_count = 1000000").fetchall(), alone=True)
    assert [message.update_id for message in await store.pending()] == ["1"]
    assert await store.receive([received("2")]) == (True,)
    await store.close()


async def test_a_locked_database_refuses_a_message_and_takes_it_later(tmp_path: Path):
    store = open_store(tmp_path, busy=0.01)
    other = sqlite3.connect(tmp_path / "bonneporte.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="locked"):
        await store.receive([received("1")])
    other.execute("COMMIT")
    other.close()

    assert await store.receive([received("1")]) == (True,)
    await store.close()


async def test_rows_that_another_version_wrote_become_dead_letters_and_hold_nobody(tmp_path: Path):
    store = open_store(tmp_path)
    await store.receive([received("1"), received("2", "b"), received("3")])
    await store._writer.run(lambda db: db.execute("UPDATE inbox SET body = '{\"x\": 1}' WHERE update_id = '1'"))
    (claim,) = await store.claim(10)
    await store.finish(claim, Outcome(replies=(spoken("un"), spoken("deux"))))
    await store._writer.run(lambda db: db.execute("UPDATE outbox SET spoken = '{}' WHERE n = 0"))
    await handle(store, Outcome())

    assert await store.claim_letters(10, LATER) == ()
    assert said(await store.claim_letters(10, LATER)) == ["deux"]
    assert [dead.genre for dead in await store.dead_letters(5)] == ["illisible", "illisible"]
    assert await store.pending() == ()
    await store.close()


async def test_no_trace_of_the_words_or_the_address_is_left_in_the_files(tmp_path: Path):
    store = open_store(tmp_path)
    await store.receive([received("1", "lane-of-somebody", text="motsecret")])
    await handle(store, Outcome(replies=(spoken("un"),), erase=True))
    for letter in await store.claim_letters(10, LATER):
        await store.sent(letter)
    await store.purge(Retention(LATER, NOW - timedelta(days=1), NOW))

    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"motsecret" not in kept
    assert b"adresse-" not in kept
    assert b"lane-of-somebody" not in kept
    await store.close()


async def test_a_database_of_the_first_version_is_migrated_without_loss(tmp_path: Path):
    old = Database(tmp_path / "bonneporte.db")
    migrations.apply(old, stop_before="m002_journal")
    old.execute(
        "INSERT INTO journal (id, jour, genre, raison, besoin, defi, quartier, langue, canal, mots)"
        " VALUES (7, '2026-11-01', 'besoin_non_couvert', 'aucune_offre', 'logement', 8, NULL, 'ar', 'web', 'un toit')"
    )
    old.conn.commit()
    old.close()

    store = open_store(tmp_path)
    (row,) = await store.read(lambda db: db.execute("SELECT * FROM journal").fetchall())
    assert row[:10] == (
        7,
        "2026-11-01",
        "besoin_non_couvert",
        "aucune_offre",
        "logement",
        8,
        None,
        "ar",
        "web",
        "un toit",
    )
    assert set(row[10:]) == {None}
    await store.close()


async def test_staff_read_one_state_of_the_journal_while_the_bot_writes(tmp_path: Path):
    store = open_store(tmp_path)

    def twice(db: sqlite3.Connection) -> list[int]:
        counts = [db.execute("SELECT count(*) FROM rebut").fetchone()[0]]
        other = sqlite3.connect(tmp_path / "bonneporte.db", isolation_level=None)
        other.execute("INSERT INTO rebut (bot, genre, erreur, jour) VALUES ('b', 'g', 'e', '2026-11-24')")
        other.close()
        return [*counts, db.execute("SELECT count(*) FROM rebut").fetchone()[0]]

    assert await store.read(twice) == [0, 0]
    assert (await store.counts()).dead == 1
    await store.close()
