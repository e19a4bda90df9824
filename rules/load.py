"""Are the rules right as a whole, and if so, what rulebook do they make?

Every file of the folder is read, compiled and checked, every link between files too; either the whole rulebook comes back,
or every fault with its file, its line and what to do.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from directory.datafile import Document, Problem, many, read, shown
from directory.vocabulary import Vocabulaire
from rules.baremes import read_baremes
from rules.dates import check_dates
from rules.droits import read_right
from rules.exemples import check_examples
from rules.faits import read_calculs, read_facts, read_pieces
from rules.lecture import Lu
from rules.model import Piece, Rulebook
from rules.programme import Programme
from rules.sources import Sources
from rules.verdicts import compile_all

DONNEES = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True, slots=True)
class Loaded:
    """`rulebook` is None when anything is wrong; `problems` says what, in the order of the files."""

    rulebook: Rulebook | None
    problems: tuple[Problem, ...]


def load(folder: Path = DONNEES, vocabulaire: Vocabulaire | None = None, partiel: bool = False) -> Loaded:
    """Read and check a whole folder of rules. Needs and types of places are checked when the vocabulary is given.

    With `partiel`, a rulebook of the rights without fault comes back even when others have some: to work on one of them.
    """
    folder = Path(folder)
    if not folder.is_dir():
        return Loaded(None, (Problem(str(folder), 1, "ce dossier de règles n’existe pas. Vérifiez son chemin."),))
    with many():
        return _load(folder, vocabulaire, partiel)


def _load(folder: Path, vocabulaire: Vocabulaire | None, partiel: bool) -> Loaded:
    problems: list[Problem] = []
    sources = Sources()
    for name, take in (("faits", read_facts), ("baremes", read_baremes), ("calculs", read_calculs)):
        for document in _documents(sorted(folder.glob(f"{name}/*.yaml")), problems):
            take(Lu(document, problems), sources)
    pieces: dict[str, Piece] | None = None
    for document in _documents([path for path in (folder / "pieces.yaml",) if path.is_file()], problems):
        pieces = read_pieces(Lu(document, problems))
    rights = list(_documents(sorted(folder.glob("droits/*.yaml")), problems))
    faits = {nom: each.fait for nom, each in sources.faits.items()}
    champs = {nom: each.fait for nom, each in sources.champs.items()}
    sources.declares |= {path.stem for path in folder.glob("droits/*.yaml")}
    for document in rights:
        ecrit = read_right(Lu(document, problems), faits, champs, sources.declares, pieces, vocabulaire)
        if ecrit is not None:
            sources.droits[ecrit.droit.id] = ecrit
    problems += _misplaced(folder)
    ouvrage = compile_all(sources)
    problems += ouvrage.problems
    broken = any(problem.is_error for problem in problems)
    if broken and not partiel:
        return Loaded(None, _sorted(problems))
    for droit in [nom for nom in sources.droits if not ouvrage.complet(nom)]:
        del sources.droits[droit]
    rulebook = Rulebook(
        {nom: each.droit for nom, each in sources.droits.items()},
        faits,
        champs,
        {nom: each.bareme for nom, each in sources.baremes.items()},
        pieces or {},
        Programme(ouvrage),
    )
    for check in _CHECKS:
        problems += check(rulebook)
    whole = not any(problem.is_error for problem in problems)
    return Loaded(rulebook if whole or partiel else None, _sorted(problems))


_CHECKS: tuple[Callable[[Rulebook], list[Problem]], ...] = (check_dates, check_examples)


def _documents(paths: list[Path], problems: list[Problem]) -> list[Document]:
    found = []
    for path in paths:
        document, faults = read(path)
        problems += map(_comma, faults)
        if document is not None and not faults:
            found.append(document)
    return found


def _comma(problem: Problem) -> Problem:
    """A comma inside braces cuts a formula in two: the end of it is then a key that is empty."""
    if re.match(r"« [^»]*\)[^»]* » est vide", problem.message):
        message = 'une virgule coupe cette formule en deux. Mettez toute la formule entre guillemets "…".'
        return replace(problem, message=message)
    return problem


def _misplaced(folder: Path) -> list[Problem]:
    """A file that nobody reads would be forgotten without a word."""
    message = "ce fichier n’est lu par personne à cet endroit. Mettez-le dans droits/, faits/, baremes/ ou calculs/, en .yaml."
    places = ("droits", "faits", "baremes", "calculs")
    found = []
    for path in sorted(folder.rglob("*.y*ml")):
        parts = path.relative_to(folder).parts
        if parts == ("pieces.yaml",) or (len(parts) == 2 and parts[0] in places and path.suffix == ".yaml"):
            continue
        found.append(Problem(shown(path), 1, message))
    return found


def _sorted(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(dict.fromkeys(problems), key=lambda problem: (problem.file, problem.line, problem.message)))
