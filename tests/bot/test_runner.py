"""The runner: what channels may count on, whatever fails."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, timedelta

import pytest

from bot.channels.base import Gone, Refused, Retry
from bot.conversation.messages import Incoming
from bot.outbox import Pace, backoff
from bot.pseudonym import load_key, pseudonym
from bot.runner import months_before
from bot.spoken import Span, Spoken
from bot.storage.base import StoreUnavailable
from bot.storage.sqlite import open_memory, open_store
from tests.botapi.echo import PARIS, echo, echo_runner

WEB, CHAN = "web", "canal:1"


class Clock:
    """A clock that moves when told to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 10, 0, tzinfo=PARIS)

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)


class Paper:
    """A channel that writes down what it is given, and fails as often as it is told to."""

    bot = CHAN

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []
        self.acks: list[str] = []
        self.failures: list[Exception] = []
        self.changed = asyncio.Event()

    async def send(self, address: str, spoken: Spoken) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.said.append((address, "".join(span.texte for line in spoken.lines for span in line)))
        self.changed.set()

    async def acknowledge(self, ack: str) -> None:
        self.acks.append(ack)

    async def until(self, count: int) -> None:
        async with asyncio.timeout(5):
            while len(self.said) < count:
                self.changed.clear()
                await self.changed.wait()


class World:
    def __init__(self, store=None, **options) -> None:
        self.clock, self.told, self.paper = Clock(), [], Paper()
        self.store = store or open_memory()
        self.runner = echo_runner(
            self.store, clock=self.clock, pull=[WEB], alert=self.told.append, defi={"energie": 1}.get, **options
        )
        self.runner.add(self.paper)
        self.count = 0

    async def ask(self, text: str, address: str = "anne", update_id: str | None = None) -> list[str]:
        self.count += 1
        replies = await self.runner.ask(WEB, update_id or f"u{self.count}", address, Incoming("web", text=text))
        return [reply.lines[0][0].texte for reply in replies]

    async def write(self, text: str, address: str = "anne", update_id: str | None = None) -> bool:
        self.count += 1
        return await self.runner.receive(CHAN, update_id or f"u{self.count}", address, Incoming("canal", text=text))


@pytest.fixture
async def world():
    world = World()
    await world.runner.start()
    yield world
    await world.runner.stop()
    await world.store.close()


async def test_asking_gives_the_replies_of_that_message(world):
    assert await world.ask("bonjour") == ["bonjour (1)"]
    assert await world.ask("deux") == ["deux (2)", "deux (2)"]
    assert await world.ask("bonjour", "bilal") == ["bonjour (1)"]


async def test_asking_twice_with_one_number_answers_once_with_the_same_words(world):
    assert await world.ask("bonjour", update_id="x") == ["bonjour (1)"]
    assert await world.ask("autre chose", update_id="x") == ["bonjour (1)"]
    assert await world.ask("encore") == ["encore (2)"]


async def test_a_double_press_waits_for_the_one_answer(world):
    both = await asyncio.gather(world.ask("bonjour", update_id="x"), world.ask("bonjour", update_id="x"))
    assert both == [["bonjour (1)"], ["bonjour (1)"]]


async def test_questions_of_one_conversation_asked_together_are_answered_in_order(world):
    answers = await asyncio.gather(*(world.ask(f"q{n}") for n in range(10)))
    assert answers == [[f"q{n} ({n + 1})"] for n in range(10)]


async def test_the_thread_keeps_what_was_said_until_the_conversation_ends(world):
    await world.ask("un")
    await world.ask("deux")
    assert len(await world.runner.thread(WEB, "anne")) == 3

    world.clock.passes(minutes=31)
    assert await world.runner.purge() == 1
    assert await world.runner.thread(WEB, "anne") == ()


async def test_a_conversation_left_for_too_long_starts_again(world):
    await world.ask("un")
    world.clock.passes(minutes=29)
    assert await world.ask("deux fois") == ["deux fois (2)"]
    world.clock.passes(minutes=31)
    assert await world.ask("trois") == ["trois (1)"]


