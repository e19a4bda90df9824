"""New data takes the place of the old only when it is right as a whole."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.live import DataFault, load

DATA = Path(__file__).resolve().parents[2] / "directory" / "data"
RULES = Path(__file__).resolve().parents[1] / "rules" / "base"


@pytest.fixture
def folder(tmp_path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "annuaire"))


def a_place(folder: Path) -> Path:
    return next(path for path in sorted(folder.glob("ville/*.yaml")) if "\ntelephone:" in path.read_text("utf-8"))


def test_a_changed_phone_number_is_taken_in(folder):
    live, told = load(folder), []
    place = a_place(folder)
    lines = place.read_text("utf-8").splitlines()
    place.write_text(
        "\n".join('telephone: "03 22 00 00 00"' if line.startswith("telephone:") else line for line in lines), "utf-8"
    )

    assert live.refresh(told.append)
    assert live.directory.lieux[place.stem].telephone == "03 22 00 00 00"
    assert told[0].startswith("Données reprises")


def test_a_fault_keeps_the_old_data_and_names_file_and_line(folder):
    live, told = load(folder), []
    before = live.directory
    place = a_place(folder)
    place.write_text(place.read_text("utf-8") + "\ncouleur: bleu\n", "utf-8")

    assert not live.refresh(told.append)
    assert live.directory is before
    assert f"{place.name}:" in told[0]
    assert "restent en service" in told[-1]


def test_data_with_a_fault_does_not_start(folder):
    place = a_place(folder)
    place.write_text("id: [", "utf-8")

    with pytest.raises(DataFault, match=rf"{place.name}:\d+: "):
        load(folder)


@pytest.fixture
def rules(tmp_path) -> Path:
    return Path(shutil.copytree(RULES, tmp_path / "regles"))


def test_a_changed_rule_is_taken_in(rules):
    live, told = load(DATA, rules), []
    right = rules / "droits" / "aide-solidaire.yaml"
    right.write_text(right.read_text("utf-8").replace("nom: Aide solidaire", "nom: Aide nouvelle"), "utf-8")

    assert live.refresh(told.append)
    assert live.rulebook.droits["aide-solidaire"].nom == "Aide nouvelle"
    assert "2 droits" in told[0]


def test_a_fault_in_a_rule_keeps_the_old_rules_and_names_file_and_line(rules):
    live, told = load(DATA, rules), []
    before = live.rulebook
    right = rules / "droits" / "aide-solidaire.yaml"
    right.write_text(right.read_text("utf-8").replace("age >= 25 ans", "agee >= 25 ans"), "utf-8")

    assert not live.refresh(told.append)
    assert live.rulebook is before
    assert "aide-solidaire.yaml:11: " in told[0]


def test_at_the_start_a_rule_with_a_fault_is_left_out_and_told(rules):
    right = rules / "droits" / "aide-suite.yaml"
    right.write_text(right.read_text("utf-8").replace("loyer > 100", "loyers > 100"), "utf-8")

    live = load(DATA, rules)

    assert list(live.rulebook.droits) == ["aide-solidaire"]
    assert "Vouliez-vous dire « loyer » ?" in live.rule_faults[0]
