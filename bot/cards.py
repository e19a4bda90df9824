"""How is a door said? One order for every channel and language: what, for which need, when, how, where, phone, papers."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from urllib.parse import quote

from bot.conversation.messages import (
    Adresse,
    Distance,
    DoorCard,
    Lien,
    Line,
    Liste,
    Mois,
    Nom,
    T,
    Telephone,
    Text,
    Vocabulaire,
)  # fmt: skip
from bot.opening import LONGUEUR, opening_line, suite
from directory.catalogue import Directory
from directory.model import Etat, Horaires, Lieu, Porte, Raison, RendezVous

COMMUNE = "Amiens"
# What a map can look for: "près de la gare" is said, but leads nowhere.
VOIE = re.compile(
    r"\b(rue|avenue|boulevard|place|placette|square|chaussée|allée|route|quai|impasse|chemin|cours|passage|esplanade"
    r"|rond-point|mail|galerie)\b",
    re.IGNORECASE,
)
POINT = " · "
RENDEZ_VOUS = {
    RendezVous.SANS: T("Sans rendez-vous"),
    RendezVous.POSSIBLE: T("Avec ou sans rendez-vous"),
    RendezVous.OBLIGATOIRE: T("Sur rendez-vous"),
}


def door_card(directory: Directory, porte: Porte, quartier: str | None, *, full: bool = True) -> DoorCard:
    """A door with the words of the vocabulary it needs to be said to somebody of a quarter (its id)."""
    vocabulaire = directory.vocabulaire
    genre, besoin = vocabulaire.types.get(porte.lieu.type), vocabulaire.besoins.get(porte.besoin)
    kept_for = vocabulaire.publics.keys() - {"tous-publics"}
    return DoorCard(
        porte,
        full,
        picto=genre.picto if genre else "🚪",
        genre=genre.nom if genre else "",
        besoin=besoin.nom if besoin else "",
        publics=tuple(vocabulaire.publics[one].nom for one in porte.service.publics if one in kept_for),
        quartier=directory.quartiers[quartier].nom if quartier in directory.quartiers else None,
    )


def address_of(lieu: Lieu) -> Adresse:
    """The address of a place as it is said (the town only when it is another one) and as a map finds it."""
    commune = lieu.commune or COMMUNE
    said = lieu.adresse if commune == COMMUNE else f"{lieu.adresse}, {commune}"
    return Adresse(said, lieu.point, f"{lieu.adresse}, {commune}")


def map_url(adresse: Adresse) -> str | None:
    """Where a tap on an address leads: its point on the map, a search when the point is unknown, or nowhere."""
    if adresse.point is None:
        if not VOIE.search(adresse.texte) or "demander" in adresse.texte:
            return None
        return f"https://www.openstreetmap.org/search?query={quote(adresse.recherche or adresse.texte)}"
    latitude, longitude = f"{adresse.point.latitude:.5f}", f"{adresse.point.longitude:.5f}"
    return f"https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=18/{latitude}/{longitude}"


def route_url(lieu: Lieu) -> str | None:
    """The walk to a place, from wherever the phone is: the resident's own position is never put in a link."""
    if lieu.a_distance or not (lieu.point or lieu.adresse):
        return None
    if lieu.point is None:
        return map_url(address_of(lieu))
    end = quote(f";{lieu.point.latitude:.5f},{lieu.point.longitude:.5f}")
    return f"https://www.openstreetmap.org/directions?engine=fossgis_osrm_foot&route={end}"


def card_lines(card: DoorCard, langue: str, moment: datetime | None) -> tuple[Line, ...]:
    """The lines of a door, said in `langue` at `moment`."""
    lines = _full(card, langue, moment) if card.full else _short(card, moment)
    return tuple(line for line in lines if line is not None)


def offer_lines(card: DoorCard, langue: str) -> tuple[Line, ...]:
    """What a sheet says of a door before its hours: what they do there, how one comes in, who may come."""
    return tuple(line for line in (_what(card, langue), _entry(card.porte), _who(card)) if line is not None)


