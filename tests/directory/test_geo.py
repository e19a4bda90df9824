"""Distances, names of quarters, and perimeters drawn by hand."""

from dataclasses import replace

import pytest

from directory.geo import distance, names, nearest_quartiers, normalise, quartier_of, within
from directory.model import Point
from tests.directory.factories import LOIN, NORD, SUD, a_directory


def square(longitude, latitude, half):
    corners = ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))
    return tuple((longitude + x * half, latitude + y * half) for x, y in corners)


# A square with a square hole, and a second piece apart.
TROUE = replace(NORD, anneaux=(square(2.30, 49.91, 0.010), square(2.30, 49.91, 0.002), square(2.35, 49.91, 0.005)))


def test_distance_is_in_metres():
    mairie, gare = Point(49.8941, 2.2957), Point(49.8906, 2.3084)

    assert distance(mairie, gare) == pytest.approx(990, abs=10)
    assert distance(mairie, mairie) == 0
    assert distance(mairie, gare) == distance(gare, mairie)


@pytest.mark.parametrize(
    ("longitude", "latitude", "inside"),
    [
        (2.295, 49.905, True),
        (2.30, 49.91, False),  # in the hole
        (2.35, 49.91, True),  # in the second piece
        (2.33, 49.91, False),  # between the pieces
        (2.295, 49.95, False),
    ],
)
def test_a_perimeter_may_have_holes_and_pieces(longitude, latitude, inside):
    assert within(TROUE, Point(latitude, longitude)) is inside


def test_without_perimeters_no_location_gives_a_quarter():
    assert quartier_of(a_directory(), NORD.centre) is None


def test_with_perimeters_a_location_gives_its_quarter():
    directory = a_directory(quartiers=(TROUE, SUD, LOIN))

    assert quartier_of(directory, Point(49.905, 2.295)) == "le-nord"
    assert quartier_of(directory, Point(49.80, 2.295)) is None


def test_quarters_come_nearest_first_and_those_nobody_can_place_last():
    assert nearest_quartiers(a_directory(), Point(49.885, 2.30)) == ("le-sud", "le-nord", "le-lointain")
    assert nearest_quartiers(a_directory(), Point(49.905, 2.30)) == ("le-nord", "le-sud", "le-lointain")


def test_the_edge_of_a_perimeter_counts_and_not_its_landmark():
    wide = replace(
        NORD, anneaux=(square(2.30, 49.91, 0.025),)
    )  # its edge is 5 thousandths of a degree north of the south
    directory = a_directory(quartiers=(wide, SUD, LOIN))

    assert nearest_quartiers(directory, Point(49.8835, 2.30))[0] == "le-nord"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("  L'Étouvie ! ", "l etouvie"),
        ("Saint-Acheul", "saint acheul"),
        ("CŒUR", "coeur"),
        ("8-Mai-1945", "8 mai 1945"),
        ("…", ""),
    ],
)
def test_names_are_compared_without_accents_case_or_signs(written, expected):
    assert normalise(written) == expected


def test_every_name_of_a_quarter_means_it():
    found = names(a_directory())

    assert found["le nord"] == found["le grand nord"] == found["rue du nord"] == ("le-nord",)


def test_a_shared_name_means_several_quarters():
    directory = a_directory(quartiers=(NORD, replace(SUD, noms=("Le Grand Nord",))))
    directory.noms_partages["les deux bouts"] = ("le-sud", "le-nord")

    assert names(directory)["le grand nord"] == ("le-nord", "le-sud")
    assert names(directory)["les deux bouts"] == ("le-nord", "le-sud")
