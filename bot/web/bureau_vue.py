"""What does the desk show for an interview? Danger, needs and their doors side by side, in French and in the person's language.

Plain values for the templates; nothing here keeps or writes anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.cards import RENDEZ_VOUS, route_url
from bot.conversation.messages import Distance, Reply, Text, Vocabulaire
from bot.fiche import TOUT_PRES, languages
from bot.langues import SOURCE
from bot.live import Live
from bot.opening import opening_line
from bot.orientation import Personne, place_door
from bot.recherche import Filtre, search
from bot.semaine import usual_week
from bot.spoken import Spoken
from bot.web.bureau_form import Dossier, Puce
from bot.web.staff_texts import _
from directory.model import Confiance, Demande, Etat, Horaires, Lieu, Manque, Ouverture, Porte, Service
from directory.search import find_doors

PORTES, TOUTES, PROPOSES = 3, 12, 5

COULEURS = {
    Etat.OUVERT: "vert",
    Etat.FERME_BIENTOT: "orange",
    Etat.FERME: "rouge",
    Etat.PEUT_ETRE: "orange",
    Etat.INCONNU: "gris",
}
MANQUES = {
    Manque.AUCUNE_OFFRE: _("Aucune porte dans l’annuaire pour ce besoin. Notez-le : la ville le saura."),
    Manque.RIEN_A_PORTEE: _("Rien à Amiens pour ce besoin, seulement une ligne ou un site national."),
    Manque.RIEN_BIENTOT: _("Rien n’ouvre dans les sept jours."),
}
SURETES = {"sur": _("sûr"), "a-confirmer": _("à confirmer"), "ajoute": _("ajouté")}


@dataclass(frozen=True, slots=True)
class Ligne:
    """A door in the table of a need."""

    id: str
    porte: Porte
    coche: bool
    ouverture: str
    couleur: str
    horaire: Horaire
    rendez_vous: str
    langues: tuple[str, ...]
    distance: str
    route: str | None
    a_verifier: str


@dataclass(frozen=True, slots=True)
class Besoin:
    """A need kept, with its doors. `traduit` is its name in the person's language, None when that is French."""

    id: str
    nom: str
    picto: str
    traduit: str | None
    portes: tuple[Ligne, ...]
    autres: int
    manque: str
    note: bool


@dataclass(frozen=True, slots=True)
class PuceVue:
    puce: Puce
    nom: str
    picto: str
    sur: str


@dataclass(frozen=True, slots=True)
class Autre:
    """The person's language, when it is not French: what the templates need to write it."""

    code: str
    bcp47: str
    direction: str
    nom: str


def other(live: Live, dossier: Dossier) -> Autre | None:
    """The language that stands beside French, None when French is enough."""
    if not dossier.langue or len(languages(live.texts, dossier.langue)) == 1:
        return None
    langue = live.texts.langue(dossier.langue)
    return Autre(langue.code, langue.bcp47, langue.direction, langue.nom)


def said(live: Live, text: Text, autre: Autre | None, now: datetime | None = None) -> str | None:
    """A text in the person's language, None when there is no other language."""
    return live.texts.text(text, autre.code, now) if autre else None


def dangers(live: Live, dossier: Dossier, autre: Autre | None, now: datetime) -> tuple[Spoken, ...]:
    """What is said in danger, in French and in the person's language; nothing when there is none."""
    if dossier.urgence is None:
        return ()
    codes = (SOURCE, autre.code) if autre else (SOURCE,)
    replies: list[Reply] = [live.danger(dossier.urgence, code, now) for code in codes]
    return tuple(live.texts.say(reply) for reply in replies)


def chips(live: Live, dossier: Dossier) -> tuple[PuceVue, ...]:
    """The needs understood or added, kept or not."""
    besoins = live.directory.vocabulaire.besoins
    return tuple(
        PuceVue(puce, besoins[puce.besoin].nom, besoins[puce.besoin].picto, SURETES[puce.sur]) for puce in dossier.puces
    )


