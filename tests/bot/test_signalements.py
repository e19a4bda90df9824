"""What médiateurs say to be wrong, for whoever keeps the directory."""

from __future__ import annotations

import pytest

from bot import signalements
from bot.signalements import CORRIGE, ECARTE, NOUVEAU
from bot.storage.sqlite import FILE, open_store
from tests.bot.factories import DATA, real_directory

LIEU = "france-services-amiens-nord"
LE = "2026-11-24T10:00:00+01:00"


@pytest.fixture
async def store(tmp_path):
    opened = open_store(tmp_path)
    yield opened
    await opened.close()


async def report(store, champ: str = "telephone", remarque: str = "", service: str | None = None) -> int:
    return await store.write(lambda db: signalements.add(db, LIEU, service, champ, remarque, "m.essai", LE))


@pytest.mark.parametrize(
    ("champ", "service", "key"),
    [
        ("telephone", None, "telephone:"),
        ("horaires", None, "horaires_accueil:"),
        ("horaires", "permanence-partenaires", "horaires_texte:"),
        ("adresse", None, "adresse:"),
        ("ferme", None, "etat:"),
        ("autre", None, "id:"),
    ],
)
def test_a_report_points_at_the_very_line_to_change(champ, service, key):
    lieu = real_directory().lieux[LIEU]
    file, line = signalements.where(DATA, lieu, service, champ)
    text = (DATA / lieu.fichier).read_text(encoding="utf-8").splitlines()
    assert file.endswith(f"{LIEU}.yaml")
    assert text[line - 1].strip().startswith(key)


async def test_a_remark_says_nothing_to_the_terminal_it_is_read_in(store):
    await report(store, remarque="fermé \x1b[2J\x1b]0;titre\x07\x9b31m \x00 le\u202e mardi\nd’après l’affiche")
    (one,) = await store.read(signalements.reports)

    assert one.remarque == "fermé [2J ]0;titre 31m le mardi d’après l’affiche"


async def test_reports_are_newest_first_and_change_state_with_who_and_when(store):
    first, second = await report(store), await report(store, "ferme")
    assert [one.id for one in await store.read(signalements.reports)] == [second, first]
    assert await store.write(lambda db: signalements.settle(db, first, CORRIGE, "agent", LE))
    (done,) = await store.read(lambda db: signalements.reports(db, CORRIGE))
    assert (done.traite_par, done.traite_le) == ("agent", LE)
    assert await store.write(lambda db: signalements.settle(db, first, NOUVEAU, "agent", LE))
    assert await store.read(signalements.counts) == {NOUVEAU: 2, CORRIGE: 0, ECARTE: 0}
    assert not await store.write(lambda db: signalements.settle(db, 99, CORRIGE, "agent", LE))
    assert not await store.write(lambda db: signalements.settle(db, first, "perdu", "agent", LE))


async def test_the_check_of_the_data_lists_what_is_still_to_be_corrected(store, tmp_path):
    await report(store, remarque="sonne  dans\nle vide" + "!" * 500)
    done = await report(store, "ferme")
    await store.write(lambda db: signalements.settle(db, done, ECARTE, "agent", LE))
    (problem,) = signalements.problems(tmp_path / FILE, DATA, real_directory())
    assert not problem.is_error
    assert "le téléphone est faux" in problem.message
    assert "sonne dans le vide" in problem.message
    assert problem.line > 1


def test_without_a_database_there_is_nothing_to_list(tmp_path):
    assert list(signalements.problems(tmp_path / FILE, DATA, real_directory())) == []
