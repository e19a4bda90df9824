"""A need said in one's own words gets its door, and the journal what was missing."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.conversation.events import Avis, BesoinNonCouvert, Manquement, Orientation
from bot.conversation.messages import DoorCard
from bot.conversation.state import Conversation


def doors(answer) -> list[str]:
    return [part.porte.lieu.id for part in answer.reply.parts if isinstance(part, DoorCard)]


def test_a_sure_need_answers_in_the_first_line_then_gives_the_doors(talk):
    answer = talk.says("faim")

    assert answer.text.startswith("🍲 On peut vous aider à trouver à manger.")
    assert len(doors(answer)) == 3
    assert [part.full for part in answer.reply.parts if isinstance(part, DoorCard)] == [True, False, False]
    (event,) = talk.events
    assert isinstance(event, Orientation)
    assert (event.besoin, event.quartier, event.langue, len(event.portes)) == ("aide-alimentaire", None, "fr", 3)


def test_a_full_door_says_what_when_how_where_and_whom_to_call(talk):
    talk.conversation = Conversation(quartier="amiens-nord", accueilli=True)

    said = talk.presses("besoin:demarches-administratives").text.split("\n")

    assert said[1:8] == [
        "",
        "🏢 Guichet Nord, votre quartier (Amiens Nord)",
        "On vous aide à remplir vos papiers.",
        "🟢 Ouvert maintenant, jusqu’à 12 h 30",
        "🚶 Sans rendez-vous · Gratuit",
        "📍 1 rue de l’Essai (la tour bleue)",
        "☎️ 03 53 01 00 01",
    ]


def test_what_to_bring_is_said_when_the_directory_knows_it(talk):
    talk.conversation = Conversation(quartier="amiens-nord")

    assert "🧾 Apportez : la facture" in talk.presses("besoin:energie").text


def test_a_place_closed_for_a_holiday_says_which_and_when_it_opens(talk):
    talk.now = datetime(2026, 11, 11, 10, 0, tzinfo=ZoneInfo("Europe/Paris"))

    assert "🔴 Fermé aujourd’hui : 11 novembre, jour férié. Ouvre demain à 9 h" in talk.says("argent").text


def test_the_first_message_says_once_what_is_kept(talk):
    privacy = "🔒 Ne donnez pas votre nom. Rien n’est gardé sur vous."

    assert talk.says("faim").text.endswith(privacy)
    assert privacy not in talk.says("argent").text


def test_another_door_gives_the_following_ones_and_never_one_twice(talk):
    first = doors(talk.says("faim"))

    second = talk.presses("porte:aide-alimentaire:3")

    assert second.text.startswith("➕ Voici 2 autres portes :")
    assert not set(first) & set(doors(second))
    assert not any(action.startswith("porte:") for action in second.choices)


def test_after_the_last_door_somebody_who_listens_is_given(talk):
    answer = talk.presses("porte:aide-alimentaire:5")

    assert "une personne vous écoute" in answer.text
    assert len(doors(answer)) == 1
    assert "recommencer" in answer.choices


def test_several_needs_in_one_message_answer_the_first_and_offer_the_others(talk):
    answer = talk.says("faim et courant")

    assert "trouver à manger" in answer.text
    assert "besoin:energie" in answer.choices
    assert len(answer.choices) <= 6


def test_an_unsure_need_offers_at_most_three_choices_and_records_nothing(talk):
    answer = talk.says("papier")

    assert "Vous voulez dire" in answer.text
    assert answer.choices == (
        "besoin:prestations-familiales",
        "besoin:demarches-administratives",
        "besoin:impots",
        "autre-chose",
    )
    assert talk.events == ()  # unsure is not unmet


def test_a_first_miss_asks_again_without_blame_and_records_nothing(talk):
    answer = talk.says("zzz")

    assert "Je ne suis pas sûr de comprendre" in answer.text
    assert any(action.startswith("theme:") for action in answer.choices)
    assert talk.events == ()


def test_a_second_miss_gives_the_themes_the_general_door_and_tells_the_journal(talk):
    talk.says("zzz")

    answer = talk.says("yyy")

    assert len(doors(answer)) == 1
    assert any(action.startswith("theme:") for action in answer.choices)
    assert talk.events == (BesoinNonCouvert(Manquement.RIEN_COMPRIS, None, None, "fr", "yyy"),)


def test_what_no_place_offers_is_recorded_and_somebody_listens(talk):
    answer = talk.says("chien")

    assert "Je n’ai pas encore de porte pour cela" in answer.text
    assert len(doors(answer)) == 1
    (event,) = talk.events
    # The need says it all: words are kept only when nothing was understood.
    assert (event.raison, event.besoin, event.mots) == (Manquement.AUCUNE_OFFRE, "vie-associative", None)


def test_what_only_a_national_site_answers_is_given_and_recorded(talk):
    answer = talk.says("impots")

    assert doors(answer) == ["impots-site"]
    assert answer.reply.choices[0].url == "https://www.impots.gouv.fr"
    assert [type(event) for event in talk.events] == [BesoinNonCouvert, Orientation]


def test_it_helped_is_thanked_and_recorded(talk):
    answer = talk.presses("aide:oui:energie")

    assert "Merci" in answer.text
    assert talk.events == (Avis(True, "energie", None, "fr"),)


def test_it_did_not_help_asks_no_why_and_offers_other_ways(talk):
    talk.says("faim")

    answer = talk.presses("aide:non:aide-alimentaire")

    assert "pourquoi" not in answer.text.casefold()
    assert "porte:aide-alimentaire:3" in answer.choices
    assert len(doors(answer)) == 1
    assert [type(event) for event in talk.events] == [Avis, BesoinNonCouvert]
    assert talk.events[1].raison is Manquement.PAS_AIDE


def test_not_that_is_recorded_and_asked_again(talk):
    talk.says("faim")

    answer = talk.presses("pas-ca:aide-alimentaire")

    assert "d’autres mots" in answer.text
    assert talk.events == (BesoinNonCouvert(Manquement.MAL_COMPRIS, "aide-alimentaire", None, "fr"),)


def test_a_place_asked_by_its_name_gives_its_card(talk):
    answer = talk.says("guichet nord ?")

    assert doors(answer) == ["guichet-nord"]
    assert answer.reply.choices[0].url.startswith("https://www.openstreetmap.org/directions")


def test_themes_lead_to_needs_and_back(talk):
    themes = talk.says("aide-moi")
    assert len(themes.choices) == 6

    needs = talk.presses("theme:logement")

    assert "besoin:impayes-loyer" in needs.choices
    assert "themes:0" in needs.choices
    assert len(needs.choices) <= 6


@pytest.mark.parametrize("theme", ["argent", "quartier", "age"])
def test_every_need_of_a_theme_is_reached_by_pages_of_six_buttons(talk, theme):
    wanted = set(talk.directory.vocabulaire.themes[theme].besoins)
    seen, page = set(), talk.presses(f"theme:{theme}")
    while page:
        assert len(page.choices) <= 6
        seen |= {action.removeprefix("besoin:") for action in page.choices if action.startswith("besoin:")}
        following = [c.action for c in page.reply.choices if c.picto == "➕"]
        page = talk.presses(following[0]) if following else None

    assert seen == wanted
