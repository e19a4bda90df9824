"""What does this message mean? Danger first, then language, needs, quarter, place: one pure function over compiled data.

`load` opens the model that `compile` built and nothing else of ours is read from disk afterwards. `Understander` holds no
state: the same text in the same context gives the same answer, from any thread.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.understanding import compile as compiler
from bot.understanding import danger, evidence, language, lexicon, linear, needs, normalise, place, quartier, segments
from bot.understanding.model import BesoinTrouve, Comprehension, Contexte
from bot.understanding.names import Names


@dataclass(frozen=True, slots=True)
class Understander:
    """Compiled lexicons and the names of the directory. `perime`: lexicons changed since the model was built."""

    besoins: linear.Linear
    langues: linear.Linear
    mots: evidence.Words
    dangers: danger.Phrases
    turns: segments.Turns
    asks_place: tuple[str, ...]
    quartiers: Names
    lieux: Names
    quartiers_of: Mapping[str, tuple[str, ...]]
    perime: bool = False

    def understand(self, text: str, contexte: Contexte) -> Comprehension:
        """Everything understood of one message. Pure; about a millisecond."""
        parts = segments.split(text, self.turns)
        words = parts[0].words
        met = self.besoins.words(words)
        scores, known = self.besoins.scores([part.words for part in parts])
        urgence, urgence_indices = danger.detect(
            parts, scores[:, self.besoins.columns("danger")], known, self.besoins.heads["danger"], self.dangers
        )
        langue, langue_sure = language.detect(self.langues, text, contexte.langue)
        named = quartier.named(self.quartiers, words, met.common)
        lieu = place.asked(self.lieux, self.asks_place, words, met.common, named.quartier, self.quartiers_of)
        found = evidence.find(self.mots, words, met.known)
        classes = self.besoins.heads["besoin"]
        share = needs.shares(parts, scores[:, self.besoins.columns("besoin")], classes, found, contexte.besoin)
        best = int(share[: len(classes)].argmax())
        weights = list(zip(words, self.besoins.weights(met, best), strict=True))
        says = any(not word.isdigit() or word in normalise.NUMBERS for word in words)
        reading = needs.read(share, float(known[0]) if says else 0.0, classes, found, weights)
        return Comprehension(
            langue=langue,
            langue_sure=langue_sure,
            besoins=_with_danger(reading.besoins, urgence),
            confiance=reading.confiance,
            urgence=urgence,
            urgence_indices=urgence_indices,
            propos=None if urgence else reading.propos,
            quartier=named.quartier,
            quartiers_possibles=named.possibles,
            quartier_indices=named.indices,
            lieu=lieu,
        )


def _with_danger(besoins: tuple[BesoinTrouve, ...], urgence: str | None) -> tuple[BesoinTrouve, ...]:
    """The need that goes with a danger is among the needs: it is what is offered once the numbers are given."""
    if urgence is None or any(b.besoin == lexicon.NEED_OF_DANGER[urgence] for b in besoins):
        return besoins
    return (BesoinTrouve(lexicon.NEED_OF_DANGER[urgence], 0.5), *besoins)[: needs.MOST]


def load(
    lexicons: Path | None = None,
    directory: Any | None = None,
    quartiers: Mapping[str, Sequence[str]] | None = None,
    where: Path | None = None,
) -> Understander:
    """The understander for the lexicons of a folder (ours by default) and a directory.

    Takes the model built for exactly these lexicons; else the newest one, adding what the changed files say as direct
    evidence (`perime` is then true: run `compile.build` when there is time); else builds it, which takes a minute or two.
    `quartiers` gives quarter names when there is no directory: name -> ids.
    """
    folder = lexicons or lexicon.DATA
    parts = compiler.digests(folder)
    home = where or compiler.home()
    done = home / compiler.name_of(parts)
    if not (done / "appris.json").exists():
        done = compiler.newest(home) or compiler.build(folder, home)
    about = json.loads((done / "lexique.json").read_text(encoding="utf-8"))
    changed = [path for path in lexicon.files(folder) if about["fichiers"].get(path.name) != parts[path.name]]
    words = evidence.collect(about["mots"].values())
    dangers = danger.Phrases()
    for code, urgences in about["urgences"].items():
        dangers.add(urgences, about["sosies"][code])
    if changed:
        learned = set(json.loads((done / "appris.json").read_text(encoding="utf-8")))
        for lex in _readable(changed):
            _add_new(lex, words, learned)
            dangers.add(lex.urgences, lex.sosies, learned)
    cues = {code: lexicon.Cues(**{k: tuple(v) for k, v in lists.items()}) for code, lists in about["reperes"].items()}
    names = quartiers if quartiers is not None else _quartier_names(directory)
    return Understander(
        besoins=linear.load(done, "besoins"),
        langues=linear.load(done, "langue"),
        mots=words,
        dangers=dangers,
        turns=segments.Turns.of(cues),
        asks_place=place.cues_of(cues),
        quartiers=quartier.names_of(names),
        lieux=place.names_of(_places(directory)),
        quartiers_of={ident: tuple(lieu.quartiers) for ident, lieu in directory.lieux.items()} if directory else {},
        perime=done.name != compiler.name_of(parts),
    )


def _readable(paths: Iterable[Path]) -> Iterable[lexicon.Lexicon]:
    for path in paths:
        try:
            yield lexicon.read(path)
        except ValueError:
            continue  # the check says what is wrong with it; the model still holds its last good version


def _add_new(lex: lexicon.Lexicon, words: evidence.Words, learned: set[str]) -> None:
    for table in (lex.mots, lex.phrases):
        for besoin, texts in table.items():
            for text in texts:
                if f"{normalise.plain(text)}|{besoin}|{compiler.NOTHING}" not in learned:
                    words.add(text, besoin, new=True)


def _quartier_names(directory: Any | None) -> Mapping[str, Sequence[str]]:
    if directory is None:
        return {}
    from directory import geo

    return geo.names(directory)


def _places(directory: Any | None) -> list[tuple[str, tuple[str, ...]]]:
    """Open places and national lines by their names; a project is no place to go to."""
    if directory is None:
        return []
    return [(i, (lieu.nom, *lieu.aussi_appele)) for i, lieu in directory.lieux.items() if lieu.etat == "ouvert"]
