"""How many needs are changed at once: those ticked, a page, groups of like messages, or all that the filter keeps.

What one does not have before one's eyes is confirmed first, with its number; when the number is another by then, it is
asked again. What another agent changed meanwhile is left alone and shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from aiohttp import web

from bot.review import changes
from bot.review.filters import Filtre, numbers
from bot.review.grouping import members
from bot.review.model import Dossier, ReviewFault
from bot.web.revue_listes import Listes, places
from bot.web.revue_page import address, filter_of, need_number, query_of, refused, shared, signature, the_lists
from bot.web.staff_page import AGENTS, Page, form, number, render, services
from bot.web.staff_page import redirect as go
from bot.web.staff_texts import _, pluriel

VIDER = "-"
COCHES, PAGE, GROUPES, TOUT = "coches", "page", "groupes", "tout"


def wanted_of(fields: Mapping[str, str]) -> dict[str, str | None]:
    """What is to be changed: a field left empty stays as it is, VIDER empties it."""
    wanted: dict[str, str | None] = {}
    for name in changes.FIELDS:
        value = fields.get(name, "").strip()
        if value:
            wanted[name] = None if value == VIDER and name != "etat" else value
    return wanted


async def change(request: web.Request) -> web.Response:
    """Change many needs, or ask whether one is sure."""
    fields, posted, listes = await form(request), await request.post(), await the_lists(request)
    filtre, faults = filter_of(fields.get("filtre", "") or "etat=", listes)
    seen = number(fields.get("vu"))
    if faults or seen is None:
        return await refused(request, faults or [_("Ce formulaire n’est pas complet.")], listes)
    back = address(filtre, "/groupes" if fields.get("depuis") == GROUPES else "")
    mode, wanted = fields.get("mode", ""), wanted_of(fields)
    if not wanted:
        return go(
            request,
            back,
            _("Rien n’est changé : choisissez un état, une action, un besoin ou une remarque."),
            faute=True,
        )
    if mode in (GROUPES, TOUT):
        chosen = _groups(filtre, [text for text in posted.getall("groupe", []) if isinstance(text, str)], mode)
        if chosen is None:
            return go(request, back, _("Rien n’est changé : cochez au moins un groupe."), faute=True)
        ids = await services(request).store.read(lambda db: numbers(db, chosen, members(db, chosen)))
        if not ids:
            return go(request, back, _("Rien n’est changé : la liste est vide."), faute=True)
        if fields.get("confirme") != "1" or number(fields.get("attendu")) != len(ids):
            return _confirm(request, listes, chosen, fields, len(ids), wanted)
    else:
        listed = fields.get("visibles", "").split(",") if mode == PAGE else posted.getall("id", [])
        ids = tuple(one for text in listed if isinstance(text, str) and (one := need_number(text)) is not None)
        if not ids:
            return go(request, back, _("Rien n’est changé : cochez au moins un besoin."), faute=True)
    try:
        cleaned = changes.clean_remark(wanted.get("remarque") or "")[1]
        sign, known = signature(request), places(services(request).live)
        lot = await services(request).store.write(lambda db: changes.change_many(db, ids, wanted, sign, known, seen))
    except ReviewFault as fault:
        return go(request, back, str(fault), faute=True)
    if lot.depasses:
        return _left_alone(request, listes, lot, back)
    return go(request, back, told(lot, cleaned))


def _groups(filtre: Filtre, texts: list[str], mode: str) -> Filtre | None:
    """The filter that keeps what is to be changed; None when groups were to be ticked and none was."""
    if mode == TOUT:
        return filtre
    ticked = tuple(one for text in texts if (one := need_number(text)) is not None)
    return replace(filtre, groupes=ticked) if ticked else None


def told(lot: changes.Lot, cleaned: bool) -> str:
    """What a change of many did, in words."""
    said = pluriel(lot.changes, "{n} besoin changé.", "{n} besoins changés.")
    if lot.pareils:
        said += " " + pluriel(lot.pareils, "{n} l’était déjà.", "{n} l’étaient déjà.")
    if cleaned:
        said += " " + _("Ce qui pouvait désigner une personne a été retiré de la remarque.")
    return said + " " + _("On peut l’annuler dans « Ce qui a été fait ».") if lot.changes else said


def _confirm(
    request: web.Request,
    listes: Listes,
    filtre: Filtre,
    fields: Mapping[str, str],
    count: int,
    wanted: Mapping[str, str | None],
) -> web.Response:
    before = number(fields.get("attendu"))
    return render(
        request,
        "equipe/revue_confirmer.html",
        combien=count,
        avant=before if fields.get("confirme") == "1" else None,
        voulu=wanted,
        champs_voulus={name: fields.get(name, "") for name in changes.FIELDS},
        requete=query_of(filtre),
        vu=fields.get("vu", ""),
        depuis=fields.get("depuis", ""),
        **shared(filtre, listes, request),
    )


def _left_alone(request: web.Request, listes: Listes, lot: changes.Lot, back: str) -> web.Response:
    """Some were changed by somebody else: what was done, and those."""
    shown: tuple[Dossier, ...] = lot.depasses[:200]
    return render(
        request,
        "equipe/revue_depasses.html",
        status=409,
        lot=lot,
        dit=told(lot, False),
        dossiers=shown,
        retour=back,
        **shared(Filtre(), listes, request),
    )


PAGES = (Page("POST", "/revue/lot", change, AGENTS),)
