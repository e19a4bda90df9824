"""Finding doors: the order, its reasons, what is missing, and whether the quarter matters."""

from datetime import timedelta

import pytest

from directory.model import Confiance, Demande, Etat, EtatLieu, Horaires, Manque, Point, Raison, RendezVous, Service
from directory.search import find_doors, opening, urgence_lines
from tests.directory.factories import NORD, a_directory, a_line, a_place, closed, paris, real

MARDI = paris("2026-11-24 10:00")
OUVERT = "Mo-Fr 09:00-17:00; PH off"


def doors(directory, *besoins, now=MARDI, **demande):
    return find_doors(directory, Demande(besoins or ("lien-social",), **demande), now)


def ids(reponse):
    return [porte.lieu.id for porte in reponse.portes]


# The order.


def test_at_most_three_doors_come_back_and_the_others_are_counted():
    directory = a_directory(*(a_place(f"lieu-{letter}") for letter in "edcba"))

    reponse = doors(directory)

    assert ids(reponse) == ["lieu-a", "lieu-b", "lieu-c"]
    assert reponse.autres == 2


def test_a_place_whose_main_need_it_is_comes_before_one_that_also_does_it():
    directory = a_directory(a_place("b-exact"), a_place("a-aussi", ("energie", "lien-social")))

    assert ids(doors(directory)) == ["b-exact", "a-aussi"]


def test_the_quarter_comes_before_the_rest_of_the_city():
    directory = a_directory(a_place("a-ville"), a_place("b-nord", quartiers=("le-nord",)))

    assert ids(doors(directory, quartier="le-nord")) == ["b-nord", "a-ville"]
    assert ids(doors(directory, quartier="le-sud")) == ["a-ville", "b-nord"]


def test_near_comes_before_far_when_neither_is_in_the_quarter():
    far, near = Point(49.850, 2.300), Point(49.912, 2.302)
    directory = a_directory(a_place("a-loin", point=far), a_place("b-pres", point=near))

    reponse = doors(directory, quartier="le-nord")

    assert ids(reponse) == ["b-pres", "a-loin"]
    assert reponse.portes[0].distance == pytest.approx(264, abs=2)


def test_a_place_that_serves_its_quarter_alone_is_not_offered_to_another():
    directory = a_directory(a_place("nord", quartiers=("le-nord",), portee="quartier"), a_place("ville"))

    assert ids(doors(directory, quartier="le-sud")) == ["ville"]
    assert ids(doors(directory, quartier="le-nord")) == ["nord", "ville"]
    assert ids(doors(directory)) == ["ville", "nord"]  # quarter not known: last, but not lost


def test_open_now_comes_before_closed_and_soon_before_later():
    directory = a_directory(
        a_place("a-inconnu"),
        a_place("b-jeudi", horaires="Th 09:00-12:00"),
        a_place("c-demain", horaires="We 09:00-12:00"),
        a_place("d-ouvert", horaires=OUVERT),
    )

    assert ids(doors(directory, limite=4)) == ["d-ouvert", "c-demain", "b-jeudi", "a-inconnu"]


def test_a_place_that_speaks_the_language_comes_first_among_equals():
    directory = a_directory(a_place("a"), a_place("b", langues=("fr", "ar")))

    assert ids(doors(directory, langue="ar-Latn")) == ["b", "a"]
    assert ids(doors(directory, langue="fr")) == ["a", "b"]


def test_walk_in_comes_before_by_appointment():
    directory = a_directory(a_place("a", rendez_vous=RendezVous.OBLIGATOIRE), a_place("b", rendez_vous=RendezVous.SANS))

    assert ids(doors(directory)) == ["b", "a"]


def test_a_place_nobody_can_reach_comes_after_those_one_can():
    directory = a_directory(
        a_place("a-nom-seul", adresse=None),
        a_place("b-secondaire", ("energie", "lien-social")),
        a_place("c-batiment", adresse=None, quartiers=("le-sud",)),
    )

    assert ids(doors(directory)) == ["c-batiment", "b-secondaire", "a-nom-seul"]


def test_a_sure_place_comes_before_a_less_sure_one():
    directory = a_directory(a_place("a", confiance=Confiance.MOYENNE), a_place("b"))

    assert ids(doors(directory)) == ["b", "a"]


def test_a_service_kept_for_others_comes_after_those_for_everyone():
    directory = a_directory(
        a_place("a-jeunes", ("recherche-emploi",), publics=("jeunes",)),
        a_place("b-tous", ("recherche-emploi",)),
        a_place("c-insertion", ("jeunes-insertion",), publics=("jeunes",)),
    )

    assert ids(doors(directory, "recherche-emploi")) == ["b-tous", "a-jeunes"]
    assert ids(doors(directory, "jeunes-insertion")) == ["c-insertion"]


