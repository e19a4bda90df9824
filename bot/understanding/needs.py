"""Which needs does this message tell, how sure are we, or is it talk that is no need?

The model's shares over the whole are averaged with those over its clauses, the clearest clauses counting most, so that a
need said in one sentence of a long message counts; clauses about what the person already has do not. Words of a lexicon
that the model has not learned yet push their need; those it has learned are in its weights already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.understanding.evidence import Found
from bot.understanding.linear import softmax
from bot.understanding.model import BesoinTrouve, Confiance, Indice, Propos
from bot.understanding.segments import Segment

MOST = 5
WHOLE = 0.6
"""What the whole message counts for; the rest goes to the clauses."""

PUSH_NEW = 7.0
"""How much one lexicon word that the model has not learned adds to the score of its need: it must carry it alone."""

HABIT = 0.4
"""How much the need just talked about is preferred: enough to settle a tie."""

SURE = 0.50
SURE_MARGIN = 0.18
SURE_KNOWN = 0.35
UNSURE = 0.10
TALK_KNOWN = 0.72
"""Share of pieces seen in training below which a message is not said to be out of scope."""

TALK = 0.45
"""SURE: share of the first need, its lead on the second, share of the message's pieces ever seen. UNSURE: below, lost.
TALK: share from which a message is small talk or out of scope."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Needs best first with their confidence, or what the message is when it is no need."""

    besoins: tuple[BesoinTrouve, ...]
    confiance: Confiance
    propos: Propos | None


def shares(
    segments: Sequence[Segment], scores: np.ndarray, classes: Sequence[str], found: Sequence[Found], habit: str | None
) -> np.ndarray:
    """The share of each class (needs then talk), summing to 1."""
    push = np.zeros(len(classes), dtype=np.float32)
    at = {name: i for i, name in enumerate(classes)}
    for hit in found:
        if hit.new and hit.label in at:
            push[at[hit.label]] += hit.weight * PUSH_NEW
    if habit in at:
        push[at[habit]] += HABIT
    each = softmax(scores + push)
    asked = [i for i, s in enumerate(segments) if i and not s.done]
    if not asked:
        return each[0]
    clauses = np.sqrt((each[asked] ** 2).sum(axis=0))
    clauses /= clauses.sum()
    # When part of the message is what the person has already, the whole would bring it back.
    weight = 0.0 if len(asked) < len(segments) - 1 else WHOLE
    return weight * each[0] + (1 - weight) * clauses


def read(
    share: np.ndarray,
    known: float,
    classes: Sequence[str],
    found: Sequence[Found],
    word_weights: Sequence[tuple[str, float]],
) -> Reading:
    """What to propose. `known` is the share of the message's pieces seen in training."""
    count = len(classes) - len(Propos)
    needs, talk = share[:count], share[count:]
    order = np.argsort(-needs, kind="stable")[:MOST]
    best, second = float(needs[order[0]]), float(needs[order[1]])
    propos = None
    if float(talk.max()) >= TALK or float(talk.max()) > 1.2 * best:
        propos = Propos(classes[count + int(talk.argmax())])
        if known == 0 or (propos is Propos.HORS_SUJET and known < TALK_KNOWN):
            propos = None  # letters nobody taught us are not talk about something else: they are not understood
    new = {hit.label for hit in found if hit.new}
    sure = best >= SURE and best - second >= SURE_MARGIN and (known >= SURE_KNOWN or classes[order[0]] in new)
    if propos is None and sure:
        confiance = Confiance.SURE
    elif best >= UNSURE and known > 0:
        confiance = Confiance.UNSURE if propos is None else Confiance.LOST
    else:
        confiance = Confiance.LOST
    besoins = tuple(
        BesoinTrouve(classes[i], round(float(needs[i]), 4), _why(classes[i], found, word_weights if rank == 0 else ()))
        for rank, i in enumerate(order)
        if known > 0 and needs[i] > 0.005
    )
    return Reading(besoins, confiance, propos)


def _why(besoin: str, found: Sequence[Found], word_weights: Sequence[tuple[str, float]]) -> tuple[Indice, ...]:
    direct = [Indice(hit.said, hit.known, round(hit.weight, 2)) for hit in found if hit.label == besoin]
    learned = sorted((w for w in word_weights if w[1] > 0.05), key=lambda pair: -pair[1])[:3]
    return (*direct, *(Indice(word, "modèle", round(weight, 2)) for word, weight in learned))
