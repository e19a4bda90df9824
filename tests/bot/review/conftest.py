from __future__ import annotations

import pytest

from tests.bot.review.scene import database


@pytest.fixture
def db(tmp_path):
    connection = database(tmp_path)
    yield connection
    connection.close()
