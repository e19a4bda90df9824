"""How is a household judged by compiled rules? Its values live in one list, each part in its place, empty until it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from rules import runtime
from rules.code import Valeur
from rules.formes import unknown
from rules.formula import Ecrit
from rules.ouvrage import AUTOUR, Ouvrage
from rules.sources import AGE_ENFANT_MAX, ENFANTS, FaitEcrit
from rules.valeurs import converter
from rules.verdicts import PAS_EN_VIGUEUR, SANS_BAREME

LIGNES = 200  # lines of code compiled at once


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
        """Take in the code written since the last time, a few functions at a time: compiling all at once takes six times
        the memory that the rules then need."""
        for block in _blocks(self.ouvrage.lines):
            exec(compile(block, "<rules>", "exec"), self.noms)
        self.ouvrage.lines.clear()

    def baremes_de(self, droit: str) -> frozenset[str]:
        """The barèmes that a right calls, for its conditions and for what it says beside."""
        found = self._baremes.get(droit)
        if found is None:
            parties = (each for key, each in self.ouvrage.parties.items() if key[1] == droit and key[0] in AUTOUR)
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


def _blocks(lines: Iterable[str]) -> Iterator[str]:
    """The code cut between two functions, some `LIGNES` lines each."""
    block: list[str] = []
    for line in "\n".join(lines).split("\n"):
        if len(block) >= LIGNES and line.startswith("def "):
            yield "\n".join(block)
            block = []
        block.append(line)
    if block:
        yield "\n".join(block)
