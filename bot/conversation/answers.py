"""What does a free answer say? A yes, a number, a range, the ages of children, or "I don't know", in any language.

Pure and modest: what is not surely an answer is None, and the question is asked again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.conversation.answer_words import (
    ENTRE,
    LIENS,
    MOINS,
    NOMBRES,
    NON,
    NON_SEUL,
    NSP,
    OUI,
    OUI_SEUL,
    PAR_AN,
    PAR_JOUR,
    PAR_SEMAINE,
    PLUS,
    RIEN,
    SANS,
    folded,
)  # fmt: skip

LONG = 12  # words: a longer message tells something else than an answer
SEMAINES = 52 / 12  # weeks in a month
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:[ '’٬.,]\d{3})+(?!\d)")
_NUMBER = re.compile(r"\d+(?:[.,٫]\d+)?")
_THOUSANDS = re.compile(r"(\d+(?:[.,]\d+)?) ?k\b", re.IGNORECASE)
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
    said = folded(text)
    words = said.split()
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
    found = _numbers(text) or [number for number in _spelled(said) if number >= 10]
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
    found = _plain_numbers(text) or _spelled(said)
    if len(found) == 2 and found[0] < found[1] and _range(text, said):
        return Intervalle(*found)
    if len(found) != 1 or found[0] != int(found[0]):
        return None
    bounded = _bounded(said, found[0])
    return bounded if isinstance(bounded, Intervalle) else int(bounded)


def ages(text: str) -> tuple[int, ...] | None:
    """The ages of children: "deux, 3 ans et 7 ans", "3 et 7", "aucun". A first number that counts the others is left out.

    A baby counted in months is 0. None: no age is told (a count alone is none)."""
    said = folded(text)
    if len(said.split()) > 3 * LONG:
        return None
    if said in RIEN:
        return ()
    numbers = [*_counted(text)]
    if len(numbers) > 1 and numbers[0][0] == len(numbers) - 1 and not numbers[0][1]:
        numbers = numbers[1:]
    if not numbers or any(number != int(number) for number, _ in numbers):
        return None
    return tuple(int(number) // 12 if unit == "mois" else int(number) for number, unit in numbers)


def with_unit(text: str) -> bool:
    """True when a number is told with years or months: an age, and not a count."""
    return any(unit for _, unit in _counted(text)) or bool((_ANS | _MOIS) & set(folded(text).split()))


def option(text: str, labels: Mapping[str, str]) -> str | None:
    """The one choice whose label holds every word said, or all of whose words are said; None when several or none do.

    A "not" that was not said is not chosen: "HLM" is "Je loue un HLM" rather than "Je loue, pas un HLM"."""
    said = set(folded(text).split())
    if not said:
        return None
    words = {choice: set(folded(label).split()) for choice, label in labels.items()}
    for test in (lambda own: own == said, lambda own: said <= own, lambda own: bool(own) and own <= said):
        found = [choice for choice, own in words.items() if test(own)]
        if len(found) > 1:
            found = [choice for choice in found if words[choice] & SANS <= said]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _numbers(text: str) -> list[float]:
    """The numbers written in figures, of any script, with or without separators."""
    text = _THOUSANDS.sub(lambda match: str(float(match[1].replace(",", ".")) * 1000), western(text))
    text = _GROUPED.sub(lambda match: re.sub(r"\D", "", match[0]), text)
    return [float(re.sub("[,٫]", ".", number)) for number in _NUMBER.findall(text)]


def _plain_numbers(text: str) -> list[float]:
    """The same for counts and ages, where a blank parts two numbers."""
    return [float(number) for number in re.findall(r"\d+", western(text))]


def western(text: str) -> str:
    """Figures of any script as 0 to 9, and any kind of blank as a blank."""
    return "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() else " " if sign.isspace() else sign for sign in text
    )


def _spelled(said: str) -> list[float]:
    """The numbers written in words: "mille deux cents", "trois et sept"."""
    found: list[float] = []
    total, current, last = 0, 0, 0
    open_number = False
    for word in said.replace("quatre vingt", "octante").split():
        # "و" is written with the number that follows it.
        value = NOMBRES.get(word, NOMBRES.get(word[1:]) if word.startswith("و") else None)
        if value is None:
            if open_number and word not in LIENS:
                found.append(total + current)
                total, current, last, open_number = 0, 0, 0, False
            continue
        if value == 1000:
            total, current, last = total + max(current, 1) * 1000, 0, 1000
        elif value == 100 and 0 < current < 10:
            current, last = current * 100, 100
        elif (open_number and value >= last) or (open_number and last < 20):
            found.append(total + current)
            total, current, last = 0, value, value
        else:
            current, last = current + value, value
        open_number = True
    if open_number:
        found.append(total + current)
    return [float(number) for number in found]


_UNIT = re.compile(r"(\d+)\s*([^\W\d]*)")
_MOIS = frozenset(
    map(
        folded,
        [
            "mois",
            "month",
            "months",
            "شهر",
            "أشهر",
            "شهور",
            "meses",
            "mes",
            "ay",
            "aylık",
            "месяц",
            "месяцев",
            "месяца",
            "місяць",
            "місяців",
            "ماه",
            "میاشت",
            "luni",
            "muaj",
        ],
    )
)
_ANS = frozenset(
    map(
        folded,
        [
            "an",
            "ans",
            "year",
            "years",
            "yo",
            "سنة",
            "سنوات",
            "عام",
            "سنين",
            "años",
            "ano",
            "anos",
            "yaş",
            "yaşında",
            "лет",
            "год",
            "года",
            "роки",
            "років",
            "рік",
            "سال",
            "ساله",
            "کال",
            "کلن",
            "ani",
            "vjeç",
        ],
    )
)


def _counted(text: str) -> Iterable[tuple[float, str]]:
    """Each number with its unit: "an", "mois", or "" when none is said."""
    figures = western(text)
    if not re.search(r"\d", figures):
        yield from ((number, "") for number in _spelled(folded(text)))
        return
    # A count may be in words before ages in figures: "deux, 3 ans et 7 ans".
    head = re.split(r"\d", figures, maxsplit=1)[0]
    for number in _spelled(folded(head)):
        yield number, ""
    for digits, unit in _UNIT.findall(figures):
        word = folded(unit)
        yield float(digits), "mois" if word in _MOIS else "an" if word in _ANS else ""


def _per(text: str) -> str:
    """ "1500/mois" and "€/an" said as words."""
    return _PER.sub(" par ", text)


def _factor(said: str, periode: str) -> float:
    """What brings an amount to the month or the year it is asked for; said without a period, it is already there."""
    if _has(said, PAR_AN):
        told = 1 / 12
    elif _has(said, PAR_SEMAINE):
        told = SEMAINES
    elif periode == "an" and not _MOIS & set(said.split()):
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
