"""What staff say of an unmet need is kept with every version, and nobody overwrites what they have not seen."""

from __future__ import annotations

import sqlite3
import time

import pytest

from bot.journal import table as journal
from bot.review.changes import change, change_many, clean_remark, undo
from bot.review.model import Depasse, Examen, ReviewFault
from bot.review.table import dossier, history, mark, new_count
from tests.bot.review.scene import ANNE, BILAL, PLACES, put, unmet


def test_a_need_is_new_until_somebody_says_something_of_it(db):
    (number,) = put(db, unmet())
    assert dossier(db, number).suivi.examen == Examen("nouveau")
    assert new_count(db) == 1

    change(db, number, 0, Examen("lu"), ANNE, PLACES.get)
    assert new_count(db) == 0


def test_only_unmet_needs_are_reviewed(db):
    (number,) = put(db, unmet(genre="orientation", raison=None))
    assert dossier(db, number) is None
    with pytest.raises(ReviewFault):
        change(db, number, 0, Examen("lu"), ANNE, PLACES.get)


def test_every_version_stays_with_who_and_when(db):
    (number,) = put(db, unmet())
    change(db, number, 0, Examen("lu"), ANNE, PLACES.get)
    after = change(db, number, 1, Examen("traite", "creer-permanence", "vu avec le CCAS"), BILAL, PLACES.get)

    assert after.suivi.version == 2
    assert [(one.version, one.par, one.examen.etat) for one in history(db, number)] == [
        (2, "bilal", "traite"),
        (1, "anne", "lu"),
    ]


@pytest.mark.parametrize("statement", ["UPDATE suivi_historique SET par = 'x'", "DELETE FROM suivi_historique"])
def test_the_history_cannot_be_rewritten(db, statement):
    (number,) = put(db, unmet())
    change(db, number, 0, Examen("lu"), ANNE, PLACES.get)
    with pytest.raises(sqlite3.IntegrityError):
        db.execute(statement)


def test_the_second_of_two_agents_is_told_and_changes_nothing(db):
    (number,) = put(db, unmet())
    change(db, number, 0, Examen("traite", "traduire"), ANNE, PLACES.get)
    with pytest.raises(Depasse) as told:
        change(db, number, 0, Examen("clos"), BILAL, PLACES.get)

    assert (told.value.suivi.par, told.value.suivi.examen) == ("anne", Examen("traite", "traduire"))
    assert dossier(db, number).suivi.version == 1


def test_two_agents_who_say_the_same_agree(db):
    (number,) = put(db, unmet())
    change(db, number, 0, Examen("clos"), ANNE, PLACES.get)
    assert change(db, number, 0, Examen("clos"), BILAL, PLACES.get).suivi.par == "anne"
    assert len(history(db, number)) == 1


def test_saying_nothing_new_adds_no_version(db):
    (number,) = put(db, unmet())
    change(db, number, 0, Examen("lu"), ANNE, PLACES.get)
    change(db, number, 1, Examen("lu"), ANNE, PLACES.get)
    assert len(history(db, number)) == 1


@pytest.mark.parametrize(
    "forged", [Examen("perdu"), Examen("lu", "raser"), Examen("lu", None, None, "licorne")], ids=str
)
def test_what_is_in_no_list_is_refused(db, forged):
    (number,) = put(db, unmet())
    with pytest.raises(ReviewFault):
        change(db, number, 0, forged, ANNE, PLACES.get)
    assert history(db, number) == ()


def test_a_remark_is_cleaned_before_it_is_kept(db):
    (number,) = put(db, unmet())
    change(db, number, 0, Examen("lu", None, "rappeler madame Diop au 06 12 34 56 78"), ANNE, PLACES.get)

    kept = dossier(db, number).suivi.examen.remarque
    assert kept == "rappeler madame [nom] au [téléphone]"
    assert clean_remark("rappeler madame Diop") == ("rappeler madame [nom]", True)
    assert clean_remark("vu avec le CCAS") == ("vu avec le CCAS", False)
    with pytest.raises(ReviewFault, match="trop longue"):
        clean_remark("x" * 301)


