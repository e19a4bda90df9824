"""The resident's web page: the same conversation as everywhere, with scripts or without, one cookie and no account.

The cookie is a random token, set when a person first says something and gone with the browser; the server keeps only
its keyed pseudonym. What the person typed is never shown again by the server: only answers are kept, while the
conversation runs.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, select_autoescape

from bot.conversation.messages import Incoming, T, Text
from bot.langues import SOURCE, Langues
from bot.runner import Runner
from bot.spoken import Spoken
from bot.storage.base import StoreUnavailable
from bot.texts import Texts
from bot.web.security import MAX_BODY
from directory.model import Point

NAME = "web"
COOKIE = "porte"
FOLDER = Path(__file__).resolve().parent.parent / "web"
ANSWER_WITHIN = 20.0  # seconds a page waits for its answer before it says so

PAGE_TEXTS: dict[str, Text] = {
    "titre": T("Trouver de l’aide à Amiens"),
    "devise": T("Dites ce qu’il vous faut. On vous dit où aller."),
    "langues": T("Changer de langue"),
    "aller_ecrire": T("Aller à la question"),
    "conversation": T("Conversation"),
    "question": T("Votre question"),
    "exemple": T("Par exemple : je ne peux pas payer l’électricité"),
    "envoyer": T("Envoyer"),
    "position": T("Partager ma position"),
    "attente": T("Un instant…"),
    "panne": T("La réponse n’est pas arrivée. Vérifiez votre connexion et réessayez."),
    "recommencer": T("Recommencer"),
    "effacer": T("Tout effacer"),
    "retour": T("Revenir à la conversation"),
}

ERRORS: dict[int, Text] = {
    400: T("Ce message n’est pas arrivé en entier. Envoyez-le encore une fois."),
    403: T("Cette page ne peut pas recevoir ce message. Ouvrez la page de La Bonne Porte et écrivez-le là."),
    404: T("Cette page n’existe pas."),
    405: T("Cette page n’existe pas."),
    413: T("Ce message est trop long. Écrivez-le en quelques phrases."),
    500: T("Il y a une panne chez nous. Réessayez dans un moment. En danger : appelez le 15, le 17 ou le 112."),
    503: T("La réponse tarde. Réessayez dans un moment. En danger : appelez le 15, le 17 ou le 112."),
}


class BadMessage(ValueError):
    """What came is not a message of this page."""


@dataclass(frozen=True, slots=True)
class Posted:
    """One message as posted: a number that makes a repeat harmless, and the message itself."""

    number: str
    incoming: Incoming


def read_message(fields: dict[str, Any], hint: str | None, channel: str = NAME) -> Posted:
    """Turn posted fields into a message of that channel; raise BadMessage when they are none."""
    number = fields.get("n")
    if not isinstance(number, str) or not 1 <= len(number) <= 64 or not number.isascii():
        number = secrets.token_urlsafe(12)
    text, action = fields.get("text"), fields.get("action")
    if isinstance(action, str) and action:
        return Posted(number, Incoming(channel, action=action[:64], hint=hint))
    if isinstance(text, str) and text.strip():
        return Posted(number, Incoming(channel, text=text[:4096], hint=hint))
    if "lat" in fields and "lon" in fields:
        try:
            latitude, longitude = float(fields["lat"]), float(fields["lon"])
        except (TypeError, ValueError):
            raise BadMessage("lat and lon must be numbers") from None
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise BadMessage("lat and lon out of range")
        return Posted(number, Incoming(channel, point=Point(latitude, longitude), hint=hint))
    if isinstance(text, str):
        return Posted(number, Incoming(channel, text="", hint=hint))
    raise BadMessage("no text, action or position")


def preferred_language(header: str, langues: Langues) -> str | None:
    """The code we speak that an Accept-Language header likes best, None when it names none."""
    weighted = []
    for rank, part in enumerate(header[:200].split(",")):
        tag, _, quality = part.strip().partition(";q=")
        try:
            weighted.append((-float(quality or 1), rank, tag))
        except ValueError:
            continue
    return next((code for _, _, tag in sorted(weighted) if (code := langues.connue(tag))), None)


class WebChat:
    """The page and what it posts to. `greet` says the first words without recording anything; `texts` gives the
    catalogues in service. `Kiosk` is the same page for a kiosk: what differs is named here."""

    name = NAME
    cookie = COOKIE
    same_site = "Lax"
    home = "/"
    prefix = ""  # of the addresses that are posted to
    page_template = "chat.html"
    replies_template = "replies.html"
    page_texts = PAGE_TEXTS

    def __init__(
        self,
        runner: Runner,
        texts: Callable[[], Texts],
        langues: Langues,
        greet: Callable[[Incoming], tuple[Spoken, ...]],
        public_url: str = "",
    ) -> None:
        self.runner = runner
        self.texts = texts
        self.langues = langues
        self.greet = greet
        self.secure_cookie = public_url.startswith("https://")
        self.templates = Environment(
            loader=FileSystemLoader(FOLDER / "templates"), autoescape=select_autoescape(), trim_blocks=True
        )
        # The date of the newest file: a browser keeps a sheet or a script until it changes.
        self.version = str(max(int(path.stat().st_mtime) for path in (FOLDER / "static").iterdir()))

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/", self.page)
        app.router.add_post("/message", self.message)
        app.router.add_static("/static/", FOLDER / "static", append_version=False)

    async def page(self, request: web.Request) -> web.Response:
        """The conversation so far, or the first words. `?q=etouvie`, `?b=energie` and `?l=ar` open it prepared."""
        token = self.token(request)
        fil = await self.runner.thread(self.name, token) if token else ()
        opening, running = self._opening(request), bool(fil)
        if not running:
            fil = self.greet(self._start(request, opening))
        return self._html(request, self.page_template, fil[-1].langue, fil=fil, opening=opening, running=running)

    def _opening(self, request: web.Request) -> str:
        """What the page was opened with, carried by its forms until a conversation exists."""
        return ",".join(f"{key}={value[:40]}" for key in ("l", "q", "b") if (value := request.query.get(key)))

    def _start(self, request: web.Request, opening: str) -> Incoming:
        """The first message of a conversation opened that way."""
        fields = dict(part.partition("=")[::2] for part in opening[:140].split(","))
        if (code := self.langues.connue(fields.get("l"))) and not {"q", "b"} & fields.keys():
            return Incoming(self.name, action=f"langue:{code}", hint=code)
        payload = "_".join(f"{key}-{fields[key]}" for key in ("q", "b") if key in fields)
        return Incoming(self.name, text=f"/start {payload}".strip(), hint=code or self._hint(request))

    async def message(self, request: web.Request) -> web.StreamResponse:
        """Answer one message: a fragment for the script, a redirect to the page for a plain form."""
        try:
            fields = await self._fields(request)
            posted = read_message(fields, self._hint(request), self.name)
        except (BadMessage, LookupError, UnicodeDecodeError, json.JSONDecodeError, RecursionError):
            return self.error_page(request, 400)
        token = self.token(request)
        new = not token
        token = token or secrets.token_urlsafe(24)
        lane = self.runner.lane(self.name, token)
        try:
            if new:
                start = self._start(request, str(fields.get("o") or ""))
                await self.runner.ask(self.name, f"{lane}-o", token, start, timeout=ANSWER_WITHIN)
            # The number is the page's own: it is made unique by whose page it is.
            number = f"{lane}-{posted.number}"
            replies = await self.runner.ask(self.name, number, token, posted.incoming, timeout=ANSWER_WITHIN)
        except (TimeoutError, StoreUnavailable):
            return self.error_page(request, 503)
        if request.content_type == "application/json":
            response = web.json_response({"replies": [spoken.to_json() for spoken in replies]})
        elif request.headers.get("X-Fragment"):
            langue = replies[-1].langue if replies else self._langue(request)
            response = self._html(request, self.replies_template, langue, fil=replies, opening="")
        else:
            response = web.Response(status=303, headers={"Location": f"{self._back(fields)}#ecrire-form"})
        response.set_cookie(
            self.cookie,
            token,
            httponly=True,
            samesite=self.same_site,
            secure=self.secure_cookie or request.secure,
            path=self.home,
        )
        self.heard(token)
        return response

    def token(self, request: web.Request) -> str:
        """The token of the conversation that this browser is in, empty when it is in none."""
        return request.cookies.get(self.cookie, "")

    def heard(self, token: str) -> None:
        """Somebody has just said something; a kiosk counts the silence from here."""

    def _back(self, fields: dict[str, Any]) -> str:
        """The page to show after a plain form."""
        return self.home

    async def _fields(self, request: web.Request) -> dict[str, Any]:
        if request.content_type == "application/json":
            fields = json.loads((await request.read()).decode("utf-8"))
            if not isinstance(fields, dict):
                raise BadMessage("a JSON object is expected")
            return fields
        if request.content_type != "application/x-www-form-urlencoded":
            raise BadMessage("a form or JSON is expected")
        return dict(await request.post())

    def _hint(self, request: web.Request) -> str | None:
        return preferred_language(request.headers.get("Accept-Language", ""), self.langues)

    def _langue(self, request: web.Request) -> str:
        return self._hint(request) or SOURCE

    def _html(self, request: web.Request, template: str, code: str, status: int = 200, **values: Any) -> web.Response:
        langue = self.langues[code]
        say = {key: self.texts().text(text, code) for key, text in self.page_texts.items()}
        html = self.templates.get_template(template).render(
            code=code,
            bcp47=langue.bcp47,
            direction=langue.direction,
            langue_nom=langue.nom,
            langues=self.langues.proposees(),
            nonce=secrets.token_urlsafe(9),
            say=say,
            version=self.version,
            home=self.home,
            prefix=self.prefix,
            **values,
        )
        return web.Response(
            text=html,
            status=status,
            content_type="text/html",
            headers={"Cache-Control": "no-store", "Content-Language": langue.bcp47, "Vary": "Accept-Language, Cookie"},
        )

    def error_page(self, request: web.Request, status: int) -> web.Response:
        """One plain sentence: a whole page, or the sentence alone for the script."""
        code = self._langue(request)
        text = self.texts().text(ERRORS.get(status, ERRORS[500]), code)
        if request.headers.get("X-Fragment") or request.content_type == "application/json":
            return web.Response(text=text, status=status, headers={"Cache-Control": "no-store"})
        return self._html(request, "erreur.html", code, status=status, message=text)


def create_app(chat: WebChat, middleware: Any) -> web.Application:
    """The aiohttp application of the resident's page."""
    app = web.Application(middlewares=[middleware], client_max_size=MAX_BODY)
    chat.add_routes(app)
    return app
