"""Days and hours as they stand on paper."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.semaine import next_openings, usual_week
from directory.catalogue import Directory, make
from directory.model import Confiance, EtatLieu, ExceptionHoraire, Horaires, Lieu, Service
from tests.bot.factories import TEXTS, real_directory


def a_place(horaires: Horaires) -> Lieu:
    service = Service("accueil", "Accueil", ("energie",))
    return Lieu("lieu", "Un lieu", "france-services", EtatLieu.OUVERT, Confiance.HAUTE, None, (), horaires=horaires, services=(service,))  # fmt: skip


def a_directory(lieu: Lieu) -> Directory:
    real = real_directory()
    return make([lieu], [], real.quartiers.values(), real.vocabulaire, real.calendrier)


def said(rows, langue="fr"):
    return [(TEXTS.text(row.jours, langue), TEXTS.text(row.heures, langue).replace("\xa0", " ")) for row in rows]


def week_of(osm: str, *, month: int = 11, vacances: str = "idem", langue: str = "fr"):
    lieu = a_place(horaires=Horaires(osm=osm, vacances=vacances))
    week = usual_week(lieu, lieu.services[0], month)
    return said(week.rangees, langue), [TEXTS.text(note, langue) for note in week.notes]


def test_neighbouring_days_of_equal_hours_share_a_row():
    rows, notes = week_of("Mo 13:30-17:00; Tu-Fr 09:00-12:30,13:30-17:00")
    assert rows == [("lundi", "13 h 30 – 17 h"), ("mardi – vendredi", "9 h – 12 h 30 et 13 h 30 – 17 h")]
    assert notes == []


def test_days_apart_and_pairs_of_days_are_said_by_their_names():
    rows, _ = week_of("Mo,Tu,Th 09:00-12:00")
    assert rows == [("lundi et mardi", "9 h – 12 h"), ("jeudi", "9 h – 12 h")]


def test_only_the_season_of_the_month_is_shown():
    osm = "Oct-Mar Mo 14:00-18:00; Apr-Sep Mo 14:00-19:00"
    assert week_of(osm, month=11)[0] == [("lundi", "14 h – 18 h")]
    assert week_of(osm, month=6)[0] == [("lundi", "14 h – 19 h")]


def test_holidays_are_noted_under_the_week():
    _, notes = week_of("Mo-Fr 09:00-12:00; PH off", vacances="off")
    assert notes == ["Fermé les jours fériés", "Fermé pendant les vacances scolaires"]


def test_day_and_night_needs_no_table():
    assert week_of("24/7") == ([], ["Ouvert jour et nuit"])


def test_unknown_hours_give_nothing_rather_than_closed():
    lieu = a_place(horaires=Horaires(texte="le matin, sauf exception"))
    assert usual_week(lieu, lieu.services[0], 11).rangees == ()


def test_the_next_openings_have_dates_and_skip_an_announced_closure(now: datetime):
    today = now.date()
    closed = ExceptionHoraire(today, today + timedelta(days=1), None, "inventaire")
    horaires = Horaires(osm="Mo-Fr 09:00-12:00", exceptions=(closed,))
    lieu = a_place(horaires=horaires)
    directory = a_directory(lieu)
    rows = said(next_openings(directory, lieu, lieu.services[0], now, 2))
    assert rows == [("jeudi 26 novembre", "9 h – 12 h"), ("vendredi 27 novembre", "9 h – 12 h")]


def test_an_opening_that_is_over_today_is_not_the_next_one(now: datetime):
    lieu = a_place(horaires=Horaires(osm="Mo-Fr 08:00-09:00"))
    directory = a_directory(lieu)
    assert said(next_openings(directory, lieu, lieu.services[0], now, 1)) == [("mercredi 25 novembre", "8 h – 9 h")]


def test_a_week_is_said_in_the_language_of_the_reader():
    rows, _ = week_of("Mo-Fr 09:00-12:00", langue="en")
    assert rows == [("Monday – Friday", "09:00 – 12:00")]
