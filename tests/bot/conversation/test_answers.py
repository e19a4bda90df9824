"""What people type instead of touching a button, in any language, is read; what is not surely an answer is not guessed."""

from __future__ import annotations

import pytest

from bot.conversation.ages_said import ages, count, only_ages
from bot.conversation.answers import Intervalle, amount, option, unknown, whole, yes_no


@pytest.mark.parametrize(
    ("said", "euros"),
    [
        ("1 200 euros", 1200),
        ("1350", 1350),
        ("1.200,50 €", 1200.5),
        ("1,200.50", 1200.5),
        ("1 200 €", 1200),
        ("1,5k", 1500),
        ("١٢٠٠ يورو", 1200),
        ("۱۳۵۰", 1350),
        ("mille deux cents", 1200),
        ("douze cents", 1200),
        ("2 mille", 2000),
        ("3andi 1200 f chhar", 1200),
        ("9euros", 9),
        ("2 mille 300", 2300),
        ("2 тысячи", 2000),
        ("полторы тысячи", 1500),
        ("two thousand five hundred", 2500),
        ("ألف ومئتين", 1200),
        ("тысяча двести", 1200),
        ("mil doscientos", 1200),
        ("environ 1350 par mois", 1350),
        ("18000 par an", 1500),
        ("1500/mois", 1500),
        ("800 + 200", 1000),
        ("rien", 0),
        ("لا شيء", 0),
    ],
)
def test_an_amount_is_read_in_figures_and_in_words(said, euros):
    assert amount(said) == euros


@pytest.mark.parametrize(
    ("said", "bounds"),
    [
        ("entre 1000 et 1500", (1000, 1500)),
        ("1000-1500 €", (1000, 1500)),
        ("moins de 1000", (None, 1000)),
        ("more than 2000", (2000, None)),
    ],
)
def test_a_range_stays_a_range(said, bounds):
    assert amount(said) == Intervalle(*bounds)


@pytest.mark.parametrize("said", ["un peu", "12 euros de l'heure", "800 et 200", "ça dépend", ""])
def test_what_is_not_surely_an_amount_is_none(said):
    assert amount(said) is None


def test_a_week_is_brought_to_the_month_and_a_month_to_the_year():
    assert amount("300 par semaine") == pytest.approx(1300)
    assert amount("1500 par mois", "an") == 18000
    assert amount("18000", "an") == 18000
    assert amount("5000", None) == 5000


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("deux, 3 ans et 7 ans", (3, 7)),
        ("3 et 7", (3, 7)),
        ("3 enfants : 2, 5 et 12 ans", (2, 5, 12)),
        ("trois et sept ans", (3, 7)),
        ("٣ و ٧", (3, 7)),
        ("6 mois et 3 ans", (0, 3)),
        ("aucun", ()),
        ("pas d'enfant", ()),
        ("0 enfant", ()),
        ("je n'ai pas d'enfants", ()),
        ("no tengo hijos", ()),
        ("у меня нет детей", ()),
        ("ليس لدي أطفال", ()),
        ("çocuğum yok", ()),
        ("s'kam fëmijë", ()),
        ("2, 5 et 9", (2, 5, 9)),
        ("1 et 4", (1, 4)),
        ("six mois", (0,)),
        ("mon fils a 8 mois", (0,)),
        ("un bébé de 8 mois et une fille de 4 ans", (0, 4)),
        ("2 garçons 5 et 9 ans et 1 fille 3 ans", (5, 9, 3)),
        ("des jumeaux de 2 ans", (2, 2)),
        ("3ans 7ans", (3, 7)),
        ("3andi weld 7 ans", (7,)),
        ("trois enfants, le grand a 9 ans", None),
        ("je ne veux pas dire", None),
    ],
)
def test_the_ages_of_children(said, told):
    assert ages(said) == told


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("soixante-dix-sept ans", 77),
        ("quatre-vingt-douze", 92),
        ("34 ans", 34),
        ("j'ai 34 ans", 34),
        ("vingt et un ans", 21),
        ("٣٤", 34),
        ("trois", 3),
        ("beaucoup", None),
    ],
)
def test_an_age_or_a_count(said, number):
    assert whole(said) == number


@pytest.mark.parametrize(
    "said",
    [
        "oui",
        "Ouais !",
        "yes",
        "نعم",
        "да",
        "так",
        "evet",
        "sim",
        "sí",
        "بله",
        "po",
        "bah oui",
        "👍",
        "Oui, depuis deux ans",
    ],
)
def test_yes_in_every_language(said):
    assert yes_no(said) is True


@pytest.mark.parametrize(
    "said",
    ["non", "no", "لا", "нет", "ні", "hayır", "não", "nu", "jo", "خیر", "pas encore", "ben non", "pas vraiment", "👎"],
)
def test_no_in_every_language(said):
    assert yes_no(said) is False


@pytest.mark.parametrize("said", ["la maison", "je travaille", "peut-être", ""])
def test_what_is_neither_yes_nor_no_is_none(said):
    assert yes_no(said) is None


@pytest.mark.parametrize(
    "said",
    ["je ne sais pas", "jsp", "I don’t know", "لا أعرف", "نمی‌دانم", "не знаю", "bilmiyorum", "no sé", "não sei", "?"],
)
def test_i_do_not_know_in_every_language(said):
    assert unknown(said)


def test_a_choice_is_found_by_some_of_its_words_when_only_one_fits():
    labels = {"hlm": "Logement HLM", "prive": "Logement privé", "heberge": "Chez quelqu’un"}

    assert option("hlm", labels) == "hlm"
    assert option("je suis en logement privé", labels) == "prive"
    assert option("logement", labels) is None


def test_a_not_that_was_not_said_is_not_chosen():
    labels = {"hlm": "Je loue un HLM", "prive": "Je loue, pas un HLM"}

    assert option("HLM", labels) == "hlm"
    assert option("pas HLM", labels) == "prive"


def test_what_two_choices_share_chooses_none_of_them():
    labels = {"hlm": "Je loue un HLM", "prive": "Je loue, pas un HLM"}
    labels |= {"sans": "Propriétaire sans crédit", "avec": "Propriétaire avec un crédit"}

    assert option("je loue", labels) is None
    assert option("propriétaire", labels) is None


def test_ages_alone_tell_of_nothing_else():
    assert only_ages("un copil de 2 ani")
    assert only_ages("j'ai une fille de 12 ans et un bébé de 8 mois")
    assert not only_ages("mon fils de 3 ans est frappé")
    assert not only_ages("")


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("j'ai 3 enfants", 3),
        ("un bébé", 1),
        ("2 garçons et 1 fille", 3),
        ("عندي ولدين", 2),
        ("3andi 2 wlad", 2),
        ("oui", None),
    ],
)
def test_children_counted_without_their_ages(said, number):
    assert count(said) == number
