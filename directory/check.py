"""What should the keeper of the directory look at, beyond what the loader refuses?

`lint` finds what depends on today's date or on the whole; `python -m directory.check FOLDER` prints everything.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from directory.datafile import Problem
from directory.load import Loaded, load


def lint(loaded: Loaded, today: date) -> list[Problem]:
    return []


def main(arguments: list[str]) -> int:
    """Print every problem of a data folder, errors last; the exit code is 1 when there is an error."""
    folder = Path(arguments[0]) if arguments else Path(__file__).parent / "data"
    loaded = load(folder)
    problems = sorted([*loaded.problems, *lint(loaded, date.today())], key=lambda problem: problem.is_error)
    for problem in problems:
        print(problem)
    errors = sum(problem.is_error for problem in problems)
    print(f"{len(loaded.files)} fichiers, {errors} erreurs, {len(problems) - errors} avis.")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