def test_the_place_one_thinks_of_first_comes_before_the_others_as_near():
    directory = a_directory(
        a_place("a-atelier", ("recherche-emploi",), type="insertion"),
        a_place("b-agence", ("recherche-emploi",), type="france-travail"),
        a_place("c-quartier", ("recherche-emploi",), type="association", quartiers=("le-nord",)),
    )

    assert ids(doors(directory, "recherche-emploi", quartier="le-nord")) == ["c-quartier", "b-agence", "a-atelier"]


def test_national_lines_come_after_local_doors():
    directory = a_directory(a_line("a-ligne", horaires="24/7"), a_place("b-ville"))

    assert ids(doors(directory)) == ["b-ville", "a-ligne"]


def test_doubtful_doors_come_last_after_one_national_line():
    doubtful = {"confiance": Confiance.BASSE, "appeler_avant": True}
    directory = a_directory(
        a_place("a-doute", **doubtful),
        a_line("b-ligne"),
        a_line("c-ligne"),
        a_place("d-ville", ("energie", "lien-social")),
    )

    assert ids(doors(directory, limite=4)) == ["d-ville", "b-ligne", "a-doute", "c-ligne"]


def test_projects_and_closed_places_are_never_doors():
    directory = a_directory(a_place("a", etat=EtatLieu.PROJET), a_place("b", etat=EtatLieu.FERME), a_place("c"))

    assert ids(doors(directory)) == ["c"]


def test_one_building_is_shown_once_as_long_as_another_answers():
    directory = a_directory(
        a_place("a", adresse="1 rue de la Paix"),
        a_place("b", adresse="1, rue de la Paix"),
        a_place("c", ("energie", "lien-social")),
    )

    assert ids(doors(directory, limite=2)) == ["a", "c"]
    assert ids(doors(directory)) == ["a", "c", "b"]


def test_several_needs_take_turns():
    directory = a_directory(*(a_place(f"{need}-{n}", (need,)) for need in ("energie", "transport") for n in (1, 2)))

    assert ids(doors(directory, "energie", "transport")) == ["energie-1", "transport-1", "energie-2"]


def test_a_door_for_both_needs_is_shown_once():
    directory = a_directory(a_place("a", ("energie", "transport")), a_place("b", ("transport",)))

    reponse = doors(directory, "energie", "transport")

    assert [(porte.id, porte.besoin) for porte in reponse.portes] == [
        ("a/accueil", "energie"),
        ("b/accueil", "transport"),
    ]


def test_doors_already_shown_are_left_out_until_none_is_left():
    directory = a_directory(*(a_place(letter) for letter in "abcd"))
    shown: set[str] = set()
    rounds = []
    for _ in range(3):
        reponse = doors(directory, exclure=frozenset(shown))
        rounds.append((ids(reponse), reponse.autres, reponse.manque))
        shown |= {porte.id for porte in reponse.portes}

    assert rounds == [(["a", "b", "c"], 1, None), (["d"], 0, None), ([], 0, None)]


def test_a_shared_position_counts_more_than_the_quarter():
    here = Point(49.8801, 2.3001)
    directory = a_directory(
        a_place("nord", quartiers=("le-nord",), point=NORD.centre), a_place("sud", quartiers=("le-sud",), point=here)
    )

    reponse = doors(directory, point=here, quartier="le-nord")

    assert ids(reponse) == ["sud", "nord"]
    assert reponse.portes[0].distance == 0


def test_the_same_question_gives_the_same_answer_whatever_the_order_of_files():
    places = [a_place(letter, horaires=OUVERT) for letter in "abcdef"]

    assert ids(doors(a_directory(*places))) == ids(doors(a_directory(*reversed(places)))) == ["a", "b", "c"]


# The reasons.


def test_a_door_says_why_it_has_its_rank():
    directory = a_directory(
        a_place("a", quartiers=("le-nord",), horaires=OUVERT, langues=("ar",), rendez_vous=RendezVous.SANS)
    )

    porte = doors(directory, quartier="le-nord", langue="ar").portes[0]

    assert porte.raisons == (
        Raison.OFFRE_LE_BESOIN,
        Raison.DANS_LE_QUARTIER,
        Raison.OUVERT_MAINTENANT,
        Raison.PARLE_LA_LANGUE,
        Raison.SANS_RENDEZ_VOUS,
    )


def test_a_door_elsewhere_says_its_distance_and_a_line_that_it_is_a_phone_call():
    directory = a_directory(
        a_place("loin", point=Point(49.850, 2.300), horaires="We 09:00-12:00"), a_place("ville"), a_line("ligne")
    )

    raisons = {porte.lieu.id: porte.raisons[1:] for porte in doors(directory, quartier="le-nord").portes}

    assert raisons == {
        "loin": (Raison.A_DISTANCE_DE, Raison.OUVRE_LE),
        "ville": (Raison.TOUTE_LA_VILLE,),
        "ligne": (Raison.PAR_TELEPHONE,),
    }


