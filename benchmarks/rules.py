"""How long do the rules take, how many questions do they ask, beside OpenFisca-France on the same households?

Run it with `python -m benchmarks.rules`. `--foyers FILE` gives other households (one JSON object a line), `--questions` counts
the questions, `--openfisca PYTHON` names an interpreter that has OpenFisca-France (by default this one, if it has it).
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rules.echantillon import mesures
from rules.evaluate import evaluate_all
from rules.foyers import situation
from rules.load import load
from rules.model import Fait, Rulebook, Situation
from rules.questions import next_question

ROOT = Path(__file__).resolve().parent.parent
FOYERS = ROOT / "tests" / "rules" / "menages_openfisca.jsonl"
DOUZE = [
    "rsa",
    "prime-activite",
    "css",
    "aspa",
    "aah",
    "ars",
    "allocations-familiales",
    "asf",
    "aide-logement",
    "cheque-energie",
    "paje-base",
    "complement-familial",
]


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def read(path: Path) -> list[tuple[Situation, date]]:
    """The households of a file, with their day."""
    with path.open(encoding="utf-8") as lines:
        foyers = [json.loads(line) for line in lines]
    return [(situation(foyer), date.fromisoformat(foyer["date"])) for foyer in foyers]


def speed(rulebook: Rulebook, foyers: Sequence[tuple[Situation, date]]) -> dict[str, list[float]]:
    """Microseconds a household: all the rights, the twelve of OpenFisca, and all with the next question, at four moments."""
    found: dict[str, list[float]] = {"tous": [], "douze": [], "question": []}
    for said, on in foyers:
        found["tous"].append(seconds(lambda said=said, on=on: evaluate_all(rulebook, said, on)) * 1e6)
        found["douze"].append(seconds(lambda said=said, on=on: evaluate_all(rulebook, said, on, DOUZE)) * 1e6)
        names = list(said)
        for part in (0, 4, 8, len(names)):
            partial = Situation({nom: said[nom] for nom in names[:part]})
            ask = lambda partial=partial, on=on: next_question(rulebook, rulebook.droits, partial, on)  # noqa: E731
            found["question"].append(seconds(ask) * 1e6)
    return found


def answer(fait: Fait, known: Situation) -> Any:
    """What a household says: what is known of it, else that it has nothing of the sort."""
    if fait.id in known:
        return known[fait.id]
    if fait.type == "plusieurs":
        return frozenset()
    if fait.type == "oui_non":
        return False
    if fait.type == "choix":
        return fait.choix[-1].id
    return () if fait.type == "enfants" else fait.min or 0


def questions(rulebook: Rulebook, droits: Sequence[str], known: Situation, on: date) -> list[str]:
    """The questions a household is asked about rights, in order, until nothing can change."""
    said, asked = Situation(), []
    while (nom := next_question(rulebook, droits, said, on)) is not None:
        asked.append(nom)
        said = said.avec_fait(nom, answer(rulebook.faits[nom], known))
    return asked


def say_questions(rulebook: Rulebook, foyers: Sequence[tuple[Situation, date]]) -> None:
    counts, names = [], Counter()
    for said, on in foyers:
        asked = questions(rulebook, list(rulebook.droits), said, on)
        counts.append(len(asked))
        names.update(asked)
    within = sum(count <= 12 for count in counts) / len(counts)
    print(
        f"Tous les droits ({len(rulebook.droits)}) : médiane {statistics.median(counts):g} questions, "
        f"moyenne {statistics.mean(counts):.1f}, au plus {max(counts)} ; {within:.0%} des foyers en 12 ou moins"
    )
    print("  " + ", ".join(f"{nom} {count / len(counts):.0%}" for nom, count in names.most_common(22)))
    every = []
    for droit in rulebook.droits:
        each = [len(questions(rulebook, [droit], said, on)) for said, on in foyers[::5]]
        every += each
        if statistics.mean(each) > 5:
            print(f"  {droit} seul : {statistics.mean(each):.1f} questions en moyenne")
    within = sum(count <= 5 for count in every) / len(every)
    print(
        f"Un droit seul : médiane {statistics.median(every):g}, moyenne {statistics.mean(every):.1f} ; {within:.0%} en 5 ou moins"
    )


def openfisca(python: str, path: Path, how_many: int) -> dict[str, float] | None:
    """What OpenFisca-France takes, None where it is not."""
    script = Path(__file__).with_name("rules_openfisca.py")
    done = subprocess.run(
        [python, str(script), str(path.resolve()), str(how_many)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT.anchor,
    )
    if done.returncode:
        print(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "OpenFisca-France n'a rien dit.")
        return None
    return json.loads(done.stdout)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--foyers", type=Path, default=FOYERS)
    parser.add_argument("--questions", action="store_true")
    parser.add_argument("--openfisca", metavar="PYTHON")
    parser.add_argument("--combien", type=int, default=20, help="households for OpenFisca-France")
    options = parser.parse_args()
    loads = [seconds(load) for _ in range(5)]
    rulebook = load(partiel=True).rulebook
    foyers = read(options.foyers)
    ready = seconds(lambda: mesures(rulebook, foyers[0][1]))
    speed(rulebook, foyers[:20])
    found = speed(rulebook, foyers)
    print(f"{len(rulebook.droits)} droits, {len(rulebook.faits)} faits, {len(foyers)} foyers")
    print(
        f"Charger et vérifier toutes les règles : {statistics.median(loads):.3f} s (le meilleur de 5 : {min(loads):.3f} s)"
    )
    print(f"Peser les questions, une fois par mois de service : {ready:.3f} s")
    for name, label in (
        ("tous", "Un foyer, tous les droits"),
        ("douze", "Un foyer, les douze droits d'OpenFisca"),
        ("question", "Avec la question suivante"),
    ):
        ordered = sorted(found[name])
        print(
            f"{label} : médiane {statistics.median(ordered):.0f} µs, neuf sur dix sous {ordered[len(ordered) * 9 // 10]:.0f} µs"
        )
    if options.questions:
        say_questions(rulebook, foyers)
    python = options.openfisca or (sys.executable if importlib.util.find_spec("openfisca_france") else None)
    if python is None:
        print("OpenFisca-France n'est pas là : --openfisca <python> pour comparer.")
        return 0
    theirs = openfisca(python, options.foyers, options.combien)
    if theirs is not None:
        ratio = theirs["median"] * 1e6 / statistics.median(found["douze"])
        print(
            f"OpenFisca-France, {theirs['foyers']} des mêmes foyers : import {theirs['import']:.1f} s, système {theirs['systeme']:.1f} s, "
            f"premier foyer {theirs['premier']:.1f} s, puis médiane {theirs['median'] * 1000:.0f} ms un foyer, soit {ratio:.0f} fois"
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
