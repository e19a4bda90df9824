"""What are the rights, the facts and the situations made of? Frozen data, no behaviour beyond reading it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

PROBABLE = "probable"
POSSIBLE = "possible"
PEU_PROBABLE = "peu-probable"

FOYER = "foyer"
ADULTE = "adulte"
ENFANT = "enfant"
CONJOINT = "conjoint_"


@dataclass(frozen=True, slots=True)
class Intervalle:
    """A range given for a number: « entre 1 000 et 1 500 »."""

    bas: float
    haut: float


class Enfant(Mapping[str, Any]):
    """What is known of one child: `age`, `naissance` and the fields of the facts `de: enfant`."""

    __slots__ = ("_valeurs",)

    def __init__(self, valeurs: Mapping[str, Any]) -> None:
        self._valeurs = dict(valeurs)

    @classmethod
    def de(cls, **valeurs: Any) -> Enfant:
        return cls(valeurs)

    def __getitem__(self, key: str) -> Any:
        return self._valeurs[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._valeurs)

    def __len__(self) -> int:
        return len(self._valeurs)

    def __hash__(self) -> int:
        return hash(frozenset(self._valeurs.items()))

    def __repr__(self) -> str:
        return f"Enfant({self._valeurs!r})"


class Situation(Mapping[str, Any]):
    """What is known of a household: fact id -> value. What is unknown is absent. It never changes: `avec` gives another."""

    __slots__ = ("_valeurs",)

    def __init__(self, valeurs: Mapping[str, Any] | None = None) -> None:
        self._valeurs = dict(valeurs or {})

    def avec_fait(self, fait: str, valeur: Any) -> Situation:
        """The same situation with one fact known, or corrected."""
        return Situation({**self._valeurs, fait: valeur})

    def avec(self, **faits: Any) -> Situation:
        return Situation({**self._valeurs, **faits})

    def sans(self, *faits: str) -> Situation:
        """The same situation with some facts unknown again."""
        return Situation({key: value for key, value in self._valeurs.items() if key not in faits})

    def __getitem__(self, key: str) -> Any:
        return self._valeurs[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._valeurs)

    def __len__(self) -> int:
        return len(self._valeurs)

    def __hash__(self) -> int:
        return hash(frozenset(self._valeurs.items()))

    def __repr__(self) -> str:
        return f"Situation({self._valeurs!r})"


@dataclass(frozen=True, slots=True)
class Choix:
    id: str
    nom: str


@dataclass(frozen=True, slots=True)
class Fait:
    """What can be known, and asked when it has a `question`. `base` is the id without `conjoint_`."""

    id: str
    type: str
    nom: str
    theme: str = "autre"
    question: str | None = None
    aide: str | None = None
    pourquoi: str | None = None
    sensible: int = 0
    effort: int = 1
    ordre: int = 100
    unite: str | None = None
    min: float | None = None
    max: float | None = None
    boutons: tuple[float, ...] = ()
    choix: tuple[Choix, ...] = ()
    de: str = FOYER
    base: str = ""
    conjoint: bool = False

    def bit(self, choix: str) -> int:
        """The bit of a choice among the possible ones; KeyError when it is none of them."""
        for index, one in enumerate(self.choix):
            if one.id == choix:
                return 1 << index
        raise KeyError(choix)

    @property
    def tous(self) -> int:
        """Every choice at once: what an unknown choice can be."""
        return (1 << len(self.choix)) - 1


@dataclass(frozen=True, slots=True)
class Texte:
    """A legal text."""

    id: str
    nom: str
    lien: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A document to bring."""

    id: str
    nom: str
    aide: str | None = None


@dataclass(frozen=True, slots=True)
class Demande:
    """How and where one asks for a right."""

    types: tuple[str, ...] = ()
    besoins: tuple[str, ...] = ()
    lien: str | None = None
    telephone: str | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Variante:
    id: str
    nom: str


@dataclass(frozen=True, slots=True)
class ValeurBareme:
    """A value from a day on: a number, a table by size (`par_taille`, `de_plus`), boxes (`grille`) or `tranches`."""

    depuis: date
    valeur: Any
    texte: str
    source: str
    verifie_le: date | None = None


@dataclass(frozen=True, slots=True)
class Bareme:
    """Dated values, oldest first. `forme` is valeur, par_taille, grille or tranches."""

    id: str
    nom: str
    forme: str
    unite: str
    argument: str
    valeurs: tuple[ValeurBareme, ...]
    jusqu_a: date | None = None

    def au(self, jour: date) -> ValeurBareme | None:
        """The value in force on a day: the newest that is not later, None before the first and after the end."""
        if self.jusqu_a is not None and jour > self.jusqu_a:
            return None
        found = None
        for valeur in self.valeurs:
            if valeur.depuis > jour:
                break
            found = valeur
        return found


@dataclass(frozen=True, slots=True)
class Exemple:
    """An example of a right: a situation, what is expected, and where it is written."""

    nom: str
    situation: Situation
    verdict: str
    manquants: tuple[str, ...] | None = None
    variante: str | None = None
    montant: tuple[float, float] | None = None
    le: date | None = None


@dataclass(frozen=True, slots=True)
class Droit:
    """A right: what it is, what it asks, and how to claim it. Conditions are compiled apart, in the rulebook."""

    id: str
    nom: str
    besoins: tuple[str, ...]
    defi: int
    resume: str
    sorte: str
    textes: tuple[Texte, ...]
    depuis: date
    verifie_le: date
    lien: str | None = None
    sigle: str | None = None
    jusqu_a: date | None = None
    suit: tuple[str, ...] = ()
    exclut: tuple[str, ...] = ()
    au_plus: str | None = None
    pourquoi_au_plus: str | None = None
    pieces: tuple[str, ...] = ()
    demande: Demande = Demande()
    variantes: tuple[Variante, ...] = ()
    exemples: tuple[Exemple, ...] = ()

    def en_vigueur(self, jour: date) -> bool:
        return self.depuis <= jour and (self.jusqu_a is None or jour <= self.jusqu_a)


@dataclass(frozen=True, slots=True, eq=False)
class Rulebook:
    """All the rights, facts, barèmes and documents, and the compiled program that evaluates them."""

    droits: dict[str, Droit]
    faits: dict[str, Fait]
    champs_enfant: dict[str, Fait]
    baremes: dict[str, Bareme]
    pieces: dict[str, Piece]
    programme: Any = field(repr=False)
