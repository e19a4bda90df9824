"""What do the words of a calculation mean? One function a word: it writes the code of a number between two bounds."""

from __future__ import annotations

from math import floor

from rules import units
from rules.code import Bool, Code, Mot, Num, shown
from rules.formula import Ecrit, Faute


def nombre(code: Code, ecrit: Ecrit) -> Num:
    """A number written in the formula, or 1 and 0 for a condition: `nombre(couple)`."""
    if ecrit.args:
        code.arity(ecrit, 1, 1)
        value = code.condition(ecrit.args[0])
        if value.t in ("0", "2"):
            return Num(f"{int(value.t) / 2}", f"{int(value.t) / 2}", "0", units.SANS, 0, 1)
        low = code.let(f"1.0 if {value.t}==2 else 0.0", "l")
        high = code.let(f"1.0 if {value.t} else 0.0", "h")
        return Num(low, high, code.let(f"{value.k} if {value.t}==1 else 0", "k"), units.SANS, 0, 1)
    number, unite = ecrit.valeur
    return Num(repr(number), repr(number), "0", unite, number, number, nul=number == 0 and not unite)


def jour(code: Code, ecrit: Ecrit) -> Num:
    """A day written in the formula."""
    return Num(f"{ecrit.valeur}", f"{ecrit.valeur}", "0", units.JOUR_CALENDRIER, ecrit.valeur, ecrit.valeur)


def jour_annee(code: Code, ecrit: Ecrit) -> Num:
    """`31 decembre`: that day of the year in which the right is asked."""
    month, number = ecrit.valeur
    name = code.let(f"day_of_year(m[0],{month},{number})")
    return Num(name, name, "0", units.JOUR_CALENDRIER, 1, 4_000_000)


def somme(code: Code, ecrit: Ecrit) -> Num:
    """`a + b`"""
    code.arity(ecrit, 1)
    values = [code.number(arg) for arg in ecrit.args]
    unite = code.same_unit(ecrit, values, "additionner")
    return _linear(code, values, [1] * len(values), unite)


def moins(code: Code, ecrit: Ecrit) -> Num:
    """`a - b`"""
    code.arity(ecrit, 2, 2)
    values = [code.number(arg) for arg in ecrit.args]
    unite = code.same_unit(ecrit, values, "soustraire")
    return _linear(code, values, [1, -1], unite)


def oppose(code: Code, ecrit: Ecrit) -> Num:
    """`-a`"""
    value = code.number(ecrit.args[0])
    return _linear(code, [value], [-1], value.unite)


def _linear(code: Code, values: list[Num], signs: list[int], unite: units.Unite) -> Num:
    def side(low: bool) -> str:
        terms = [
            ("+" if sign > 0 else "-") + (value.l if (sign > 0) == low else value.h)
            for value, sign in zip(values, signs, strict=True)
        ]
        return "".join(terms).removeprefix("+").replace("--", "+").replace("+-", "-")

    pairs = list(zip(values, signs, strict=True))
    bas = sum(value.bas if sign > 0 else -value.haut for value, sign in pairs)
    haut = sum(value.haut if sign > 0 else -value.bas for value, sign in pairs)
    low = code.let(side(True), "l")
    high = low if all(value.point for value in values) else code.let(side(False), "h")
    return Num(low, high, _masks(code, values), unite, bas, haut)


def _masks(code: Code, values: list[Num]) -> str:
    union = code.union(*(value.k for value in values))
    return code.let(union, "k") if "|" in union else union


def produit(code: Code, ecrit: Ecrit) -> Num:
    """`a * b`"""
    code.arity(ecrit, 2)
    result, *rest = [code.number(arg) for arg in ecrit.args]
    for other in rest:
        result = product(code, result, other)
    return result


def product(code: Code, one: Num, other: Num) -> Num:
    unite = units.times(one.unite, other.unite)
    corners = [one.bas * other.bas, one.bas * other.haut, one.haut * other.bas, one.haut * other.haut]
    bounds = (min(corners), max(corners))
    if one.point and other.point:
        name = code.let(f"{one.l}*{other.l}", "l")
        return Num(name, name, "0", unite, *bounds)
    if one.bas >= 0 and other.bas >= 0:
        low, high = code.let(f"{one.l}*{other.l}", "l"), code.let(f"{one.h}*{other.h}", "h")
    else:
        four = code.let(f"({one.l}*{other.l},{one.l}*{other.h},{one.h}*{other.l},{one.h}*{other.h})")
        low, high = code.let(f"min({four})", "l"), code.let(f"max({four})", "h")
    return Num(low, high, _when_wide(code, low, high, one.k, other.k), unite, *bounds)


