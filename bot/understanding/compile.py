"""How do the lexicons become what answers in a millisecond? `python -m bot.understanding.compile` (part of `make install`).

The compiled model is built, not committed: it depends on nothing but the lexicons and this package, takes a minute or two,
and a binary in git would have to be rebuilt by everybody who adds a word. It lives in a folder named after a digest of
the lexicons and of the code that reads them (`home()`), so two versions never mix and a finished folder is never changed.

A lexicon that changed after the last build is not waited for: `engine.load` takes the newest model there is, reads the
changed files only, and adds their new words and phrases as direct evidence (`evidence.py`); the next build learns them.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import numpy as np

from bot.understanding import augment, features, lexicon, linear, normalise, train
from bot.understanding.lexicon import NEED_OF_DANGER, Lexicon
from bot.understanding.model import Propos

NOTHING = "rien"
"""The class of the danger head for a text that tells of no danger."""

VARIANTS = 2
"""Rewritings of a phrase in a language that people also write by ear (augment.OWN_RULES); one in the others."""

PIECES = 0.4
"""Share of ordinary phrases of which a piece is learned as telling of no danger."""

STORIES = 0.3
"""Share of the dangers also told in the middle of a long message."""

KEPT = 3
"""Models left after a build: a process that opened an older one still reads it."""

_CHUNK = 4000
_READING = ("normalise", "features", "linear")
_MAKING = ("augment", "train", "lexicon", "compile")
"""Modules that a model must be read with exactly as it was made; modules that only say how well it was made."""


@dataclass(slots=True)
class Examples:
    """Training texts and what each says, head by head ("" where it says nothing).

    `turn` is train.EVERY for a text as its author wrote it, 0 or 1 for what was made from it: half of that is learned in
    one epoch and half in the next, which costs half the time and teaches as much.
    """

    words: list[list[str]] = field(default_factory=list)
    besoin: list[str] = field(default_factory=list)
    danger: list[str] = field(default_factory=list)
    turn: list[int] = field(default_factory=list)

    def add(self, words: list[str], besoin: str, danger: str, turn: int) -> None:
        """One more text."""
        self.words.append(words)
        self.besoin.append(besoin)
        self.danger.append(danger)
        self.turn.append(turn)


def home() -> Path:
    """Where compiled models are kept: beside this package when it can be written, else the user's cache folder."""
    beside = Path(__file__).parent / "artefact"
    if os.access(beside if beside.exists() else beside.parent, os.W_OK):
        return beside
    cache = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "bonneporte"


def digests(folder: Path = lexicon.DATA) -> dict[str, str]:
    """The digest of each lexicon file, by file name."""
    return {path.name: lexicon.digest(path) for path in lexicon.files(folder)}


def _digest(modules: Sequence[str]) -> str:
    parts = [lexicon.digest(Path(__file__).parent / f"{module}.py") for module in modules]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:8]


def name_of(parts: dict[str, str]) -> str:
    """The name of the model of these lexicons: first the code it is read with, so that `newest` finds what it can open."""
    lexicons = hashlib.sha256(json.dumps(sorted(parts.items())).encode()).hexdigest()[:12]
    return f"{_digest(_READING)}-{_digest(_MAKING)}-{lexicons}"


def labelled(lex: Lexicon) -> list[tuple[str, str, str]]:
    """(text, besoin or propos, danger) for everything a lexicon says."""
    out = [(t, b, NOTHING) for table in (lex.phrases, lex.mots) for b, texts in table.items() for t in texts]
    out += [(t, NEED_OF_DANGER[u], u) for u, texts in lex.urgences.items() if u in NEED_OF_DANGER for t in texts]
    out += [(t, p, NOTHING) for p, texts in lex.propos.items() if p in {*Propos} for t in texts]
    return out + [(t, "", NOTHING) for t in lex.sosies]


