"""Which pages staff may open, and what stands before each: who asks, whether they may, whether the form is ours.

Every page is closed to those it does not name; one that names nobody must be in OUVERTES too, or nothing starts.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping

from aiohttp import web
from yarl import URL

from bot.accounts import sessions
from bot.accounts.throttle import Throttle
from bot.storage.base import StoreUnavailable
from bot.web import bureau, bureau_annuaire, bureau_signalements, chiffres, comptes, entree, fiche, revue
from bot.web.security import which_page
from bot.web.staff_page import (
    BASE,
    COMPTE,
    MENU,
    OUVERT,
    SERVICES,
    SESSION,
    SESSION_COOKIE,
    Handler,
    Page,
    Services,
    is_our_form,
    render,
    services,
)
from bot.web.staff_texts import _

log = logging.getLogger(__name__)

# One line per module of pages, in the order of the menu.
MODULES = (entree, bureau, bureau_annuaire, bureau_signalements, revue, chiffres, comptes)
# Pages outside /equipe that anybody may open and that post nothing.
PUBLIQUES: tuple[Page, ...] = fiche.PAGES
# The only staff pages that open without an account.
OUVERTES = frozenset({"/connexion", "/premier/{jeton}", "/acces/{jeton}"})

ERRORS = {
    400: _("Ce formulaire n’est pas arrivé en entier. Revenez en arrière et envoyez-le encore une fois."),
    403: _("Cette page n’est pas ouverte à votre rôle. Demandez à un administrateur s’il vous la faut."),
    404: _("Cette page n’existe pas, ou n’existe plus."),
    405: _("Cette page n’existe pas, ou n’existe plus."),
    413: _("C’est trop long pour ce formulaire. Revenez en arrière : votre texte y est encore. Gardez l’essentiel."),
    500: _("Il y a une panne. Rien de ce qui était enregistré n’est perdu. Réessayez dans un moment."),
    503: _("La base de données ne répond pas. Rien n’est perdu. Réessayez dans un moment."),
}
FORGED = _(
    "Ce formulaire ne vient pas d’une page ouverte ici, ou votre session a changé depuis."
    " Revenez en arrière, rechargez la page, et envoyez-le encore une fois."
)
ELSEWHERE = _("Ce formulaire vient d’une autre adresse. Ouvrez la page du site de l’équipe et recommencez.")
GONE_OUT = _("Votre session est finie. Rien n’a été enregistré. Connectez-vous, puis envoyez encore votre formulaire.")
# Nothing of these goes back on a page.
SECRETS = frozenset({"jeton", "mot_de_passe", "encore", "actuel"})


def pages() -> tuple[Page, ...]:
    """Every staff page, with the path it has under /equipe."""
    return tuple(page for module in MODULES for page in module.PAGES)


def create_staff(given: Services) -> web.Application:
    """The staff site, to be mounted under /equipe."""
    app = web.Application(middlewares=[_gate])
    app[SERVICES] = given
    app[entree.THROTTLE] = Throttle()
    app[MENU] = tuple(_rooted(page) for page in pages() if page.menu)
    add_pages(app, pages(), OUVERTES)
    return app


def mount(app: web.Application, given: Services) -> None:
    """Put the staff site and the public pages that go with it into the application of the resident's page."""
    app[SERVICES] = given
    app[MENU] = ()
    for page in PUBLIQUES:
        app.router.add_route(page.method, page.path, page.handler)
    app.router.add_get(BASE, _to_base)
    app.add_subapp(f"{BASE}/", create_staff(given))


def error_page(request: web.Request, status: int, message: str = "", written: tuple[str, ...] = ()) -> web.Response:
    """One plain sentence, on a page of the staff site; `written` is given back to whoever wrote it."""
    if not message:
        message = ELSEWHERE if status == 403 and COMPTE not in request else ERRORS.get(status, ERRORS[500])
    response = render(request, "equipe/erreur.html", status=status, message=message, ecrits=written)
    response.headers["Cache-Control"] = "no-store"
    return response


async def _to_base(request: web.Request) -> web.Response:
    return web.Response(status=308, headers={"Location": f"{BASE}/"})


