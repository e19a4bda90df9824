"""Is the data folder right as a whole, and if so, what directory does it hold?

Every file is read and checked, every link between files too; either the whole directory comes back, or every fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from directory import catalogue, perimetres
from directory.calendrier import Calendrier, Vacances
from directory.catalogue import Directory
from directory.datafile import Document, Problem, many, read, shown
from directory.fiches import FeriesFichier, Fiche, LieuFiche, StructureFiche, VacancesFichier
from directory.records import links, validate
from directory.schema import KINDS, Kind
from directory.semantics import calendar_problems, lieu_problems, structure_problems
from directory.translate import lieu_of, quartier_of, structure_of
from directory.vocabulary import LISTES, Vocabulaire, read_vocabulary, unknown


@dataclass(frozen=True, slots=True)
class Read:
    """A file that was read: its kind, its text with positions, its record (None when it breaks the schema)."""

    kind: Kind
    document: Document
    record: Fiche | None


@dataclass(frozen=True, slots=True)
class Loaded:
    """`directory` is None when any problem is an error. `files` are what was read, for `directory.check`."""

    directory: Directory | None
    problems: tuple[Problem, ...]
    files: tuple[Read, ...] = ()


def load(folder: Path) -> Loaded:
    """Read a whole data folder, places, vocabulary and calendar; raises nothing, every fault is a Problem."""
    folder = Path(folder)
    if not folder.is_dir():
        message = "ce dossier de données n’existe pas. Vérifiez son chemin."
        return Loaded(None, (Problem(str(folder), 1, message),))
    with many():
        vocabulaire, vocabulary_problems = read_vocabulary(folder)
        files, problems = _read_all(folder)
    problems += vocabulary_problems
    problems += _misplaced(folder)
    problems += _identifiers(files, folder)
    # Links to a list that could not be read would all be wrong: its own faults are enough.
    problems += _links(files, vocabulaire, folder, whole=not vocabulary_problems)
    quartier_ids = {item.id for each in _records(files, "quartiers") for item in each.record.quartiers}
    for each in files:
        if isinstance(each.record, LieuFiche):
            problems += lieu_problems(each.document, each.record, folder)
        elif isinstance(each.record, StructureFiche):
            problems += structure_problems(each.document, each.record)
        elif isinstance(each.record, FeriesFichier | VacancesFichier):
            problems += calendar_problems(each.document, each.record)
    codes = {item.code_qpv: item.id for each in _records(files, "quartiers") for item in each.record.quartiers}
    anneaux, perimeter_problems = perimetres.read_rings(folder, codes, quartier_ids)
    problems += perimeter_problems
    problems.sort(key=lambda problem: (problem.file, problem.line, problem.message))
    directory = None
    if not any(problem.is_error for problem in problems):
        directory = _make(folder, files, vocabulaire, anneaux)
    return Loaded(directory, tuple(problems), tuple(files))


def _read_all(folder: Path) -> tuple[list[Read], list[Problem]]:
    files: list[Read] = []
    problems: list[Problem] = []
    for kind in KINDS:
        if kind.ou[0].startswith("vocabulaire/"):
            continue
        paths = _paths(folder, kind.nom)
        if not paths and "*" not in kind.ou[0]:
            message = "ce fichier manque. Remettez-le, même vide de faits il doit exister."
            problems.append(Problem(shown(folder / kind.ou[0]), 1, message))
        for path in paths:
            document, found = read(path)
            problems += found
            if document is None:
                continue
            record, faults = validate(document, kind.modele)
            said = {problem.line for problem in found}
            problems += [problem for problem in faults if problem.line not in said]
            files.append(Read(kind, document, None if found else record))
    return files, problems


def _paths(folder: Path, name: str) -> list[Path]:
    return sorted(path for kind in KINDS if kind.nom == name for pattern in kind.ou for path in folder.glob(pattern))


def _misplaced(folder: Path) -> Iterator[Problem]:
    """A file that no kind takes in would be forgotten without a word."""
    taken = {path for kind in KINDS for pattern in kind.ou for path in folder.glob(pattern)}
    for path in sorted(folder.rglob("*.y*ml")):
        if path not in taken:
            message = (
                "ce fichier n’est lu par personne à cet endroit. Mettez un lieu dans quartiers/<quartier>/, ville/ ou "
                "nationaux/, avec un nom en .yaml."
            )
            yield Problem(shown(path), 1, message)


def _records(files: Iterable[Read], *kinds: str) -> Iterator[Read]:
    return (each for each in files if each.kind.nom in kinds and each.record is not None)


def _identifiers(files: list[Read], folder: Path) -> Iterator[Problem]:
    """An id is written once, and is the name of its file."""
    seen: dict[tuple[str, str], Document] = {}
    for each in _records(files, "lieu", "structure"):
        document, fiche = each.document, each.record
        if fiche.id != document.path.stem:
            yield document.problem(
                ("id",), f"l’identifiant « {fiche.id} » n’est pas le nom du fichier. Écrivez « {document.path.stem} »."
            )
        first = seen.setdefault((each.kind.nom, fiche.id), document)
        if first is not document:
            yield document.problem(
                ("id",),
                f"l’identifiant « {fiche.id} » est déjà dans {first.path.relative_to(folder).as_posix()}. Choisissez-en un autre.",
            )
    for each in _records(files, "quartiers"):
        taken: set[str] = set()
        for index, item in enumerate(each.record.quartiers):
            if item.id in taken:
                message = f"l’identifiant « {item.id} » est écrit deux fois. Gardez un seul bloc par quartier."
                yield each.document.problem(("quartiers", index, "id"), message)
            taken.add(item.id)


def _links(files: list[Read], vocabulaire: Vocabulaire, folder: Path, whole: bool) -> Iterator[Problem]:
    targets = {name: vocabulaire.ids(name) for name in LISTES} if whole else {}
    # A file in fault still exists: what points to it is not one more fault.
    for name, kind in (("lieux", "lieu"), ("structures", "structure")):
        targets[name] = [path.stem for path in _paths(folder, kind)]
    if any(_records(files, "quartiers")):
        targets["quartiers"] = [item.id for each in _records(files, "quartiers") for item in each.record.quartiers]
    accepted = {name: set(ids) for name, ids in targets.items()}
    for each in files:
        if each.record is None:
            continue
        for where, liste, value in links(each.record):
            if liste in targets and value not in accepted[liste]:
                yield each.document.problem(where, unknown(value, liste, targets[liste]))


def _make(folder: Path, files: list[Read], vocabulaire: Vocabulaire, anneaux: dict) -> Directory:
    quartiers = []
    shared: dict[str, tuple[str, ...]] = {}
    for each in _records(files, "quartiers"):
        quartiers += [quartier_of(item, anneaux.get(item.id, ())) for item in each.record.quartiers]
        shared |= {item.nom: tuple(item.quartiers) for item in each.record.noms_partages}
    return catalogue.make(
        [lieu_of(each.document, each.record, folder) for each in _records(files, "lieu")],
        [structure_of(each.document, each.record, folder) for each in _records(files, "structure")],
        quartiers,
        vocabulaire,
        _calendar(files),
        shared,
    )


def _calendar(files: list[Read]) -> Calendrier:
    values: dict = {}
    for each in _records(files, "feries", "vacances"):
        fiche = each.record
        if each.kind.nom == "feries":
            values["feries"] = {item.le: item.nom for item in fiche.jours}
            values["feries_du"], values["feries_au"] = fiche.valable_du, fiche.valable_jusqu_au
        else:
            values["vacances"] = tuple(Vacances(item.nom, item.du, item.au) for item in fiche.periodes)
            values["vacances_du"], values["vacances_au"] = fiche.valable_du, fiche.valable_jusqu_au
    return Calendrier(**values)
