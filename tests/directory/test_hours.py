"""The five answers about time, with the reason of a closure and the next opening, in Paris time."""

from datetime import timedelta

import pytest

from directory.calendrier import Calendrier
from directory.hours import PARIS, UTC, Agenda
from directory.model import Etat, ExceptionHoraire, Horaires, Motif, RendezVous
from tests.directory.factories import closed, other_hours, paris, real

BUREAU = "Mo-Fr 09:00-12:00,14:00-17:00; PH off"


def at(moment, osm=BUREAU, rendez_vous=RendezVous.INCONNU, **horaires):
    agenda = Agenda(Horaires(osm=osm, **horaires), real().calendrier)
    return agenda.opening(paris(moment), rendez_vous)


# The five answers.


def test_open_says_until_when():
    ouverture = at("2026-11-24 10:00")

    assert (ouverture.etat, ouverture.jusqu_a) == (Etat.OUVERT, paris("2026-11-24 12:00"))


@pytest.mark.parametrize(
    ("moment", "etat"),
    [
        ("2026-11-24 08:59", Etat.FERME),
        ("2026-11-24 09:00", Etat.OUVERT),
        ("2026-11-24 11:29", Etat.OUVERT),
        ("2026-11-24 11:30", Etat.FERME_BIENTOT),
        ("2026-11-24 11:59", Etat.FERME_BIENTOT),
        ("2026-11-24 12:00", Etat.FERME),
        ("2026-11-24 16:30", Etat.FERME_BIENTOT),
        ("2026-11-28 10:00", Etat.FERME),
    ],
)
def test_the_minute_counts(moment, etat):
    assert at(moment).etat is etat


def test_closed_says_the_next_opening_and_its_end():
    ouverture = at("2026-11-27 17:30")  # a Friday evening

    assert ouverture.etat is Etat.FERME
    assert (ouverture.prochaine, ouverture.prochaine_fin) == (paris("2026-11-30 09:00"), paris("2026-11-30 12:00"))
    assert ouverture.motif is None


def test_by_appointment_is_maybe_while_the_hours_say_open_and_closed_otherwise():
    assert at("2026-11-24 10:00", rendez_vous=RendezVous.OBLIGATOIRE).etat is Etat.PEUT_ETRE
    assert at("2026-11-24 13:00", rendez_vous=RendezVous.OBLIGATOIRE).etat is Etat.FERME
    assert at("2026-11-24 13:00", rendez_vous=RendezVous.OBLIGATOIRE).prochaine == paris("2026-11-24 14:00")


def test_hours_that_say_by_appointment_are_maybe():
    osm = 'Mo-Fr 09:00-12:00; We 14:00-17:00 open "sur rendez-vous"'

    assert at("2026-11-24 10:00", osm).etat is Etat.OUVERT
    assert at("2026-11-25 15:00", osm).etat is Etat.PEUT_ETRE


def test_unknown_hours_are_never_closed():
    assert at("2026-11-24 03:00", None, texte="le mardi après-midi").etat is Etat.INCONNU
    assert at("2026-11-11 10:00", None).etat is Etat.INCONNU


def test_day_and_night_is_open_on_every_day():
    for moment in ("2026-12-25 03:00", "2026-11-24 10:00"):
        assert at(moment, "24/7").permanent
    assert at("2026-11-24 10:00", "Mo-Su,PH 00:00-24:00").permanent


# Public holidays: the dates on which others' badges are wrong.


@pytest.mark.parametrize(("moment", "nom"), [("2026-07-14 10:00", "14 juillet"), ("2026-11-11 10:00", "11 novembre")])
def test_a_french_public_holiday_is_closed_and_named(moment, nom):
    ouverture = at(moment)

    assert ouverture.etat is Etat.FERME
    assert ouverture.motif == Motif("ferie", nom)


@pytest.mark.parametrize("moment", ["2026-10-03 10:00", "2026-06-04 10:00"])
def test_german_holidays_are_ordinary_days_here(moment):
    assert at(moment, "Mo-Sa 09:00-12:00; PH off").etat is Etat.OUVERT


def test_the_next_opening_jumps_over_a_holiday():
    assert at("2026-12-24 18:00").prochaine == paris("2026-12-28 09:00")  # 25 is a Friday and Christmas


def test_a_holiday_on_a_day_that_is_closed_anyway_is_no_reason():
    assert at("2026-08-15 10:00").motif is None  # Assomption is a Saturday


