"""How staff review the needs that met no answer: the list, groups of like messages, one need with its history."""

from __future__ import annotations

from urllib.parse import urlencode

from aiohttp import web

from bot.review import changes
from bot.review.filters import AUCUN, PAR_PAGE, Filtre, count_by_state, page, states
from bot.review.grouping import MOST, groups_of, members
from bot.review.model import NOUVEAU, Depasse, Examen, ReviewFault
from bot.review.table import dossier, history, mark
from bot.review.walk import after
from bot.web import revue_lot, revue_suites
from bot.web.revue_listes import places
from bot.web.revue_page import (
    HERE,
    asked,
    filter_of,
    need_number,
    page_number,
    query_of,
    refused,
    shared,
    signature,
    the_lists,
)
from bot.web.staff_page import AGENTS, Page, form, render, services
from bot.web.staff_page import redirect as go
from bot.web.staff_texts import _

GROUPES_PAR_PAGE = 30

# The list.


async def the_list(request: web.Request) -> web.Response:
    listes = await the_lists(request)
    filtre, faults = filter_of(asked(request) or f"etat={NOUVEAU}", listes)
    if faults:
        return await refused(request, faults, listes)
    number = page_number(request)

    def operation(db):
        among = members(db, filtre)
        counts = count_by_state(db, filtre, among)
        return page(db, filtre, (number - 1) * PAR_PAGE, among), counts, mark(db)

    dossiers, counts, seen = await services(request).store.read(operation)
    total = counts.get(filtre.etat, 0) if filtre.etat else sum(counts.values())
    return render(
        request,
        "equipe/revue.html",
        dossiers=dossiers,
        comptes=counts,
        tous=sum(counts.values()),
        total=total,
        vu=seen,
        page=number,
        pages=max(1, -(-total // PAR_PAGE)),
        rang=(number - 1) * PAR_PAGE,
        requete=query_of(filtre),
        **shared(filtre, listes, request),
    )


async def the_groups(request: web.Request) -> web.Response:
    listes = await the_lists(request)
    filtre, faults = filter_of(asked(request) or f"etat={NOUVEAU}", listes)
    if faults:
        return await refused(request, faults, listes)
    number = page_number(request)

    def operation(db):
        return groups_of(db, filtre), states(db, filtre), count_by_state(db, filtre), mark(db)

    groups, kept, counts, seen = await services(request).store.read(operation)
    shown = [(len(one), group) for group in groups if (one := kept.keys() & group.numeros)]
    shown.sort(key=lambda pair: -pair[0])
    start = (number - 1) * GROUPES_PAR_PAGE
    return render(
        request,
        "equipe/revue_groupes.html",
        groupes=shown[start : start + GROUPES_PAR_PAGE],
        comptes=counts,
        tous=sum(counts.values()),
        total=len(shown),
        sans_mots=len(kept) - sum(count for count, _group in shown),
        au_plus=MOST,
        vu=seen,
        page=number,
        pages=max(1, -(-len(shown) // GROUPES_PAR_PAGE)),
        requete=query_of(filtre),
        **shared(filtre, listes, request),
    )


# One need.


async def one(request: web.Request) -> web.Response:
    return await _one(request, need_number(request.match_info["numero"]))


async def _one(
    request: web.Request,
    number: int | None,
    *,
    status: int = 200,
    faute: str = "",
    voulu: Examen | None = None,
    depasse: bool = False,
) -> web.Response:
    """The page of one need. `voulu` is what somebody tried to save; `depasse` when another was quicker."""
    listes = await the_lists(request)
    source = request.query if request.method == "GET" else await form(request)
    filtre, faults = filter_of(source.get("liste", "") or "etat=", listes)
    filtre = Filtre() if faults else filtre
    rang = source.get("rang", "")
    rank = int(rang) if rang.isascii() and rang.isdigit() and len(rang) < 7 else None

    def operation(db):
        found = dossier(db, number) if number is not None else None
        if found is None:
            return None
        near = groups_of(db, Filtre(langue=found.row.langue, besoin=found.besoin or AUCUN)) if found.row.mots else ()
        alike = next((group for group in near if found.id in group.numeros), None)
        return found, history(db, found.id), alike, after(db, filtre, found.id, rank)

    got = await services(request).store.read(operation)
    if got is None:
        raise web.HTTPNotFound
    found, versions, alike, (following, next_rank) = got
    return render(
        request,
        "equipe/revue_besoin.html",
        status=status,
        dossier=found,
        versions=versions,
        semblables=alike,
        suivant=following,
        rang="" if rank is None else rank,
        rang_suivant=next_rank,
        liste=query_of(filtre),
        voulu=voulu or found.suivi.examen,
        depasse=depasse,
        faute=faute,
        **shared(filtre, listes, request),
    )


async def save(request: web.Request) -> web.Response:
    """Save what an agent says of one need; the second of two agents is shown both."""
    number, fields = need_number(request.match_info["numero"]), await form(request)
    wanted = Examen(
        fields.get("etat", ""),
        fields.get("action") or None,
        fields.get("remarque") or None,
        fields.get("besoin_corrige") or None,
    )
    version = fields.get("version", "")
    if number is None:
        raise web.HTTPNotFound
    if not (version.isascii() and version.isdigit() and len(version) < 10):
        return await _one(request, number, status=400, faute=_("Ce formulaire n’est pas complet."), voulu=wanted)
    try:
        cleaned = changes.clean_remark(wanted.remarque or "")[1]
        sign, known = signature(request), places(services(request).live)
        await services(request).store.write(lambda db: changes.change(db, number, int(version), wanted, sign, known))
    except Depasse:
        return await _one(request, number, status=409, voulu=wanted, depasse=True)
    except ReviewFault as fault:
        return await _one(request, number, status=400, faute=str(fault), voulu=wanted)
    said = _("Enregistré.")
    if cleaned:
        said += " " + _("Ce qui pouvait désigner une personne a été retiré de la remarque : relisez-la.")
    return go(request, _after(fields, number, cleaned), said)


def _after(fields: dict[str, str], number: int, stay: bool) -> str:
    """Where to go once saved: the next need of the list when that was asked, else the need again."""
    liste, rang, following = fields.get("liste", ""), fields.get("rang", ""), need_number(fields.get("suivant", ""))
    if fields.get("puis") == "suivant" and following is not None and not stay:
        number, rang = following, fields.get("rang_suivant", "")
    return f"{HERE}/{number}?{urlencode({'liste': liste[:2000], 'rang': rang[:6]})}"


PAGES = (
    Page(
        "GET",
        "/revue",
        the_list,
        AGENTS,
        _("Revue"),
        _("Les besoins qui n’ont pas trouvé de réponse : les lire, décider."),
    ),
    Page("GET", "/revue/groupes", the_groups, AGENTS),
    *revue_suites.PAGES,
    *revue_lot.PAGES,
    Page("GET", "/revue/{numero}", one, AGENTS),
    Page("POST", "/revue/{numero}", save, AGENTS),
)
