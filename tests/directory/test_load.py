"""Loading a folder: all of it right, or every fault with its file, its line and what to do."""

from pathlib import Path

import pytest

from directory.datafile import Problem
from directory.load import load
from directory.model import Etat, Point, RendezVous
from directory.search import opening
from tests.directory.factories import HERE, a_folder, paris

FAUTES = sorted((HERE / "fautes").glob("*.yaml"))


def heading(faute: Path) -> tuple[str, list[str]]:
    """Where a broken file goes, and every fault that must be said of it: "line: message"."""
    lines = faute.read_bytes().decode(errors="replace").splitlines()
    return lines[0].removeprefix("# dans: "), [
        line.removeprefix("# attendu: ") for line in lines if line.startswith("# attendu: ")
    ]


@pytest.mark.parametrize("faute", FAUTES, ids=lambda path: path.stem)
def test_a_mistake_is_said_with_its_line_and_what_to_do(tmp_path, faute):
    place, expected = heading(faute)
    folder = a_folder(tmp_path)
    broken = folder / place
    broken.parent.mkdir(parents=True, exist_ok=True)
    broken.write_bytes(faute.read_bytes())

    loaded = load(folder)

    assert [f"{problem.line}: {problem.message}" for problem in loaded.problems] == expected
    assert {problem.file for problem in loaded.problems} == {str(broken)}
    assert loaded.directory is None


def test_there_is_a_broken_file_for_each_of_many_mistakes():
    assert len(FAUTES) >= 25


def test_every_message_says_what_to_do_in_a_second_sentence():
    messages = [expected.split(": ", 1)[1] for faute in FAUTES for expected in heading(faute)[1]]

    assert [message for message in messages if message[-1] not in ".?…" or ". " not in message] == []


def test_the_sound_folder_of_the_tests_has_no_fault(tmp_path):
    loaded = load(a_folder(tmp_path))

    assert loaded.problems == ()
    assert list(loaded.directory.lieux) == ["ligne-exemple", "mairie-exemple", "maison-exemple"]


def test_faults_of_several_files_come_at_once_in_order(tmp_path):
    folder = a_folder(tmp_path)
    for name in ("zebre", "abeille"):
        (folder / "ville" / f"{name}.yaml").write_text(f"id: {name}\n")
    (folder / "structures" / "caf.yaml").write_text("nom: [\n")

    loaded = load(folder)

    files = [problem.file for problem in loaded.problems]
    assert files == sorted(files)
    assert {Path(file).stem for file in files} == {"caf", "abeille", "zebre"}


def test_a_broken_vocabulary_is_not_said_again_by_every_place(tmp_path):
    folder = a_folder(tmp_path)
    (folder / "vocabulaire" / "types.yaml").write_text("types: [\n")

    loaded = load(folder)

    assert [Path(problem.file).name for problem in loaded.problems] == ["types.yaml"]


def test_a_place_in_fault_is_not_one_more_fault_for_those_that_point_to_it(tmp_path):
    folder = a_folder(tmp_path)
    mairie = folder / "ville" / "mairie-exemple.yaml"
    mairie.write_text(mairie.read_text().replace("etat: ouvert", "etat: ouverte"))
    maison = folder / "quartiers" / "le-nord" / "maison-exemple.yaml"
    maison.write_text(maison.read_text() + "remplace_par: mairie-exemple\n")

    assert [Path(problem.file).name for problem in load(folder).problems] == ["mairie-exemple.yaml"]


def test_a_missing_file_and_a_missing_folder_are_said(tmp_path):
    folder = a_folder(tmp_path)
    (folder / "quartiers.yaml").unlink()
    (folder / "vocabulaire" / "besoins.yaml").unlink()

    names = {Path(problem.file).name for problem in load(folder).problems}

    assert names >= {"quartiers.yaml", "besoins.yaml"}
    assert load(tmp_path / "absent").problems[0].message.startswith("ce dossier de données n’existe pas")


def test_a_problem_reads_as_file_line_message():
    assert str(Problem("ville/x.yaml", 12, "clé inconnue.")) == "ville/x.yaml:12: clé inconnue."


# What a place becomes.


