"""How is each kind of fact laid out: in the code that reads it, when nobody said it, when it is of nobody?"""

from __future__ import annotations

from rules import units
from rules.code import Bool, Code, Num, Plusieurs, Un, Valeur
from rules.model import Bareme, Fait
from rules.sources import JOUR_MAX, JOUR_MIN


def as_tuple(value: Valeur) -> str:
    if isinstance(value, Num):
        return f"({value.l},{value.h},{value.k})"
    if isinstance(value, Bool):
        return f"({value.t},{value.k})"
    if isinstance(value, Un):
        return f"({value.m},{value.k})"
    return f"({value.s},{value.p},{value.k})"


def unpack(code: Code, name: str, shape: Valeur) -> Valeur:
    if isinstance(shape, Num):
        low, high, k = code.fresh("l"), code.fresh("h"), code.fresh("k")
        code.line(f"{low},{high},{k}={name}")
        return Num(low, high, k, shape.unite, shape.bas, shape.haut)
    if isinstance(shape, Plusieurs):
        s, p, k = code.fresh("s"), code.fresh("p"), code.fresh("k")
        code.line(f"{s},{p},{k}={name}")
        return Plusieurs(s, p, k, shape.fait)
    one, k = code.fresh("t"), code.fresh("k")
    code.line(f"{one},{k}={name}")
    return Bool(one, k, shape.sur) if isinstance(shape, Bool) else Un(one, k, shape.fait)


def shape_of(fait: Fait) -> Valeur:
    """What kind of value a fact has, and its bounds."""
    if fait.type == "oui_non":
        return Bool("", "")
    if fait.type == "choix":
        return Un("", "", fait)
    if fait.type == "plusieurs":
        return Plusieurs("", "", "", fait)
    if fait.type == "date":
        return Num("", "", "", units.JOUR_CALENDRIER, JOUR_MIN, JOUR_MAX)
    return Num("", "", "", units.parse(fait.unite or ""), fait.min or 0, fait.max or 0)


def nothing(fait: Fait) -> Valeur:
    """The value of a fact about nobody: 0, no, none of the choices."""
    shape = shape_of(fait)
    if isinstance(shape, Num):
        return Num("0.0", "0.0", "0", shape.unite, 0, 0)
    if isinstance(shape, Bool):
        return Bool("0", "0")
    if isinstance(shape, Un):
        return Un(str(fait.tous + 1), "0", fait)
    return Plusieurs("0", "0", "0", fait)


def numbers(bareme: Bareme) -> list[float]:
    """Every number a barème can give for its first sizes, boxes or rates."""
    found: list[float] = []
    for each in bareme.valeurs:
        if bareme.forme == "par_taille":
            found += each.valeur[1]
        elif bareme.forme == "grille":
            found += [box[2] for box in each.valeur]
        else:
            found += [rate for _, rate in each.valeur]
    return found


def unknown(fait: Fait, bit: int) -> tuple:
    """The value of a fact nobody said: all it can be."""
    if fait.type == "oui_non":
        return (1, bit)
    if fait.type == "choix":
        return (fait.tous, bit)
    if fait.type == "plusieurs":
        return (0, fait.tous, bit)
    if fait.type == "date":
        return (JOUR_MIN, JOUR_MAX, bit)
    return (float(fait.min or 0), float(fait.max or 0), bit)
