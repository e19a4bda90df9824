"""How is a right compiled: its conditions, the rights it follows or that exclude it, what it says beside?"""

from __future__ import annotations

import contextlib
from typing import Any

from directory.datafile import Where, suggestion
from rules import deductions, noms, units
from rules.code import DEMANDEUR, Bool, Code, Valeur
from rules.formula import Ecrit, Faute
from rules.model import ADULTE, ENFANT
from rules.ouvrage import Muette, Ouvrage, Partie
from rules.sources import DroitEcrit, Sources

# Why a verdict is « possible » though no fact is missing, or « peu probable » whatever the facts.
NORMAL, HORS_CHAMP, PLAFONNE, PAS_EN_VIGUEUR, SANS_BAREME = range(5)


def compile_all(sources: Sources) -> Ouvrage:
    """Everything that was read, compiled as far as it can be; the faults are in `problems`."""
    ouvrage = Ouvrage(sources)
    for droit in sources.droits:
        with contextlib.suppress(Muette):
            partie_du_droit(ouvrage, droit)
            _autour(ouvrage, droit)
    ouvrage.utiles = set(ouvrage.appeles)
    _orphelins(ouvrage)
    return ouvrage


def _orphelins(ouvrage: Ouvrage) -> None:
    """Compile what no right calls, for its faults."""
    for nom, calcul in ouvrage.sources.calculs.items():
        if nom not in ouvrage.utiles:
            qui = {"foyer": None, ADULTE: DEMANDEUR, ENFANT: ENFANT}[calcul.pour]
            inside = Code(ouvrage, qui=DEMANDEUR if calcul.pour == ADULTE else None, enfant=calcul.pour == ENFANT)
            with contextlib.suppress(Muette):
                noms.calcul(inside, nom, qui, calcul.where)
    for nom, ecrit in ouvrage.sources.faits.items():
        if nom not in ouvrage.utiles and ecrit.derive:
            with contextlib.suppress(Muette):
                deductions.fait(Code(ouvrage), nom, ecrit.where)


def verdict(code: Code, droit: str, where: Where) -> Bool:
    """The verdict of another right, as a condition."""
    if droit not in code.ouvrage.sources.droits:
        noms.declared(code, droit)
        advice = suggestion(droit, code.ouvrage.sources.droits, "Écrivez son identifiant, avec _ à la place de -.")
        raise Faute(where, f"il n’y a pas de droit « {droit} ». {advice}")
    partie = partie_du_droit(code.ouvrage, droit, where)
    key = ("droit", droit)
    code.baremes |= partie.baremes
    code.faits |= partie.faits
    if (known := code.known(key)) is not None:
        return known
    t, k = code.fresh("t"), code.fresh("k")
    code.line(f"{t},{k},_=m[{partie.place}] or {partie.fonction}(m)")
    return code.keep(key, Bool(t, k))


def partie_du_droit(ouvrage: Ouvrage, droit: str, where: Where = ()) -> Partie:
    ecrit = ouvrage.sources.droits[droit]
    return ouvrage.partie(("droit", droit), ecrit.document, where, lambda code: _droit(code, ecrit))


def _droit(code: Code, ecrit: DroitEcrit) -> Valeur:
    flag = code.let(str(NORMAL), "d")
    with code.supposing({}):
        result = code.condition(_list_of(ecrit.conditions))
    t, k = code.let(result.t, "t"), code.let(f"{result.k} if {result.t}==1 else 0", "k")
    for other in ecrit.droit.suit:
        with code.block(f"if {t}!=2:"):
            had = verdict(code, other, ("suit",))
            code.line(f"if {had.t}==2: {t}=2;{k}=0")
            code.line(f"elif {had.t}==1: {t}=1;{k}|={had.k}")
    for other in code.ouvrage.exclus.get(ecrit.droit.id, ()):
        with code.block(f"if {t}:"):
            had = verdict(code, other, ())
            code.line(f"if {had.t}==2: {t}=0;{k}=0")
            code.line(f"elif {had.t}==1: {t}=1;{k}|={had.k}")
    # A case that is not computed takes away the certainty of a yes; a refusal stays one.
    for condition, _ in ecrit.hors_champ:
        with code.block(f"if {t}:"):
            value = code.condition(condition)
            with code.block(f"if {value.t}==2:"):
                code.line(f"{flag}={HORS_CHAMP}")
                code.line(f"if {t}==2: {t}=1;{k}=0")
            with code.block(f"elif {value.t}==1:"):
                code.line(f"{k}|={value.k};{t}=1")
    if ecrit.droit.au_plus:
        code.line(f"if {t}==2: {t}=1;{k}=0;{flag}={PLAFONNE}")
    return Bool(f"{t},{k}", flag)


def _autour(ouvrage: Ouvrage, droit: str) -> None:
    """Compile what a right says beside its conditions: its amount, its variants, its documents."""
    ecrit = ouvrage.sources.droits[droit]
    beside: list[tuple[Any, Ecrit, str | None]] = [
        *((("variante", droit, index), each, None) for index, (_, each) in enumerate(ecrit.variantes)),
        *((("pieces", droit, index), each, None) for index, (each, _) in enumerate(ecrit.pieces_si)),
    ]
    if ecrit.montant:
        beside.append((("montant", droit), ecrit.montant[0], ecrit.montant[1]))
    for key, formula, unite in beside:

        def write(code: Code, formula: Ecrit = formula, unite: str | None = unite) -> Valeur:
            if unite is None:
                return code.condition(formula)
            value = code.number(formula)
            if value.unite != units.parse(unite) and not value.nul:
                raise Faute(
                    ("montant", "unite"),
                    f"le montant est écrit en {units.said(units.parse(unite))}, la formule donne "
                    f"{units.said(value.unite)}. Corrigez l’une ou l’autre.",
                )
            return value

        try:
            ouvrage.partie(key, ecrit.document, (), write)
        except Muette:
            continue


def _list_of(ecrit: Ecrit) -> Ecrit:
    """A single condition with dates is a list of one: dates are the business of lists."""
    return ecrit if not ecrit.meta else Ecrit("toutes", (ecrit,), where=ecrit.where, texte=ecrit.texte)
