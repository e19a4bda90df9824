"""The directory as staff read it: a search over everything it holds, and the page of one place, where to say it is wrong."""

from __future__ import annotations

from aiohttp import web

from bot import signalements
from bot.recherche import Filtre, search
from bot.signalements import CHAMPS
from bot.web.bureau_vue import COULEURS, languages_spoken, opening_said, week_said
from bot.web.staff_page import BASE, MEDIATEURS, Page, compte, form, redirect, render, services
from bot.web.staff_texts import _
from directory.model import EtatLieu
from directory.search import opening

HERE = f"{BASE}/annuaire"
MONTRES = 60
TEXTE_MAX = 100

CHAMP_NOMS = {
    "telephone": _("Le téléphone"),
    "horaires": _("Les horaires"),
    "adresse": _("Le lieu a déménagé"),
    "ferme": _("Le lieu a fermé"),
    "autre": _("Autre chose"),
}
ETATS = {EtatLieu.PROJET: _("Annoncé, pas encore ouvert"), EtatLieu.FERME: _("Fermé")}
RENDEZ_VOUS = {
    "sans": _("Sans rendez-vous"),
    "possible": _("Avec ou sans rendez-vous"),
    "obligatoire": _("Sur rendez-vous"),
}


async def annuaire(request: web.Request) -> web.Response:
    """The search and what it finds; the question is in the address, it says nothing of a person."""
    here = services(request)
    directory, now = here.live.directory, here.clock()
    query = request.query
    besoin, quartier, langue = query.get("besoin", ""), query.get("quartier", ""), query.get("langue", "")
    spoken = _languages(here.live)
    filtre = Filtre(
        texte=query.get("texte", "")[:TEXTE_MAX].strip(),
        besoin=besoin if besoin in directory.vocabulaire.besoins else None,
        quartier=quartier if quartier in directory.quartiers else None,
        langue=langue if langue in spoken else None,
        ouvert=query.get("ouvert") == "1",
        sans_rendez_vous=query.get("sans") == "1",
    )
    found = () if filtre.vide else search(directory, filtre, now)
    return render(
        request,
        "equipe/bureau_annuaire.html",
        filtre=filtre,
        trouves=[(one, opening_said(here.live, one.ouverture, now)) for one in found[:MONTRES]],
        combien=len(found),
        total=sum(lieu.etat is EtatLieu.OUVERT for lieu in directory.lieux.values()),
        couleurs=COULEURS,
        etats=ETATS,
        rendez_vous=RENDEZ_VOUS,
        types=directory.vocabulaire.types,
        vocabulaire=directory.vocabulaire,
        noms_quartiers=directory.quartiers,
        langues_dites=spoken,
    )


async def place(request: web.Request) -> web.Response:
    """All that the directory knows of one place, with where it is written."""
    return _place(request)


def _place(request: web.Request, *, faute: str = "", remarque: str = "", status: int = 200) -> web.Response:
    here = services(request)
    directory, now = here.live.directory, here.clock()
    lieu = directory.lieux.get(request.match_info["lieu"])
    if lieu is None:
        raise web.HTTPNotFound
    rows = [
        (
            service,
            opening_said(here.live, ouverture := opening(directory, lieu, service, now), now),
            COULEURS[ouverture.etat],
            week_said(here.live, lieu, service, now),
            languages_spoken(here.live, service.langues or lieu.langues),
        )
        for service in lieu.services
    ]
    return render(
        request,
        "equipe/bureau_lieu.html",
        status=status,
        lieu=lieu,
        services=rows,
        etats=ETATS,
        rendez_vous=RENDEZ_VOUS,
        type_nom=directory.vocabulaire.types[lieu.type].nom if lieu.type in directory.vocabulaire.types else "",
        structure=directory.structures.get(lieu.structure or ""),
        remplace=directory.lieux.get(lieu.remplace_par or ""),
        noms_quartiers=directory.quartiers,
        besoins=directory.vocabulaire.besoins,
        champs=CHAMP_NOMS,
        faute=faute,
        remarque=remarque,
    )


async def report(request: web.Request) -> web.Response:
    """Say that an entry is wrong."""
    here = services(request)
    lieu = here.live.directory.lieux.get(request.match_info["lieu"])
    if lieu is None:
        raise web.HTTPNotFound
    fields = await form(request)
    champ, service, remarque = fields.get("champ", ""), fields.get("service") or None, fields.get("remarque", "")
    if champ not in CHAMPS:
        return _place(
            request, faute=_("Dites ce qui est faux : choisissez dans la liste."), remarque=remarque, status=400
        )
    if champ == "autre" and not remarque.strip():
        return _place(request, faute=_("Dites en quelques mots ce qui est faux."), status=400)
    if service not in {one.id for one in lieu.services}:
        service = None
    par, now = compte(request).nom, here.clock().isoformat(timespec="seconds")
    number = await here.store.write(lambda db: signalements.add(db, lieu.id, service, champ, remarque, par, now))
    said = _("Merci. Signalement n° {n} : qui tient l’annuaire le verra, avec le fichier et la ligne à changer.")
    return redirect(request, f"{HERE}/{lieu.id}", said.format(n=number))


def _languages(live) -> dict[str, str]:
    """The languages said to be spoken somewhere, by code, French left out."""
    codes = {
        code.split("-")[0]
        for lieu in live.directory.lieux.values()
        for code in (*lieu.langues, *(one for service in lieu.services for one in service.langues))
    }
    return {code: languages_spoken(live, (code,))[0] for code in sorted(codes - {"fr"})}


PAGES = (
    Page("GET", "/annuaire", annuaire, MEDIATEURS, _("Annuaire"), _("Chercher un lieu, une ligne, une permanence.")),
    Page("GET", "/annuaire/{lieu}", place, MEDIATEURS),
    Page("POST", "/annuaire/{lieu}", report, MEDIATEURS),
)
