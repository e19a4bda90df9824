"""What do the words about the people of a household mean: sums and counts over adults and children, their ages on a day?

Over adults, the same expression is written twice, for the applicant and for the spouse, who counts when `couple`. Over
children it is one function called for each child; when nobody said how many there are, for none up to the most there can be.
"""

from __future__ import annotations

from rules import units
from rules.calculs import extreme
from rules.code import CONJOINT, DEMANDEUR, Bool, Code, Mot, Num, kind_of, shown
from rules.deductions import birth, child_function, couple
from rules.formula import Ecrit, Faute

_ANS, _MOIS, _JOURS = units.parse("ans"), units.parse("mois"), units.parse("jours")


def somme_adultes(code: Code, ecrit: Ecrit) -> Num:
    """`somme_adultes(adulte.salaire_net)`"""
    code.arity(ecrit, 1, 1)
    one, low, high, k, test = _first_number(code, ecrit)
    with code.block(f"if {test.t}:"):
        other = _of(code, CONJOINT, ecrit.args[0])
        with code.block(f"if {test.t}==2:"):
            code.line(f"{low}+={other.l};{high}+={other.h};{k}|={other.k}")
        with code.block("else:"):
            code.line(f"if {other.l}<0: {low}+={other.l}")
            code.line(f"if {other.h}>0: {high}+={other.h}")
            code.line(f"{k}|={code.union(other.k, test.k)}")
    bounds = one.bas + min(0, other.bas), one.haut + max(0, other.haut)
    return Num(low, high, k, one.unite, *bounds)


def max_adultes(code: Code, ecrit: Ecrit) -> Num:
    """`max_adultes(adulte.age)`"""
    return _extreme_adult(code, ecrit, ">", max)


def min_adultes(code: Code, ecrit: Ecrit) -> Num:
    """`min_adultes(adulte.age)`"""
    return _extreme_adult(code, ecrit, "<", min)


def _extreme_adult(code: Code, ecrit: Ecrit, sign: str, pick) -> Num:
    code.arity(ecrit, 1, 1)
    one, low, high, k, test = _first_number(code, ecrit)
    with code.block(f"if {test.t}:"):
        other = _of(code, CONJOINT, ecrit.args[0])
        both = extreme(code, one, other, sign, one.unite, pick)
        with code.block(f"if {test.t}==2:"):
            code.put(both, low, high, k)
        with code.block("else:"):
            code.line(f"if {both.l}<{low}: {low}={both.l}")
            code.line(f"if {both.h}>{high}: {high}={both.h}")
            code.line(f"{k}|={code.union(both.k, test.k)}")
    return Num(low, high, k, one.unite, min(one.bas, other.bas), max(one.haut, other.haut))


def _first_number(code: Code, ecrit: Ecrit) -> tuple[Num, str, str, str, Bool]:
    one = _of(code, DEMANDEUR, ecrit.args[0])
    if not isinstance(one, Num):
        raise Faute(
            ecrit.where, f"« {shown(ecrit.args[0])} » est {kind_of(one)} : il faut un nombre. Écrivez nombre(…)."
        )
    low, high, k = code.let(one.l, "l"), code.let(one.h, "h"), code.let(one.k, "k")
    return one, low, high, k, couple(code, ecrit.where)


def nombre_adultes(code: Code, ecrit: Ecrit) -> Num:
    """`nombre_adultes(adulte.age >= 60 ans)`; without condition, how many adults there are."""
    code.arity(ecrit, 0, 1)
    condition = ecrit.args or (Ecrit("oui", valeur=True, where=ecrit.where, texte="oui"),)
    counted = Ecrit("nombre", tuple(condition), where=ecrit.where, texte=ecrit.texte)
    return somme_adultes(code, Ecrit("somme_adultes", (counted,), where=ecrit.where, texte=ecrit.texte))


def un_adulte(code: Code, ecrit: Ecrit) -> Bool:
    """`un_adulte(adulte.handicap)`: at least one."""
    return _adults(code, ecrit, decided=2)


def tous_adultes(code: Code, ecrit: Ecrit) -> Bool:
    """`tous_adultes(adulte.age >= 65 ans)`"""
    return _adults(code, ecrit, decided=0)


