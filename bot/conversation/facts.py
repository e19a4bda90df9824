"""How is the answer about a fact written, in a button and in the state? One short ASCII word, read back the same way.

`oui`, `non`, a choice, `1200`, `600-1200`, the mask of several choices (`a`), a day, or children: `3,7` (their ages),
`x2` (two, ages unknown), `n2b07` (two, one in a band of ages, one of seven). `nsp` is "I don't know". What is unfinished
starts the same way: `m5` (choices so far), `n2b` (one child of two).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from bot.conversation import ages_said, answers, fact_words
from bot.conversation.answer_words import FINI, RIEN, folded
from bot.conversation.numbers_said import western
from rules.model import Enfant, Fait, Intervalle, Rulebook, Situation
from rules.questions import next_question

NSP = "nsp"
CALCULE = "calcule"
TRANCHES = ((0, 2), (3, 5), (6, 13), (14, 17), (18, 24))  # ages offered as buttons
LETTRES = "abcde"
COMPTES = 8  # a lone number up to here counts children; beyond, it is an age
REMPLACES = re.compile(r"[,;/]| et | and | y | e | ve | و | и | і | dhe | și ")
JOUR = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})")
TICKS = re.compile(r"m([0-9a-f]{1,8})(?:\.(\d))?")  # the boxes ticked so far, and the page shown
AGES = re.compile(r"[a-e]|\d\d")  # of the children told so far
SALAIRE = "salaire_net"  # the fact that gross pay, or "the SMIC", tells as well


@dataclass(frozen=True, slots=True)
class Reperes:
    """What helps to read an answer: the day, the words of the rules in the person's language, what a gross euro is worth
    in the hand, and the SMIC before deductions. None: not known."""

    on: date | None = None
    dire: Callable[[str], str] | None = None
    part_nette: float | None = None
    smic_brut: float | None = None


RIEN_DE_CONNU = Reperes()


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


def heard(fait: Fait, text: str, partial: str = "", reperes: Reperes = RIEN_DE_CONNU) -> str | None:
    """The answer that a free text gives, written; None when it gives none. It may be unfinished (a count of children)."""
    if answers.unknown(text):
        return f"x{partial[1]}" if partial[:1] == "n" else NSP
    written = _heard(fait, text, partial, reperes)
    return written if written and (written[:1] == "n" or finished(fait, written)) else None


def _heard(fait: Fait, text: str, partial: str, reperes: Reperes) -> str | None:
    match fait.type:
        case "oui_non":
            said = answers.yes_no(text)
            return _meant(fait, text) if said is None else "oui" if said else "non"
        case "choix":
            return _option(fait, text, reperes) or _meant(fait, text)
        case "plusieurs":
            return _several(fait, text, partial, reperes)
        case "date":
            day = _day(text)
            return day.isoformat() if day else None
        case "enfants":
            return _family(text, partial)
        case "montant":
            return _amount(fait, text, reperes)
    since = _since(fait, text, reperes.on)
    return _number(fait, answers.whole(text) if since is None else since)


def _option(fait: Fait, text: str, reperes: Reperes) -> str | None:
    """The one choice named, in French or as its button says it."""
    found = answers.option(text, {one.id: one.nom for one in fait.choix})
    if found is None and reperes.dire:
        found = answers.option(text, {one.id: reperes.dire(one.nom) for one in fait.choix})
    return found


def _meant(fait: Fait, text: str) -> str | None:
    """The one answer that other words tell."""
    found = fact_words.meant(fait.base or fait.id, text)
    return next(iter(found)) if len(found) == 1 else None


def _amount(fait: Fait, text: str, reperes: Reperes) -> str | None:
    periode = (fait.unite or "").partition("/")[2] or None
    said = answers.amount(text, periode)
    net = 1.0
    if (fait.base or fait.id) == SALAIRE and answers.gross(text):
        net = reperes.part_nette or 0
    elif (fait.base or fait.id) == SALAIRE and said is None and answers.smic(text) and reperes.smic_brut:
        said, net = reperes.smic_brut, reperes.part_nette or 0
    if not net:
        return None
    if isinstance(said, answers.Intervalle):
        said = answers.Intervalle(*(bound if bound is None else bound * net for bound in (said.bas, said.haut)))
    return _number(fait, said * net if isinstance(said, float) else said)


def _day(text: str) -> date | None:
    match = JOUR.search(western(text))
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match else None
    except ValueError:
        return None


def _since(fait: Fait, text: str, on: date | None) -> float | answers.Intervalle | None:
    """Years told by what they began with: a day, a year; or told in months."""
    if fait.type != "age" and fait.unite != "ans":
        return None
    if on and (day := _day(text)) and day <= on:
        return float(on.year - day.year - ((on.month, on.day) < (day.month, day.day)))
    if on and (year := answers.year(text)) and year <= on.year:
        return answers.Intervalle(max(on.year - year - 1, 0), on.year - year)
    months = answers.months(text)
    return None if months is None else round(months / 12, 2)


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


def _several(fait: Fait, text: str, partial: str, reperes: Reperes) -> str | None:
    """Several choices said at once: all of them must be known, by their names or by other words. They are added to those
    ticked already (`partial`); "nothing more" ends there."""
    said = folded(text)
    match = TICKS.fullmatch(partial)
    ticked = int(match[1], 16) & fait.tous if match else 0
    if said in RIEN or (ticked and said in FINI):
        return f"{ticked:x}"
    whole = _option(fait, text, reperes)
    named = [whole] if whole else [_option(fait, part, reperes) for part in REMPLACES.split(text) if part.strip()]
    if not named or None in named:
        named = list(fact_words.meant(fait.base or fait.id, text))
        if not named:
            return f"{ticked:x}" if answers.nothing(text) else None
    return f"{ticked | sum(fait.bit(one) for one in set(named) - {fact_words.AUCUN}):x}"


def _family(text: str, partial: str) -> str | None:
    """Ages, or a count that waits for them; after a count, the ages that are still missing."""
    said = ages_said.ages(text)
    if partial[:1] == "n" and ages_said.count(text) in (None, int(partial[1])):
        wanted, told = int(partial[1]), len(AGES.findall(partial[2:]))
        if said is None or (said and len(said) not in (wanted, wanted - told, 1)) or any(age > 99 for age in said):
            return None
        if not said or len(said) == wanted:
            return ",".join(map(str, said)) or "0"
        return partial + "".join(f"{age:02}" for age in said)
    if said is None:
        count = ages_said.count(text)
        return f"n{count}" if count and count <= COMPTES else None
    if len(said) == 1 and 0 < said[0] <= COMPTES and not ages_said.with_unit(text):
        return f"n{said[0]}"
    return ",".join(map(str, said)) or "0"


def _child(age: str) -> Enfant:
    return Enfant.de(age=int(age) if age.isdecimal() else Intervalle(*TRANCHES[LETTRES.index(age)]))


def _children(fait: Fait, written: str) -> tuple[Enfant, ...]:
    if written == "0":
        return ()
    most = int(fait.max or 12)
    if written[0] == "x":
        found = tuple(Enfant({}) for _ in range(min(int(written[1:]), most + 1)))
    elif written[0] == "n":
        told = AGES.findall(written[2:])
        if len(told) != int(written[1]) or "".join(told) != written[2:]:
            raise ValueError(written)
        found = tuple(map(_child, told))
    else:
        found = tuple(Enfant.de(age=int(age)) for age in written.split(","))
        if any(not 0 <= one["age"] <= 99 for one in found):
            raise ValueError(written)
    if not 0 < len(found) <= most:
        raise ValueError(written)
    return found