def examples(lexicons: Sequence[Lexicon], variants: int = VARIANTS) -> Examples:
    """Every labelled text with its rewritings, always the same for the same lexicons."""
    out = Examples()
    for lex in lexicons:
        frequents = frozenset(w.lower() for w in lex.frequents)
        small_talk = tuple(lex.propos.get(Propos.SALUTATION, ())) + tuple(lex.propos.get(Propos.MERCI, ()))
        entries = labelled(lex)
        calm = [text for text, besoin, danger in entries if danger == NOTHING and " " in text] or [""]
        for text, besoin, danger in entries:
            # Seeded by the text: a phrase added elsewhere changes nothing of how this one is rewritten.
            random = Random(f"{lex.langue}|{text}")
            talk = () if besoin in {*Propos} else small_talk
            words = normalise.words(text)
            out.add(words, besoin, danger, train.EVERY)
            count = variants if lex.langue in augment.OWN_RULES and len(words) > 2 else 1
            turn = random.randrange(2)
            for version in augment.variants(text, lex.langue, frequents, talk, random, count):
                out.add(normalise.words(version), besoin, danger, turn)
                turn = 1 - turn
            if danger != NOTHING:
                # Danger is told in the middle of other things.
                for turn in range(2):
                    around = normalise.words(random.choice(calm))
                    out.add([*around, *words] if random.random() < 0.6 else [*words, *around], "", danger, turn)
            elif len(words) > 3 and random.random() < PIECES:
                # A piece of an ordinary sentence tells of no danger, whatever its words.
                begin, size = random.randrange(len(words) - 2), random.randrange(2, 6)
                out.add(words[begin : begin + size], "", NOTHING, random.randrange(2))
        _stories(out, lex.langue, calm, [(text, danger) for text, _, danger in entries if danger != NOTHING])
    return out


