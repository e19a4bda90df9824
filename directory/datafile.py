"""How is a YAML file read so that every fault names its line?

The only reader of YAML here. Every scalar stays the text that was written (`non`, `02100` and `12:30` keep their letters);
types come later, from a schema. Positions are kept beside the values, and faults are collected, never raised.
"""

from __future__ import annotations

import difflib
import gc
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from yaml.reader import ReaderError

Plain = str | list["Plain"] | dict[str, "Plain"]
Where = tuple[str | int, ...]

# libyaml is fast and gives the same positions; the pure Python loader stands in where it was not compiled.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

LIGNE_MAX = 10_000

ERREUR = "erreur"
AVIS = "avis"


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of a data file: what is wrong, then what to do. `gravite` is ERREUR (refused) or AVIS (worth a look)."""

    file: str
    line: int
    message: str
    gravite: str = ERREUR

    @property
    def is_error(self) -> bool:
        return self.gravite == ERREUR

    def __str__(self) -> str:
        prefix = "" if self.is_error else "avis : "
        return f"{self.file}:{self.line}: {prefix}{self.message}"


class DataError(ValueError):
    """Raised where a whole file must be right to go on; carries every problem."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True, slots=True)
class Document:
    """A file as plain values (text, list, dict), and the line of each value by its path of keys and indexes."""

    path: Path
    data: Plain
    lines: dict[Where, int] = field(repr=False)
    key_lines: dict[Where, int] = field(repr=False)

    @property
    def name(self) -> str:
        return shown(self.path)

    def line(self, where: Where = ()) -> int:
        """The line of a key, or of the nearest known value around it when it is not written."""
        while where:
            if where in self.key_lines:
                return self.key_lines[where]
            if where in self.lines:
                return self.lines[where]
            where = where[:-1]
        return self.lines.get((), 1)

    def problem(self, where: Where, message: str, gravite: str = ERREUR) -> Problem:
        return Problem(self.name, self.line(where), _one_line(message), gravite)


def read(path: Path) -> tuple[Document | None, list[Problem]]:
    """Read one file. The document is None only when nothing of it can be used; problems come in the order of the file."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        return None, [
            Problem(shown(path), line, "le fichier n’est pas en UTF-8. Enregistrez-le avec l’encodage « UTF-8 ».")
        ]
    except OSError as error:
        return None, [
            Problem(shown(path), 1, f"le fichier ne se lit pas ({error.strerror}). Vérifiez son nom et ses droits.")
        ]
    return read_text(text, path)


def read_text(text: str, path: Path) -> tuple[Document | None, list[Problem]]:
    """Read a file whose text is already in hand, as `read` does; `path` names it in problems."""
    for number, line in enumerate(text.splitlines(), start=1):
        # libyaml follows nested brackets without a limit of its own: a damaged line must not take the program down.
        if len(line) > LIGNE_MAX:
            message = "cette ligne est bien trop longue. Coupez-la, ou remettez le fichier d’avant."
            return None, [Problem(shown(path), number, message)]
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except RecursionError:
        return None, [Problem(shown(path), 1, _TOO_DEEP)]
    except ReaderError as error:
        line = text[: error.position].count("\n") + 1
        return None, [
            Problem(
                shown(path), line, "il y a un caractère invisible interdit. Effacez la ligne et écrivez-la à nouveau."
            )
        ]
    except yaml.MarkedYAMLError as error:
        return None, [_syntax_problem(error, text, path)]
    if root is None:
        return None, [
            Problem(shown(path), 1, "le fichier est vide. Remplissez-le en copiant un fichier voisin, ou effacez-le.")
        ]
    document = Document(path, "", {}, {})
    problems: list[Problem] = []
    try:
        data = _build(root, (), document, problems, set())
    except RecursionError:
        return None, [Problem(shown(path), 1, _TOO_DEEP)]
    return Document(path, data, document.lines, document.key_lines), problems


def plain(path: Path) -> Plain:
    """The values of a file as text, lists and dicts. Raises DataError with every fault when there is one."""
    document, problems = read(path)
    if document is None or problems:
        raise DataError(problems)
    return document.data


@contextmanager
def many() -> Iterator[None]:
    """Read many files inside: the garbage collector is off, which makes composing nodes several times faster."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def nearest(word: str, accepted: Iterable[str]) -> str | None:
    """The accepted word that looks most like `word`, None when none is near."""
    accepted = list(accepted)
    found = difflib.get_close_matches(word, accepted, n=1, cutoff=0.6)
    if found:
        return found[0]
    starts = [one for one in accepted if len(word) > 2 and (one.startswith(word) or word.startswith(one))]
    return starts[0] if len(starts) == 1 else None


def suggestion(word: str, accepted: Iterable[str], autrement: str) -> str:
    """« Vouliez-vous dire … ? » with the nearest accepted word, else the sentence `autrement`."""
    found = nearest(word, accepted)
    return f"Vouliez-vous dire « {found} » ?" if found else autrement


def _one_line(message: str) -> str:
    """A message on one line, with what it quotes cut short."""
    message = re.sub(r"\s*\n\s*", " ", message)
    return re.sub(r"« ([^»]{60})[^»]*»", r"« \1… »", message)