def _rooted(page: Page) -> Page:
    return Page(page.method, BASE + page.path, page.handler, page.roles, page.menu, page.resume)


ROLES: web.AppKey[dict[tuple[str, str], frozenset[str]]] = web.AppKey("roles", dict)


def add_pages(app: web.Application, listed: Iterable[Page], open_paths: frozenset[str]) -> None:
    roles: dict[tuple[str, str], frozenset[str]] = {}
    for page in listed:
        if (page.roles == OUVERT) != (page.path in open_paths):
            raise ValueError(f"{page.path}: a page is open when it names no role and is listed in OUVERTES, or closed")
        app.router.add_route(page.method, page.path, page.handler)
        roles[page.method, BASE + page.path] = page.roles
    app[ROLES] = roles


@web.middleware
async def _gate(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let through who may pass; whatever fails behind becomes one plain sentence."""
    try:
        response = await _pass(request, handler)
    except web.HTTPException as error:
        response = error if error.status < 400 else error_page(request, error.status)
    except StoreUnavailable:
        response = error_page(request, 503, written=await _given_back(request))
    except ConnectionResetError:
        raise
    except Exception:
        log.exception("a staff page failed: %s %s", request.method, which_page(request))
        response = error_page(request, 500, written=await _given_back(request))
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.setdefault("Vary", "Cookie")
    return response


async def _pass(request: web.Request, handler: Handler) -> web.StreamResponse:
    request[COMPTE] = None
    await _recognise(request)
    route = request.match_info.route
    method = "GET" if request.method == "HEAD" else request.method
    canonical = route.resource.canonical if route.resource is not None else ""
    roles = request.app[ROLES].get((method, canonical))
    who = request[COMPTE]
    if roles is None:
        # Nobody outside learns which addresses exist.
        return await handler(request) if who else await _to_login(request)
    if roles and who is None:
        return await _to_login(request)
    if roles and who.role not in roles:
        return error_page(request, 403)
    if request.method not in ("GET", "HEAD"):
        fields = await _posted(request)
        if not is_our_form(request, request.headers.get("X-Jeton") or fields.get("jeton")):
            return error_page(request, 403, FORGED, await _written(request))
    return await handler(request)


async def _recognise(request: web.Request) -> None:
    """Note on the request whose session it is, if it is one."""
    token = request.cookies.get(SESSION_COOKIE, "")
    if not token:
        return
    here = services(request)
    now = here.clock()
    found = await here.store.read(lambda db: sessions.find(db, token, now, here.idle))
    if found is None:
        return
    request[COMPTE], stale = found
    request[SESSION] = token
    if stale:
        await here.store.write(lambda db: sessions.touch(db, token, now))


async def _to_login(request: web.Request) -> web.StreamResponse:
    if request.method not in ("GET", "HEAD"):
        return error_page(request, 403, GONE_OUT, await _written(request))
    target = URL(f"{BASE}/connexion")
    if request.path != f"{BASE}/":
        target = target.with_query(suite=request.path_qs)
    return web.Response(status=303, headers={"Location": str(target)})


async def _posted(request: web.Request) -> Mapping[str, object]:
    """The fields of a form of ours. They are in UTF-8 and carry no file: anything else is refused before it is read."""
    charset = (request.charset or "utf-8").lower()
    if request.content_type.startswith("multipart/") or charset != "utf-8":
        raise web.HTTPBadRequest
    try:
        return await request.post()
    except (ValueError, LookupError):
        raise web.HTTPBadRequest from None


async def _given_back(request: web.Request) -> tuple[str, ...]:
    """As `_written`, when something failed already: nothing more may."""
    try:
        return await _written(request) if request.method == "POST" else ()
    except (web.HTTPException, ConnectionResetError):
        return ()


async def _written(request: web.Request) -> tuple[str, ...]:
    """What somebody had typed at length in a form that is refused: it came from their browser, and goes back to it."""
    fields = await _posted(request)
    texts = (value for name, value in fields.items() if name not in SECRETS and isinstance(value, str))
    return tuple(text for text in texts if len(text) >= 20 and " " in text)