def _when_wide(code: Code, low: str, high: str, *masks: str) -> str:
    """The missing facts of a value, none when its bounds are one."""
    union = code.union(*masks)
    return "0" if union == "0" else code.let(f"{union} if {low}!={high} else 0", "k")


def division(code: Code, ecrit: Ecrit) -> Num:
    """`a / b`, b never zero"""
    code.arity(ecrit, 2, 2)
    one, other = (code.number(arg) for arg in ecrit.args)
    if other.bas <= 0:
        raise Faute(ecrit.where, f"« {shown(ecrit)} » divise par un nombre qui peut être 0. Écrivez max(…, 1) dessous.")
    unite = units.times(one.unite, other.unite, -1)
    corners = [one.bas / other.bas, one.bas / other.haut, one.haut / other.bas, one.haut / other.haut]
    if one.point and other.point:
        name = code.let(f"{one.l}/{other.l}", "l")
        return Num(name, name, "0", unite, min(corners), max(corners))
    low = code.let(f"{one.l}/({other.h} if {one.l}>=0 else {other.l})", "l")
    high = code.let(f"{one.h}/({other.l} if {one.h}>=0 else {other.h})", "h")
    return Num(low, high, _when_wide(code, low, high, one.k, other.k), unite, min(corners), max(corners))


def minimum(code: Code, ecrit: Ecrit) -> Num:
    """`min(a, b)`"""
    return _extreme(code, ecrit, "<", min)


def maximum(code: Code, ecrit: Ecrit) -> Num:
    """`max(a, b)`"""
    return _extreme(code, ecrit, ">", max)


def _extreme(code: Code, ecrit: Ecrit, sign: str, pick) -> Num:
    code.arity(ecrit, 2)
    values = [code.number(arg) for arg in ecrit.args]
    unite = code.same_unit(ecrit, values, "mettre ensemble")
    result = values[0]
    for other in values[1:]:
        result = extreme(code, result, other, sign, unite, pick)
    return result


def extreme(code: Code, one: Num, other: Num, sign: str, unite: units.Unite, pick) -> Num:
    """The smaller (`<`) or the greater (`>`) of two numbers; the facts of the one that loses for sure do not matter."""
    bounds = (pick(one.bas, other.bas), pick(one.haut, other.haut))
    low = code.let(f"{one.l} if {one.l}{sign}{other.l} else {other.l}", "l")
    if one.point and other.point:
        return Num(low, low, "0", unite, *bounds)
    high = code.let(f"{one.h} if {one.h}{sign}{other.h} else {other.h}", "h")
    if code.union(one.k, other.k) == "0":
        return Num(low, high, "0", unite, *bounds)
    # With max, the first wins for sure when its lowest is above the other's highest; with min, the other way round.
    near, far = ("l", "h") if sign == ">" else ("h", "l")
    wins = f"{getattr(one, near)}{sign}={getattr(other, far)}"
    loses = f"{getattr(other, near)}{sign}={getattr(one, far)}"
    k = code.let(f"{one.k} if {wins} else {other.k} if {loses} else {code.union(one.k, other.k)}", "k")
    return Num(low, high, k, unite, *bounds)


def entre_deux(code: Code, ecrit: Ecrit) -> Num:
    """`entre_deux(a, b)`: somewhere between the two, nobody knows where."""
    code.arity(ecrit, 2, 2)
    one, other = (code.number(arg) for arg in ecrit.args)
    unite = code.same_unit(ecrit, [one, other], "mettre ensemble")
    low = code.let(f"{one.l} if {one.l}<{other.l} else {other.l}", "l")
    high = code.let(f"{one.h} if {one.h}>{other.h} else {other.h}", "h")
    return Num(low, high, _masks(code, [one, other]), unite, min(one.bas, other.bas), max(one.haut, other.haut))


def difference_positive(code: Code, ecrit: Ecrit) -> Num:
    """`difference_positive(a, b)`: a - b, never under 0."""
    gap = moins(code, ecrit)
    return extreme(code, gap, Num("0.0", "0.0", "0", gap.unite, 0, 0, nul=True), ">", gap.unite, max)


def round_to(step: float, shift: float, value: float) -> float:
    """A value brought to a step: down (shift 0), nearest (0.5) or up (1), exact steps staying as they are."""
    edge = 1e-9 if shift < 1 else 1 - 1e-9
    return floor(value / step + (shift if shift < 1 else 0) + edge) * step


