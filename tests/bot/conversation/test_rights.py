"""A right is found with few questions, answered as one likes; nothing is decided, and what is learnt is the take-up."""

from __future__ import annotations

import pytest

from bot.conversation.events import BesoinNonCouvert, DroitEvalue, Manquement, Recours, Urgence
from bot.conversation.messages import DoorCard
from bot.conversation.state import Conversation
from tests.bot.factories import Talk, tiny_rulebook


@pytest.fixture
def talk() -> Talk:
    return Talk(
        rulebook=tiny_rulebook(), conversation=Conversation(langue="fr", quartier="amiens-nord", accueilli=True)
    )


def answered(talk: Talk, besoin: str = "energie", **said: str):
    """Check the rights of a need, answering in words the questions named, until another comes or none is left."""
    answer = talk.presses(f"droits:{besoin}")
    while asked(talk) in said:
        answer = talk.says(said.pop(asked(talk)))
    return answer


def asked(talk: Talk) -> str | None:
    """The fact of the question just asked."""
    waiting = (talk.conversation.attend or "").split(":")
    return waiting[1] if waiting[0] == "fait" else None


ALONE = {"couple": "non", "enfants": "aucun", "revenus": "un salaire"}


def test_after_the_doors_of_a_need_its_rights_are_offered(talk):
    assert "droits:energie" in talk.says("courant").choices
    assert not any(action.startswith("droits") for action in talk.says("faim").choices)


def test_questions_come_one_at_a_time_with_i_do_not_know_and_a_way_out(talk):
    answer = talk.presses("droits:energie")

    assert talk.conversation.attend.startswith("fait:")
    assert any(action.endswith(":nsp") for action in answer.choices)
    assert {"droits-stop", "droits-options"} & set(answer.choices)


def test_free_answers_lead_to_the_right_with_the_numbers_used(talk):
    answer = answered(
        talk, couple="non", enfants="deux, 3 ans et 7 ans", revenus="un salaire", salaire_net="1 350 euros"
    )

    assert "Vous pouvez probablement demander :" in answer.text
    assert "Aide d'essai pour l'énergie (AEE)" in answer.text.replace("’", "'")
    assert "Salaire net par mois : 1 350 €. Maximum : 1 800 €." in answer.text
    assert "Ce n’est pas une décision" in answer.text
    assert "Apportez" in answer.text
    assert "Vous l’avez déjà ?" in answer.text
    assert sum(isinstance(part, DoorCard) for part in answer.reply.parts) == 1
    assert talk.events == (DroitEvalue("aide-energie", "probable", "energie", "amiens-nord", "fr"),)


def test_one_does_not_ask_for_a_salary_that_is_not_there(talk):
    answer = answered(talk, revenus="aucun")

    assert "Vous pouvez probablement demander :" in answer.text
    assert "salaire_net" not in dict(talk.conversation.reponses)


def test_a_range_by_a_button_may_be_enough(talk):
    answered(talk, revenus="salaire")

    assert "Vous pouvez probablement demander :" in talk.presses("fait:salaire_net:0-600").text


def test_a_salary_too_high_is_said_with_the_ceiling_and_recorded_as_unmet(talk):
    answer = answered(talk, **ALONE, salaire_net="5900")

    assert "Ici, une personne vérifie avec vous" in answer.text
    assert [event.raison for event in talk.events if isinstance(event, BesoinNonCouvert)] == [Manquement.NON_ELIGIBLE]
    refused = talk.presses("resultats-non:energie:0").text
    assert "Salaire net par mois : 5 900 €." in refused
    assert "de trop" in refused


def test_not_knowing_is_an_answer_and_what_would_settle_it_is_said(talk):
    answer = answered(talk, **ALONE, salaire_net="je ne sais pas")

    assert "Peut-être, à vérifier" in answer.text
    assert "Salaire net par mois" in answer.text
    assert talk.events == (DroitEvalue("aide-energie", "possible", "energie", "amiens-nord", "fr"),)


