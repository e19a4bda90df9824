"""Which hours stand on paper or in a table? The usual week and the next dated openings, as texts any language can say.

"Open now" is worth nothing on a sheet read tomorrow: here are days and hours, with their dates when they come next.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.conversation.messages import Jour, Liste, T, Text
from directory.catalogue import Directory
from directory.hours import PARIS
from directory.model import Lieu, Service
from directory.osm import MINUIT, Plage
from directory.week import week

LUNDI = date(2024, 1, 1)
JOURS_DITS = 21  # days ahead in which the next openings are looked for: a sheet is read within days
PERMANENT = T("Ouvert jour et nuit")
FERIES = {"ferme": T("Fermé les jours fériés"), "ouvert": T("Ouvert les jours fériés")}
VACANCES = T("Fermé pendant les vacances scolaires")


@dataclass(frozen=True, slots=True)
class Rangee:
    """One row of a table of hours."""

    jours: Text
    heures: Text


@dataclass(frozen=True, slots=True)
class Usuelle:
    """The usual week of a door. No rows: its hours are not known. `notes`: public holidays, school holidays."""

    rangees: tuple[Rangee, ...] = ()
    notes: tuple[Text, ...] = ()
    permanent: bool = False


def usual_week(lieu: Lieu, service: Service, month: int) -> Usuelle:
    """The week of a door in a month (1 to 12). A day of some weeks only ("2nd Tuesday") is left to the dated openings."""
    horaires = service.horaires or lieu.horaires
    if not horaires.osm:
        return Usuelle()
    semaine = week(horaires.osm)
    if semaine.permanent:
        return Usuelle(notes=(PERMANENT,), permanent=True)
    by_day: dict[int, tuple[Plage, ...]] = {}
    for ligne in semaine.lignes:
        if ligne.semaines or (ligne.mois and not any(_within(month, *pair) for pair in ligne.mois)):
            continue
        by_day |= {jour.numero: ligne.plages for jour in ligne.jours if jour.rang is None and ligne.plages}
    notes = [FERIES[semaine.feries]] if semaine.feries else []
    if horaires.vacances == "off":
        notes.append(VACANCES)
    return Usuelle(tuple(_rows(by_day)), tuple(notes))


def next_openings(
    directory: Directory, lieu: Lieu, service: Service, now: datetime, count: int = 3
) -> tuple[Rangee, ...]:
    """The days of the next sure openings after an aware moment, with their hours; the first unknown day ends the list."""
    agenda = directory.agenda(lieu, service)
    if agenda.permanent:
        return ()
    today = now.astimezone(PARIS).date()
    found: list[Rangee] = []
    for ahead in range(JOURS_DITS):
        day = today + timedelta(days=ahead)
        journee = agenda.day(day)
        if not journee.connue or len(found) >= count:
            break
        sure = [one for one in journee.creneaux if one.fin > now and one.motif is None]
        if sure:
            hours = tuple(_span(one.debut.astimezone(PARIS).time(), one.fin.astimezone(PARIS).time()) for one in sure)
            found.append(Rangee(Text("{jour}", {"jour": day}), _list(hours)))
    return tuple(found)


def _rows(by_day: dict[int, tuple[Plage, ...]]) -> Iterator[Rangee]:
    """Neighbouring days of equal hours on one row, in the order of the week."""
    run: list[int] = []
    for day in [*sorted(by_day), 7]:
        if run and (day == 7 or day != run[-1] + 1 or by_day[day] != by_day[run[0]]):
            hours = tuple(_span(_clock(plage.debut), _clock(plage.fin)) for plage in by_day[run[0]])
            yield Rangee(_days(run[0], run[-1]), _list(hours))
            run = []
        if day != 7:
            run.append(day)


def _days(first: int, last: int) -> Text:
    a, b = Jour(LUNDI + timedelta(days=first)), Jour(LUNDI + timedelta(days=last))
    if last - first < 2:
        return Text("{jours}", {"jours": Liste((a, b) if first != last else (a,))})
    return Text("{a} – {b}", {"a": a, "b": b})


def _list(hours: tuple[Text, ...]) -> Text:
    return Text("{heures}", {"heures": Liste(hours)})


def _span(debut: time, fin: time) -> Text:
    return Text("{debut} – {fin}", {"debut": debut, "fin": fin})


def _clock(minutes: int) -> time:
    return time(minutes % MINUIT // 60, minutes % 60)


def _within(month: int, first: int, last: int) -> bool:
    return first <= month <= last if first <= last else month >= first or month <= last
