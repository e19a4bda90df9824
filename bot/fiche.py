"""What stands on the sheet that a person takes away: doors and rights, in French and in their language, face to face.

A sheet is made from an address alone: ids of doors and of rights, a language, a quarter. Nothing of the person is in it,
so nothing has to be kept, and the same address gives the same sheet on a phone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from bot.cards import door_card, offer_lines, reach_lines, route_url, where_lines
from bot.conversation.messages import Distance, Lien, Line, Mois, Nom, Reply, T, Telephone, Text, Vocabulaire
from bot.langues import SOURCE
from bot.opening import suite
from bot.orientation import Personne, place_door, right_doors
from bot.rights import DECISION, name, said
from bot.semaine import next_openings, usual_week
from bot.spoken import Span
from bot.texts import Texts
from directory.catalogue import Directory
from directory.model import Porte
from rules.evaluate import evaluate
from rules.model import Droit, Piece, Rulebook, Situation

PORTES_MAX, DROITS_MAX = 9, 9
LOIS = "legifrance.gouv.fr"  # a law is no place where one asks
TOUT_PRES = 100  # metres under which the landmark is the place itself
ID = re.compile(r"[a-z0-9-]{1,80}")
FRANCAIS = ("fr", "fr-falc")


class UnknownSheet(ValueError):
    """The address of a sheet names what does not exist, or too much of it."""


@dataclass(frozen=True, slots=True)
class Choix:
    """What a sheet is made of. A door is (place, service, need answered); a right is its id."""

    langue: str
    quartier: str | None = None
    portes: tuple[tuple[str, str, str], ...] = ()
    droits: tuple[str, ...] = ()

    def query(self) -> str:
        """The address of the sheet, after "?"."""
        fields = [("l", self.langue)]
        if self.quartier:
            fields.append(("q", self.quartier))
        fields += [("p", "/".join(porte)) for porte in self.portes]
        fields += [("d", droit) for droit in self.droits]
        return urlencode(fields, safe="/")


@dataclass(frozen=True, slots=True)
class Cote:
    """A block said in one language. `rangees` are days and hours of the usual week, `prochaines` the next dated ones."""

    langue: str
    bcp47: str
    direction: str
    lignes: tuple[tuple[Span, ...], ...]
    rangees: tuple[tuple[str, str], ...] = ()
    prochaines: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    suite: tuple[tuple[Span, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Bloc:
    """A door or a right: its French name, which stands on the door, and what is said of it on each side."""

    titre: str
    picto: str
    cotes: tuple[Cote, ...]
    lien: str | None = None
    note: str = ""


LABELS: dict[str, Text] = {
    "titre": T("Votre fiche"),
    "portes": T("Où aller"),
    "droits": T("Aides à demander"),
    "semaine": T("Horaires de la semaine"),
    "prochaine": T("Prochaine ouverture"),
    "y_aller": T("Y aller"),
    "site": T("Voir le site"),
    "telephone": T("Ouvrir cette fiche sur un téléphone"),
    "imprimer": T("Imprimer"),
    "pdf": T("Pour un PDF : touchez « Imprimer », puis « Enregistrer en PDF »."),
    "decide": DECISION,
    "sans_nom": T("Votre nom n’est pas sur cette fiche. Rien n’est gardé sur vous."),
    "inconnue": T("Cette fiche n’existe pas, ou plus. Demandez-en une autre à la personne qui vous a aidé."),
}


def read(langue: str, quartier: str | None, portes: Iterable[str], droits: Iterable[str]) -> Choix:
    """The choice that an address gives; UnknownSheet when it cannot be one. Ids are looked up by `doors` and others."""
    doors = []
    for porte in dict.fromkeys(portes):
        parts = tuple(porte.split("/"))
        if len(parts) not in (2, 3) or not all(ID.fullmatch(part) for part in parts):
            raise UnknownSheet(porte[:80])
        doors.append((parts[0], parts[1], parts[2] if len(parts) == 3 else ""))
    rights = tuple(dict.fromkeys(droits))
    if not all(ID.fullmatch(droit) for droit in rights) or not (doors or rights):
        raise UnknownSheet("")
    if len(doors) > PORTES_MAX or len(rights) > DROITS_MAX:
        raise UnknownSheet("")
    return Choix(langue, quartier, tuple(doors), rights)


def languages(texts: Texts, langue: str) -> tuple[str, ...]:
    """The languages of a sheet: French, then the person's when it is another one."""
    spoken = texts.langue(langue).code
    return (spoken,) if spoken in FRANCAIS else (SOURCE, spoken)


