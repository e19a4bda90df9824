"""Does a document follow its schema, and if not, what must be changed at which line?

pydantic finds every fault at once; this module says each in French, with the nearest accepted word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from directory.datafile import Document, Problem, Where, nearest, suggestion
from directory.fiches import Fiche
from directory.valeurs import Lien

T = TypeVar("T", bound=Fiche)


def validate(document: Document, modele: type[T]) -> tuple[T | None, list[Problem]]:
    """The record of a document, or None with every fault of it, in the order of the file."""
    try:
        return modele.model_validate(document.data), []
    except ValidationError as error:
        problems = [
            document.problem(_place(fault["loc"], fault["type"]), _message(fault, document, modele))
            for fault in error.errors(include_url=False)
        ]
        return None, sorted(problems, key=lambda problem: problem.line)


def links(record: Fiche, where: Where = ()) -> Iterator[tuple[Where, str, str]]:
    """Every value of a record that must be an id elsewhere: its place, the list it points to, the id."""
    for name, vers in _linked_fields(type(record)).items():
        value = getattr(record, name)
        if value is None:
            continue
        if vers is None:
            many = value if isinstance(value, list) else [value]
            for index, item in enumerate(many):
                yield from links(item, (*where, name, index) if isinstance(value, list) else (*where, name))
        elif isinstance(value, list):
            for index, item in enumerate(value):
                yield (*where, name, index), vers, item
        else:
            yield (*where, name), vers, value


@cache
def _linked_fields(modele: type[Fiche]) -> dict[str, str | None]:
    """The fields that carry links: the list they point to, or None when the links are inside the records they hold."""
    found: dict[str, str | None] = {}
    for name, info in modele.model_fields.items():
        marks = [mark for mark in (*info.metadata, *_marks(info.annotation)) if isinstance(mark, Lien)]
        inner = _record_type(info.annotation)
        if marks:
            found[name] = marks[0].vers
        elif inner and _linked_fields(inner):
            found[name] = None
    return found


def _marks(annotation: Any) -> Iterator[Any]:
    for argument in get_args(annotation):
        if isinstance(argument, Lien):
            yield argument
        yield from _marks(argument)


def _record_type(annotation: Any) -> type[Fiche] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in get_args(annotation):
        if found := _record_type(argument):
            return found
    return None


def _accepted_keys(modele: type[Fiche] | None, where: Where) -> list[str]:
    for step in where:
        if modele is not None and isinstance(step, str):
            info = modele.model_fields.get(step)
            modele = _record_type(info.annotation) if info else None
    return list(modele.model_fields) if modele else []


def _place(loc: Where, kind: str) -> Where:
    return loc[:-1] if kind == "missing" else loc


def _message(fault: dict[str, Any], document: Document, modele: type[Fiche]) -> str:
    loc = fault["loc"]
    key = next((step for step in reversed(loc) if isinstance(step, str)), "")
    kind = fault["type"]
    if kind == "dit":
        return f"{key} : {fault['ctx']['message']}"
    if kind == "missing":
        return f"il manque la clé « {key} ». Ajoutez-la."
    if kind == "extra_forbidden":
        accepted = _accepted_keys(modele, loc[:-1])
        advice = suggestion(key, accepted, "Enlevez-la, ou mettez le fait dans note_interne.")
        if (known := _AUTREMENT.get(key)) in accepted:
            advice = f"Vouliez-vous dire « {known} » ?"
        return f"clé inconnue « {key} ». {advice}"
    if kind in ("enum", "literal_error"):
        accepted = re.findall(r"'([^']*)'", fault["ctx"]["expected"])
        choices = ", ".join(accepted[:-1]) + " ou " + accepted[-1]
        near = nearest(str(fault["input"]), accepted)
        advice = f"Vouliez-vous dire « {near} » ?" if near else f"Écrivez {choices}."
        return f"« {fault['input']} » n’est pas accepté pour « {key} ». {advice}"
    return _SHAPES.get(kind, "« {key} » n’a pas la bonne forme. Comparez avec un fichier voisin.").format(
        key=key or "le fichier"
    )


# Words that people write for a key of another spelling, where the nearest letters would mislead.
_AUTREMENT = {
    "horaires": "horaires_accueil",
    "horaire": "horaires_accueil",
    "ouverture": "horaires_accueil",
    "tel": "telephone",
    "mail": "courriel",
    "email": "courriel",
    "site": "site_web",
    "lat": "latitude",
    "lon": "longitude",
    "ville": "commune",
    "description": "resume",
    "besoin": "besoins",
    "rdv": "rendez_vous",
    "fermetures": "exceptions",
    "permanence": "permanences",
    "service": "services",
    "source": "sources",
    "langue": "langues",
}

_SHAPES = {
    "list_type": "« {key} » doit être une liste. Écrivez [ … ], ou une ligne « - … » par élément.",
    "string_type": "« {key} » doit être un texte. Écrivez une seule valeur, sans liste ni clés dessous.",
    "model_type": "« {key} » doit contenir des clés. Écrivez « clé: valeur » sur les lignes du dessous.",
    "model_attributes_type": "« {key} » doit contenir des clés. Écrivez « clé: valeur » sur les lignes du dessous.",
    "too_short": "« {key} » n’a pas assez d’éléments. Ajoutez ce qui manque.",
    "string_too_short": "« {key} » est vide. Écrivez une valeur, ou enlevez la ligne si elle n’est pas connue.",
}