def test_a_question_is_never_asked_twice_even_for_another_need(talk):
    answered(talk, "prestations-familiales", enfants="3 ans")
    answered(talk, couple="oui", revenus="salaire", salaire_net="1700")

    assert [fait for fait, _ in talk.conversation.reponses].count("enfants") == 1


def test_what_is_sensitive_says_why_it_is_asked_and_that_it_is_not_kept(talk):
    answer = answered(talk, revenus="salaire")

    assert "L'aide dépend de l'argent du foyer." in answer.text.replace("’", "'")
    assert "Vos réponses ne sont pas gardées." in answer.text


def test_one_can_go_back_and_correct(talk):
    answered(talk, couple="oui", enfants="aucun", revenus="salaire", salaire_net="1400")
    assert talk.conversation.evalues == ("aide-energie:probable",)

    assert "fait:salaire_net" in talk.presses("corriger").choices
    talk.presses("fait:salaire_net")
    answer = talk.says("5900")

    assert "je ne trouve pas d’aide" in answer.text


def test_back_by_a_word_asks_the_question_before(talk):
    answered(talk, revenus="salaire")

    assert "Quels revenus avez-vous" in talk.says("retour").text


def test_the_answer_before_is_corrected_in_words(talk):
    answered(talk, revenus="salaire", salaire_net="1200")

    answer = talk.says("non attends je me suis trompé, c'est 1400")

    assert talk.conversation.reponses == (("revenus", "1"), ("salaire_net", "1400"))
    assert "pas sûr" not in answer.text


def test_a_wrong_yes_is_asked_again_rather_than_guessed(talk):
    answered(talk, couple="oui", enfants="aucun", revenus="salaire")
    talk.presses("fait:couple")

    answer = talk.says("non je me suis trompée")

    assert "couple" not in dict(talk.conversation.reponses)
    assert "pas sûr" not in answer.text


@pytest.mark.parametrize(
    "send",
    [lambda talk: talk.sends("voice"), lambda talk: talk.shares(49.91, 2.30), lambda talk: talk.shares(48.85, 2.35)],
)
def test_a_voice_message_or_a_location_in_the_middle_does_not_lose_the_question(talk, send):
    answered(talk, revenus="salaire")
    waiting = talk.conversation.attend

    answer = send(talk)

    assert talk.conversation.attend == waiting
    assert "Combien gagnez-vous" in answer.text


def test_changing_language_in_the_middle_asks_the_same_question_even_after_a_need(talk):
    talk.says("courant")
    answered(talk, revenus="salaire")

    talk.says("/langue")
    talk.presses("langue:en")

    assert asked(talk) == "salaire_net"


def test_a_greeting_in_the_middle_is_no_wrong_answer(talk):
    talk.presses("droits:energie")
    waiting = talk.conversation.attend

    assert "pas sûr" not in talk.says("bonjour").text
    assert talk.conversation.attend == waiting
    assert talk.conversation.perdu == 0


def test_who_asks_why_is_told_why(talk):
    answered(talk, revenus="salaire")

    assert "L'aide dépend de l'argent du foyer." in talk.says("pourquoi ?").text.replace("’", "'")


def test_half_an_answer_that_is_understood_forgives_the_one_that_was_not(talk):
    talk.presses("droits:prestations-familiales")
    talk.says("blabla")
    talk.says("3")

    assert talk.conversation.perdu == 0


def test_back_from_the_age_of_a_child_asks_for_the_children_again(talk):
    talk.presses("droits:prestations-familiales")
    talk.says("3")

    assert "Quel âge ont" in talk.says("retour").text


