"""What a page of the staff site is made of: its entry in the list, what it is given, how it answers.

A page module has handlers `async def page(request) -> web.Response` and its list `PAGES`; `bot.web.staff` opens them
to the roles they name, and to nobody else.
"""

from __future__ import annotations

import base64
import hmac
import json
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bot.accounts.model import ADMINISTRATEUR, AGENT, MEDIATEUR, ROLE_NOMS, Compte
from bot.config import Config
from bot.journal.periods import MOIS
from bot.live import Live
from bot.storage.base import Store
from bot.web.staff_texts import _, pluriel

FOLDER = Path(__file__).resolve().parent
BASE = "/equipe"
SESSION_COOKIE, BEFORE_COOKIE, FLASH_COOKIE = "equipe", "equipe_avant", "equipe_message"
PARIS = ZoneInfo("Europe/Paris")

MEDIATEURS = frozenset({MEDIATEUR, AGENT, ADMINISTRATEUR})
AGENTS = frozenset({AGENT, ADMINISTRATEUR})
ADMINISTRATEURS = frozenset({ADMINISTRATEUR})
OUVERT: frozenset[str] = frozenset()

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Services:
    """What the staff pages stand on. `demo` says that the journal is a made-up one."""

    config: Config
    live: Live
    store: Store
    clock: Callable[[], datetime]
    demo: bool = False

    @property
    def idle(self) -> timedelta:
        return timedelta(minutes=self.config.staff_minutes)


@dataclass(frozen=True, slots=True)
class Page:
    """One address and who may open it: MEDIATEURS, AGENTS, ADMINISTRATEURS, or OUVERT when `staff.OUVERTES` has it too.

    `menu` puts it in the menu and on the first page under that name, `resume` is what the first page says of it.
    """

    method: str
    path: str
    handler: Handler
    roles: frozenset[str]
    menu: str = ""
    resume: str = ""


SERVICES: web.AppKey[Services] = web.AppKey("services", Services)
# What is known of a request: who asks, the token of their session, the token of a form before any session.
COMPTE: web.RequestKey[Compte | None] = web.RequestKey("compte", object)
SESSION: web.RequestKey[str] = web.RequestKey("session", str)
AVANT: web.RequestKey[str] = web.RequestKey("avant", str)
MENU: web.AppKey[tuple[Page, ...]] = web.AppKey("menu", tuple)


def services(request: web.Request) -> Services:
    """What the page may use: data in service, storage, clock, settings."""
    return request.config_dict[SERVICES]


def compte(request: web.Request) -> Compte:
    """Who asks; only on a page that has roles."""
    return request[COMPTE]


async def form(request: web.Request) -> dict[str, str]:
    """The fields of the form that was posted, the last one of each name; a body too large answers 413 by itself.

    Several values of one name: `(await request.post()).getall(name, [])`.
    """
    return {name: value for name, value in (await request.post()).items() if isinstance(value, str)}


def number(text: str | None) -> int | None:
    """A whole number a form or an address gave, None when it is none (or none that SQLite can hold)."""
    if not text or not text.isascii() or not text.isdigit() or len(text) > 18:
        return None
    return int(text)


def jeton(request: web.Request) -> str:
    """The proof that a form comes from our page: derived from the session, or from a cookie set with the form."""
    base = request.get(SESSION) or request.cookies.get(BEFORE_COOKIE) or request.get(AVANT)
    if not base:
        base = request[AVANT] = secrets.token_urlsafe(24)
    return hmac.new(base.encode(), b"jeton", sha256).hexdigest()


def is_our_form(request: web.Request, given: object) -> bool:
    """True when the posted token is the one this browser was given."""
    base = request.get(SESSION) or request.cookies.get(BEFORE_COOKIE)
    if not base or not isinstance(given, str):
        return False
    wanted = hmac.new(base.encode("utf-8", "surrogatepass"), b"jeton", sha256).hexdigest()
    return hmac.compare_digest(wanted.encode(), given.encode("utf-8", "surrogatepass"))


def render(request: web.Request, template: str, *, status: int = 200, **values: Any) -> web.Response:
    """A page from templates/. It knows `compte`, `menu`, `demo`, `ici` (the address), `maintenant`, `jeton()`, `_`."""
    who = request.get(COMPTE)
    here = services(request)
    kept = read_flash(request)
    html = (
        templates()
        .get_template(template)
        .render(
            compte=who,
            role_nom=ROLE_NOMS[who.role] if who else "",
            menu=[page for page in request.config_dict[MENU] if who and who.role in page.roles],
            demo=here.demo,
            ici=request.path,
            maintenant=here.clock(),
            jeton=lambda: jeton(request),
            annonce=kept,
            version=version(),
            **values,
        )
    )
    response = web.Response(text=html, status=status, content_type="text/html", headers={"Content-Language": "fr"})
    if kept is not None:
        response.del_cookie(FLASH_COOKIE, path=BASE)
    if fresh := request.get(AVANT):
        set_cookie(request, response, BEFORE_COOKIE, fresh)
    return response


def redirect(request: web.Request, path: str, message: str = "", *, faute: bool = False) -> web.Response:
    """Go to a page of ours after a form, and say there, once, what was done (`faute`: what was not)."""
    response = web.Response(status=303, headers={"Location": path})
    if message:
        data = base64.urlsafe_b64encode(json.dumps([message, faute]).encode()).decode()
        set_cookie(request, response, FLASH_COOKIE, f"{data}.{_seal(request, data)}", max_age=120)
    return response


def read_flash(request: web.Request) -> tuple[str, bool] | None:
    """What the page before asked to say here; None when nothing, or when the cookie is not ours."""
    data, dot, seal = request.cookies.get(FLASH_COOKIE, "").partition(".")
    if not dot or not hmac.compare_digest(_seal(request, data).encode(), seal.encode("utf-8", "surrogatepass")):
        return None
    message, faute = json.loads(base64.urlsafe_b64decode(data))
    return message, faute


def _seal(request: web.Request, data: str) -> str:
    base = request.get(SESSION) or "sans session"
    return hmac.new(base.encode(), f"message {data}".encode("utf-8", "surrogatepass"), sha256).hexdigest()


def set_cookie(
    request: web.Request, response: web.StreamResponse, name: str, value: str, *, max_age: int | None = None
) -> None:
    """A cookie of the staff site: scripts cannot read it, other sites cannot send it."""
    secure = services(request).config.public_url.startswith("https://") or request.secure
    response.set_cookie(name, value, max_age=max_age, httponly=True, samesite="Strict", secure=secure, path=BASE)


@cache
def templates() -> Environment:
    """The templates of the staff pages; what a page forgets to give them is an error, not an empty place."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=select_autoescape(),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.globals |= {"_": _, "pluriel": pluriel}
    environment.filters |= {"jour": jour, "moment": moment}
    return environment


def version() -> str:
    """The date of the newest file served: a browser keeps a sheet or a script until it changes."""
    return str(max(int(path.stat().st_mtime) for path in (FOLDER / "static").iterdir()))


def jour(value: str | datetime | Any) -> str:
    """A day in words: an ISO day or a date, "3 mai 2026"."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return f"{'1er' if value.day == 1 else value.day} {MOIS[value.month - 1]} {value.year}"


def moment(value: str | datetime) -> str:
    """A moment in words, in Amiens: an ISO moment with its zone, or an aware datetime, "3 mai 2026 à 14:05"."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    value = value.astimezone(PARIS)
    return f"{jour(value)} à {value:%H:%M}"