def test_hours_silent_about_holidays_are_maybe_with_the_holiday_named():
    ouverture = at("2026-11-11 10:00", "Mo-Fr 09:00-17:00")

    assert (ouverture.etat, ouverture.motif) == (Etat.PEUT_ETRE, Motif("ferie", "11 novembre"))


def test_nobody_is_sent_to_a_maybe_as_the_next_opening():
    assert at("2026-11-10 18:00", "Mo-Fr 09:00-17:00").prochaine == paris("2026-11-12 09:00")


def test_a_place_open_on_holidays_is_open():
    assert at("2026-12-25 10:00", "Mo-Su,PH 08:00-20:00").etat is Etat.OUVERT


# School holidays of zone B, and dated exceptions.


def test_closed_in_school_holidays_says_which_and_when_it_opens_again():
    ouverture = at("2026-12-22 10:00", vacances="off")

    assert (ouverture.etat, ouverture.motif) == (Etat.FERME, Motif("vacances", "Vacances de Noël"))
    assert ouverture.prochaine == paris("2027-01-04 09:00")


def test_school_holidays_may_have_their_own_hours():
    horaires = {"vacances": "Mo-Fr 14:00-16:00"}

    assert at("2026-10-20 10:00", **horaires).etat is Etat.FERME
    assert at("2026-10-20 15:00", **horaires).jusqu_a == paris("2026-10-20 16:00")
    assert at("2026-11-24 10:00", **horaires).etat is Etat.OUVERT


def test_the_holiday_rule_of_the_usual_week_holds_in_school_holidays():
    ouverture = at("2026-07-14 15:00", vacances="Mo-Fr 14:00-16:00")

    assert (ouverture.etat, ouverture.motif) == (Etat.FERME, Motif("ferie", "14 juillet"))


def test_a_place_closed_in_school_holidays_does_not_open_for_a_public_holiday_within_them():
    assert at("2026-12-25 10:00", "Mo-Su,PH 09:00-17:00", vacances="off").etat is Etat.FERME


def test_a_dated_closure_gives_its_reason():
    ouverture = at("2026-12-01 10:00", exceptions=(closed("2026-11-30", "2026-12-04", "travaux"),))

    assert (ouverture.etat, ouverture.motif) == (Etat.FERME, Motif("fermeture", "travaux"))
    assert ouverture.prochaine == paris("2026-12-07 09:00")


def test_a_dated_opening_replaces_the_usual_day():
    ouverture = at("2026-11-28 10:00", exceptions=(other_hours("2026-11-28", "10:00-16:00"),))

    assert ouverture.jusqu_a == paris("2026-11-28 16:00")


def test_a_dated_opening_wins_over_holidays_and_school_holidays():
    exceptions = (other_hours("2026-12-25", "09:00-12:00"),)

    assert at("2026-12-25 10:00", vacances="off", exceptions=exceptions).etat is Etat.OUVERT


def test_a_closure_is_known_even_when_the_hours_are_not():
    exceptions = (closed("2026-11-24", motif="inventaire"),)

    assert at("2026-11-24 10:00", None, exceptions=exceptions).motif == Motif("fermeture", "inventaire")
    assert at("2026-11-25 10:00", None, exceptions=exceptions).etat is Etat.INCONNU


def test_the_next_opening_is_searched_sixty_days_ahead_and_no_further():
    exceptions = {"exceptions": (closed("2026-01-01", "2026-11-22"),)}

    assert at("2026-09-24 10:00", **exceptions).prochaine == paris("2026-11-23 09:00")
    assert at("2026-09-22 10:00", **exceptions).prochaine is None


def test_hours_with_dates_of_validity():
    horaires = {"du": paris("2026-12-01 00:00").date(), "au": paris("2026-12-31 00:00").date()}

    assert at("2026-11-24 10:00", **horaires).prochaine == paris("2026-12-01 09:00")
    assert at("2026-12-01 10:00", **horaires).etat is Etat.OUVERT
    assert at("2027-01-05 10:00", **horaires).etat is Etat.INCONNU  # they ended: nobody knows what came after


# A missing year is never guessed.


def test_without_the_school_calendar_of_the_day_nothing_is_guessed():
    assert at("2028-11-24 10:00", vacances="off").etat is Etat.INCONNU
    assert at("2028-11-24 10:00").etat is Etat.OUVERT  # hours that do not depend on it are still known