def reach_lines(porte: Porte) -> tuple[Line, ...]:
    """What a sheet says of a door after its hours: address, way there, phone, papers, and what is to be checked."""
    acces = porte.lieu.acces
    way = Line(Text("{acces}", {"acces": Vocabulaire(acces)}), "🚌") if acces else None
    lines = (_address(porte.lieu), way, _contact(porte), _papers(porte), _warning(porte))
    return tuple(line for line in lines if line is not None)


def where_lines(porte: Porte) -> tuple[Line, ...]:
    """A door in the fewest lines a sheet needs: its name and where it is, its phone."""
    place = Text("{nom}", {"nom": Nom(porte.lieu.nom)})
    where = _address(porte.lieu, short=True)
    lines = (Line(suite(place, where.text if where else None, entre=POINT), "📍"), _contact(porte))
    return tuple(line for line in lines if line is not None)


def _full(card: DoorCard, langue: str, moment: datetime | None) -> list[Line | None]:
    porte = card.porte
    return [
        _title(card),
        _what(card, langue),
        _opening(porte, moment),
        _entry(porte),
        _who(card),
        _address(porte.lieu),
        _contact(porte),
        _papers(porte),
        _warning(porte),
    ]


def _short(card: DoorCard, moment: datetime | None) -> list[Line | None]:
    """Two lines: what it is and when; where and the phone."""
    porte = card.porte
    opening = _short_warning(porte) or _opening(porte, moment, short=True)
    title = _title(card)
    who = Text("{publics}", {"publics": _publics(card)}) if card.publics else None
    title = Line(suite(title.text, who, entre=POINT), title.picto)
    if opening:
        title = Line(suite(title.text, _with_picto(opening), entre=POINT), title.picto)
    where, phone = _address(porte.lieu, short=True), _contact(porte)
    if where and phone:
        where = Line(suite(where.text, _with_picto(phone), entre=POINT), where.picto)
    return [title, where or phone]


def _with_picto(line: Line) -> Text:
    return Text(f"{line.picto} {{texte}}", {"texte": line.text})


def _title(card: DoorCard) -> Line:
    nom = Nom(card.porte.lieu.nom)
    if card.full and card.quartier and Raison.DANS_LE_QUARTIER in card.porte.raisons:
        return Line(T("{nom}, votre quartier ({quartier})", nom=nom, quartier=Vocabulaire(card.quartier)), card.picto)
    if card.porte.distance is not None and not card.porte.lieu.a_distance:
        return Line(T("{nom}, à {distance}", nom=nom, distance=Distance(card.porte.distance)), card.picto)
    return Line(Text("{nom}", {"nom": nom}), card.picto)


def _what(card: DoorCard, langue: str) -> Line | None:
    """What they do for this need: the place's own words in French; elsewhere the kind of place and the need."""
    service = card.porte.service
    ask = T("Demandez : {service}.", service=Nom(service.nom)) if service.permanence else None
    if langue.split("-")[0] == "fr" and service.resume:  # easy-to-read French has no words of its own for a place
        return Line(suite(ask, Text("{resume}", {"resume": service.resume})))
    kind = suite(*(Text("{mot}", {"mot": Vocabulaire(mot)}) for mot in (card.genre, card.besoin) if mot), entre=POINT)
    if not (ask or kind.values):
        return None
    return Line(suite(kind if kind.values else None, ask, entre=". " if kind.values else " "))


def _opening(porte: Porte, moment: datetime | None, *, short: bool = False) -> Line | None:
    horaires: Horaires = porte.service.horaires or porte.lieu.horaires
    online = porte.lieu.a_distance and not porte.telephone
    if online and porte.ouverture.etat is Etat.INCONNU:
        return None  # a web site has no hours
    warned = short or porte.ancien or _call_first(porte)
    say_call = bool(porte.telephone and porte.lieu.adresse) and not warned
    booked = porte.rendez_vous is RendezVous.OBLIGATOIRE
    if porte.ancien and not short and (horaires.verifie_le or "")[:7] == (_checked(porte) or "")[:7]:
        horaires = replace(horaires, verifie_le=None)  # the warning says that month for everything
    return opening_line(porte.ouverture, horaires, moment, say_call=say_call, short=short, booked=booked)


