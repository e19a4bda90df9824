"""How staff come in and go out: the login page, the links that open an account, the first page, one's own password."""

from __future__ import annotations

import asyncio
import hmac
import secrets
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from ipaddress import ip_address, ip_network

from aiohttp import web

from bot.accounts import links, passwords, sessions, table
from bot.accounts.model import ADMINISTRATEUR, AccountFault, Compte, clean_name
from bot.accounts.throttle import Throttle
from bot.pseudonym import load_key, pseudonym
from bot.web.staff_page import (
    BASE,
    BEFORE_COOKIE,
    COMPTE,
    MEDIATEURS,
    OUVERT,
    SESSION,
    SESSION_COOKIE,
    Page,
    compte,
    form,
    redirect,
    render,
    services,
    set_cookie,
)
from bot.web.staff_texts import _, pluriel

HOME = f"{BASE}/"
KNOWN_COOKIE, KNOWN_FOR = "equipe_connu", 180 * 24 * 3600
THROTTLE: web.AppKey[Throttle] = web.AppKey("throttle", Throttle)
# A hash takes 64 MiB: two at a time, however many ask.
_pool = ThreadPoolExecutor(2, "mots de passe")
# How many may wait their turn: beyond, somebody is knocking from everywhere, and a stranger is asked to come back.
LINE = 20
_in_line: set[asyncio.Future[bool]] = set()
_salt = secrets.token_bytes(16)

CROWD = _("Trop de personnes essaient d’entrer en même temps. Réessayez dans une minute.")
WRONG = _("Identifiant ou mot de passe faux. Vérifiez les majuscules.")


async def hash_password(password: str) -> str:
    return await asyncio.get_running_loop().run_in_executor(_pool, passwords.hash_password, password)


async def verify(kept: str | None, password: str) -> bool:
    asked = asyncio.get_running_loop().run_in_executor(_pool, passwords.verify, kept, password)
    _in_line.add(asked)
    asked.add_done_callback(_in_line.discard)
    return await asked


def from_where(request: web.Request) -> str:
    """Who asks, by a keyed digest of their address. Behind a proxy on this machine: the address it says it heard."""
    address = request.remote or ""
    if address in ("127.0.0.1", "::1"):
        address = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or address
    return hmac.new(_salt, _network(address).encode("utf-8", "surrogatepass"), sha256).hexdigest()


