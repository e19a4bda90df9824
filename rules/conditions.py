"""What do the words of a condition mean? One function a word: it writes the code that says yes, no or unknown."""

from __future__ import annotations

from collections.abc import Iterator

from rules.code import Bool, Code, Mot
from rules.comparaisons import ORDRES, compare, opposite
from rules.formula import Ecrit, Faute
from rules.verdicts import verdict


def oui(code: Code, ecrit: Ecrit) -> Bool:
    return Bool("2" if ecrit.valeur else "0", "0")


def condition(code: Code, ecrit: Ecrit) -> Bool:
    """A condition that says something of itself; its dates are the business of the list that holds it."""
    (inner,) = ecrit.args
    marge = ecrit.meta.get("marge")
    if marge is None:
        return code.condition(inner)
    if inner.mot not in ORDRES:
        raise Faute(ecrit.where, "« marge » ne va qu’avec une comparaison (<=, <, >=, >). Enlevez-la.")
    return compare(code, inner, marge)


def toutes(code: Code, ecrit: Ecrit) -> Bool:
    """Yes when all hold, no as soon as one does not."""
    return _combine(code, ecrit, neutral=2)


def une_de(code: Code, ecrit: Ecrit) -> Bool:
    """Yes as soon as one holds."""
    return _combine(code, ecrit, neutral=0)


def aucune(code: Code, ecrit: Ecrit) -> Bool:
    """Yes when none holds."""
    with code.supposing(None):
        return opposite(code, _combine(code, ecrit, neutral=0))


def non(code: Code, ecrit: Ecrit) -> Bool:
    code.arity(ecrit, 1, 1)
    (inner,) = ecrit.args
    with code.supposing(None):
        value = opposite(code, code.condition(inner))
    if inner.mot == "nom":
        code.leave_among(ecrit, str(inner.valeur), 1)
    return value


def au_moins(code: Code, ecrit: Ecrit) -> Bool:
    """Yes when at least n of the conditions hold; n comes first."""
    code.arity(ecrit, 2)
    first, *rest = ecrit.args
    if first.mot != "nombre" or not 1 <= first.valeur[0] <= len(rest):
        raise Faute(first.where, f"« au_moins » commence par un nombre de 1 à {len(rest)}. Corrigez-le.")
    sure, may, k = code.let("0", "n"), code.let("0", "n"), code.let("0", "k")
    for arg, _ in _each(code, rest):
        with code.supposing(None):
            value = code.condition(arg)
        with code.block(f"if {value.t}==2:"):
            code.line(f"{sure}+=1;{may}+=1")
        with code.block(f"elif {value.t}:"):
            code.line(f"{may}+=1;{k}|={value.k}")
    wanted = int(first.valeur[0])
    t = code.let(f"2 if {sure}>={wanted} else 0 if {may}<{wanted} else 1", "t")
    return Bool(t, code.let(f"{k} if {t}==1 else 0", "k"))


def _combine(code: Code, ecrit: Ecrit, neutral: int) -> Bool:
    code.arity(ecrit, 1)
    decided = 2 - neutral
    t, k = code.fresh("t"), code.fresh("k")
    depth, scopes = code.depth, len(code.scopes)
    settled: list[bool | None] = []
    # Conditions of a `toutes` hold together, each branch of a `une_de` holds with what is around it.
    around = code.possible
    for index, arg in enumerate(ecrit.args):
        plain = not index and not arg.meta.keys() & {"depuis", "jusqu_a"}
        if not index and not plain:
            code.line(f"{t}={neutral};{k}=0")
        if index:
            code.line(f"if {t}!={decided}:")
            code.depth += 1
            code.scopes.append({})
        for one, dated in _each(code, [arg]):
            with code.supposing(around if neutral and not dated else None if around is None else dict(around)):
                value = _leaf(code, one)
            settled.append(None if dated else value.sur)
            if plain:
                code.line(f"{t}={value.t};{k}={value.k if value.k == '0' else f'{value.k} if {value.t}==1 else 0'}")
                continue
            if value.t in ("0", "2"):
                code.line(f"{t}={decided};{k}=0" if int(value.t) == decided else "pass")
                continue
            code.line(f"if {value.t}=={decided}: {t}={decided};{k}=0")
            code.line(f"elif {value.t}==1: {t}=1;{k}|={value.k}")
    code.depth = depth
    del code.scopes[scopes:]
    sure = None
    if (decided == 2) in settled:
        sure = decided == 2
    elif all(each == (neutral == 2) and each is not None for each in settled):
        sure = neutral == 2
    return Bool(t, k, sure)


def _leaf(code: Code, ecrit: Ecrit) -> Bool:
    """A condition of a list; a yes/no fact by its name is a condition that narrows what is possible."""
    value = code.condition(ecrit)
    if ecrit.mot == "nom":
        code.leave_among(ecrit, str(ecrit.valeur), 2)
    return value


def _each(code: Code, args: list[Ecrit] | tuple[Ecrit, ...]) -> Iterator[tuple[Ecrit, bool]]:
    """Every condition of a list; one with dates counts only between them."""
    for arg in args:
        since, until = arg.meta.get("depuis"), arg.meta.get("jusqu_a")
        if since is None and until is None:
            yield arg, False
            continue
        low = f"{since.toordinal()}<=" if since else ""
        high = f"<={until.toordinal()}" if until else ""
        with code.block(f"if {low}m[0]{high}:"):
            yield arg, True


def entre(code: Code, ecrit: Ecrit) -> Bool:
    """`entre(x, bas, haut)`, both ends taken in."""
    code.arity(ecrit, 3, 3)
    x, low, high = ecrit.args
    both = (
        Ecrit("au_moins_egal", (x, low), where=ecrit.where, texte=ecrit.texte),
        Ecrit("au_plus", (x, high), where=ecrit.where, texte=ecrit.texte),
    )
    return _combine(code, Ecrit("toutes", both, where=ecrit.where, texte=ecrit.texte), neutral=2)


def droit(code: Code, ecrit: Ecrit) -> Bool:
    """`droit(rsa)`: does one probably have this right?"""
    code.arity(ecrit, 1, 1)
    (word,) = ecrit.args
    if word.mot != "nom":
        raise Faute(ecrit.where, "« droit(…) » veut le nom d’un droit, par exemple droit(rsa).")
    return verdict(code, str(word.valeur).replace("_", "-"), ecrit.where)


WORDS: dict[str, Mot] = {
    "oui": oui,
    "condition": condition,
    "toutes": toutes,
    "une_de": une_de,
    "aucune": aucune,
    "non": non,
    "au_moins": au_moins,
    "entre": entre,
    "droit": droit,
}
