"""The desk: one page for an interview, from what the person says to the sheet they take away.

The page holds everything and posts it back at each change; nothing of the interview is kept on the server, in an
address or in a log. What counts for the city goes to the journal once, without the person.
"""

from __future__ import annotations

from dataclasses import replace

from aiohttp import web

from bot.fiche import Choix, UnknownSheet, doors
from bot.fiche import read as read_sheet
from bot.journal.vocabulaire import MOTIFS_BUREAU, NON_RECOURS, REPONSES_RECOURS
from bot.web import bureau_droits, bureau_form, bureau_journal, bureau_vue
from bot.web.bureau_form import Dossier
from bot.web.bureau_journal import Once
from bot.web.staff_page import BASE, MEDIATEURS, Page, Services, redirect, render, services
from bot.web.staff_texts import _

HERE = f"{BASE}/bureau"
ONCE = Once()  # which interviews were counted, as long as the process runs


async def blank(request: web.Request) -> web.Response:
    """A new interview."""
    return _page(request, bureau_form.new())


async def answer(request: web.Request) -> web.Response:
    """One gesture on the form: `faire` says which."""
    here = services(request)
    fields = await request.post()
    dossier = bureau_form.read(fields, here.live.directory, here.live.langues)
    if besoin := fields.get("ajouter"):
        dossier = bureau_form.with_need(dossier, str(besoin), here.live.directory)
    faire, _sep, what = str(fields.get("faire") or "").partition(":")
    if faire == "comprendre" and dossier.paroles.strip():
        dossier = bureau_form.understood(dossier, here.live.understander.understand)
    elif faire == "sans-danger":
        dossier = replace(dossier, urgence=None)
    elif faire == "plus":
        dossier = replace(dossier, plus=dossier.plus | {what})
    elif faire in ("fiche", "terminer"):
        return await _finish(request, here, dossier, fields, sheet=faire == "fiche")
    elif faire == "note":
        return await _note(request, here, dossier, what, fields)
    return _page(request, dossier, saisies=_typed(fields))


async def _finish(request: web.Request, here: Services, dossier: Dossier, fields, *, sheet: bool) -> web.Response:
    """Count what was given, then the sheet, or a blank page for the next person."""
    choix = Choix(dossier.langue or "fr", dossier.quartier)
    ticked = (*dossier.portes, *dossier.autres)
    if ticked or dossier.droits:
        try:
            choix = read_sheet(choix.langue, dossier.quartier, ticked, dossier.droits)
            portes = doors(here.live.directory, choix, here.clock())
        except UnknownSheet:
            gone = _("Une porte cochée n’existe plus, ou il y en a trop. Vérifiez la liste.")
            return _page(request, dossier, faute=gone, saisies=_typed(fields))
    elif sheet:
        nothing = _("Cochez au moins une porte ou un droit pour la fiche.")
        return _page(request, dossier, faute=nothing, saisies=_typed(fields))
    else:
        portes = ()
    verdicts = bureau_droits.counted(here.live, dossier, here.clock())
    recours = bureau_droits.take_up(here.live, dossier)
    events = bureau_journal.given(dossier, portes, [*verdicts, *recours], here.clock())
    await bureau_journal.record(here.store, here.live, ONCE, dossier, events, here.clock())
    if sheet:
        return web.Response(status=303, headers={"Location": f"/fiche?{choix.query()}"})
    return redirect(request, HERE, _("C’est compté, sans rien sur la personne. La page est vide pour la suivante."))


async def _note(request: web.Request, here: Services, dossier: Dossier, what: str, fields) -> web.Response:
    """Note an unmet need; first show what will be kept of a remark that seems to say too much."""
    besoin, _sep, rest = what.partition(":")
    motif, _sep, confirmed = rest.partition(":")
    if (besoin and besoin not in here.live.directory.vocabulaire.besoins) or motif not in MOTIFS_BUREAU:
        unknown = _("Ce motif n’existe pas. Rien n’a été noté.")
        return _page(request, dossier, faute=unknown, saisies=_typed(fields))
    remark = str(fields.get(f"remarque.{besoin}") or "")
    kept = bureau_journal.cleaned(remark)
    if kept.nettoyee and not confirmed:
        warning = {"besoin": besoin, "motif": motif, "motif_nom": MOTIFS_BUREAU[motif], "gardee": kept.gardee}
        return _page(request, dossier, avertir=warning, saisies=_typed(fields))
    non_recours = str(fields.get(f"non_recours.{besoin}") or "")
    written = await bureau_journal.note(
        here.store, here.live, ONCE, dossier, besoin, motif, non_recours, remark, here.clock()
    )
    dossier = replace(dossier, notes=tuple(dict.fromkeys((*dossier.notes, f"{besoin}:{motif}"))))
    said = _("Noté : {motif}. La ville le saura, sans rien sur la personne.") if written else _("C’était déjà noté.")
    waiting = {name: value for name, value in _typed(fields).items() if name.partition(".")[2] != besoin}
    return _page(request, dossier, fait=said.format(motif=MOTIFS_BUREAU[motif].lower()), saisies=waiting)


def _typed(fields) -> dict[str, str]:
    """What was typed about unmet needs and is not noted yet: it stays on the page until it is."""
    return {
        name: str(value)
        for name, value in fields.items()
        if name.startswith(("remarque.", "non_recours.")) and isinstance(value, str)
    }


def _page(
    request: web.Request,
    dossier: Dossier,
    *,
    faute: str = "",
    fait: str = "",
    avertir: dict[str, str] | None = None,
    saisies: dict[str, str] | None = None,
) -> web.Response:
    """The whole page, or for the script the part that changes."""
    here = services(request)
    now = here.clock()
    vocabulaire = here.live.directory.vocabulaire
    autre = bureau_vue.other(here.live, dossier)
    needs = bureau_vue.needs(here.live, dossier, autre, now)
    values = {
        "dossier": dossier,
        "autre": autre,
        "dangers": bureau_vue.dangers(here.live, dossier, autre, now),
        "puces": bureau_vue.chips(here.live, dossier),
        "besoins": needs,
        "droits": bureau_droits.rights(here.live, dossier, autre, now),
        "autres": bureau_vue.others(here.live, dossier, now),
        "recours": REPONSES_RECOURS,
        "themes": [(t.nom, [vocabulaire.besoins[b] for b in t.besoins]) for t in vocabulaire.themes.values()],
        "quartiers": list(here.live.directory.quartiers.values()),
        "langues": here.live.langues.proposees(),
        "motifs": MOTIFS_BUREAU,
        "non_recours": NON_RECOURS,
        "faute": faute,
        "fait": fait,
        "avertir": avertir,
        "saisies": saisies or {},
    }
    fragment = bool(request.headers.get("X-Fragment"))
    return render(request, "equipe/bureau_suite.html" if fragment else "equipe/bureau.html", **values)


PAGES = (
    Page(
        "GET",
        "/bureau",
        blank,
        MEDIATEURS,
        _("Bureau"),
        _("Recevoir une personne : ses besoins, les portes, la fiche."),
    ),
    Page("POST", "/bureau", answer, MEDIATEURS),
)
