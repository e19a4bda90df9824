"""What is known of a fact: what was said, what other facts make of it, all it can be?"""

from __future__ import annotations

from directory.datafile import Where
from rules import units
from rules.code import CONJOINT, DEMANDEUR, Bool, Code, Num, Plusieurs, Un, Valeur
from rules.formes import as_tuple, nothing, shape_of, unpack
from rules.formula import Ecrit, Faute
from rules.model import ADULTE, Fait
from rules.sources import AGE, COUPLE, ENFANTS, NAISSANCE, Cas, FaitEcrit


def fait(code: Code, nom: str, where: Where) -> Valeur:
    """A fact of the household, of the applicant or of the spouse."""
    ecrit = code.ouvrage.sources.faits[nom]
    code.ouvrage.appeles.add(nom)
    if ecrit.fait.type == ENFANTS:
        raise Faute(where, "« enfants » est une liste. Écrivez nombre_enfants(), un_enfant(…) ou somme_enfants(…).")
    code.faits.add(nom)
    if not ecrit.derive and not ecrit.fait.conjoint:
        key = ("fait", nom)
        if (known := code.known(key)) is not None:
            return known
        return code.keep(key, unpack(code, f"m[{code.ouvrage.place(key)}]", shape_of(ecrit.fait)))
    key = ("effectif", nom)
    partie = code.ouvrage.partie(
        key,
        ecrit.document,
        where,
        lambda inside: _derive(inside, ecrit, f"m[{code.ouvrage.place(('fait', nom))}]"),
        qui=(CONJOINT if ecrit.fait.conjoint else DEMANDEUR) if ecrit.fait.de == ADULTE else None,
    )
    return code.ouvrage.read(code, key, partie)


def champ(code: Code, ecrit: FaitEcrit) -> Valeur:
    nom = ecrit.fait.id
    code.ouvrage.appeles.add(f"enfant.{nom}")
    code.faits |= {f"enfant.{nom}", ENFANTS}
    key = ("fait", nom)
    raw = f"e[{code.ouvrage.place(key, enfant=True)}]"
    if not ecrit.derive:
        if (known := code.known(("champ", nom))) is not None:
            return known
        return code.keep(("champ", nom), unpack(code, raw, shape_of(ecrit.fait)))
    key = ("champ effectif", nom)
    partie = code.ouvrage.partie(
        key, ecrit.document, ecrit.where, lambda inside: _derive(inside, ecrit, raw), enfant=True
    )
    return code.ouvrage.read(code, key, partie, enfant=True)


def _derive(code: Code, ecrit: FaitEcrit, raw: str) -> Valeur:
    """What is said; else what other facts make of it, for sure or perhaps. A fact of nobody is nothing, whatever is said."""
    fait = ecrit.fait
    shape = shape_of(fait)
    said = code.let(raw, "r")
    one, two, k = code.fresh("l"), code.fresh("h"), code.let("0", "k")
    number = isinstance(shape, Num | Bool)
    code.line(f"{one}=1e300;{two}=-1e300" if number else f"{one}=-1;{two}=0")
    unsaid = f"{said}[{2 if isinstance(shape, Num | Plusieurs) else 1}]"
    here = code.let("1", "g")
    bounds = [shape]
    if fait.conjoint:
        alone = couple(code, ecrit.where, alone=True)
        with code.block(f"if {alone.t}==2 or {alone.t} and {unsaid}:"):
            _hull(code, shape, nothing(fait), one, two, k)
            code.line(f"if {alone.t}==1: {k}|={alone.k}")
            code.line(f"else: {here}=0")
    if ecrit.derive:
        # What is said wins over what could be made of other facts.
        with code.block(f"if {here} and {unsaid}:"):
            for case in ecrit.derive:
                with code.block(f"if {here}:"):
                    test = code.condition(case.si)
                    with code.block(f"if {test.t}:"):
                        value = _value(code, fait, case)
                        bounds.append(value)
                        _hull(code, shape, value, one, two, k)
                        code.line(f"if {test.t}==1: {k}|={test.k}")
                        code.line(f"else: {here}=0")
    with code.block(f"if {here}:"):
        _hull(code, shape, unpack(code, said, shape), one, two, k)
    if isinstance(shape, Bool):
        return Bool(code.let(f"{one} if {one}=={two} else 1", "t"), code.let(f"0 if {one}=={two} else {k}", "k"))
    if isinstance(shape, Un):
        return Un(two, code.let(f"{k} if {two}&({two}-1) else 0", "k"), fait)
    k = code.let(f"{k} if {one}!={two} else 0", "k")
    if isinstance(shape, Plusieurs):
        return Plusieurs(one, two, k, fait)
    bas, haut = min(each.bas for each in bounds), max(each.haut for each in bounds)
    return Num(one, two, k, shape.unite, min(bas, 0) if fait.conjoint else bas, haut)