def _adults(code: Code, ecrit: Ecrit, decided: int) -> Bool:
    code.arity(ecrit, 1, 1)
    one = _of(code, DEMANDEUR, ecrit.args[0])
    if not isinstance(one, Bool):
        raise Faute(ecrit.where, f"« {shown(ecrit.args[0])} » est {kind_of(one)} : il faut une condition.")
    t, k = code.let(one.t, "t"), code.let(one.k, "k")
    with code.block(f"if {t}!={decided}:"):
        test = couple(code, ecrit.where)
        with code.block(f"if {test.t}:"):
            other = _of(code, CONJOINT, ecrit.args[0])
            with code.block(f"if {other.t}=={decided} and {test.t}==2:"):
                code.line(f"{t}={decided};{k}=0")
            with code.block(f"elif {other.t}!={2 - decided}:"):
                code.line(
                    f"{k}=({k} if {t}==1 else 0)|({other.k} if {other.t}==1 else 0)|({test.k} if {test.t}==1 else 0)"
                )
                code.line(f"{t}=1")
    return Bool(t, k)


def _of(code: Code, qui: str, ecrit: Ecrit):
    """The expression for one adult."""
    if code.qui is not None:
        raise Faute(ecrit.where, "une somme d’adultes est déjà ouverte autour. Enlevez celle du dedans.")
    code.qui = qui
    try:
        return code.value(ecrit)
    finally:
        code.qui = None


def somme_enfants(code: Code, ecrit: Ecrit) -> Num:
    """`somme_enfants(enfant.pension)`"""
    code.arity(ecrit, 1, 1)
    return _sum_children(code, ecrit, ecrit.args[0])


def nombre_enfants(code: Code, ecrit: Ecrit) -> Num:
    """`nombre_enfants(enfant.age < 20 ans)`; without condition, how many children there are."""
    code.arity(ecrit, 0, 1)
    condition = ecrit.args or (Ecrit("oui", valeur=True, where=ecrit.where, texte="oui"),)
    return _sum_children(code, ecrit, Ecrit("nombre", tuple(condition), where=ecrit.where, texte=ecrit.texte))


def _sum_children(code: Code, ecrit: Ecrit, inner: Ecrit) -> Num:
    function, value = _child_function(code, inner)
    if not isinstance(value, Num):
        raise Faute(ecrit.where, f"« {shown(inner)} » est {kind_of(value)} : il faut un nombre. Écrivez nombre(…).")
    most = code.ouvrage.most_children
    low, high, k = _three(code, f"sum_children(m,{function},{most})")
    return Num(low, high, k, value.unite, min(0, value.bas * most), max(0, value.haut * most))


def max_enfants(code: Code, ecrit: Ecrit) -> Num:
    """`max_enfants(enfant.age)`, 0 without children"""
    return _extreme_child(code, ecrit, "max")


def min_enfants(code: Code, ecrit: Ecrit) -> Num:
    """`min_enfants(enfant.age)`, 0 without children"""
    return _extreme_child(code, ecrit, "min")


def _extreme_child(code: Code, ecrit: Ecrit, pick: str) -> Num:
    code.arity(ecrit, 1, 1)
    function, value = _child_function(code, ecrit.args[0])
    if not isinstance(value, Num):
        raise Faute(ecrit.where, f"« {shown(ecrit.args[0])} » est {kind_of(value)} : il faut un nombre.")
    low, high, k = _three(code, f"extreme_child(m,{function},{pick})")
    return Num(low, high, k, value.unite, min(0, value.bas), max(0, value.haut))


def un_enfant(code: Code, ecrit: Ecrit) -> Bool:
    """`un_enfant(enfant.age < 3 ans)`: at least one."""
    return _children(code, ecrit, decided=2)


def tous_enfants(code: Code, ecrit: Ecrit) -> Bool:
    """`tous_enfants(enfant.age < 3 ans)`, yes without children"""
    return _children(code, ecrit, decided=0)


def _children(code: Code, ecrit: Ecrit, decided: int) -> Bool:
    code.arity(ecrit, 1, 1)
    function, value = _child_function(code, ecrit.args[0])
    if not isinstance(value, Bool):
        raise Faute(ecrit.where, f"« {shown(ecrit.args[0])} » est {kind_of(value)} : il faut une condition.")
    t, k = code.fresh("t"), code.fresh("k")
    code.line(f"{t},{k}=any_child(m,{function},{decided})")
    return Bool(t, k)


