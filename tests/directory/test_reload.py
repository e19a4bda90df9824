"""Changed files are taken in only when all of them are right."""

from directory.load import load
from directory.reload import reload
from tests.directory.factories import a_folder


def test_a_right_change_is_taken_in(tmp_path):
    folder = a_folder(tmp_path)
    current = load(folder).directory
    mairie = folder / "ville" / "mairie-exemple.yaml"
    mairie.write_text(mairie.read_text().replace("03 22 00 00 00", "03 22 11 11 11"))

    reloaded = reload(folder, current)

    assert reloaded.replaced
    assert reloaded.directory.lieux["mairie-exemple"].telephone == "03 22 11 11 11"
    assert current.lieux["mairie-exemple"].telephone == "03 22 00 00 00"


def test_on_a_fault_the_directory_in_service_stays_and_the_fault_is_told(tmp_path):
    folder = a_folder(tmp_path)
    current = load(folder).directory
    mairie = folder / "ville" / "mairie-exemple.yaml"
    mairie.write_text(mairie.read_text().replace("etat: ouvert", "etat: ouverte"))

    reloaded = reload(folder, current)

    assert reloaded.directory is current
    assert not reloaded.replaced
    assert [(problem.file, problem.line) for problem in reloaded.problems] == [(str(mairie), 4)]


def test_a_folder_that_disappears_does_not_empty_the_directory(tmp_path):
    current = load(a_folder(tmp_path)).directory

    assert reload(tmp_path / "absent", current).directory is current
