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


def broken(path: Path, folder: Path) -> tuple[str, str]:
    """A copy of the base with this file in the place its first line says; then what must be told, and of which line."""
    text = path.read_text(encoding="utf-8")
    place, expected, line = (each.split(": ", 1)[1] for each in text.split("\n", 3)[:3])
    shutil.copytree(ICI / "base", folder)
    target = folder / place
    target.parent.mkdir(exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return expected, line


def test_the_base_of_the_broken_files_has_no_fault(vocabulaire):
    assert load(ICI / "base", vocabulaire).problems == ()


@pytest.mark.parametrize("path", FAUTES, ids=lambda path: path.stem)
def test_a_fault_is_told_with_its_line_and_what_to_do(path, tmp_path, vocabulaire):
    expected, line = broken(path, tmp_path / "regles")

    loaded = load(tmp_path / "regles", vocabulaire)

    assert loaded.rulebook is None
    told = next((problem for problem in loaded.problems if expected in problem.message), None)
    assert told, "\n".join(map(str, loaded.problems))
    file = Path(told.file)
    assert line == f"{file.name}: {file.read_text('utf-8').splitlines()[told.line - 1].strip()}"
    assert all(problem.message.endswith((".", "?", ":")) for problem in loaded.problems)


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