def arrondi(code: Code, ecrit: Ecrit) -> Num:
    """`arrondi(x, 0.01)`: to the nearest step."""
    return _rounded(code, ecrit, 0.5)


def arrondi_bas(code: Code, ecrit: Ecrit) -> Num:
    """`arrondi_bas(x, 1)`: to the step below."""
    return _rounded(code, ecrit, 0)


def arrondi_haut(code: Code, ecrit: Ecrit) -> Num:
    """`arrondi_haut(x, 1)`: to the step above."""
    return _rounded(code, ecrit, 1)


def _rounded(code: Code, ecrit: Ecrit, shift: float) -> Num:
    code.arity(ecrit, 1, 2)
    value = code.number(ecrit.args[0])
    step = 1.0
    if len(ecrit.args) == 2:
        written = ecrit.args[1]
        if written.mot != "nombre" or written.args or not written.valeur[0] > 0:
            raise Faute(ecrit.where, "le pas d’un arrondi est un nombre plus grand que 0, par exemple 0.01.")
        step = written.valeur[0]
    low = code.let(f"round_to({step!r},{shift},{value.l})", "l")
    high = low if value.point else code.let(f"round_to({step!r},{shift},{value.h})", "h")
    bounds = round_to(step, shift, value.bas), round_to(step, shift, value.haut)
    return Num(low, high, "0" if value.point else _when_wide(code, low, high, value.k), value.unite, *bounds)


def si(code: Code, ecrit: Ecrit) -> Num | Bool:
    """`si(condition, alors, sinon)`: both when the condition is unknown."""
    code.arity(ecrit, 3, 3)
    return _cases(code, ecrit)


def selon(code: Code, ecrit: Ecrit) -> Num | Bool:
    """`selon: [{si: …, alors: …}, {sinon: …}]`: the first case that holds."""
    return _cases(code, ecrit)


def _cases(code: Code, ecrit: Ecrit) -> Num | Bool:
    """Each case in turn is added to what the value can be, until one holds for sure."""
    *pairs, last = ecrit.args
    low, high, k = code.let("1e300", "l"), code.let("-1e300", "h"), code.let("0", "k")
    values: list[Num | Bool] = []
    depth, scopes = code.depth, len(code.scopes)
    for test, then in zip(pairs[::2], pairs[1::2], strict=True):
        sure = code.condition(test)
        with code.block(f"if {sure.t}:"):
            values.append(_add_case(code, then, low, high, k))
            code.line(f"if {sure.t}==1: {k}|={sure.k}")
        code.line(f"if {sure.t}!=2:")
        code.depth += 1
        code.scopes.append({})
    values.append(_add_case(code, last, low, high, k))
    code.depth = depth
    del code.scopes[scopes:]
    if len({type(value) for value in values}) > 1:
        raise Faute(
            ecrit.where, "les cas ne sont pas de la même sorte : des nombres d’un côté, des oui/non de l’autre."
        )
    code.line(f"if {low}=={high}: {k}=0")
    if isinstance(values[0], Bool):
        return Bool(code.let(f"{low} if {low}=={high} else 1", "t"), k)
    unite = code.same_unit(ecrit, values, "mettre ensemble")
    return Num(low, high, k, unite, min(value.bas for value in values), max(value.haut for value in values))


def _add_case(code: Code, ecrit: Ecrit, low: str, high: str, k: str) -> Num | Bool:
    value = code.value(ecrit)
    if isinstance(value, Bool):
        one = other = value.t
    elif isinstance(value, Num):
        one, other = value.l, value.h
    else:
        raise Faute(ecrit.where, f"« {shown(ecrit)} » est un choix : il faut un nombre ou une condition.")
    code.line(f"if {one}<{low}: {low}={one}")
    code.line(f"if {other}>{high}: {high}={other}")
    if value.k != "0":
        code.line(f"{k}|={value.k}" if isinstance(value, Num) else f"if {value.t}==1: {k}|={value.k}")
    return value


WORDS: dict[str, Mot] = {
    "nombre": nombre,
    "jour": jour,
    "jour_annee": jour_annee,
    "somme": somme,
    "moins": moins,
    "oppose": oppose,
    "produit": produit,
    "division": division,
    "min": minimum,
    "max": maximum,
    "difference_positive": difference_positive,
    "entre_deux": entre_deux,
    "arrondi": arrondi,
    "arrondi_bas": arrondi_bas,
    "arrondi_haut": arrondi_haut,
    "si": si,
    "selon": selon,
}
