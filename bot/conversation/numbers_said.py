"""Which numbers does a text say? In figures of any script, or in words: "1 200", "2 mille", "douze cents", "soixante-dix-sept"."""

from __future__ import annotations

import re
import unicodedata

from bot.conversation.answer_words import ANS, EN_DEUX_MOTS, ENFANT, LIENS, MILLE, MOIS, NOMBRES, folded

_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:[ '’٬.,]\d{3})+(?!\d)")
_WORD = re.compile(r"\b[a-z]*\d[a-z\d]+\b", re.IGNORECASE)
_UNITES = ANS | MOIS | ENFANT | MILLE | frozenset(("eur", "euro", "euros", "net", "nets", "brut", "par", "avro", "lei"))
_NUMBER = re.compile(r"\d+(?:[.,٫]\d+)?")
_THOUSANDS = re.compile(
    rf"(\d+(?:[.,]\d+)?) ?(?:k|{'|'.join(sorted(MILLE, key=len, reverse=True))})\b(?: (\d{{1,3}})\b)?", re.IGNORECASE
)


def without_letters(text: str) -> str:
    """The text without the words where a figure stands for a letter: "3andi 2 wlad" is 2, and "3ans" is 3."""
    return _WORD.sub(lambda match: "" if _spells(match[0]) else match[0], text)


def _spells(word: str) -> bool:
    letters = re.sub(r"\d", "", word)
    return len(letters) > 2 and len(word) - len(letters) == 1 and folded(letters) not in _UNITES


def western(text: str) -> str:
    """Figures of any script as 0 to 9, and any kind of blank as a blank."""
    return "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() else " " if sign.isspace() else sign for sign in text
    )


def figures(text: str) -> list[float]:
    """The numbers written in figures, with or without separators; "2 mille 300" is one."""
    text = _THOUSANDS.sub(_thousands, without_letters(western(text)))
    text = _GROUPED.sub(lambda match: re.sub(r"\D", "", match[0]), text)
    return [float(re.sub("[,٫]", ".", number)) for number in _NUMBER.findall(text)]


def plain_figures(text: str) -> list[float]:
    """The same for counts and ages, where a blank parts two numbers."""
    return [float(number) for number in re.findall(r"\d+", without_letters(western(text)))]


def _thousands(match: re.Match[str]) -> str:
    return str(float(match[1].replace(",", ".")) * 1000 + float(match[2] or 0))


def value_of(word: str) -> int | None:
    """What one word counts for; "و" is written with the number that follows it."""
    return NOMBRES.get(word, NOMBRES.get(word[1:]) if word.startswith("و") else None)


def spelled(said: str) -> list[float]:
    """The numbers written in folded words: "mille deux cents", "trois et sept"."""
    found: list[float] = []
    total, current, last = 0, 0, 0
    open_number = False
    for words, others in EN_DEUX_MOTS.items():
        said = said.replace(words, others)
    for word in said.split():
        value = value_of(word)
        if value is None:
            if open_number and word not in LIENS:
                found.append(total + current)
                total, current, last, open_number = 0, 0, 0, False
            continue
        if value == 1000:
            total, current, last = total + max(current, 1) * 1000, 0, 1000
        elif value == 100 and 0 < current < 100:  # "douze cents" too
            current, last = current * 100, 100
        elif value < 10 and last == 10 and current % 100 in (70, 90):  # "soixante-dix-sept"
            current, last = current + value, value
        elif (open_number and value >= last) or (open_number and last < 20):
            found.append(total + current)
            total, current, last = 0, value, value
        else:
            current, last = current + value, value
        open_number = True
    if open_number:
        found.append(total + current)
    return [float(number) for number in found]
