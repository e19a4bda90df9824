"""What the pages of the review share: the filter in the address, who signs, what the templates are drawn from."""

from __future__ import annotations

from datetime import UTC
from urllib.parse import parse_qs, urlencode

from aiohttp import web

from bot.journal.scrub import LONGEST
from bot.review.filters import AUCUN, TEXTE_MAX, Filtre, read_filter
from bot.review.model import ACTIONS, ETATS, Signature
from bot.review.table import rights
from bot.web.revue_listes import CHAMPS, PREMIERS, Listes, chips, lists, periods
from bot.web.staff_page import BASE, compte, render, services
from bot.web.staff_texts import _

HERE = f"{BASE}/revue"


async def the_lists(request: web.Request) -> Listes:
    """The closed lists of the moment."""
    return lists(services(request).live, await services(request).store.read(rights))


def asked(request: web.Request) -> str:
    """What an address asks after "?", as it was written: read once only, "%41" typed by somebody stays "%41"."""
    return request.rel_url.raw_query_string


def filter_of(query: str, listes: Listes) -> tuple[Filtre, list[str]]:
    """The filter that an address, or a hidden field, says; and what is wrong with it."""
    try:
        values = parse_qs(query, keep_blank_values=True, max_num_fields=200)
    except ValueError:
        return Filtre(), [_("Cette adresse demande trop de choses à la fois.")]
    given = {name: found[-1] for name, found in values.items()}
    return read_filter(given, values.get("groupe", []), listes.noms)


def address(filtre: Filtre, path: str = "", **changes) -> str:
    """The address of a page of the review with this filter; `page` and `liste` may be among the changes."""
    rest = {name: changes.pop(name) for name in ("page", "liste", "rang") if name in changes}
    # An empty filter says so: without a word the list shows what is new.
    query = filtre.query(**changes) or {"etat": ""}
    return f"{HERE}{path}?{urlencode({**query, **rest}, doseq=True)}"


def signature(request: web.Request) -> Signature:
    """Who changes the review now."""
    now = services(request).clock()
    moment = now.astimezone(UTC).isoformat(timespec="seconds")
    return Signature(compte(request).nom, moment, now.date().isoformat())


def page_number(request: web.Request) -> int:
    """The page asked for, from 1; nonsense is the first."""
    text = request.query.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def shared(filtre: Filtre, listes: Listes, request: web.Request) -> dict:
    """What the filter form and the tabs are drawn from."""
    return {
        "filtre": filtre,
        "Filtre": Filtre,
        "listes": listes,
        "champs": CHAMPS,
        "premiers": PREMIERS,
        "puces": chips(filtre, listes),
        "periodes": periods(services(request).clock().date()),
        "etats": ETATS,
        "actions": ACTIONS,
        "adresse": address,
        "en_adresse": lambda fields: urlencode(fields, doseq=True),
        "nombre": nombre,
        "aucun": AUCUN,
        "texte_max": TEXTE_MAX,
        "remarque_max": LONGEST,
    }


async def refused(request: web.Request, faults: list[str], listes: Listes) -> web.Response:
    """An address that asks for what is not: said, with the way back."""
    return render(request, "equipe/revue_refus.html", status=400, fautes=faults, **shared(Filtre(), listes, request))


def nombre(value: int) -> str:
    """A number as French writes it, its thousands apart."""
    return f"{value:,}".replace(",", "\u202f")


def query_of(filtre: Filtre) -> str:
    """The filter as one field of a form."""
    return urlencode(filtre.query() or {"etat": ""}, doseq=True)


def need_number(text: str) -> int | None:
    """The number of a need, None when it cannot be one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 19 and int(text) < 1 << 63 else None
