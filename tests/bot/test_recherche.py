"""The whole directory, searched as a médiateur does."""

from __future__ import annotations

import pytest

from bot.recherche import Filtre, search
from directory.model import Etat, EtatLieu
from tests.bot.factories import real_directory


def names(filtre: Filtre, now) -> list[str]:
    return [one.lieu.nom for one in search(real_directory(), filtre, now)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("atrium", "France Services Amiens Nord (L'Atrium)"),
        ("ATRIUM", "France Services Amiens Nord (L'Atrium)"),
        ("franse service etouvie", "France Services Étouvie"),
        ("mairie etouvie", "Mairie de secteur Ouest (Étouvie)"),
        ("mision local", "Mission locale Mlife, antenne Amiens Nord"),
        ("secours populair", "Secours populaire, Amiens"),
        ("caf", "Caf de la Somme"),
        ("maignan lariviere", "Caf de la Somme"),
        ("3114", "3114 : prévention du suicide"),
    ],
)
def test_a_place_is_found_by_its_name_its_initials_or_its_street_with_typos(typed, found, now):
    assert found in names(Filtre(typed), now)[:3]


@pytest.mark.parametrize("typed", ["zzzzqqq", "<script>", "%", "'; DROP TABLE", "é" * 100])
def test_what_is_no_name_finds_nothing(typed, now):
    assert names(Filtre(typed), now) == []


def test_filters_narrow_what_is_found_and_can_be_joined(now):
    directory = real_directory()
    found = search(directory, Filtre(besoin="energie", quartier="etouvie"), now)
    assert found
    for one in found:
        assert "energie" in one.service.besoins
        assert not one.lieu.quartiers or "etouvie" in one.lieu.quartiers
    opened = search(directory, Filtre(ouvert=True), now)
    assert {one.ouverture.etat for one in opened} <= {Etat.OUVERT, Etat.FERME_BIENTOT}
    assert len(search(directory, Filtre(ouvert=True, sans_rendez_vous=True), now)) < len(opened)
    assert len(search(directory, Filtre(langue="fa"), now)) >= 1


def test_places_that_are_only_announced_are_found_by_their_name_alone(now):
    directory = real_directory()
    planned = next(lieu for lieu in directory.lieux.values() if lieu.etat is EtatLieu.PROJET)
    assert planned.nom in names(Filtre(planned.nom), now)
    assert planned.id not in {one.lieu.id for one in search(directory, Filtre(quartier=planned.quartiers[0] if planned.quartiers else None, ouvert=True), now)}  # fmt: skip
