"""How is the answer about a fact written, in a button and in the state? One short ASCII word, read back the same way.

`oui`, `non`, a choice, `1200`, `600-1200`, the mask of several choices (`a`), a day, or children: `3,7` (their ages),
`x2` (two, ages unknown), `n2bc` (two, each in a band of ages). `nsp` is "I don't know". What is unfinished starts the
same way: `m5` (choices so far), `n2b` (one child of two).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from bot.conversation import answers
from bot.conversation.answer_words import RIEN, folded
from rules.model import Enfant, Fait, Intervalle, Rulebook, Situation
from rules.questions import next_question

NSP = "nsp"
CALCULE = "calcule"
TRANCHES = ((0, 2), (3, 5), (6, 13), (14, 17), (18, 24))  # ages offered as buttons
LETTRES = "abcde"
COMPTES = 8  # a lone number up to here counts children; beyond, it is an age
REMPLACES = re.compile(r"[,;/]| et | and | y | e | ve | و | и | і | dhe | și ")
JOUR = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})")


def value(fait: Fait, written: str):
    """The value of a written answer. Raises ValueError or KeyError for what this fact cannot be."""
    match fait.type:
        case "oui_non":
            return {"oui": True, "non": False}[written]
        case "choix":
            fait.bit(written)
            return written
        case "plusieurs":
            mask = int(written, 16)
            if mask & ~fait.tous:
                raise ValueError(written)
            return frozenset(one.id for one in fait.choix if mask & fait.bit(one.id))
        case "date":
            return date.fromisoformat(written)
        case "enfants":
            return _children(fait, written)
    low, dash, high = written.partition("-")
    if dash:
        bas, haut = _within(fait, float(low)), _within(fait, float(high))
        if bas > haut:
            raise ValueError(written)
        return Intervalle(bas, haut)
    return _within(fait, float(low))


def known(rulebook: Rulebook, reponses: Iterable[tuple[str, str]]) -> Situation:
    """The situation that the answers tell; those that mean nothing any more are left out."""
    found = {}
    for fait, written in reponses:
        if fait in rulebook.faits and finished(rulebook.faits[fait], written) and written != NSP:
            found[fait] = value(rulebook.faits[fait], written)
    return Situation(found)


def following(rulebook: Rulebook, droits: Iterable[str], reponses: Iterable[tuple[str, str]], on: date) -> str | None:
    """The fact to ask next for these rights; None when no answer can change anything any more.

    What is calculated comes first: who stops early knows at least that."""
    reponses = tuple(reponses)
    passes = frozenset(fait for fait, written in reponses if written == NSP)
    situation, droits = known(rulebook, reponses), tuple(droits)
    calculated = tuple(droit for droit in droits if rulebook.droits[droit].sorte == CALCULE)
    for group in (calculated, droits):
        if group and (fait := next_question(rulebook, group, situation, on, passes)):
            return fait
    return None


def finished(fait: Fait, written: str) -> bool:
    """True when a written answer is whole and possible for this fact; false too for what is forged."""
    try:
        return written == NSP or value(fait, written) is not None
    except (ValueError, LookupError, OverflowError):
        return False


def heard(fait: Fait, text: str, partial: str = "") -> str | None:
    """The answer that a free text gives, written; None when it gives none. It may be unfinished (a count of children)."""
    if answers.unknown(text):
        return f"x{partial[1]}" if partial[:1] == "n" else NSP
    written = _heard(fait, text, partial)
    return written if written and (written[:1] == "n" or finished(fait, written)) else None


def _heard(fait: Fait, text: str, partial: str) -> str | None:
    match fait.type:
        case "oui_non":
            said = answers.yes_no(text)
            return None if said is None else "oui" if said else "non"
        case "choix":
            return answers.option(text, {one.id: one.nom for one in fait.choix})
        case "plusieurs":
            return _several(fait, text)
        case "date":
            match = JOUR.search(answers.western(text))
            return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}" if match else None
        case "enfants":
            return _family(text, partial)
        case "montant":
            periode = (fait.unite or "").partition("/")[2] or None
            return _number(fait, answers.amount(text, periode))
    return _number(fait, answers.whole(text))


def _number(fait: Fait, said: float | answers.Intervalle | None) -> str | None:
    if isinstance(said, answers.Intervalle):
        low = fait.min if said.bas is None else said.bas
        high = fait.max if said.haut is None else said.haut
        return range_written(low or 0, high) if high is not None else None
    return None if said is None else written_number(said)


def written_number(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def range_written(low: float, high: float) -> str:
    return f"{written_number(low)}-{written_number(high)}"


def _within(fait: Fait, number: float) -> float | int:
    if (fait.min is not None and number < fait.min) or (fait.max is not None and number > fait.max):
        raise ValueError(number)
    return int(number) if number == int(number) else number


def _several(fait: Fait, text: str) -> str | None:
    """Several choices said at once: all of them must be known."""
    if folded(text) in RIEN:
        return "0"
    labels = {one.id: one.nom for one in fait.choix}
    whole = answers.option(text, labels)
    said = [whole] if whole else [answers.option(part, labels) for part in REMPLACES.split(text) if part.strip()]
    if not said or None in said:
        return None
    return f"{sum(fait.bit(one) for one in set(said)):x}"


def _family(text: str, partial: str) -> str | None:
    """Ages, or a count that waits for them."""
    said = answers.ages(text)
    if said is None:
        return None
    counted = int(partial[1]) if partial[:1] == "n" else None
    if counted is not None and len(said) not in (0, counted):
        return None
    if len(said) == 1 and counted is None and 0 < said[0] <= COMPTES and not answers.with_unit(text):
        return f"n{said[0]}"
    return ",".join(map(str, said)) or "0"


def _children(fait: Fait, written: str) -> tuple[Enfant, ...]:
    if written == "0":
        return ()
    most = int(fait.max or 12)
    if written[0] == "x":
        found = tuple(Enfant({}) for _ in range(min(int(written[1:]), most + 1)))
    elif written[0] == "n":
        count, bands = int(written[1]), written[2:]
        if len(bands) != count:
            raise ValueError(written)
        found = tuple(Enfant.de(age=Intervalle(*TRANCHES[LETTRES.index(letter)])) for letter in bands)
    else:
        found = tuple(Enfant.de(age=int(age)) for age in written.split(","))
        if any(not 0 <= one["age"] <= 99 for one in found):
            raise ValueError(written)
    if not 0 < len(found) <= most:
        raise ValueError(written)
    return found
