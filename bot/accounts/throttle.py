"""How often may one try to come in? Some times per account and per address in a quarter of an hour, then wait.

Counts live in memory, under what the caller gives for an address (a keyed digest): no address is stored.
"""

from __future__ import annotations

import time

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

# Somebody at one place guessing one password; many places guessing it; one place trying many names.
PAIR, ACCOUNT, ADDRESS = parse("6/15minutes"), parse("40/15minutes"), parse("60/15minutes")
# A browser from which that account came in before: what others try does not keep its owner out.
KNOWN = parse("10/15minutes")


class Throttle:
    """Counts tries; `wait` counts one and says how many seconds to wait, 0 when one may try now."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def wait(self, address: str, name: str, known: str = "") -> int:
        """Count a try before the password is looked at, so that many at once are counted too.

        `known` names the browser when that account came in from it before: then its own tries alone count.
        """
        if known:
            return self._count(KNOWN, "known", known, name)
        # In this order, and no further than the first refusal: one place cannot use up the tries of somebody's account.
        for item, *key in ((ADDRESS, "address", address), (PAIR, "pair", address, name), (ACCOUNT, "account", name)):
            if wait := self._count(item, *key):
                return wait
        return 0

    def _count(self, item: RateLimitItem, *key: str) -> int:
        if self._limiter.hit(item, *key):
            return 0
        return max(1, int(self._limiter.get_window_stats(item, *key).reset_time - time.time()) + 1)

    def forget(self, address: str, name: str, known: str = "") -> None:
        """Whoever came in knows the password: their tries are forgotten."""
        if known:
            self._limiter.clear(KNOWN, "known", known, name)
        self._limiter.clear(PAIR, "pair", address, name)
