"""The storage contract, played against every backend of BACKENDS."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.conversation.messages import Incoming
from bot.conversation.state import Conversation
from bot.journal.rows import Passage, Row
from bot.spoken import Span, Spoken
from bot.storage.base import DeadLetter, Outcome, Received, Retention, StoreUnavailable
from bot.storage.sqlite import open_memory, open_store
from directory.model import Point

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(seconds=30)


# Another database is one more line here.
BACKENDS = {"sqlite": open_store, "sqlite-memory": lambda folder: open_memory()}


@pytest.fixture(params=BACKENDS)
async def store(request, tmp_path):
    store = BACKENDS[request.param](tmp_path)
    yield store
    await store.close()


def received(update_id: str, lane: str = "a", text: str = "bonjour", bot: str = "telegram:1") -> Received:
    return Received(bot, update_id, lane, f"adresse-{lane}", Incoming("telegram", text=text), NOW)


def spoken(text: str, urgent: bool = False) -> Spoken:
    return Spoken("fr", "ltr", ((Span(text),),), (), urgent)


async def handle(store, outcome: Outcome, limit: int = 10):
    """Claim and finish everything with the same outcome."""
    for claim in await store.claim(limit):
        await store.finish(claim, outcome)


def said(letters) -> list[str]:
    return [letter.spoken.lines[0][0].texte for letter in letters]


async def test_a_message_is_received_once_per_bot(store):
    assert await store.receive([received("1"), received("2")]) == (True, True)
    assert await store.receive([received("1"), received("3")]) == (False, True)
    assert await store.receive([received("1", bot="telegram:2")]) == (True,)
    assert len(await store.pending()) == 4


async def test_a_message_handled_long_ago_is_still_known(store):
    await store.receive([received("1")])
    await handle(store, Outcome())

    assert await store.receive([received("1")]) == (False,)
    assert await store.pending() == ()


async def test_every_kind_of_message_comes_back_as_it_was(store):
    kinds = [
        Incoming("web", text="C'est l'été 😀 \ud83d", hint="fr"),
        Incoming("telegram", action="besoin:energie"),
        Incoming("telegram", point=Point(49.9, 2.3)),
        Incoming("telegram", media="voice", hint="ar"),
    ]
    await store.receive([Received("b", str(n), str(n), "x", kind, NOW, "ack") for n, kind in enumerate(kinds)])

    claims = await store.claim(10)

    assert [claim.message.incoming for claim in claims] == kinds
    assert {claim.message.ack for claim in claims} == {"ack"}


async def test_a_lane_gives_its_messages_one_at_a_time_and_in_order(store):
    await store.receive([received("1", text="un"), received("2", text="deux"), received("3", "b", "autre")])

    first = await store.claim(10)
    assert [claim.message.incoming.text for claim in first] == ["un", "autre"]
    assert await store.claim(10) == ()

    assert await store.finish(first[0], Outcome()) is True
    (second,) = await store.claim(10)
    assert second.message.incoming.text == "deux"
    assert await store.finish(second, Outcome()) is False


async def test_a_claim_takes_no_more_than_asked_and_the_oldest_first(store):
    await store.receive([received(str(n), f"lane{n}") for n in range(5)])

    assert [claim.message.update_id for claim in await store.claim(2)] == ["0", "1"]
    assert [claim.message.update_id for claim in await store.claim(2)] == ["2", "3"]


async def test_a_released_claim_is_given_again(store):
    await store.receive([received("1")])
    (claim,) = await store.claim(1)
    await store.release(claim)

    assert [again.seq for again in await store.claim(1)] == [claim.seq]


async def test_finishing_saves_state_rows_and_replies_and_erases_the_words(store):
    await store.receive([received("1", text="secret")])
    (claim,) = await store.claim(1)
    state = Conversation(langue="ar", quartier="etouvie", vu_le=NOW)
    row = Row("2026-11-24", "orientation", None, "energie", 1, "etouvie", "ar", "telegram")
    await store.finish(claim, Outcome(state, (spoken("un"), spoken("deux")), (row,)))

    counts = await store.counts()
    assert (counts.inbox, counts.outbox, counts.conversations) == (0, 2, 1)
    assert counts.by_table["journal"] == 1
    await store.receive([received("2")])
    (after,) = await store.claim(1)
    assert after.conversation == state


async def test_finishing_twice_changes_nothing(store):
    await store.receive([received("1")])
    (claim,) = await store.claim(1)
    await store.finish(claim, Outcome(replies=(spoken("un"),)))
    await store.finish(claim, Outcome(replies=(spoken("un"),)))

    assert (await store.counts()).outbox == 1


async def test_replies_leave_one_at_a_time_per_lane_and_in_order(store):
    await store.receive([received("1", "a"), received("2", "b")])
    await handle(store, Outcome(replies=(spoken("un"), spoken("deux"))))

    first = await store.claim_letters(10, LATER)
    assert said(first) == ["un", "un"]
    assert await store.claim_letters(10, LATER) == ()

    await store.sent(first[0])
    assert said(await store.claim_letters(10, LATER)) == ["deux"]


async def test_a_postponed_reply_holds_its_lane_and_no_other(store):
    await store.receive([received("1", "a"), received("2", "b")])
    await handle(store, Outcome(replies=(spoken("un"), spoken("deux"))))
    for letter in await store.claim_letters(10, LATER):
        if letter.lane == "a":
            await store.postpone(letter, LATER + timedelta(minutes=1), failed=True)
        else:
            await store.sent(letter)

    assert [letter.lane for letter in await store.claim_letters(10, LATER)] == ["b"]
    (again,) = await store.claim_letters(10, LATER + timedelta(minutes=2))
    assert (again.lane, again.attempts) == ("a", 1)


async def test_an_urgent_reply_goes_before_those_of_others(store):
    await store.receive([received("1", "a"), received("2", "b")])
    first, second = await store.claim(2)
    await store.finish(first, Outcome(replies=(spoken("porte"),)))
    await store.finish(second, Outcome(replies=(spoken("15", urgent=True),)))

    assert said(await store.claim_letters(1, LATER)) == ["15"]


async def test_a_refused_reply_is_a_dead_letter_and_frees_its_lane(store):
    await store.receive([received("1")])
    await handle(store, Outcome(replies=(spoken("un"), spoken("deux"))))
    (letter,) = await store.claim_letters(10, LATER)
    dead = DeadLetter("telegram:1", "refuse", "BadRequest", "2026-11-24")
    await store.refuse(letter, dead)

    assert said(await store.claim_letters(10, LATER)) == ["deux"]
    assert await store.dead_letters(10) == (dead,)


async def test_a_blocked_person_is_forgotten_and_not_written_to(store):
    await store.receive([received("1"), received("2")])
    (claim,) = await store.claim(1)
    await store.finish(claim, Outcome(Conversation(vu_le=NOW), (spoken("un"),)))
    assert await store.block("telegram:1", "3", "a", NOW) is True
    await handle(store, Outcome(replies=(spoken("deux"),)))

    assert await store.claim_letters(10, LATER) == ()
    assert (await store.counts()).conversations == 0
    assert await store.block("telegram:1", "3", "a", NOW) is False


async def test_a_blocked_person_who_writes_again_is_answered(store):
    await store.block("telegram:1", None, "a", NOW)
    await store.receive([received("1")])
    await handle(store, Outcome(replies=(spoken("re"),)))

    assert said(await store.claim_letters(10, LATER)) == ["re"]


async def test_an_erasing_outcome_keeps_the_receipt_and_nothing_else(store):
    await store.receive([received("1"), received("2", text="/effacer"), received("3", text="et après ?")])
    (claim,) = await store.claim(1)
    await store.finish(claim, Outcome(Conversation(vu_le=NOW), (spoken("un"),), keep=True))
    (claim,) = await store.claim(1)
    await store.finish(claim, Outcome(Conversation(vu_le=NOW), (spoken("effacé"),), keep=True, erase=True))

    assert await store.thread("a") == ()
    assert (await store.counts()).conversations == 0
    (after,) = await store.claim(1)
    assert (after.message.incoming.text, after.conversation) == ("et après ?", None)


async def test_erasing_a_lane_also_drops_what_waits(store):
    await store.receive([received("1"), received("2")])
    (claim,) = await store.claim(1)
    await store.erase("a")
    await store.finish(claim, Outcome(Conversation(vu_le=NOW), (spoken("un"),)))

    counts = await store.counts()
    assert (counts.inbox, counts.outbox, counts.conversations) == (0, 0, 0)
    assert await store.claim(10) == ()


async def test_kept_replies_are_read_by_message_and_by_thread(store):
    await store.receive([received("1")])
    assert await store.replies("telegram:1", "1") is None
    await handle(store, Outcome(Conversation(vu_le=NOW), (spoken("un"), spoken("deux")), keep=True))

    assert await store.replies("telegram:1", "1") == (spoken("un"), spoken("deux"))
    assert await store.thread("a") == (spoken("un"), spoken("deux"))
    assert await store.claim_letters(10, LATER) == ()


async def test_a_thread_keeps_the_last_twenty_replies(store):
    for n in range(25):
        await store.receive([received(str(n))])
        await handle(store, Outcome(Conversation(vu_le=NOW), (spoken(str(n)),), keep=True))

    kept = await store.thread("a")
    assert [one.lines[0][0].texte for one in kept] == [str(n) for n in range(5, 25)]


async def test_purging_wipes_ended_conversations_and_never_a_waiting_message(store):
    await store.receive([received("1", "a"), received("2", "b"), received("3", "b")])
    for claim in await store.claim(2):
        await store.finish(claim, Outcome(Conversation(vu_le=NOW), (spoken("un"),), keep=True))
    after = NOW + timedelta(days=3)
    assert await store.purge(Retention(after, after, after)) == 1

    assert await store.thread("a") == ()
    (waiting,) = await store.claim(10)
    assert (waiting.message.update_id, waiting.conversation) == ("3", Conversation(vu_le=NOW))
    assert (await store.counts()).by_table["inbox"] == 1  # markers older than that are gone


async def test_a_batch_is_received_with_its_dead_letters(store):
    dead = DeadLetter("telegram:1", "illisible", "KeyError", "2026-11-24")
    assert await store.receive([received("1")], [dead]) == (True,)
    assert await store.dead_letters(1) == (dead,)


COUNTERS = "SELECT jour, canal, langue, messages, conversations FROM frequentation ORDER BY jour, canal, langue"


async def test_messages_and_conversations_are_counted_by_day_channel_and_language(store):
    for n, passage in enumerate(
        [
            Passage("2026-11-24", "telegram", "fr", True),
            Passage("2026-11-24", "telegram", "fr", False),
            Passage("2026-11-24", "borne", "ar", True),
            Passage("2026-11-25", "telegram", "fr", True),
        ]
    ):
        await store.receive([received(str(n))])
        await handle(store, Outcome(passage=passage))

    assert await store.read(lambda db: db.execute(COUNTERS).fetchall()) == [
        ("2026-11-24", "borne", "ar", 1, 1),
        ("2026-11-24", "telegram", "fr", 2, 1),
        ("2026-11-25", "telegram", "fr", 1, 1),
    ]


async def test_a_message_finished_twice_or_erased_meanwhile_is_not_counted_again(store):
    await store.receive([received("1"), received("2", "b")])
    first, second = await store.claim(2)
    outcome = Outcome(passage=Passage("2026-11-24", "telegram", "fr", True))
    await store.finish(first, outcome)
    await store.finish(first, outcome)
    await store.erase("b")
    await store.finish(second, outcome)

    assert await store.read(lambda db: db.execute(COUNTERS).fetchall()) == [("2026-11-24", "telegram", "fr", 1, 1)]


def add_dead(db) -> int:
    return db.execute("INSERT INTO rebut (bot, genre, erreur, jour) VALUES ('b', 'g', 'e', '2026-11-24')").rowcount


def count_dead(db) -> int:
    return db.execute("SELECT count(*) FROM rebut").fetchone()[0]


async def test_what_staff_write_is_read_at_once_and_gives_its_result(store):
    assert await store.write(add_dead) == 1
    assert await store.read(count_dead) == 1


async def test_a_write_that_raises_undoes_all_of_it_and_says_why(store):
    def refuse(db):
        add_dead(db)
        raise LookupError("version")

    with pytest.raises(LookupError, match="version"):
        await store.write(refuse)
    assert await store.read(count_dead) == 0
    assert await store.write(add_dead) == 1


async def test_reading_refuses_to_write_and_goes_on_reading(store):
    with pytest.raises(StoreUnavailable):
        await store.read(add_dead)
    assert await store.read(count_dead) == 0
    assert await store.write(add_dead) == 1