def test_one_right_alone_is_refused_with_its_reason_and_the_others_stay_open(talk):
    talk.presses("droits:droit.aide-energie")
    answer = answered(talk, "droit.aide-energie", **ALONE, salaire_net="5900")

    assert answer.text.startswith("⚪ Peu probable")
    assert "de trop" in answer.text
    assert "resultats:tous:0" in answer.choices
    assert [event.raison for event in talk.events if isinstance(event, BesoinNonCouvert)] == [Manquement.NON_ELIGIBLE]
    assert "droit:aide-famille" in talk.presses("resultats:tous:0").choices


def test_after_nothing_was_found_for_a_need_all_rights_are_offered_and_no_button_is_dead(talk):
    answer = answered(talk, **ALONE, salaire_net="5900")

    assert "droits" in answer.choices
    assert "ne marche plus" not in talk.presses("resultats:energie:0").text


def test_an_answer_that_is_not_understood_is_asked_again_kindly(talk):
    answer = answered(talk, revenus="zzz")

    assert "Je ne suis pas sûr de votre réponse" in answer.text
    assert "Quels revenus avez-vous" in answer.text
    assert talk.events == ()


def test_a_new_need_leaves_the_questions_and_one_can_come_back(talk):
    answered(talk, revenus="salaire")

    answer = talk.says("faim et courant")

    assert "trouver à manger" in answer.text
    assert "droits:energie" in answer.choices
    assert asked(talk) is None
    assert "Combien gagnez-vous" in talk.presses("droits:energie").text


def test_danger_comes_first_in_the_middle_of_the_questions(talk):
    answered(talk, revenus="salaire")

    answer = talk.says("mourir")

    assert answer.reply.urgent
    assert talk.events == (Urgence("suicide", "fr"),)
    assert talk.conversation.attend is None


def test_stopping_says_what_is_known_and_records_the_giving_up_once(talk):
    answered(talk, revenus="salaire")

    answer = talk.presses("droits-stop")

    assert "on arrête les questions" in answer.text
    assert [e.raison for e in talk.events if isinstance(e, BesoinNonCouvert)] == [Manquement.ABANDON]
    talk.presses("droits-stop")
    assert not any(isinstance(event, BesoinNonCouvert) for event in talk.events)


def test_the_word_stop_stops_the_questions_and_not_the_bot(talk):
    answered(talk, revenus="salaire")

    assert "on arrête les questions" in talk.says("stop").text


@pytest.mark.parametrize(
    ("button", "reponse"),
    [
        ("deja", "deja"),
        ("attente", "attente"),
        ("refuse", "refuse"),
        ("inconnu", "ne-connaissait-pas"),
        ("connu", "connaissait-pas-demande"),
    ],
)
def test_take_up_is_asked_once_and_recorded(talk, button, reponse):
    talk.presses(f"recours:aide-energie:{button}")

    assert talk.events == (Recours("aide-energie", reponse, None, "amiens-nord", "fr", "energie"),)


def test_take_up_is_not_asked_nor_counted_a_second_time(talk):
    answered(talk, revenus="aucun")
    talk.presses("recours:aide-energie:connu")
    talk.presses("motif:aide-energie:peur")

    assert "Vous l’avez déjà ?" not in talk.presses("droit:aide-energie").text
    talk.presses("recours:aide-energie:deja")
    assert talk.events == ()
    talk.presses("motif:aide-energie:honte")
    assert talk.events == ()


@pytest.mark.parametrize(
    ("said", "reponse"),
    [
        ("je connaissais pas", "ne-connaissait-pas"),
        ("on m'a refusé", "refuse"),
        ("j'attends la réponse", "attente"),
        ("j'ai jamais demandé", "connaissait-pas-demande"),
        ("oui je l'ai déjà", "deja"),
    ],
)
def test_take_up_is_told_in_words_too(talk, said, reponse):
    answered(talk, revenus="aucun")

    talk.says(said)

    assert [event.reponse for event in talk.events] == [reponse]


