"""The kiosk of a public hall: the resident's page with large pictures, and nothing left of whoever was there before.

Every address it knows is `/borne` or below, so that its cookie is its own. Nothing leads out of it: what elsewhere is
a link is words here, with a code to photograph.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

import segno
from aiohttp import web
from markupsafe import Markup

from bot.channels.webchat import PAGE_TEXTS, BadMessage, WebChat
from bot.conversation.messages import Incoming, T, Text
from bot.langues import Langues
from bot.runner import Runner
from bot.spoken import Spoken
from bot.texts import Texts

NAME = "borne"
# The page itself ends a conversation after a minute of silence; this is for a browser that died in the middle.
FORGET_AFTER = 300.0

BORNE_TEXTS: dict[str, Text] = PAGE_TEXTS | {
    "presence": T("Vous êtes encore là ?"),
    "bientot": T("Sans réponse, tout est effacé."),
    "continuer": T("Oui, je continue"),
    "fini": T("J’ai fini"),
    "telephone": T("Continuer sur mon téléphone"),
    "photo": T("Prenez le carré en photo avec votre téléphone."),
}

_NEED = re.compile(r"(?:porte|pas-ca|droits?):([a-z0-9-]{1,40})")


def square(target: str, title: str) -> Markup:
    """The address as a square to photograph, part of the page."""
    made = segno.make(target, error="l", micro=False)
    return Markup(made.svg_inline(scale=4, border=3, omitsize=True, title=title, svgclass="qr", lineclass=None))


def need_of(spoken: Spoken) -> str | None:
    """The need a reply is about, read from its buttons; None when it is about none."""
    return next((found[1] for choice in spoken.choices if (found := _NEED.match(choice.action))), None)


class Kiosk(WebChat):
    """The same conversation on a screen that many share."""

    name = NAME
    cookie = "borne"
    same_site = "Strict"
    home = "/borne"
    prefix = "/borne"
    page_template = "borne.html"
    replies_template = "borne_replies.html"
    page_texts = BORNE_TEXTS

    def __init__(
        self,
        runner: Runner,
        texts: Callable[[], Texts],
        langues: Langues,
        greet: Callable[[Incoming], tuple[Spoken, ...]],
        public_url: str = "",
    ) -> None:
        super().__init__(runner, texts, langues, greet, public_url)
        self.public_url = public_url
        self.templates.globals["carre"] = square
        self._alone: dict[str, asyncio.TimerHandle] = {}
        self._forgetting: set[asyncio.Task[None]] = set()
        self._over: dict[str, asyncio.TimerHandle] = {}  # ended a moment ago

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get(self.home, self.page)
        app.router.add_post(f"{self.prefix}/message", self.message)
        app.router.add_post(f"{self.prefix}/fin", self.end)
        app.on_cleanup.append(self._stop)

    async def message(self, request: web.Request) -> web.StreamResponse:
        """As on the page; but what was still on its way when its person left is nobody's, and brings nothing back."""
        token = request.cookies.get(self.cookie, "")
        response = None if token in self._over else await super().message(request)
        return self._fresh(self.home) if response is None or token in self._over else response

    async def end(self, request: web.Request) -> web.StreamResponse:
        """Erase the conversation and show the first page to the next person."""
        if token := request.cookies.get(self.cookie):
            if waiting := self._alone.pop(token, None):
                waiting.cancel()
                self._over[token] = asyncio.get_running_loop().call_later(FORGET_AFTER, self._over.pop, token, None)
            await self.runner.forget(self.name, token)
        try:
            fields = await self._fields(request)
        except (BadMessage, ValueError, LookupError, web.HTTPException):
            fields = {}  # whatever it says, it ends
        return self._fresh(self._back(fields))

    def _fresh(self, page: str) -> web.Response:
        """Go to a first page, in no conversation."""
        response = web.Response(status=303, headers={"Location": page})
        response.del_cookie(self.cookie, path=self.home, samesite=self.same_site, httponly=True)
        response.headers["Cache-Control"] = "no-store"
        return response

    def token(self, request: web.Request) -> str:
        """As on the page, but a conversation that ended is over, whatever cookie a late answer has left."""
        token = super().token(request)
        return token if token in self._alone else ""

    def heard(self, token: str) -> None:
        """Forget by ourselves, should the page never say that its person has gone."""
        if token in self._over:
            return
        if waiting := self._alone.pop(token, None):
            waiting.cancel()
        self._alone[token] = asyncio.get_running_loop().call_later(FORGET_AFTER, self._forget, token)

    def _forget(self, token: str) -> None:
        self._alone.pop(token, None)
        task = asyncio.ensure_future(self.runner.forget(self.name, token))
        self._forgetting.add(task)
        task.add_done_callback(self._forgetting.discard)

    async def _stop(self, app: web.Application) -> None:
        for waiting in (*self._alone.values(), *self._over.values()):
            waiting.cancel()

    def _back(self, fields: dict[str, Any]) -> str:
        """The page of this kiosk: on the quarter it stands in."""
        found = re.search(r"(?:^|,)q=([a-z0-9-]{1,40})", str(fields.get("o") or ""))
        return f"{self.home}?{urlencode({'q': found[1]})}" if found else self.home

    def _html(self, request: web.Request, template: str, code: str, status: int = 200, **values: Any) -> web.Response:
        opening = values.get("opening") or self._opening(request)

        def phone(spoken: Spoken) -> str | None:
            """The resident's page, in the same language, on the same quarter and need; None when no phone could reach it."""
            base = self.public_url or f"{request.scheme}://{request.host}"
            if (urlsplit(base).hostname or "") in ("localhost", "127.0.0.1", "::1"):
                return None
            quarter = urlsplit(self._back({"o": opening})).query.partition("=")[2]
            fields = {"l": spoken.langue, "q": quarter, "b": need_of(spoken) or ""}
            return f"{base}/?{urlencode({key: value for key, value in fields.items() if value})}"

        page = self._back({"o": opening})
        return super()._html(request, template, code, status, phone=phone, need_of=need_of, here=page, **values)
