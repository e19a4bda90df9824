"""What every page is protected by: headers, the same-origin rule, a size limit, kind errors instead of traces."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

log = logging.getLogger(__name__)

HOST_MAX = 260  # a name of the network has at most 253 characters, then its port
MAX_BODY = 64 * 1024  # a message has at most 4,096 characters; the rest of a form is small

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # "same-origin", not "no-referrer": with the latter browsers send "Origin: null" on a plain form.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Instead of the versions of what serves the page.
    "Server": "bonneporte",
}
# A browser that came over https once never comes again without.
HTTPS_ONLY = {"Strict-Transport-Security": "max-age=31536000"}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
ErrorPage = Callable[[web.Request, int], web.Response]


def is_same_origin(request: web.Request, public_url: str) -> bool:
    """True when the request says it comes from our own pages; a missing, null or foreign Origin is a no."""
    origin = request.headers.get("Origin", "")
    if not origin or origin == "null":
        return False
    if public_url:
        wanted = urlsplit(public_url)
        return origin == f"{wanted.scheme}://{wanted.netloc}"
    return urlsplit(origin).netloc == request.host


def which_page(request: web.Request) -> str:
    """The page as a log may name it: by its place in the list, never by an address, which may hold a token or words."""
    resource = request.match_info.route.resource
    return resource.canonical if resource is not None else "?"


class _NothingOfAnybody(logging.Filter):
    """Keeps out of the log of the HTTP server what a broken request said, and the address it came from."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and isinstance(record.exc_info[1], HttpProcessingError | ConnectionResetError):
            return False  # nonsense, or a browser that went away: nothing to mend here
        if record.args:
            record.msg, record.args = "a request failed outside any page", ()
        return True


def quiet_server_log() -> None:
    """Make the HTTP server log faults of ours only, without anything of who asked."""
    logger = logging.getLogger("aiohttp.server")
    if not any(isinstance(one, _NothingOfAnybody) for one in logger.filters):
        logger.addFilter(_NothingOfAnybody())


def error_pages(site: ErrorPage, parts: dict[str, ErrorPage]) -> ErrorPage:
    """The error page that fits an address: that of the part of the site it is under ("/equipe"), else the site's own."""

    def choose(request: web.Request, status: int) -> web.Response:
        top = "/" + request.path.split("/")[1]
        return parts.get(top, site)(request, status)

    return choose


def security_middleware(public_url: str, error_page: ErrorPage) -> Callable[[web.Request, Handler], Awaitable]:
    """Wrap every answer in the headers above, refuse foreign posts, and turn any failure into `error_page`.

    A route that has its own proof of origin (the Telegram webhook and its secret) sets `handler.own_proof = True`.
    """

    headers = HEADERS | (HTTPS_ONLY if public_url.startswith("https://") else {})

    @web.middleware
    async def protect(request: web.Request, handler: Handler) -> web.StreamResponse:
        own_proof = getattr(request.match_info.handler, "own_proof", False)
        try:
            if len(request.host) > HOST_MAX:
                response: web.StreamResponse = error_page(request, 400)
            elif request.method not in ("GET", "HEAD") and not own_proof and not is_same_origin(request, public_url):
                response = error_page(request, 403)
            else:
                response = await handler(request)
        except web.HTTPException as error:
            response = error if error.status < 400 else error_page(request, error.status)
        except ConnectionResetError:
            raise
        except Exception:
            log.exception("a page failed: %s %s", request.method, which_page(request))
            response = error_page(request, 500)
        response.headers.update(headers)
        return response

    return protect