def _child_function(code: Code, ecrit: Ecrit):
    if code.enfant:
        raise Faute(ecrit.where, "une somme d’enfants est déjà ouverte autour. Enlevez celle du dedans.")
    return child_function(code, ecrit)


def _three(code: Code, expression: str) -> tuple[str, str, str]:
    low, high, k = code.fresh("l"), code.fresh("h"), code.fresh("k")
    code.line(f"{low},{high},{k}={expression}")
    return low, high, k


def age_le(code: Code, ecrit: Ecrit) -> Num:
    """`age_le(enfant, 31 decembre)`: the age in whole years on another day."""
    code.arity(ecrit, 2, 2)
    birth = _birth(code, ecrit)
    on = code.number(ecrit.args[1])
    if on.unite != units.JOUR_CALENDRIER:
        raise Faute(ecrit.where, "« age_le » veut un jour en second, par exemple age_le(enfant, 31 decembre).")
    low, high, k = _three(code, f"age_on({birth},{on.l},{on.h})")
    union = code.union(k, on.k)
    k = code.let(f"{union} if {low}!={high} else 0", "k") if "|" in union else union
    return Num(low, high, k, _ANS, -60, 130)


def mois_de(code: Code, ecrit: Ecrit) -> Num:
    """`mois_de(enfant)`: the age in whole months."""
    code.arity(ecrit, 1, 1)
    low, high, k = _three(code, f"months_on({_birth(code, ecrit)},m[0])")
    return Num(low, high, k, _MOIS, -720, 1560)


def _birth(code: Code, ecrit: Ecrit) -> str:
    """The local that holds the first and last possible day of birth of somebody, and what is missing to know it."""
    who = ecrit.args[0].valeur if ecrit.args[0].mot == "nom" else None
    if who == "enfant" and code.enfant:
        return "e[1]"
    if who == "adulte" and code.qui:
        who = code.qui
    if who not in (DEMANDEUR, CONJOINT):
        raise Faute(
            ecrit.where, f"« {ecrit.mot} » commence par enfant, adulte, demandeur ou conjoint. Corrigez « {who} »."
        )
    return birth(code, who, ecrit.where)


def mois_depuis(code: Code, ecrit: Ecrit) -> Num:
    """`mois_depuis(arrivee)`: whole months from that day to the day of the question."""
    return _since(code, ecrit, "months_between", _MOIS, 1200)


def ans_depuis(code: Code, ecrit: Ecrit) -> Num:
    """`ans_depuis(arrivee)`: whole years."""
    return _since(code, ecrit, "years_between", _ANS, 130)


def jours_depuis(code: Code, ecrit: Ecrit) -> Num:
    """`jours_depuis(arrivee)`: days."""
    return _since(code, ecrit, "days_between", _JOURS, 45_000)


def _since(code: Code, ecrit: Ecrit, function: str, unite: units.Unite, most: int) -> Num:
    code.arity(ecrit, 1, 1)
    value = code.number(ecrit.args[0])
    if value.unite != units.JOUR_CALENDRIER:
        raise Faute(ecrit.where, f"« {ecrit.mot} » veut une date, « {shown(ecrit.args[0])} » est {kind_of(value)}.")
    low = code.let(f"{function}({value.h},m[0])", "l")
    high = low if value.point else code.let(f"{function}({value.l},m[0])", "h")
    return Num(low, high, value.k, unite, -most, most)


WORDS: dict[str, Mot] = {
    "somme_adultes": somme_adultes,
    "max_adultes": max_adultes,
    "min_adultes": min_adultes,
    "nombre_adultes": nombre_adultes,
    "un_adulte": un_adulte,
    "tous_adultes": tous_adultes,
    "somme_enfants": somme_enfants,
    "nombre_enfants": nombre_enfants,
    "max_enfants": max_enfants,
    "min_enfants": min_enfants,
    "un_enfant": un_enfant,
    "tous_enfants": tous_enfants,
    "age_le": age_le,
    "mois_de": mois_de,
    "mois_depuis": mois_depuis,
    "ans_depuis": ans_depuis,
    "jours_depuis": jours_depuis,
}
