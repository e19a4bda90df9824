"""What does the desk's form hold? All of an interview is in it: the server reads it, answers, and keeps nothing.

Whatever is posted is believed only as far as it names what exists; the rest is dropped without a word.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from bot.journal.vocabulaire import REPONSES_RECOURS
from bot.langues import Langues
from bot.understanding.model import Comprehension, Confiance, Contexte
from directory.catalogue import Directory

LANGUE = "fr"  # of an interview whose language nobody chose
PAROLES_MAX = 4096
BESOINS_MAX = 8
VALEUR_MAX = 200
LISTE_MAX = 250
RECOURS = "recours."  # the prefix of the fields that say whether a right is already had
FAIT = "f."  # the prefix of the fields that hold facts
CLAUSES_MAX = 20
A_PROPOSER = 0.05  # score under which a need is not worth proposing
CLAUSE = re.compile(r"[.;!?\n،؛؟,:。]+|\s(?:et|puis|aussi|and|also|и|і|та|y|e|ve|și|dhe|او|و)\s", re.IGNORECASE)
NONCE = re.compile(r"[A-Za-z0-9_-]{8,40}")


Understand = Callable[[str, Contexte], Comprehension]


class Fields(Protocol):
    """Posted fields, several values a name allowed (aiohttp's multi-dict)."""

    def getall(self, name: str, default: Sequence[object] = ...) -> Sequence[object]: ...
    def keys(self): ...


@dataclass(frozen=True, slots=True)
class Puce:
    """A need shown as a chip. `sur` is "sur", "a-confirmer" or "ajoute" (by the médiateur)."""

    besoin: str
    garde: bool
    sur: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """One interview, as the page holds it. `numero` is random: it keeps one interview from being counted twice.

    `tous_droits` looks at every right, not only those of the needs. `cherche` is a place looked for by its name, `autres`
    the doors ticked that way; `recours` is whether each right is had already, asked for, or not known. `vus` are the needs and rights already shown (their first door and sure rights are ticked the first time only);
    `plus` the needs whose doors are all shown; `ordre` the facts already asked, in their order on the page.
    """

    numero: str
    langue: str = ""
    quartier: str | None = None
    paroles: str = ""
    puces: tuple[Puce, ...] = ()
    urgence: str | None = None
    portes: tuple[str, ...] = ()
    droits: tuple[str, ...] = ()
    vus: frozenset[str] = frozenset()
    plus: frozenset[str] = frozenset()
    ordre: tuple[str, ...] = ()
    faits: dict[str, tuple[str, ...]] = field(default_factory=dict)
    tous_droits: bool = False
    cherche: str = ""
    autres: tuple[str, ...] = ()
    recours: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def besoins(self) -> tuple[str, ...]:
        """The needs kept, in the order of the page."""
        return tuple(puce.besoin for puce in self.puces if puce.garde)


def new() -> Dossier:
    """An empty interview."""
    return Dossier(secrets.token_urlsafe(12))


def read(fields: Fields, directory: Directory, langues: Langues) -> Dossier:
    """The interview a posted form holds; unknown ids are dropped."""
    vocabulaire = directory.vocabulaire
    numero = _one(fields, "numero")
    kept = set(_many(fields, "besoin"))
    puces = []
    for row in _many(fields, "puce"):
        besoin, _, sur = row.partition(":")
        if besoin in vocabulaire.besoins and besoin not in {puce.besoin for puce in puces}:
            sure = sur if sur in ("sur", "a-confirmer", "ajoute") else "ajoute"
            puces.append(Puce(besoin, besoin in kept, sure))
    urgence = _one(fields, "urgence")
    quartier = _one(fields, "quartier")
    return Dossier(
        numero=numero if NONCE.fullmatch(numero) else secrets.token_urlsafe(12),
        langue=langues.connue(_one(fields, "langue")) or "",
        quartier=quartier if quartier in directory.quartiers else None,
        paroles=_one(fields, "paroles")[:PAROLES_MAX],
        puces=tuple(puces),
        urgence=urgence if urgence in vocabulaire.urgences else None,
        portes=tuple(dict.fromkeys(_many(fields, "porte"))),
        droits=tuple(dict.fromkeys(_many(fields, "droit"))),
        vus=frozenset(_many(fields, "vu")),
        plus=frozenset(_many(fields, "plus")),
        ordre=tuple(dict.fromkeys(_many(fields, "ordre"))),
        faits={
            name.removeprefix(FAIT): tuple(_many(fields, name))
            for name in dict.fromkeys(fields.keys())
            if name.startswith(FAIT)
        },
        tous_droits=_one(fields, "tous") == "1",
        cherche=_one(fields, "cherche")[:VALEUR_MAX].strip(),
        autres=tuple(dict.fromkeys(_many(fields, "autre"))),
        recours={
            name.removeprefix(RECOURS): answer
            for name in dict.fromkeys(fields.keys())
            if name.startswith(RECOURS) and (answer := _one(fields, name)) in REPONSES_RECOURS
        },
        notes=tuple(dict.fromkeys(_many(fields, "note"))),
    )


def understood(dossier: Dossier, understand: Understand) -> Dossier:
    """The interview with what was understood of the person's words. What the médiateur chose is never undone.

    Several problems are often told in one breath: the message is read whole, then clause by clause. Sure needs are kept
    at once, unsure ones proposed. A language or a quarter is taken only where none was chosen.
    """
    whole = understand(dossier.paroles, Contexte(langue=dossier.langue or None))
    sure: list[str] = []
    unsure: list[str] = []
    for clause in _clauses(dossier.paroles):
        found = understand(clause, Contexte(langue=whole.langue))
        best = found.besoins[0] if found.besoins else None
        if best and found.confiance is Confiance.SURE:
            sure.append(best.besoin)
        elif best and found.confiance is Confiance.UNSURE and not found.quartier:
            unsure.append(best.besoin)
    if whole.confiance is Confiance.SURE:
        sure.insert(0, whole.besoins[0].besoin)
    elif not sure:
        unsure[:0] = [one.besoin for one in whole.besoins[:3] if one.score >= A_PROPOSER]
    known = {puce.besoin for puce in dossier.puces}
    added = [Puce(one, True, "sur") for one in dict.fromkeys(sure) if one not in known]
    added += [Puce(one, False, "a-confirmer") for one in dict.fromkeys(unsure) if one not in {*known, *sure}]
    return replace(
        dossier,
        langue=dossier.langue or (whole.langue if whole.langue_sure else ""),
        quartier=dossier.quartier or whole.quartier,
        urgence=whole.urgence or dossier.urgence,
        puces=(*dossier.puces, *added)[:BESOINS_MAX],
    )


def _clauses(text: str) -> list[str]:
    """The parts of a message that may each tell a problem; empty when it is one sentence."""
    parts = [part.strip() for part in CLAUSE.split(text)]
    parts = [part for part in parts if len(part.split()) > 1][:CLAUSES_MAX]
    return parts if len(parts) > 1 else []


def with_need(dossier: Dossier, besoin: str, directory: Directory) -> Dossier:
    """The interview with one more need, chosen from the list."""
    if besoin not in directory.vocabulaire.besoins:
        return dossier
    others = tuple(puce for puce in dossier.puces if puce.besoin != besoin)
    return replace(dossier, puces=(*others, Puce(besoin, True, "ajoute"))[-BESOINS_MAX:])


def _many(fields: Fields, name: str) -> list[str]:
    return [value[:VALEUR_MAX] for value in fields.getall(name, []) if isinstance(value, str) and value][:LISTE_MAX]


def _one(fields: Fields, name: str) -> str:
    values = [value for value in fields.getall(name, []) if isinstance(value, str)]
    return values[-1] if values else ""
