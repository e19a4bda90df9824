"""Why this verdict? The conditions that matter, each with the value of the household, the threshold and the legal text.

Only what decides is told: the branch that holds of a `une_de`, the condition that fails of a `toutes`, what is unknown when
nothing is settled. Sentences are made elsewhere, from the kind of reason and its values.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rules import units
from rules.code import Bool, Num, Plusieurs, Un
from rules.formula import NOM, Ecrit
from rules.model import Fait, Rulebook, Texte
from rules.programme import Programme
from rules.verdicts import HORS_CHAMP, PAS_EN_VIGUEUR, PLAFONNE, SANS_BAREME

OK, NON, INCONNU = "ok", "non", "inconnu"
_ETATS = (NON, INCONNU, OK)
LE_PLUS = 8


@dataclass(frozen=True, slots=True)
class Grandeur:
    """A number or a range, with its unit."""

    bas: float
    haut: float
    unite: str = ""


@dataclass(frozen=True, slots=True)
class Noms:
    """The labels of choices."""

    noms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Raison:
    """One reason. `genre` says which sentence fits; the other fields are what it may speak of."""

    genre: str
    etat: str
    nom: str | None = None
    valeur: Grandeur | Noms | bool | None = None
    seuil: Grandeur | None = None
    ecart: Grandeur | None = None
    attendu: tuple[str, ...] = ()
    dit: str | None = None
    texte: Texte | None = None
    faits: tuple[str, ...] = ()


@dataclass(slots=True)
class _Context:
    rulebook: Rulebook
    m: list
    textes: dict[str, Texte]

    @property
    def programme(self) -> Programme:
        return self.rulebook.programme

    def run(self, ecrit: Ecrit) -> tuple[tuple, object]:
        """The value of an expression for the household, and what kind of value it is."""
        function, shape = self.programme.expression(ecrit)
        return function(self.m), shape

    def answer(self, ecrit: Ecrit) -> tuple[int, int]:
        """Yes, no or unknown, and what is missing."""
        value, _ = self.run(ecrit)
        return value[0], value[1] if value[0] == 1 else 0


def explain(rulebook: Rulebook, droit: str, m: list, t: int, flag: int) -> tuple[Raison, ...]:
    """The reasons of a verdict (t: 0 no, 1 unknown, 2 yes), the most telling first."""
    sources = rulebook.programme.ouvrage.sources
    ecrit = sources.droits[droit]
    context = _Context(rulebook, m, {texte.id: texte for texte in ecrit.droit.textes})
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


def _others(context: _Context, droit: str, t: int) -> Iterator[Raison]:
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


def _tell(context: _Context, ecrit: Ecrit, t: int, meta: dict) -> Iterator[Raison]:
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
        yield from (_turned(reason) for reason in _tell(context, ecrit.args[0], 2 - t, meta))
    elif inner := _shared(context, ecrit):
        yield from _tell(context, inner, t, meta)
    else:
        yield from _leaf(context, ecrit, ecrit, t, meta)


_LISTES = ("toutes", "une_de", "aucune", "au_moins", "non", "condition", NOM)


def _shared(context: _Context, ecrit: Ecrit) -> Ecrit | None:
    """The inside of a shared condition without a name of its own."""
    if ecrit.mot != NOM:
        return None
    calcul = context.programme.ouvrage.sources.calculs.get(str(ecrit.valeur))
    if calcul is None or calcul.nom is not None or calcul.pour != "foyer" or len(calcul.formules) != 1:
        return None
    return calcul.formules[0][1]


def _several(
    context: _Context, args: tuple[Ecrit, ...], t: int, meta: dict, one_enough: bool, turned: bool = False
) -> Iterator[Raison]:
    for arg in args:
        if not _counts(arg, context.m[0]):
            continue
        if context.answer(arg)[0] != t:
            continue
        for reason in _tell(context, arg, t, meta):
            yield _turned(reason) if turned else reason
        if one_enough and t != 1:
            return


def _counts(ecrit: Ecrit, on: int) -> bool:
    """Is a dated condition counted on that day?"""
    since, until = ecrit.meta.get("depuis"), ecrit.meta.get("jusqu_a")
    return (since is None or since.toordinal() <= on) and (until is None or on <= until.toordinal())


def _turned(reason: Raison) -> Raison:
    """The reason of the opposite condition: what had to be must not be."""
    etat = {OK: NON, NON: OK, INCONNU: INCONNU}[reason.etat]
    genre = _OPPOSES.get(reason.genre, reason.genre)
    attendu = tuple({"oui": "non", "non": "oui"}.get(word, word) for word in reason.attendu)
    return replace(reason, etat=etat, genre=genre, attendu=attendu, ecart=None)


_OPPOSES = {
    "maximum": "minimum",
    "minimum": "maximum",
    "egal": "different",
    "different": "egal",
    "choix": "pas_choix",
    "pas_choix": "choix",
    "droit": "exclu",
}


def _leaf(context: _Context, ecrit: Ecrit, whole: Ecrit, t: int, meta: dict) -> Iterator[Raison]:
    texte = context.textes.get(meta.get("texte", ""))
    bits = context.answer(whole)[1] if t == 1 else 0
    faits = _ids(context, bits)
    etat = _ETATS[t]
    if "dit" in meta:
        yield Raison("dit", etat, dit=meta["dit"], texte=texte, faits=faits)
        return
    maker = _FEUILLES.get(ecrit.mot, _plain)
    reason = maker(context, ecrit, etat, meta.get("nom"))
    if reason is None:
        return
    if t == 1 and not bits and "marge" in meta:
        reason = replace(reason, genre="proche", ecart=None)
    yield replace(reason, texte=texte, faits=faits)


def _ids(context: _Context, bits: int) -> tuple[str, ...]:
    return tuple(nom for nom, bit in context.programme.bits.items() if bits & bit)


def _name(context: _Context, ecrit: Ecrit) -> str | None:
    """The first name a person can read in an expression: of a fact, or of a calcul that has one."""
    sources = context.programme.ouvrage.sources
    if ecrit.mot == "nombre_enfants" and not ecrit.args and "enfants" in sources.faits:
        return sources.faits["enfants"].fait.nom
    for node in ecrit.walk():
        if node.mot in ("nombre_enfants", "un_enfant", "somme_enfants", "tous_enfants") and "enfants" in sources.faits:
            return sources.faits["enfants"].fait.nom
        if node.mot != NOM:
            continue
        owner, _, nom = str(node.valeur).rpartition(".")
        calcul = sources.calculs.get(nom)
        if calcul is not None and calcul.nom:
            return calcul.nom
        if owner == "conjoint":
            nom = f"conjoint_{nom}"
        fait = sources.faits.get(nom)
        if fait is not None:
            return fait.fait.nom
    return None


def _compared(context: _Context, ecrit: Ecrit, etat: str, nom: str | None) -> Raison | None:
    """A value and its threshold, the side with a name being the value."""
    left, right = ecrit.args
    genre = {
        "au_plus": "maximum",
        "inferieur": "maximum",
        "au_moins_egal": "minimum",
        "superieur": "minimum",
    }[ecrit.mot]
    if _name(context, left) is None and _name(context, right) is not None:
        left, right = right, left
        genre = _OPPOSES[genre]
    nom = nom or _name(context, left)
    if nom is None:
        return None
    one, two = _quantity(context, left), _quantity(context, right)
    gap = None
    if etat == NON:
        difference = one.bas - two.haut if genre == "maximum" else two.bas - one.haut
        gap = Grandeur(difference, difference, one.unite or two.unite)
    return Raison(genre, etat, nom=nom, valeur=one, seuil=two, ecart=gap)


def _quantity(context: _Context, ecrit: Ecrit) -> Grandeur:
    value, shape = context.run(ecrit)
    return Grandeur(value[0], value[1], units.show(shape.unite) if isinstance(shape, Num) else "")


def _equal(context: _Context, ecrit: Ecrit, etat: str, nom: str | None) -> Raison | None:
    left, right = ecrit.args[0], ecrit.args[1]
    value, shape = context.run(left)
    nom = nom or _name(context, left)
    if nom is None:
        return None
    if isinstance(shape, Un):
        return _chosen(context, ecrit, etat, nom)
    if isinstance(shape, Bool):
        wanted = right.valeur if right.mot == "oui" else True
        if ecrit.mot == "different":
            wanted = not wanted
        return Raison("oui_non", etat, nom=nom, valeur=_said(value[0]), attendu=("oui" if wanted else "non",))
    genre = "egal" if ecrit.mot == "egal" else "different"
    return Raison(genre, etat, nom=nom, valeur=_quantity(context, left), seuil=_quantity(context, right))


def _said(t: int) -> bool | None:
    return None if t == 1 else t == 2


def _chosen(context: _Context, ecrit: Ecrit, etat: str, nom: str | None) -> Raison | None:
    value, shape = context.run(ecrit.args[0])
    nom = nom or _name(context, ecrit.args[0])
    if nom is None or not isinstance(shape, Un | Plusieurs):
        return None
    several = isinstance(shape, Plusieurs)
    mask = value[1] if several else value[0]
    known = not (several and value[0] != value[1]) and (several or mask & (mask - 1) == 0)
    labels = {choix.id: choix.nom for choix in shape.fait.choix}
    wanted = tuple(labels[str(arg.valeur)] for arg in ecrit.args[1:] if str(arg.valeur) in labels)
    genre = "pas_choix" if ecrit.mot in ("different", "pas_parmi") else "choix"
    return Raison(genre, etat, nom=nom, valeur=_labels(shape.fait, mask) if known else None, attendu=wanted)


def _labels(fait: Fait, mask: int) -> Noms:
    return Noms(tuple(choix.nom for index, choix in enumerate(fait.choix) if mask >> index & 1))


def _another(context: _Context, ecrit: Ecrit, etat: str, nom: str | None) -> Raison | None:
    droit = str(ecrit.args[0].valeur).replace("_", "-")
    other = context.rulebook.droits.get(droit)
    nom = nom or (other.nom if other else None)
    return Raison("droit", etat, nom=nom) if nom else None


def _not(context: _Context, ecrit: Ecrit, etat: str, nom: str | None) -> Raison | None:
    """`non x`: the reason of x, the other way round."""
    inner = ecrit.args[0]
    opposite = {OK: NON, NON: OK, INCONNU: INCONNU}[etat]
    reason = _FEUILLES.get(inner.mot, _plain)(context, inner, opposite, nom)
    return _turned(reason) if reason else None


def _plain(context: _Context, ecrit: Ecrit, etat: str, nom: str | None) -> Raison | None:
    """A yes/no that is no comparison: a fact, or a condition about people."""
    nom = nom or _name(context, ecrit)
    if nom is None:
        return None
    return Raison("oui_non", etat, nom=nom, valeur=_said(_ETATS.index(etat)), attendu=("oui",))


_FEUILLES = {
    "au_plus": _compared,
    "inferieur": _compared,
    "au_moins_egal": _compared,
    "superieur": _compared,
    "egal": _equal,
    "different": _equal,
    "parmi": _chosen,
    "pas_parmi": _chosen,
    "contient": _chosen,
    "droit": _another,
    "non": _not,
}
