"""What do the words that compare mean: more, less, equal, one choice among others?"""

from __future__ import annotations

from directory.datafile import suggestion
from rules.code import MARGE_CALCUL, Bool, Code, Mot, Num, Plusieurs, Un, kind_of, shown
from rules.formula import Ecrit, Faute


def opposite(code: Code, value: Bool) -> Bool:
    if value.t in ("0", "2"):
        return Bool("0" if value.t == "2" else "2", "0")
    return Bool(code.let(f"2-{value.t}", "t"), value.k, None if value.sur is None else not value.sur)


def au_plus(code: Code, ecrit: Ecrit) -> Bool:
    """`a <= b`"""
    return compare(code, ecrit, 0)


def inferieur(code: Code, ecrit: Ecrit) -> Bool:
    """`a < b`"""
    return compare(code, ecrit, 0)


def au_moins_egal(code: Code, ecrit: Ecrit) -> Bool:
    """`a >= b`"""
    return compare(code, ecrit, 0)


def superieur(code: Code, ecrit: Ecrit) -> Bool:
    """`a > b`"""
    return compare(code, ecrit, 0)


# For each order: is it turned round to « left at most right », and is the equal case a yes?
ORDRES = {
    "au_plus": (False, True),
    "inferieur": (False, False),
    "au_moins_egal": (True, True),
    "superieur": (True, False),
}


def compare(code: Code, ecrit: Ecrit, marge: float) -> Bool:
    one, other = (code.number(arg) for arg in ecrit.args)
    code.same_unit(ecrit, [one, other], "comparer")
    turned, equal = ORDRES[ecrit.mot]
    bounds = other.bas, other.haut
    if marge:
        low, high = code.let(f"{other.l}*{1 - marge!r}"), code.let(f"{other.h}*{1 + marge!r}")
        other = Num(low, high, other.k, other.unite, other.bas * (1 - marge), other.haut * (1 + marge))
    left = ecrit.args[0]
    strict = 0 if equal else 1e-9
    if turned:
        one, other = other, one
    gap = MARGE_CALCUL if equal else -MARGE_CALCUL
    sure = True if one.haut <= other.bas + gap else False if one.bas > other.haut + gap else None
    code.never_or_always(ecrit, sure)
    if left.mot == "nom" and sure is None:
        low, high = (bounds[0] + strict, float("inf")) if turned else (float("-inf"), bounds[1] - strict)
        code.leave_between(ecrit, str(left.valeur), low, high)
    shift = "+1e-6" if equal else "-1e-6"
    if one.point and other.point:
        return Bool(code.let(f"2 if {one.l}<={other.l}{shift} else 0", "t"), "0", sure)
    t = code.let(f"2 if {one.h}<={other.l}{shift} else 0 if {one.l}>{other.h}{shift} else 1", "t")
    return Bool(t, _if_unknown(code, t, one.k, other.k), sure)


def _if_unknown(code: Code, t: str, *masks: str) -> str:
    """The missing facts, none when the answer is known. They are only read when the answer is unknown."""
    return code.let(code.union(*masks), "k") if len(set(masks) - {"0"}) > 1 else code.union(*masks)


def egal(code: Code, ecrit: Ecrit) -> Bool:
    """`x est a`, `x = 3`"""
    left, right = ecrit.args
    one = code.value(left)
    if isinstance(one, Un):
        return _among(code, one, [right], ecrit)
    if isinstance(one, Plusieurs):
        raise Faute(
            ecrit.where, f"« {shown(left)} » a plusieurs choix à la fois. Écrivez « {shown(left)} contient … »."
        )
    if isinstance(one, Bool):
        if left.mot == "nom" and right.mot == "oui":
            code.leave_among(ecrit, str(left.valeur), 2 if right.valeur else 1)
        return _same_answer(code, one, code.condition(right))
    other = code.number(right)
    code.same_unit(ecrit, [one, other], "comparer")
    sure = False if one.bas > other.haut + MARGE_CALCUL or one.haut < other.bas - MARGE_CALCUL else None
    code.never_or_always(ecrit, sure)
    if left.mot == "nom" and sure is None:
        code.leave_between(ecrit, str(left.valeur), other.bas, other.haut)
    apart = f"{one.l}>{other.h}+1e-6 or {one.h}<{other.l}-1e-6"
    if one.point and other.point:
        return Bool(code.let(f"0 if {apart} else 2", "t"), "0", sure)
    same = f"{one.h}-{one.l}<1e-6 and {other.h}-{other.l}<1e-6"
    t = code.let(f"0 if {apart} else 2 if {same} else 1", "t")
    return Bool(t, _if_unknown(code, t, one.k, other.k), sure)


