"""Small directories for tests: objects in memory, or a sound folder of files to break."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from directory import catalogue
from directory.catalogue import Directory
from directory.load import load
from directory.model import (
    Confiance,
    EtatLieu,
    ExceptionHoraire,
    Horaires,
    Lieu,
    Point,
    Quartier,
    Service,
    Source,
)

HERE = Path(__file__).parent
DATA = HERE.parent.parent / "directory" / "data"
PARIS = ZoneInfo("Europe/Paris")


def paris(text: str) -> datetime:
    """A moment of Amiens from "2026-11-24 10:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def closed(first: str, last: str | None = None, motif: str | None = None) -> ExceptionHoraire:
    return ExceptionHoraire(date.fromisoformat(first), date.fromisoformat(last or first), None, motif)


def other_hours(day: str, horaires: str) -> ExceptionHoraire:
    return ExceptionHoraire(date.fromisoformat(day), date.fromisoformat(day), horaires)


def a_folder(tmp_path: Path) -> Path:
    """A sound data folder that a test may break: a few records, a small vocabulary, and the real calendar."""
    folder = tmp_path / "annuaire"
    shutil.copytree(HERE / "annuaire", folder)
    shutil.copytree(DATA / "calendrier", folder / "calendrier")
    return folder


@cache
def real() -> Directory:
    """The directory of the product itself, loaded once."""
    directory = load(DATA).directory
    assert directory is not None
    return directory


NORD = Quartier("le-nord", "Le Nord", noms=("Le Grand Nord",), rues=("rue du Nord",), centre=Point(49.910, 2.300))
SUD = Quartier("le-sud", "Le Sud", centre=Point(49.880, 2.300))
LOIN = Quartier("le-lointain", "Le Lointain")


def a_place(id: str, besoins: tuple[str, ...] = ("lien-social",), **changes) -> Lieu:
    """An open place of the whole city with one service; `horaires` may be an OSM string."""
    horaires = changes.pop("horaires", None)
    service_changes = {key: changes.pop(key) for key in ("publics",) if key in changes}
    values = {
        "nom": id,
        "type": "association",
        "etat": EtatLieu.OUVERT,
        "confiance": Confiance.HAUTE,
        "verifie_le": "2026-06-01",
        "sources": (Source("https://exemple.fr", "2026-06-01"),),
        "adresse": f"1 rue {id}",
        "commune": "Amiens",
        "horaires": Horaires(osm=horaires) if isinstance(horaires, str) else horaires or Horaires(),
        "services": (Service("accueil", "Accueil", besoins, **service_changes),),
    }
    return Lieu(id=id, **{**values, **changes})


def a_line(id: str, besoins: tuple[str, ...] = ("lien-social",), **changes) -> Lieu:
    """A national line."""
    values = {
        "adresse": None,
        "commune": None,
        "a_distance": True,
        "portee": "nationale",
        "telephone": "0 800 00 00 00",
    }
    return a_place(id, besoins, **{**values, **changes})


def a_directory(*lieux: Lieu, quartiers: tuple[Quartier, ...] = (NORD, SUD, LOIN)) -> Directory:
    return catalogue.make(lieux, (), quartiers, real().vocabulaire, real().calendrier)
