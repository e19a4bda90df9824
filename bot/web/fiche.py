"""The sheet as a page: read on a phone, printed on A4, made from its own address and kept nowhere."""

from __future__ import annotations

import segno
from aiohttp import web
from markupsafe import Markup

from bot.fiche import UnknownSheet, labels, languages, make, read
from bot.langues import SOURCE
from bot.web.staff_page import OUVERT, Page, services, templates, version
from bot.web.staff_texts import _


async def sheet(request: web.Request) -> web.Response:
    """`/fiche?l=fa&q=etouvie&p=<place>/<service>/<need>&d=<right>`: the sheet, or one kind sentence."""
    here = services(request)
    live, now = here.live, here.clock()
    query = request.query
    langue = live.langues.connue(query.get("l")) or SOURCE
    quartier = query.get("q")
    say = labels(live.texts, langue, now)
    common = {
        "langues": [live.texts.langue(code) for code in languages(live.texts, langue)],
        "say": say,
        "version": version(),
        "maintenant": now,
    }
    try:
        choix = read(
            langue,
            quartier if quartier in live.directory.quartiers else None,
            query.getall("p", []),
            query.getall("d", []),
        )
        made = make(live.directory, live.texts, live.rulebook, choix, now)
    except UnknownSheet:
        return _html("fiche_inconnue.html", status=404, **common)
    return _html("fiche.html", fiche=made, qr=_qr(address(request, choix.query())), **common)


def address(request: web.Request, query: str) -> str:
    """The whole address of a sheet, for a phone."""
    base = services(request).config.public_url or f"{request.scheme}://{request.host}"
    return f"{base}/fiche?{query}"


def _qr(target: str) -> Markup:
    """The address as a picture that is part of the page: black squares, no file, nobody else's service."""
    code = segno.make(target, error="l", micro=False)
    return Markup(
        code.svg_inline(
            scale=4, border=2, omitsize=True, title=_("Code QR de cette fiche"), svgclass="qr", lineclass=None
        )
    )


def _html(template: str, *, status: int = 200, **values) -> web.Response:
    html = templates().get_template(template).render(**values)
    langue = values["langues"][-1]
    headers = {"Cache-Control": "no-store", "Content-Language": langue.bcp47, "X-Robots-Tag": "noindex"}
    return web.Response(text=html, status=status, content_type="text/html", headers=headers)


PAGES = (Page("GET", "/fiche", sheet, OUVERT),)