def labels(texts: Texts, langue: str, now: datetime) -> dict[str, tuple[str, ...]]:
    """The words of the sheet itself, in each of its languages."""
    today = Text("{jour} {an}", {"jour": now.date(), "an": str(now.year)})
    made = {**LABELS, "imprime": T("Imprimé le {date}", date=today)}
    return {key: tuple(texts.text(text, code, now) for code in languages(texts, langue)) for key, text in made.items()}


def doors(directory: Directory, choix: Choix, now: datetime) -> tuple[Porte, ...]:
    """The doors of a sheet; UnknownSheet when one does not exist (any more)."""
    personne = Personne(choix.quartier, None, choix.langue)
    found = []
    for lieu_id, service_id, besoin in choix.portes:
        lieu = directory.lieux.get(lieu_id)
        service = next((one for one in lieu.services if one.id == service_id), None) if lieu else None
        if lieu is None or service is None:
            raise UnknownSheet(lieu_id)
        porte = place_door(directory, lieu, besoin or service.besoins[0], personne, now, service=service)
        if porte is None:
            raise UnknownSheet(lieu_id)
        found.append(porte)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Fiche:
    """A whole sheet, ready for a page."""

    portes: tuple[Bloc, ...]
    droits: tuple[Bloc, ...] = ()


def make(directory: Directory, texts: Texts, rulebook: Rulebook | None, choix: Choix, now: datetime) -> Fiche:
    """The sheet of a choice at a moment; UnknownSheet when it names what does not exist."""
    portes = tuple(door_block(directory, texts, porte, choix, now) for porte in doors(directory, choix, now))
    return Fiche(
        portes, tuple(right_block(directory, texts, droit, choix, now, rulebook) for droit in rights(rulebook, choix))
    )


def rights(rulebook: Rulebook | None, choix: Choix) -> tuple[Droit, ...]:
    """The rights of a sheet; UnknownSheet when one does not exist (any more)."""
    known = rulebook.droits if rulebook else {}
    if any(droit not in known for droit in choix.droits):
        raise UnknownSheet(choix.droits[0])
    return tuple(known[droit] for droit in choix.droits)


def _papers(pieces: Iterable[Piece]) -> Text:
    """Papers side by side: each is a sentence of its own, so no "and" joins them."""
    return suite(*(said(piece.nom) for piece in pieces), entre=" · ")


