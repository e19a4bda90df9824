"""How a message goes from its channel to its answer with nothing lost, nothing done twice and nobody held up.

Stored before it is acknowledged; handled in order within a conversation, conversations side by side; the new state,
the journal's rows and the replies saved in one transaction that erases the stored words; sent from the outbox.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.channels.base import Channel, Delivery, Unreadable
from bot.conversation.events import Effacement, Event
from bot.conversation.messages import Incoming, Line, Reply, T
from bot.conversation.state import Conversation
from bot.journal.rows import Passage, rows
from bot.outbox import GRACE, Sender, backoff, let_finish
from bot.pseudonym import pseudonym
from bot.spoken import Span, Spoken
from bot.storage.base import Claim, DeadLetter, Outcome, Received, Retention, Store, StoreUnavailable

log = logging.getLogger(__name__)

BURST = 30  # messages in a row that a conversation may pile up before it is asked to breathe
AT_ONCE = 32  # messages being saved side by side
BATCH = 16  # messages handled between two writes
IDLE = 1.0
PURGE_EVERY = 60.0
MARKERS_KEPT = timedelta(hours=36)  # Telegram repeats an update for 24 hours at most
BLOCKED_KEPT = timedelta(days=90)
SAME_WORDS = 60.0  # seconds before the operator is told the same thing again

TOO_FAST = T("Vous écrivez très vite. Attendez un peu, puis écrivez votre question encore une fois.")
FAILED = T("Désolé, je n’arrive pas à répondre. Écrivez votre question autrement, s’il vous plaît.")
FAILED_DANGER = T("En cas de danger, appelez le 112.")


def months_before(day: date, months: int) -> date:
    """The first day of the month, that many months before the one of `day`."""
    month = day.year * 12 + day.month - 1 - months
    return date(month // 12, month % 12 + 1, 1)


class Step(Protocol):
    """What the engine returns: `bot.conversation.engine.Step`."""

    conversation: Conversation
    replies: tuple[Reply, ...]
    events: tuple[Event, ...]


class Runner:
    """The one place where messages wait.

    `step(conversation, incoming, now)` is the engine with its world; `say` puts a reply in words; `defi` gives the
    défi of a need and `axe` its axis of défi 3; `clock` is an aware datetime in Europe/Paris. Bots named in `pull` come to read their replies
    (`ask`, `thread`) instead of being sent them. The journal forgets words after `words_kept` months. `alert` is told, in French, what an operator must know.
    """

    def __init__(
        self,
        store: Store,
        step: Callable[[Conversation, Incoming, datetime], Step],
        say: Callable[[Reply], Spoken],
        clock: Callable[[], datetime],
        key: bytes,
        *,
        defi: Callable[[str], int | None] = lambda besoin: None,
        axe: Callable[[str], str | None] = lambda besoin: None,
        pull: Iterable[str] = (),
        session: timedelta = timedelta(minutes=30),
        words_kept: int = 15,
        rate: float | None = None,
        burst: int = BURST,
        alert: Callable[[str], None] = log.warning,
    ) -> None:
        self._store = store
        self._step = step
        self._say = say
        self._clock = clock
        self._key = key
        self._defi = defi
        self._axe = axe
        self._pull = frozenset(pull)
        self._session = session
        self._words_kept = words_kept
        self._burst = burst
        self._alert = alert
        self._told: dict[str, float] = {}
        self._channels: dict[str, Channel] = {}
        self._sender = Sender(store, self._channels, clock, self.tell_operator, rate=rate)
        self._wake = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._loops: list[asyncio.Task[None]] = []
        self._background_tasks: set[asyncio.Task[None]] = set()
        self._in_a_row: dict[str, int] = {}
        self._asked: dict[tuple[str, str], list[asyncio.Future[tuple[Spoken, ...]]]] = {}

    # Starting and stopping.

    def add(self, channel: Channel) -> None:
        """Plug a channel in, before `start`."""
        self._channels[channel.bot] = channel

    async def start(self) -> None:
        """Take up what was waiting, then work for ever in the background."""
        for message in await self._store.pending():
            self._acknowledge(message.bot, message.ack)
        self._loops = [asyncio.create_task(loop) for loop in (self._work(), self._sender.run(), self._purge_often())]

    async def stop(self) -> None:
        """Stop working; what is not finished is in the storage, for the next start."""
        for loop in self._loops:
            loop.cancel()
        await let_finish({*self._loops, *self._tasks, *self._background_tasks}, 2 * GRACE)
        self._loops = []

    # What channels call.

    def lane(self, bot: str, address: str) -> str:
        """The pseudonym of a conversation."""
        return pseudonym(self._key, bot, address)

    async def receive(
        self, bot: str, update_id: str | int, address: str, incoming: Incoming, ack: str | None = None
    ) -> bool:
        """Store one message; once it returns the message cannot be lost. True when it is new.

        Raises StoreUnavailable when it could not be stored: then it must not be acknowledged.
        """
        (new,) = await self.receive_many(bot, [Delivery(str(update_id), address, incoming, ack)])
        return new

    async def receive_many(
        self, bot: str, deliveries: Sequence[Delivery], unreadable: Sequence[Unreadable] = ()
    ) -> tuple[bool, ...]:
        """Store a batch, all or nothing, in one write."""
        now = self._clock()
        messages = [
            Received(bot, one.update_id, self.lane(bot, one.address), one.address, one.incoming, now, one.ack)
            for one in deliveries
        ]
        dead = [DeadLetter(bot, "illisible", one.erreur, now.date().isoformat()) for one in unreadable]
        new = await self._store.receive(messages, dead)
        if dead:
            self.tell_operator(f"{bot.partition(':')[0]}: message illisible mis au rebut ({dead[0].erreur}).")
        for message, is_new in zip(messages, new, strict=True):
            if is_new:
                self._acknowledge(bot, message.ack)
        self._wake.set()
        return new

    async def left(self, bot: str, update_id: str, address: str) -> None:
        """The person stopped the bot: forget them and do not write any more."""
        await self._store.block(bot, update_id, self.lane(bot, address), self._clock())

    async def ask(
        self, bot: str, update_id: str | int, address: str, incoming: Incoming, timeout: float = 10.0
    ) -> tuple[Spoken, ...]:
        """Store, handle, and return the replies, for a bot of `pull`; a repeat returns the replies it had.

        Raises StoreUnavailable, or TimeoutError when the answer takes longer: it will be in the thread.
        """
        key = (bot, str(update_id))
        future: asyncio.Future[tuple[Spoken, ...]] = asyncio.get_running_loop().create_future()
        self._asked.setdefault(key, []).append(future)
        try:
            if not await self.receive(bot, update_id, address, incoming):
                known = await self._store.replies(*key)
                if known is not None:
                    return known
            return await asyncio.wait_for(future, timeout)
        finally:
            waiting = self._asked.get(key, [])
            if future in waiting:
                waiting.remove(future)
            if not waiting:
                self._asked.pop(key, None)

    async def thread(self, bot: str, address: str) -> tuple[Spoken, ...]:
        """The last replies of a conversation of a bot of `pull`, as long as it runs."""
        return await self._store.thread(self.lane(bot, address))

    async def forget(self, bot: str, address: str) -> None:
        """Erase a conversation at once, unanswered messages included (a kiosk left alone)."""
        await self._store.erase(self.lane(bot, address))

    def tell_operator(self, message: str) -> None:
        """Say what an operator must know; the same words are not repeated within a minute."""
        now = asyncio.get_running_loop().time()
        if now - self._told.get(message, float("-inf")) >= SAME_WORDS:
            self._told = {words: told for words, told in self._told.items() if now - told < SAME_WORDS}
            self._told[message] = now
            self._alert(message)

    # Handling.

    async def _work(self) -> None:
        while True:
            self._wake.clear()
            claims = await self._claim()
            if claims:
                # The engine is synchronous and takes milliseconds: one message, then the loop breathes. What a batch
                # gave is saved together, since one commit costs the same for one message as for sixteen.
                outcomes = []
                for claim in claims:
                    outcomes.append(self._outcome(claim))
                    await asyncio.sleep(0)
                for claim, outcome in zip(claims, outcomes, strict=True):
                    task = asyncio.create_task(self._finish(claim, outcome))
                    self._tasks.add(task)
                    task.add_done_callback(self._finished)
            else:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), IDLE)

    async def _claim(self) -> tuple[Claim, ...]:
        if len(self._tasks) >= AT_ONCE:
            return ()
        try:
            return await self._store.claim(BATCH)
        except StoreUnavailable as error:
            self.tell_operator(f"Base de données: messages en attente ({error}). Nouvel essai.")
            return ()

    async def _finish(self, claim: Claim, outcome: Outcome) -> None:
        message = claim.message
        attempts = 0
        while True:
            try:
                more = await self._store.finish(claim, outcome)
                break
            except StoreUnavailable as error:
                self.tell_operator(f"Base de données: réponse en attente ({error}). Nouvel essai.")
                await asyncio.sleep(backoff(attempts))
                attempts += 1
        if not more:
            self._in_a_row.pop(message.lane, None)
        for future in self._asked.pop((message.bot, message.update_id), ()):
            if not future.done():
                future.set_result(outcome.replies)
        self._sender.wake()

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._wake.set()
        if not task.cancelled() and task.exception() is not None:
            log.error("handling failed", exc_info=task.exception())
            self.tell_operator(f"Traitement: erreur inattendue ({type(task.exception()).__name__}).")

    def _outcome(self, claim: Claim) -> Outcome:
        """What the message gives: the engine's step, or a plain and kind sentence when something fails."""
        message, now = claim.message, self._clock()
        keep = message.bot in self._pull
        conversation, nouvelle = self._current(claim)
        passage = Passage(now.date().isoformat(), message.incoming.channel, conversation.langue or "fr", nouvelle)
        row = self._in_a_row.get(message.lane, 0) + 1
        self._in_a_row[message.lane] = row
        try:
            step = self._step(conversation, message.incoming, now)
            if row > self._burst and not any(reply.urgent for reply in step.replies):
                # Understood all the same, since danger may be told in the middle of a burst; but not answered.
                replies = (self._speak(conversation, TOO_FAST),) if row == self._burst + 1 else ()
                return Outcome(replies=replies, keep=keep, passage=passage)
            erase = any(isinstance(event, Effacement) for event in step.events)
            langue = step.conversation.langue or (step.replies[0].langue if step.replies else passage.langue)
            # Asking that everything be erased begins nothing.
            passage = replace(passage, langue=langue, nouvelle=nouvelle and not erase)
            return Outcome(
                conversation=replace(step.conversation, vu_le=now),
                replies=tuple(self._say(reply) for reply in step.replies),
                rows=rows(step.events, passage.jour, passage.canal, self._defi, self._axe),
                keep=keep,
                erase=erase,
                passage=passage,
            )
        except Exception as error:
            log.exception("the engine failed")
            self._bury_later(DeadLetter(message.bot, "moteur", type(error).__name__, now.date().isoformat()))
            self.tell_operator(f"Moteur: un message n'a pas pu être traité ({type(error).__name__}).")
            # The state may be what broke it: only what the person chose is kept.
            fresh = Conversation(
                langue=conversation.langue,
                langue_choisie=conversation.langue_choisie,
                accueilli=conversation.accueilli,
                vu_le=now,
            )
            replies = () if row > self._burst else (self._speak(conversation, FAILED, FAILED_DANGER),)
            return Outcome(conversation=fresh, replies=replies, keep=keep, passage=passage)

    def _current(self, claim: Claim) -> tuple[Conversation, bool]:
        """The conversation as it stands, or a new one (True) when it had ended before this message came."""
        known = claim.conversation
        if known is None or (known.vu_le is not None and claim.message.received - known.vu_le > self._session):
            return Conversation(), True
        return known, False

    def _speak(self, conversation: Conversation, *texts) -> Spoken:
        """Sentences of the runner's own, in French if even saying them fails."""
        langue = conversation.langue or "fr"
        try:
            return self._say(Reply(langue, tuple(Line(text) for text in texts)))
        except Exception:
            log.exception("the texts failed")
            return Spoken("fr", "ltr", tuple((Span(text.msgid),) for text in texts))

    def _bury_later(self, dead: DeadLetter) -> None:
        async def bury() -> None:
            with contextlib.suppress(StoreUnavailable):
                await self._store.bury(dead)

        self._background(bury())

    def _acknowledge(self, bot: str, ack: str | None) -> None:
        channel = self._channels.get(bot)
        if ack is not None and channel is not None:
            self._background(channel.acknowledge(ack))

    def _background(self, work) -> None:
        task = asyncio.ensure_future(work)
        self._background_tasks.add(task)
        task.add_done_callback(self._background_tasks.discard)

    # Forgetting.

    async def purge(self) -> int:
        """Erase what is too old; returns how many conversations went."""
        now = self._clock()
        words = months_before(now.date(), self._words_kept)
        keep = Retention(now - self._session, now - MARKERS_KEPT, now - BLOCKED_KEPT, words)
        return await self._store.purge(keep)

    async def _purge_often(self) -> None:
        while True:
            try:
                await self.purge()
            except StoreUnavailable as error:
                self.tell_operator(f"Base de données: effacement des conversations finies impossible ({error}).")
            await asyncio.sleep(PURGE_EVERY)
