"""How does a formula become code that is fast to run? Each word writes a few lines of Python on intervals.

A number is two locals (lowest, highest) and the facts still missing, as bits; a yes/no is 0 (no), 1 (unknown) or 2 (yes) and
those bits; a choice is the set of choices still possible. So an unknown fact is only a wide value, and nothing can be
concluded from part of the facts that the whole would deny. Names in the code are ours: no text of a file is ever run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from directory.datafile import suggestion
from rules import units
from rules.formula import Ecrit, Faute
from rules.model import Fait
from rules.units import Unite

if TYPE_CHECKING:
    from rules.ouvrage import Ouvrage

MARGE_CALCUL = 1e-6

DEMANDEUR, CONJOINT = "demandeur", "conjoint"


@dataclass(slots=True)
class Num:
    """A number: the locals of its bounds and of its missing facts, its unit, and the bounds it can never leave."""

    l: str  # noqa: E741
    h: str
    k: str
    unite: Unite
    bas: float
    haut: float
    nul: bool = False

    @property
    def point(self) -> bool:
        return self.l == self.h


@dataclass(slots=True)
class Bool:
    """A yes/no. `sur` is True or False when nothing can make it otherwise."""

    t: str
    k: str
    sur: bool | None = None


@dataclass(slots=True)
class Un:
    """A choice: the bits of those still possible."""

    m: str
    k: str
    fait: Fait


@dataclass(slots=True)
class Plusieurs:
    """Several choices: the bits that are sure, the bits that may be."""

    s: str
    p: str
    k: str
    fait: Fait


Valeur = Num | Bool | Un | Plusieurs
Mot = Callable[["Code", Ecrit], Valeur]


@dataclass
class Code:
    """A function being written: its lines, and what may be named where it stands."""

    ouvrage: Ouvrage
    qui: str | None = None
    enfant: bool = False
    lines: list[str] = field(default_factory=list)
    depth: int = 1
    counter: int = 0
    scopes: list[dict[Any, Valeur]] = field(default_factory=lambda: [{}])
    baremes: set[str] = field(default_factory=set)
    faits: set[str] = field(default_factory=set)
    # What the conditions read so far leave possible for each name; None where conditions are not those of a rule.
    possible: dict[str, Any] | None = None

    # Writing

    def line(self, text: str) -> None:
        self.lines.append(" " * self.depth + text)

    def fresh(self, prefix: str = "v") -> str:
        self.counter += 1
        return f"{prefix}{self.counter}"

    def let(self, expression: str, prefix: str = "v") -> str:
        """A new local that holds the expression."""
        name = self.fresh(prefix)
        self.line(f"{name}={expression}")
        return name

    @contextmanager
    def block(self, header: str) -> Iterator[None]:
        """An indented block; what is read inside is not known after it."""
        self.line(header)
        self.depth += 1
        self.scopes.append({})
        start = len(self.lines)
        yield
        if len(self.lines) == start:
            self.line("pass")
        self.scopes.pop()
        self.depth -= 1

    def known(self, key: Any) -> Valeur | None:
        for scope in reversed(self.scopes):
            if key in scope:
                return scope[key]
        return None

    def keep(self, key: Any, value: Valeur) -> Valeur:
        self.scopes[-1][key] = value
        return value

    @property
    def args(self) -> str:
        return "m,e" if self.enfant else "m"

    def union(self, *masks: str) -> str:
        """The bits of several values together, as an expression."""
        real = list(dict.fromkeys(mask for mask in masks if mask != "0"))
        return "|".join(real) if real else "0"

    # Reading what is written

    def value(self, ecrit: Ecrit) -> Valeur:
        """The value of any word. Raises Faute."""
        from rules.noms import appel
        from rules.words import WORDS

        word = WORDS.get(ecrit.mot)
        if word is None:
            return appel(self, ecrit, WORDS)
        return word(self, ecrit)

    def number(self, ecrit: Ecrit) -> Num:
        value = self.value(ecrit)
        if isinstance(value, Num):
            return value
        raise Faute(ecrit.where, f"« {shown(ecrit)} » est {kind_of(value)} : il faut un nombre ici. {advice_of(value)}")

    def condition(self, ecrit: Ecrit) -> Bool:
        value = self.value(ecrit)
        if isinstance(value, Bool):
            return value
        raise Faute(
            ecrit.where, f"« {shown(ecrit)} » est {kind_of(value)} : il faut une condition ici. {advice_of(value)}"
        )

    def same_unit(self, ecrit: Ecrit, values: list[Num], what: str) -> Unite:
        """The one unit of values that are added or compared; a plain 0 fits any."""
        unit: Unite | None = None
        for value in values:
            if value.nul:
                continue
            if unit is None:
                unit = value.unite
            elif unit != value.unite:
                raise Faute(
                    ecrit.where,
                    f"on ne peut pas {what} {units.said(unit)} et {units.said(value.unite)} dans « {ecrit.texte.strip()} ». "
                    f"{_literal(ecrit, unit, value.unite) or conversion(unit, value.unite)}",
                )
        return unit or units.SANS

    def arity(self, ecrit: Ecrit, low: int, high: int | None = None) -> None:
        """Check how many values follow a word."""
        count = len(ecrit.args)
        if count < low or (high is not None and count > high):
            wanted = f"{low}" if high == low else f"au moins {low}" if high is None else f"de {low} à {high}"
            raise Faute(ecrit.where, f"« {ecrit.mot} » veut {wanted} valeur(s), il y en a {count}. Corrigez la liste.")

    # What contradicts

    @contextmanager
    def supposing(self, possible: dict[str, Any] | None) -> Iterator[None]:
        """Read conditions that hold beside others: `possible` is what those leave, None not to look."""
        before, self.possible = self.possible, possible
        yield
        self.possible = before

    def never_or_always(self, ecrit: Ecrit, sure: bool | None) -> None:
        """Tell a condition that nothing can make otherwise."""
        if self.possible is not None and sure is not None:
            what = "est toujours vraie : elle ne sert à rien. Enlevez-la" if sure else "n’est jamais vraie. Corrigez-la"
            self.ouvrage.tell(ecrit.where, f"« {shown(ecrit)} » {what}, ou corrigez les bornes du fait.")

    def leave_between(self, ecrit: Ecrit, nom: str, low: float, high: float) -> None:
        """A name is now between two bounds; told when the conditions above had left nothing there."""
        if self.possible is None:
            return
        other, least, most = self.possible.get(nom, (None, float("-inf"), float("inf")))
        if other is not None and max(least, low) > min(most, high):
            self._contradiction(ecrit, other)
            return
        self.possible[nom] = (ecrit, max(least, low), min(most, high))

    def leave_among(self, ecrit: Ecrit, nom: str, mask: int) -> None:
        """A name now has one of these choices; told when the conditions above had left none of them."""
        if self.possible is None:
            return
        other, left = self.possible.get(nom, (None, -1))
        if other is not None and not left & mask:
            self._contradiction(ecrit, other)
            return
        self.possible[nom] = (ecrit, left & mask)

    def _contradiction(self, ecrit: Ecrit, other: Ecrit) -> None:
        message = f"« {shown(ecrit)} » contredit « {shown(other)} » : les deux ne sont jamais vraies ensemble."
        self.ouvrage.tell(ecrit.where, f"{message} Mettez-les dans « une_de », ou enlevez l’une des deux.")

    # Storing

    def put(self, value: Num, l: str, h: str, k: str) -> None:  # noqa: E741
        """Give a number to locals that exist already."""
        self.line(f"{l}={value.l};{h}={value.h};{k}={value.k}")


def shown(ecrit: Ecrit) -> str:
    if ecrit.mot == "nom":
        return str(ecrit.valeur)
    return " ".join(ecrit.texte.split())


def kind_of(value: Valeur) -> str:
    if isinstance(value, Num):
        return f"un nombre ({units.said(value.unite)})" if value.unite else "un nombre"
    return {Bool: "un oui ou non", Un: "un choix", Plusieurs: "une liste de choix"}[type(value)]


def advice_of(value: Valeur) -> str:
    if isinstance(value, Num):
        return "Comparez-le : « … >= 1 »."
    if isinstance(value, Bool):
        return "Écrivez « nombre(…) » pour compter 1 ou 0, ou « si(…, a, b) »."
    if isinstance(value, Un):
        return f"Écrivez « {value.fait.base or value.fait.id} est {value.fait.choix[0].id} »."
    return f"Écrivez « {value.fait.base or value.fait.id} contient {value.fait.choix[0].id} »."


def _literal(ecrit: Ecrit, one: Unite, other: Unite) -> str | None:
    """A number written without its unit: the number with it."""
    bare = next((arg for arg in ecrit.args if arg.mot == "nombre" and not arg.args and not arg.valeur[1]), None)
    if bare is None or (one and other):
        return None
    return f"Écrivez « {bare.valeur[0]:g} {units.show(one or other)} »."


def conversion(one: Unite, other: Unite) -> str:
    """What to write so that two units fit."""
    pair = {units.show(one), units.show(other)}
    if pair == {"EUR/mois", "EUR/an"}:
        return "Écrivez par_an(…) ou par_mois(…)."
    if pair == {"ans", "mois"}:
        return "Écrivez en_mois(…) ou en_ans(…)."
    if not one or not other:
        return f"Ajoutez l’unité au nombre, par exemple « 1 {units.show(one or other)} »."
    return "Mettez les deux dans la même unité."


def unknown_name(nom: str, accepted: list[str]) -> str:
    return f"« {nom} » n’est ni un fait, ni un calcul, ni un barème. " + suggestion(
        nom, accepted, "Ajoutez-le dans rules/data/faits, calculs ou baremes."
    )
