"""Helpers of the staff pages: a site in this process, and somebody logged in to it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from aiohttp import CookieJar, web
from aiohttp.test_utils import TestClient, TestServer

from bot.accounts import passwords, table
from bot.config import load_config
from bot.live import Live
from bot.storage.sqlite import open_store
from bot.web import staff
from bot.web.security import MAX_BODY, error_pages, security_middleware
from bot.web.staff_page import Services

PASSWORD = "quatre mots bien choisis"
HASHED = passwords.hash_password(PASSWORD)


@dataclass(slots=True)
class Moment:
    """A clock that a test sets."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


class Navigateur:
    """One browser: keeps its cookies, gives the token of our forms, never follows a redirect by itself."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.origin = f"http://{client.host}:{client.port}"

    async def get(self, path: str, **options: Any) -> SimpleNamespace:
        return await self._said(self.client.get(path, allow_redirects=False, **options))

    async def page(self, path: str) -> str:
        """The text of a page that must be there."""
        answer = await self.get(path)
        assert answer.status == 200, f"{path}: {answer.status}"
        return answer.text

    async def jeton(self, path: str = "/equipe/connexion") -> str:
        """The token in the forms of this browser."""
        text = (await self.get(path)).text
        found = re.search(r'name="jeton" value="([0-9a-f]+)"', text)
        return found[1] if found else ""

    def cookie(self, name: str) -> str:
        """What this browser keeps under that name."""
        return next((one.value for one in self.client.session.cookie_jar if one.key == name), "")

    async def post(self, path: str, fields: Any = (), *, jeton: str | None = None, origin: str | None = "same"):
        """Post a form the way a page of ours does; `jeton=""` leaves the token out."""
        if jeton is None:
            jeton = await self.jeton("/equipe/motdepasse") or await self.jeton()
        pairs = [*(fields.items() if isinstance(fields, dict) else fields), *([("jeton", jeton)] if jeton else [])]
        headers = {"Origin": self.origin if origin == "same" else origin} if origin else {}
        return await self._said(self.client.post(path, data=pairs, headers=headers, allow_redirects=False))

    async def _said(self, asking: Any) -> SimpleNamespace:
        async with asking as answer:
            return SimpleNamespace(
                status=answer.status,
                text=await answer.text(errors="replace"),
                headers=answer.headers,
                location=answer.headers.get("Location", ""),
                cookies=answer.cookies,
            )


@dataclass(slots=True)
class Equipe:
    """The staff site over a real database; `services.store` and `moment` are there for the test to prepare the scene."""

    services: Services
    moment: Moment
    server: TestServer

    async def anonyme(self) -> Navigateur:
        client = TestClient(self.server, cookie_jar=CookieJar(unsafe=True))
        return Navigateur(client)

    async def compte(self, nom: str, role: str, *, avec_mot_de_passe: bool = True):
        """An account, made without the pages."""

        def operation(db):
            made = table.by_name(db, nom) or table.add(db, "essai", nom, role)
            if avec_mot_de_passe and not (made.a_un_mot_de_passe and table.secret(db, nom)[1] == HASHED):
                table.set_password(db, "essai", made, HASHED)
            return table.by_id(db, made.id)

        return await self.services.store.write(operation)

    async def entre(self, role: str, nom: str = "") -> Navigateur:
        """Somebody of that role, come in through the login page."""
        nom = nom or f"{role}.essai"
        await self.compte(nom, role)
        browser = await self.anonyme()
        answer = await browser.post("/equipe/connexion", {"nom": nom, "mot_de_passe": PASSWORD})
        assert answer.status == 303, answer.text
        return browser

    def routes(self) -> set[tuple[str, str]]:
        """(method, path) of everything under /equipe."""
        return {(page.method, f"/equipe{page.path}") for page in staff.pages()}


@asynccontextmanager
async def open_equipe(folder: Path, live: Live, now: datetime, environ: dict[str, str]) -> AsyncIterator[Equipe]:
    """The staff site in this process, its database in `folder`."""
    moment = Moment(now)
    store = open_store(folder)
    config = replace(load_config(environ), data=folder)
    services = Services(config, live, store, moment, config.demo)

    def resident_error(request: web.Request, status: int) -> web.Response:
        return web.Response(status=status, text="page des habitants")

    protect = security_middleware(config.public_url, error_pages(resident_error, {"/equipe": staff.error_page}))
    app = web.Application(middlewares=[protect], client_max_size=MAX_BODY)
    staff.mount(app, services)
    server = TestServer(app)
    await server.start_server()
    try:
        yield Equipe(services, moment, server)
    finally:
        await server.close()
        await store.close()