def needs(live: Live, dossier: Dossier, autre: Autre | None, now: datetime) -> tuple[Besoin, ...]:
    """Each need kept, with its doors. The first door of a need seen for the first time is ticked."""
    found = []
    for besoin in dossier.besoins:
        need = live.directory.vocabulaire.besoins[besoin]
        limit = TOUTES if besoin in dossier.plus else PORTES
        demande = Demande((besoin,), dossier.quartier, None, dossier.langue or None, limite=limit)
        reponse = find_doors(live.directory, demande, now)
        fresh = besoin not in dossier.vus
        lines = tuple(
            _line(live, porte, now, coche=door_id(porte) in dossier.portes or (fresh and not index))
            for index, porte in enumerate(reponse.portes)
        )
        found.append(
            Besoin(
                id=besoin,
                nom=need.nom,
                picto=need.picto,
                traduit=said(live, Text("{nom}", {"nom": Vocabulaire(need.nom)}), autre),
                portes=lines,
                autres=reponse.autres,
                manque=MANQUES.get(reponse.manque, "") if reponse.manque else "",
                note=any(note.partition(":")[0] == besoin for note in dossier.notes),
            )
        )
    return tuple(found)


def others(live: Live, dossier: Dossier, now: datetime) -> tuple[Ligne, ...]:
    """The doors ticked by their name, then those found for the name being looked for."""
    personne = Personne(dossier.quartier, None, dossier.langue or None)
    found: dict[str, Ligne] = {}
    wanted = [(one.partition("/")[0], one) for one in dossier.autres]
    if dossier.cherche:
        wanted += [(one.lieu.id, "") for one in search(live.directory, Filtre(dossier.cherche), now)[:PROPOSES]]
    for lieu_id, ticked in wanted:
        lieu = live.directory.lieux.get(lieu_id)
        porte = place_door(live.directory, lieu, ticked.rpartition("/")[2] or None, personne, now) if lieu else None
        if porte is not None and lieu_id not in found:
            found[lieu_id] = _line(live, porte, now, coche=bool(ticked))
    return tuple(found.values())


def door_id(porte: Porte) -> str:
    """What a tick of the form says: the door and the need it was shown for."""
    return f"{porte.lieu.id}/{porte.service.id}/{porte.besoin}"


def languages_spoken(live: Live, codes: tuple[str, ...]) -> tuple[str, ...]:
    """The names of languages said to be spoken at a place, French left out."""
    names = {langue.code: langue.nom for langue in live.langues}
    return tuple(names.get(code, LANGUES_D_AILLEURS.get(code, code)) for code in codes if code.split("-")[0] != "fr")


# Languages of the directory that the service does not speak itself.
LANGUES_D_AILLEURS = {"ca": "català", "ka": "ქართული", "ti": "ትግርኛ", "fsl": _("langue des signes")}


@dataclass(frozen=True, slots=True)
class Horaire:
    """The hours of a door in French: rows of the week, notes, and the source's own words when that is all there is."""

    semaine: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    texte: str | None

    @property
    def connu(self) -> bool:
        return bool(self.semaine or self.notes or self.texte)


def week_said(live: Live, lieu: Lieu, service: Service, now: datetime) -> Horaire:
    """The hours of a door, in French."""
    week = usual_week(lieu, service, now.month)
    texts = live.texts
    return Horaire(
        tuple((texts.text(row.jours, SOURCE), texts.text(row.heures, SOURCE)) for row in week.rangees),
        tuple(texts.text(note, SOURCE) for note in week.notes),
        (service.horaires or lieu.horaires).texte,
    )


def opening_said(live: Live, ouverture: Ouverture, now: datetime) -> str:
    """Open or not at this moment, in French."""
    return live.texts.text(opening_line(ouverture, Horaires(), now, say_call=False).text, SOURCE, now)


def _line(live: Live, porte: Porte, now: datetime, *, coche: bool) -> Ligne:
    lieu, service = porte.lieu, porte.service
    rendez_vous = RENDEZ_VOUS.get(porte.rendez_vous)
    far = 0.0 if lieu.a_distance or porte.distance is None else porte.distance
    return Ligne(
        id=door_id(porte),
        porte=porte,
        coche=coche,
        ouverture=opening_said(live, porte.ouverture, now),
        couleur=COULEURS[porte.ouverture.etat],
        horaire=week_said(live, lieu, service, now),
        rendez_vous=live.texts.text(rendez_vous, SOURCE) if rendez_vous else "",
        langues=languages_spoken(live, service.langues or lieu.langues),
        distance=live.texts.text(Text("{d}", {"d": Distance(far)}), SOURCE) if far >= TOUT_PRES else "",
        route=route_url(lieu),
        a_verifier=_check(porte),
    )


def _check(porte: Porte) -> str:
    """Why a door is to be checked before sending somebody there, "" when it is not."""
    if porte.service.appeler_avant or porte.lieu.appeler_avant:
        return _("Appeler avant d’envoyer quelqu’un")
    if porte.ancien or porte.lieu.confiance is Confiance.BASSE:
        return _("À vérifier : renseignement ancien ou peu sûr")
    return ""
