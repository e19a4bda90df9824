"""How do all the facts, calculs, barèmes and rights become one program, where each part is worked out once and only if needed?

An `Ouvrage` writes the code, part by part, following the names that formulas call; a `Programme` holds the result. While a
household is judged its values live in one list (`m`): each part has its place in it, empty until somebody asks for it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from directory.datafile import Document, Problem, Where, suggestion
from rules import runtime, units
from rules.code import (
    CONJOINT,
    DEMANDEUR,
    Bool,
    Code,
    Num,
    Plusieurs,
    Un,
    Valeur,
    kind_of,
    shown,
    unknown_name,
)
from rules.formula import Ecrit, Faute
from rules.model import ADULTE, ENFANT, Bareme, Droit, Fait
from rules.valeurs import converter

COUPLE, ENFANTS, AGE, NAISSANCE = "couple", "enfants", "age", "naissance"
AGE_ENFANT_MAX = 30
JOUR_MIN, JOUR_MAX = date(1900, 1, 1).toordinal(), date(2100, 1, 1).toordinal()

# Why a verdict is « possible » though no fact is missing, or « peu probable » whatever the facts.
NORMAL, HORS_CHAMP, PLAFONNE, PAS_EN_VIGUEUR, SANS_BAREME = range(5)


@dataclass(slots=True)
class Cas:
    """A case of `derive`: when it holds, this is the value."""

    si: Ecrit
    valeur: Any
    where: Where


@dataclass(slots=True)
class FaitEcrit:
    fait: Fait
    document: Document
    where: Where
    derive: tuple[Cas, ...] = ()


@dataclass(slots=True)
class CalculEcrit:
    id: str
    pour: str
    nom: str | None
    unite: units.Unite | None
    formules: tuple[tuple[date | None, Ecrit], ...]
    document: Document
    where: Where


@dataclass(slots=True)
class BaremeEcrit:
    bareme: Bareme
    document: Document
    where: Where


@dataclass(slots=True)
class DroitEcrit:
    droit: Droit
    document: Document
    conditions: Ecrit
    hors_champ: tuple[tuple[Ecrit, str], ...] = ()
    montant: tuple[Ecrit, str, str | None] | None = None
    variantes: tuple[tuple[str, Ecrit], ...] = ()
    pieces_si: tuple[tuple[Ecrit, tuple[str, ...]], ...] = ()


@dataclass(slots=True)
class Sources:
    """Everything that was read, before it is compiled."""

    faits: dict[str, FaitEcrit] = field(default_factory=dict)
    champs: dict[str, FaitEcrit] = field(default_factory=dict)
    calculs: dict[str, CalculEcrit] = field(default_factory=dict)
    baremes: dict[str, BaremeEcrit] = field(default_factory=dict)
    droits: dict[str, DroitEcrit] = field(default_factory=dict)
    # Every id that is written somewhere, its block right or wrong: what calls it is not one more fault.
    declares: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Partie:
    """A compiled part: its place in the list of values, its function, what its value is, what it rests on."""

    place: int
    fonction: str
    valeur: Valeur | None
    baremes: frozenset[str] = frozenset()
    faits: frozenset[str] = frozenset()


# The parts of a right: its conditions, and what it says beside.
_AUTOUR = ("droit", "montant", "variante", "pieces")


class Muette(Exception):
    """A part cannot be compiled because of another whose fault is already told."""


class Ouvrage:
    """Writes the code of everything in `sources`; `problems` gathers the faults."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.problems: list[Problem] = []
        self.lines: list[str] = []
        self.places: dict[Any, int] = {"on": 0, "enfants": 1, "generique": 2}
        self.places_enfant: dict[Any, int] = {"age": 0, "naissance": 1}
        self.parties: dict[Any, Partie | None] = {}
        self.stack: list[Any] = []
        self.documents: list[Document] = []
        self.appeles: set[Any] = set()
        self._utiles: set[str] = set()
        self.exclus: dict[str, list[str]] = {}
        self.bits: dict[str, int] = {}
        for each in sources.faits.values():
            self._bit(each.fait.id)
        for each in sources.champs.values():
            self._bit(f"enfant.{each.fait.id}")
        for each in sources.droits.values():
            for other in each.droit.exclut:
                self.exclus.setdefault(other, []).append(each.droit.id)
        enfants = sources.faits.get(ENFANTS)
        self.most_children = int(enfants.fait.max or 12) if enfants else 0
        self.count = 0

    def _bit(self, fait: str) -> int:
        return self.bits.setdefault(fait, 1 << len(self.bits))

    def place(self, key: Any, enfant: bool = False) -> int:
        places = self.places_enfant if enfant else self.places
        return places.setdefault(key, len(places))

    def fresh(self, prefix: str) -> str:
        self.count += 1
        return f"{prefix}_{self.count}"

    # Parts

    def partie(
        self, key: Any, document: Document, where: Where, write: Callable[[Code], Valeur], **context: Any
    ) -> Partie:
        """The compiled part of a key, written now if it was not yet. Raises Muette when it has a fault."""
        if key in self.stack:
            round_trip = [*self.stack[self.stack.index(key) :], key]
            names = " → ".join(_label(each) for each in round_trip)
            raise Faute(where, f"ces règles s’appellent en rond : {names}. Enlevez un des appels.")
        if key not in self.parties:
            code = Code(self, **context)
            self.stack.append(key)
            self.documents.append(document)
            try:
                value = write(code)
                self.parties[key] = self._finish(key, code, value)
            except Faute as fault:
                self.parties[key] = None
                self.problems.append(document.problem(fault.where or where, fault.message))
            except Muette:
                self.parties[key] = None
            finally:
                self.stack.pop()
                self.documents.pop()
        found = self.parties[key]
        if found is None:
            raise Muette
        return found

    def tell(self, where: Where, message: str) -> None:
        """A fault of the part being written, which does not keep it from being written."""
        if self.documents:
            self.problems.append(self.documents[-1].problem(where, message))

    def _finish(self, key: Any, code: Code, value: Valeur) -> Partie:
        place = self.place(key, code.enfant)
        name = self.fresh("f")
        memory = "e" if code.enfant else "m"
        code.line(f"{memory}[{place}]=r={_tuple(value)}")
        code.line("return r")
        self.lines += [f"def {name}({code.args}):", *code.lines]
        return Partie(place, name, value, frozenset(code.baremes), frozenset(code.faits))

    def read(self, code: Code, key: Any, partie: Partie, enfant: bool = False) -> Valeur:
        """The code that reads a part, and works it out first if nobody did."""
        code.baremes |= partie.baremes
        code.faits |= partie.faits
        if (known := code.known(key)) is not None:
            return known
        memory, args = ("e", "m,e") if enfant else ("m", "m")
        # A value is a tuple, never empty: what is not worked out yet is None.
        found = f"{memory}[{partie.place}] or {partie.fonction}({args})"
        return code.keep(key, _unpack(code, found, partie.valeur))

    # Names

    def nom(self, code: Code, ecrit: Ecrit) -> Valeur:
        """The value of a name, as it may be called at this place."""
        nom = str(ecrit.valeur)
        owner, _, inner = nom.rpartition(".")
        if owner == "enfant":
            if not code.enfant:
                raise Faute(
                    ecrit.where, f"« {nom} » hors d’une liste d’enfants. Écrivez par exemple un_enfant({nom} …)."
                )
            return self._enfant(code, inner, ecrit)
        if owner in ("adulte", DEMANDEUR, CONJOINT):
            if owner == "adulte" and code.qui is None:
                raise Faute(
                    ecrit.where, f"« {nom} » hors d’une somme d’adultes. Écrivez par exemple somme_adultes({nom})."
                )
            return self._adulte(code, inner, code.qui if owner == "adulte" else owner, ecrit)
        if owner:
            raise Faute(ecrit.where, f"« {owner} » n’est pas connu. Écrivez adulte, enfant, demandeur ou conjoint.")
        return self._foyer(code, nom, ecrit)

    def _foyer(self, code: Code, nom: str, ecrit: Ecrit) -> Valeur:
        if nom in self.sources.faits:
            return self.fait(code, nom, ecrit.where)
        if nom in self.sources.calculs:
            calcul = self.sources.calculs[nom]
            if calcul.pour != "foyer":
                advice = "somme_adultes(adulte." if calcul.pour == ADULTE else "somme_enfants(enfant."
                raise Faute(ecrit.where, f"« {nom} » est calculé pour chaque {calcul.pour}. Écrivez {advice}{nom}).")
            return self.calcul(code, nom, None, ecrit.where)
        if nom in self.sources.baremes:
            return self._bareme(code, nom, ecrit)
        if nom == "aujourd_hui":
            return Num("m[0]", "m[0]", "0", units.JOUR_CALENDRIER, JOUR_MIN, JOUR_MAX)
        if nom in self.sources.champs:
            raise Faute(
                ecrit.where, f"« {nom} » est un fait de chaque enfant. Écrivez enfant.{nom}, dans une liste d’enfants."
            )
        self._declared(nom)
        raise Faute(ecrit.where, unknown_name(nom, self._names()))

    def _declared(self, nom: str) -> None:
        """Nothing more is said of what is written somewhere, with a fault of its own."""
        if nom in self.sources.declares:
            raise Muette

    def _names(self) -> list[str]:
        sources = self.sources
        return [*sources.faits, *sources.calculs, *sources.baremes]

    def _adulte(self, code: Code, nom: str, qui: str, ecrit: Ecrit) -> Valeur:
        ecrit_fait = self.sources.faits.get(nom)
        if ecrit_fait is not None and ecrit_fait.fait.de == ADULTE:
            return self.fait(code, nom if qui == DEMANDEUR else f"conjoint_{nom}", ecrit.where)
        calcul = self.sources.calculs.get(nom)
        if calcul is not None and calcul.pour == ADULTE:
            return self.calcul(code, nom, qui, ecrit.where)
        if ecrit_fait is not None or calcul is not None or nom in self.sources.baremes:
            raise Faute(
                ecrit.where, f"« {nom} » n’est pas un fait de chaque adulte. Écrivez « {nom} » seul, ou « de: adulte »."
            )
        known = [
            fait.fait.id for fait in self.sources.faits.values() if fait.fait.de == ADULTE and not fait.fait.conjoint
        ]
        known += [calcul.id for calcul in self.sources.calculs.values() if calcul.pour == ADULTE]
        self._declared(nom)
        raise Faute(ecrit.where, unknown_name(nom, known))

    def _enfant(self, code: Code, nom: str, ecrit: Ecrit) -> Valeur:
        if nom == AGE:
            code.faits.add(ENFANTS)
            self.appeles.add(ENFANTS)
            key = ("enfant", AGE)
            if (known := code.known(key)) is not None:
                return known
            return code.keep(key, _unpack(code, "e[0]", Num("", "", "", units.parse("ans"), 0, AGE_ENFANT_MAX)))
        champ = self.sources.champs.get(nom)
        if champ is not None:
            return self._champ(code, champ)
        calcul = self.sources.calculs.get(nom)
        if calcul is not None and calcul.pour == ENFANT:
            return self.calcul(code, nom, ENFANT, ecrit.where)
        if calcul is not None or nom in self.sources.faits or nom in self.sources.baremes:
            raise Faute(ecrit.where, f"« {nom} » n’est pas un fait de chaque enfant. Écrivez « {nom} » seul.")
        known = [AGE, *self.sources.champs, *(each.id for each in self.sources.calculs.values() if each.pour == ENFANT)]
        self._declared(nom)
        raise Faute(ecrit.where, unknown_name(nom, known))

    def calcul(self, code: Code, nom: str, qui: str | None, where: Where) -> Valeur:
        calcul = self.sources.calculs[nom]
        self.appeles.add(nom)
        key = ("calcul", nom, qui)

        def write(inside: Code) -> Valeur:
            value = self._formules(inside, calcul)
            if calcul.unite is not None and isinstance(value, Num) and not value.nul and value.unite != calcul.unite:
                raise Faute(
                    (*calcul.where, "unite"),
                    f"l’unité écrite est {units.said(calcul.unite)}, la formule donne {units.said(value.unite)}. "
                    "Corrigez l’une ou l’autre.",
                )
            if isinstance(value, Un | Plusieurs):
                raise Faute(calcul.where, f"un calcul donne un nombre ou un oui/non, pas {kind_of(value)}.")
            return value

        enfant = qui == ENFANT
        partie = self.partie(key, calcul.document, where, write, qui=qui if not enfant else None, enfant=enfant)
        return self.read(code, key, partie, enfant)

    def _formules(self, code: Code, calcul: CalculEcrit) -> Valeur:
        """The formula in force on the day; before the first one there is none, and rights may not ask."""
        newest_first = sorted(calcul.formules, key=lambda pair: pair[0] or date.min, reverse=True)
        if len(newest_first) == 1:
            ecrit = newest_first[0][1]
            with code.supposing({} if ecrit.mot in _LISTES else None):
                return code.value(ecrit)
        low, high, k = code.let("0", "l"), code.let("0", "h"), code.let("0", "k")
        values = []
        for index, (since, ecrit) in enumerate(newest_first):
            last = index == len(newest_first) - 1
            header = "else:" if last else f"{'el' if index else ''}if m[0]>={since.toordinal()}:"
            with code.block(header):
                value = code.value(ecrit)
                values.append(value)
                if isinstance(value, Bool):
                    code.line(f"{low}={value.t};{k}={value.k}")
                elif isinstance(value, Num):
                    code.put(value, low, high, k)
        if isinstance(values[0], Bool):
            return Bool(low, k)
        unite = code.same_unit(newest_first[0][1], values, "mettre ensemble")
        return Num(low, high, k, unite, min(each.bas for each in values), max(each.haut for each in values))

    def _bareme(self, code: Code, nom: str, ecrit: Ecrit) -> Num:
        bareme = self.sources.baremes[nom].bareme
        self.appeles.add(nom)
        code.baremes.add(nom)
        if bareme.forme != "valeur":
            what = {"par_taille": "une table par taille", "grille": "une grille", "tranches": "un barème à tranches"}
            raise Faute(ecrit.where, f"« {nom} » est {what[bareme.forme]}. Écrivez {nom}(…), avec la valeur cherchée.")
        key = ("bareme", nom)
        if (known := code.known(key)) is not None:
            return known
        values = [float(each.valeur) for each in bareme.valeurs]
        name = code.let(f"m[{self.place(key)}]", "b")
        return code.keep(key, Num(name, name, "0", units.parse(bareme.unite), min(values), max(values)))

    def appel(self, code: Code, ecrit: Ecrit, words: dict[str, Any]) -> Num:
        """`nom_de_bareme(x)`: a table, a grid or slices looked up; anything else is a word that is not known."""
        nom = ecrit.mot
        if nom not in self.sources.baremes:
            self._declared(nom)
            accepted = [word for word in words if word.isidentifier()]
            advice = suggestion(nom, [*accepted, *self.sources.baremes], "Les mots sont dans docs/regles.md.")
            raise Faute(ecrit.where, f"« {nom} » n’est pas un mot des règles, ni un barème. {advice}")
        bareme = self.sources.baremes[nom].bareme
        self.appeles.add(nom)
        code.baremes.add(nom)
        if bareme.forme == "valeur":
            raise Faute(ecrit.where, f"« {nom} » est une seule valeur. Écrivez-le sans parenthèses.")
        code.arity(ecrit, 1, 1)
        x = code.number(ecrit.args[0])
        wanted = units.parse(bareme.argument)
        if x.unite != wanted and not x.nul:
            raise Faute(
                ecrit.where,
                f"« {nom} » se lit avec {units.said(wanted)}, « {shown(ecrit.args[0])} » est {units.said(x.unite)}. "
                "Corrigez la formule, ou « argument: » du barème.",
            )
        place = f"m[{self.place(('bareme', nom))}]"
        numbers = _numbers(bareme)
        low, high = code.fresh("l"), code.fresh("h")
        if bareme.forme == "tranches":
            code.line(f"{low}=by_slice({place},{x.l});{high}={low if x.point else f'by_slice({place},{x.h})'}")
            bounds, unite = (0.0, max(x.haut * max(numbers), 0)), x.unite
        else:
            code.line(f"{low},{high}={'by_size' if bareme.forme == 'par_taille' else 'by_box'}({place},{x.l},{x.h})")
            more = max((each.valeur[2] for each in bareme.valeurs), default=0) if bareme.forme == "par_taille" else 0
            bounds, unite = (min(numbers), max(numbers) + more * max(x.haut, 0)), units.parse(bareme.unite)
        k = "0" if x.k == "0" else code.let(f"{x.k} if {low}!={high} else 0", "k")
        if x.point:
            return Num(low, low, "0", unite, *bounds)
        return Num(low, high, k, unite, *bounds)

    # Facts

    def fait(self, code: Code, nom: str, where: Where) -> Valeur:
        """A fact of the household, of the applicant or of the spouse."""
        ecrit = self.sources.faits[nom]
        self.appeles.add(nom)
        if ecrit.fait.type == ENFANTS:
            raise Faute(where, "« enfants » est une liste. Écrivez nombre_enfants(), un_enfant(…) ou somme_enfants(…).")
        code.faits.add(nom)
        if not ecrit.derive and not ecrit.fait.conjoint:
            key = ("fait", nom)
            if (known := code.known(key)) is not None:
                return known
            return code.keep(key, _unpack(code, f"m[{self.place(key)}]", _shape(ecrit.fait)))
        key = ("effectif", nom)
        partie = self.partie(
            key,
            ecrit.document,
            where,
            lambda inside: self._derive(inside, ecrit, f"m[{self.place(('fait', nom))}]"),
            qui=(CONJOINT if ecrit.fait.conjoint else DEMANDEUR) if ecrit.fait.de == ADULTE else None,
        )
        return self.read(code, key, partie)

    def _champ(self, code: Code, ecrit: FaitEcrit) -> Valeur:
        nom = ecrit.fait.id
        self.appeles.add(f"enfant.{nom}")
        code.faits |= {f"enfant.{nom}", ENFANTS}
        key = ("fait", nom)
        raw = f"e[{self.place(key, enfant=True)}]"
        if not ecrit.derive:
            if (known := code.known(("champ", nom))) is not None:
                return known
            return code.keep(("champ", nom), _unpack(code, raw, _shape(ecrit.fait)))
        key = ("champ effectif", nom)
        partie = self.partie(
            key, ecrit.document, ecrit.where, lambda inside: self._derive(inside, ecrit, raw), enfant=True
        )
        return self.read(code, key, partie, enfant=True)

    def _derive(self, code: Code, ecrit: FaitEcrit, raw: str) -> Valeur:
        """What is said; else what other facts make of it, for sure or perhaps. A fact of nobody is nothing, whatever is said."""
        fait = ecrit.fait
        shape = _shape(fait)
        said = code.let(raw, "r")
        one, two, k = code.fresh("l"), code.fresh("h"), code.let("0", "k")
        number = isinstance(shape, Num | Bool)
        code.line(f"{one}=1e300;{two}=-1e300" if number else f"{one}=-1;{two}=0")
        unsaid = f"{said}[{2 if isinstance(shape, Num | Plusieurs) else 1}]"
        here = code.let("1", "g")
        bounds = [shape]
        if fait.conjoint:
            alone = self.couple(code, ecrit.where, alone=True)
            with code.block(f"if {alone.t}==2 or {alone.t} and {unsaid}:"):
                self._hull(code, shape, _nothing(fait), one, two, k)
                code.line(f"if {alone.t}==1: {k}|={alone.k}")
                code.line(f"else: {here}=0")
        if ecrit.derive:
            # What is said wins over what could be made of other facts.
            with code.block(f"if {here} and {unsaid}:"):
                for case in ecrit.derive:
                    with code.block(f"if {here}:"):
                        test = code.condition(case.si)
                        with code.block(f"if {test.t}:"):
                            value = self._value(code, fait, case)
                            bounds.append(value)
                            self._hull(code, shape, value, one, two, k)
                            code.line(f"if {test.t}==1: {k}|={test.k}")
                            code.line(f"else: {here}=0")
        with code.block(f"if {here}:"):
            self._hull(code, shape, _unpack(code, said, shape), one, two, k)
        if isinstance(shape, Bool):
            return Bool(code.let(f"{one} if {one}=={two} else 1", "t"), code.let(f"0 if {one}=={two} else {k}", "k"))
        if isinstance(shape, Un):
            return Un(two, code.let(f"{k} if {two}&({two}-1) else 0", "k"), fait)
        k = code.let(f"{k} if {one}!={two} else 0", "k")
        if isinstance(shape, Plusieurs):
            return Plusieurs(one, two, k, fait)
        bas, haut = min(each.bas for each in bounds), max(each.haut for each in bounds)
        return Num(one, two, k, shape.unite, min(bas, 0) if fait.conjoint else bas, haut)

    def _hull(self, code: Code, shape: Valeur, value: Valeur, one: str, two: str, k: str) -> None:
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

    def _value(self, code: Code, fait: Fait, case: Cas) -> Valeur:
        shape = _shape(fait)
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

    def couple(self, code: Code, where: Where, alone: bool = False) -> Bool:
        """Is there a spouse? With `alone`, is there none?"""
        if COUPLE not in self.sources.faits:
            raise Faute(where, "il n’y a pas de fait « couple ». Ajoutez-le dans rules/data/faits (type: oui_non).")
        value = self.fait(code, COUPLE, where)
        return Bool(code.let(f"2-{value.t}", "t"), value.k) if alone else value

    def birth(self, code: Code, who: str, where: Where) -> str:
        """The local that holds the possible days of birth of an adult."""
        prefix = "conjoint_" if who == CONJOINT else ""
        if AGE not in self.sources.faits:
            raise Faute(
                where, "il n’y a pas de fait « age ». Ajoutez-le dans rules/data/faits (type: age, de: adulte)."
            )
        age = self.fait(code, f"{prefix}{AGE}", where)
        name = code.let(f"birth_of(({age.l},{age.h},{age.k}),m[0])")
        if f"{prefix}{NAISSANCE}" in self.sources.faits:
            known = f"m[{self.place(('fait', f'{prefix}{NAISSANCE}'))}]"
            code.line(f"if {known}[2]==0: {name}={known}")
        return name

    def child_function(self, code: Code, ecrit: Ecrit) -> tuple[str, Valeur]:
        """A function of one child for an expression, and what it gives."""
        if ENFANTS not in self.sources.faits:
            raise Faute(
                ecrit.where, "il n’y a pas de fait « enfants ». Ajoutez-le dans rules/data/faits (type: enfants)."
            )
        inside = Code(self, qui=code.qui, enfant=True)
        value = inside.value(ecrit)
        name = self.fresh("c")
        inside.line(f"return {_tuple(value)}")
        self.lines += [f"def {name}(m,e):", *inside.lines]
        code.baremes |= inside.baremes
        code.faits |= inside.faits | {ENFANTS}
        self.appeles.add(ENFANTS)
        return name, value

    # Rights

    def verdict(self, code: Code, droit: str, where: Where) -> Bool:
        """The verdict of another right, as a condition."""
        if droit not in self.sources.droits:
            self._declared(droit)
            advice = suggestion(droit, self.sources.droits, "Écrivez son identifiant, avec _ à la place de -.")
            raise Faute(where, f"il n’y a pas de droit « {droit} ». {advice}")
        partie = self.droit(droit, where)
        key = ("droit", droit)
        code.baremes |= partie.baremes
        code.faits |= partie.faits
        if (known := code.known(key)) is not None:
            return known
        t, k = code.fresh("t"), code.fresh("k")
        code.line(f"{t},{k},_=m[{partie.place}] or {partie.fonction}(m)")
        return code.keep(key, Bool(t, k))

    def droit(self, droit: str, where: Where = ()) -> Partie:
        ecrit = self.sources.droits[droit]
        return self.partie(("droit", droit), ecrit.document, where, lambda code: self._droit(code, ecrit))

    def _droit(self, code: Code, ecrit: DroitEcrit) -> Valeur:
        flag = code.let(str(NORMAL), "d")
        with code.supposing({}):
            result = code.condition(_list_of(ecrit.conditions))
        t, k = code.let(result.t, "t"), code.let(f"{result.k} if {result.t}==1 else 0", "k")
        for other in ecrit.droit.suit:
            with code.block(f"if {t}!=2:"):
                had = self.verdict(code, other, ("suit",))
                code.line(f"if {had.t}==2: {t}=2;{k}=0")
                code.line(f"elif {had.t}==1: {t}=1;{k}|={had.k}")
        for other in self.exclus.get(ecrit.droit.id, ()):
            with code.block(f"if {t}:"):
                had = self.verdict(code, other, ())
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

    def complet(self, droit: str) -> bool:
        """Is a right compiled, with all it says beside its conditions?"""
        return all(partie for key, partie in self.parties.items() if key[0] in _AUTOUR and key[1] == droit) and (
            ("droit", droit) in self.parties
        )

    def utiles(self) -> set[str]:
        """The names of the facts, calculs and barèmes that rights call."""
        return self._utiles

    def orphelins(self) -> None:
        """Compile what no right calls, for its faults."""
        self._utiles = set(self.appeles)
        for nom, calcul in self.sources.calculs.items():
            if nom not in self.appeles:
                qui = {"foyer": None, ADULTE: DEMANDEUR, ENFANT: ENFANT}[calcul.pour]
                inside = Code(self, qui=DEMANDEUR if calcul.pour == ADULTE else None, enfant=calcul.pour == ENFANT)
                with contextlib.suppress(Muette):
                    self.calcul(inside, nom, qui, calcul.where)
        for nom, ecrit in self.sources.faits.items():
            if nom not in self.appeles and ecrit.derive:
                with contextlib.suppress(Muette):
                    self.fait(Code(self), nom, ecrit.where)

    def autour(self, droit: str) -> None:
        """Compile what a right says beside its conditions: its amount, its variants, its documents."""
        ecrit = self.sources.droits[droit]
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
                self.partie(key, ecrit.document, (), write)
            except Muette:
                continue

    def expression(self, ecrit: Ecrit) -> tuple[str, Valeur]:
        """A function of the household for a single expression, to explain it; its code is added to `lines`."""
        code = Code(self)
        value = code.value(ecrit)
        name = self.fresh("x")
        code.line(f"return {_tuple(value)}")
        self.lines += [f"def {name}(m):", *code.lines]
        return name, value


