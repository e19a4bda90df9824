"""What does one condition say for itself: its name, its value, its threshold, and by how much it fails?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from rules import units
from rules.code import Bool, Num, Plusieurs, Un
from rules.formula import NOM, Ecrit
from rules.model import Fait, Rulebook, Texte
from rules.programme import Programme

OK, NON, INCONNU = "ok", "non", "inconnu"
ETATS = (NON, INCONNU, OK)


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
class Context:
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


def turned_round(reason: Raison) -> Raison:
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


def _name(context: Context, ecrit: Ecrit) -> str | None:
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


def _compared(context: Context, ecrit: Ecrit, etat: str, nom: str | None) -> Raison | None:
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


def _quantity(context: Context, ecrit: Ecrit) -> Grandeur:
    value, shape = context.run(ecrit)
    return Grandeur(value[0], value[1], units.show(shape.unite) if isinstance(shape, Num) else "")


def _equal(context: Context, ecrit: Ecrit, etat: str, nom: str | None) -> Raison | None:
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


def _chosen(context: Context, ecrit: Ecrit, etat: str, nom: str | None) -> Raison | None:
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


def _another(context: Context, ecrit: Ecrit, etat: str, nom: str | None) -> Raison | None:
    droit = str(ecrit.args[0].valeur).replace("_", "-")
    other = context.rulebook.droits.get(droit)
    nom = nom or (other.nom if other else None)
    return Raison("droit", etat, nom=nom) if nom else None


def _not(context: Context, ecrit: Ecrit, etat: str, nom: str | None) -> Raison | None:
    """`non x`: the reason of x, the other way round."""
    inner = ecrit.args[0]
    opposite = {OK: NON, NON: OK, INCONNU: INCONNU}[etat]
    reason = FEUILLES.get(inner.mot, plain)(context, inner, opposite, nom)
    return turned_round(reason) if reason else None


def plain(context: Context, ecrit: Ecrit, etat: str, nom: str | None) -> Raison | None:
    """A yes/no that is no comparison: a fact, or a condition about people."""
    nom = nom or _name(context, ecrit)
    if nom is None:
        return None
    return Raison("oui_non", etat, nom=nom, valeur=_said(ETATS.index(etat)), attendu=("oui",))


FEUILLES = {
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