def test_without_the_public_holidays_of_the_year_nothing_is_guessed():
    assert at("2036-11-25 10:00").etat is Etat.INCONNU
    assert at("2036-11-25 10:00", "24/7").permanent
    agenda = Agenda(Horaires(osm=BUREAU), Calendrier())
    assert agenda.opening(paris("2026-11-24 10:00")).etat is Etat.INCONNU


# Midnight and the two clock changes.


def test_hours_past_midnight_belong_to_the_evening_they_began():
    osm = "Mo-Sa 20:00-02:00; PH off"

    assert at("2026-11-25 01:00", osm).jusqu_a == paris("2026-11-25 02:00")
    assert at("2026-11-29 01:00", osm).etat is Etat.OUVERT  # Saturday's night
    assert at("2026-11-30 01:00", osm).etat is Etat.FERME  # no Sunday night


def test_hours_past_midnight_are_not_cut_by_the_hours_of_the_next_day():
    assert at("2026-11-24 01:00", "Mo 22:00-02:00; Tu 09:00-12:00").etat is Etat.OUVERT


def test_two_days_that_touch_at_midnight_are_one_opening():
    ouverture = at("2026-11-28 23:00", "Sa 09:00-24:00; Su 00:00-12:00,14:00-15:00")

    assert ouverture.jusqu_a == paris("2026-11-29 12:00")


@pytest.mark.parametrize(("sunday", "night"), [("2026-03-29", timedelta(hours=9)), ("2026-10-25", timedelta(hours=11))])
def test_a_night_with_a_clock_change_is_one_hour_shorter_or_longer(sunday, night):
    agenda = Agenda(Horaires(osm="Sa 22:00-24:00; Su 00:00-08:00"), real().calendrier)
    begin = paris(f"{sunday} 08:00").astimezone(UTC) - night

    assert agenda.opening(begin).etat is Etat.OUVERT
    assert agenda.opening(begin - timedelta(minutes=1)).etat is Etat.FERME
    assert agenda.opening(begin).jusqu_a == paris(f"{sunday} 08:00")


def test_both_passes_of_the_hour_played_twice_are_open():
    agenda = Agenda(Horaires(osm="Su 00:00-08:00"), real().calendrier)
    first = paris("2026-10-25 02:30").astimezone(UTC)

    assert [agenda.opening(first + timedelta(hours=hour)).etat for hour in (0, 1)] == [Etat.OUVERT] * 2


def test_an_opening_in_the_hour_that_spring_skips_does_not_crash():
    agenda = Agenda(Horaires(osm="Su 02:30-06:00"), real().calendrier)

    assert agenda.opening(paris("2026-03-29 01:00")).prochaine.astimezone(UTC) == paris("2026-03-29 03:30").astimezone(
        UTC
    )
    assert agenda.opening(paris("2026-03-29 04:00")).etat is Etat.OUVERT


def test_a_moment_in_another_time_zone_is_the_same_moment():
    agenda = Agenda(Horaires(osm=BUREAU), real().calendrier)

    assert agenda.opening(paris("2026-11-24 10:00").astimezone(UTC)) == agenda.opening(paris("2026-11-24 10:00"))


def test_the_same_question_months_apart_gives_the_same_answer():
    agenda = Agenda(Horaires(osm=BUREAU, vacances="off"), real().calendrier)
    before = agenda.opening(paris("2026-12-22 10:00"))
    for day in range(800):  # more days than are remembered
        agenda.day(paris("2025-06-01 00:00").date() + timedelta(days=day))

    assert agenda.opening(paris("2026-12-22 10:00")) == before


def test_every_answer_is_in_paris_time():
    ouverture = at("2026-11-27 17:30")

    assert ouverture.prochaine.tzinfo is PARIS


def test_the_first_exception_written_wins_when_two_cover_a_day():
    exceptions = (other_hours("2026-11-24", "10:00-11:00"), ExceptionHoraire(paris("2026-11-01 00:00").date(), paris("2026-11-30 00:00").date(), None, "travaux"))  # fmt: skip

    assert at("2026-11-24 10:30", exceptions=exceptions).etat is Etat.FERME_BIENTOT
    assert at("2026-11-25 10:30", exceptions=exceptions).motif == Motif("fermeture", "travaux")
