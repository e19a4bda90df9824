"""What do tests of the conversation stand on? A tiny directory of invented places, a table that understands, and a talk."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from bot import langues, texts
from bot.conversation.engine import World, step
from bot.conversation.events import Event
from bot.conversation.messages import Incoming, Reply
from bot.conversation.state import Conversation
from bot.spoken import Spoken
from bot.understanding.model import BesoinTrouve, Comprehension, Confiance, Contexte, Indice, Propos
from directory.load import Directory, load
from directory.model import Point
from rules.load import DONNEES
from rules.load import load as load_rules
from rules.model import Rulebook

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "directory" / "data"
LOCALES = ROOT / "locales"
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Europe/Paris"))
LANGUES = langues.load(LOCALES)
TEXTS = texts.load(LOCALES, LANGUES)
# The same languages when only three have a catalogue: what is said to the others does not change with our progress.
LANGUES_DU_DEBUT = langues.Langues(
    one if one.code in ("fr", "en", "ar") else replace(one, etat=langues.SANS_CATALOGUE) for one in LANGUES
)


@cache
def tiny_directory() -> Directory:
    """Ten invented places with the real vocabulary, calendar and quarters."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(Path(__file__).parent / "annuaire", folder, dirs_exist_ok=True)
        for name in ("vocabulaire", "calendrier"):
            shutil.copytree(DATA / name, Path(folder) / name)
        shutil.copy(DATA / "quartiers.yaml", folder)
        loaded = load(Path(folder))
    assert loaded.directory is not None, loaded.problems
    return loaded.directory


@cache
def tiny_rulebook() -> Rulebook:
    """Three invented rights over the real needs and kinds of places."""
    loaded = load_rules(Path(__file__).parent / "regles", tiny_directory().vocabulaire)
    assert loaded.rulebook is not None, loaded.problems
    return loaded.rulebook


@cache
def real_rulebook() -> Rulebook:
    loaded = load_rules(DONNEES, real_directory().vocabulaire)
    assert loaded.rulebook is not None, loaded.problems
    return loaded.rulebook


@cache
def real_directory() -> Directory:
    loaded = load(DATA)
    assert loaded.directory is not None, loaded.problems
    return loaded.directory


def understood(
    *besoins: str, confiance: Confiance | None = None, langue: str = "fr", sure: bool = True, **more
) -> Comprehension:
    """A reading of a message: these needs, nearly as strong as one another."""
    found = tuple(BesoinTrouve(besoin, 0.9 - 0.1 * rank) for rank, besoin in enumerate(besoins))
    level = confiance or (Confiance.SURE if besoins else Confiance.LOST)
    return Comprehension(langue, sure, found, level, **more)


# What the tests say, and how it is read: stands in for understanding, which has tests of its own.
TABLE: Mapping[str, Comprehension] = {
    "bonjour": understood(propos=Propos.SALUTATION),
    "merci": understood(propos=Propos.MERCI),
    "au revoir": understood(propos=Propos.AU_REVOIR),
    "chante": understood(propos=Propos.HORS_SUJET),
    "aide-moi": understood(propos=Propos.VAGUE),
    "courant": understood("energie"),
    "faim": understood("aide-alimentaire"),
    "faim et courant": understood("aide-alimentaire", "energie"),
    "argent": understood("aide-financiere"),
    "impots": understood("impots"),
    "chien": understood("vie-associative"),
    "papier": understood("prestations-familiales", "demarches-administratives", "impots", confiance=Confiance.UNSURE),
    "courant a etouvie": understood("energie", quartier="etouvie"),
    "etouvie": understood(quartier="etouvie", langue="fr", sure=False),
    "sud-est": understood(quartiers_possibles=("pierre-rollin", "salamandre-marcel-paul"), sure=False),
    "guichet nord ?": understood(lieu="guichet-nord"),
    "mourir": understood(urgence="suicide"),
    "die": understood(urgence="suicide", langue="en"),
    "hungry": understood("aide-alimentaire", langue="en"),
    "جائع": understood("aide-alimentaire", langue="ar"),
    "hambre": understood("aide-alimentaire", langue="es"),
    "pierre rollin": understood(
        "vetements-equipement",
        langue="en",
        quartier="pierre-rollin",
        quartier_indices=(Indice("pierre rollin", "", 1.0),),
    ),
    "pierre rollin, faim": understood(
        "vetements-equipement", quartier="pierre-rollin", quartier_indices=(Indice("pierre rollin", "", 1.0),)
    ),
    "hi": understood(propos=Propos.SALUTATION, langue="en", sure=False),
    "ok": understood(langue="en", sure=False),
    "ana jou3an": understood("aide-alimentaire", langue="ar-Latn"),
}


def by_table(text: str, contexte: Contexte) -> Comprehension:
    """Exactly what the table says; anything else is lost, in the language already spoken."""
    return TABLE.get(text.strip(), understood(langue=contexte.langue or "fr", sure=False))


@dataclass
class Answer:
    """What came back: the reply, its final words, and the actions of its buttons."""

    reply: Reply
    spoken: Spoken

    @property
    def text(self) -> str:
        lines = ("".join(span.texte for span in line) for line in self.spoken.lines)
        return re.sub("[\u00a0\u202f]", " ", "\n".join(lines))

    @property
    def choices(self) -> tuple[str, ...]:
        return tuple(choice.action for choice in self.reply.choices)

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(choice.label.replace("\u00a0", " ") for choice in self.spoken.choices)


@dataclass
class Talk:
    """A conversation played through the pure step; `events` are those of the last message."""

    understand: Callable[[str, Contexte], Comprehension] = by_table
    directory: Directory = field(default_factory=tiny_directory)
    now: datetime = TUESDAY
    conversation: Conversation = field(default_factory=Conversation)
    events: tuple[Event, ...] = ()
    hint: str | None = None
    langues: langues.Langues = LANGUES
    rulebook: Rulebook | None = None

    def says(self, text: str) -> Answer:
        return self.gives(text=text)

    def presses(self, action: str) -> Answer:
        return self.gives(action=action)

    def shares(self, latitude: float, longitude: float) -> Answer:
        return self.gives(point=Point(latitude, longitude))

    def sends(self, media: str) -> Answer:
        return self.gives(media=media)

    def gives(self, **message) -> Answer:
        world = World(self.directory, self.understand, self.now, self.langues, self.rulebook)
        done = step(self.conversation, Incoming("essai", hint=self.hint, **message), world)
        # The state goes through JSON between two messages, as it does in the runner.
        self.conversation, self.events = Conversation.from_json(done.conversation.to_json()), done.events
        assert self.conversation == done.conversation
        (reply,) = done.replies
        voice = TEXTS if self.langues is LANGUES else texts.load(LOCALES, self.langues)
        return Answer(reply, voice.say(reply))

    def copy(self) -> Talk:
        return replace(self)
