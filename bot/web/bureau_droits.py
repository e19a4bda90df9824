"""Which questions settle the rights in play, and what can be said of each right? For the desk, in two languages at once.

All rights are judged again at every change; the questions come in the order of what they settle, and stay where they are
once asked, so that hands and eyes find them again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.conversation import ages_said, facts
from bot.conversation.events import DroitEvalue, Recours
from bot.conversation.messages import Text
from bot.live import Live
from bot.orientation import SANS_QUARTIER, TOUS, rights_for, verdicts
from bot.rights import name, quantity, reasons, said
from bot.texts import ISOLATE, POP
from bot.web.bureau_form import LANGUE, Dossier
from bot.web.bureau_vue import Autre
from bot.web.staff_texts import _
from rules.evaluate import Verdict
from rules.model import PEU_PROBABLE, POSSIBLE, PROBABLE, Droit, Enfant, Fait, Rulebook, Situation
from rules.questions import next_question

A_LA_FOIS = 6  # questions without an answer shown at once
AUCUN = "_aucun"
RADIOS = 4  # choices shown as buttons; more are a list
NIVEAUX = {PROBABLE: _("Probables"), POSSIBLE: _("Possibles"), PEU_PROBABLE: _("Peu probables")}
UNITES = {
    "EUR/mois": _("€ par mois"),
    "EUR/an": _("€ par an"),
    "EUR": _("€"),
    "ans": _("ans"),
    "mois": _("mois"),
    "heures/mois": _("heures par mois"),
}
FAUTES = {
    "enfants": _("Écrivez les âges, par exemple : 3, 7. Ou « aucun »."),
    "date": _("Écrivez le jour, le mois et l’année, par exemple 3/5/2021."),
    "nombre": _("Écrivez un nombre de {bas} à {haut}, ou deux nombres : 1000-1200."),
}
MARQUES = {"ok": "✔", "non": "✖", "inconnu": "?"}


@dataclass(frozen=True, slots=True)
class Dit:
    """Words in French and in the person's language (None when that is French)."""

    fr: str
    autre: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what was answered. `forme` is "radios", "liste", "cases" or "texte"."""

    fait: Fait
    forme: str
    dit: Dit
    aide: Dit | None
    choix: tuple[tuple[str, Dit], ...]
    reponses: tuple[str, ...]
    unite: str
    faute: str


@dataclass(frozen=True, slots=True)
class Juge:
    """A right with its verdict, ready to be read."""

    verdict: Verdict
    droit: Droit
    nom: str
    resume: Dit
    montant: str
    raisons: tuple[tuple[str, Dit], ...]
    manquants: tuple[Dit, ...]
    pieces: tuple[str, ...]
    coche: bool
    lien: str | None


@dataclass(frozen=True, slots=True)
class Droits:
    """The situation and the rights. `groupes` are (level, its name, rights), the best level first; `repondu`: a fact is
    known; `tous`: every right is looked at, not only those of the needs."""

    questions: tuple[Question, ...]
    groupes: tuple[tuple[str, str, tuple[Juge, ...]], ...]
    combien: int
    repondu: bool
    tous: bool

    @property
    def probables(self) -> tuple[Juge, ...]:
        return next((juges for niveau, _nom, juges in self.groupes if niveau == PROBABLE), ())


def rights(live: Live, dossier: Dossier, autre: Autre | None, now: datetime) -> Droits | None:
    """The questions and the verdicts of an interview; None when no right is in play."""
    rulebook: Rulebook | None = live.rulebook
    if rulebook is None:
        return None
    ids = in_play(rulebook, dossier)
    if not ids:
        return None
    situation, faults = read(rulebook, dossier)
    on = now.date()
    found = verdicts(rulebook, ids, situation, on)
    shown = _order(rulebook, ids, dossier, situation, on)
    juges = [_judged(live, rulebook, dossier, verdict, autre, bool(situation)) for verdict in found]
    groups = tuple(
        (niveau, nom, tuple(one for one in juges if one.verdict.niveau == niveau)) for niveau, nom in NIVEAUX.items()
    )
    return Droits(
        questions=tuple(_question(live, rulebook.faits[fait], dossier, faults, autre) for fait in shown),
        groupes=tuple(group for group in groups if group[2]),
        combien=len(found),
        repondu=bool(situation),
        tous=dossier.tous_droits,
    )


def in_play(rulebook: Rulebook, dossier: Dossier) -> tuple[str, ...]:
    """The rights of the needs kept, or all of them when that was asked."""
    asked = (TOUS,) if dossier.tous_droits else dossier.besoins
    return tuple(dict.fromkeys(droit for besoin in asked for droit in rights_for(rulebook, besoin)))


def counted(live: Live, dossier: Dossier, now: datetime) -> list[DroitEvalue]:
    """What the journal is told of the rights: those settled or probable; nothing when no question was answered."""
    rulebook: Rulebook | None = live.rulebook
    if rulebook is None:
        return []
    situation, _faults = read(rulebook, dossier)
    if not situation:
        return []
    found = verdicts(rulebook, in_play(rulebook, dossier), situation, now.date())
    kept = [one for one in found if one.regle or one.niveau == PROBABLE]
    return [_evaluated(rulebook.droits[one.droit], one, dossier) for one in kept]


def take_up(live: Live, dossier: Dossier) -> list[Recours]:
    """Whether each right is had already, as the person said."""
    known = live.rulebook.droits if live.rulebook else {}
    return [
        Recours(
            droit, reponse, None, _where(known[droit], dossier), dossier.langue or LANGUE, _need(known[droit], dossier)
        )
        for droit, reponse in dossier.recours.items()
        if droit in known
    ]


def _need(droit: Droit, dossier: Dossier) -> str:
    return next((one for one in dossier.besoins if one in droit.besoins), droit.besoins[0])


def _where(droit: Droit, dossier: Dossier) -> str | None:
    return None if SANS_QUARTIER & set(droit.besoins) else dossier.quartier


def _evaluated(droit: Droit, verdict: Verdict, dossier: Dossier) -> DroitEvalue:
    where = _where(droit, dossier)
    return DroitEvalue(droit.id, verdict.niveau, _need(droit, dossier), where, dossier.langue or LANGUE)


def read(rulebook: Rulebook, dossier: Dossier) -> tuple[Situation, dict[str, str]]:
    """The situation that the form tells, and what cannot be read, by fact. An empty field is an unknown fact."""
    values: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for key, written in dossier.faits.items():
        fait = rulebook.faits.get(key)
        if fait is None or not fait.question or not any(one.strip() for one in written):
            continue
        try:
            values[key] = _value(fait, written)
        except (ValueError, KeyError, TypeError):
            template = FAUTES.get(fait.type, FAUTES["nombre"])
            faults[key] = template.format(bas=f"{fait.min or 0:g}", haut=f"{fait.max or 0:g}")
    return Situation(values), faults


def _value(fait: Fait, written: tuple[str, ...]) -> Any:
    if fait.type == "plusieurs":
        chosen = [one for one in written if one != AUCUN]
        for one in chosen:
            fait.bit(one)
        return frozenset(chosen)
    text = written[-1].strip()
    if fait.type in ("oui_non", "choix"):
        return facts.value(fait, text)
    if fait.type == "enfants":
        ages = ages_said.ages(text)
        if ages is None or len(ages) > (fait.max or 12) or any(age > 30 for age in ages):
            raise ValueError(text)
        return tuple(Enfant.de(age=age) for age in ages)
    heard = facts.heard(fait, text)
    if heard is None:
        raise ValueError(text)
    return facts.value(fait, heard)


def _order(
    rulebook: Rulebook, ids: tuple[str, ...], dossier: Dossier, situation: Situation, on: date
) -> tuple[str, ...]:
    """The facts on the page: those already there that still matter or were answered, then the next ones to ask."""
    coming: list[str] = []
    passes: frozenset[str] = frozenset()
    while len(coming) < A_LA_FOIS:
        fait = next_question(rulebook, ids, situation, on, passes)
        if fait is None:
            break
        coming.append(fait)
        passes |= {fait}
    typed = {key for key, written in dossier.faits.items() if any(one.strip() for one in written)}
    kept = [fait for fait in dossier.ordre if fait in rulebook.faits and (fait in typed or fait in coming)]
    kept += [fait for fait in typed if fait in rulebook.faits and rulebook.faits[fait].question and fait not in kept]
    return tuple(dict.fromkeys((*kept, *coming)))


def _question(live: Live, fait: Fait, dossier: Dossier, faults: dict[str, str], autre: Autre | None) -> Question:
    choices = [(one.id, _both(live, one.nom, autre)) for one in fait.choix]
    forme = {"oui_non": "radios", "plusieurs": "cases"}.get(fait.type, "texte")
    if fait.type == "oui_non":
        choices = [("oui", _both(live, "oui", autre)), ("non", _both(live, "non", autre))]
    elif fait.type == "choix":
        forme = "radios" if len(choices) <= RADIOS else "liste"
    return Question(
        fait=fait,
        forme=forme,
        dit=_both(live, fait.question or fait.nom, autre),
        aide=_both(live, fait.aide, autre) if fait.aide else None,
        choix=tuple(choices),
        reponses=dossier.faits.get(fait.id, ()),
        unite=UNITES.get(fait.unite or "", ""),
        faute=faults.get(fait.id, ""),
    )


def _judged(
    live: Live, rulebook: Rulebook, dossier: Dossier, verdict: Verdict, autre: Autre | None, answered: bool
) -> Juge:
    droit = rulebook.droits[verdict.droit]
    montant = verdict.montant
    fresh = f"d:{droit.id}" not in dossier.vus
    ranked = sorted(reasons(verdict), key=lambda one: ("non", "inconnu", "ok").index(one[0]))
    missing = dict.fromkeys(rulebook.faits[fait].nom for fait in verdict.manquants if fait in rulebook.faits)
    return Juge(
        verdict=verdict,
        droit=droit,
        nom=_say(live, name(droit)),
        resume=_both(live, droit.resume, autre),
        montant=_say(live, quantity(montant)) if montant and montant.haut > 0 and verdict.niveau == PROBABLE else "",
        raisons=tuple(dict.fromkeys((MARQUES[etat], _text(live, text, autre)) for etat, text in ranked)),
        manquants=tuple(_both(live, nom, autre) for nom in missing),
        pieces=tuple(_say(live, said(piece.nom)) for piece in verdict.pieces),
        coche=droit.id in dossier.droits or (fresh and answered and verdict.niveau == PROBABLE),
        lien=droit.demande.lien or droit.lien,
    )


def _both(live: Live, words: str, autre: Autre | None) -> Dit:
    return _text(live, said(words), autre)


def _text(live: Live, text: Text, autre: Autre | None) -> Dit:
    french = _say(live, text)
    if autre is None:
        return Dit(french)
    other = live.texts.text(text, autre.code)
    # What is not translated yet would only be French twice.
    return Dit(french, None if other.replace(ISOLATE, "").replace(POP, "") == french else other)


def _say(live: Live, text: Text) -> str:
    return live.texts.text(text, "fr")
