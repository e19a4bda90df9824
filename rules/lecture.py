"""Does a block of a file have the keys it must have, each of the right shape? Tables say it; every fault is told at once.

A `Cles` table gives each key its reader and whether it is needed. A reader turns what is written into a value, or raises
`Faute` with what to do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from directory.datafile import Document, Problem, Where, nearest, suggestion
from rules import units
from rules.formula import NOMBRE_MAX, Faute, day
from rules.model import CONJOINT

Lecteur = Callable[[Any, Where], Any]
Cles = dict[str, tuple[Lecteur, bool]]

IDENTIFIANT = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(slots=True)
class Lu:
    """A document being read, and the faults found in it."""

    document: Document
    problems: list[Problem]

    def fault(self, where: Where, message: str) -> None:
        self.problems.append(self.document.problem(where, message))

    def block(self, data: Any, where: Where, keys: Cles, what: str) -> dict[str, Any] | None:
        """The values of a block by its table of keys; None when one is missing or wrong."""
        if not isinstance(data, dict):
            self.fault(where, f"{what} doit contenir des clés. Écrivez « clé: valeur » sur les lignes du dessous.")
            return None
        whole = True
        found: dict[str, Any] = {}
        taken_for = set()
        for key in data:
            if key not in keys:
                taken_for.add(nearest(key, keys))
                advice = suggestion(key, keys, f"Les clés acceptées : {', '.join(keys)}.")
                self.fault((*where, key), f"clé inconnue « {key} » dans {what}. {advice}")
                whole = False
        for key, (reader, needed) in keys.items():
            if key not in data:
                if needed and key in taken_for:
                    whole = False
                elif needed:
                    self.fault(where, f"il manque la clé « {key} » dans {what}. Ajoutez-la.")
                    whole = False
                continue
            try:
                found[key] = reader(data[key], (*where, key))
            except Faute as fault:
                self.fault(fault.where, fault.message)
                whole = False
        return found if whole else None

    def each(self, key: str) -> Iterable[tuple[Any, Where]]:
        """The blocks of a file that is one list under a key."""
        data = self.document.data
        if not isinstance(data, dict) or not isinstance(data.get(key), list):
            self.fault((), f"ce fichier doit commencer par « {key}: » et une liste de blocs « - id: … ». Ajoutez-le.")
            return
        for other in data:
            if other != key:
                advice = suggestion(other, [key], f"Ce fichier ne contient que « {key}: ».")
                self.fault((other,), f"clé inconnue « {other} ». {advice}")
        for index, each in enumerate(data[key]):
            yield each, (key, index)


def texte(value: Any, where: Where) -> str:
    if isinstance(value, str) and value:
        return value
    raise Faute(
        where, f"« {where[-1]} » doit être un texte. Écrivez une seule valeur, entre guillemets s’il y a « : » dedans."
    )


def lien(value: Any, where: Where) -> str:
    if isinstance(value, str) and re.fullmatch(r"https?://\S+\.\S+", value):
        return value
    raise Faute(where, f"« {value} » n’est pas une adresse de site. Commencez par https://.")


def jour(value: Any, where: Where):
    return day(value, where)


def nombre(value: Any, where: Where) -> float:
    try:
        number = float(value)
        if not abs(number) < NOMBRE_MAX:
            raise ValueError
        return number
    except (TypeError, ValueError):
        raise Faute(
            where, f"« {value} » n’est pas un nombre. Écrivez par exemple 651.69, sans espace ni unité."
        ) from None


def unite(value: Any, where: Where) -> str:
    try:
        units.parse(texte(value, where))
    except units.UniteInconnue as error:
        advice = suggestion(str(error), units.ACCEPTEES, "Écrivez EUR/mois, EUR/an, EUR, ans, mois, part, personnes…")
        raise Faute(where, f"l’unité « {value} » n’est pas connue. {advice}") from None
    return value


def parmi(*accepted: str) -> Lecteur:
    def read(value: Any, where: Where) -> str:
        if value in accepted:
            return value
        said = value if isinstance(value, str) else "…"
        advice = suggestion(said, accepted, f"Écrivez {' ou '.join(accepted)}.")
        raise Faute(where, f"« {said} » n’est pas accepté pour « {where[-1]} ». {advice}")

    return read


def liste(reader: Lecteur) -> Lecteur:
    def read(value: Any, where: Where) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise Faute(where, f"« {where[-1]} » doit être une liste. Écrivez [ … ], ou une ligne « - … » par élément.")
        return tuple(reader(each, (*where, index)) for index, each in enumerate(value))

    return read


def identifiant(value: Any, where: Where) -> str:
    if isinstance(value, str) and IDENTIFIANT.fullmatch(value):
        return value
    raise Faute(
        where, f"« {value} » n’est pas un identifiant. Écrivez en minuscules sans accent, avec des _ : revenu_net."
    )


def kebab(value: Any, where: Where) -> str:
    if isinstance(value, str) and KEBAB.fullmatch(value):
        return value
    raise Faute(where, f"« {value} » n’est pas un identifiant. Écrivez en minuscules sans accent, avec des tirets.")


def brut(value: Any, where: Where) -> Any:
    """A value read later, when what it depends on is known."""
    return value


def declared(data: Any) -> set[str]:
    """The names that a block gives, be it right or wrong."""
    nom = data.get("id") if isinstance(data, dict) else None
    return {nom, f"{CONJOINT}{nom}"} if isinstance(nom, str) else set()


def already_there(lu: Lu, where: Where, what: str, nom: str, file: str) -> None:
    lu.fault(where, f"le {what} « {nom} » est déjà dans {file}. Gardez un seul des deux, ou changez d’identifiant.")
