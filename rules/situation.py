"""How does what a person said become the values that rules work on?

`read_value` takes what is written in an example or a data file; `memory` lays a whole situation out for one evaluation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from directory.datafile import suggestion
from rules.days import births, years_between
from rules.model import Enfant, Fait, Intervalle, Rulebook, Situation
from rules.programme import Programme
from rules.sources import AGE, AGE_ENFANT_MAX, ENFANTS, NAISSANCE

_CHAMPS_NAISSANCE = (AGE, NAISSANCE)


def memory(rulebook: Rulebook, situation: Mapping[str, Any], on: date) -> list:
    """The list of values in which one household is judged on a day. Facts the rulebook does not know are left aside."""
    programme: Programme = rulebook.programme
    base, child, _ = programme.base(on)
    m = base.copy()
    # A child nobody spoke of works its own values out: it must not keep them from one household to the next.
    m[2] = base[2].copy()
    places = programme.places
    said = situation._valeurs if situation.__class__ is Situation else situation
    for key, value in said.items():
        place = places.get(key)
        if place is not None:
            m[place[0]] = place[1](value)
        elif key == ENFANTS:
            m[1] = ([_child(programme, each, child, on) for each in value], 0)
    for prefix in ("", "conjoint_"):
        born = said.get(f"{prefix}{NAISSANCE}")
        age = places.get(f"{prefix}{AGE}")
        if born is not None and age is not None:
            m[age[0]] = (*_years(born, on), 0)
    return m


def _years(born: date, on: date) -> tuple[float, float]:
    years = float(years_between(born.toordinal(), on.toordinal()))
    return years, years


def _child(programme: Programme, enfant: Enfant, base: list, on: date) -> list:
    e = base.copy()
    born, age = enfant.get(NAISSANCE), enfant.get(AGE)
    if born is not None:
        ordinal = born.toordinal()
        e[0], e[1] = (*_years(born, on), 0), (ordinal, ordinal, 0)
    elif age is not None:
        low, high = (age.bas, age.haut) if isinstance(age, Intervalle) else (float(age), float(age))
        e[0], e[1] = (low, high, 0), (*births(low, high, on.toordinal()), 0)
    for key, value in enfant._valeurs.items():
        place = programme.places_enfant.get(key)
        if place is not None:
            e[place[0]] = place[1](value)
    return e


def read_value(fait: Fait, written: Any, champs: Mapping[str, Fait] | None = None) -> Any:
    """The value of a fact as a file gives it (text, or a plain number, yes/no, list); raises ValueError in French."""
    if fait.type == "enfants":
        if not isinstance(written, list | tuple):
            raise ValueError("les enfants sont une liste. Écrivez [{age: 3}, {age: 7}], ou [] quand il n’y en a pas.")
        if fait.max is not None and len(written) > fait.max:
            raise ValueError(f"il y a {len(written)} enfants, {fait.max:g} au plus. Vérifiez la liste.")
        return tuple(_read_child(each, champs or {}) for each in written)
    if fait.type == "oui_non":
        known = {"oui": True, "true": True, "non": False, "false": False, True: True, False: False}
        if not isinstance(written, str | bool) or written not in known:
            raise ValueError(f"« {written} » n’est ni oui ni non. Écrivez oui ou non.")
        return known[written]
    if fait.type == "date":
        return _read_day(written)
    if fait.type == "choix":
        return _read_choice(fait, written)
    if fait.type == "plusieurs":
        if written == "aucun":
            written = []
        if not isinstance(written, list | tuple | frozenset | set):
            raise ValueError(f"« {fait.id} » a plusieurs choix. Écrivez une liste : [{fait.choix[0].id}], ou [].")
        return frozenset(_read_choice(fait, each) for each in written)
    if isinstance(written, list | tuple):
        if len(written) != 2:
            raise ValueError("une fourchette a deux bornes. Écrivez par exemple [1000, 1500].")
        low, high = _read_number(fait, written[0]), _read_number(fait, written[1])
        if low > high:
            raise ValueError(f"la fourchette [{low:g}, {high:g}] est à l’envers. Écrivez la plus petite borne d’abord.")
        return Intervalle(low, high)
    return _read_number(fait, written)


def _read_number(fait: Fait, written: Any) -> float:
    try:
        if isinstance(written, bool):
            raise TypeError
        number = float(written)
    except (TypeError, ValueError):
        raise ValueError(f"« {written} » n’est pas un nombre. Écrivez par exemple 1200.") from None
    low, high = fait.min, fait.max
    if number != number or (low is not None and number < low) or (high is not None and number > high):
        raise ValueError(
            f"{number:g} est hors des bornes de « {fait.id} » (de {low:g} à {high:g}). Corrigez le nombre."
        )
    return number


def _read_choice(fait: Fait, written: Any) -> str:
    choices = [choix.id for choix in fait.choix]
    if written in choices:
        return written
    advice = suggestion(str(written), choices, f"Les choix sont : {', '.join(choices)}.")
    raise ValueError(f"« {written} » n’est pas un choix de « {fait.id} ». {advice}")


def _read_day(written: Any) -> date:
    if isinstance(written, date):
        return written
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", str(written)):
            return date.fromisoformat(str(written))
    except ValueError:
        pass
    raise ValueError(f"« {written} » n’est pas une date. Écrivez année-mois-jour, par exemple 2020-05-01.")


def _read_child(written: Any, champs: Mapping[str, Fait]) -> Enfant:
    if not isinstance(written, Mapping):
        raise ValueError(f"« {written} » n’est pas un enfant. Écrivez {{age: 3}}.")
    values: dict[str, Any] = {}
    age = Fait("age", "age", "", unite="ans", min=0, max=AGE_ENFANT_MAX)
    for key, value in written.items():
        if key == AGE:
            values[key] = read_value(age, value)
        elif key == NAISSANCE:
            values[key] = _read_day(value)
        elif key in champs:
            values[key] = read_value(champs[key], value)
        else:
            advice = suggestion(key, [*_CHAMPS_NAISSANCE, *champs], "Ajoutez un fait « de: enfant ».")
            raise ValueError(f"« {key} » n’est pas connu d’un enfant. {advice}")
    return Enfant(values)


def read_situation(
    rulebook_facts: Mapping[str, Fait], champs: Mapping[str, Fait], written: Mapping[str, Any]
) -> Situation:
    """A whole situation; raises ValueError whose text starts with the fact at fault."""
    values = {}
    for key, value in written.items():
        fait = rulebook_facts.get(key)
        if fait is None:
            advice = suggestion(key, rulebook_facts, "Les faits sont dans rules/data/faits.")
            raise ValueError(f"{key} : ce fait n’est pas connu. {advice}")
        try:
            values[key] = read_value(fait, value, champs)
        except ValueError as error:
            raise ValueError(f"{key} : {error}") from None
    return Situation(values)
