"""Which directory is in service after its files changed?

The new one when it is right as a whole, the old one otherwise: bad new data never replaces good old data. When to look
(a signal, a watch on the folder) is the caller's business.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from directory.catalogue import Directory
from directory.datafile import Problem
from directory.load import load


@dataclass(frozen=True, slots=True)
class Reloaded:
    """`directory` is the one to serve from now on; `replaced` tells whether it is new; `problems` are to be told to the
    operator, errors when nothing was replaced."""

    directory: Directory
    replaced: bool
    problems: tuple[Problem, ...]


def reload(folder: Path, current: Directory) -> Reloaded:
    """Read the folder again, keeping `current` when anything in it is wrong."""
    loaded = load(folder)
    if loaded.directory is None:
        return Reloaded(current, False, tuple(problem for problem in loaded.problems if problem.is_error))
    return Reloaded(loaded.directory, True, loaded.problems)
