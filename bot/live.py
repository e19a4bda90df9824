"""Which data is in service, and how does new data take its place? Checked first; on a fault the old stays.

A `Live` holds the directory, the rules, the understanding of names and words, and the catalogues. It is replaced part by part,
between two messages, never while one is being answered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from bot.conversation.engine import step
from bot.conversation.flows import danger
from bot.conversation.messages import Incoming, Reply
from bot.conversation.state import Conversation
from bot.conversation.world import Step, Turn, World
from bot.langues import Langues
from bot.langues import load as load_langues
from bot.texts import Texts
from bot.texts import load as load_texts
from bot.understanding import engine
from directory.catalogue import Directory
from directory.datafile import DataError
from directory.load import load as load_directory
from directory.reload import reload as reload_directory
from rules.echantillon import mesures
from rules.load import DONNEES, Loaded
from rules.load import load as load_rules
from rules.model import Rulebook

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "locales"
LEXICONS = ROOT / "bot" / "understanding" / "data"
RULES = DONNEES


class DataFault(Exception):
    """The data cannot be used: the message is one line per fault, file:line: what is wrong. what to do."""


class Live:
    """The data in service. Make it with `load`; `refresh` takes in what changed on disk."""

    def __init__(
        self,
        folder: Path,
        directory: Directory,
        langues: Langues,
        texts: Texts,
        understander,
        rules: Loaded,
        rules_folder: Path,
    ) -> None:
        self.folder = folder
        self.rules_folder = rules_folder
        self.directory = directory
        self.langues = langues
        self.texts = texts
        self.understander = understander
        self.rulebook = rules.rulebook
        # What keeps some rights out of service: the others are said all the same.
        self.rule_faults = tuple(str(problem) for problem in rules.problems if problem.is_error)

    def world(self, now: datetime) -> World:
        """Everything outside a conversation, with the data in service at this moment."""
        return World(
            self.directory, self.understander.understand, now, self.langues, self.rulebook, self.texts.vocabulary
        )

    def step(self, conversation: Conversation, message: Incoming, now: datetime) -> Step:
        """Answer one message with the data in service at this moment."""
        return step(conversation, message, self.world(now))

    def defi(self, besoin: str) -> int | None:
        """The défi of a need, for the journal."""
        found = self.directory.vocabulaire.besoins.get(besoin)
        return found.defi if found else None

    def axe(self, besoin: str) -> str | None:
        """The axis of défi 3 a need belongs to, for the journal."""
        found = self.directory.vocabulaire.besoins.get(besoin)
        return found.axe if found else None

    def danger(self, urgence: str, langue: str, now: datetime) -> Reply:
        """What is said in this danger, with no button: the desk shows it in two languages."""
        turn = Turn(Conversation(langue=langue), Incoming("bureau", text=""), self.world(now))
        return replace(danger.answer(turn, urgence).replies[0], choices=())

    def prepare(self) -> None:
        """Measure now what the first question about a right needs, so that nobody waits for it."""
        if self.rulebook is not None:
            mesures(self.rulebook, date.today())

    def refresh(self, tell: Callable[[str], None]) -> bool:
        """Read everything anew; put it in service only if it has no fault. `tell` says what happened."""
        reloaded = reload_directory(self.folder, self.directory)
        faults = [str(problem) for problem in reloaded.problems if problem.is_error]
        if reloaded.replaced:
            try:
                new = _around(self.folder, reloaded.directory, self.rules_folder)
                faults = list(new.rule_faults)
            except DataError as error:
                faults = [str(error)]
        if faults:
            for line in faults:
                tell(line)
            tell("Rien n'a été remplacé : les données précédentes restent en service.")
            return False
        self.directory, self.langues, self.texts = new.directory, new.langues, new.texts
        self.understander = new.understander
        new.prepare()
        self.rulebook, self.rule_faults = new.rulebook, ()
        tell(f"Données reprises : {summary(self.directory, self.rulebook)}.")
        if new.understander.perime:
            tell(
                "Les mots nouveaux du lexique sont pris. Le modèle apprendra leurs voisins au prochain « make install »."
            )
        return True


def load(folder: Path, rules_folder: Path = RULES) -> Live:
    """The data of the product with the directory of `folder`; raises DataFault with every fault. Rules with a fault are left out
    and told by `rule_faults`."""
    directory = directory_of(folder)
    try:
        return _around(folder, directory, rules_folder)
    except DataError as error:
        raise DataFault(str(error)) from None


def directory_of(folder: Path) -> Directory:
    """The directory of a folder; raises DataFault with every fault."""
    loaded = load_directory(folder)
    if loaded.directory is None:
        errors = [str(problem) for problem in loaded.problems if problem.is_error]
        plural = "s" if len(errors) > 1 else ""
        raise DataFault("\n".join([*errors, f"{len(errors)} erreur{plural}."]))
    return loaded.directory


def _around(folder: Path, directory: Directory, rules_folder: Path) -> Live:
    """The data in service with this directory; raises DataError when the languages or the catalogues are wrong."""
    langues = load_langues(LOCALES)
    rules = load_rules(rules_folder, directory.vocabulaire, partiel=True)
    texts = load_texts(LOCALES, langues)
    return Live(folder, directory, langues, texts, engine.load(directory=directory), rules, rules_folder)


def summary(directory: Directory, rulebook: Rulebook | None = None) -> str:
    """How many places, needs and rights are in service, for the operator."""
    rights = f", {len(rulebook.droits)} droits" if rulebook else ""
    return f"{len(directory.lieux)} lieux, {len(directory.vocabulaire.besoins)} besoins{rights}"
