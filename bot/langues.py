"""Which languages do we speak, and what do we fall back to? Reads `locales/langues.yaml`, the only list of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale

from directory.datafile import plain

SOURCE = "fr"
SANS_CATALOGUE = "a-traduire"


@dataclass(frozen=True, slots=True)
class Langue:
    """One language. `nom` is its own name; `etat` says how far its catalogue is ("source", "relu", "brouillon",
    "a-traduire"); `alias_de` is the language answered in instead (Arabic in Latin letters is answered in Arabic)."""

    code: str
    nom: str
    direction: str = "ltr"
    repli: str | None = None
    bcp47: str = "fr"
    etat: str = SANS_CATALOGUE
    alias_de: str | None = None
    heure: str | None = None
    heure_pleine: str | None = None
    jours: str | None = None

    @property
    def traduite(self) -> bool:
        """True when a catalogue exists: only these are offered on the /langue menu."""
        return self.etat != SANS_CATALOGUE


class Langues:
    """The languages by code, in the order of the file."""

    def __init__(self, langues: Iterable[Langue]) -> None:
        self._par_code = {langue.code: langue for langue in langues}

    def __iter__(self):
        return iter(self._par_code.values())

    def __contains__(self, code: object) -> bool:
        return code in self._par_code

    def __getitem__(self, code: str) -> Langue:
        return self._par_code[code]

    def connue(self, code: str | None) -> str | None:
        """The code we answer in for a BCP 47 tag ("en-US" gives "en", "ar-Latn" gives "ar"), None if unknown."""
        if not code:
            return None
        tag = code.replace("_", "-").casefold()
        for candidate in (tag, tag.split("-")[0]):
            for langue in self:
                if langue.code.casefold() == candidate:
                    return langue.alias_de or langue.code
        return None

    def chaine(self, code: str) -> tuple[str, ...]:
        """The languages to look a sentence up in, one after the other, down to French."""
        found: list[str] = []
        current = self.connue(code)
        while current and current not in found:
            found.append(current)
            current = self[current].repli
        return tuple(found) if SOURCE in found else (*found, SOURCE)

    def proposees(self) -> tuple[Langue, ...]:
        """The languages a resident can choose."""
        return tuple(langue for langue in self if langue.traduite and not langue.alias_de)


def load(folder: Path) -> Langues:
    """Read `langues.yaml` of the locales folder."""
    return Langues(Langue(**row) for row in plain(Path(folder) / "langues.yaml")["langues"])


@cache
def en_francais(code: str) -> str:
    """The name of a language in French, for staff: "arabe", "arabe (lettres latines)"; the code itself when unknown."""
    if code == "fr-falc":
        return "français facile"
    langue, _, alphabet = code.partition("-")
    nom = Locale("fr").languages.get(langue, code)
    return f"{nom} (lettres latines)" if alphabet == "Latn" else nom