def _stories(out: Examples, langue: str, calm: Sequence[str], dangers: Sequence[tuple[str, str]]) -> None:
    """Long messages: ordinary sentences side by side, which have sad words and no danger, and dangers lost among them."""
    random = Random(f"{langue}|stories")

    def around(least: int, most: int) -> list[list[str]]:
        return [normalise.words(text) for text in random.choices(calm, k=random.randint(least, most))]

    for number in range(len(calm) // 5):
        out.add([word for text in around(3, 7) for word in text], "", NOTHING, number % 2)
    for number, (text, danger) in enumerate(dangers):
        if random.random() < STORIES:
            story = around(2, 4)
            story.insert(random.randrange(len(story) + 1), normalise.words(text))
            out.add([word for part in story for word in part], "", danger, number % 2)


def _corpus(texts: Sequence[Sequence[str]], kind: str) -> train.Corpus:
    buckets, offsets = [], [np.zeros(1, np.int64)]
    total = 0
    for first in range(0, len(texts), _CHUNK):
        part, ends = features.of_many(texts[first : first + _CHUNK], kind)
        buckets.append(part)
        offsets.append(ends[1:] + total)
        total += len(part)
    return train.Corpus(np.concatenate(buckets), np.concatenate(offsets))


def _targets(labels: Sequence[str], classes: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    at = {name: i for i, name in enumerate(classes)}
    column = np.array([at.get(label, -1) for label in labels])
    goals = np.zeros((len(labels), len(classes)), dtype=np.float32)
    goals[column >= 0, column[column >= 0]] = 1
    return goals, (column >= 0).astype(np.float32)


def train_needs(lexicons: Sequence[Lexicon], folder: Path, settings: train.Settings = train.Settings()) -> None:  # noqa: B008
    """The model of needs and danger, written into `folder`."""
    ex = examples(lexicons)
    heads = {
        "besoin": [*sorted({b for lex in lexicons for b in lex.phrases}), *Propos],
        "danger": [*NEED_OF_DANGER, NOTHING],
    }
    corpus = _corpus(ex.words, "besoins")
    turns = np.array(ex.turn)
    rows = train.choose_rows(corpus, turns == train.EVERY, 1 << features.BITS)
    needs, weigh_needs = _targets(ex.besoin, heads["besoin"])
    dangers, weigh_dangers = _targets(ex.danger, heads["danger"])
    weights = [weigh_needs, weigh_dangers]
    table = train.fit(train.as_rows(corpus, rows), rows.rarity, [needs, dangers], weights, turns, settings)
    linear.save(folder, "besoins", rows.row_of, rows.rarity, table, heads, "besoins")


def language_examples(lexicons: Sequence[Lexicon]) -> tuple[list[list[str]], list[str], list[int]]:
    """(texts, codes, turns): whole phrases, and one to three words cut out of them, by language."""
    texts, codes, turns = [], [], []
    for lex in lexicons:
        for text in [text for text, _, _ in labelled(lex)] + list(lex.frequents) * 2:
            words = normalise.spoken(text)
            random = Random(f"{lex.langue}|{text}")
            begin, size = random.randrange(max(1, len(words))), random.randrange(1, 4)
            for part, turn in ((words, train.EVERY), (words[begin : begin + size], random.randrange(2))):
                texts.append(part)
                codes.append(lex.langue)
                turns.append(turn)
    return texts, codes, turns


def train_language(lexicons: Sequence[Lexicon], folder: Path) -> None:
    """The model of languages, written into `folder`. A long lexicon weighs less a text, so that no language swallows another."""
    texts, codes, turns = language_examples(lexicons)
    classes = [lex.langue for lex in lexicons]
    corpus = _corpus(texts, "langue")
    turn = np.array(turns)
    rows = train.choose_rows(corpus, turn == train.EVERY, 1 << features.BITS)
    goals, weights = _targets(codes, classes)
    share = goals.sum(axis=0)
    weights = (weights * (goals @ (share.mean() / np.maximum(share, 1)) ** 0.5)).astype(np.float32)
    settings = train.Settings(epochs=3, smoothing=0.02)
    table = train.fit(train.as_rows(corpus, rows), rows.rarity, [goals], [weights], turn, settings)
    linear.save(folder, "langue", rows.row_of, rows.rarity, table, {"langue": classes}, "langue")


def write(lexicons: Sequence[Lexicon], cues: dict[str, lexicon.Cues], parts: dict[str, str], folder: Path) -> None:
    """Everything the engine opens, into an empty folder."""
    train_needs(lexicons, folder)
    train_language(lexicons, folder)
    words = {lex.langue: {b: list(m) for b, m in lex.mots.items()} for lex in lexicons}
    dangers = {lex.langue: {u: list(t) for u, t in lex.urgences.items()} for lex in lexicons}
    sosies = {lex.langue: list(lex.sosies) for lex in lexicons}
    about = {"fichiers": parts, "mots": words, "urgences": dangers, "sosies": sosies}
    about["reperes"] = {
        code: {k: list(getattr(c, k)) for k in lexicon.Cues.__dataclass_fields__} for code, c in cues.items()
    }
    (folder / "lexique.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
    known = sorted({f"{normalise.plain(t)}|{b}|{d}" for lex in lexicons for t, b, d in labelled(lex)})
    (folder / "appris.json").write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")


def build(folder: Path = lexicon.DATA, where: Path | None = None) -> Path:
    """The compiled folder for the lexicons of `folder`, built unless it is there already.

    A lexicon that cannot be read is left out and said on stderr: the other languages must not wait for it.
    """
    where = where or home()
    parts = digests(folder)
    done = where / name_of(parts)
    if (done / "appris.json").exists():
        return done
    where.mkdir(parents=True, exist_ok=True)
    (where / ".gitignore").write_text("*\n", encoding="utf-8")
    with (where / "verrou").open("w") as lock:
        # Whoever comes second waits, then finds the work done.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (done / "appris.json").exists():
            _make(folder, parts, where, done)
    return done


def _make(folder: Path, parts: dict[str, str], where: Path, done: Path) -> None:
    lexicons, faults = lexicon.read_all(folder)
    for fault in faults:
        print(fault, file=sys.stderr)
    if not lexicons:
        raise ValueError(
            f"{folder}: aucun lexique lisible. Il en faut au moins un (voir bot/understanding/data/fr.yaml)."
        )
    making = Path(tempfile.mkdtemp(prefix="making-", dir=where))
    try:
        write(lexicons, lexicon.read_cues(folder), parts, making)
        making.chmod(0o755)
        shutil.rmtree(done, ignore_errors=True)
        making.rename(done)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def newest(where: Path | None = None) -> Path | None:
    """The compiled folder finished last among those that this code can open, if there is any."""
    where = where or home()
    done = [path.parent for path in where.glob(f"{_digest(_READING)}-*/appris.json")]
    return max(done, key=lambda path: (path / "appris.json").stat().st_mtime, default=None)


def main() -> int:
    """Builds the model of the current lexicons, and drops those that were left long ago."""
    try:
        done = build()
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    kept = {done, *sorted(done.parent.glob("*/"), key=lambda path: path.stat().st_mtime)[-KEPT:]}
    for path in done.parent.iterdir():
        if path.is_dir() and path not in kept:
            shutil.rmtree(path, ignore_errors=True)
    print(f"lexiques compilés : {done}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