async def test_erasing_returns_the_receipt_and_keeps_nothing(world):
    await world.ask("un")
    assert await world.ask("/effacer") == ["/effacer (2)"]

    assert await world.runner.thread(WEB, "anne") == ()
    assert (await world.store.counts()).conversations == 0
    assert await world.ask("un") == ["un (1)"]


async def test_a_kiosk_left_alone_forgets_at_once(world):
    await world.ask("un")
    await world.runner.forget(WEB, "anne")
    assert await world.ask("un") == ["un (1)"]


async def test_events_reach_the_journal_without_identity(world):
    await world.ask("rien")
    found = await world.store._writer.run(
        lambda db: db.execute("SELECT genre, defi, quartier, canal, mots FROM journal ORDER BY genre").fetchall()
    )
    assert found == [
        ("besoin_non_couvert", None, None, "web", "appelez le [téléphone]"),
        ("orientation", 1, "etouvie", "web", None),
    ]


async def test_an_engine_that_fails_is_asked_again_with_a_fresh_state(world):
    await world.ask("un")
    (sorry,) = await world.ask("panne")
    assert "Désolé" in sorry
    assert await world.ask("deux fois") == ["deux fois (1)"]
    assert any("ZeroDivisionError" in words for words in world.told)


async def test_texts_that_fail_still_say_something_in_french(world):
    def mute(reply):
        raise KeyError("catalogue")

    world.runner._say = mute
    (sorry,) = await world.ask("un")
    assert "Désolé" in sorry


async def test_a_sent_reply_is_sent_once_and_in_order(world):
    for n in range(5):
        await world.write(f"m{n}")
    await world.paper.until(5)
    assert world.paper.said == [("anne", f"m{n} ({n + 1})") for n in range(5)]


async def test_a_message_known_already_is_not_new(world):
    assert await world.write("un", update_id="x") is True
    assert await world.write("un", update_id="x") is False


async def test_a_failed_send_waits_as_long_as_it_is_told_to(world):
    world.paper.failures = [Retry("429", after=0.05)]
    await world.write("un")
    await asyncio.sleep(0.02)
    assert world.paper.said == []
    world.clock.passes(seconds=1)
    await world.paper.until(1)


async def test_who_is_gone_is_not_written_to_and_comes_back_by_writing(world):
    world.paper.failures = [Gone("blocked")]
    await world.write("deux")
    while not (await world.store.counts()).by_table["bloque"]:
        await asyncio.sleep(0.01)
    assert world.paper.said == []

    await world.write("re")
    await world.paper.until(1)
    assert world.paper.said == [("anne", "re (1)")]


@pytest.mark.parametrize("failure", [Refused("BadRequest"), ValueError("a bug of the channel")])
async def test_what_cannot_be_sent_is_a_dead_letter_that_holds_nobody(world, failure):
    world.paper.failures = [failure]
    await world.write("un")
    await world.write("suite")
    await world.paper.until(1)

    assert world.paper.said == [("anne", "suite (2)")]
    assert [dead.genre for dead in await world.store.dead_letters(5)] == ["refuse"]
    assert any("rebut" in words for words in world.told)


async def test_a_reply_that_could_not_leave_for_a_day_is_dropped_and_told(world):
    world.paper.failures = [Retry("502", after=0.01)]
    await world.write("un")
    while world.paper.failures:
        await asyncio.sleep(0.001)
    world.clock.passes(hours=25)
    while not await world.store.dead_letters(1):
        await asyncio.sleep(0.01)
    assert (await world.store.dead_letters(1))[0].genre == "perime"


async def test_the_operator_is_not_told_the_same_thing_all_the_time(world):
    for _ in range(5):
        world.runner.tell_operator("le disque est plein")
    assert world.told == ["le disque est plein"]


