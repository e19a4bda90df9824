"""Which messages say the same thing? Like words, of one language and one need, make a group.

Words are folded (no case, accent or order) and each different text compared once. The texts said most come first and
gather those like them: a group is named by the oldest need that said its first text, so its name is stable.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from rapidfuzz import process
from rapidfuzz.distance import Indel

from bot.review.filters import Filtre, fold, said

ALIKE = 0.85  # similarity, 0 to 1, from which two texts say the same thing
MOST = 5000  # messages grouped for one page: the newest ones, so that it never keeps one waiting
STORY = 200  # characters from which a message is a story: it stands alone
CHUNK = 256  # texts compared at once: small tables stay in the processor's cache
KEPT = 1024  # blocks whose grouping is remembered
# Under a digest of its texts, where each goes: a page asked for again is not computed again, and no word is kept.
_remembered: dict[bytes, tuple[int, ...]] = {}


@dataclass(frozen=True, slots=True)
class Groupe:
    """Needs whose words are alike. `premier`, one of them, names it; `mots` are the words said most; `exemples` other ways to say it."""

    premier: int
    langue: str
    besoin: str | None
    mots: str
    exemples: tuple[str, ...]
    numeros: tuple[int, ...]


def groups_of(connection: sqlite3.Connection, filtre: Filtre) -> tuple[Groupe, ...]:
    """The groups of the MOST newest needs with words that the filter keeps.

    What staff said of them is left aside (state, action, groups): a group stays one when a part of it is settled.
    """
    return group(said(connection, replace(filtre, etat="", action=""), MOST))


def members(connection: sqlite3.Connection, filtre: Filtre) -> tuple[int, ...] | None:
    """The needs of the groups the filter names; None when it names none."""
    if not filtre.groupes:
        return None
    wanted = set(filtre.groupes)
    found = groups_of(connection, filtre)
    return tuple(number for one in found if not wanted.isdisjoint(one.numeros) for number in one.numeros)


def group(messages: Iterable[tuple[int, str, str | None, str]]) -> tuple[Groupe, ...]:
    """The groups of (number, language, need, words), the largest first; a message like no other is a group of one."""
    blocks: dict[tuple[str, str | None], dict[str, list[tuple[int, str]]]] = {}
    for number, langue, besoin, mots in messages:
        blocks.setdefault((langue, besoin), {}).setdefault(_key(mots), []).append((number, mots))
    groups = []
    for (langue, besoin), texts in blocks.items():
        ordered = sorted(texts, key=lambda text: (-len(texts[text]), len(text), text))
        for members in _leaders(ordered):
            told = [one for text in members for one in texts[text]]
            examples = tuple(texts[text][0][1] for text in members[1:4])
            groups.append(Groupe(told[0][0], langue, besoin, told[0][1], examples, tuple(number for number, _ in told)))
    return tuple(sorted(groups, key=lambda one: (-len(one.numeros), one.langue, one.besoin or "", one.mots)))


def _key(mots: str) -> str:
    return " ".join(sorted(re.findall(r"[^\W_]+", fold(mots)))) or fold(mots)


def _leaders(texts: Sequence[str]) -> list[list[str]]:
    """Texts put with the first one they are like, in order; each list begins with the one that gathered it."""
    digest = blake2b("\0".join(texts).encode("utf-8", "replace")).digest()
    places = _remembered.get(digest)
    if places is None:
        places = _remembered[digest] = _places(texts)
        while len(_remembered) > KEPT:
            _remembered.pop(next(iter(_remembered)), None)
    groups: dict[int, list[str]] = {}
    for text, place in zip(texts, places, strict=True):
        groups.setdefault(place, []).append(text)
    return list(groups.values())


def _places(texts: Sequence[str]) -> tuple[int, ...]:
    """For each text the place of the one that gathers it, itself included."""
    places: list[int] = []
    leaders: list[str] = []
    homes: list[int] = []
    for start in range(0, len(texts), CHUNK):
        chunk = texts[start : start + CHUNK]
        homeless = list(range(len(chunk)))
        found = [-1] * len(chunk)
        if leaders:
            for at, (score, best) in enumerate(_best(chunk, leaders)):
                if score >= ALIKE and len(chunk[at]) <= STORY:
                    found[at] = homes[best]
            homeless = [at for at in homeless if found[at] < 0]
        first = len(leaders)
        for at in homeless:
            text = chunk[at]
            like = (
                process.extractOne(text, leaders[first:], scorer=Indel.normalized_similarity, score_cutoff=ALIKE)
                if len(text) <= STORY
                else None
            )
            if like is None:
                found[at] = start + at
                leaders.append(text)
                homes.append(start + at)
            else:
                found[at] = homes[first + like[2]]
        places += found
    return tuple(places)


def _best(chunk: Sequence[str], leaders: Sequence[str]) -> list[tuple[float, int]]:
    scores = process.cdist(chunk, leaders, scorer=Indel.normalized_similarity, score_cutoff=ALIKE)
    best = scores.argmax(axis=1)
    return [(float(scores[at, place]), int(place)) for at, place in enumerate(best)]
