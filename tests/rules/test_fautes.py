"""One broken file each: the loader names the file, the line, what is wrong and what to do, in words for who wrote it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from directory.vocabulary import load_vocabulary
from rules.load import load

ICI = Path(__file__).parent
FAUTES = sorted((ICI / "fautes").glob("*.yaml"))


@pytest.fixture(scope="module")
def vocabulaire():
    return load_vocabulary(ICI.parents[1] / "directory" / "data")


def broken(path: Path, folder: Path) -> tuple[Path, str]:
    """A copy of the base with this file in the place its first line says; and what must be told, which its second line says."""
    place, expected, *rest = path.read_text(encoding="utf-8").split("\n", 2)
    shutil.copytree(ICI / "base", folder)
    target = folder / place.removeprefix("# fichier: ")
    target.parent.mkdir(exist_ok=True)
    # The two lines stay, as comments, so that a line of the message is a line of the file.
    target.write_text("\n".join([place, expected, *rest]), encoding="utf-8")
    return target, expected.removeprefix("# attendu: ")


def test_the_base_of_the_broken_files_has_no_fault(vocabulaire):
    assert load(ICI / "base", vocabulaire).problems == ()


@pytest.mark.parametrize("path", FAUTES, ids=lambda path: path.stem)
def test_a_fault_is_told_with_its_line_and_what_to_do(path, tmp_path, vocabulaire):
    _, expected = broken(path, tmp_path / "regles")

    loaded = load(tmp_path / "regles", vocabulaire)

    assert loaded.rulebook is None
    told = [problem for problem in loaded.problems if expected in problem.message]
    assert told, "\n".join(map(str, loaded.problems))
    assert any(problem.file.endswith(".yaml") and problem.line >= 1 for problem in told)
    assert all(problem.message.rstrip().endswith((".", "?", "…", "…».", '"…".')) for problem in loaded.problems)


def test_every_fault_of_every_file_is_told_at_once(tmp_path, vocabulaire):
    shutil.copytree(ICI / "base", tmp_path / "regles")
    droit = tmp_path / "regles" / "droits" / "aide-solidaire.yaml"
    bareme = tmp_path / "regles" / "baremes" / "base.yaml"
    droit.write_text(droit.read_text().replace("defi: 1", "defi: 40").replace("types: [caf]", "types: [cafe]"))
    bareme.write_text(bareme.read_text().replace("unite: EUR/mois", "unite: EURO/mois", 1))

    files = {Path(problem.file).name for problem in load(tmp_path / "regles", vocabulaire).problems}

    assert {"aide-solidaire.yaml", "base.yaml"} <= files


def test_a_right_without_fault_can_be_worked_on_while_others_have_some(tmp_path, vocabulaire):
    broken(ICI / "fautes" / "jamais-vraie.yaml", tmp_path / "regles")

    loaded = load(tmp_path / "regles", vocabulaire, partiel=True)

    assert any(problem.is_error for problem in loaded.problems)
    assert "aide-suite" in loaded.rulebook.droits
