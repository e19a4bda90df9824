"""How is the review changed, one need or thousands, so that nothing is lost and nobody overwrites unseen work?

One need: whoever saves gives the version they read; when another stands now, nothing is changed (`Depasse`). Many:
whoever saves gives the `mark` of the page they read; needs that somebody else changed since are left out and told.
Each change adds a version to the history and leaves its line in the audit trail, in the same transaction.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from bot.accounts import audit
from bot.journal.scrub import LONGEST, scrub
from bot.review.model import ACTIONS, ETATS, Depasse, Dossier, Examen, ReviewFault, Signature
from bot.review.table import dossier, dossiers

FIELDS = ("etat", "action", "remarque", "besoin_corrige")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a need stands, to be counted: its défi and its axis."""

    defi: int
    axe: str | None


Places = Callable[[str], Place | None]


@dataclass(frozen=True, slots=True)
class Lot:
    """What a change of many did: its number, how many changed, how many were so already, and what others changed."""

    lot: str
    changes: int
    pareils: int
    depasses: tuple[Dossier, ...] = ()


def clean_remark(text: str) -> tuple[str | None, bool]:
    """(the remark as it is kept, whether something that may name a person was taken out of it)."""
    plain = " ".join(text.split())
    if len(plain) > LONGEST:
        raise ReviewFault(f"La remarque est trop longue : {LONGEST} caractères au plus, il y en a {len(plain)}.")
    kept = scrub(plain)
    return kept or None, kept != plain


def _checked(examen: Examen, places: Places) -> Examen:
    """The same with its remark cleaned, or ReviewFault when a word of it is in no list."""
    if examen.etat not in ETATS:
        raise ReviewFault("Cet état n’existe pas.")
    if examen.action is not None and examen.action not in ACTIONS:
        raise ReviewFault("Cette action n’existe pas.")
    if examen.besoin_corrige is not None and places(examen.besoin_corrige) is None:
        raise ReviewFault("Ce besoin n’est pas dans la liste.")
    return replace(examen, remarque=clean_remark(examen.remarque or "")[0])


def change(
    connection: sqlite3.Connection, number: int, version: int, examen: Examen, signature: Signature, places: Places
) -> Dossier:
    """Save what is said of one need. Raises Depasse when `version` no longer stands, ReviewFault for a forged value."""
    before = dossier(connection, number)
    if before is None:
        raise ReviewFault("Ce besoin n’existe pas.")
    examen = _settled(before, _checked(examen, places))
    if before.suivi.version != version:
        if before.suivi.examen == examen:
            return before
        raise Depasse(before.suivi)
    if before.suivi.examen != examen:
        _save(connection, [(before, examen)], signature, None, places)
        audit.record(connection, signature.par, "besoin revu", str(number), _told(before.suivi.examen, examen))
    return dossier(connection, number) or before


def change_many(
    connection: sqlite3.Connection,
    numbers: Iterable[int],
    wanted: Mapping[str, str | None],
    signature: Signature,
    places: Places,
    seen: int,
) -> Lot:
    """Give the fields of `wanted` (a part of FIELDS) to all these needs; other fields stay as they are."""
    found = dossiers(connection, numbers)
    late = _changed_by_others(connection, seen, signature.par)
    depasses = tuple(one for one in found if one.id in late)
    changes = [
        (one, examen)
        for one in found
        if one.id not in late
        and (examen := _settled(one, _checked(replace(one.suivi.examen, **wanted), places))) != one.suivi.examen
    ]
    lot = secrets.token_hex(8)
    if changes:
        _save(connection, changes, signature, lot, places)
        detail = ", ".join(f"{name} : {value or 'vide'}" for name, value in wanted.items() if name != "remarque")
        audit.record(connection, signature.par, "besoins revus en nombre", lot, f"{len(changes)} besoins ; {detail}")
    return Lot(lot, len(changes), len(found) - len(depasses) - len(changes), depasses)


def undo(connection: sqlite3.Connection, lot: str, signature: Signature, places: Places) -> Lot:
    """Put back what a change of many replaced, except where somebody changed it again since."""
    numbers = [n for (n,) in connection.execute("SELECT journal_id FROM suivi_historique WHERE lot = ?", [lot])]
    if not numbers:
        raise ReviewFault("Ce changement n’existe pas.")
    before = dict(_before(connection, lot))
    found = dossiers(connection, numbers)
    depasses = tuple(one for one in found if one.suivi.lot != lot)
    changes = [(one, before.get(one.id, Examen())) for one in found if one.suivi.lot == lot]
    back = secrets.token_hex(8)
    if changes:
        _save(connection, changes, signature, back, places)
        audit.record(connection, signature.par, "changement en nombre annulé", lot, f"{len(changes)} besoins")
    return Lot(back, len(changes), 0, depasses)


def _settled(one: Dossier, examen: Examen) -> Examen:
    """A correction that says what was understood already is none."""
    return replace(examen, besoin_corrige=None) if examen.besoin_corrige == one.row.besoin else examen


def _changed_by_others(connection: sqlite3.Connection, seen: int, par: str) -> set[int]:
    found = connection.execute("SELECT journal_id FROM suivi_historique WHERE seq > ? AND par <> ?", [seen, par])
    return {number for (number,) in found}


def _before(connection: sqlite3.Connection, lot: str) -> list[tuple[int, Examen]]:
    found = connection.execute(
        "SELECT b.journal_id, b.etat, b.action, b.remarque, b.besoin_corrige FROM suivi_historique h"
        " JOIN suivi_historique b ON b.journal_id = h.journal_id AND b.version = h.version - 1 WHERE h.lot = ?",
        [lot],
    )
    return [(number, Examen(*values)) for number, *values in found]


def _save(
    connection: sqlite3.Connection,
    changes: list[tuple[Dossier, Examen]],
    signature: Signature,
    lot: str | None,
    places: Places,
) -> None:
    lines = []
    for one, examen in changes:
        place = places(examen.besoin_corrige) if examen.besoin_corrige else None
        corrected = (examen.besoin_corrige, place.defi if place else None, place.axe if place else None)
        lines.append(
            (
                one.id,
                one.suivi.version + 1,
                examen.etat,
                examen.action,
                examen.remarque,
                *corrected,
                signature.par,
                signature.le,
                signature.jour,
                lot,
            )
        )
    columns = (
        "journal_id, version, etat, action, remarque, besoin_corrige, defi_corrige, axe_corrige, par, le, jour, lot"
    )
    marks = ", ".join("?" * 12)
    # The key of the history refuses a version that exists: two changes can never take the same place.
    connection.executemany(f"INSERT INTO suivi_historique ({columns}) VALUES ({marks})", lines)
    connection.executemany(f"INSERT OR REPLACE INTO suivi ({columns}) VALUES ({marks})", lines)


def _told(before: Examen, after: Examen) -> str:
    """What changed, for the audit trail: without the remark, which is in the history."""
    parts = [f"état : {before.etat} → {after.etat}"] if before.etat != after.etat else []
    if before.action != after.action:
        parts.append(f"action : {after.action or 'aucune'}")
    if before.besoin_corrige != after.besoin_corrige:
        parts.append(f"besoin : {after.besoin_corrige or 'comme compris'}")
    if before.remarque != after.remarque:
        parts.append("remarque")
    return ", ".join(parts)
