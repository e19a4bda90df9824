"""What do the figures say to staff? The dashboard, the report and its files: one period, the same indicators everywhere."""

from __future__ import annotations

import asyncio
from datetime import date
from weakref import WeakKeyDictionary

from aiohttp import web

from bot import chiffres
from bot.accounts import audit
from bot.journal.context import Contexte
from bot.journal.export import as_json, csv_zip
from bot.journal.figures import Memoire
from bot.journal.figures import load as load_figures
from bot.journal.periods import Periode, PeriodError, default, month_code, usual
from bot.journal.report import Rapport, hidden, make
from bot.storage.base import Store
from bot.web.staff_page import AGENTS, BASE, Page, Services, compte, render, services, version
from bot.web.staff_texts import _
from bot.web.tableaux import curve, document, plan, views

# The figures of the last time, beside the store they were read from.
_MEMOIRES: WeakKeyDictionary[Store, Memoire] = WeakKeyDictionary()

HTML = "text/html"
# The lines of the summary that are shown large.
CLES = ("Conversations", "Demandes", "Demandes avec une porte", "Besoins non couverts")
# Format of the address -> (content type, ending of the file name).
FORMATS = {
    "html": (HTML, "html"),
    "pdf": ("application/pdf", "pdf"),
    "csv": ("application/zip", "zip"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "json": ("application/json", "json"),
}


async def warm(here: Services) -> None:
    """Read the figures once before anybody asks, so that the first page is as quick as the next."""
    today = here.clock().date()
    await here.store.read(lambda db: _figures(here, db, today))


def _figures(here: Services, db, today: date):
    memoire = _MEMOIRES.setdefault(here.store, Memoire())
    return load_figures(db, here.live.directory.vocabulaire, today, here.config.seuil, memoire)


async def dashboard(request: web.Request) -> web.Response:
    """Every indicator of a period."""
    try:
        report, about = await _report(request)
    except PeriodError as fault:
        return await _refused(request, "equipe/chiffres_refus.html", str(fault))
    drawn = views(report.tableaux)
    return render(
        request,
        "equipe/chiffres.html",
        **_choice(about.figures.premier, request, about.periode, report.jour),
        rapport=report,
        vues=drawn,
        cles=[line for line in drawn["synthese"].lignes if line[0][0] in CLES],
        courbe=curve(report.tableaux["mois"]),
        plan=plan(about),
        masques=hidden(report),
    )


async def choose(request: web.Request) -> web.Response:
    """The form of the report."""
    try:
        report, about = await _report(request)
    except PeriodError as fault:
        return await _refused(request, "equipe/chiffres_refus.html", str(fault))
    return render(
        request,
        "equipe/rapport.html",
        **_choice(about.figures.premier, request, about.periode, report.jour),
        rapport=report,
        formats=FORMATS,
    )


async def download(request: web.Request) -> web.StreamResponse:
    """The report in one format; what leaves is written in the audit trail."""
    form = request.match_info["format"]
    if form not in FORMATS:
        raise web.HTTPNotFound
    try:
        report, about = await _report(request)
    except PeriodError as fault:
        return await _refused(request, "equipe/chiffres_refus.html", str(fault))
    body = await asyncio.to_thread(_body, form, report, about)
    par, what = compte(request).nom, f"{report.periode.code} {form}"
    await services(request).store.write(lambda db: audit.record(db, par, "rapport sorti", what))
    kind, ending = FORMATS[form]
    response = web.Response(body=body, content_type=kind, charset="utf-8" if kind == HTML else None)
    if form != "html":
        prefix = "demonstration-" if report.demo else ""
        name = f"{prefix}rapport-{report.periode.code}.{ending}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _body(form: str, report: Rapport, about: Contexte) -> bytes:
    if form == "html":
        return document(report, about, css=f"/static/rapport.css?v={version()}").encode("utf-8")
    if form == "pdf":
        from bot.journal.report_pdf import pdf

        return pdf(report)
    if form == "xlsx":
        from bot.journal.xlsx import xlsx

        return xlsx(report)
    return csv_zip(report) if form == "csv" else as_json(report).encode("utf-8")


async def _report(request: web.Request) -> tuple[Rapport, Contexte]:
    """The report of the period of the address, and what its indicators were asked about."""
    here = services(request)
    today = here.clock().date()
    du, au = (request.query.get(name, "")[:20] for name in ("du", "au"))
    periode, wanted, widened = chiffres.asked(du, au, today)

    def operation(db) -> tuple[Rapport, Contexte]:
        memoire = _MEMOIRES.setdefault(here.store, Memoire())
        about = chiffres.context(db, here.live, periode, today, here.config.seuil, memoire)
        return make(about, demo=here.demo, elargie=widened, demandee=wanted), about

    return await here.store.read(operation)


async def _refused(request: web.Request, template: str, message: str) -> web.Response:
    here = services(request)
    today = here.clock().date()
    figures = await here.store.read(lambda db: _figures(here, db, today))
    choice = _choice(figures.premier, request, default(today), today)
    return render(request, template, status=400, faute=message, **choice)


def _choice(premier: int | None, request: web.Request, periode: Periode, today: date) -> dict:
    """What the form of a period needs: the months to choose from, the usual periods, what is chosen."""
    last = default(today)
    first = premier if premier is not None else last.debut
    found = usual(today, first)
    newest = [next((each for each in found if each.longueur == length), None) for length in (1, 3, 6, 12)]
    months = [each for each in found if each.longueur == 1] or list(last.mois())
    if not any(each.debut == periode.debut for each in months):
        months.append(Periode(periode.debut, periode.debut))
    if not any(each.fin == periode.fin for each in months):
        months.append(Periode(periode.fin, periode.fin))
    return {
        "adresse": request.path if request.path.startswith(f"{BASE}/chiffres") else f"{BASE}/rapport",
        "periode": periode,
        "courantes": [each for each in newest if each],
        "mois": [(month_code(each.debut), each.nom) for each in sorted(months, reverse=True)],
        "du": month_code(periode.debut),
        "au": month_code(periode.fin),
        "code": month_code,
    }


PAGES = (
    Page("GET", "/chiffres", dashboard, AGENTS, _("Chiffres"), _("Ce que les personnes demandent, et ce qui manque.")),
    Page(
        "GET",
        "/rapport",
        choose,
        AGENTS,
        _("Rapport"),
        _("Le document pour le comité technique et le comité de pilotage."),
    ),
    Page("GET", "/rapport/{format}", download, AGENTS),
)