def different(code: Code, ecrit: Ecrit) -> Bool:
    """`x n'est pas a`, `x != 3`"""
    with code.supposing(None):
        return opposite(code, egal(code, ecrit))


def _same_answer(code: Code, one: Bool, other: Bool) -> Bool:
    if other.t in ("0", "2"):
        return one if other.t == "2" else opposite(code, one)
    t = code.let(f"1 if {one.t}==1 or {other.t}==1 else 2 if {one.t}=={other.t} else 0", "t")
    return Bool(t, _if_unknown(code, t, one.k, other.k))


def parmi(code: Code, ecrit: Ecrit) -> Bool:
    """`x parmi (a, b)`"""
    left, *words = ecrit.args
    one = code.value(left)
    if not isinstance(one, Un):
        raise Faute(
            ecrit.where, f"« parmi » veut un fait à choix, « {shown(left)} » est {kind_of(one)}. Comparez-le avec =."
        )
    return _among(code, one, words, ecrit)


def pas_parmi(code: Code, ecrit: Ecrit) -> Bool:
    """`x pas parmi (a, b)`"""
    with code.supposing(None):
        return opposite(code, parmi(code, ecrit))


def _among(code: Code, one: Un, words: list[Ecrit], ecrit: Ecrit) -> Bool:
    mask = 0
    for word in words:
        mask |= _choice(one, word)
    code.never_or_always(ecrit, True if mask == one.fait.tous else None)
    if ecrit.args[0].mot == "nom":
        code.leave_among(ecrit, str(ecrit.args[0].valeur), mask)
    t = code.let(f"0 if not {one.m}&{mask} else 1 if {one.m}&{~mask} else 2", "t")
    sure = True if mask == one.fait.tous else None
    return Bool(t, one.k, sure)


def contient(code: Code, ecrit: Ecrit) -> Bool:
    """`x contient a`"""
    code.arity(ecrit, 2, 2)
    left, word = ecrit.args
    one = code.value(left)
    if not isinstance(one, Plusieurs):
        raise Faute(
            ecrit.where,
            f"« contient » veut un fait à plusieurs choix, « {shown(left)} » est {kind_of(one)}. Écrivez « est ».",
        )
    bit = _choice(one, word)
    return Bool(code.let(f"2 if {one.s}&{bit} else 1 if {one.p}&{bit} else 0", "t"), one.k)


def _choice(one: Un | Plusieurs, word: Ecrit) -> int:
    choices = [choix.id for choix in one.fait.choix]
    if word.mot != "nom" or word.valeur not in choices:
        said = shown(word)
        advice = suggestion(said, choices, f"Les choix sont : {', '.join(choices)}.")
        raise Faute(word.where, f"« {said} » n’est pas un choix de « {one.fait.base or one.fait.id} ». {advice}")
    return one.fait.bit(word.valeur)


WORDS: dict[str, Mot] = {
    "au_plus": au_plus,
    "inferieur": inferieur,
    "au_moins_egal": au_moins_egal,
    "superieur": superieur,
    "egal": egal,
    "different": different,
    "parmi": parmi,
    "pas_parmi": pas_parmi,
    "contient": contient,
}
