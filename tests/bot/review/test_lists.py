"""The review finds what it is asked for, puts like messages together, and says what was decided."""

from __future__ import annotations

import time

import pytest

from bot.journal import table as journal
from bot.review.changes import change, change_many
from bot.review.decisions import EnNombre, changes_of_many, decisions
from bot.review.filters import AUCUN, EXACT, PAR_PAGE, Filtre, count_by_state, numbers, page, read_filter, said
from bot.review.grouping import group
from bot.review.lexicon import as_yaml, corrected, languages, proposals, read_corrected, write_proposals
from bot.review.model import Examen, Signature
from bot.review.table import mark
from bot.understanding.lexicon import DATA, read
from directory.datafile import plain
from tests.bot.review.scene import ANNE, BILAL, PLACES, a_year, put, unmet

LISTES = {name: {"demande-logement", "etouvie", "8", "fr", "lu"} for name in EXACT}


def test_a_filter_goes_to_an_address_and_back():
    filtre, faults = read_filter(
        {
            "du": "2026-11-01",
            "au": "2026-11-30",
            "quartier": "-",
            "besoin": "demande-logement",
            "texte": " deux  mots ",
        },
        ["12", "12"],
        LISTES,
    )
    assert faults == []
    assert filtre == Filtre(
        "2026-11-01", "2026-11-30", AUCUN, besoin="demande-logement", texte="deux mots", groupes=(12,)
    )
    back = filtre.query()
    assert read_filter(back, back.pop("groupe"), LISTES) == (filtre, [])
    assert Filtre().query() == {}


@pytest.mark.parametrize(
    "given",
    [
        {"quartier": "' OR 1=1 --"},
        {"defi": "12"},
        {"du": "hier"},
        {"du": "2026-13-01"},
        {"au": "20261130"},
        {"du": "2026-11-02", "au": "2026-11-01"},
        {"texte": "x" * 101},
        {"tri": "id"},
        {"etat": "perdu"},
    ],
    ids=str,
)
def test_an_address_with_nonsense_is_refused_in_french(given):
    assert len(read_filter(given, [], LISTES)[1]) == 1


def test_a_forged_group_is_refused():
    for forged in ("x", "-1", "9" * 19, "9" * 30, "١٢"):
        assert read_filter({}, [forged], LISTES)[1] == ["Ce groupe n’existe pas."]


def test_each_filter_keeps_what_it_says(db):
    numbered = put(
        db,
        unmet(),
        unmet(jour="2026-10-01", quartier=None, langue="ar", canal="telegram", raison="rien_compris"),
        unmet(
            droit="rsa", motif="refus", non_recours="non-proposition", axe="droits", defi=3, besoin="sejour-nationalite"
        ),
        unmet(mots="Où est l’ÉCOLE ?", remarque="noté au bureau"),
        unmet(genre="orientation", raison=None),
    )
    change(db, numbered[1], 0, Examen("traite", "traduire", "flyer en arabe", "sejour-nationalite"), ANNE, PLACES.get)

    def kept(**fields) -> list[int]:
        return sorted(numbered.index(number) for number in numbers(db, Filtre(**fields)))

    assert kept() == [0, 1, 2, 3]
    assert kept(du="2026-10-02") == [0, 2, 3]
    assert kept(au="2026-10-01") == [1]
    assert kept(quartier=AUCUN) == [1]
    assert kept(langue="ar") == kept(canal="telegram") == kept(raison="rien_compris") == [1]
    assert kept(besoin="sejour-nationalite") == kept(defi="3") == kept(axe="droits") == [1, 2]
    assert kept(besoin="demande-logement") == [0, 3]
    assert kept(droit="rsa") == kept(motif="refus") == kept(non_recours="non-proposition") == [2]
    assert kept(etat="traite") == kept(action="traduire") == [1]
    assert kept(etat="nouveau") == [0, 2, 3]
    assert kept(texte="ecole") == kept(texte="bureau") == [3]
    assert kept(texte="FLYER") == [1]
    assert count_by_state(db, Filtre(etat="traite")) == {"nouveau": 3, "traite": 1}


def test_pages_follow_each_other_in_the_order_asked(db):
    with db:
        journal.insert(db, [unmet(jour=f"2026-10-{1 + n % 30:02}", langue="fr" if n % 3 else "ar") for n in range(120)])
    filtre = Filtre()
    shown = [one.id for start in (0, 50, 100) for one in page(db, filtre, start)]
    assert len(shown) == len(set(shown)) == 120
    assert len(page(db, filtre)) == PAR_PAGE
    assert page(db, filtre, 150) == ()

    days = [one.row.jour for one in page(db, filtre)]
    assert days == sorted(days, reverse=True)
    assert {one.row.langue for one in page(db, Filtre(tri="langue"))[:40]} == {"ar"}
    some = shown[:3]
    assert sorted(one.id for one in page(db, filtre, 0, some)) == sorted(some)


