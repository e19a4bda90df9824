"""Which sentences are there to translate? `python -m locales.tools` writes the template again and brings each catalogue
up to date: new sentences appear empty, those that left are dropped, nothing is guessed (no fuzzy matching).

With `--check` nothing is written; what is missing is listed, and the exit code says whether anything is.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from bot.langues import Langue, load
from directory.datafile import plain

HERE = Path(__file__).parent
ROOT = HERE.parent
DATA = ROOT / "directory" / "data"
RULES = ROOT / "rules" / "data"
TEMPLATE = HERE / "bonneporte.pot"
STAFF_TEMPLATE = HERE / "equipe.pot"  # what staff read: French is the source, no language follows it yet
NOTE = "Traduction :"  # a comment above a sentence that a translator must see
KEYWORDS = {"T": None, "TN": (1, 2)}
EPOCH = datetime(2026, 11, 22, tzinfo=UTC)  # a fixed date: the template changes only when a sentence does

# The words of the vocabulary a resident reads: file, list in it, keys said.
VOCABULARY = (
    ("vocabulaire/besoins.yaml", "besoins", ("nom", "aide")),
    ("vocabulaire/themes.yaml", "themes", ("nom",)),
    ("vocabulaire/types.yaml", "types", ("nom",)),
    ("vocabulaire/defis.yaml", "defis", ("nom",)),
    ("vocabulaire/defis.yaml", "axes", ("nom",)),
    ("vocabulaire/publics.yaml", "publics", ("nom",)),
    ("calendrier/feries.yaml", "jours", ("nom",)),
    ("calendrier/vacances_zone_b.yaml", "periodes", ("nom",)),
)

# The words of the rules a resident reads: by key, what a translator should know of them.
RULES_KEYS = {
    "nom": "Nom d'une aide, d'un fait ou d'un papier",
    "nom_conjoint": "Nom d'un fait, pour le conjoint",
    "question": "Question posée à la personne",
    "question_conjoint": "Question posée à la personne sur son conjoint",
    "aide": "Explication sous une question ou un papier",
    "pourquoi": "Pourquoi on pose la question",
    "resume": "Ce que c'est, en mots simples",
    "dit": "Raison d'une réponse",
    "comment": "Comment demander",
    "pourquoi_au_plus": "Pourquoi on ne peut pas calculer",
}
# Where a `nom` is a button, a title of law (kept in French) or a note for whoever writes the rules.
CHOIX = "Réponse possible, sur un bouton"
NOT_SAID = ("textes", "exemples", "valeurs")


def template() -> Catalog:
    """Every sentence of the code, every word of the vocabulary and of the rules, in a stable order."""
    catalog = Catalog(project="bonneporte", version="1", header_comment="# La Bonne Porte", creation_date=EPOCH)
    catalog.fuzzy = False
    catalog.last_translator = catalog.language_team = catalog.msgid_bugs_address = "-"
    for file, msgid, notes, _ in _sentences():
        catalog.add(msgid, locations=[(file, 1)], auto_comments=notes)
    for file, word in _words():
        catalog.add(word, locations=[(file, 1)])
    for file, words, note in rules_words():
        catalog.add(words, locations=[(file, 1)], auto_comments=[note])
    return catalog


def staff_template() -> Catalog:
    """Every sentence of the staff site, in a stable order: `_("…")`, and both forms of `pluriel(n, "…", "…")`."""
    catalog = Catalog(project="bonneporte", version="1", header_comment="# La Bonne Porte, équipe", creation_date=EPOCH)
    catalog.fuzzy = False
    catalog.last_translator = catalog.language_team = catalog.msgid_bugs_address = "-"
    methods = [("**.py", "python"), ("**.html", "jinja2")]
    for keywords in ({"_": None, "pluriel": (2,)}, {"pluriel": (3,)}):
        found = extract_from_dir(str(ROOT / "bot"), methods, keywords=keywords)
        for file, _line, msgid, _comments, _context in sorted(found, key=lambda row: (row[0], row[1])):
            catalog.add(msgid, locations=[(f"bot/{Path(file).as_posix()}", 1)])
    return catalog


def _sentences() -> list[tuple]:
    found = []
    for file, _, msgid, comments, _ in extract_from_dir(
        str(ROOT / "bot"), keywords=KEYWORDS, comment_tags=(NOTE,), strip_comment_tags=True
    ):
        found.append((f"bot/{Path(file).as_posix()}", msgid, comments, None))
    return sorted(found, key=lambda row: row[0])


def _words() -> Iterator[tuple[str, str]]:
    for file, name, keys in VOCABULARY:
        path = DATA / file
        rows = plain(path)[name] if path.is_file() else ()
        for row in rows:
            yield from ((f"directory/data/{file}", row[key]) for key in keys if key in row)


def rules_words(folder: Path = RULES) -> Iterator[tuple[str, str, str]]:
    """(file, words, note for the translator) of everything the rules say to a resident."""
    for part in ("faits", "calculs", "droits", "pieces.yaml"):
        path = folder / part
        for file in sorted(path.rglob("*.yaml")) if path.is_dir() else [path] * path.is_file():
            name = f"rules/data/{file.relative_to(folder).as_posix()}"
            yield from ((name, words, note) for words, note in _said(plain(file), ""))


def _said(node: Any, within: str) -> Iterator[tuple[str, str]]:
    """The words said in a node of a rules file; `within` is the key it stands under."""
    if isinstance(node, list):
        for one in node:
            yield from _said(one, within)
    if not isinstance(node, dict):
        return
    for key, value in node.items():
        if key in RULES_KEYS and isinstance(value, str):
            yield value, CHOIX if within == "choix" else RULES_KEYS[key]
        elif key not in NOT_SAID:
            yield from _said(value, key)


def catalogue_path(code: str) -> Path:
    return HERE / code / "LC_MESSAGES" / "bonneporte.po"


def updated(langue: Langue, source: Catalog) -> Catalog:
    """The catalogue of a language with the sentences of the template: kept, added empty, or dropped."""
    path = catalogue_path(langue.code)
    if path.is_file():
        with path.open("rb") as file:
            catalog = read_po(file, locale=langue.code.replace("-", "_"))
    else:
        catalog = Catalog(locale=langue.code.replace("-", "_"))
    catalog.header_comment = f"# La Bonne Porte : {langue.nom} (etat : {langue.etat})"
    catalog.project, catalog.version, catalog.fuzzy = "bonneporte", "1", False
    catalog.creation_date = catalog.revision_date = EPOCH
    catalog.last_translator = catalog.language_team = catalog.msgid_bugs_address = "-"
    catalog.update(source, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    return catalog


def written(catalog: Catalog) -> bytes:
    """The text of a catalogue; files without line numbers, so that moving code changes nothing."""
    buffer = BytesIO()
    write_po(buffer, catalog, width=116, include_lineno=False)
    return buffer.getvalue()


def faults(catalog: Iterable[Message]) -> Iterator[str]:
    """What is wrong in a catalogue that should be complete: missing, fuzzy, or a {place} lost or invented."""
    for entry in catalog:
        msgids = entry.id if isinstance(entry.id, tuple | list) else (entry.id,)
        strings = entry.string if isinstance(entry.string, tuple | list) else (entry.string,)
        if not msgids[0]:
            continue
        if entry.fuzzy:
            yield f"« {msgids[0]} » : traduction à confirmer (fuzzy)"
        if not all(strings):
            yield f"« {msgids[0]} » : traduction manquante"
            continue
        wanted = places(msgids[-1])
        for string in strings:
            if places(string) - wanted or (len(strings) == 1 and places(string) != wanted):
                yield f"« {msgids[0]} » : les mots entre accolades ne sont pas les mêmes dans « {string} »"


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def main(check: bool) -> int:
    source = template()
    langues = [langue for langue in load(HERE) if langue.traduite]
    missing = []
    for langue in langues:
        catalog = updated(langue, source)
        if langue.etat != "source":
            missing += [f"{langue.code} : {fault}" for fault in faults(catalog)]
        if not check:
            catalogue_path(langue.code).parent.mkdir(parents=True, exist_ok=True)
            catalogue_path(langue.code).write_bytes(written(catalog))
    if not check:
        TEMPLATE.write_bytes(written(source))
        STAFF_TEMPLATE.write_bytes(written(staff_template()))
    print("\n".join(missing) or f"{len(source)} phrases, {len(langues)} langues : rien ne manque.")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
