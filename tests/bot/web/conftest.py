"""A real site in its own process, and a real browser."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from bot.accounts import table
from bot.config import load_config
from bot.live import load as load_live
from bot.storage.sqlite import beside
from tests.bot.web.equipe import HASHED, PASSWORD, Equipe, open_equipe


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running_site(folder: Path, **settings: str) -> Iterator[str]:
    """`bonneporte serve` on a free port with its data in `folder`; yields its address."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BONNEPORTE_")}
    environment |= {"BONNEPORTE_DATA": str(folder), "BONNEPORTE_PORT": str(port), **settings}
    log = folder / "serve.log"
    folder.mkdir(parents=True, exist_ok=True)
    with log.open("w") as out:
        process = subprocess.Popen([sys.executable, "-m", "bot", "serve"], env=environment, stdout=out, stderr=out)
    url = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(url + "/static/porte.svg", timeout=2).close()
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > deadline:
                    pytest.fail(f"the site did not start:\n{log.read_text()}")
                time.sleep(0.05)
        yield url
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the site of `site` keeps its data."""
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="session")
def site(site_folder: Path) -> Iterator[str]:
    with running_site(site_folder) as url:
        yield url


@pytest.fixture(scope="session")
def browser(chromium: str):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]
        running = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield running
        running.close()


@pytest.fixture
def visit(browser, site):
    """Open a page as a new visitor: `visit("/", width=360, scripts=False, locale="ar")`."""
    contexts = []

    def open_page(path: str = "/", *, width: int = 1280, scripts: bool = True, locale: str = "fr-FR"):
        context = browser.new_context(
            viewport={"width": width, "height": 720}, java_script_enabled=scripts, locale=locale
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.goto(site + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


# The staff site, in this process: `browser = await equipe.entre("agent")`, then `await browser.get("/equipe/…")`.


@pytest.fixture(scope="session")
def live():
    """The real data in service."""
    return load_live(load_config({}).directory)


@pytest.fixture
async def equipe(tmp_path: Path, live, now: datetime) -> AsyncIterator[Equipe]:
    async with open_equipe(tmp_path / "donnees", live, now, {}) as running:
        yield running


# The staff site in Chromium: `page = visit_equipe("agent", "/equipe/revue", width=360)`.


@pytest.fixture(scope="session")
def staff_cookies(browser, site: str, site_folder: Path):
    """The cookies of somebody of each role, come in once through the login page."""
    known: dict[str, list] = {}

    def cookies(role: str) -> list:
        if role not in known:
            nom = f"{role}.chromium"
            with beside(site_folder) as db:
                table.set_password(db, "essai", table.add(db, "essai", nom, role), HASHED)
            context = browser.new_context(locale="fr-FR")
            page = context.new_page()
            page.goto(site + "/equipe/connexion")
            page.get_by_label("Identifiant").fill(nom)
            page.get_by_label("Mot de passe").fill(PASSWORD)
            page.get_by_role("button", name="Entrer").click()
            page.get_by_role("button", name="Sortir").wait_for()
            known[role] = context.cookies()
            context.close()
        return known[role]

    return cookies


@pytest.fixture
def visit_equipe(browser, site: str, staff_cookies):
    """Open a staff page as somebody of a role: `visit_equipe("mediateur", "/equipe/bureau", width=360)`."""
    contexts = []

    def open_page(role: str, path: str, *, width: int = 1280, height: int = 800, scripts: bool = True):
        context = browser.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=scripts, locale="fr-FR"
        )
        context.set_default_timeout(15_000)
        context.add_cookies(staff_cookies(role))
        contexts.append(context)
        page = context.new_page()
        page.goto(site + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