def _network(address: str) -> str:
    """The address, or the network of it that one line is given whole: in IPv6 whoever has one address has 2^64."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((found, 64), strict=False)) if found.version == 6 else address


def tried(nom: str) -> str:
    """The identifier that tries are counted under: the one it is looked up by, however it is typed."""
    try:
        return clean_name(nom)
    except AccountFault:
        return nom.strip().casefold()


def known_browser(request: web.Request, nom: str) -> str:
    """The number of this browser when that account came in from it before, "" otherwise."""
    number, dot, seal = request.cookies.get(KNOWN_COOKIE, "").partition(".")
    wanted = _known_seal(request, number, nom)
    return number if dot and hmac.compare_digest(wanted.encode(), seal.encode("utf-8", "surrogatepass")) else ""


def _known_seal(request: web.Request, number: str, nom: str) -> str:
    return pseudonym(load_key(services(request).config.data), "equipe", f"{number} {nom}")


def _remember_browser(request: web.Request, response: web.Response, nom: str) -> None:
    number = known_browser(request, nom) or secrets.token_urlsafe(12)
    seal = _known_seal(request, number, nom)
    set_cookie(request, response, KNOWN_COOKIE, f"{number}.{seal}", max_age=KNOWN_FOR)


def local(path: str) -> str:
    """The page somebody wanted before coming in, the first page when it is not one of ours."""
    plain = all(" " < c < "\x7f" and c != "\\" for c in path)
    return path if plain and path.startswith(HOME) and "//" not in path and ".." not in path else HOME


async def home(request: web.Request) -> web.Response:
    return render(request, "equipe/accueil.html")


async def login_page(request: web.Request) -> web.Response:
    if request[COMPTE]:
        return redirect(request, HOME)
    return _login(request)


def _login(request: web.Request, *, nom: str = "", faute: str = "", suite: str = "", status: int = 200) -> web.Response:
    wanted = suite or request.query.get("suite", "")
    return render(request, "equipe/connexion.html", status=status, nom=nom, faute=faute, suite=local(wanted))


async def login(request: web.Request) -> web.Response:
    fields = await form(request)
    nom, suite = fields.get("nom", "")[:200], local(fields.get("suite", ""))
    name = tried(nom)
    known = known_browser(request, name)
    if not known and len(_in_line) >= LINE:
        return _login(request, nom=nom, faute=CROWD, suite=suite, status=503)
    wait = request.app[THROTTLE].wait(from_where(request), name, known)
    if wait:
        minutes = -(-wait // 60)
        faute = _("Trop d’essais. Attendez {delai}, puis réessayez.").format(
            delai=pluriel(minutes, "{n} minute", "{n} minutes")
        )
        response = _login(request, nom=nom, faute=faute, suite=suite, status=429)
        response.headers["Retry-After"] = str(wait)
        return response
    here = services(request)
    who, kept = await here.store.read(lambda db: table.secret(db, nom))
    if not await verify(kept, fields.get("mot_de_passe", "")) or who is None or kept is None:
        return _login(request, nom=nom, faute=WRONG, suite=suite, status=403)
    request.app[THROTTLE].forget(from_where(request), name, known)
    if passwords.is_outdated(kept):
        again = await hash_password(fields["mot_de_passe"])
        await here.store.write(lambda db: table.rehash(db, who, again))
    return await enter(request, who, suite)


async def enter(request: web.Request, who: Compte, path: str, message: str = "") -> web.Response:
    """Open a session and go to a page: a new token, whatever cookie came."""
    here, now = services(request), services(request).clock()
    old = request.cookies.get(SESSION_COOKIE)

    def operation(db):
        sessions.purge(db, now, here.idle)
        if old:
            sessions.close(db, old)
        return sessions.open_session(db, who, now)

    token = request[SESSION] = await here.store.write(operation)
    response = redirect(request, path, message)
    set_cookie(request, response, SESSION_COOKIE, token)
    _remember_browser(request, response, who.nom)
    response.del_cookie(BEFORE_COOKIE, path=BASE)
    return response


async def logout(request: web.Request) -> web.Response:
    token = request[SESSION]
    await services(request).store.write(lambda db: sessions.close(db, token))
    response = redirect(request, f"{BASE}/connexion")
    response.del_cookie(SESSION_COOKIE, path=BASE)
    return response


async def link_page(request: web.Request) -> web.Response:
    """The page a link opens: a password to choose, and an identifier for the first administrator."""
    genre, token, now = _link(request)
    try:
        lien = await services(request).store.read(lambda db: links.peek(db, genre, token, now))
    except AccountFault as fault:
        return render(request, "equipe/lien.html", status=410, lien=None, faute=str(fault), nom="")
    return render(request, "equipe/lien.html", lien=lien, faute="", nom="")


async def link_use(request: web.Request) -> web.Response:
    genre, token, now = _link(request)
    here, fields = services(request), await form(request)
    password, nom = fields.get("mot_de_passe", ""), fields.get("nom", "")[:200]
    lien = None
    try:
        lien = await here.store.read(lambda db: links.peek(db, genre, token, now))
        name = lien.compte.nom if lien.compte else clean_name(nom)
        passwords.check_password(password, name)
        if password != fields.get("encore", ""):
            raise AccountFault(_("Les deux mots de passe ne sont pas les mêmes."))
        hashed = await hash_password(password)

        def operation(db) -> Compte:
            taken = links.use(db, genre, token, now)
            who = taken.compte or table.add(db, name, name, ADMINISTRATEUR)
            table.set_password(db, who.nom, who, hashed)
            return who

        who = await here.store.write(operation)
    except AccountFault as fault:
        status = 410 if lien is None else 400
        return render(request, "equipe/lien.html", status=status, lien=lien, faute=str(fault), nom=nom)
    return await enter(request, who, HOME, _("Bienvenue. Votre mot de passe est enregistré."))


def _link(request: web.Request):
    genre = links.FIRST if request.path.startswith(f"{BASE}/premier/") else links.ACCESS
    return genre, request.match_info["jeton"], services(request).clock()


async def password_page(request: web.Request) -> web.Response:
    return render(request, "equipe/motdepasse.html", faute="")


async def password_change(request: web.Request) -> web.Response:
    fields, here, who = await form(request), services(request), compte(request)
    password = fields.get("mot_de_passe", "")
    known = known_browser(request, who.nom)
    if request.app[THROTTLE].wait(from_where(request), who.nom, known):
        return render(
            request, "equipe/motdepasse.html", status=429, faute=_("Trop d’essais. Attendez un quart d’heure.")
        )
    _found, kept = await here.store.read(lambda db: table.secret(db, who.nom))
    try:
        if not await verify(kept, fields.get("actuel", "")):
            raise AccountFault(_("Le mot de passe actuel est faux."))
        passwords.check_password(password, who.nom)
        if password != fields.get("encore", ""):
            raise AccountFault(_("Les deux mots de passe ne sont pas les mêmes."))
    except AccountFault as fault:
        return render(request, "equipe/motdepasse.html", status=400, faute=str(fault))
    request.app[THROTTLE].forget(from_where(request), who.nom, known)
    hashed = await hash_password(password)
    await here.store.write(lambda db: table.set_password(db, who.nom, who, hashed))
    return await enter(request, who, HOME, _("Mot de passe changé. Vos autres sessions sont fermées."))


PAGES = (
    Page("GET", "/", home, MEDIATEURS),
    Page("GET", "/connexion", login_page, OUVERT),
    Page("POST", "/connexion", login, OUVERT),
    Page("POST", "/sortie", logout, MEDIATEURS),
    Page("GET", "/premier/{jeton}", link_page, OUVERT),
    Page("POST", "/premier/{jeton}", link_use, OUVERT),
    Page("GET", "/acces/{jeton}", link_page, OUVERT),
    Page("POST", "/acces/{jeton}", link_use, OUVERT),
    Page("GET", "/motdepasse", password_page, MEDIATEURS),
    Page("POST", "/motdepasse", password_change, MEDIATEURS),
)
