"""Which question comes next? The fact that settles most over all the rights in play, at the least cost.

What can still change a verdict is known from the evaluation itself. How much a fact is needed is measured beforehand on a few
drawn households (`rules.echantillon`); with few rights in play, the best questions are tried before one is asked. Sensitive
questions and those that need a paper cost more, very sensitive ones come last, and what depends on an answer still to come
waits for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from rules.echantillon import Mesures, mesures
from rules.evaluate import Verdict, bits_to_ids, evaluate_all, judge
from rules.model import Rulebook
from rules.situation import memory

# The last theme spoken of is kept on when another question is hardly better.
_MEME_THEME = 1.15
# What a fact weighs that can matter but hardly ever does.
_PEU = 0.05
# With so few rights, so many questions are tried before one is asked; what was measured beforehand then weighs less.
_PEU_DE_DROITS = 2
_ESSAIS = 5
_SANS_ESSAI = 0.2

Rang = tuple[float, int, int]


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
    ouverts = [(each.droit, each.bits) for each in evaluate_all(rulebook, situation, on, droits) if not each.regle]
    return next_from(rulebook, ouverts, situation, on, passes)


def next_from(
    rulebook: Rulebook,
    ouverts: Sequence[tuple[str, int]],
    situation: Mapping[str, Any],
    on: date,
    passes: frozenset[str] = frozenset(),
) -> str | None:
    """The same from rights still open, each with the bits of its missing facts."""
    programme = rulebook.programme
    known = mesures(rulebook, on)
    askable = known.askable
    for nom in (*situation, *passes):
        askable &= ~programme.bits.get(nom, 0)
    gains = _gains(known, ouverts, askable)
    if not gains:
        return None
    everything = sum(gains)
    # A fact that another answer may make useless waits for that answer; one's own comes before the spouse's.
    ready = [bit for bit in gains if not (known.waits[bit] | known.own[bit]) & everything]
    if not ready:
        # Facts that wait for each other: the first of the files breaks the circle.
        return bits_to_ids(programme, everything)[0]
    # What is very sensitive comes after all the rest.
    ready = [bit for bit in ready if not known.intrusive & bit] or ready
    last = _last_theme(rulebook, situation)
    ranks: list[Rang] = []
    for bit in ready:
        cost, ordre, theme = known.costs[bit]
        ranks.append((gains[bit] / cost * (_MEME_THEME if theme == last else 1.0), -ordre, -bit))
    ranks.sort(reverse=True)
    few = [droit for droit, bits in ouverts if bits & askable]
    if len(few) <= _PEU_DE_DROITS and len(ranks) > 1:
        ranks = _tried(rulebook, known, few, situation, on, ranks)
    return programme.ids[(-ranks[0][2]).bit_length() - 1]


def _gains(known: Mesures, ouverts: Sequence[tuple[str, int]], askable: int) -> dict[int, float]:
    """What each fact that can still be asked would bring."""
    gains: dict[int, float] = {}
    for droit, bits in ouverts:
        bits &= askable
        if not bits:
            continue
        needs, weight = known.needs[droit], known.weight[droit]
        share = _PEU / bits.bit_count()
        while bits:
            bit = bits & -bits
            bits ^= bit
            gains[bit] = gains.get(bit, 0.0) + weight * (share + needs.get(bit, 0.0))
    return gains


def _tried(
    rulebook: Rulebook, known: Mesures, droits: list[str], situation: Mapping[str, Any], on: date, ranks: list[Rang]
) -> list[Rang]:
    """The best questions, those that often settle a right at once first."""
    found = []
    for score, ordre, negative in ranks[:_ESSAIS]:
        nom = rulebook.programme.ids[(-negative).bit_length() - 1]
        values = known.values[nom]
        settled = 0
        for value in values:
            m = memory(rulebook, {**situation, nom: value}, on)
            settled += sum(not judge(rulebook, m, droit).bits for droit in droits)
        share = settled / (len(values) * len(droits)) if values else 0.0
        found.append((share / known.costs[-negative][0] + _SANS_ESSAI * score, ordre, negative))
    return sorted(found, reverse=True)


def _last_theme(rulebook: Rulebook, situation: Mapping[str, Any]) -> str | None:
    last = next(reversed(list(situation)), None)
    return rulebook.faits[last].theme if last in rulebook.faits else None