def test_the_journal_row_never_changes_and_the_corrected_need_is_what_counts(db):
    (number,) = put(db, unmet(raison="mal_compris"))
    change(db, number, 0, Examen("lu", "vocabulaire", None, "sejour-nationalite"), ANNE, PLACES.get)

    assert db.execute("SELECT besoin, defi, axe FROM journal").fetchone() == ("demande-logement", 8, None)
    assert db.execute("SELECT besoin, defi, axe, raison FROM journal_corrige").fetchone() == (
        "sejour-nationalite",
        3,
        "droits",
        "mal_compris",
    )
    assert dossier(db, number).besoin == "sejour-nationalite"

    change(db, number, 1, Examen("lu", "vocabulaire", None, "demande-logement"), ANNE, PLACES.get)
    assert dossier(db, number).suivi.examen.besoin_corrige is None


def test_each_change_leaves_its_line_in_the_audit_trail_without_the_remark(db):
    (number,) = put(db, unmet())
    change(db, number, 0, Examen("lu", "traduire", "phrase discrète"), ANNE, PLACES.get)
    ((compte, objet, detail),) = db.execute("SELECT compte, objet, detail FROM audit").fetchall()

    assert (compte, objet) == ("anne", str(number))
    assert detail == "état : nouveau → lu, action : traduire, remarque"


def test_many_are_changed_at_once_field_by_field(db):
    first, second = put(db, unmet(), unmet(langue="ar"))
    change(db, first, 0, Examen("lu", None, "à garder"), ANNE, PLACES.get)
    lot = change_many(db, [first, second, 12345], {"etat": "traite", "action": "traduire"}, ANNE, PLACES.get, mark(db))

    assert (lot.changes, lot.pareils, lot.depasses) == (2, 0, ())
    assert dossier(db, first).suivi.examen == Examen("traite", "traduire", "à garder")
    assert dossier(db, second).suivi.examen == Examen("traite", "traduire")
    assert change_many(db, [first], {"etat": "traite"}, ANNE, PLACES.get, mark(db)).pareils == 1


def test_what_somebody_else_changed_since_the_page_was_read_is_left_alone_and_told(db):
    first, second = put(db, unmet(), unmet())
    seen = mark(db)
    change(db, first, 0, Examen("traite"), BILAL, PLACES.get)
    lot = change_many(db, [first, second], {"etat": "clos"}, ANNE, PLACES.get, seen)

    assert [one.id for one in lot.depasses] == [first]
    assert dossier(db, first).suivi.examen.etat == "traite"
    assert dossier(db, second).suivi.examen.etat == "clos"


def test_a_change_of_many_can_be_undone_except_where_somebody_went_on(db):
    first, second, third = put(db, unmet(), unmet(), unmet())
    change(db, second, 0, Examen("lu", None, "déjà vu"), BILAL, PLACES.get)
    lot = change_many(db, [first, second, third], {"etat": "clos"}, ANNE, PLACES.get, mark(db))
    change(db, third, 1, Examen("traite"), BILAL, PLACES.get)
    back = undo(db, lot.lot, ANNE, PLACES.get)

    assert (back.changes, [one.id for one in back.depasses]) == (2, [third])
    assert dossier(db, first).suivi.examen == Examen()
    assert dossier(db, second).suivi.examen == Examen("lu", None, "déjà vu")
    assert dossier(db, third).suivi.examen.etat == "traite"
    assert len(history(db, first)) == 2
    with pytest.raises(ReviewFault):
        undo(db, "inconnu", ANNE, PLACES.get)


def test_five_thousand_needs_are_changed_in_one_go(db):
    with db:
        db.execute("BEGIN")
        journal.insert(db, [unmet() for _ in range(5000)])
    numbers = [number for (number,) in db.execute("SELECT id FROM journal")]
    start = time.perf_counter()
    db.execute("BEGIN")
    lot = change_many(db, numbers, {"etat": "lu"}, ANNE, PLACES.get, 0)
    db.execute("COMMIT")

    assert (lot.changes, new_count(db)) == (5000, 0)
    assert db.execute("SELECT count(*) FROM audit").fetchone() == (1,)
    assert time.perf_counter() - start < 3


def test_words_are_forgotten_after_their_time_and_no_count_changes(db):
    old, recent = put(db, unmet(jour="2025-01-31", remarque="au guichet"), unmet(jour="2025-02-01"))
    change(db, old, 0, Examen("clos", "traduire", "fait"), ANNE, PLACES.get)
    assert journal.forget_words(db, "2025-02-01") == 1

    assert (dossier(db, old).row.mots, dossier(db, old).row.remarque) == (None, None)
    assert dossier(db, recent).row.mots == "un toit"
    assert dossier(db, old).suivi.examen.remarque == "fait"
    assert db.execute("SELECT count(*) FROM journal").fetchone() == (2,)
    assert journal.forget_words(db, "2025-02-01") == 0
