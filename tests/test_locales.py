"""The catalogues of the languages we offer are complete, and the template says what the code says."""

from __future__ import annotations

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from bot import langues
from locales import tools

LANGUES = langues.load(tools.HERE)
OFFERED = [langue.code for langue in LANGUES.proposees()]


def read(code: str) -> Catalog:
    with tools.catalogue_path(code).open("rb") as file:
        return read_po(file, locale=code.replace("-", "_"))


def test_the_template_holds_every_sentence_of_the_code_and_of_the_vocabulary():
    with tools.TEMPLATE.open("rb") as file:
        written = {entry.id for entry in read_po(file)}

    expected = {entry.id for entry in tools.template()}

    assert written == expected, "run `make locales`"


def test_the_template_of_the_staff_site_holds_every_sentence_of_its_pages():
    with tools.STAFF_TEMPLATE.open("rb") as file:
        written = {entry.id for entry in read_po(file)}

    expected = {entry.id for entry in tools.staff_template()}

    assert len(expected) > 300
    assert written == expected, "run `make locales`"


@pytest.mark.parametrize("code", [code for code in OFFERED if code != "fr"])
def test_a_language_we_offer_misses_nothing(code):
    catalogue = read(code)

    assert {entry.id for entry in catalogue} == {entry.id for entry in tools.template()}, "run `make locales`"
    assert list(tools.faults(catalogue)) == []


@pytest.mark.parametrize("code", [code for code in OFFERED if code != "fr"])
def test_a_translation_adds_no_space_around_the_sentence(code):
    for entry in read(code):
        strings = entry.string if isinstance(entry.string, tuple) else (entry.string,)
        assert entry.id == "" or all(string == string.strip() for string in strings)


@pytest.mark.parametrize("code", OFFERED)
def test_a_button_stays_short(code):
    catalogue = read(code)
    words = [besoin["nom"] for besoin in tools.plain(tools.DATA / "vocabulaire/besoins.yaml")["besoins"]]
    words += [theme["nom"] for theme in tools.plain(tools.DATA / "vocabulaire/themes.yaml")["themes"]]

    for word in words:
        said = catalogue.get(word).string or word
        assert len(said) <= 32, said


def test_faults_name_what_is_missing_fuzzy_or_broken():
    catalogue = Catalog(locale="en")
    catalogue.add("Fermé.")
    catalogue.add("Ouvert", "Open", flags=["fuzzy"])
    catalogue.add("Ouvre {jour}", "Opens {day}")
    catalogue.add("Gratuit", "Free")

    faults = list(tools.faults(catalogue))

    assert faults == [
        "« Fermé. » : traduction manquante",
        "« Ouvert » : traduction à confirmer (fuzzy)",
        "« Ouvre {jour} » : les mots entre accolades ne sont pas les mêmes dans « Opens {day} »",
    ]


def test_every_language_falls_back_to_french_in_the_end():
    for langue in LANGUES:
        assert LANGUES.chaine(langue.code)[-1] == "fr"


def test_the_languages_are_the_thirteen_and_arabic_in_latin_letters():
    assert [langue.code for langue in LANGUES] == [
        "fr", "fr-falc", "en", "ar", "es", "pt", "tr", "ru", "uk", "fa", "ps", "ro", "sq", "ar-Latn",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("en-US", "en"),
        ("ar_MA", "ar"),
        ("ar-Latn", "ar"),
        ("fr-FALC", "fr-falc"),
        ("zh", None),
        ("", None),
        (None, None),
    ],
)
def test_a_language_tag_finds_the_language_we_answer_in(tag, code):
    assert LANGUES.connue(tag) == code
