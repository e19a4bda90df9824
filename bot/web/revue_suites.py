"""What came out of the review: the decisions of a period, changes of many that can be undone, words for the lexicons."""

from __future__ import annotations

import asyncio
from urllib.parse import urlencode

from aiohttp import web

from bot.review import changes, decisions, lexicon
from bot.review.filters import Filtre
from bot.review.model import ACTIONS, ReviewFault
from bot.web.revue_listes import places
from bot.web.revue_page import HERE, filter_of, refused, shared, signature, the_lists
from bot.web.staff_page import AGENTS, Page, render, services
from bot.web.staff_page import redirect as go
from bot.web.staff_texts import pluriel


async def done(request: web.Request) -> web.Response:
    """The decisions of a period, and the latest changes of many, which can be undone."""
    listes = await the_lists(request)
    filtre, faults = filter_of(
        urlencode({name: request.query[name] for name in ("du", "au") if name in request.query}), listes
    )
    if faults:
        return await refused(request, faults, listes)

    def operation(db):
        found = decisions.decisions(db, filtre.du or "0000", filtre.au or "9999")
        return found, decisions.changes_of_many(db, 20)

    found, lots = await services(request).store.read(operation)
    totals = {name: sum(one.nombre for one in found if one.action == name) for name in ACTIONS}
    return render(
        request,
        "equipe/revue_fait.html",
        decisions=found,
        totaux=totals,
        lots=lots,
        **shared(filtre, listes, request),
    )


async def learn(request: web.Request) -> web.Response:
    """The proposals for the lexicons, to copy."""
    listes = await the_lists(request)
    found = await asyncio.to_thread(_proposals, await services(request).store.read(lexicon.corrected))
    files = [(one, lexicon.as_yaml(found, one)) for one in lexicon.languages(found)]
    return render(
        request,
        "equipe/revue_lexique.html",
        propositions=found,
        fichiers=files,
        **shared(Filtre(), listes, request),
    )


def _proposals(messages) -> tuple[lexicon.Proposition, ...]:
    return lexicon.proposals(messages, lexicon.known({langue for _number, langue, *_rest in messages}))


async def undo(request: web.Request) -> web.Response:
    """Put back what a change of many replaced."""
    lot, sign, known = request.match_info["lot"], signature(request), places(services(request).live)
    try:
        back = await services(request).store.write(lambda db: changes.undo(db, lot, sign, known))
    except ReviewFault as fault:
        return go(request, f"{HERE}/fait", str(fault), faute=True)
    said = pluriel(back.changes, "{n} besoin remis comme avant.", "{n} besoins remis comme avant.")
    if back.depasses:
        said += " " + pluriel(
            len(back.depasses),
            "{n} a été changé depuis : il reste comme il est.",
            "{n} ont été changés depuis : ils restent comme ils sont.",
        )
    return go(request, f"{HERE}/fait", said)


PAGES = (
    Page("GET", "/revue/fait", done, AGENTS),
    Page("GET", "/revue/lexique", learn, AGENTS),
    Page("POST", "/revue/lot/{lot}/annuler", undo, AGENTS),
)