def _hull(code: Code, shape: Valeur, value: Valeur, one: str, two: str, k: str) -> None:
    """Add what the value can be to what it could already be."""
    if isinstance(shape, Num | Bool):
        low, high = (value.l, value.h) if isinstance(value, Num) else (value.t, value.t)
        if isinstance(value, Bool) and value.t not in ("0", "2"):
            low, high = f"({value.t} if {value.t}!=1 else 0)", f"({value.t} if {value.t}!=1 else 2)"
        code.line(f"if {low}<{one}: {one}={low}")
        code.line(f"if {high}>{two}: {two}={high}")
    elif isinstance(shape, Un):
        code.line(f"{two}|={value.m}")
    else:
        code.line(f"{one}&={value.s};{two}|={value.p}")
    if value.k != "0":
        code.line(f"{k}|={value.k}" if not isinstance(value, Bool) else f"if {value.t}==1: {k}|={value.k}")


def _value(code: Code, fait: Fait, case: Cas) -> Valeur:
    shape = shape_of(fait)
    if isinstance(shape, Num):
        value = code.number(case.valeur)
        if value.unite != shape.unite and not value.nul:
            raise Faute(
                case.where,
                f"« {fait.base or fait.id} » se compte en {units.said(shape.unite)}, la valeur donne "
                f"{units.said(value.unite)}. Corrigez l’unité.",
            )
        return value
    if isinstance(shape, Bool):
        return code.condition(case.valeur)
    return (
        Un(str(case.valeur), "0", fait)
        if isinstance(shape, Un)
        else Plusieurs(str(case.valeur), str(case.valeur), "0", fait)
    )


def couple(code: Code, where: Where, alone: bool = False) -> Bool:
    """Is there a spouse? With `alone`, is there none?"""
    if COUPLE not in code.ouvrage.sources.faits:
        raise Faute(where, "il n’y a pas de fait « couple ». Ajoutez-le dans rules/data/faits (type: oui_non).")
    value = fait(code, COUPLE, where)
    return Bool(code.let(f"2-{value.t}", "t"), value.k) if alone else value


def birth(code: Code, who: str, where: Where) -> str:
    """The local that holds the possible days of birth of an adult."""
    prefix = "conjoint_" if who == CONJOINT else ""
    if AGE not in code.ouvrage.sources.faits:
        raise Faute(where, "il n’y a pas de fait « age ». Ajoutez-le dans rules/data/faits (type: age, de: adulte).")
    age = fait(code, f"{prefix}{AGE}", where)
    name = code.let(f"birth_of(({age.l},{age.h},{age.k}),m[0])")
    if f"{prefix}{NAISSANCE}" in code.ouvrage.sources.faits:
        known = f"m[{code.ouvrage.place(('fait', f'{prefix}{NAISSANCE}'))}]"
        code.line(f"if {known}[2]==0: {name}={known}")
    return name


def child_function(code: Code, ecrit: Ecrit) -> tuple[str, Valeur]:
    """A function of one child for an expression, and what it gives."""
    if ENFANTS not in code.ouvrage.sources.faits:
        raise Faute(ecrit.where, "il n’y a pas de fait « enfants ». Ajoutez-le dans rules/data/faits (type: enfants).")
    inside = Code(code.ouvrage, qui=code.qui, enfant=True)
    value = inside.value(ecrit)
    name = code.ouvrage.fresh("c")
    inside.line(f"return {as_tuple(value)}")
    code.ouvrage.lines += [f"def {name}(m,e):", *inside.lines]
    code.baremes |= inside.baremes
    code.faits |= inside.faits | {ENFANTS}
    code.ouvrage.appeles.add(ENFANTS)
    return name, value
