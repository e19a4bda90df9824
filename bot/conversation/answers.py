"""What does a free answer say? A yes, a number, a range, one of several choices, or "I don't know", in any language.

Pure and modest: what is not surely an answer is None, and the question is asked again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation.answer_words import (
    AUCUN,
    BRUT,
    ENTRE,
    EUH,
    MOINS,
    MOIS,
    MOITIE,
    NON,
    NON_SEUL,
    NSP,
    OUI,
    OUI_SEUL,
    PAR_AN,
    PAR_JOUR,
    PAR_SEMAINE,
    PLUS,
    POUCES,
    RIEN,
    SANS,
    folded,
)  # fmt: skip
from bot.conversation.numbers_said import figures, plain_figures, spelled, western

LONG = 12  # words: a longer message tells something else than an answer
SEMAINES = 52 / 12  # weeks in a month
_DASH = re.compile(r"(?<=\d)\s*(?:€|euros?)?\s*[-–—]\s*(?=\d)")
_PER = re.compile(r"/ ?(?=[^\W\d])")


@dataclass(frozen=True, slots=True)
class Intervalle:
    """Between two numbers; None is no limit on that side."""

    bas: float | None
    haut: float | None


def unknown(text: str) -> bool:
    """True when the person says they do not know."""
    said = folded(text)
    return text.strip() == "?" or (_has(said, NSP) and len(said.split()) <= LONG)


def yes_no(text: str) -> bool | None:
    """Yes or no, said first or alone."""
    if (thumb := text.strip()[:1]) in POUCES:
        return POUCES[thumb]
    words = folded(text).split()
    while len(words) > 1 and words[0] in EUH:
        words = words[1:]
    said = " ".join(words)
    if not words or len(words) > LONG:
        return None
    starts = {" ".join(words[:n]) for n in (1, 2, 3)}
    if said in OUI_SEUL or starts & OUI:
        return None if starts & NON else True
    return False if said in NON_SEUL or starts & NON else None


def amount(text: str, periode: str | None = "mois") -> float | Intervalle | None:
    """An amount of money as written, brought to its `periode`: "mois", "an", or None when it is no regular money.

    Pay by the hour or the day cannot be brought there, and "a little" is no amount: None."""
    said = folded(_per(text))
    if len(said.split()) > LONG:
        return None
    if said in RIEN:
        return 0.0
    found = figures(text) or [number for number in spelled(said) if number >= 10]
    if not found or (periode and _has(said, PAR_JOUR)):
        return None
    factor = _factor(said, periode) if periode else 1.0
    numbers = [number * factor for number in found]
    if len(numbers) == 1:
        return _bounded(said, numbers[0])
    if len(numbers) == 2 and numbers[0] < numbers[1] and _range(text, said):
        return Intervalle(*numbers)
    return sum(numbers) if "+" in text else None


def whole(text: str) -> int | Intervalle | None:
    """A count or an age: one whole number, perhaps "at least" or "less than"."""
    said = folded(text)
    if len(said.split()) > LONG:
        return None
    if said in RIEN:
        return 0
    found = plain_figures(text) or spelled(said)
    if len(found) == 2 and found[0] < found[1] and _range(text, said):
        return Intervalle(*found)
    if len(found) != 1 or found[0] != int(found[0]):
        return None
    bounded = _bounded(said, found[0])
    return bounded if isinstance(bounded, Intervalle) else int(bounded)


def gross(text: str) -> bool:
    """True when an amount is told before deductions."""
    return _has(folded(text), BRUT)


def smic(text: str) -> bool:
    """True for "the SMIC" as an amount; half of it is another one."""
    said = set(folded(text).split())
    return "smic" in said and len(said) <= LONG and not said & MOITIE


def year(text: str) -> int | None:
    """The one year told: "en 1990", "depuis 2019"."""
    found = [int(number) for number in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", western(text))]
    return found[0] if len(found) == 1 and len(plain_figures(text)) == 1 else None


def months(text: str) -> int | None:
    """A duration or an age told in months."""
    found = plain_figures(text) or spelled(folded(text))
    return int(found[0]) if len(found) == 1 and MOIS & set(re.sub(r"\d", " ", folded(text)).split()) else None


def nothing(text: str) -> bool:
    """True when the text begins by saying there is none: "rien de tout ça", "aucun revenu"."""
    words = folded(text).split()
    return 0 < len(words) <= 6 and any(" ".join(words[:n]) in AUCUN for n in range(1, 6))


def option(text: str, labels: Mapping[str, str]) -> str | None:
    """The one choice whose label holds every word said, or all of whose words are said; None when several or none do.

    What a label denies is not meant by who did not deny anything: "HLM" is "Je loue un HLM" rather than "Je loue, pas un
    HLM", and "je loue" alone may be both."""
    said = set(folded(text).split())
    if not said:
        return None
    denying = bool(said & SANS)
    labelled = {choice: folded(label).split() for choice, label in labels.items()}
    whole = {choice: set(words) for choice, words in labelled.items()}
    meant = whole if denying else {choice: _affirmed(words) for choice, words in labelled.items()}
    for found in (
        [choice for choice, own in whole.items() if own == said],
        [choice for choice, own in meant.items() if said <= own],
        [choice for choice, own in whole.items() if own and own <= said],
    ):
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _affirmed(words: list[str]) -> set[str]:
    """The words of a label before what it denies."""
    return set(words[: next((rank for rank, word in enumerate(words) if rank and word in SANS), len(words))])


def _per(text: str) -> str:
    """ "1500/mois" and "€/an" said as words."""
    return _PER.sub(" par ", text)


def _factor(said: str, periode: str) -> float:
    """What brings an amount to the month or the year it is asked for; said without a period, it is already there."""
    if _has(said, PAR_AN):
        told = 1 / 12
    elif _has(said, PAR_SEMAINE):
        told = SEMAINES
    elif periode == "an" and not MOIS & set(said.split()):
        return 1.0
    else:
        told = 1.0
    return told * 12 if periode == "an" else told


def _bounded(said: str, number: float) -> float | Intervalle:
    if _has(said, MOINS):
        return Intervalle(None, number)
    return Intervalle(number, None) if _has(said, PLUS) else number


def _range(text: str, said: str) -> bool:
    return bool(_DASH.search(western(text))) or bool(ENTRE & set(said.split()))


def _has(said: str, phrases: frozenset[str]) -> bool:
    """True when one of the phrases stands in the words said."""
    around = f" {said} "
    return any(phrase and f" {phrase} " in around for phrase in phrases)
