"""The calendars of the product agree with those who keep them, and know where they stop."""

from datetime import date, datetime, time, timedelta

import vacances_scolaires_france
from opening_hours import OpeningHours

from tests.directory.factories import real


def days(first: date, last: date):
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def test_every_public_holiday_is_the_one_of_the_library_and_no_other():
    calendrier = real().calendrier
    french = OpeningHours("PH 00:00-24:00", country="FR")

    wrong = [
        day
        for day in days(calendrier.feries_du, calendrier.feries_au)
        if french.is_open(datetime.combine(day, time(12))) != (calendrier.ferie(day) is not None)
    ]

    assert wrong == []


def test_a_year_has_eleven_public_holidays_with_french_names():
    noms = [nom for day, nom in real().calendrier.feries.items() if day.year == 2026]

    assert len(noms) == 11
    assert {"Lundi de Pâques", "Ascension", "14 juillet", "Jour de Noël"} <= set(noms)


def test_every_day_of_school_holidays_is_the_one_of_zone_b():
    calendrier = real().calendrier
    kept = vacances_scolaires_france.SchoolHolidayDates()

    wrong = [
        day
        for day in days(calendrier.vacances_du, calendrier.vacances_au)
        if kept.is_holiday_for_zone(day, "B") != (calendrier.vacances_of(day) is not None)
    ]

    assert wrong == []


def test_a_day_outside_a_calendar_is_not_known():
    calendrier = real().calendrier

    assert calendrier.knows_vacances(calendrier.vacances_au)
    assert not calendrier.knows_vacances(calendrier.vacances_au + timedelta(days=1))
    assert not calendrier.knows_feries(calendrier.feries_du - timedelta(days=1))


def test_the_school_calendar_covers_the_year_ahead():
    assert real().calendrier.vacances_au >= date(2027, 11, 22)
