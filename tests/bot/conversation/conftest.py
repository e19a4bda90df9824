from __future__ import annotations

import pytest

from tests.bot.factories import Talk


@pytest.fixture
def talk() -> Talk:
    return Talk()
