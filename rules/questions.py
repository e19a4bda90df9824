"""Which question comes next? The fact that settles most over all the rights in play, at the least cost.

What can still change a verdict is known from the evaluation itself. What an answer would settle is estimated once per
rulebook and day, by giving each fact a few plausible values on its own. Sensitive questions and those that need a paper cost
more; what depends on an answer still to come waits for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from rules.evaluate import Verdict, bits_to_ids, judge
from rules.model import Enfant, Fait, Intervalle, Rulebook
from rules.situation import memory

# What a question costs, by effort and by how sensitive it is.
_EFFORT = {1: 1.0, 2: 1.6, 3: 2.6}
_SENSIBLE = {0: 1.0, 1: 1.4, 2: 2.4}
# The last theme spoken of is kept on when another question is hardly better.
_MEME_THEME = 1.15
_POSSIBLE_AU_MIEUX = 0.4


def undecided(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """The verdicts that a fact could still change."""
    return tuple(verdict for verdict in verdicts if not verdict.regle)


def next_question(
    rulebook: Rulebook,
    droits: Iterable[str],
    situation: Mapping[str, Any],
    on: date,
    passes: frozenset[str] = frozenset(),
) -> str | None:
    """The fact to ask, None when nothing that can be asked would change a verdict. `passes` are the facts not to ask again."""
    return next_from(rulebook, _open(rulebook, droits, situation, on), situation, on, passes)


def _open(rulebook: Rulebook, droits: Iterable[str], situation: Mapping[str, Any], on: date) -> list[tuple[str, int]]:
    m = memory(rulebook, situation, on)
    verdicts = (judge(rulebook, m, droit) for droit in droits)
    return [(verdict.droit, verdict.bits) for verdict in verdicts if verdict.bits]


def next_from(
    rulebook: Rulebook,
    ouverts: Iterable[tuple[str, int]],
    situation: Mapping[str, Any],
    on: date,
    passes: frozenset[str] = frozenset(),
) -> str | None:
    """The same from rights still open, each with the bits of its missing facts."""
    reglages = _settings(rulebook, on)
    askable = reglages.askable
    for nom in (*situation, *passes):
        askable &= ~rulebook.programme.bits.get(nom, 0)
    gains: dict[int, float] = {}
    for droit, bits in ouverts:
        bits &= askable
        if not bits:
            continue
        power, weight = reglages.power[droit], reglages.weight[droit]
        share = 1.0 / bits.bit_count()
        while bits:
            bit = bits & -bits
            bits ^= bit
            gains[bit] = gains.get(bit, 0.0) + weight * (share + power.get(bit, 0.0))
    if not gains:
        return None
    everything = 0
    for bit in gains:
        everything |= bit
    last = _last_theme(rulebook, situation)
    best: tuple[float, int, int] | None = None
    for bit, gain in gains.items():
        # A fact that another answer may make useless waits for that answer.
        if reglages.waits.get(bit, 0) & everything:
            continue
        cost, ordre, theme = reglages.costs[bit]
        score = gain / cost * (_MEME_THEME if theme == last else 1.0)
        rank = (score, -ordre, -bit)
        if best is None or rank > best:
            best = rank
    if best is None:
        # Facts that wait for each other: the first of the file breaks the circle.
        return bits_to_ids(rulebook.programme, everything)[0]
    return rulebook.programme.ids[(-best[2]).bit_length() - 1]


def _last_theme(rulebook: Rulebook, situation: Mapping[str, Any]) -> str | None:
    last = next(reversed(list(situation)), None)
    return rulebook.faits[last].theme if last in rulebook.faits else None


class _Settings:
    """What is known of the questions before any answer: which can be asked, their cost, what each settles alone."""

    def __init__(self, rulebook: Rulebook, on: date) -> None:
        programme = rulebook.programme
        self.askable = 0
        self.costs: dict[int, tuple[float, int, str]] = {}
        self.waits: dict[int, int] = {}
        for nom, fait in rulebook.faits.items():
            bit = programme.bits[nom]
            if fait.question:
                self.askable |= bit
            self.costs[bit] = (_EFFORT.get(fait.effort, 2.6) * _SENSIBLE[fait.sensible], fait.ordre, fait.theme)
            self.waits[bit] = _waits(rulebook, nom)
        self.power = {droit: {} for droit in rulebook.droits}
        self.weight = {nom: _POSSIBLE_AU_MIEUX if droit.au_plus else 1.0 for nom, droit in rulebook.droits.items()}
        for fait in rulebook.faits.values():
            if fait.question:
                self._measure(rulebook, on, fait)

    def _measure(self, rulebook: Rulebook, on: date, fait: Fait) -> None:
        """How often each right is settled when only this fact is known."""
        bit = rulebook.programme.bits[fait.id]
        concerned = [droit for droit in rulebook.droits if fait.id in _facts(rulebook, droit)]
        values = list(_plausible(fait))
        if not concerned or not values:
            return
        for value in values:
            m = memory(rulebook, {fait.id: value}, on)
            for droit in concerned:
                if not judge(rulebook, m, droit).bits:
                    table = self.power[droit]
                    table[bit] = table.get(bit, 0.0) + 1 / len(values)


def _facts(rulebook: Rulebook, droit: str) -> frozenset[str]:
    return rulebook.programme.ouvrage.parties[("droit", droit)].faits


def _waits(rulebook: Rulebook, nom: str) -> int:
    """The facts that may settle this one without asking."""
    sources, bits = rulebook.programme.ouvrage.sources, rulebook.programme.bits
    partie = rulebook.programme.ouvrage.parties.get(("effectif", nom))
    found = 0
    if partie is not None:
        for other in partie.faits:
            if other != nom and other in sources.faits:
                found |= bits[other]
    return found


def _plausible(fait: Fait) -> Iterable[Any]:
    """A few values a person may well give."""
    if fait.type == "oui_non":
        return (True, False)
    if fait.type == "choix":
        return tuple(choix.id for choix in fait.choix)
    if fait.type == "plusieurs":
        return (frozenset(), frozenset(), *(frozenset({choix.id}) for choix in fait.choix))
    if fait.type == "enfants":
        ages = ((), (), (4,), (9,), (3, 7), (8, 14), (2, 6, 12))
        return tuple(tuple(Enfant.de(age=age) for age in each) for each in ages)
    if fait.type == "age":
        return (19, 23, 29, 36, 43, 51, 58, 66, 74)
    if fait.type in ("montant", "nombre"):
        limits = (fait.min, *fait.boutons, fait.max)
        if not fait.boutons:
            span = fait.max - fait.min
            limits = tuple(fait.min + span * share for share in (0, 0.05, 0.1, 0.2, 1))
        return tuple(Intervalle(low, high) for low, high in pairwise(limits))
    return ()


_KEPT: dict[int, tuple[Rulebook, dict[int, _Settings]]] = {}


def _settings(rulebook: Rulebook, on: date) -> _Settings:
    """The settings of a rulebook on a day, made the first time they are needed."""
    kept = _KEPT.get(id(rulebook))
    if kept is None or kept[0] is not rulebook:
        _KEPT.clear()
        kept = _KEPT[id(rulebook)] = (rulebook, {})
    days = kept[1]
    if on.toordinal() not in days:
        if len(days) > 8:
            days.clear()
        days[on.toordinal()] = _Settings(rulebook, on)
    return days[on.toordinal()]


def prepare(rulebook: Rulebook, on: date) -> None:
    """Do now what the first question of a day would have to do."""
    _settings(rulebook, on)
