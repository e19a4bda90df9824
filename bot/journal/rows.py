"""What the journal keeps of an event: one row with a day and no identity, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from bot.conversation.events import Avis, BesoinNonCouvert, DroitEvalue, Event, Orientation, Recours, Urgence
from bot.journal.scrub import scrub
from bot.journal.vocabulaire import NON_RECOURS_DE_LA_REPONSE


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the journal. `jour` is an ISO date, never an hour; `mots` went through `scrub`.

    `genre` is one of `vocabulaire.GENRES`; `raison` is the Manquement, "aide" or "pas_aide", the id of the danger, the
    level of a right, or the answer about take-up. `axe` is the axis of défi 3 the need belongs to, by its id in the
    vocabulary ("droits", "services", "numerique"). `attente_jours` is, for an orientation, how many whole days until
    the first door shown is open: 0 today, None unknown. `remarque` went through `scrub` like `mots`.
    """

    jour: str
    genre: str
    raison: str | None
    besoin: str | None
    defi: int | None
    quartier: str | None
    langue: str
    canal: str
    mots: str | None = None
    axe: str | None = None
    droit: str | None = None
    non_recours: str | None = None
    motif: str | None = None
    attente_jours: int | None = None
    remarque: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """One message for the counters of `frequentation`: where and in which language; `nouvelle` begins a conversation."""

    jour: str
    canal: str
    langue: str
    nouvelle: bool


def rows(
    events: Iterable[Event],
    jour: str,
    canal: str,
    defi: Callable[[str], int | None],
    axe: Callable[[str], str | None] = lambda besoin: None,
) -> tuple[Row, ...]:
    """One row per event that counts. An Effacement leaves no trace; neither do the doors shown."""
    return tuple(replace(row, axe=axe(row.besoin)) if row.besoin else row for row in _rows(events, jour, canal, defi))


def _rows(events: Iterable[Event], jour: str, canal: str, defi: Callable[[str], int | None]) -> list[Row]:
    kept: list[Row] = []
    for event in events:
        match event:
            case Orientation(besoin=besoin, quartier=quartier, langue=langue, attente_jours=attente):
                row = Row(jour, "orientation", None, besoin, defi(besoin), quartier, langue, canal)
                kept.append(replace(row, attente_jours=attente))
            case BesoinNonCouvert(raison=raison, besoin=besoin, quartier=quartier, langue=langue, mots=mots):
                number = defi(besoin) if besoin else None
                words = scrub(mots) if mots else None
                kept.append(
                    Row(jour, "besoin_non_couvert", str(raison), besoin, number, quartier, langue, canal, words or None)
                )
            case Avis(aide=aide, besoin=besoin, quartier=quartier, langue=langue):
                number = defi(besoin) if besoin else None
                kept.append(Row(jour, "avis", "aide" if aide else "pas_aide", besoin, number, quartier, langue, canal))
            case DroitEvalue(droit=droit, niveau=niveau, besoin=besoin, quartier=quartier, langue=langue):
                number = defi(besoin) if besoin else None
                kept.append(Row(jour, "droit", niveau, besoin, number, quartier, langue, canal, droit=droit))
            case Recours(droit=droit, reponse=reponse, motif=motif, quartier=quartier, langue=langue, besoin=besoin):
                row = Row(jour, "recours", reponse, besoin, defi(besoin) if besoin else None, quartier, langue, canal)
                kind = NON_RECOURS_DE_LA_REPONSE[reponse] if reponse else None
                kept.append(replace(row, droit=droit, non_recours=kind, motif=motif))
            case Urgence(urgence=urgence, langue=langue):
                kept.append(Row(jour, "urgence", urgence, None, None, None, langue, canal))
    return kept
