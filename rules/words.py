"""Which words does the language of the rules have? One table: a word, the function that writes its code."""

from __future__ import annotations

from rules import calculs, comparaisons, conditions, conversions, menage
from rules.code import Mot
from rules.noms import nom

WORDS: dict[str, Mot] = {
    "nom": nom,
    **conditions.WORDS,
    **comparaisons.WORDS,
    **calculs.WORDS,
    **conversions.WORDS,
    **menage.WORDS,
}