_LISTES = ("toutes", "une_de")


def _list_of(ecrit: Ecrit) -> Ecrit:
    """A single condition with dates is a list of one: dates are the business of lists."""
    return ecrit if not ecrit.meta else Ecrit("toutes", (ecrit,), where=ecrit.where, texte=ecrit.texte)


def _label(key: Any) -> str:
    return str(key[1]) if isinstance(key, tuple) else str(key)


def _tuple(value: Valeur) -> str:
    if isinstance(value, Num):
        return f"({value.l},{value.h},{value.k})"
    if isinstance(value, Bool):
        return f"({value.t},{value.k})"
    if isinstance(value, Un):
        return f"({value.m},{value.k})"
    return f"({value.s},{value.p},{value.k})"


def _unpack(code: Code, name: str, shape: Valeur) -> Valeur:
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


def _shape(fait: Fait) -> Valeur:
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


def _nothing(fait: Fait) -> Valeur:
    """The value of a fact about nobody: 0, no, none of the choices."""
    shape = _shape(fait)
    if isinstance(shape, Num):
        return Num("0.0", "0.0", "0", shape.unite, 0, 0)
    if isinstance(shape, Bool):
        return Bool("0", "0")
    if isinstance(shape, Un):
        return Un(str(fait.tous + 1), "0", fait)
    return Plusieurs("0", "0", "0", fait)


