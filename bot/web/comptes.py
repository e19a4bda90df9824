"""Who may work here, and who changed what: the pages of the administrator."""

from __future__ import annotations

from aiohttp import web

from bot.accounts import audit, links, table
from bot.accounts.model import ROLE_NOMS, ROLES, AccountFault
from bot.web.staff_page import ADMINISTRATEURS, BASE, Page, compte, form, number, redirect, render, services
from bot.web.staff_texts import _

HERE = f"{BASE}/comptes"
LINES = 100


async def accounts(request: web.Request) -> web.Response:
    return await _list(request)


async def _list(request: web.Request, *, status: int = 200, faute: str = "", nom: str = "", lien=None) -> web.Response:
    everybody = await services(request).store.read(table.everybody)
    return render(
        request,
        "equipe/comptes.html",
        status=status,
        comptes=everybody,
        roles=ROLES,
        role_noms=ROLE_NOMS,
        faute=faute,
        nom=nom,
        lien=lien,
    )


async def create(request: web.Request) -> web.Response:
    fields, par, now = await form(request), compte(request).nom, services(request).clock()
    nom = fields.get("nom", "")[:200]

    def operation(db):
        new = table.add(db, par, nom, fields.get("role", ""))
        return new, links.access(db, par, new.id, now)

    try:
        new, token = await services(request).store.write(operation)
    except AccountFault as fault:
        return await _list(request, status=400, faute=str(fault), nom=nom)
    return await _list(request, lien=(new, address(request, token)))


async def change(request: web.Request) -> web.Response:
    """One change to one account: its role, a new link, closed or opened again."""
    fields, par, now = await form(request), compte(request).nom, services(request).clock()
    which, what = number(request.match_info["compte"]), fields.get("geste", "")
    write = services(request).store.write
    try:
        if which is None:
            raise AccountFault(_("Ce compte n’existe pas."))
        if what == "lien":
            token = await write(lambda db: links.access(db, par, which, now))
            chosen = await services(request).store.read(lambda db: table.by_id(db, which))
            return await _list(request, lien=(chosen, address(request, token)))
        if what == "role":
            after = await write(lambda db: table.set_role(db, par, which, fields.get("role", "")))
            said = _("{nom} : le rôle est maintenant {role}.").format(nom=after.nom, role=ROLE_NOMS[after.role])
        elif what in ("desactiver", "rouvrir"):
            after = await write(lambda db: table.set_active(db, par, which, what == "rouvrir"))
            said = (_("{nom} : compte rouvert.") if after.actif else _("{nom} : compte désactivé.")).format(
                nom=after.nom
            )
        else:
            raise AccountFault(_("Ce geste n’existe pas."))
    except AccountFault as fault:
        return await _list(request, status=400, faute=str(fault))
    return redirect(request, HERE, said)


def address(request: web.Request, token: str) -> str:
    """The whole address of an access link, to be handed over."""
    public = services(request).config.public_url or str(request.url.origin())
    return f"{public}{BASE}/acces/{token}"


async def trail(request: web.Request) -> web.Response:
    """Who changed what, newest first, a hundred lines at a time."""
    who, before = request.query.get("compte", "")[:60], number(request.query.get("avant"))
    lines = await services(request).store.read(lambda db: audit.latest(db, LINES + 1, compte=who, avant=before))
    everybody = await services(request).store.read(table.everybody)
    return render(
        request,
        "equipe/audit.html",
        lignes=lines[:LINES],
        suite=lines[LINES - 1][0] if len(lines) > LINES else None,
        qui=who,
        comptes=everybody,
    )


PAGES = (
    Page("GET", "/comptes", accounts, ADMINISTRATEURS, _("Comptes"), _("Qui peut entrer, avec quel rôle.")),
    Page("POST", "/comptes", create, ADMINISTRATEURS),
    Page("POST", "/comptes/{compte}", change, ADMINISTRATEURS),
    Page("GET", "/audit", trail, ADMINISTRATEURS, _("Historique"), _("Qui a changé quoi, et quand.")),
)