def test_a_no_after_the_question_of_take_up_opens_the_door_and_asks_which_no(talk):
    answered(talk, revenus="aucun")

    answer = talk.says("non")

    assert any(isinstance(part, DoorCard) for part in answer.reply.parts)
    assert "recours:aide-energie:inconnu" in answer.choices
    assert "recours:aide-energie:deja" not in answer.choices
    assert talk.events == ()


def test_who_knew_and_did_not_ask_may_say_why_and_gets_a_door(talk):
    pages = [talk.presses("recours:aide-energie:connu")]
    pages.append(talk.presses("motif:aide-energie:1"))
    offered = {action.split(":")[2] for page in pages for action in page.choices if action.startswith("motif:")}
    assert offered - {"0", "1"} == {
        "trop-complique",
        "peur",
        "honte",
        "papiers",
        "pas-le-temps",
        "on-m-a-dit-non",
        "autre",
    }

    answer = talk.presses("motif:aide-energie:honte")

    assert "Vous n’êtes pas seul" in answer.text
    assert any(isinstance(part, DoorCard) for part in answer.reply.parts)
    assert talk.events == (Recours("aide-energie", None, "honte", "amiens-nord", "fr", "energie"),)


def test_yes_typed_after_the_question_of_take_up_is_an_answer(talk):
    answered(talk, revenus="aucun")

    talk.says("oui")

    assert talk.events == (Recours("aide-energie", "deja", None, "amiens-nord", "fr", "energie"),)


def test_children_can_be_told_by_buttons_alone(talk):
    talk.presses("droits:prestations-familiales")

    assert "Quel âge" in talk.presses("fait:enfants:n2").text
    assert "2" in talk.presses("fait:enfants:n2a").text
    assert "Vous pouvez probablement demander" in talk.presses("fait:enfants:n2ac").text


def test_a_count_of_children_is_followed_by_their_ages(talk):
    talk.presses("droits:prestations-familiales")
    talk.says("deux")

    assert "Vous pouvez probablement demander" in talk.says("3 et 7").text


def test_several_incomes_are_ticked_one_by_one(talk):
    answered(talk)

    ticked = talk.presses("fait:revenus:m1")
    assert "☑️" in {choice.picto for choice in ticked.reply.choices}
    assert "Combien gagnez-vous" in talk.presses("fait:revenus:3").text


@pytest.mark.parametrize(
    ("said", "mask"), [("rien d'autre", "1"), ("rien", "1"), ("c'est tout", "1"), ("le chômage", "3")]
)
def test_what_is_typed_among_boxes_never_unticks_one(talk, said, mask):
    talk.presses("droits:energie")
    talk.presses("fait:revenus:m1")

    talk.says(said)

    assert dict(talk.conversation.reponses)["revenus"] == mask


def test_all_rights_seen_before_any_answer_lead_to_the_questions_and_to_nothing_to_correct(talk):
    answer = talk.presses("resultats:tous:0")

    assert "droits:tous" in answer.choices
    assert "corriger" not in answer.choices


def test_the_language_is_changed_in_words_in_the_middle(talk):
    answered(talk, revenus="salaire")

    assert "langue:en" in talk.says("je veux changer de langue").choices
    talk.presses("langue:en")
    assert asked(talk) == "salaire_net"


def test_all_rights_at_once_by_a_command(talk):
    answer = talk.says("/droits")
    questions = 0
    while (talk.conversation.attend or "").startswith("fait:"):
        questions += 1
        answer = talk.says({"fait:couple": "non", "fait:enfants": "3 et 7", "fait:revenus": "salaire",
                            "fait:salaire_net": "1200", "fait:logement": "en location"}[talk.conversation.attend])  # fmt: skip

    assert questions <= 5
    assert "droit:aide-famille" in answer.choices
    assert "droit:aide-energie" in answer.choices
    assert "droit:aide-logement-essai" in answer.choices
    assert {(event.droit, event.besoin) for event in talk.events} == {
        ("aide-famille", "prestations-familiales"),
        ("aide-energie", "energie"),
    }  # only what is probable is recorded when everything is checked


