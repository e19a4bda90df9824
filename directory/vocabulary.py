"""Which words are accepted: the closed lists of needs, themes, place types, défis, emergencies and codes.

They are read from `vocabulaire/` in the data folder. `directory.load` and the rules check every id against them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from directory.datafile import DataError, Problem, read, suggestion
from directory.fiches import Fiche
from directory.records import links, validate
from directory.schema import KINDS


@dataclass(frozen=True, slots=True)
class Besoin:
    """A need. `nom` is the word of a button, `aide` the first sentence of the answer, `defi` 1 to 11."""

    id: str
    nom: str
    picto: str
    aide: str
    defi: int
    axe: str | None = None
    thematique: str | None = None


@dataclass(frozen=True, slots=True)
class Theme:
    id: str
    nom: str
    picto: str
    besoins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TypeLieu:
    id: str
    nom: str
    picto: str


@dataclass(frozen=True, slots=True)
class Defi:
    id: int
    nom: str


@dataclass(frozen=True, slots=True)
class Urgence:
    """An emergency, and the numbers to say, in order."""

    id: str
    numeros: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A word of a list of data·inclusion, with its French label. `aide` says what it covers."""

    id: str
    nom: str
    aide: str | None = None


@dataclass(frozen=True, slots=True)
class PremieresPortes:
    """For a need: the place types one thinks of first, and the publics whose matter it is."""

    besoin: str
    types: tuple[str, ...] = ()
    publics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulaire:
    """The closed lists, each in the order of its file."""

    besoins: dict[str, Besoin] = field(default_factory=dict)
    themes: dict[str, Theme] = field(default_factory=dict)
    types: dict[str, TypeLieu] = field(default_factory=dict)
    defis: dict[int, Defi] = field(default_factory=dict)
    axes: dict[str, Code] = field(default_factory=dict)
    urgences: dict[str, Urgence] = field(default_factory=dict)
    publics: dict[str, Code] = field(default_factory=dict)
    frais: dict[str, Code] = field(default_factory=dict)
    modes_accueil: dict[str, Code] = field(default_factory=dict)
    portes: dict[str, PremieresPortes] = field(default_factory=dict)

    def ids(self, liste: str) -> list[str]:
        """The ids of a list as they are written in files."""
        return [str(key) for key in getattr(self, liste)]


LISTES = ("besoins", "themes", "types", "defis", "axes", "urgences", "publics", "frais", "modes_accueil", "portes")
_FILES = {
    "besoins": Besoin,
    "themes": Theme,
    "types": TypeLieu,
    "defis": Defi,
    "urgences": Urgence,
    "publics": Code,
    "frais": Code,
    "modes_accueil": Code,
    "portes": PremieresPortes,
}


def load_vocabulary(folder: Path) -> Vocabulaire:
    """The lists of a data folder. Raises DataError with every fault when there is one."""
    vocabulaire, problems = read_vocabulary(folder)
    if problems:
        raise DataError(problems)
    return vocabulaire


def read_vocabulary(folder: Path) -> tuple[Vocabulaire, list[Problem]]:
    """The lists that could be read, and every fault: the lists in fault are empty or short of some entries."""
    lists: dict[str, dict] = {name: {} for name in LISTES}
    problems: list[Problem] = []
    read_files = []
    models = {kind.nom: kind.modele for kind in KINDS}
    for name in _FILES:
        document, found = read(Path(folder) / "vocabulaire" / f"{name}.yaml")
        problems += found
        if document is None:
            continue
        record, found = validate(document, models[name])
        problems += found
        if record is None:
            continue
        read_files.append((document, record))
        for key in lists.keys() & type(record).model_fields.keys():
            make = _FILES.get(key, Code)
            for index, fiche in enumerate(getattr(record, key)):
                item = _item(make, fiche)
                name_of = "besoin" if make is PremieresPortes else "id"
                own = getattr(item, name_of)
                if own in lists[key]:
                    message = f"« {own} » est déjà pris plus haut. Gardez une seule des deux lignes."
                    problems.append(document.problem((key, index, name_of), message))
                lists[key].setdefault(own, item)
    vocabulaire = Vocabulaire(**lists)
    if not problems:
        for document, record in read_files:
            for where, liste, value in links(record):
                if value not in vocabulaire.ids(liste):
                    problems.append(document.problem(where, unknown(value, liste, vocabulaire.ids(liste))))
        problems += _needs_without_theme(read_files, vocabulaire)
    return vocabulaire, problems


def unknown(value: str, liste: str, accepted: list[str]) -> str:
    """The message for an id that its list does not hold."""
    where = "les fichiers de lieux" if liste == "lieux" else _WHERE.get(liste, f"vocabulaire/{liste}.yaml")
    advice = "Corrigez-le, ou ajoutez-le là-bas."
    # A number near another number is no hint.
    near = advice if value.isdigit() else suggestion(value, accepted, advice)
    return f"« {value} » n’existe pas dans {where}. {near}"


_WHERE = {"structures": "structures/", "quartiers": "quartiers.yaml", "axes": "vocabulaire/defis.yaml"}


def _needs_without_theme(read_files: list, vocabulaire: Vocabulaire) -> Iterator[Problem]:
    """A need is in one theme, exactly one: the themes are how a lost resident finds it."""
    for document, record in read_files:
        if "themes" not in type(record).model_fields:
            continue
        seen: dict[str, str] = {}
        for index, theme in enumerate(record.themes):
            for place, besoin in enumerate(theme.besoins):
                if besoin in seen:
                    message = f"« {besoin} » est déjà dans le thème « {seen[besoin]} ». Gardez-le dans un seul thème."
                    yield document.problem(("themes", index, "besoins", place), message)
                seen.setdefault(besoin, theme.id)
        for besoin in vocabulaire.besoins:
            if besoin not in seen:
                yield document.problem((), f"le besoin « {besoin} » n’est dans aucun thème. Ajoutez-le à un thème.")


def _item(make: Any, fiche: Fiche) -> Any:
    values = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in fiche
        if key in make.__dataclass_fields__
    }
    for key in values.keys() & {"defi"} | ({"id"} if make is Defi else set()):
        values[key] = int(values[key])
    return make(**values)
