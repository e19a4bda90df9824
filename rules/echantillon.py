"""How much is each fact needed? Measured on a few households drawn from the facts themselves, always the same ones.

They are plausible, not representative: they only tell which facts a verdict can hardly do without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from random import Random
from typing import Any

from rules.evaluate import judge
from rules.model import Enfant, Fait, Rulebook, Situation
from rules.situation import memory

_FOYERS = 20

# What a question costs, by effort and by how sensitive it is; what an answer is worth when the best verdict is « possible ».
_EFFORT = {1: 1.0, 2: 1.6, 3: 2.6}
_SENSIBLE = {0: 1.0, 1: 1.4, 2: 2.4}
_POSSIBLE_AU_MIEUX = 0.4
_FAMILLES: tuple[tuple[int, ...], ...] = ((), (), (), (4,), (1,), (3, 7), (8, 14), (2, 6, 12), (16,))
_AGES = (19, 22, 26, 31, 36, 41, 47, 53, 58, 63, 68, 76)


class Mesures:
    """What is known of the questions before any answer; every fact is named by its bit.

    `askable`: those with a question. `intrusive`: the very sensitive ones. `costs`: cost, order, theme. `waits`: the facts
    that may settle it without asking. `own`: for a fact of the spouse, the same of the applicant, which is asked first.
    `needs`: for each right, how often it cannot be settled without this fact, or is by this fact alone. `values`: a few
    values to try.
    """

    def __init__(self, rulebook: Rulebook, on: date) -> None:
        programme = rulebook.programme
        self.askable = self.intrusive = 0
        self.costs: dict[int, tuple[float, int, str]] = {}
        self.waits: dict[int, int] = {}
        self.own: dict[int, int] = {}
        for nom, bit in programme.bits.items():
            fait = rulebook.faits.get(nom)
            self.waits[bit] = _waits(rulebook, nom) if fait else 0
            self.own[bit] = programme.bits.get(fait.base, 0) if fait and fait.conjoint else 0
            if fait is None:
                continue
            if fait.question:
                self.askable |= bit
            if fait.sensible == 2:
                self.intrusive |= bit
            self.costs[bit] = (_EFFORT.get(fait.effort, 2.6) * _SENSIBLE[fait.sensible], fait.ordre, fait.theme)
        self.weight = {nom: _POSSIBLE_AU_MIEUX if each.au_plus else 1.0 for nom, each in rulebook.droits.items()}
        self.needs: dict[str, dict[int, float]] = {droit: {} for droit in rulebook.droits}
        households = [complete(rulebook, on, _drawer(Random(numero))) for numero in range(_FOYERS)]
        asked = {nom: fait for nom, fait in rulebook.faits.items() if fait.question}
        self.values = {nom: _values(fait, households) for nom, fait in asked.items()}
        concerned: dict[str, list[str]] = {}
        for droit in rulebook.droits:
            for nom in programme.ouvrage.parties[("droit", droit)].faits & asked.keys():
                concerned.setdefault(nom, []).append(droit)
        for nom, droits in concerned.items():
            self._alone(rulebook, on, nom, droits)
        for household in households:
            self._without(rulebook, on, household, concerned)

    def _add(self, droits: Iterable[str], bit: int, share: float) -> None:
        for droit in droits:
            table = self.needs[droit]
            table[bit] = table.get(bit, 0.0) + share

    def _alone(self, rulebook: Rulebook, on: date, nom: str, droits: list[str]) -> None:
        values = self.values[nom]
        for value in values:
            m = memory(rulebook, {nom: value}, on)
            settled = [droit for droit in droits if not judge(rulebook, m, droit).bits]
            self._add(settled, rulebook.programme.bits[nom], 1 / len(values))

    def _without(self, rulebook: Rulebook, on: date, household: Situation, concerned: dict[str, list[str]]) -> None:
        bits = rulebook.programme.bits
        m = memory(rulebook, household, on)
        settled = {droit for droit in rulebook.droits if not judge(rulebook, m, droit).bits}
        for nom in household:
            bit = bits[nom]
            droits = [droit for droit in concerned.get(nom, ()) if droit in settled]
            if not droits:
                continue
            dependents = [other for other in household if self.waits[bits[other]] & bit]
            m = memory(rulebook, household.sans(nom, *dependents), on)
            needed = [droit for droit in droits if judge(rulebook, m, droit).bits & bit]
            self._add(needed, bit, 1 / _FOYERS)


def mesures(rulebook: Rulebook, on: date) -> Mesures:
    """The measures of a rulebook, made the first time they are needed: they change with the law, so once a month."""
    gardees = rulebook.programme.gardees
    mois = on.year * 12 + on.month
    if mois not in gardees:
        if len(gardees) > 3:
            gardees.clear()
        gardees[mois] = Mesures(rulebook, on)
    return gardees[mois]


def _waits(rulebook: Rulebook, nom: str) -> int:
    sources, bits = rulebook.programme.ouvrage.sources, rulebook.programme.bits
    partie = rulebook.programme.ouvrage.parties.get(("effectif", nom))
    found = 0
    if partie is not None:
        for other in partie.faits:
            if other != nom and other in sources.faits:
                found |= bits[other]
    return found


def _values(fait: Fait, households: Sequence[Situation]) -> tuple[Any, ...]:
    """Those that were drawn most, or three spread among the numbers."""
    drawn = [household[fait.id] for household in households if fait.id in household]
    if not drawn:
        return ()
    if fait.type in ("montant", "nombre", "age"):
        drawn.sort()
        return tuple(drawn[len(drawn) * part // 10] for part in (2, 5, 8))
    counts = {value: drawn.count(value) for value in drawn}
    return tuple(sorted(counts, key=lambda value: (-counts[value], repr(value)))[:3])


def complete(rulebook: Rulebook, on: date, draw: Callable[[Fait], Any]) -> Situation:
    """A household of which everything that can be asked is said: first what rests on nothing, then what that leaves open."""
    programme = rulebook.programme
    said = Situation()
    left = {nom: fait for nom, fait in rulebook.faits.items() if fait.question}
    waits = {nom: _waits(rulebook, nom) for nom in left}
    while left:
        m = memory(rulebook, said, on)
        left = {nom: fait for nom, fait in left.items() if not _settled(programme, m, nom)}
        open_bits = sum(programme.bits[nom] for nom in left)
        ready = [nom for nom in left if not waits[nom] & open_bits] or list(left)[:1]
        for nom in ready:
            said = said.avec_fait(nom, draw(left.pop(nom)))
    return said


def _settled(programme: Any, m: list, nom: str) -> bool:
    """Is a fact known without being said, from the others?"""
    partie = programme.ouvrage.parties.get(("effectif", nom))
    if partie is None:
        return False
    return not programme.partie(m, ("effectif", nom))[-1]


def _drawer(draw: Random) -> Callable[[Fait], Any]:
    return lambda fait: _DRAWS[fait.type](fait, draw)


def _one(fait: Fait, draw: Random) -> str:
    # Files put the commonest choice first.
    weights = [len(fait.choix), *([1] * (len(fait.choix) - 1))]
    return draw.choices([choix.id for choix in fait.choix], weights)[0]


def _several(fait: Fait, draw: Random) -> frozenset[str]:
    if draw.random() < 0.45:
        return frozenset()
    return frozenset({_one(fait, draw)})


def _number(fait: Fait, draw: Random) -> float:
    limits = (
        [fait.min or 0.0, *fait.boutons] if fait.boutons else [(fait.max or 0) * part for part in (0, 0.02, 0.06, 0.12)]
    )
    start = draw.randrange(len(limits))
    end = limits[start + 1] if start + 1 < len(limits) else min(limits[start] * 1.5 + 1, fait.max or 0)
    return float(round(limits[start] + (end - limits[start]) * draw.random()))


def _day(fait: Fait, draw: Random) -> date:
    return date(2015 + draw.randrange(11), 1 + draw.randrange(12), 1)


_DRAWS: dict[str, Callable[[Fait, Random], Any]] = {
    "oui_non": lambda fait, draw: draw.random() < 0.4,
    "choix": _one,
    "plusieurs": _several,
    "montant": _number,
    "nombre": _number,
    "age": lambda fait, draw: draw.choice(_AGES),
    "date": _day,
    "enfants": lambda fait, draw: tuple(Enfant.de(age=age) for age in draw.choice(_FAMILLES)),
}
