"""The understander of the real lexicons with a few names, and a way to compile a lexicon written in a test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.understanding import compile as compiler
from bot.understanding import engine
from bot.understanding.model import Comprehension, Contexte

NAMES = {
    "Amiens Nord": ("amiens-nord",),
    "le Pigeonnier": ("amiens-nord",),
    "Étouvie": ("etouvie",),
    "Pierre Rollin": ("pierre-rollin",),
    "Condorcet": ("lebesgue-condorcet",),
    "rue d'Elbeuf": ("elbeuf-lescouve",),
    "sud-est": ("pierre-rollin", "salamandre-marcel-paul", "lebesgue-condorcet"),
}

SMALL = """\
langue: fr
besoins:
  energie:
    mots: [électricité, chauffage]
    phrases: [ils ont coupé le courant, ma facture de gaz est trop chère, je n'ai plus de chauffage, payer l'électricité]
  recherche-emploi:
    mots: [travail, emploi]
    phrases: [je cherche un travail, faire un CV, trouver un emploi, je suis au chômage]
urgences:
  suicide: [je veux mourir, je veux en finir avec la vie]
sosies: [cette facture va me tuer]
propos:
  salutation: [bonjour, salut]
  hors-sujet: [quel temps fait-il demain]
frequents: [je, le, la, de, un, et]
"""


@pytest.fixture(scope="session")
def understander() -> engine.Understander:
    return engine.load(quartiers=NAMES)


@pytest.fixture(scope="session")
def understand(understander) -> Callable[..., Comprehension]:
    def say(text: str, langue: str | None = None, besoin: str | None = None) -> Comprehension:
        return understander.understand(text, Contexte(langue=langue, besoin=besoin))

    return say


@pytest.fixture
def small(tmp_path: Path) -> tuple[Path, Path]:
    """(folder with one small French lexicon, folder where it is compiled)."""
    folder, where = tmp_path / "lexiques", tmp_path / "artefact"
    folder.mkdir()
    (folder / "fr.yaml").write_text(SMALL, encoding="utf-8")
    compiler.build(folder, where)
    return folder, where
