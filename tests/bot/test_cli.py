"""The commands, as somebody types them: each in its own process, on real data."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def bonneporte(tmp_path):
    """Run `bonneporte …` with its data in a fresh folder; gives (exit code, output, errors)."""

    def run(*arguments: str, typed: str = "", **settings: str) -> tuple[int, str, str]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("BONNEPORTE_")}
        environment |= {"BONNEPORTE_DATA": str(tmp_path / "data"), "PYTHONIOENCODING": "utf-8", **settings}
        done = subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            input=typed, capture_output=True, text=True, encoding="utf-8", env=environment, cwd=ROOT, timeout=90,
        )  # fmt: skip
        return done.returncode, done.stdout, done.stderr

    return run


def test_a_conversation_in_the_terminal_gives_a_door_and_numbers_choose_buttons(bonneporte):
    code, said, errors = bonneporte("chat", typed="je n'ai plus rien à manger\n1\n")

    assert (code, errors) == (0, "")
    assert "Vous habitez où" in said
    assert "votre quartier (Amiens Nord)" in said.split("Vous habitez où")[1]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("my electricity will be cut off", "electricity"),
        ("سيقطعون عني الكهرباء", "الكهرباء"),
        ("je ne peux pas payer l'électricité", "électricité"),
    ],
)
def test_the_terminal_answers_in_the_language_of_the_question(bonneporte, words, expected):
    _, said, _ = bonneporte("chat", typed=words + "\n")

    assert expected in said


def test_what_was_not_met_is_in_the_journal_without_the_phone_number(bonneporte):
    bonneporte("chat", typed="zzz qsdf wxcv 06 12 34 56 78\nzzz hjkl mpoi 06 12 34 56 78\n")
    code, shown, _ = bonneporte("journal")

    assert code == 0
    assert "rien_compris" in shown
    assert "06 12" not in shown


def test_understand_explains_one_message(bonneporte):
    code, shown, _ = bonneporte("understand", "j'ai plus rien à manger")

    assert code == 0
    assert "aide-alimentaire" in shown


def test_understand_answers_json_lines(bonneporte):
    asked = [{"id": "a", "text": "carte vitale perdue", "lang_hint": None}, {"id": "b", "text": "", "lang_hint": None}]
    code, out, _ = bonneporte("understand", "--jsonl", typed="\n".join(map(json.dumps, asked)))
    answers = {row["id"]: row for row in map(json.loads, out.splitlines())}

    assert code == 0
    assert answers["a"]["needs"][0]["id"] == "couverture-sante"
    assert answers["b"]["needs"] == []


def test_check_finds_no_fault_in_our_data(bonneporte):
    code, shown, _ = bonneporte("check")

    assert code == 0
    assert shown.startswith("Aucune erreur.")


def test_check_names_the_file_the_line_and_the_nearest_word(bonneporte, tmp_path):
    folder = tmp_path / "annuaire"
    shutil.copytree(ROOT / "directory" / "data", folder)
    place = next(folder.glob("ville/*.yaml"))
    place.write_text(
        place.read_text("utf-8").replace("telephone:", "telefone:", 1).replace("type:", "tipe:", 1), "utf-8"
    )
    code, shown, _ = bonneporte("check", BONNEPORTE_DIRECTORY=str(folder))

    assert code == 1
    assert f"{place.name}:" in shown
    assert "« type »" in shown


def test_a_wrong_setting_is_one_line_and_no_trace(bonneporte):
    code, _, errors = bonneporte("serve", BONNEPORTE_PORT="80a")

    assert code == 1
    assert errors == "Error: BONNEPORTE_PORT='80a': attendu un nombre de 1 à 65535, par exemple 8080\n"


def test_importing_a_file_that_is_no_geojson_changes_nothing(bonneporte, tmp_path):
    wrong = tmp_path / "faux.geojson"
    wrong.write_text("{}", "utf-8")
    folder = tmp_path / "annuaire"
    shutil.copytree(ROOT / "directory" / "data", folder)
    code, _, errors = bonneporte("import", "quartiers", str(wrong), BONNEPORTE_DIRECTORY=str(folder))

    assert code == 1
    assert "faux.geojson" in errors
    assert "Traceback" not in errors
    assert not (folder / "perimetres.geojson").exists()


def test_eligible_answers_households_from_a_file_or_the_input(bonneporte, tmp_path):
    foyer = json.dumps({"id": "a", "date": "2026-11-01", "adultes": [{"age": 34}]})
    (tmp_path / "foyers.jsonl").write_text(foyer + "\n{\n", "utf-8")

    code, out, errors = bonneporte("eligible", "--jsonl", typed=foyer + "\n")
    from_file = bonneporte("eligible", "--jsonl", str(tmp_path / "foyers.jsonl"))

    assert (code, errors) == (0, "")
    assert json.loads(out)["droits"]["aspa"] == "peu-probable"
    assert from_file[0] == 1
    assert from_file[1].splitlines()[0] == out.strip()
    assert from_file[2].startswith("ligne 2 : ")


def test_eligible_asks_in_the_terminal(bonneporte):
    code, said, errors = bonneporte("eligible", typed="je ne sais pas\nstop\n")

    assert (code, errors) == (0, "")
    assert "Vos réponses ne sont pas gardées." in said
    assert "on arrête les questions" in said
