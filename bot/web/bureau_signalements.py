"""What is said to be wrong in the directory: the list for whoever keeps it, with the file and the line to change."""

from __future__ import annotations

from aiohttp import web

from bot import signalements
from bot.accounts import audit
from bot.signalements import CHAMPS, CORRIGE, ECARTE, ETATS, NOUVEAU
from bot.web.staff_page import BASE, MEDIATEURS, Page, compte, form, number, redirect, render, services
from bot.web.staff_texts import _

HERE = f"{BASE}/signalements"
ETAT_NOMS = {NOUVEAU: _("À corriger"), CORRIGE: _("Corrigés"), ECARTE: _("Écartés")}
GESTES = {CORRIGE: _("Corrigé"), ECARTE: _("Écarter"), NOUVEAU: _("Rouvrir")}


async def reports(request: web.Request) -> web.Response:
    """The reports of one state, newest first."""
    here = services(request)
    etat = request.query.get("etat", NOUVEAU)
    etat = etat if etat in ETATS else NOUVEAU
    found = await here.store.read(lambda db: signalements.reports(db, etat))
    counts = await here.store.read(signalements.counts)
    lieux, folder = here.live.directory.lieux, here.live.folder
    rows = []
    for one in found:
        lieu = lieux.get(one.lieu)
        where = signalements.where(folder, lieu, one.service, one.champ) if lieu else None
        rows.append((one, lieu, CHAMPS[one.champ][0] if one.champ in CHAMPS else one.champ, where))
    return render(
        request,
        "equipe/bureau_signalements.html",
        lignes=rows,
        etat=etat,
        noms=ETAT_NOMS,
        comptes=counts,
        gestes=GESTES,
    )


async def settle(request: web.Request) -> web.Response:
    """Close a report, or open it again; who did it is kept."""
    here, fields = services(request), await form(request)
    which, etat = number(request.match_info["numero"]), fields.get("etat", "")
    par, now = compte(request).nom, here.clock().isoformat(timespec="seconds")

    def operation(db) -> bool:
        if which is None or not signalements.settle(db, which, etat, par, now):
            return False
        audit.record(db, par, f"signalement {etat}", f"signalement {which}")
        return True

    if not await here.store.write(operation):
        return redirect(request, HERE, _("Ce signalement n’existe pas. Rien n’a changé."), faute=True)
    return redirect(request, HERE, _("C’est fait : signalement n° {n}, {etat}.").format(n=which, etat=etat))


PAGES = (
    Page(
        "GET",
        "/signalements",
        reports,
        MEDIATEURS,
        _("Signalements"),
        _("Ce qui est faux dans l’annuaire, à corriger."),
    ),
    Page("POST", "/signalements/{numero}", settle, MEDIATEURS),
)
