"""What do the words that change a unit mean? Months into years, a bare number into euros: only where it is written."""

from __future__ import annotations

from rules import units
from rules.calculs import product
from rules.code import Code, Mot, Num, shown
from rules.formula import Ecrit, Faute

_PAR_MOIS, _PAR_AN = units.parse("EUR/mois"), units.parse("EUR/an")
_MOIS, _ANS = units.parse("mois"), units.parse("ans")


def par_an(code: Code, ecrit: Ecrit) -> Num:
    """`par_an(x)`: twelve months of a monthly amount."""
    return _convert(code, ecrit, _PAR_MOIS, _PAR_AN, 12.0)


def par_mois(code: Code, ecrit: Ecrit) -> Num:
    """`par_mois(x)`: a twelfth of a yearly amount."""
    return _convert(code, ecrit, _PAR_AN, _PAR_MOIS, 1 / 12)


def en_mois(code: Code, ecrit: Ecrit) -> Num:
    """`en_mois(x)`: years counted in months."""
    return _convert(code, ecrit, _ANS, _MOIS, 12.0)


def en_ans(code: Code, ecrit: Ecrit) -> Num:
    """`en_ans(x)`: months counted in years."""
    return _convert(code, ecrit, _MOIS, _ANS, 1 / 12)


def _convert(code: Code, ecrit: Ecrit, of: units.Unite, to: units.Unite, rate: float) -> Num:
    code.arity(ecrit, 1, 1)
    value = code.number(ecrit.args[0])
    if value.unite != of and not value.nul:
        raise Faute(
            ecrit.where,
            f"« {ecrit.mot} » veut {units.said(of)}, « {shown(ecrit.args[0])} » est {units.said(value.unite)}. "
            "Enlevez la conversion, ou corrigez l’unité.",
        )
    factor = Num(repr(rate), repr(rate), "0", units.SANS, rate, rate)
    result = product(code, value, factor)
    result.unite = to
    return result


def sans_unite(code: Code, ecrit: Ecrit) -> Num:
    """`sans_unite(x)`: the number alone."""
    code.arity(ecrit, 1, 1)
    value = code.number(ecrit.args[0])
    return Num(value.l, value.h, value.k, units.SANS, value.bas, value.haut)


def en_unite(code: Code, ecrit: Ecrit) -> Num:
    """`en_unite(x, EUR/mois)`: a bare number with a unit."""
    code.arity(ecrit, 2, 2)
    value = code.number(ecrit.args[0])
    if value.unite:
        raise Faute(ecrit.where, f"« {shown(ecrit.args[0])} » a déjà une unité. Écrivez sans_unite(…) autour.")
    written = _unit_text(ecrit.args[1])
    try:
        unite = units.parse(written)
    except units.UniteInconnue as error:
        raise Faute(ecrit.where, f"l’unité « {error} » n’est pas connue. Écrivez EUR/mois, EUR/an, ans…") from None
    return Num(value.l, value.h, value.k, unite, value.bas, value.haut)


def _unit_text(ecrit: Ecrit) -> str:
    return "/".join(_unit_text(arg) for arg in ecrit.args) if ecrit.mot == "division" else str(ecrit.valeur)


WORDS: dict[str, Mot] = {
    "par_an": par_an,
    "par_mois": par_mois,
    "en_mois": en_mois,
    "en_ans": en_ans,
    "sans_unite": sans_unite,
    "en_unite": en_unite,
}
