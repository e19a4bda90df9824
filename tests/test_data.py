"""One test for each data file of the directory, and what they must hold together."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from directory.load import Loaded, load
from directory.model import Confiance, EtatLieu
from directory.search import urgence_lines

DATA = Path(__file__).resolve().parent.parent / "directory" / "data"
FILES = sorted(DATA.rglob("*.yaml"))


@cache
def loaded() -> Loaded:
    return load(DATA)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(DATA).with_suffix("").as_posix())
def test_data_file(path):
    wrong = [str(problem) for problem in loaded().problems if problem.is_error and problem.file.endswith(name(path))]

    assert wrong == []


def name(path: Path) -> str:
    return path.relative_to(DATA).as_posix()


def test_the_directory_loads():
    assert loaded().directory is not None, "\n".join(map(str, loaded().problems))


def test_at_least_150_places_and_every_quarter_has_some():
    directory = loaded().directory
    places = [lieu for lieu in directory.lieux.values() if lieu.etat is EtatLieu.OUVERT]
    covered = Counter(quartier for lieu in places for quartier in lieu.quartiers)

    assert len(places) >= 150
    assert set(covered) == set(directory.quartiers)
    assert len(directory.quartiers) == 7


def test_every_need_has_a_door():
    directory = loaded().directory

    assert [besoin for besoin in directory.vocabulaire.besoins if not directory.doors_for(besoin)] == []


def test_every_number_of_every_emergency_is_a_line_of_the_directory():
    directory = loaded().directory

    for urgence in directory.vocabulaire.urgences.values():
        assert len(urgence_lines(directory, urgence.id)) == len(urgence.numeros), urgence.id


def test_a_doubtful_place_tells_the_reader_to_call_first():
    doubtful = [lieu for lieu in loaded().directory.lieux.values() if lieu.confiance is Confiance.BASSE]

    assert [lieu.id for lieu in doubtful if lieu.etat is EtatLieu.OUVERT and not lieu.appeler_avant] == []


def test_every_fact_has_a_source():
    assert [lieu.id for lieu in loaded().directory.lieux.values() if not lieu.sources] == []