async def test_what_waited_when_the_process_ended_is_handled_at_the_next_start(tmp_path):
    first = World(open_store(tmp_path))
    for n in range(3):
        await first.write(f"m{n}")
    await first.runner.receive(CHAN, "bouton", "anne", Incoming("canal", action="besoin:energie"), ack="q1")
    await first.store.close()

    second = World(open_store(tmp_path))
    await second.runner.start()
    await second.paper.until(4)
    assert [said for _, said in second.paper.said] == ["m0 (1)", "m1 (2)", "m2 (3)", "besoin:energie (4)"]
    assert second.paper.acks == ["q1"]
    await second.runner.stop()
    await second.store.close()


async def test_a_message_waiting_longer_than_the_session_is_still_handled(tmp_path):
    first = World(open_store(tmp_path))
    await first.write("un")
    await first.store.close()

    second = World(open_store(tmp_path))
    second.clock.passes(hours=5)
    await second.runner.purge()
    await second.runner.start()
    await second.paper.until(1)
    await second.runner.stop()
    await second.store.close()


async def test_a_locked_database_delays_an_answer_and_loses_none(tmp_path):
    import sqlite3

    world = World(open_store(tmp_path, busy=0.01))
    await world.runner.start()
    other = sqlite3.connect(tmp_path / "bonneporte.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable):
        await world.write("un", update_id="x")
    while not world.told:  # the workers meet the lock too
        await asyncio.sleep(0.01)
    other.execute("COMMIT")

    assert await world.write("un", update_id="x") is True
    await world.paper.until(1)
    other.close()
    await world.runner.stop()
    await world.store.close()


async def test_a_stop_lets_what_is_being_sent_finish(world):
    started, gate = asyncio.Event(), asyncio.Event()

    async def slow(address, spoken):
        started.set()
        await gate.wait()
        world.paper.said.append((address, "fini"))

    world.paper.send = slow
    await world.write("un")
    await started.wait()
    stopping = asyncio.create_task(world.runner.stop())
    await asyncio.sleep(0)
    gate.set()
    await stopping

    assert world.paper.said == [("anne", "fini")]
    assert (await world.store.counts()).outbox == 0


async def test_no_message_ever_waits_for_a_slow_engine_step_of_another_to_be_stored():
    """Receiving is one write: it does not go through the engine."""
    world = World(step=lambda *arguments: echo(*arguments))
    assert await world.write("un") is True  # not even started
    assert [message.incoming.text for message in await world.store.pending()] == ["un"]
    await world.store.close()


def test_the_pace_lets_a_burst_through_then_keeps_to_its_rate():
    pace = Pace(rate=1.0, burst=3.0)
    assert [pace.wait(0.0) for _ in range(5)] == [0, 0, 0, 1, 2]
    assert pace.wait(10.0) == 0


def test_waits_between_attempts_grow_and_stay_under_a_minute():
    waits = [backoff(attempts) for attempts in range(50)]
    assert waits == sorted(waits)
    assert waits[0] < 1 < waits[-1] <= 60


def test_a_pseudonym_is_stable_keyed_and_different_for_each_bot(tmp_path):
    key = load_key(tmp_path)
    assert load_key(tmp_path) == key
    assert (tmp_path / "pseudonymes.cle").stat().st_mode & 0o777 == 0o600
    assert pseudonym(key, "a", "1") == pseudonym(key, "a", "1")
    assert len({pseudonym(key, "a", "1"), pseudonym(key, "b", "1"), pseudonym(b"autre" * 8, "a", "1")}) == 3


def test_spoken_replies_survive_the_outbox():
    reply = Spoken("ar", "rtl", ((Span("3114", "tel", "tel:3114", ltr=True),),), (), urgent=True)
    assert Spoken.from_json(reply.to_json()) == reply


async def visits(world) -> list[tuple[str, str, int, int]]:
    return await world.store.read(
        lambda db: db.execute("SELECT canal, langue, messages, conversations FROM frequentation").fetchall()
    )


async def test_each_message_is_counted_and_each_conversation_once(world):
    await world.ask("un")
    await world.ask("deux")
    await world.ask("un", "bilal")
    assert await visits(world) == [("web", "fr", 3, 2)]

    world.clock.passes(minutes=31)
    await world.ask("trois")
    assert await visits(world) == [("web", "fr", 4, 3)]


async def test_a_message_sent_twice_is_counted_once(world):
    await world.ask("un", update_id="x")
    await world.ask("un", update_id="x")
    assert await visits(world) == [("web", "fr", 1, 1)]


async def test_asking_to_erase_begins_no_conversation(world):
    await world.ask("/effacer")
    assert await visits(world) == [("web", "fr", 1, 0)]
    await world.ask("un")
    assert await visits(world) == [("web", "fr", 2, 1)]


async def test_a_message_that_breaks_the_engine_still_counts(world):
    await world.ask("panne")
    await world.ask("un")
    assert await visits(world) == [("web", "fr", 2, 1)]


async def test_messages_that_begin_a_conversation_together_begin_one(world):
    await asyncio.gather(*(world.ask(f"m{n}") for n in range(5)))
    assert await visits(world) == [("web", "fr", 5, 1)]


async def test_a_conversation_erased_then_taken_up_is_another_since_nothing_could_know_it(world):
    await world.ask("un")
    await world.ask("/effacer")
    await world.ask("/effacer")
    assert await visits(world) == [("web", "fr", 3, 1)]
    await world.ask("un")
    assert await visits(world) == [("web", "fr", 4, 2)]


async def test_who_comes_after_a_kiosk_was_left_is_another(world):
    await world.ask("un")
    await world.runner.forget(WEB, "anne")
    await world.ask("un")
    assert await visits(world) == [("web", "fr", 2, 2)]


async def test_messages_too_many_in_a_row_are_counted_in_their_one_conversation(world):
    await asyncio.gather(*(world.ask(f"m{n}") for n in range(35)))
    assert await visits(world) == [("web", "fr", 35, 1)]


async def test_a_message_erased_before_it_was_handled_counts_for_nothing(world):
    await world.runner.stop()
    await world.write("un")
    await world.runner.forget(CHAN, "anne")
    await world.runner.start()
    await world.ask("un", "bilal")
    assert await visits(world) == [("web", "fr", 1, 1)]


async def test_each_channel_and_each_day_has_its_own_counters(world):
    await world.runner.ask(WEB, "b1", "borne-1", Incoming("borne", text="un"))
    await world.ask("un")
    world.clock.passes(hours=14, minutes=-1)  # 23:59, then past midnight, in Amiens
    await world.ask("un", "bilal")
    world.clock.passes(minutes=2)
    await world.ask("deux", "bilal")
    found = await world.store.read(
        lambda db: db.execute(
            "SELECT jour, canal, messages, conversations FROM frequentation ORDER BY jour, canal"
        ).fetchall()
    )
    assert found == [("2026-11-24", "borne", 1, 1), ("2026-11-24", "web", 2, 2), ("2026-11-25", "web", 1, 0)]


async def test_what_waited_when_the_process_ended_is_counted_once(tmp_path):
    first = World(open_store(tmp_path))
    await first.write("un")
    await first.write("un", update_id="x")
    await first.store.close()

    second = World(open_store(tmp_path))
    await second.write("un", update_id="x")
    await second.runner.start()
    await second.paper.until(2)
    assert await visits(second) == [("canal", "fr", 2, 1)]
    await second.runner.stop()
    await second.store.close()


async def test_the_words_of_the_journal_are_forgotten_in_time_and_its_rows_stay(world):
    await world.ask("rien")
    world.clock.passes(days=370)
    await world.runner.purge()
    words = "SELECT count(*), count(mots) FROM journal"
    assert await world.store.read(lambda db: db.execute(words).fetchone()) == (2, 1)
    world.clock.passes(days=130)
    await world.runner.purge()
    assert await world.store.read(lambda db: db.execute(words).fetchone()) == (2, 0)


@pytest.mark.parametrize(
    ("day", "months", "first"),
    [("2026-11-24", 15, "2025-08-01"), ("2026-01-31", 1, "2025-12-01"), ("2026-12-31", 12, "2025-12-01")],
)
def test_words_are_kept_for_whole_months(day, months, first):
    assert months_before(date.fromisoformat(day), months) == date.fromisoformat(first)