def _entry(porte: Porte) -> Line | None:
    parts = [
        RENDEZ_VOUS.get(porte.rendez_vous),
        T("Gratuit") if "gratuit" in (porte.service.frais, porte.lieu.frais) else None,
        T("On y parle votre langue") if Raison.PARLE_LA_LANGUE in porte.raisons else None,
    ]
    return Line(suite(*parts, entre=POINT), "🚶") if any(parts) else None


def _who(card: DoorCard) -> Line | None:
    """Who may come: in the place's own words when they are short, else by the kind of person it is kept for."""
    conditions = card.porte.service.conditions
    if conditions and len(conditions) <= LONGUEUR:
        return Line(Text("{conditions}", {"conditions": Vocabulaire(conditions)}), "ℹ️")
    return Line(_publics(card), "ℹ️") if card.publics else None


def _publics(card: DoorCard) -> Text:
    return T("Pour : {publics}", publics=Liste(tuple(Vocabulaire(one) for one in card.publics)))


def _address(lieu: Lieu, *, short: bool = False) -> Line | None:
    if not lieu.adresse:
        return None
    address = Text("{adresse}", {"adresse": address_of(lieu)})
    if lieu.complement_adresse and not short:
        address = Text("{adresse} ({repere})", address.values | {"repere": Vocabulaire(lieu.complement_adresse)})
    return Line(address, "📍")


def _contact(porte: Porte) -> Line | None:
    site = porte.service.site_web or porte.lieu.site_web
    if porte.telephone:
        phone = Text("{telephone}", {"telephone": Telephone(porte.telephone)})
        if porte.lieu.sms:
            sms = T("SMS au {sms}", sms=Telephone(porte.lieu.sms, sms=True))
            return Line(suite(phone, sms, entre=POINT), "☎️")
        return Line(phone, "☎️")
    if porte.lieu.sms:
        return Line(T("SMS au {sms}", sms=Telephone(porte.lieu.sms, sms=True)), "💬")
    return Line(Text("{site}", {"site": Lien(site)}), "🌐") if site else None


def _papers(porte: Porte) -> Line | None:
    if not porte.service.a_apporter:
        return None
    papers = Liste(tuple(Vocabulaire(papier) for papier in porte.service.a_apporter))
    return Line(T("Apportez : {papiers}", papiers=papers), "🧾")


def _checked(porte: Porte) -> str | None:
    return porte.service.verifie_le or porte.lieu.verifie_le


def _call_first(porte: Porte) -> bool:
    return porte.service.appeler_avant or porte.lieu.appeler_avant


def _warning(porte: Porte) -> Line | None:
    """What is old or unsure says so, with what to do about it."""
    if not (_call_first(porte) or porte.ancien):
        return None
    checked = _checked(porte)
    age = T("Infos vérifiées en {mois}.", mois=Mois(checked)) if porte.ancien and checked else None
    unknown = porte.ouverture.etat in (Etat.INCONNU, Etat.PEUT_ETRE)
    if not porte.telephone:
        todo = T("À vérifier avant d’y aller, par exemple à France Services.")
    elif porte.lieu.adresse and (_call_first(porte) or unknown):
        todo = T("Appelez avant d’y aller.")
    else:
        todo = T("À vérifier par téléphone.")
    return Line(suite(age, todo), "⚠️")


def _short_warning(porte: Porte) -> Line | None:
    """The warning of a door said in two lines: only when one should not go there without asking."""
    if not _call_first(porte):
        return None
    return Line(T("Appelez avant d’y aller.") if porte.telephone else T("À vérifier avant d’y aller."), "⚠️")
