"""What does an interview at the desk leave in the journal? Doors given, rights looked at, needs that met no answer.

Each is counted once an interview, however often the sheet is printed again. Nothing says who, and the remark is cleaned.
"""

from __future__ import annotations

import unicodedata
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.conversation.events import BesoinNonCouvert, DroitEvalue, Event, Manquement, Orientation, Recours, Urgence
from bot.journal.rows import Passage, Row, rows
from bot.journal.scrub import scrub
from bot.journal.table import count, insert
from bot.journal.vocabulaire import MANQUEMENT_DU_MOTIF, MOTIFS_BUREAU, NON_RECOURS
from bot.live import Live
from bot.orientation import waiting_days
from bot.storage.base import Store
from bot.web.bureau_form import LANGUE, Dossier
from directory.model import Porte

CANAL = "bureau"
REMARQUE_MAX = 300
MEMOIRE = 5000


class Once:
    """Remembers what was counted, by the random number of the interview; the oldest is forgotten first."""

    def __init__(self) -> None:
        self._seen: OrderedDict[tuple[str, str], None] = OrderedDict()

    def first(self, numero: str, what: str) -> bool:
        """True the first time; from then on False."""
        key = numero, what
        if key in self._seen:
            return False
        self._seen[key] = None
        while len(self._seen) > MEMOIRE:
            self._seen.popitem(last=False)
        return True

    def forget(self, numero: str, what: str) -> None:
        """It could not be written after all."""
        self._seen.pop((numero, what), None)


@dataclass(frozen=True, slots=True)
class Remarque:
    """A remark of a médiateur: what will be kept of it, and whether something had to be taken out."""

    gardee: str
    nettoyee: bool


def cleaned(text: str) -> Remarque:
    """The remark without what names or numbers a person."""
    plain = " ".join(unicodedata.normalize("NFC", text).split())[:REMARQUE_MAX]
    kept = scrub(plain)
    return Remarque(kept, kept != plain)


def given(
    dossier: Dossier, portes: Iterable[Porte], verdicts: Iterable[DroitEvalue | Recours], now: datetime
) -> list[tuple[str, Event]]:
    """What the interview gave, each with the name it is counted once under."""
    langue = dossier.langue or LANGUE
    events: list[tuple[str, Event]] = []
    by_need: dict[str, list[Porte]] = {}
    for porte in portes:
        by_need.setdefault(porte.besoin, []).append(porte)
    for besoin, doors in by_need.items():
        shown = tuple(porte.id for porte in doors)
        wait = waiting_days(tuple(doors), now)
        orientation = Orientation(besoin, dossier.quartier, langue, shown, attente_jours=wait)
        events.append((f"orientation:{besoin}", orientation))
    events += [(f"{type(verdict).__name__}:{verdict.droit}", verdict) for verdict in verdicts]
    if dossier.urgence:
        events.append((f"urgence:{dossier.urgence}", Urgence(dossier.urgence, langue)))
    return events


async def record(
    store: Store, live: Live, once: Once, dossier: Dossier, events: list[tuple[str, Event]], now: datetime
) -> None:
    """Write what was not counted yet for this interview, with one visit; all or nothing."""
    fresh = [(name, event) for name, event in events if once.first(dossier.numero, name)]
    made = rows((event for _, event in fresh), _day(now), CANAL, live.defi, live.axe)
    await _write(store, once, dossier, made, [name for name, _ in fresh], now)


async def note(
    store: Store, live: Live, once: Once, dossier: Dossier, besoin: str, motif: str, non_recours: str, remarque: str,
    now: datetime,
) -> bool:  # fmt: skip
    """Write an unmet need with the médiateur's reason; False when this very need and reason were noted already."""
    name = f"note:{besoin}:{motif}"
    if motif not in MOTIFS_BUREAU or not once.first(dossier.numero, name):
        return False
    manquement = Manquement(MANQUEMENT_DU_MOTIF[motif])
    event = BesoinNonCouvert(manquement, besoin or None, dossier.quartier, dossier.langue or LANGUE)
    row = replace(
        rows((event,), _day(now), CANAL, live.defi, live.axe)[0],
        motif=motif,
        non_recours=non_recours if non_recours in NON_RECOURS else None,
        remarque=cleaned(remarque).gardee or None,
    )
    await _write(store, once, dossier, (row,), [name], now)
    return True


async def _write(
    store: Store, once: Once, dossier: Dossier, made: tuple[Row, ...], names: list[str], now: datetime
) -> None:
    visit = once.first(dossier.numero, "passage")
    if not made and not visit:
        return
    passage = Passage(_day(now), CANAL, dossier.langue or LANGUE, nouvelle=True)

    def operation(connection: Any) -> None:
        insert(connection, made)
        if visit:
            count(connection, passage)

    try:
        await store.write(operation)
    except BaseException:
        for name in [*names, *(["passage"] if visit else [])]:
            once.forget(dossier.numero, name)
        raise


def _day(now: datetime) -> str:
    return now.date().isoformat()
