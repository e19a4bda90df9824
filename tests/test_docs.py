"""What is documented is what there is: commands, settings, keys of the directory, kinds of unmet need."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.cli import main
from bot.config import SETTINGS
from bot.conversation.events import Manquement
from bot.journal.indicators import INDICATEURS
from directory.fiches import LieuFiche, ServiceFiche

ROOT = Path(__file__).resolve().parent.parent
DOCS = sorted((ROOT / "docs").glob("*.md"))


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("key", SETTINGS)
def test_every_setting_has_its_line_with_its_default(key):
    setting = SETTINGS[key]
    (line,) = [line for line in text("docs/reglages.md").splitlines() if line.startswith(f"| `{setting.name}`")]

    if setting.default and not Path(setting.default).is_absolute():
        assert f"`{setting.default}`" in line


def test_no_setting_is_documented_that_does_not_exist():
    named = set(re.findall(r"BONNEPORTE_[A-Z_]+", "".join(path.read_text(encoding="utf-8") for path in DOCS)))

    assert named <= {setting.name for setting in SETTINGS.values()}


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_has_a_help_and_a_line_in_the_guide(name):
    assert main.commands[name].help
    assert f"bonneporte {name}" in text("docs/commandes.md")


@pytest.mark.parametrize("kind", list(Manquement))
def test_every_kind_of_unmet_need_is_explained(kind):
    assert f"| `{kind.value}` |" in text("docs/journal.md")


@pytest.mark.parametrize("name", INDICATEURS)
def test_every_indicator_is_explained(name):
    assert f"| `{name}` |" in text("docs/chiffres.md")


@pytest.mark.parametrize("key", sorted({**LieuFiche.model_fields, **ServiceFiche.model_fields}))
def test_every_key_of_a_place_is_explained(key):
    assert f"`{key}`" in text("docs/annuaire.md")


@pytest.mark.parametrize("path", [ROOT / "README.md", *DOCS], ids=lambda path: path.name)
def test_every_link_between_documents_leads_somewhere(path):
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))

    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_nothing_committed_names_an_index_or_a_machine():
    names = ("requirements.txt", "requirements-test.txt", "pyproject.toml", "Makefile", ".ci/run")
    found = [name for name in names if re.search(r"https?://|--(extra-)?index-url|/home/|/root/", text(name))]

    assert found == []
