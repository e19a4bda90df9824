"""How do the figures reach whoever asks: the names from the data in service, the counts from the journal, on a day?

The pages of staff and the command line both come through here, and so say the same.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.journal import vocabulaire as mots
from bot.journal.context import Contexte
from bot.journal.figures import Memoire, load
from bot.journal.periods import Periode, default, last_closed, parse, widened
from bot.journal.tables import Noms
from bot.langues import Langues, en_francais
from bot.langues import load as load_langues
from bot.live import LOCALES, RULES, Live, directory_of
from bot.review.model import ACTIONS
from bot.storage.marque import is_demonstration
from bot.storage.sqlite import FILE, beside
from directory.catalogue import Directory
from rules.load import load as load_rules
from rules.model import Rulebook


@dataclass(frozen=True, slots=True)
class Data:
    """What the figures need of the data in service: no catalogue and no lexicon, which take longer to read than to count."""

    directory: Directory
    langues: Langues
    rulebook: Rulebook | None


def read(folder: Path) -> Data:
    """What the figures need, with the directory of a folder; raises DataFault as `bot.live.load` does."""
    directory = directory_of(folder)
    return Data(directory, load_langues(LOCALES), load_rules(RULES, directory.vocabulaire, partiel=True).rulebook)


def names(live: Live | Data) -> Noms:
    """What every id of the figures is called, in French."""
    vocabulaire = live.directory.vocabulaire
    return Noms(
        besoins={besoin.id: besoin.nom for besoin in vocabulaire.besoins.values()},
        defis={defi.id: defi.nom for defi in vocabulaire.defis.values()},
        axes={axe.id: axe.nom for axe in vocabulaire.axes.values()},
        quartiers={quartier.id: quartier.nom for quartier in live.directory.quartiers.values()},
        langues={langue.code: en_francais(langue.code).capitalize() for langue in live.langues},
        canaux=mots.CANAUX,
        manquements=mots.MANQUEMENTS,
        non_recours=mots.NON_RECOURS,
        niveaux=mots.NIVEAUX,
        droits=_rights(live),
        actions=ACTIONS,
        defi_du_besoin={besoin.id: besoin.defi for besoin in vocabulaire.besoins.values()},
        axe_du_besoin={besoin.id: besoin.axe for besoin in vocabulaire.besoins.values()},
    )


def context(
    connection: sqlite3.Connection,
    live: Live | Data,
    periode: Periode,
    today: date,
    seuil: int,
    memoire: Memoire | None = None,
) -> Contexte:
    """What indicators are asked about, read from a journal on a day."""
    figures = load(connection, live.directory.vocabulaire, today, seuil, memoire)
    return Contexte(figures, names(live), periode, live.directory, today)


def _rights(live: Live | Data) -> dict[str, str]:
    rulebook = live.rulebook
    return {droit.id: droit.nom for droit in rulebook.droits.values()} if rulebook else {}


def from_folder(folder: Path, live: Live | Data, periode: Periode, today: date, seuil: int) -> tuple[Contexte, bool]:
    """What indicators are asked about, from the database of a folder, and whether it is a demonstration."""
    with beside(folder):
        pass  # an older database gets its tables first
    db = sqlite3.connect(f"{(folder / FILE).resolve().as_uri()}?mode=ro", uri=True)
    try:
        return context(db, live, periode, today, seuil), is_demonstration(db)
    finally:
        db.close()


def asked(du: str, au: str, today: date) -> tuple[Periode, Periode, bool]:
    """(the period counted, the period asked for, whether days were widened to months); the last quarter when none is.

    Months that are not over are left out when others are; PeriodError says what cannot be read.
    """
    if not du and not au:
        usual = default(today)
        return usual, usual, False
    wanted = parse(du or au, au or du)
    last = last_closed(today)
    counted = Periode(wanted.debut, min(wanted.fin, last)) if wanted.debut <= last else wanted
    return counted, wanted, widened(du or au, au or du, wanted)
