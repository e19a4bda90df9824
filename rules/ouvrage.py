"""What is being written while rules are compiled: its parts, each with its place, its function and what it rests on?

An `Ouvrage` gathers the code, part by part, as formulas call names. What each word writes is in `rules.words`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from directory.datafile import Document, Problem, Where
from rules.code import Code, Valeur
from rules.formes import as_tuple, unpack
from rules.formula import Ecrit, Faute
from rules.sources import ENFANTS, Sources


@dataclass(slots=True)
class Partie:
    """A compiled part: its place in the list of values, its function, what its value is, what it rests on."""

    place: int
    fonction: str
    valeur: Valeur | None
    baremes: frozenset[str] = frozenset()
    faits: frozenset[str] = frozenset()


# The parts of a right: its conditions, and what it says beside.
AUTOUR = ("droit", "montant", "variante", "pieces")


class Muette(Exception):
    """A part cannot be compiled because of another whose fault is already told."""


class Ouvrage:
    """The code of everything in `sources`; `problems` gathers the faults, `utiles` is what rights call."""

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
        self.utiles: set[str] = set()
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
        code.line(f"{memory}[{place}]=r={as_tuple(value)}")
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
        return code.keep(key, unpack(code, found, partie.valeur))

    def complet(self, droit: str) -> bool:
        """Is a right compiled, with all it says beside its conditions?"""
        return all(partie for key, partie in self.parties.items() if key[0] in AUTOUR and key[1] == droit) and (
            ("droit", droit) in self.parties
        )

    def expression(self, ecrit: Ecrit) -> tuple[str, Valeur]:
        """A function of the household for a single expression, to explain it; its code is added to `lines`."""
        code = Code(self)
        value = code.value(ecrit)
        name = self.fresh("x")
        code.line(f"return {as_tuple(value)}")
        self.lines += [f"def {name}(m):", *code.lines]
        return name, value


def _label(key: Any) -> str:
    return str(key[1]) if isinstance(key, tuple) else str(key)
