"""Is it open at a moment, until when, and when next?

Hours are evaluated by opening-hours-py on the strict subset of `directory.osm`; public holidays, school holidays and dated
exceptions are laid over them by date here, because the library knows no French school holiday and reads the OSM words for
them wrongly. Moments are compared in UTC, so both clock changes are right.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, State

from directory import osm
from directory.calendrier import Calendrier
from directory.model import Etat, Horaires, Motif, Ouverture, RendezVous

PARIS = ZoneInfo("Europe/Paris")
UTC = ZoneInfo("UTC")
BIENTOT = timedelta(minutes=30)
JOURS_CHERCHES = 60
# Beyond this, an opening that never ends is called permanent rather than followed day by day.
LONGUEUR_PERMANENTE = timedelta(days=7)
# A memory of days per place: two months ahead, as long as the process runs, and no more.
MEMOIRE = 400


@dataclass(frozen=True, slots=True)
class Creneau:
    """An opening, in UTC. `incertain` when the hours say open but nobody is sure: by appointment, holiday not mentioned."""

    debut: datetime
    fin: datetime
    incertain: bool = False
    motif: Motif | None = None


@dataclass(frozen=True, slots=True)
class Journee:
    """A day: its openings in order, whether anything is known of it, and why it is closed when it would be open."""

    creneaux: tuple[Creneau, ...] = ()
    connue: bool = True
    motif: Motif | None = None


INCONNUE = Journee(connue=False)


class Agenda:
    """The hours of one door, made ready once and asked many times; what it worked out for a day is remembered."""

    def __init__(self, horaires: Horaires, calendrier: Calendrier) -> None:
        self.horaires = horaires
        self.calendrier = calendrier
        self.base = osm.parse(horaires.osm) if horaires.osm else None
        own_holidays = horaires.vacances not in ("idem", "off")
        self.vacances = osm.parse(horaires.vacances) if own_holidays else None
        self.permanent = bool(
            self.base and self.base.permanent and not horaires.exceptions and horaires.vacances == "idem"
        )
        self._days: dict[date, Journee] = {}

    def day(self, day: date) -> Journee:
        """What is known of one day (openings that begin on it)."""
        found = self._days.get(day)
        if found is None:
            if len(self._days) >= MEMOIRE:
                self._days.clear()
            found = self._days[day] = self._work_out(day)
        return found

    def _work_out(self, day: date) -> Journee:
        """The layers, strongest first: dates of validity, dated exception, public holiday, school holidays, usual week.

        When the hours of a place say nothing of public holidays, most desks are closed on them but no source says so:
        the answer is then "maybe", with the holiday named, and never a flat open or closed. Day and night (24/7) is
        the exception: it means every day.
        """
        horaires = self.horaires
        for change in horaires.exceptions:
            if change.du <= day <= change.au:
                if change.horaires is None:
                    return Journee(motif=Motif("fermeture", change.motif or "fermeture exceptionnelle"))
                return Journee(self._openings(osm.parse(change.horaires), day, False))
        if self.base is None:
            return INCONNUE
        if horaires.du and day < horaires.du:
            return Journee()
        if horaires.au and day > horaires.au:
            return INCONNUE
        if not self.calendrier.knows_feries(day) and not self.base.permanent:
            return INCONNUE
        ferie = self.calendrier.ferie(day)
        week, closed_by = self.base, None
        if horaires.vacances != "idem":
            if not self.calendrier.knows_vacances(day):
                return INCONNUE
            if holidays := self.calendrier.vacances_of(day):
                week, closed_by = self.vacances, Motif("vacances", holidays)
        if week is None:
            return Journee(motif=closed_by if self.base.on(day, False) else None)
        if ferie:
            motif = Motif("ferie", ferie)
            # The holiday rule of the usual week holds in school holidays too, unless their own hours have one.
            source = next((each for each in (week, self.base) if each.dit_les_feries), None)
            if source is None:
                openings = self._openings(week, day, False)
                return Journee(tuple(Creneau(one.debut, one.fin, True, motif) for one in openings))
            openings = self._openings(source, day, True)
        else:
            motif = closed_by
            openings = self._openings(week, day, False)
        return Journee(openings, motif=motif if not openings and self.base.on(day, False) else None)

    def _openings(self, week: osm.Expression, day: date, ferie: bool) -> tuple[Creneau, ...]:
        """The openings of a day by the library, in UTC. `ferie` tells whether its public holiday rule applies."""
        if week.permanent:
            return (Creneau(_utc(day, 0), _utc(day, osm.MINUIT)),)
        start = datetime.combine(day, time())
        # Hours that run past midnight are given to the library up to 24:00 only, and lengthened here.
        ends = {plage.debut: plage.fin for plage in week.on(day, ferie)}
        found = []
        for begin, end, state, comment in _evaluator(week, ferie).intervals(start, start + timedelta(days=1)):
            if state == State.CLOSED:
                continue
            first = begin.hour * 60 + begin.minute
            last = ends.get(first, 0)
            if last <= osm.MINUIT:
                last = osm.MINUIT if end.date() > day else end.hour * 60 + end.minute
            found.append(Creneau(_utc(day, first), _utc(day, last), "rendez-vous" in comment.lower()))
        return tuple(found)

    def opening(self, now: datetime, rendez_vous: RendezVous = RendezVous.INCONNU) -> Ouverture:
        """Open or not at an aware moment; see `directory.model.Ouverture`. Times come back in Europe/Paris."""
        if self.permanent:
            etat = Etat.PEUT_ETRE if rendez_vous is RendezVous.OBLIGATOIRE else Etat.OUVERT
            return Ouverture(etat, permanent=True)
        moment = now.astimezone(UTC)
        today = now.astimezone(PARIS).date()
        for day in (today - timedelta(days=1), today):
            for creneau in self.day(day).creneaux:
                if creneau.debut <= moment < creneau.fin:
                    return self._open(creneau, moment, rendez_vous)
        journee = self.day(today)
        if not journee.connue:
            return Ouverture(Etat.INCONNU)
        following = self._next(moment, today)
        return Ouverture(
            Etat.FERME,
            prochaine=following and following.debut.astimezone(PARIS),
            prochaine_fin=following and self._end(following).astimezone(PARIS),
            motif=journee.motif,
        )

    def _open(self, creneau: Creneau, moment: datetime, rendez_vous: RendezVous) -> Ouverture:
        end = self._end(creneau)
        if end - creneau.debut > LONGUEUR_PERMANENTE:
            return Ouverture(Etat.OUVERT, permanent=True)
        unsure = creneau.incertain or rendez_vous is RendezVous.OBLIGATOIRE
        soon = end - moment <= BIENTOT
        etat = Etat.PEUT_ETRE if unsure else Etat.FERME_BIENTOT if soon else Etat.OUVERT
        return Ouverture(etat, jusqu_a=end.astimezone(PARIS), motif=creneau.motif)

    def _end(self, creneau: Creneau) -> datetime:
        """When it really closes: an opening that ends as the next one begins, at midnight, is one opening."""
        end = creneau.fin
        while end - creneau.debut <= LONGUEUR_PERMANENTE:
            after = self.day(end.astimezone(PARIS).date()).creneaux
            if not after or after[0].debut != end or after[0].incertain != creneau.incertain:
                break
            end = after[0].fin
        return end

    def _next(self, moment: datetime, today: date) -> Creneau | None:
        """The first sure opening after the moment, in the 60 days ahead; None when there is none, or an unknown day
        comes first. A desk by appointment has its own hours, so its openings count."""
        for ahead in range(JOURS_CHERCHES + 1):
            journee = self.day(today + timedelta(days=ahead))
            if not journee.connue:
                return None
            for creneau in journee.creneaux:
                if creneau.debut > moment and creneau.motif is None:
                    return creneau
        return None


@lru_cache(maxsize=4096)
def _evaluator(week: osm.Expression, ferie: bool) -> OpeningHours:
    """The library's object: with the French public holidays only when the day is one for our calendar too."""
    return OpeningHours(osm.canonical(week), country="FR" if ferie else None)


def _utc(day: date, minutes: int) -> datetime:
    """A wall clock time of Paris in UTC; minutes over 1440 are on the next day. In the hour that the autumn change plays
    twice the first is meant, and a time that the spring change skips is the same time one hour later."""
    local = datetime.combine(day, time()) + timedelta(minutes=minutes)
    return local.replace(tzinfo=PARIS).astimezone(UTC)