def _numbers(bareme: Bareme) -> list[float]:
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


class Programme:
    """The compiled rules: functions, places of the values, bits of the facts."""

    def __init__(self, ouvrage: Ouvrage) -> None:
        self.ouvrage = ouvrage
        self.noms: dict[str, Any] = dict(runtime.NAMES)
        self.bits = dict(ouvrage.bits)
        self.ids = list(self.bits)
        self._bases: dict[int, tuple[list, list, list]] = {}
        self._baremes: dict[str, frozenset[str]] = {}
        # What other modules measured on these rules, and keep with them.
        self.gardees: dict[Any, Any] = {}
        self._expressions: dict[int, tuple[Any, Valeur, Ecrit]] = {}
        self._run()
        self.droits = {
            droit: (ouvrage.parties[("droit", droit)].place, self.noms[ouvrage.parties[("droit", droit)].fonction])
            for droit in ouvrage.sources.droits
        }

        self.places = self._converters(ouvrage.places, ouvrage.sources.faits)
        self.places_enfant = self._converters(ouvrage.places_enfant, ouvrage.sources.champs)

    @staticmethod
    def _converters(
        places: dict[Any, int], faits: dict[str, FaitEcrit]
    ) -> dict[str, tuple[int, Callable[[Any], tuple]]]:
        """For each fact that rules read: its place, and what turns its value into what they read."""
        return {key[1]: (place, converter(faits[key[1]].fait)) for key, place in places.items() if key[0] == "fait"}

    def _run(self) -> None:
        """Take in the code written since the last time."""
        exec(compile("\n".join(self.ouvrage.lines), "<rules>", "exec"), self.noms)
        self.ouvrage.lines.clear()

    def baremes_de(self, droit: str) -> frozenset[str]:
        """The barèmes that a right calls, for its conditions and for what it says beside."""
        found = self._baremes.get(droit)
        if found is None:
            parties = (each for key, each in self.ouvrage.parties.items() if key[1] == droit and key[0] in _AUTOUR)
            found = self._baremes[droit] = frozenset().union(*(each.baremes for each in parties if each))
        return found

    def sans_bareme(self, droit: str, on: date) -> bool:
        """Does a barème that the right calls have no value on that day?"""
        baremes = self.ouvrage.sources.baremes
        return any(baremes[nom].bareme.au(on) is None for nom in self.baremes_de(droit))

    def partie(self, m: list, key: Any) -> tuple:
        """The value of a part for a household being judged."""
        partie = self.ouvrage.parties[key]
        return m[partie.place] or self.noms[partie.fonction](m)

    def expression(self, ecrit: Ecrit) -> tuple[Any, Valeur]:
        """The function of an expression, compiled the first time it has to be explained."""
        found = self._expressions.get(id(ecrit))
        if found is None:
            name, value = self.ouvrage.expression(ecrit)
            self._run()
            # The tree is kept so that its identity stays its own.
            found = self._expressions[id(ecrit)] = (self.noms[name], value, ecrit)
        return found[0], found[1]

    def base(self, on: date) -> tuple[list, list, list]:
        """The values of a day before anything is known: of a household, of a child, of a child nobody spoke of."""
        day = on.toordinal()
        found = self._bases.get(day)
        if found is None:
            if len(self._bases) > 64:
                self._bases.clear()
            found = self._bases[day] = self._make_base(on)
        return found

    def _make_base(self, on: date) -> tuple[list, list, list]:
        ouvrage = self.ouvrage
        m: list[Any] = [None] * len(ouvrage.places)
        m[0] = on.toordinal()
        for key, place in ouvrage.places.items():
            if key[0] == "fait":
                m[place] = unknown(ouvrage.sources.faits[key[1]].fait, self.bits[key[1]])
            elif key[0] == "bareme":
                value = ouvrage.sources.baremes[key[1]].bareme.au(on)
                m[place] = value.valeur if value else None
            elif key[0] == "droit" and key[1] in self.droits:
                if not ouvrage.sources.droits[key[1]].droit.en_vigueur(on):
                    m[place] = (0, 0, PAS_EN_VIGUEUR)
                elif self.sans_bareme(key[1], on):
                    m[place] = (1, 0, SANS_BAREME)
        enfants = self.bits.get(ENFANTS, 0)
        child, generic = self._child(on, None), self._child(on, enfants)
        m[1], m[2] = (None, enfants), generic
        return m, child, generic

    def _child(self, on: date, bit: int | None) -> list:
        ouvrage = self.ouvrage
        e: list[Any] = [None] * len(ouvrage.places_enfant)
        missing = self.bits.get(ENFANTS, 0)
        e[0] = (0.0, float(AGE_ENFANT_MAX), missing)
        e[1] = (*runtime.births(0, AGE_ENFANT_MAX, on.toordinal()), missing)
        for key, place in ouvrage.places_enfant.items():
            if key[0] == "fait":
                own = self.bits[f"enfant.{key[1]}"]
                e[place] = unknown(ouvrage.sources.champs[key[1]].fait, own if bit is None else bit)
        return e


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
