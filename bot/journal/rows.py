"""What the journal keeps of an event: one row with a day and no identity, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.conversation.events import Avis, BesoinNonCouvert, Event, Orientation, Urgence
from bot.journal.scrub import scrub


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the journal. `jour` is an ISO date, never an hour; `mots` went through `scrub`.

    `genre` is "orientation", "besoin_non_couvert", "avis" or "urgence"; `raison` is the Manquement, "aide",
    "pas_aide", or the id of the danger.
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


def rows(events: Iterable[Event], jour: str, canal: str, defi: Callable[[str], int | None]) -> tuple[Row, ...]:
    """One row per event that counts. An Effacement leaves no trace; neither do the doors shown."""
    kept = []
    for event in events:
        match event:
            case Orientation(besoin=besoin, quartier=quartier, langue=langue):
                kept.append(Row(jour, "orientation", None, besoin, defi(besoin), quartier, langue, canal))
            case BesoinNonCouvert(raison=raison, besoin=besoin, quartier=quartier, langue=langue, mots=mots):
                number = defi(besoin) if besoin else None
                words = scrub(mots) if mots else None
                kept.append(
                    Row(jour, "besoin_non_couvert", str(raison), besoin, number, quartier, langue, canal, words or None)
                )
            case Avis(aide=aide, besoin=besoin, quartier=quartier, langue=langue):
                number = defi(besoin) if besoin else None
                kept.append(Row(jour, "avis", "aide" if aide else "pas_aide", besoin, number, quartier, langue, canal))
            case Urgence(urgence=urgence, langue=langue):
                kept.append(Row(jour, "urgence", urgence, None, None, None, langue, canal))
    return tuple(kept)
