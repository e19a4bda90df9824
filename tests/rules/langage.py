"""Which words does the language of the rules have, and what does each mean? The examples of the tests, and the page they make.

`tests/rules/conditions/<mot>.yaml` holds the examples of a word. They are played by `test_mots.py`, and written as they are in
`docs/regles.md` by `python -m tests.rules.langage`.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

from directory.datafile import plain
from rules.code import Bool, Num
from rules.formula import read
from rules.load import load
from rules.model import Rulebook
from rules.ouvrage import Ouvrage
from rules.programme import Programme
from rules.situation import memory, read_situation
from rules.units import show
from rules.verdicts import partie_du_droit

ICI = Path(__file__).parent
PAGE = ICI.parents[1] / "docs" / "regles.md"
DEBUT, FIN = "<!-- mots : début -->", "<!-- mots : fin -->"
EXEMPLE = re.compile(r"(<!-- exemple : (\S+) -->\n```yaml\n).*?```\n", re.DOTALL)
JOUR = date(2026, 11, 1)

GROUPES = {
    "conditions": "Les conditions",
    "nombres": "Les nombres",
    "personnes": "Les personnes du foyer",
    "jours": "Les âges et les jours",
    "baremes": "Les barèmes",
}


def words() -> dict[str, dict[str, Any]]:
    """The files of words, by the name of the word."""
    return {path.stem: plain(path) for path in sorted((ICI / "conditions").glob("*.yaml"))}


def play(formule: Any, situation: dict[str, Any], on: date = JOUR) -> tuple[str, str]:
    """What a formula gives for a situation, as it is written in the files, and its unit."""
    sources = load(ICI / "base", partiel=True).rulebook.programme.ouvrage.sources
    ouvrage = Ouvrage(sources)
    name, value = ouvrage.expression(read(formule, ()))
    for droit in sources.droits:
        partie_du_droit(ouvrage, droit)
    programme = Programme(ouvrage)
    faits = {nom: each.fait for nom, each in sources.faits.items()}
    champs = {nom: each.fait for nom, each in sources.champs.items()}
    rulebook = Rulebook({}, faits, champs, {}, {}, programme)
    found = programme.noms[name](memory(rulebook, read_situation(faits, champs, situation), on))
    if isinstance(value, Bool):
        return ("non", "inconnu", "oui")[found[0]], ""
    assert isinstance(value, Num)
    low, high = (f"{bound:.10g}" for bound in found[:2])
    return low if low == high else f"[{low}, {high}]", show(value.unite)


def written(donne: Any) -> str:
    """The expected value as `play` writes one."""
    return f"[{', '.join(donne)}]" if isinstance(donne, list) else str(donne)


def markdown() -> str:
    """The part of the page that the words make."""
    lines = []
    for group, title in GROUPES.items():
        lines += [f"### {title}", ""]
        for word in words().values():
            if word["groupe"] != group:
                continue
            lines += [f"**`{word['ecriture']}`** : {word['dit']}", "", "```yaml"]
            for exemple in word["exemples"]:
                lines += _yaml(exemple["formule"], 0)
                known = ", ".join(f"{key}: {_flow(value)}" for key, value in exemple["situation"].items())
                unite = f" {exemple['unite']}" if "unite" in exemple else ""
                lines.append(f"# {{{known}}} → {written(exemple['donne'])}{unite}")
            lines += ["```", ""]
    return "\n".join(lines)


def _yaml(value: Any, depth: int) -> list[str]:
    space = "  " * depth
    if isinstance(value, str):
        return [f"{space}{value}"]
    if isinstance(value, list):
        return [f"{space}- {_flow(each)}" for each in value]
    lines = []
    for key, inner in value.items():
        if isinstance(inner, str):
            lines.append(f"{space}{key}: {inner}")
        else:
            lines += [f"{space}{key}:", *_yaml(inner, depth + 1)]
    return lines


def _flow(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_flow(each)}' for key, each in value.items())}}}"
    return str(value)


def page() -> str:
    """The page with the words as they are in the tests."""
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(DEBUT)
    _, _, after = rest.partition(FIN)
    before = re.sub(EXEMPLE, lambda match: f"{match[1]}{(ICI.parents[1] / match[2]).read_text('utf-8')}```\n", before)
    return f"{before}{DEBUT}\n\n{markdown()}\n{FIN}{after}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
