"""Quarters and places named in a message: every spelling of theirs, and nothing that only looks like one."""

from __future__ import annotations

import pytest

from bot.understanding import lexicon, normalise, place, quartier

NEVER = [False] * 40


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("j'habite à Étouvie", "etouvie"),
        ("chui a etouvi", "etouvie"),
        ("au pigeonier ya du bruit", "amiens-nord"),
        ("amien nor", "amiens-nord"),
        ("Pierre Rollin'de oturuyorum", "pierre-rollin"),
        ("ru delbeuf", "elbeuf-lescouve"),
        ("أسكن في إيتوفي", "etouvie"),
        ("я живу в Этуви", "etouvie"),
        ("در کندورسه زندگی می‌کنم", "lebesgue-condorcet"),
    ],
)
def test_a_quarter_is_known_with_typos_and_in_other_scripts(understand, text, wanted):
    assert understand(text).quartier == wanted


@pytest.mark.parametrize(
    "text",
    [
        "le nord de la France",
        "j'ai perdu le nord",
        "il est étouffé",
        "توفي أبي أمس",
        "Pierre travaille ici",
        "rue de la Paix à Paris",
        "هاتفي مكسور",
    ],
)
def test_no_quarter_is_made_up(understand, text):
    assert understand(text).quartier is None


def test_a_name_that_several_quarters_share_gives_them_all(understand):
    understood = understand("j'habite au sud-est")
    assert understood.quartier is None
    assert set(understood.quartiers_possibles) == {"pierre-rollin", "salamandre-marcel-paul", "lebesgue-condorcet"}


def test_a_second_name_settles_a_shared_one():
    names = quartier.names_of({"sud-est": ("pierre-rollin", "etouvie"), "Rollin": ("pierre-rollin",)})
    assert quartier.named(names, normalise.words("au sud est, vers Rollin"), NEVER).quartier == "pierre-rollin"


PLACES = [
    ("caf", ("Caf de la Somme", "la CAF")),
    ("atrium", ("L'Atrium",)),
    ("restos-nord", ("Restos du Cœur",)),
    ("restos-sud", ("Restos du Cœur",)),
]


def asked(text: str, named: str | None = None) -> str | None:
    cues = place.cues_of({"fr": lexicon.Cues(lieu=("numéro", "horaires", "c'est où"))})
    words = normalise.words(text)
    where = {"restos-nord": ("amiens-nord",), "restos-sud": ("pierre-rollin",)}
    return place.asked(place.names_of(PLACES), cues, words, [False] * len(words), named, where)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("le numéro de la caf", "caf"), ("horaires atriom", "atrium"), ("l'Atrium", "atrium"), ("c'est où la caf", "caf")],
)
def test_a_place_asked_for_by_name_is_found(text, wanted):
    assert asked(text) == wanted


def test_a_place_only_mentioned_is_not_asked_for():
    assert asked("la caf a arrêté de me payer et je ne comprends pas pourquoi") is None


def test_a_name_borne_by_several_places_needs_a_quarter():
    assert asked("c'est où les restos du coeur") is None
    assert asked("c'est où les restos du coeur", "pierre-rollin") == "restos-sud"
