"""What is wrong with the data, all of it at once? The directory, the rules, the lexicons and the catalogues, each fault with its place.

What stops the product is an error; what deserves a look is an avis. The command line prints them and sets its exit code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot import signalements
from bot.langues import load as load_langues
from bot.live import LEXICONS, LOCALES, RULES
from bot.understanding.lexicon import files as lexicon_files
from bot.understanding.model import Propos
from directory.check import lint
from directory.datafile import Document, Problem, read, shown, suggestion
from directory.load import Directory, load
from directory.vocabulary import Vocabulaire
from rules.avis import notices
from rules.load import load as load_rules

SECTIONS = ("langue", "besoins", "urgences", "sosies", "propos", "frequents")
LISTES = ("mots", "phrases")
NOTHING_TO_FIX = "Ajoutez-les, ou laissez : les autres langues n'en souffrent pas."


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, errors last so that they stay in sight; `errors` counts those that stop the product."""

    problems: tuple[Problem, ...]

    @property
    def errors(self) -> int:
        return sum(problem.is_error for problem in self.problems)

    @property
    def summary(self) -> str:
        notices = len(self.problems) - self.errors
        if not self.errors:
            return f"Aucune erreur. {notices} avis à regarder : bonneporte check --avis"
        plural = "s" if self.errors > 1 else ""
        return f"{self.errors} erreur{plural}, {notices} avis. Un bot qui tourne garde ses données précédentes."


def check_all(
    folder: Path,
    today: date,
    lexicons: Path = LEXICONS,
    locales: Path = LOCALES,
    database: Path | None = None,
    rules: Path = RULES,
) -> Report:
    """Every problem of the directory in `folder`, of the rules, the lexicons and the catalogues, on a day; and what a médiateur
    said to be wrong in the directory, when the `database` of the service is given."""
    loaded = load(folder)
    problems = [*loaded.problems, *lint(loaded, today)]
    if loaded.directory is not None:
        problems += check_lexicons(lexicons, loaded.directory.vocabulaire)
        if database is not None:
            problems += signalements.problems(database, folder, loaded.directory)
        problems += check_rules(rules, loaded.directory, today)
    problems += check_catalogues(locales)
    return Report(tuple(sorted(problems, key=lambda problem: problem.is_error)))


def check_rules(folder: Path, directory: Directory, today: date) -> list[Problem]:
    """Faults of the rules, rights whose kinds of doors are nowhere in the directory, and what deserves a look on a day."""
    rules = load_rules(folder, directory.vocabulaire, partiel=True)
    problems = list(rules.problems)
    present = {lieu.type for lieu in directory.lieux.values()}
    for droit in rules.rulebook.droits.values() if rules.rulebook else ():
        demande = droit.demande
        if not present.intersection(demande.types) and not any(directory.doors_for(each) for each in demande.besoins):
            message = (
                f"le droit « {droit.id} » ne mène à aucune porte de l'annuaire. Ajoutez un type de lieu qui y est dans "
                "« demande: types »."
            )
            problems.append(Problem(shown(folder / "droits" / f"{droit.id}.yaml"), 1, message))
    if rules.rulebook is not None:
        problems += notices(rules.rulebook, today)
    return problems


def check_lexicons(folder: Path, vocabulaire: Vocabulaire) -> list[Problem]:
    """Faults of the lexicon files: wrong keys and ids, what is no list of texts, needs that nobody can say."""
    problems = []
    for path in lexicon_files(folder):
        document, faults = read(path)
        problems += faults
        if document is not None:
            problems += _lexicon(document, vocabulaire)
    return problems


def _lexicon(document: Document, vocabulaire: Vocabulaire) -> Iterator[Problem]:
    data = document.data
    if not isinstance(data, dict) or "langue" not in data:
        yield document.problem(
            (), "ce n'est pas un lexique : la clé « langue » manque. Copiez le début d'un autre lexique."
        )
        return
    yield from _unknown(document, (), data, SECTIONS, "partie")
    besoins = data.get("besoins") or {}
    if not isinstance(besoins, dict):
        yield document.problem(("besoins",), "« besoins » doit contenir des besoins. Voyez un autre lexique.")
        besoins = {}
    yield from _unknown(document, ("besoins",), besoins, vocabulaire.besoins, "besoin")
    for besoin, lists in besoins.items():
        where = ("besoins", besoin)
        if isinstance(lists, dict):
            yield from _unknown(document, where, lists, LISTES, "liste")
            for name, texts in lists.items():
                yield from _texts(document, (*where, name), texts)
        else:
            yield document.problem(where, "il faut « mots: » ou « phrases: » sous un besoin. Ajoutez-les.")
    missing = [besoin for besoin in vocabulaire.besoins if not (besoins.get(besoin) or {})]
    if missing:
        yield document.problem((), f"aucun mot pour : {', '.join(missing)}. {NOTHING_TO_FIX}", "avis")
    for section, accepted in (("urgences", vocabulaire.urgences), ("propos", tuple(Propos))):
        table = data.get(section) or {}
        yield from _unknown(document, (section,), table, accepted, section.rstrip("s"))
        for name, texts in table.items():
            yield from _texts(document, (section, name), texts)
    for section in ("sosies", "frequents"):
        yield from _texts(document, (section,), data.get(section) or [])


def _unknown(document: Document, where: tuple, found: dict, accepted: Iterable[str], what: str) -> Iterator[Problem]:
    accepted = [str(each) for each in accepted]
    for key in found:
        if key not in accepted:
            advice = suggestion(key, accepted, f"Les mots acceptés : {', '.join(accepted)}.")
            yield document.problem((*where, key), f"{what} « {key} » : mot inconnu. {advice}")


def _texts(document: Document, where: tuple, texts: Any) -> Iterator[Problem]:
    if not isinstance(texts, list):
        yield document.problem(where, "il faut une liste : une phrase par ligne, précédée d'un tiret.")
        return
    for index, text in enumerate(texts):
        if not isinstance(text, str) or not text.strip():
            yield document.problem(
                (*where, index), "il faut une phrase. S'il y a « : » dedans, mettez-la entre guillemets."
            )


def check_catalogues(folder: Path) -> list[Problem]:
    """What is missing or broken in the catalogues of the languages that are offered."""
    from locales.tools import catalogue_path, faults, template, updated

    source = template()
    problems = []
    for langue in load_langues(folder):
        if langue.etat == "brouillon":
            where = f"le catalogue « {langue.nom} » est un brouillon. Faites-le relire par une personne dont c'est la langue."
            problems.append(Problem("locales/langues.yaml", _line_of(folder, langue.code), where, "avis"))
        if langue.traduite and langue.etat != "source":
            path = catalogue_path(langue.code)
            shown = f"locales/{path.relative_to(folder).as_posix()}"
            lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
            for fault in faults(updated(langue, source)):
                sentence = fault.split("« ", 1)[1].split(" »", 1)[0]
                line = next((n for n, text in enumerate(lines, 1) if sentence[:60] in text), 1)
                problems.append(Problem(shown, line, f"{fault}. Complétez, puis : make locales"))
    return problems


def _line_of(folder: Path, code: str) -> int:
    lines = (folder / "langues.yaml").read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if f"code: {code}," in line), 1)
