"""Why this verdict? The conditions that matter, each with the value of the household, the threshold and the legal text.

Only what decides is told: the branch that holds of a `une_de`, the condition that fails of a `toutes`, what is unknown when
nothing is settled. Sentences are made elsewhere, from the kind of reason and its values.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rules.formula import NOM, Ecrit
from rules.model import Rulebook
from rules.raisons import ETATS, FEUILLES, INCONNU, NON, OK, Context, Grandeur, Noms, Raison, plain, turned_round
from rules.verdicts import HORS_CHAMP, PAS_EN_VIGUEUR, PLAFONNE, SANS_BAREME

__all__ = ["Grandeur", "Noms", "Raison", "explain"]

LE_PLUS = 8


def explain(rulebook: Rulebook, droit: str, m: list, t: int, flag: int) -> tuple[Raison, ...]:
    """The reasons of a verdict (t: 0 no, 1 unknown, 2 yes), the most telling first."""
    sources = rulebook.programme.ouvrage.sources
    ecrit = sources.droits[droit]
    context = Context(rulebook, m, {texte.id: texte for texte in ecrit.droit.textes})
    first = ecrit.droit.textes[0]
    if flag == PAS_EN_VIGUEUR:
        return (Raison("pas_en_vigueur", NON, texte=first),)
    if flag == SANS_BAREME:
        return (Raison("pas_calcule", INCONNU, texte=first),)
    found: list[Raison] = []
    if flag == HORS_CHAMP:
        for condition, dit in ecrit.hors_champ:
            if context.answer(condition)[0] == 2:
                found.append(Raison("hors_champ", INCONNU, dit=dit, texte=first))
    if flag == PLAFONNE:
        found.append(Raison("pas_calcule", INCONNU, dit=ecrit.droit.pourquoi_au_plus, texte=first))
        t = 2
    found += _others(context, droit, t)
    own, _ = context.answer(ecrit.conditions)
    # What another right settled is told alone; else the conditions speak, as they came out.
    if not found or flag in (HORS_CHAMP, PLAFONNE) or own == t:
        found += [
            reason if reason.texte else replace(reason, texte=first)
            for reason in _tell(context, ecrit.conditions, own if own == t or t == 1 else t, {})
        ]
    return tuple(dict.fromkeys(found))[:LE_PLUS]


def _others(context: Context, droit: str, t: int) -> Iterator[Raison]:
    """The rights that bring this one, or that exclude it."""
    rulebook, ouvrage = context.rulebook, context.programme.ouvrage
    for genre, others in (("droit", rulebook.droits[droit].suit), ("exclu", ouvrage.exclus.get(droit, ()))):
        for other in others:
            if other not in rulebook.droits:
                # Left out for a fault of its own.
                continue
            place, function = context.programme.droits[other]
            had = (context.m[place] or function(context.m))[0]
            if had == 2:
                yield Raison(genre, OK if genre == "droit" else NON, nom=rulebook.droits[other].nom)


def _tell(context: Context, ecrit: Ecrit, t: int, meta: dict) -> Iterator[Raison]:
    """The reasons of a condition that came out `t`."""
    mot = ecrit.mot
    if mot == "condition":
        meta = {**meta, **ecrit.meta}
        if "dit" in meta or ecrit.args[0].mot not in _LISTES:
            yield from _leaf(context, ecrit.args[0], ecrit, t, meta)
        else:
            yield from _tell(context, ecrit.args[0], t, meta)
    elif mot in ("toutes", "une_de") or mot == "au_moins":
        args = ecrit.args[1:] if mot == "au_moins" else ecrit.args
        yield from _several(context, args, t, meta, one_enough=(mot != "toutes") == (t == 2))
    elif mot == "aucune":
        yield from _several(context, ecrit.args, 2 - t, meta, one_enough=t == 0, turned=True)
    elif mot == "non" and ecrit.args[0].mot in _LISTES:
        yield from (turned_round(reason) for reason in _tell(context, ecrit.args[0], 2 - t, meta))
    elif inner := _shared(context, ecrit):
        yield from _tell(context, inner, t, meta)
    else:
        yield from _leaf(context, ecrit, ecrit, t, meta)


_LISTES = ("toutes", "une_de", "aucune", "au_moins", "non", "condition", NOM)


def _shared(context: Context, ecrit: Ecrit) -> Ecrit | None:
    """The inside of a shared condition without a name of its own."""
    if ecrit.mot != NOM:
        return None
    calcul = context.programme.ouvrage.sources.calculs.get(str(ecrit.valeur))
    if calcul is None or calcul.nom is not None or calcul.pour != "foyer" or len(calcul.formules) != 1:
        return None
    return calcul.formules[0][1]


def _several(
    context: Context, args: tuple[Ecrit, ...], t: int, meta: dict, one_enough: bool, turned: bool = False
) -> Iterator[Raison]:
    for arg in args:
        if not _counts(arg, context.m[0]):
            continue
        if context.answer(arg)[0] != t:
            continue
        for reason in _tell(context, arg, t, meta):
            yield turned_round(reason) if turned else reason
        if one_enough and t != 1:
            return


def _counts(ecrit: Ecrit, on: int) -> bool:
    """Is a dated condition counted on that day?"""
    since, until = ecrit.meta.get("depuis"), ecrit.meta.get("jusqu_a")
    return (since is None or since.toordinal() <= on) and (until is None or on <= until.toordinal())


def _leaf(context: Context, ecrit: Ecrit, whole: Ecrit, t: int, meta: dict) -> Iterator[Raison]:
    texte = context.textes.get(meta.get("texte", ""))
    bits = context.answer(whole)[1] if t == 1 else 0
    faits = _ids(context, bits)
    etat = ETATS[t]
    if "dit" in meta:
        yield Raison("dit", etat, dit=meta["dit"], texte=texte, faits=faits)
        return
    maker = FEUILLES.get(ecrit.mot, plain)
    reason = maker(context, ecrit, etat, meta.get("nom"))
    if reason is None:
        if t == 1 and not bits:
            # Nothing to ask would settle it: it has to be looked at elsewhere.
            yield Raison("pas_calcule", etat, texte=texte)
        return
    if t == 1 and not bits and "marge" in meta:
        reason = replace(reason, genre="proche", ecart=None)
    yield replace(reason, texte=texte, faits=faits)


def _ids(context: Context, bits: int) -> tuple[str, ...]:
    return tuple(nom for nom, bit in context.programme.bits.items() if bits & bit)