def add(folder: Path, place: str, text: str):
    path = folder / place
    path.write_text(path.read_text() + text)
    return load(folder).directory


def test_a_place_knows_its_file_and_its_services_their_line(tmp_path):
    lieu = load(a_folder(tmp_path)).directory.lieux["maison-exemple"]

    assert (lieu.fichier, lieu.ligne) == ("quartiers/le-nord/maison-exemple.yaml", 1)
    assert [(service.id, service.permanence, service.ligne) for service in lieu.services] == [
        ("accueil", False, 14),
        ("caf", True, 18),
    ]


def test_coordinates_and_codes_are_typed_by_the_schema(tmp_path):
    directory = add(
        a_folder(tmp_path), "ville/mairie-exemple.yaml", 'code_postal: "02100"\nlatitude: "49.89"\nlongitude: "2.30"\n'
    )
    lieu = directory.lieux["mairie-exemple"]

    assert lieu.code_postal == "02100"
    assert lieu.point == Point(49.89, 2.30)


def test_a_service_without_hours_has_those_of_its_place(tmp_path):
    directory = load(a_folder(tmp_path)).directory
    lieu = directory.lieux["mairie-exemple"]

    assert lieu.services[0].horaires is None
    assert opening(directory, lieu, lieu.services[0], paris("2026-11-24 10:00")).etat is Etat.OUVERT


def test_a_permanence_never_takes_the_hours_of_the_place_that_hosts_it(tmp_path):
    directory = add(
        a_folder(tmp_path),
        "quartiers/le-nord/maison-exemple.yaml",
        "  - {id: cpam, structure: caf, nom: La CPAM, besoins: [couverture-sante]}\nrendez_vous: sans\n",
    )
    lieu = directory.lieux["maison-exemple"]
    cpam = lieu.services[2]

    assert opening(directory, lieu, cpam, paris("2026-11-24 10:00")).etat is Etat.INCONNU
    assert cpam.rendez_vous is RendezVous.INCONNU


def test_a_building_closed_closes_its_permanences_with_the_same_reason(tmp_path):
    directory = add(
        a_folder(tmp_path),
        "quartiers/le-nord/maison-exemple.yaml",
        "exceptions:\n  - {du: 2026-11-23, au: 2026-11-27, ferme: true, motif: travaux}\n",
    )
    lieu = directory.lieux["maison-exemple"]
    ouverture = opening(directory, lieu, lieu.services[1], paris("2026-11-24 15:00"))

    assert (ouverture.etat, ouverture.motif.nom) == (Etat.FERME, "travaux")
    assert ouverture.prochaine == paris("2026-12-01 14:00")


def test_a_building_closed_in_school_holidays_closes_its_permanences(tmp_path):
    directory = add(a_folder(tmp_path), "quartiers/le-nord/maison-exemple.yaml", 'horaires_vacances: "off"\n')
    lieu = directory.lieux["maison-exemple"]

    assert opening(directory, lieu, lieu.services[1], paris("2026-12-22 15:00")).etat is Etat.FERME


def test_a_service_may_change_only_the_holidays_of_its_place(tmp_path):
    folder = a_folder(tmp_path)
    path = folder / "ville" / "mairie-exemple.yaml"
    path.write_text(path.read_text() + '    horaires_vacances: "off"\n')
    directory = load(folder).directory
    lieu = directory.lieux["mairie-exemple"]

    assert opening(directory, lieu, lieu.services[0], paris("2026-12-22 10:00")).etat is Etat.FERME
    assert opening(directory, lieu, lieu.services[0], paris("2026-11-24 10:00")).etat is Etat.OUVERT
    assert opening(directory, lieu, None, paris("2026-12-22 10:00")).etat is Etat.OUVERT


def test_a_mobile_number_published_as_the_service_s_own_is_kept(tmp_path):
    folder = a_folder(tmp_path)
    path = folder / "ville" / "mairie-exemple.yaml"
    path.write_text(path.read_text().replace("03 22", "06 22") + "telephone_mobile_publie: true\n")

    assert load(folder).directory.lieux["mairie-exemple"].telephone == "06 22 00 00 00"
