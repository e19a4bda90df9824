"""Which words does the language of the rules have? One table: a word, the function that writes its code."""

from __future__ import annotations

from rules import calculs, conditions, menage
from rules.code import Code, Mot, Valeur
from rules.formula import Ecrit


def nom(code: Code, ecrit: Ecrit) -> Valeur:
    """A fact, a calcul or a barème called by its name."""
    return code.ouvrage.nom(code, ecrit)


WORDS: dict[str, Mot] = {"nom": nom, **conditions.WORDS, **calculs.WORDS, **menage.WORDS}
