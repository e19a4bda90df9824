"""Which numbers stand for a message? Hashed pieces of its words, the same on every machine.

A piece is a run of characters of one of the three views of `normalise`: character n-grams that stay inside a word and see
where it starts and ends, whole words, pairs of neighbouring words, pairs with one word between, n-grams of the sound that
run across words (people who write by ear also join words), and consonant skeletons.

Every piece is a slice of one string, so its hash is a difference of prefix sums: the whole of a message (or of thousands
of phrases at once, when training) costs a handful of numpy calls. No Python hash: it changes from one run to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.understanding import normalise

BITS = 21
"""Width of the hash: two million buckets keep collisions rare; only buckets seen in training get a row of weights."""

_P = 0x9E3779B97F4A7C15 | 1
_P_INVERSE = pow(_P, -1, 1 << 64)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_LAST = np.uint64(0x94D049BB133111EB)
_SHIFT = np.uint64(29)
_BUCKET = np.uint64(64 - BITS)
_SPACE = 32
_STOP = 10
_BETWEEN = " \n "


@dataclass(frozen=True, slots=True)
class View:
    """How one view is cut: what a word becomes, n-gram lengths, whether they run across words, runs of words, gapped pairs."""

    seed: int
    form: Callable[[str], str] | None
    grams: tuple[int, ...]
    across: bool
    runs: tuple[int, ...]
    gaps: bool


VIEWS: dict[str, tuple[View, ...]] = {
    "besoins": (
        View(seed=1, form=None, grams=(2, 3, 4, 5), across=False, runs=(1, 2), gaps=True),
        View(seed=2, form=normalise.sound, grams=(3, 4, 5), across=True, runs=(), gaps=False),
        View(seed=3, form=normalise.bones, grams=(3,), across=False, runs=(1, 2), gaps=False),
    ),
    "langue": (View(seed=4, form=None, grams=(1, 2, 3, 4), across=False, runs=(1,), gaps=False),),
}
"""What is cut for each model: needs and danger share one; language looks at words with their accents."""


def _powers(count: int) -> tuple[np.ndarray, np.ndarray]:
    up = np.full(count, _P, dtype=np.uint64)
    down = np.full(count, _P_INVERSE, dtype=np.uint64)
    up[0] = down[0] = 1
    return np.multiply.accumulate(up), np.multiply.accumulate(down)


_UP, _DOWN = _powers(3 * normalise.LONGEST)


def _tables(count: int) -> tuple[np.ndarray, np.ndarray]:
    global _UP, _DOWN
    if count > len(_UP):
        _UP, _DOWN = _powers(count)
    return _UP, _DOWN


def _buckets(hashes: np.ndarray, seed: int) -> np.ndarray:
    mixed = hashes + np.uint64(seed * 0xD6E8FEB86659FD93 % (1 << 64))
    mixed = (mixed ^ (mixed >> _SHIFT)) * _LAST
    mixed = (mixed ^ (mixed >> _SHIFT)) * _MIX
    return (mixed >> _BUCKET).astype(np.int64)


def _cut(text: str, view: View) -> tuple[np.ndarray, np.ndarray]:
    """Buckets of every piece of a string of words, and the position where each starts.

    `text` begins and ends with a space; texts in a batch are separated by `_BETWEEN`.
    """
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    count = len(codes)
    up, down = _tables(count + 1)
    prefix = np.zeros(count + 1, dtype=np.uint64)
    mixed = (codes.astype(np.uint64) + np.uint64(0x51ED27)) * _MIX
    np.cumsum((mixed ^ (mixed >> _SHIFT)) * up[:count], out=prefix[1:])
    # A run of characters may touch a space at either end but not hold one, and never touches a stop.
    walls = np.zeros(count + 1, dtype=np.int32)
    np.cumsum(codes == _SPACE, out=walls[1:])
    stops = np.zeros(count + 1, dtype=np.int32)
    np.cumsum(codes == _STOP, out=stops[1:])
    starts, ends, kinds = [], [], []
    for size in view.grams:
        if count < size:
            continue
        at = np.arange(count - size + 1)
        at = at[(walls[at + size - 1] == walls[at + 1]) & (stops[at + size] == stops[at])]
        starts.append(at)
        ends.append(at + size)
        kinds.append(np.full(len(at), size, dtype=np.uint64))
    if not view.across:
        spaces = np.flatnonzero(codes == _SPACE)
        first, last = spaces[:-1] + 1, spaces[1:]
        is_word = codes[first] > _SPACE  # not a stop, not the empty word of an empty text
        for run in view.runs:
            if len(first) < run:
                continue
            begin, end = first[: len(first) - run + 1], last[run - 1 :]
            whole = np.logical_and.reduce([is_word[k : len(is_word) - run + 1 + k] for k in range(run)])
            starts.append(begin[whole])
            ends.append(end[whole])
            kinds.append(np.full(int(whole.sum()), 16 + run, dtype=np.uint64))
    if not starts:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    start, end, kind = np.concatenate(starts), np.concatenate(ends), np.concatenate(kinds)
    hashes = (prefix[end] - prefix[start]) * down[start] + kind * _LAST
    if view.gaps and len(first) >= 3:
        whole = is_word[:-2] & is_word[1:-1] & is_word[2:]
        one = ((prefix[last] - prefix[first]) * down[first])[:-2][whole]
        two = ((prefix[last] - prefix[first]) * down[first])[2:][whole]
        hashes = np.concatenate([hashes, one * _MIX + two * _LAST + np.uint64(99)])
        start = np.concatenate([start, first[:-2][whole]])
    return _buckets(hashes, view.seed), start


def _view_text(words: Sequence[str], view: View) -> str:
    if view.form is None:
        return " ".join(words)
    parts = map(view.form, words)
    return "".join(parts) if view.across else " ".join(filter(None, parts))


def of_many(texts: Sequence[Sequence[str]], kind: str = "besoins") -> tuple[np.ndarray, np.ndarray]:
    """The distinct buckets of each text: those of text i are buckets[offsets[i]:offsets[i + 1]], sorted."""
    keys = []
    for view in VIEWS[kind]:
        parts = [_view_text(words, view) for words in texts]
        lengths = np.fromiter(map(len, parts), dtype=np.int64, count=len(parts)) + len(_BETWEEN)
        buckets, start = _cut(" " + _BETWEEN.join(parts) + " ", view)
        owner = (
            np.searchsorted(np.cumsum(lengths), start, side="right")
            if len(parts) > 1
            else np.zeros(len(start), np.int64)
        )
        keys.append(owner << BITS | buckets)
    unique = np.sort(np.concatenate(keys))  # np.unique takes in the whole of numpy.ma: 5 MiB for nothing
    unique = unique[np.flatnonzero(np.diff(unique, prepend=-1))]
    offsets = np.searchsorted(unique >> BITS, np.arange(len(texts) + 1))
    return unique & ((1 << BITS) - 1), offsets


def word_buckets(words: Sequence[str], kind: str = "besoins") -> np.ndarray:
    """The bucket of each whole word, in order, in the first view of this kind."""
    if not words:
        return np.zeros(0, np.int64)
    whole = replace(VIEWS[kind][0], grams=(), runs=(1,), gaps=False)
    return _cut(f" {' '.join(words)} ", whole)[0]