@pytest.mark.parametrize(
    ("verifie_le", "ancien"),
    [("2026-10-01", False), ("2025", False), ("2024-11", True), ("2021-04-23", True), (None, True)],
)
def test_old_or_undated_facts_are_said_to_be_old(verifie_le, ancien):
    assert doors(a_directory(a_place("a", verifie_le=verifie_le))).portes[0].ancien is ancien


def test_hours_older_than_the_rest_make_the_door_old():
    directory = a_directory(a_place("a", horaires=Horaires(osm=OUVERT, verifie_le="2021-04-23")))

    assert doors(directory).portes[0].ancien


# What is missing.


def test_no_offer_at_all():
    assert doors(a_directory(a_place("a")), "transport").manque is Manque.AUCUNE_OFFRE
    assert doors(a_directory(a_place("a")), "besoin-inconnu").portes == ()


def test_only_a_national_line():
    reponse = doors(a_directory(a_line("ligne")))

    assert (ids(reponse), reponse.manque) == (["ligne"], Manque.RIEN_A_PORTEE)


def test_nothing_in_the_quarter_and_nothing_for_the_city():
    directory = a_directory(a_place("nord", quartiers=("le-nord",), portee="quartier"), a_line("ligne"))

    assert doors(directory, quartier="le-sud").manque is Manque.RIEN_A_PORTEE


def test_nothing_opens_within_a_week():
    away = Horaires(osm=OUVERT, exceptions=(closed("2026-11-20", "2026-12-06", "congés"),))

    assert doors(a_directory(a_place("a", horaires=away))).manque is Manque.RIEN_BIENTOT
    assert doors(a_directory(a_place("a", horaires=away), a_place("b"))).manque is None  # unknown is not closed
    assert doors(a_directory(a_place("a", horaires=away)), now=MARDI + timedelta(days=7)).manque is None


# Does the quarter matter?


def test_the_quarter_matters_when_it_changes_the_doors():
    directory = a_directory(*(a_place(letter) for letter in "abc"), a_place("nord", quartiers=("le-nord",)))

    assert doors(directory).depend_du_quartier
    assert not doors(directory, quartier="le-sud").depend_du_quartier  # already known


def test_the_quarter_does_not_matter_when_the_doors_are_the_same_everywhere():
    directory = a_directory(a_place("a"), a_place("b"), a_line("ligne"))

    assert not doors(directory).depend_du_quartier


# Openings and emergency lines.


def test_the_place_itself_may_be_asked_whether_it_is_open():
    lieu = a_place("a", horaires=OUVERT)
    appointment = Service("rdv", "Rendez-vous", ("energie",), rendez_vous=RendezVous.OBLIGATOIRE)
    directory = a_directory(lieu)

    assert opening(directory, lieu, None, MARDI).etat is Etat.OUVERT
    assert opening(directory, lieu, appointment, MARDI).etat is Etat.PEUT_ETRE


def test_emergency_lines_come_in_the_order_in_which_they_are_said():
    directory = a_directory(
        a_line("ecoute", telephone="39 19"),
        a_line("texto", telephone=None, sms="114"),
        a_line("police", telephone="17"),
        a_place("commissariat", telephone="17"),
    )

    assert [lieu.id for lieu in urgence_lines(directory, "violences-danger")] == ["police", "texto", "ecoute"]
    assert urgence_lines(directory, "inconnue") == ()


# The real directory, every need from everywhere.


def test_every_need_from_every_quarter_gives_doors_that_keep_the_promises():
    directory = real()

    for besoin in directory.vocabulaire.besoins:
        for quartier in (None, *directory.quartiers):
            reponse = doors(directory, besoin, quartier=quartier)
            assert 1 <= len(reponse.portes) <= 3, besoin
            assert len({porte.id for porte in reponse.portes}) == len(reponse.portes)
            for porte in reponse.portes:
                lieu = porte.lieu
                assert lieu.etat is EtatLieu.OUVERT
                assert besoin in porte.service.besoins
                assert lieu.portee != "quartier" or quartier is None or quartier in lieu.quartiers
                assert lieu.confiance is not Confiance.BASSE or porte.service.appeler_avant
                assert porte.raisons[0] is Raison.OFFRE_LE_BESOIN
            assert reponse == doors(directory, besoin, quartier=quartier)


def test_a_door_on_a_day_of_the_past_of_the_calendars_or_beyond_them_is_still_a_door():
    for moment in ("1999-12-31 23:59", "2026-03-29 02:30", "2026-10-25 02:30", "2099-06-01 10:00"):
        assert doors(real(), "demarches-administratives", now=paris(moment)).portes
