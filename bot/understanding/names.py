"""Which name of a list is in this message, in whatever spelling or script?

Names of quarters and of places are few and matter much, so each is compared in three ways: letters (with typos), French
sound, and, when the message is in another script, a consonant key that transliterations share.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz

from bot.understanding import normalise

LONGEST = 6
"""Words of a name looked at together."""

SHORTEST_KEY = 3
"""Consonants a name must keep to be known in another script: with two, ordinary words would be names."""

SHORTEST_FOREIGN = 5
"""Letters a single word in another script must have, for the same reason."""

FOREIGN_NEAR = 72.0
FOREIGN_NEAR_MIXED = 80.0
FOREIGN_NEAR_KNOWN = 90.0
"""Likeness (0..100) of the whole sound, vowels included, once the consonants agree; more when a word is an ordinary one."""

SHORTEST_ALONE = 6
_ARTICLES = frozenset({"le", "la", "les", "l"})

SOUND_ALIKE = 76.0
OTHER_COUNT = 92.0
"""Likeness of letters from which the sound may make up for the rest; likeness asked when words are joined or cut apart."""

MOST_KNOWN = 3
NEAR_KNOWN = 94.0
"""Two or three ordinary words together are a name cut otherwise ("ru delbeuf") only when they are nearly its letters."""

_KEY_FRENCH = [
    (r"ph", "f"),
    (r"sch|ch", "C"),
    (r"gu(?=[eiy])", "q"),
    (r"g(?=[eiy])", "j"),
    (r"c(?=[eiy])", "s"),
    (r"gn", "n"),
    (r"^[aeiouyh]+", "A"),
    (r"[aeiouyhw']", ""),
    (r"v", "f"),
    (r"[gk]|qu", "q"),
    (r"[cq]", "q"),
    (r"p", "b"),
    (r"(.)\1+", r"\1"),
]
_KEY_RULES = [(re.compile(p), r) for p, r in _KEY_FRENCH]
_VOWEL_RULES = [
    (re.compile(p), r)
    for p, r in (
        (r"g(?=[eiy])", "j"),
        (r"c(?=[eiy])", "s"),
        (r"ch|tch", "C"),
        (r"[qck]|gu(?=[ei])|g", "k"),
        (r"eau|aux|au", "u"),
        (r"(?:ou|oo|eu|oeu|u|o|w)+", "u"),
        (r"(?:ai|ei|e|y|i)+", "i"),
        (r"v", "f"),
        (r"p", "b"),
        (r"h", ""),
        (r"(.)\1+", r"\1"),
    )
]
# The Persian and Pashto letter that is v before a vowel and u elsewhere.
_VAV = re.compile("(?<=و)و|و(?=[ياه])")
_PREFIX = re.compile("^[وفبلد](?=...)")
# What is written at the end of a French word and not said; nobody writes it in another script.
_SILENT = re.compile("(?<=..)(?:(?<=i)ers?|(?<=e)t|es|[sxtdz])$")
_FOREIGN = re.compile("[\u0400-\u06ff]")


@lru_cache(maxsize=8192)
def key(word: str, said: bool = True) -> str:
    """The consonants a French name keeps when it is written in Arabic or Cyrillic letters; "A" for a leading vowel.

    `said`: without what French writes at the end and does not say (some people write it all the same: "Норд").
    """
    if _FOREIGN.search(word):
        word = re.sub("^[ااي]+", "a", word)
        word = "".join("q" if c in "غقگكкг" else normalise.latin(c) for c in word)
        word = re.sub("[ou]+", "o", word)
    elif said:
        word = _SILENT.sub("", word)
    for pattern, kept in _KEY_RULES:
        word = pattern.sub(kept, word)
    return word


@lru_cache(maxsize=8192)
def vowels(text: str) -> str:
    """Latin letters with the vowels and consonants that transliterations do not tell apart made one."""
    for pattern, kept in _VOWEL_RULES:
        text = pattern.sub(kept, text)
    return text


@dataclass(frozen=True, slots=True)
class Match:
    """A name found: what it names, how it was said, how near (0..100), and where."""

    ids: tuple[str, ...]
    said: str
    name: str
    score: float
    at: int
    size: int


@dataclass(slots=True)
class Names:
    """Names by their plain words; `by_start` groups them by first letter and number of letters."""

    by_plain: dict[str, tuple[str, ...]] = field(default_factory=dict)
    by_key: dict[str, set[str]] = field(default_factory=dict)
    by_start: dict[tuple[str, int], list[tuple[str, str, str, int]]] = field(default_factory=dict)
    longest: int = 0

    @staticmethod
    def of(pairs: Iterable[tuple[str, Sequence[str]]]) -> Names:
        """From (name, ids); a name given twice names all its ids."""
        out = Names()
        for words, ids in _spellings(pairs):
            text = " ".join(words)
            if text not in out.by_plain:
                together = "".join(words)
                heard = "".join(map(normalise.sound, words))
                out.by_start.setdefault((together[0], len(together)), []).append((text, together, heard, len(words)))
                out.longest = min(LONGEST, max(out.longest, len(words)))
                for spelled in (words, ["la", *words]):
                    for said in (True, False):
                        whole = "".join(key(word, said) for word in spelled)
                        if len(whole) >= SHORTEST_KEY:
                            out.by_key.setdefault(whole, set()).add(text)
            out.by_plain[text] = tuple(dict.fromkeys((*out.by_plain.get(text, ()), *ids)))
        return out


def _spellings(pairs: Iterable[tuple[str, Sequence[str]]]) -> Iterable[tuple[list[str], Sequence[str]]]:
    """Each name as plain words, and without its article when what is left is long enough to be a name alone."""
    for name, ids in pairs:
        words = normalise.words(name)
        if words:
            yield words, ids
        if len(words) > 1 and words[0] in _ARTICLES and sum(map(len, words[1:])) >= SHORTEST_ALONE:
            yield words[1:], ids


def find(names: Names, words: Sequence[str], known: Sequence[bool], near: float, shortest: int = 5) -> list[Match]:
    """Names in the message, the best first. `known[i]`: word i is an ordinary word, hardly ever a typo of a name.

    A near spelling is accepted from `near` (0..100) and from `shortest` letters on; an exact one always.
    """
    out: list[Match] = []
    for size in range(min(names.longest + 1, len(words)), 0, -1):
        for at in range(len(words) - size + 1):
            part = words[at : at + size]
            said = " ".join(part)
            ids = names.by_plain.get(said)
            if ids is not None:
                out.append(Match(ids, said, said, 100.0 + size, at, size))
            elif _FOREIGN.search(said):
                if len(said) >= SHORTEST_FOREIGN:
                    ordinary = sum(known[at : at + size])
                    limit = FOREIGN_NEAR_KNOWN if ordinary == size else FOREIGN_NEAR_MIXED if ordinary else FOREIGN_NEAR
                    out.extend(_transliterated(names, part, said, at, limit))
            elif len(said) >= shortest:
                limit = near
                if all(known[at : at + size]):
                    if size == 1 or size > MOST_KNOWN:
                        continue
                    limit = NEAR_KNOWN
                score, text = _nearest(names, part, size, limit, shortest)
                if score >= limit:
                    out.append(Match(names.by_plain[text], said, text, score, at, size))
    return sorted(out, key=lambda m: (-m.score, -m.size, m.at))


def _nearest(names: Names, part: Sequence[str], size: int, near: float, shortest: int) -> tuple[float, str]:
    together = "".join(part)
    heard = None
    best = (0.0, "")
    for length in range(max(shortest, len(together) - 3), len(together) + 4):
        for text, letters, sound, count in names.by_start.get((together[0], length), ()):
            if abs(count - size) > 1:
                continue
            # What is not even alike by ear can never be near: the comparison gives up early, with 0.
            score = fuzz.ratio(together, letters, score_cutoff=SOUND_ALIKE)
            if score == 0:
                continue
            if score < near and len(sound) >= 4:
                heard = heard or "".join(map(normalise.sound, part))
                score = max(score, fuzz.ratio(heard, sound) - 2)
            if count != size and score < OTHER_COUNT:
                continue
            best = max(best, (score, text))
    return best


def _transliterated(names: Names, part: Sequence[str], said: str, at: int, limit: float) -> list[Match]:
    for spelled in dict.fromkeys(
        (tuple(part), (_PREFIX.sub("", part[0]), *part[1:]), tuple(_VAV.sub("ف", w) for w in part))
    ):
        alike = names.by_key.get("".join(map(key, spelled)))
        if not alike:
            continue
        heard = vowels("".join(map(normalise.latin, spelled)))
        score, text = max((fuzz.ratio(heard, _heard(text)), text) for text in alike)
        if score >= limit:
            return [Match(names.by_plain[text], said, text, 90.0, at, len(part))]
    return []


@lru_cache(maxsize=2048)
def _heard(name: str) -> str:
    return vowels("".join(_SILENT.sub("", word) for word in name.split()))
