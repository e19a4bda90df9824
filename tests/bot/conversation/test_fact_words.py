"""People answer with the words of their life rather than with those of a button, and are understood."""

from __future__ import annotations

from datetime import date

import pytest

from bot.conversation import fact_words, facts
from bot.conversation.facts import Reperes
from tests.bot.factories import TEXTS, real_rulebook

REPERES = Reperes(date(2026, 11, 24), None, 0.8, 1800.0)


def heard(fait: str, said: str, reperes: Reperes = REPERES) -> str | None:
    return facts.heard(real_rulebook().faits[fait], said, "", reperes)


def test_each_word_answers_a_question_of_the_rules_with_one_of_its_choices():
    for fait, words in fact_words.DIT.items():
        known = real_rulebook().faits[fait]
        wanted = {"oui", "non"} if known.type == "oui_non" else {one.id for one in known.choix} | {fact_words.AUCUN}
        assert known.question
        assert set(words.values()) <= wanted, fait


@pytest.mark.parametrize(
    ("fait", "said", "written"),
    [
        ("couple", "je suis veuve", "non"),
        ("couple", "marié", "oui"),
        ("couple", "не замужем", "non"),
        ("couple", "أرملة", "non"),
        ("couple", "mon frère est marié mais pas moi", None),
        ("logement", "je dors dans ma voiture", "sans"),
        ("logement", "chez ma mère", "parents"),
        ("logement", "AMSOM", "locataire_hlm"),
        ("logement", "locataire", None),
        ("nationalite", "algérienne", "hors_ue"),
        ("nationalite", "je suis portugaise", "ue"),
        ("titre_sejour", "j'ai un récépissé", "oui"),
        ("titre_sejour", "titre de séjour périmé", None),
        ("activite", "je suis au chômage", "chomeur"),
        ("conjoint_activite", "mère au foyer", "sans"),
    ],
)
def test_other_words_than_those_of_the_buttons_answer_too(fait, said, written):
    assert heard(fait, said) == written


def test_several_incomes_are_heard_in_one_sentence_and_the_money_of_the_caf_is_none():
    revenus = real_rulebook().faits["revenus"]
    assert (
        heard("revenus", "je touche le chômage et un petit salaire")
        == f"{revenus.bit('chomage') | revenus.bit('salaire'):x}"
    )
    assert heard("revenus", "je travaille à mon compte") == f"{revenus.bit('independant'):x}"
    assert heard("revenus", "le RSA") == "0"
    assert heard("revenus", "j'ai pas de revenus") == "0"


def test_a_button_is_answered_in_the_language_it_is_read_in():
    said = TEXTS.vocabulary("Chez quelqu'un d'autre", "en")
    assert heard("logement", said) is None
    assert heard("logement", said, Reperes(dire=lambda words: TEXTS.vocabulary(words, "en"))) == "heberge"


@pytest.mark.parametrize(
    ("fait", "said", "written"),
    [
        ("salaire_net", "je suis au smic", "1440"),
        ("salaire_net", "un demi smic", None),
        ("salaire_net", "1500 brut", "1200"),
        ("age", "né en 1990", "35-36"),
        ("age", "12/12/1985", "40"),
        ("sejour_annees", "8 mois", "0.67"),
        ("sejour_annees", "trois mois", "0.25"),
        ("sejour_annees", "depuis 2019", "6-7"),
        ("sejour_annees", "5 ans", "5"),
    ],
)
def test_gross_pay_years_and_months_are_brought_to_what_is_asked(fait, said, written):
    assert heard(fait, said) == written


def test_after_a_count_the_ages_may_be_told_one_by_one_exactly():
    enfants = real_rulebook().faits["enfants"]
    assert facts.heard(enfants, "7 ans", "n3") == "n307"
    assert facts.heard(enfants, "4 et 2", "n307") == "n3070402"
    assert [one["age"] for one in facts.value(enfants, "n3070402")] == [7, 4, 2]
    assert facts.heard(enfants, "un seul enfant de 7 ans", "n3") == "7"