def shown(path: Path) -> str:
    """The path as people read it: from the current folder when the file is under it."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _build(node: yaml.Node, where: Where, document: Document, problems: list[Problem], seen: set[int]) -> Plain:
    if id(node) in seen:
        problems.append(document.problem(where, _ALIAS))
        return ""
    seen.add(id(node))
    document.lines[where] = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, where, document, problems)
    if isinstance(node, yaml.SequenceNode):
        return [_build(child, (*where, index), document, problems, seen) for index, child in enumerate(node.value)]
    values: dict[str, Plain] = {}
    for key_node, value_node in node.value:
        key_line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            message = "une clé doit être un mot simple. Écrivez « clé: valeur »."
            problems.append(Problem(document.name, key_line, message))
            continue
        key = key_node.value
        if key in values:
            first = document.key_lines[(*where, key)]
            message = f"la clé « {key} » est écrite deux fois (déjà à la ligne {first}). Gardez une seule des deux."
            problems.append(Problem(document.name, key_line, message))
            continue
        document.key_lines[(*where, key)] = key_line
        values[key] = _build(value_node, (*where, key), document, problems, seen)
    return values


def _scalar(node: yaml.ScalarNode, where: Where, document: Document, problems: list[Problem]) -> str:
    text = node.value
    if not node.style and text in ("", "~", "null"):
        what = f"« {where[-1]} »" if where and isinstance(where[-1], str) else "cet élément de liste"
        message = f"{what} est vide. Écrivez une valeur, ou enlevez la ligne si elle n’est pas connue."
        problems.append(Problem(document.name, node.start_mark.line + 1, message))
    return text.strip()


_ALIAS = "les renvois « & » et « * » ne sont pas acceptés. Écrivez la valeur en entier."

_COLON = 'il y a un « : » de trop. Mettez le texte entre guillemets "…".'
_TOO_DEEP = "il y a trop de crochets les uns dans les autres. Fermez les listes, ou remettez le fichier d’avant."
_OPEN_QUOTE = "un guillemet n’est pas fermé. Ajoutez le guillemet qui manque."

# What libyaml says, and what the keeper of a file must do about it. The first line that fits is used.
_SYNTAX = (
    ("mapping values are not allowed", _COLON),
    ("found unexpected end of stream", _OPEN_QUOTE),
    ("found unknown escape character", "une barre oblique \\ est mal placée. Mettez le texte entre guillemets simples '…'."),
    ("could not find expected ':'", "il manque « : » après la clé, ou la ligne est mal décalée. Écrivez « clé: valeur »."),
    ("did not find expected ',' or ']'", "une liste n’est pas fermée. Ajoutez la virgule ou le « ] » qui manque."),
    ("did not find expected ',' or '}'", "une accolade n’est pas fermée. Ajoutez la virgule ou le « } » qui manque."),
    ("did not find expected '-' indicator", "cette ligne n’est pas à sa place dans la liste. Alignez-la avec les « - »."),
    ("did not find expected key", "cette ligne est mal décalée, ou un guillemet est fermé trop tôt. "
     "Alignez-la avec la clé du dessus."),
    ("block sequence entries are not allowed", "un « - » n’est pas à sa place. Mettez-le au début de sa propre ligne."),
    ("found undefined alias", _ALIAS),
    ("second occurrence", _ALIAS),
    ("did not find expected alphabetic or numeric character", _ALIAS),
    ("found unexpected ':'", _COLON),
    ("did not find expected node content", "il manque une valeur, ou une liste n’est pas fermée. Complétez-la."),
    ("expected <document start>", "cette ligne est hors de la fiche. Alignez-la avec les autres, en « clé: valeur »."),
    ("expected comment or line break", "rien ne doit suivre « | » ou « > ». Passez à la ligne, ou mettez des guillemets \"…\"."),
    ("indentation indicator", "rien ne doit suivre « | » ou « > ». Passez à la ligne, ou mettez des guillemets \"…\"."),
    ("expected a single document", "il y a « --- » au milieu du fichier. Gardez une seule fiche par fichier."),
)  # fmt: skip


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, path: Path) -> Problem:
    """What is open is shown where it was opened, anything else where the reader stopped."""
    opened = (error.context or "").startswith(("while scanning", "while parsing a flow"))
    mark = (error.context_mark if opened else None) or error.problem_mark
    said = f"{error.context or ''} {error.problem or ''}"
    # A byte order mark was already taken off, so an index of libyaml is an index of the text.
    sign = text[error.problem_mark.index] if error.problem_mark and error.problem_mark.index < len(text) else ""
    if "did not find expected key" in said and (line := _first_odd_quote(text)) is not None:
        return Problem(shown(path), line, _OPEN_QUOTE)
    if "cannot start any token" in said or "found a tab" in said:
        message = (
            "il y a une tabulation. Remplacez-la par des espaces."
            if sign == "\t" or "found a tab" in said
            else f'un mot ne peut pas commencer par « {sign} ». Mettez le texte entre guillemets "…".'
        )
        return Problem(shown(path), error.problem_mark.line + 1, message)
    for english, french in _SYNTAX:
        if english in said:
            return Problem(shown(path), mark.line + 1, french)
    message = 'cette ligne ne se lit pas. Mettez le texte entre guillemets "…", et comparez avec un fichier voisin.'
    return Problem(shown(path), mark.line + 1 if mark else 1, message)


def _first_odd_quote(text: str) -> int | None:
    """The first line with an odd number of double quotes: a text left open is only noticed lines later by the reader."""
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.lstrip().startswith("#") and line.count('"') % 2:
            return number
    return None
