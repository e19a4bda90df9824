"""What every test stands on: no network but loopback, a fixed now, the real data loaded once."""

from __future__ import annotations

import os
import socket
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.browser import HOW, find_chromium

ROOT = Path(__file__).resolve().parent.parent
PARIS = ZoneInfo("Europe/Paris")
LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")

_real_connect = socket.socket.connect


def _connect_on_loopback_only(self: socket.socket, address, *rest):
    if self.family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(LOOPBACK):
        raise RuntimeError(f"a test tried to reach {address}: tests use loopback only")
    return _real_connect(self, address, *rest)


socket.socket.connect = _connect_on_loopback_only


@pytest.fixture
def now() -> datetime:
    """Tuesday 24 November 2026, 10:00 in Amiens: a school day, desks open."""
    return datetime(2026, 11, 24, 10, 0, tzinfo=PARIS)


@pytest.fixture(scope="session")
def chromium() -> str:
    path = find_chromium()
    if path is None:
        message = f"no Chromium on this machine: {HOW}"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests in a browser come last: its driver keeps an event loop running, in which no asynchronous test can start."""
    items.sort(key=lambda item: "browser" in getattr(item, "fixturenames", ()))


def pytest_terminal_summary(terminalreporter) -> None:
    """Say last, where nobody misses it, which tests did not run for lack of a browser."""
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if "no Chromium" in str(report.longrepr)]
    if skipped:
        terminalreporter.write_line("")
        terminalreporter.write_line(f"{len(skipped)} tests of pages did not run: no Chromium here. To run them: {HOW}")
        for report in skipped:
            terminalreporter.write_line(f"  {report.nodeid}")
