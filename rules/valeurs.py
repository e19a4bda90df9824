"""How is a value of a fact laid out for compiled rules? Numbers as two bounds, choices as bits, each with what is missing: nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from rules.model import Fait, Intervalle


def _number(value: Any) -> tuple[float, float, int]:
    if value.__class__ is Intervalle:
        return value.bas, value.haut, 0
    return value, value, 0


def _yes_no(value: bool) -> tuple[int, int]:
    return (2, 0) if value else (0, 0)


def _day(value: date) -> tuple[int, int, int]:
    ordinal = value.toordinal()
    return ordinal, ordinal, 0


def converter(fait: Fait) -> Callable[[Any], tuple]:
    """The function that turns a value of a fact into what compiled rules read."""
    if fait.type == "oui_non":
        return _yes_no
    if fait.type == "date":
        return _day
    bits = {choix.id: 1 << index for index, choix in enumerate(fait.choix)}
    if fait.type == "choix":
        # A choice may also be said as the set of those still possible.
        table = {nom: (bit, 0) for nom, bit in bits.items()}
        return lambda value: table[value] if isinstance(value, str) else (sum(bits[each] for each in value), 0)
    if fait.type == "plusieurs":

        def several(value: Any) -> tuple[int, int, int]:
            mask = sum(bits[each] for each in value)
            return mask, mask, 0

        return several
    return _number
