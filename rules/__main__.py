"""Are the rules of a folder right? `python -m rules` tells every fault; `--droit css` also plays the examples of a right."""

from __future__ import annotations

import argparse
from pathlib import Path

from rules.evaluate import evaluate
from rules.exemples import day_of
from rules.load import DONNEES, load


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m rules", description="Vérifie les règles, sans rien changer.")
    parser.add_argument("dossier", nargs="?", type=Path, default=DONNEES, help="le dossier des règles")
    parser.add_argument("--droit", help="joue les exemples de ce droit et montre les raisons")
    options = parser.parse_args()
    loaded = load(options.dossier, partiel=True)
    for problem in loaded.problems:
        print(problem)
    errors = sum(problem.is_error for problem in loaded.problems)
    rulebook = loaded.rulebook
    print(f"{errors} erreur(s), {len(rulebook.droits) if rulebook else 0} droits sans faute.")
    if options.droit and rulebook and options.droit in rulebook.droits:
        droit = rulebook.droits[options.droit]
        for exemple in droit.exemples:
            verdict = evaluate(rulebook, droit, exemple.situation, day_of(exemple, droit))
            print(f"\n{exemple.nom} : attendu {exemple.verdict}, donne {verdict.niveau}")
            if verdict.manquants:
                print(f"  il manque : {', '.join(verdict.manquants)}")
            if verdict.montant:
                print(f"  montant : {verdict.montant.bas:.2f} à {verdict.montant.haut:.2f} {verdict.montant.unite}")
            for raison in verdict.raisons:
                print(f"  {raison}")
    return 1 if errors else 0


if __name__ == "__main__":
    raise SystemExit(main())
