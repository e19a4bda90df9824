"""What do the lexicon files say? One YAML file a language, read through `directory.datafile`, as plain frozen objects.

A file that is missing or wrong never stops the others: `read_all` returns what it could read and a message for the rest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.understanding.model import Propos

DATA = Path(__file__).parent / "data"
CUES = "reperes.yaml"
"""Beside the lexicons: small lists by language of the words that change what a sentence means."""

# A danger told also tells a need, which is offered after the numbers.
NEED_OF_DANGER = {
    "suicide": "sante-mentale",
    "violences-danger": "violences",
    "enfant-danger": "violences",
    "sans-abri-ce-soir": "hebergement-urgence",
    "urgence-vitale": "acces-soins",
}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language: words and phrases by need, dangers, look-alikes of danger, talk that is no need, frequent words."""

    langue: str
    mots: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    urgences: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sosies: tuple[str, ...] = ()
    propos: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    frequents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cues:
    """One language of reperes.yaml: done already, no need of it, turning words, words that ask for a place, number words."""

    deja: tuple[str, ...] = ()
    sans_besoin: tuple[str, ...] = ()
    tournants: tuple[str, ...] = ()
    lieu: tuple[str, ...] = ()


def files(folder: Path = DATA) -> list[Path]:
    """The lexicon files, by language code."""
    return sorted(path for path in folder.glob("*.yaml") if path.name != CUES)


def digest(path: Path) -> str:
    """A short name of a file's exact content."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def _texts(value: object) -> tuple[str, ...]:
    items = value if isinstance(value, list) else []
    return tuple(dict.fromkeys(text for item in items if (text := str(item).strip())))


def _table(value: object) -> dict[str, tuple[str, ...]]:
    return {str(key): _texts(items) for key, items in value.items()} if isinstance(value, dict) else {}


def from_plain(raw: Mapping) -> Lexicon:
    """A lexicon from the plain content of its file; a missing part is empty."""
    besoins = raw.get("besoins") or {}
    return Lexicon(
        langue=str(raw["langue"]),
        mots={b: _texts((v or {}).get("mots")) for b, v in besoins.items()},
        phrases={b: _texts((v or {}).get("phrases")) for b, v in besoins.items()},
        urgences=_table(raw.get("urgences")),
        sosies=_texts(raw.get("sosies")),
        propos=_table(raw.get("propos")),
        frequents=_texts(raw.get("frequents")),
    )


def problems(lexicon: Lexicon, besoins: frozenset[str]) -> list[str]:
    """Faults a writer can mend: unknown ids. `besoins` are the ids of vocabulaire/besoins.yaml."""
    out = [f"besoin inconnu « {b} »" for b in lexicon.phrases if b not in besoins]
    out += [f"urgence inconnue « {u} »" for u in lexicon.urgences if u not in NEED_OF_DANGER]
    return out + [f"propos inconnu « {p} »" for p in lexicon.propos if p not in {*Propos}]


def read(path: Path) -> Lexicon:
    """One lexicon file. Raises ValueError with the file's name when it cannot be read."""
    from directory import datafile  # late: unchanged lexicons are loaded from the artefact and need no YAML

    try:
        return from_plain(datafile.plain(path))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(
            f"{path.name}: ce n'est pas un lexique ({error!r}). Voir la forme dans un autre fichier."
        ) from error


def read_all(folder: Path = DATA) -> tuple[list[Lexicon], list[str]]:
    """Every lexicon that can be read, and why the others cannot."""
    lexicons, faults = [], []
    for path in files(folder):
        try:
            lexicons.append(read(path))
        except ValueError as error:
            faults.append(str(error))
    return lexicons, faults


def read_cues(folder: Path = DATA) -> dict[str, Cues]:
    """The lists of reperes.yaml by language."""
    from directory import datafile

    path = folder / CUES
    if not path.exists():
        return {}
    return {code: Cues(**{k: _texts(v) for k, v in lists.items()}) for code, lists in datafile.plain(path).items()}
