"""The accepted part of the OSM opening hours: understood, written again, refused with advice, and equal to the library."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opening_hours import OpeningHours, State

from directory.osm import Expression, Jour, OsmError, Plage, Regle, canonical, parse
from directory.week import Ligne, overlaps, week
from tests.directory.factories import real

MATIN, APRES_MIDI = Plage(540, 720), Plage(840, 1020)


@pytest.mark.parametrize(
    ("written", "understood"),
    [
        ("Mo-We 09:00-12:00", "Mo,Tu,We 09:00-12:00"),
        (" Mo - We  9:00 - 12:00 , 14:00 - 17:00 ; PH  off ;", "Mo,Tu,We 09:00-12:00,14:00-17:00; PH off"),
        ("Fr-Mo 09:00-12:00", "Fr,Sa,Su,Mo 09:00-12:00"),
        ("Th[1,3],Fr[-1] 09:00-12:00", "Th[1,3],Fr[-1] 09:00-12:00"),
        ("week 1-53/2 Mo 09:00-12:00; week 02-52/2 Tu 14:00-17:00", "week 01-53/2 Mo 09:00-12:00; week 02-52/2 Tu 14:00-17:00"),
        ("Oct-Mar,Jul Mo 09:00-12:00", "Oct-Mar,Jul Mo 09:00-12:00"),
        ("Mo-Fr,PH 09:00-12:00", "Mo,Tu,We,Th,Fr,PH 09:00-12:00"),
        ('Mo 09:00-12:00 open "sur rendez-vous"', 'Mo 09:00-12:00 open "sur rendez-vous"'),
        ("24/7", "24/7"),
    ],
)  # fmt: skip
def test_an_accepted_string_is_understood_whatever_its_blanks(written, understood):
    assert canonical(parse(written)) == understood


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("Mo-Fr 9h-12h", "Écrivez 09:00-12:00"),
        ("lundi 09:00-12:00", "Écrivez Mo, Tu"),
        ("Lu-Ve 09:00-12:00", "Écrivez Mo, Tu"),
        ("Mo-Fr 09:00-12:00; SH off", "horaires_vacances"),
        ('Mo-Fr 09:00-12:00 || "sur rendez-vous"', "rendez_vous: obligatoire"),
        ('Mo-Fr "sur rendez-vous"', 'open "…"'),
        ('Mo-Fr 09:00-12:00 "sur rendez-vous"', 'open "…"'),
        ("PH Su off", "« PH » s’écrit seul"),
        ("PH off; Mo-Fr 09:00-12:00", "Mettez-la à la fin"),
        ("2026 Dec 24 09:00-12:00", "exceptions"),
        ("Dec 24 off", "exceptions"),
        ("Mo 09:00+", "l’heure de fin"),
        ("Mo sunrise-12:00", "seules des heures"),
        ("Mo 09:00-24:30", "cette heure n’existe pas"),
        ("Mo 09:60-12:00", "cette heure n’existe pas"),
        ("Mo 09:00-09:00", "cette heure n’existe pas"),
        ("Mo 14:00-17:00,09:00-12:00", "Écrivez-les dans l’ordre"),
        ("Mo 09:00-12:00, Tu 14:00-17:00", "Séparez les jours par « ; »"),
        ("Mo[0] 09:00-12:00", "de [1] à [5]"),
        ("Mo-We[1] 09:00-12:00", "jour illisible"),
        ("week 3 Mo 09:00-12:00", "impaires"),
        ("Mo", "Ajoutez les heures"),
        ("off", "ne dit pas quel jour"),
        ("", "Écrivez-les, ou enlevez la ligne"),
        ("Mo 09:00-12:00 off", "mot inconnu"),
        ("Mo 9-12", "heure illisible"),
    ],
)
def test_anything_else_is_refused_with_what_to_write(written, advice):
    with pytest.raises(OsmError) as refusal:
        parse(written)

    assert advice in str(refusal.value)


def test_the_week_puts_days_of_equal_hours_together():
    semaine = week("Mo-Fr 09:00-12:00,14:00-17:00; We 09:00-12:00; PH off")

    assert semaine.lignes == (
        Ligne(tuple(map(Jour, (0, 1, 3, 4))), (MATIN, APRES_MIDI)),
        Ligne((Jour(2),), (MATIN,)),
    )
    assert semaine.feries == "ferme"


def test_a_day_taken_back_is_not_in_the_week():
    assert week("Mo-Fr 09:00-12:00; We off").lignes == (Ligne(tuple(map(Jour, (0, 1, 3, 4))), (MATIN,)),)


def test_the_week_keeps_months_week_parity_and_ranks_apart():
    semaine = week("Oct-Mar Mo 14:00-17:00; Apr-Sep Mo 09:00-12:00; week 01-53/2 Tu 09:00-12:00; Th[1] 09:00-12:00")

    assert [(ligne.mois, ligne.semaines, ligne.jours) for ligne in semaine.lignes] == [
        (((10, 3),), None, (Jour(0),)),
        (((4, 9),), None, (Jour(0),)),
        ((), "impaires", (Jour(1),)),
        ((), None, (Jour(3, 1),)),
    ]


def test_day_and_night_is_said_as_such():
    assert week("24/7").permanent
    assert week("Mo-Su,PH 08:00-20:00").feries == "ouvert"
    assert week("Mo 09:00-12:00").feries is None


def test_a_day_written_twice_is_noticed():
    assert overlaps(parse("Mo-Fr 09:00-12:00; Tu 14:00-17:00")) == [Jour(1)]
    assert overlaps(parse("Mo-Fr 09:00-12:00; Tu off; Oct-Mar We 10:00-11:00")) == []


# Agreement with the library, day by day over a year that holds both clock changes, eleven holidays and week 53.
YEAR = [date(2026, 1, 1) + timedelta(days=number) for number in range(400)]


def by_library(expression: Expression, day: date) -> list[tuple[int, int]]:
    start = datetime.combine(day, time())
    hours = OpeningHours(canonical(expression), country="FR")
    found = []
    for begin, end, state, _ in hours.intervals(start, start + timedelta(days=1)):
        if state != State.CLOSED:
            last = 1440 if end.date() > day else end.hour * 60 + end.minute
            found.append((begin.hour * 60 + begin.minute, last))
    return found


def by_us(expression: Expression, day: date) -> list[tuple[int, int]]:
    ferie = real().calendrier.ferie(day) is not None
    return [(plage.debut, min(plage.fin, 1440)) for plage in expression.on(day, ferie)]


STRINGS = [
    "Mo-Fr 09:00-12:00,14:00-17:00; PH off",
    "Mo-Fr 09:00-12:00; We off; Sa 10:00-11:00; PH off",
    "Th[1,3] 09:00-12:00; Fr[-1] 14:00-16:00; PH off",
    "week 01-53/2 Mo 09:00-12:00; week 02-52/2 Tu 14:00-17:00",
    "Oct-Mar Mo,Th 14:00-18:00; Apr-Sep Mo,Th 14:00-19:00; Apr-Sep Su 09:00-12:30",
    "Mo-Su,PH 08:00-20:00",
    "Mo-Su 08:00-02:00",
    "Sep-Jun We 13:30-18:00; Jul-Aug Mo-Fr 10:00-12:00; PH 15:00-16:00",
    "09:00-12:00; Su off",
    "24/7",
]


@pytest.mark.parametrize("text", STRINGS)
def test_our_reading_and_the_library_agree_every_day_of_a_year(text):
    expression = parse(text)

    assert [day for day in YEAR if by_us(expression, day) != by_library(expression, day)] == []


starts = st.integers(0, 92).map(lambda quarter: quarter * 15)
plages = st.lists(starts, min_size=2, max_size=4, unique=True).map(sorted).map(
    lambda times: tuple(Plage(a, b) for a, b in zip(times[::2], times[1::2], strict=False))
)  # fmt: skip
jours = st.lists(
    st.builds(Jour, st.integers(0, 6), st.sampled_from([None, None, None, 1, 2, 3, 4, 5, -1])), max_size=5, unique=True
)
regles = st.builds(
    Regle,
    jours=jours.map(tuple),
    plages=plages,
    mois=st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12)), max_size=1).map(tuple),
    semaines=st.sampled_from([None, None, "impaires", "paires"]),
)
expressions = st.builds(
    lambda rules, holidays: Expression((*rules, *holidays)),
    st.lists(regles, min_size=1, max_size=4),
    st.sampled_from([(), (Regle(feries=True),), (Regle(feries=True, plages=(MATIN,)),)]),
)


@settings(max_examples=120, deadline=None)
@given(expressions)
def test_any_accepted_week_means_the_same_to_the_library(expression):
    assert parse(canonical(expression)) == Expression(tuple(map(_as_read, expression.regles)))
    assert [day for day in YEAR[::3] if by_us(expression, day) != by_library(expression, day)] == []


def _as_read(regle: Regle) -> Regle:
    """The rule with its days in the order in which they are written."""
    plain = [jour for jour in regle.jours if jour.rang is None]
    ranked: dict[int, list[Jour]] = {}
    for jour in regle.jours:
        if jour.rang is not None:
            ranked.setdefault(jour.numero, []).append(jour)
    return Regle(
        (*plain, *(jour for group in ranked.values() for jour in group)),
        regle.plages,
        regle.feries,
        regle.mois,
        regle.semaines,
    )
