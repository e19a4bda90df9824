"""How replies leave: in order for each person, as fast as the channel allows, and again when it fails."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from bot.channels.base import Channel, Gone, Refused, Retry
from bot.storage.base import DeadLetter, Letter, Store, StoreUnavailable

log = logging.getLogger(__name__)

TOO_LATE = timedelta(hours=24)  # an answer that could not leave for a day answers nobody any more
FIRST_WAIT, LONGEST_WAIT = 0.3, 60.0
CHAT_RATE, CHAT_BURST = 1.0, 5.0  # what Telegram takes in one chat: one a second, bursts forgiven
IDLE = 1.0
GRACE = 3.0


class Pace:
    """A bucket of `burst` tokens refilled at `rate` a second; `wait` says how long the next token takes."""

    __slots__ = ("_burst", "_rate", "_stamp", "_tokens")

    def __init__(self, rate: float, burst: float) -> None:
        self._rate, self._burst = rate, burst
        self._tokens, self._stamp = burst, float("-inf")

    def wait(self, now: float) -> float:
        """Take a token, on credit if needed; returns the seconds to wait before using it. `now` is monotonic."""
        if self._stamp > float("-inf"):
            self._tokens = min(self._burst, self._tokens + (now - self._stamp) * self._rate)
        self._stamp = now
        self._tokens -= 1
        return max(0.0, -self._tokens / self._rate)

    def full(self, now: float) -> bool:
        return self._tokens + (now - self._stamp) * self._rate >= self._burst


def backoff(attempts: int) -> float:
    """Seconds before trying again after so many failures."""
    return min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(attempts, 20))


async def let_finish(tasks: Iterable[asyncio.Task[None]], seconds: float = GRACE) -> None:
    """Wait for what is under way (a reply cut short would be said again at the next start), then cancel the rest."""
    tasks = set(tasks)
    if tasks:
        await asyncio.wait(tasks, timeout=seconds)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


class Sender:
    """Sends what the storage holds. `rate` is messages a second over a whole channel, None for no limit."""

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        clock: Callable[[], datetime],
        tell_operator: Callable[[str], None],
        *,
        rate: float | None = None,
        at_once: int = 256,
    ) -> None:
        self._store = store
        self._channels = channels
        self._clock = clock
        self._tell = tell_operator
        self._rate = rate
        self._at_once = at_once
        self._overall: dict[str, Pace] = {}
        self._chats: dict[str, Pace] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """There is something to send."""
        self._wake.set()

    async def run(self) -> None:
        """Send for ever; cancel to stop: what was not sent stays in the storage."""
        try:
            while True:
                self._wake.clear()
                letters = await self._due()
                for letter in letters:
                    task = asyncio.create_task(self._send(letter))
                    self._tasks.add(task)
                    task.add_done_callback(self._done)
                if not letters:
                    try:
                        await asyncio.wait_for(self._wake.wait(), IDLE)
                    except TimeoutError:
                        self._forget_paces()
        finally:
            await let_finish(self._tasks)

    async def _due(self) -> tuple[Letter, ...]:
        free = self._at_once - len(self._tasks)
        if free <= 0:
            return ()
        try:
            return await self._store.claim_letters(free, self._clock())
        except StoreUnavailable as error:
            self._tell(f"Base de données: réponses en attente ({error}). Nouvel essai.")
            return ()

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._wake.set()
        if not task.cancelled() and task.exception() is not None:
            log.error("sending failed", exc_info=task.exception())
            self._tell(f"Envoi: erreur inattendue ({type(task.exception()).__name__}).")

    async def _send(self, letter: Letter) -> None:
        channel = self._channels.get(letter.bot)
        if channel is None:
            # The channel is not plugged in this time (its token was taken away): the reply waits for it.
            await self._later(letter, LONGEST_WAIT, failed=False)
            return
        if self._clock() - letter.written > TOO_LATE:
            await self._drop(letter, "perime", "TooLate")
            return
        await self._take_turn(letter)
        try:
            await channel.send(letter.address, letter.spoken)
        except Retry as error:
            if error.after is None and letter.attempts >= 3:
                self._tell(f"{letter.bot.partition(':')[0]}: envois en échec ({error}). Nouvel essai.")
            await self._later(letter, backoff(letter.attempts) if error.after is None else error.after, failed=True)
        except Gone as error:
            log.info("%s: %s", letter.bot, error)
            await self._until_done(lambda: self._store.block(letter.bot, None, letter.lane, self._clock()))
        except Refused as error:
            self._tell(f"{letter.bot.partition(':')[0]}: réponse refusée, mise au rebut ({error}).")
            await self._drop(letter, "refuse", type(error.__cause__ or error).__name__)
        except Exception as error:
            log.exception("channel failed")
            self._tell(f"{letter.bot.partition(':')[0]}: réponse mise au rebut ({type(error).__name__}).")
            await self._drop(letter, "refuse", type(error).__name__)
        else:
            # Until this is on disk the reply is not claimed again: it would be said twice.
            await self._until_done(lambda: self._store.sent(letter))

    async def _take_turn(self, letter: Letter) -> None:
        """Keep to the pace of the channel and of the chat; an answer to danger waits for nobody."""
        if not self._rate or letter.spoken.urgent:
            return
        now = asyncio.get_running_loop().time()
        overall = self._overall.setdefault(letter.bot, Pace(self._rate, self._rate))
        chat = self._chats.setdefault(letter.lane, Pace(CHAT_RATE, CHAT_BURST))
        wait = max(overall.wait(now), chat.wait(now))
        if wait > 0:
            await asyncio.sleep(wait)

    def _forget_paces(self) -> None:
        now = asyncio.get_running_loop().time()
        self._chats = {lane: pace for lane, pace in self._chats.items() if not pace.full(now)}

    async def _later(self, letter: Letter, seconds: float, failed: bool) -> None:
        until = self._clock() + timedelta(seconds=seconds)
        await self._until_done(lambda: self._store.postpone(letter, until, failed))
        asyncio.get_running_loop().call_later(seconds, self._wake.set)

    async def _drop(self, letter: Letter, genre: str, erreur: str) -> None:
        dead = DeadLetter(letter.bot, genre, erreur, self._clock().date().isoformat())
        await self._until_done(lambda: self._store.refuse(letter, dead))

    async def _until_done(self, write: Callable) -> None:
        attempts = 0
        while True:
            try:
                await write()
                return
            except StoreUnavailable as error:
                self._tell(f"Base de données: écriture impossible ({error}). Nouvel essai.")
                await asyncio.sleep(backoff(attempts))
                attempts += 1
