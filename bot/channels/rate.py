"""How many messages a second may leave for Telegram? Apart from the channel, which takes in a whole library."""

from __future__ import annotations

OFFICIAL_RATE = 30.0


def default_rate(base_url: str) -> float | None:
    """Messages a second when nothing is set: what Telegram allows, and no limit for a server of one's own."""
    return OFFICIAL_RATE if not base_url or base_url.startswith("https://api.telegram.org") else None