def test_an_answer_not_understood_twice_leaves_the_question_aside(talk):
    talk.presses("droits:energie")
    waiting = talk.conversation.attend
    assert "Je ne suis pas sûr de votre réponse" in talk.says("blabla").text

    answer = talk.says("blabla")

    assert "On passe cette question" in answer.text
    assert talk.conversation.attend != waiting


def test_an_old_button_still_answers_after_everything_was_forgotten(talk):
    talk.conversation = Conversation(langue="fr")

    assert "Vos réponses d’avant sont effacées" in talk.presses("fait:couple:oui").text
    assert talk.presses("droit:aide-energie").text
    assert talk.presses("resultats:energie:0").text


@pytest.mark.parametrize(
    "forged",
    [
        "fait:couple:peut-etre", "fait:rien:1", "fait:enfants:n9zz", "fait:enfants:n2xx", "fait:revenus:mzz", "fait:revenus:ffff",
        "fait:salaire_net:-5", "fait:salaire_net:1e9", "fait:salaire_net:nan", "droits:rien", "droit:rien", "resultats:rien:0",
        "resultats:energie:99", "recours:aide-energie:rien", "motif:aide-energie:9", "corriger:5", "fait:enfants:x99",
    ],
)  # fmt: skip
def test_a_forged_button_is_answered_kindly(talk, forged):
    assert talk.presses(forged).choices


def test_erasing_forgets_the_answers(talk):
    answered(talk, revenus="salaire")

    talk.says("/effacer")

    assert talk.conversation.reponses == ()


def test_the_answers_survive_json_and_hold_no_word_of_the_person(talk):
    answered(talk, "prestations-familiales", enfants="deux, 3 ans et 7 ans")

    assert Conversation.from_json(talk.conversation.to_json()) == talk.conversation
    assert dict(talk.conversation.reponses) == {"enfants": "3,7"}


def test_in_arabic_the_figures_of_arabic_are_read(talk):
    talk.conversation = Conversation(langue="ar", accueilli=True)
    answer = answered(talk, couple="لا", enfants="٣ و ٧", revenus="salaire", salaire_net="١٣٥٠")

    assert answer.spoken.langue == "ar"
    assert {("salaire_net", "1350"), ("enfants", "3,7")} <= set(talk.conversation.reponses)


def test_a_single_right_can_be_settled_from_its_card(talk):
    card = talk.presses("droit:aide-famille")
    assert "Pour savoir, il manque : Enfants" in card.text

    talk.presses("droits:droit.aide-famille")
    answer = talk.says("3 et 7")

    assert "Vous pouvez probablement demander" in answer.text
    assert talk.events == (DroitEvalue("aide-famille", "probable", "prestations-familiales", "amiens-nord", "fr"),)


@pytest.mark.parametrize(
    "said", ["/droits", "mes droits", "Quels sont mes droits ?", "What are my rights?", "ما هي حقوقي؟"]
)
def test_rights_are_asked_for_in_plain_words_too(talk, said):
    talk.says(said)

    assert talk.conversation.droits == "tous"


def test_the_language_can_change_in_the_middle_and_the_question_is_asked_again(talk):
    talk.conversation = Conversation(langue="fr", accueilli=True)
    talk.presses("droits:prestations-familiales")

    answer = talk.presses("langue:ar")

    assert answer.spoken.langue == "ar"
    assert asked(talk) == "enfants"


def test_rules_that_went_away_are_no_dead_end(talk):
    answered(talk, revenus="salaire")
    talk.rulebook = None

    for action in (
        "fait:couple:oui",
        "droits",
        "droits-stop",
        "resultats:energie:0",
        "corriger",
        "langue:en",
        "droits-options",
    ):
        assert talk.presses(action).choices
    assert talk.says("1200").choices
