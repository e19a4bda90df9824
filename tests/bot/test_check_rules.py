"""A right must lead to a door that is in the directory."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.check import check_rules
from directory.load import load

ROOT = Path(__file__).resolve().parents[2]
JOUR = date(2026, 11, 2)


@pytest.fixture(scope="module")
def annuaire():
    return load(ROOT / "directory" / "data").directory


def errors(folder: Path, directory) -> list[str]:
    return [str(problem) for problem in check_rules(folder, directory, JOUR) if problem.is_error]


def test_our_rules_have_no_fault_and_every_right_leads_to_a_door(annuaire):
    assert errors(ROOT / "rules" / "data", annuaire) == []


def test_a_right_whose_doors_are_nowhere_is_told(tmp_path, annuaire):
    # A directory without its doors: what the rights name is not there.
    rules = shutil.copytree(ROOT / "tests" / "rules" / "base", tmp_path / "regles")
    without = replace(annuaire, lieux={}, offres={})

    found = errors(Path(rules), without)

    assert len(found) == 2
    assert "le droit « aide-solidaire » ne mène à aucune porte de l'annuaire" in found[0]