def right_block(
    directory: Directory, texts: Texts, droit: Droit, choix: Choix, now: datetime, rulebook: Rulebook
) -> Bloc:
    """A right in each language of the sheet: what it is, what to bring, where and how to ask."""
    personne = Personne(choix.quartier, None, choix.langue)
    # Nothing is known of the person here: what is asked for in some cases only is said apart.
    every = evaluate(rulebook, droit, Situation(), now.date()).pieces
    always = [piece for piece in every if piece.id in droit.pieces]
    sometimes = [piece for piece in every if piece.id not in droit.pieces]
    demande = droit.demande
    portes = right_doors(directory, droit, personne, now)
    porte = next((one for one in portes if one.lieu.type in demande.types), None)
    phone = demande.telephone if porte is None or demande.telephone != porte.telephone else None
    link = demande.lien or droit.lien
    lines = [
        Line(said(droit.resume)),
        Line(T("Apportez : {papiers}", papiers=_papers(always)), "🧾") if always else None,
        Line(T("Et, selon votre cas : {papiers}", papiers=_papers(sometimes)), "🧾") if sometimes else None,
        *(where_lines(porte) if porte else ()),
        Line(said(demande.comment), "✍️") if demande.comment else None,
        Line(Text("{telephone}", {"telephone": Telephone(phone)}), "☎️") if phone else None,
        Line(Text("{site}", {"site": Lien(link)}), "🌐") if link and LOIS not in link else None,
    ]
    kept = [line for line in lines if line]
    sides = tuple(
        Cote(**_tongue(texts, code), lignes=spans(texts, code, kept, now)) for code in languages(texts, choix.langue)
    )
    law = " ; ".join(texte.nom for texte in droit.textes[:2])
    checked = texts.text(Text("{jour}", {"jour": Mois(droit.verifie_le.isoformat())}), SOURCE)
    note = f"{law}. Vérifié en {checked}." if law else ""
    return Bloc(texts.text(name(droit), SOURCE), "📄", sides, None, note)


def door_block(directory: Directory, texts: Texts, porte: Porte, choix: Choix, now: datetime) -> Bloc:
    """A door in each language of the sheet."""
    card = door_card(directory, porte, choix.quartier)
    week = usual_week(porte.lieu, porte.service, now.month)
    coming = next_openings(directory, porte.lieu, porte.service, now, count=1 if week.rangees else 3)
    horaires = porte.service.horaires or porte.lieu.horaires
    unknown = not (week.rangees or week.permanent or coming) and not (porte.lieu.a_distance and not porte.telephone)
    hours = T("Horaires à vérifier : {horaires}", horaires=Vocabulaire(horaires.texte)) if horaires.texte else None
    notes = [*week.notes, *([hours or T("Horaires à vérifier")] if unknown else [])]
    if horaires.osm and horaires.verifie_le:
        notes.append(T("(horaires vus en {mois})", mois=Mois(horaires.verifie_le)))
    checked = porte.service.verifie_le or porte.lieu.verifie_le
    after = [_distance(directory, porte, choix), *reach_lines(porte)]
    if checked and not porte.ancien:
        after.append(Line(T("Infos vérifiées en {mois}.", mois=Mois(checked)), "✔️"))

    def side(code: str) -> Cote:
        def said(text: Text) -> str:
            return texts.text(text, code, now)

        return Cote(
            **_tongue(texts, code),
            lignes=spans(texts, code, offer_lines(card, code), now),
            rangees=tuple((said(row.jours), said(row.heures)) for row in week.rangees),
            prochaines=tuple((said(row.jours), said(row.heures)) for row in coming),
            notes=tuple(said(note) for note in notes),
            suite=spans(texts, code, [line for line in after if line], now),
        )

    sides = tuple(side(code) for code in languages(texts, choix.langue))
    return Bloc(porte.lieu.nom, card.picto, sides, route_url(porte.lieu), porte.lieu.type)


def spans(texts: Texts, code: str, lines: Sequence[Line], now: datetime) -> tuple[tuple[Span, ...], ...]:
    """Lines in final words, with their links."""
    return texts.say(Reply(code, tuple(lines), moment=now)).lines


def _tongue(texts: Texts, code: str) -> dict[str, str]:
    langue = texts.langue(code)
    return {"langue": langue.code, "bcp47": langue.bcp47, "direction": langue.direction}


def _distance(directory: Directory, porte: Porte, choix: Choix) -> Line | None:
    """How far it is from a landmark of the quarter: on paper, no map can be touched."""
    quartier = directory.quartiers.get(choix.quartier or "")
    if quartier is None or not quartier.repere or porte.lieu.a_distance:
        return None
    if porte.distance is None or porte.distance < TOUT_PRES:
        return None
    return Line(T("À {distance} de : {repere}", distance=Distance(porte.distance), repere=Nom(quartier.repere)), "🚶")