def test_like_words_of_one_language_and_need_make_a_group():
    found = group(
        [
            (1, "fr", "demande-logement", "je cherche un logement"),
            (2, "fr", "demande-logement", "Je cherche un lojement !"),
            (3, "fr", "demande-logement", "un logement je cherche"),
            (4, "fr", "energie", "je cherche un logement"),
            (5, "ar", "demande-logement", "أبحث عن سكن"),
            (6, "fr", "demande-logement", "mon propriétaire ne répare pas le toit"),
        ]
    )
    assert [(one.premier, one.numeros) for one in found] == [
        (1, (1, 3, 2)),
        (5, (5,)),
        (6, (6,)),
        (4, (4,)),
    ]
    assert found[0].mots == "je cherche un logement"
    assert found[0].exemples == ("Je cherche un lojement !",)


def test_a_story_stands_alone_and_words_without_letters_do_not_break():
    story = "une très longue histoire " * 11
    found = group(
        [(1, "fr", None, story), (2, "fr", None, story + "fin"), (3, "fr", None, "???"), (4, "fr", None, "???")]
    )
    assert sorted(len(one.numeros) for one in found) == [1, 1, 2]


def test_thousands_of_different_messages_are_grouped_quickly(db):
    journal.insert(db, a_year(20_000))
    messages = said(db, Filtre(), 10_000)
    start = time.perf_counter()
    found = group(messages)
    assert sum(len(one.numeros) for one in found) == len(messages) > 2500
    assert time.perf_counter() - start < 2


def test_misunderstood_words_are_proposed_for_the_lexicon_of_their_language(db):
    numbered = put(
        db,
        unmet(mots='problème: "titre" # séjour', raison="mal_compris"),
        unmet(mots="kaghaz dyali", langue="ar"),
        unmet(mots="kaghaz diali", langue="ar"),
        unmet(mots="أوراقي", langue="ar", besoin=None, defi=None),
        unmet(mots="je suis madame [nom]"),
        unmet(mots="carte déjà connue"),
        unmet(mots=None),
        unmet(mots="pas corrigé"),
    )
    change_many(db, numbered[:-1], {"besoin_corrige": "sejour-nationalite"}, ANNE, PLACES.get, 0)
    found = proposals(corrected(db), {"fr": frozenset({"carte déjà connue"})})

    assert [(one.langue, one.besoin, one.fois) for one in found] == [
        ("ar", "sejour-nationalite", 1),
        ("ar-Latn", "sejour-nationalite", 2),
        ("fr", "sejour-nationalite", 1),
    ]
    assert languages(found) == ("ar", "ar-Latn", "fr")


def test_proposals_are_written_as_a_lexicon_is(db, tmp_path):
    (number,) = put(db, unmet(mots='problème: "titre" # séjour'))
    change(db, number, 0, Examen("lu", None, None, "sejour-nationalite"), ANNE, PLACES.get)
    file = tmp_path / "fr.yaml"
    file.write_text(as_yaml(proposals(corrected(db)), "fr"), encoding="utf-8")

    assert plain(file) == {"besoins": {"sejour-nationalite": {"phrases": ['problème: "titre" # séjour']}}}
    assert as_yaml((), "fr") == ""


def test_proposals_go_to_a_folder_of_their_own_and_never_into_the_lexicons(db, tmp_path):
    (number,) = put(db, unmet(mots="la feuille rose"))
    change(db, number, 0, Examen("lu", None, None, "sejour-nationalite"), ANNE, PLACES.get)
    found = proposals(read_corrected(tmp_path / "bonneporte.db"))

    (file,) = write_proposals(found, tmp_path / "propositions")
    assert read(file).phrases == {"sejour-nationalite": ("la feuille rose",)}
    with pytest.raises(ValueError, match="choisissez-en un autre"):
        write_proposals(found, DATA)
    assert read_corrected(tmp_path / "absent.db") == []


def test_a_decision_counts_once_on_the_day_it_was_taken_as_the_report_counts_it(db):
    first, second, third, fourth = put(db, unmet(), unmet(), unmet(quartier=None), unmet())
    october = Signature("anne", "2026-10-05T09:00:00+00:00", "2026-10-05")
    change(db, first, 0, Examen("lu", "traduire"), october, PLACES.get)
    change(db, second, 0, Examen("lu", "traduire"), ANNE, PLACES.get)
    change(db, second, 1, Examen("traite", "creer-permanence"), BILAL, PLACES.get)
    change(db, first, 1, Examen("clos", "traduire"), ANNE, PLACES.get)
    change(db, third, 0, Examen("clos", "creer-permanence"), ANNE, PLACES.get)
    change(db, fourth, 0, Examen("lu"), ANNE, PLACES.get)

    found = decisions(db, "2026-11-01", "2026-11-30")
    assert [(one.action, one.quartier, one.nombre, one.regles) for one in found] == [
        ("creer-permanence", None, 1, 1),
        ("creer-permanence", "etouvie", 1, 1),
        ("traduire", "etouvie", 1, 1),
    ]
    assert [(one.action, one.nombre, one.regles) for one in decisions(db, "2026-10-01", "2026-10-31")] == [
        ("traduire", 1, 1)
    ]


def test_changes_of_many_are_listed_with_what_still_stands(db):
    first, second = put(db, unmet(), unmet())
    lot = change_many(db, [first, second], {"etat": "lu"}, ANNE, PLACES.get, mark(db))
    change(db, first, 1, Examen("clos"), BILAL, PLACES.get)
    assert changes_of_many(db, 5) == (EnNombre(lot.lot, "anne", ANNE.le, "lu", None, 2, 1),)
