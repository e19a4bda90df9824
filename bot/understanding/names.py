"""Which name of a list is in this message, in whatever spelling or script?

Names of quarters and of places are few and matter much, so each is compared in three ways: letters (with typos), French
sound, and, when the message is in another script, a consonant key that transliterations share.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz

from bot.understanding import normalise

LONGEST = 6
"""Words of a name looked at together."""

_KEY_FRENCH = [
    (r"ph", "f"),
    (r"sch|ch", "C"),
    (r"gu(?=[eiy])", "q"),
    (r"g(?=[eiy])", "j"),
    (r"c(?=[eiy])", "s"),
    (r"gn", "n"),
    (r"(?<=..)(?:er|ers|et|es)$", ""),
    (r"(?<=...)[sxtdz]$", ""),
    (r"^[aeiouyh]+", "A"),
    (r"[aeiouyhw']", ""),
    (r"v", "f"),
    (r"[gk]|qu", "q"),
    (r"[cq]", "q"),
    (r"p", "b"),
    (r"(.)\1+", r"\1"),
]
_KEY_RULES = [(re.compile(p), r) for p, r in _KEY_FRENCH]
_PREFIX = re.compile("^[وفبلد](?=...)")
_FOREIGN = re.compile("[\u0400-\u06ff]")


@lru_cache(maxsize=8192)
def key(word: str) -> str:
    """The consonants a French name keeps when it is written in Arabic or Cyrillic letters; "A" for a leading vowel."""
    if _FOREIGN.search(word):
        word = re.sub("^[ااي]+", "a", word)
        word = "".join("q" if c in "غقگكкг" else normalise.latin(c) for c in word)
        word = re.sub("[ou]+", "o", word)
    for pattern, kept in _KEY_RULES:
        word = pattern.sub(kept, word)
    return word


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
    """Names by their plain words, grouped by how many words they have."""

    by_plain: dict[str, tuple[str, ...]] = field(default_factory=dict)
    by_key: dict[str, set[str]] = field(default_factory=dict)
    by_size: dict[int, list[tuple[str, str, str]]] = field(default_factory=dict)

    @staticmethod
    def of(pairs: Iterable[tuple[str, Sequence[str]]]) -> Names:
        """From (name, ids); a name given twice names all its ids."""
        out = Names()
        for name, ids in pairs:
            words = normalise.words(name)
            text = " ".join(words)
            if not text:
                continue
            if text not in out.by_plain:
                together = "".join(words)
                heard = "".join(map(normalise.sound, words))
                out.by_size.setdefault(len(words), []).append((text, together, heard))
                whole = " ".join(filter(None, map(key, words)))
                if len(whole.replace(" ", "")) >= 3:
                    out.by_key.setdefault(whole, set()).add(text)
            out.by_plain[text] = tuple(dict.fromkeys((*out.by_plain.get(text, ()), *ids)))
        return out


def find(
    names: Names, words: Sequence[str], known: Callable[[str], bool], near: float, shortest: int = 5
) -> list[Match]:
    """Names in the message, the best first. `known` says which words are ordinary and never a typo of a name.

    A near spelling is accepted from `near` (0..100) and from `shortest` letters on; an exact one always.
    """
    out: list[Match] = []
    for size in range(min(LONGEST, len(words)), 0, -1):
        for at in range(len(words) - size + 1):
            part = words[at : at + size]
            said = " ".join(part)
            if said in names.by_plain:
                out.append(Match(names.by_plain[said], said, said, 100.0 + size, at, size))
                continue
            if _FOREIGN.search(said):
                out.extend(_transliterated(names, part, said, known, at))
                continue
            together = "".join(part)
            if len(together) < shortest or (size == 1 and known(said)) or all(map(known, part)):
                continue
            heard = "".join(map(normalise.sound, part))
            best = (0.0, "")
            for other in (size, size + 1, size - 1):
                for text, letters, sound in names.by_size.get(other, ()):
                    if letters[0] != together[0] or abs(len(letters) - len(together)) > 3 or len(letters) < shortest:
                        continue
                    score = fuzz.ratio(together, letters)
                    if score < near and len(sound) >= 4 and heard:
                        score = max(score, fuzz.ratio(heard, sound) - 2)
                    best = max(best, (score, text))
            if best[0] >= near:
                out.append(Match(names.by_plain[best[1]], said, best[1], best[0], at, size))
    return sorted(out, key=lambda m: (-m.score, -m.size, m.at))


def _transliterated(names: Names, part: Sequence[str], said: str, known: Callable[[str], bool], at: int) -> list[Match]:
    if all(map(known, part)):
        return []
    for first in {part[0], _PREFIX.sub("", part[0])}:
        whole = " ".join(filter(None, map(key, (first, *part[1:]))))
        for text in sorted(names.by_key.get(whole, ())):
            return [Match(names.by_plain[text], said, text, 90.0, at, len(part))]
    return []
