"""Does a household probably have a right, and if that cannot be said, which facts would settle it?

A verdict can only become more certain as facts are added: an unknown fact counts for all it can be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from rules import reasons
from rules.model import PEU_PROBABLE, POSSIBLE, PROBABLE, Droit, Piece, Rulebook
from rules.programme import Programme
from rules.situation import memory
from rules.verdicts import HORS_CHAMP, SANS_BAREME

NIVEAUX = (PEU_PROBABLE, POSSIBLE, PROBABLE)


@dataclass(frozen=True, slots=True)
class Montant:
    """An amount between two bounds, the same when nothing is missing."""

    bas: float
    haut: float
    unite: str
    nom: str | None = None


class Verdict:
    """What can be said of a right for a household.

    The rest (missing facts, reasons, amount, documents) is worked out when asked for.
    """

    def __init__(self, rulebook: Rulebook, droit: str, m: list, found: tuple[int, int, int]) -> None:
        self.droit = droit
        self._rulebook = rulebook
        self._m = m
        self._found = found

    @property
    def niveau(self) -> str:
        """PROBABLE, POSSIBLE or PEU_PROBABLE."""
        return NIVEAUX[self._found[0]]

    @property
    def bits(self) -> int:
        """The missing facts that could change it, as bits."""
        t, k, _ = self._found
        return k if t == 1 else 0

    @property
    def regle(self) -> bool:
        """Can no missing fact change it?"""
        return not self.bits

    @property
    def hors_champ(self) -> bool:
        """Is it a case that the rules do not compute?"""
        return self._found[2] in (HORS_CHAMP, SANS_BAREME)

    @cached_property
    def manquants(self) -> tuple[str, ...]:
        """The facts not said that could still change the verdict, in the order of the files."""
        return bits_to_ids(self._rulebook.programme, self.bits)

    @cached_property
    def raisons(self) -> tuple[reasons.Raison, ...]:
        """Why: the conditions that matter, with their values and texts."""
        return reasons.explain(self._rulebook, self.droit, self._m, self._found[0], self._found[2])

    @cached_property
    def montant(self) -> Montant | None:
        """The amount, in order of magnitude; None when the right has none or is refused."""
        ecrit = self._ecrit
        if ecrit.montant is None or self.niveau == PEU_PROBABLE or self._found[2] == SANS_BAREME:
            return None
        low, high, _ = self._programme.partie(self._m, ("montant", self.droit))
        return Montant(low, high, ecrit.montant[1], ecrit.montant[2])

    @cached_property
    def variante(self) -> str | None:
        """Which form of the right, when it is had and this is known."""
        if self.niveau == PEU_PROBABLE or self._found[2] == SANS_BAREME:
            return None
        for index, (variante, _) in enumerate(self._ecrit.variantes):
            t = self._programme.partie(self._m, ("variante", self.droit, index))[0]
            if t:
                return variante if t == 2 else None
        return None

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The documents to bring, those that may be asked for in this situation among them."""
        ids = list(self._rulebook.droits[self.droit].pieces)
        for index, (_, more) in enumerate(self._ecrit.pieces_si):
            if self._found[2] == SANS_BAREME or self._programme.partie(self._m, ("pieces", self.droit, index))[0]:
                ids += [each for each in more if each not in ids]
        known = self._rulebook.pieces
        return tuple(known[each] for each in ids if each in known)

    @property
    def _programme(self) -> Programme:
        return self._rulebook.programme

    @property
    def _ecrit(self):
        return self._programme.ouvrage.sources.droits[self.droit]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Verdict):
            return NotImplemented
        return (self.droit, self.niveau, self.bits) == (other.droit, other.niveau, other.bits)

    def __hash__(self) -> int:
        return hash((self.droit, self.niveau, self.bits))

    def __repr__(self) -> str:
        return f"Verdict({self.droit}: {self.niveau}, manquants={self.manquants})"


def bits_to_ids(programme: Programme, bits: int) -> tuple[str, ...]:
    """The facts of a set of bits, in the order of the files."""
    found = []
    while bits:
        low = bits & -bits
        found.append(programme.ids[low.bit_length() - 1])
        bits ^= low
    return tuple(found)


def evaluate(rulebook: Rulebook, droit: str | Droit, situation: Mapping[str, Any], on: date) -> Verdict:
    """The verdict of one right on a day."""
    nom = droit.id if isinstance(droit, Droit) else droit
    return evaluate_all(rulebook, situation, on, (nom,))[0]


def evaluate_all(
    rulebook: Rulebook, situation: Mapping[str, Any], on: date, droits: Iterable[str] | None = None
) -> tuple[Verdict, ...]:
    """The verdicts of rights (all by default), in their order; what they share is worked out once."""
    m = memory(rulebook, situation, on)
    programme = rulebook.programme.droits
    found = []
    for droit in programme if droits is None else droits:
        place, function = programme[droit]
        found.append(Verdict(rulebook, droit, m, m[place] or function(m)))
    return tuple(found)


def judge(rulebook: Rulebook, m: list, droit: str) -> Verdict:
    """The verdict of a right in a memory already laid out."""
    place, function = rulebook.programme.droits[droit]
    return Verdict(rulebook, droit, m, m[place] or function(m))
