"""What is wrong in a record that follows its schema, yet would mislead a resident?

The rules between keys of one file: the folder and the quarter, doubtful places and the call first, dates that cross, private
mobile numbers. Links between files are checked by `directory.load`; what depends on today's date by `directory.check`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from directory.datafile import Document, Problem, Where
from directory.fiches import ExceptionFiche, FeriesFichier, LieuFiche, Ouvrable, StructureFiche, VacancesFichier
from directory.model import Confiance, EtatLieu


def lieu_problems(document: Document, fiche: LieuFiche, folder: Path) -> Iterator[Problem]:
    """The faults of one place, services included."""
    yield from _placement(document, fiche, folder)
    if fiche.etat is EtatLieu.OUVERT and fiche.confiance is Confiance.BASSE and not fiche.appeler_avant:
        yield document.problem(
            ("confiance",), "une confiance basse demande de téléphoner avant. Ajoutez « appeler_avant: true »."
        )
    if (fiche.latitude is None) != (fiche.longitude is None):
        present, missing = ("latitude", "longitude") if fiche.longitude is None else ("longitude", "latitude")
        yield document.problem((present,), f"il y a « {present} » sans « {missing} ». Écrivez les deux, ou aucune.")
    if fiche.remplace_par == fiche.id:
        yield document.problem(
            ("remplace_par",), "ce lieu se remplace lui-même. Écrivez l’identifiant de l’autre lieu."
        )
    if fiche.etat is EtatLieu.OUVERT and not (fiche.services or fiche.permanences or fiche.urgences):
        yield document.problem((), "ce lieu ouvert n’offre rien. Ajoutez « services » ou « permanences ».")
    yield from _mobile(document, fiche.telephone, fiche.telephone_mobile_publie, ("telephone",))
    yield from _times(document, fiche, ())
    seen: dict[str, int] = {}
    for key in ("services", "permanences"):
        for index, service in enumerate(getattr(fiche, key)):
            where: Where = (key, index)
            if service.id in seen:
                message = (
                    f"« {service.id} » est déjà le nom d’un service de ce lieu (ligne {seen[service.id]}). Changez-le."
                )
                yield document.problem((*where, "id"), message)
            seen.setdefault(service.id, document.line((*where, "id")))
            published = service.telephone_mobile_publie or (
                fiche.telephone_mobile_publie and service.telephone == fiche.telephone
            )
            yield from _mobile(document, service.telephone, published, (*where, "telephone"))
            yield from _times(document, service, where)


def structure_problems(document: Document, fiche: StructureFiche) -> Iterator[Problem]:
    """The faults of one organisation."""
    yield from _mobile(document, fiche.telephone, fiche.telephone_mobile_publie, ("telephone",))


def calendar_problems(document: Document, fichier: FeriesFichier | VacancesFichier) -> Iterator[Problem]:
    """Dates that cross, or that the calendar says it does not cover."""
    if fichier.valable_du > fichier.valable_jusqu_au:
        yield document.problem(
            ("valable_du",), "« valable_du » est après « valable_jusqu_au ». Échangez les deux dates."
        )
    if isinstance(fichier, FeriesFichier):
        key, spans = "jours", [(one.le, one.le) for one in fichier.jours]
    else:
        key, spans = "periodes", [(one.du, one.au) for one in fichier.periodes]
    for index, (first, last) in enumerate(spans):
        if first > last:
            yield document.problem((key, index), "« du » est après « au ». Échangez les deux dates.")
        elif not fichier.valable_du <= first <= last <= fichier.valable_jusqu_au:
            message = "ces dates sont hors de « valable_du » et « valable_jusqu_au ». Changez ces bornes, ou les dates."
            yield document.problem((key, index), message)
        elif index and first <= spans[index - 1][1]:
            yield document.problem((key, index), "ces dates ne suivent pas celles du dessus. Mettez-les dans l’ordre.")


def _placement(document: Document, fiche: LieuFiche, folder: Path) -> Iterator[Problem]:
    """The folder says which quarter; a place of the whole city is in ville/, a national line in nationaux/."""
    if fiche.quartier and fiche.quartiers:
        yield document.problem(
            ("quartier",), "« quartier » et « quartiers » sont écrits tous les deux. Gardez « quartiers »."
        )
    quarters = fiche.quartiers or ([fiche.quartier] if fiche.quartier else [])
    parts = document.path.relative_to(folder).parts
    if parts[0] == "quartiers":
        if parts[1] not in quarters:
            key = "quartiers" if fiche.quartiers else "quartier"
            yield document.problem(
                (key,),
                f"ce fichier est dans le dossier du quartier « {parts[1]} ». Écrivez « quartier: {parts[1]} », ou déplacez-le.",
            )
    elif parts[0] == "nationaux":
        if quarters:
            yield document.problem(("quartier",), "une porte nationale n’a pas de quartier. Enlevez « quartier ».")
        if fiche.portee in ("quartier", "ville"):
            yield document.problem(
                ("portee",),
                "ce fichier est dans nationaux/. Écrivez « portee: nationale », ou déplacez-le dans ville/.",
            )
    if fiche.portee == "quartier" and not quarters:
        yield document.problem(
            ("portee",), "la portée est « quartier » mais aucun quartier n’est dit. Ajoutez « quartier »."
        )


def _mobile(document: Document, telephone: str | None, published: bool, where: Where) -> Iterator[Problem]:
    digits = re.sub(r"[ .\-]", "", telephone or "").replace("+33", "0")
    if re.match(r"0[67]", digits) and not published:
        yield document.problem(
            where,
            f"« {telephone} » est un mobile, peut-être celui d’une personne. Enlevez-le, ou ajoutez « telephone_mobile_publie: "
            "true » s’il est publié comme numéro du service.",
        )


def _times(document: Document, fiche: Ouvrable, where: Where) -> Iterator[Problem]:
    for index, change in enumerate(fiche.exceptions):
        yield from _exception(document, change, (*where, "exceptions", index))
    if fiche.valable and fiche.valable.du and fiche.valable.au and fiche.valable.du > fiche.valable.au:
        yield document.problem((*where, "valable"), "« du » est après « au ». Échangez les deux dates.")
    if fiche.horaires_vacances not in (None, "idem") and not fiche.horaires_accueil and not where:
        yield document.problem(
            (*where, "horaires_vacances"),
            "il y a des horaires de vacances sans horaires habituels. Ajoutez « horaires_accueil ».",
        )


def _exception(document: Document, change: ExceptionFiche, where: Where) -> Iterator[Problem]:
    if not change.le and not (change.du and change.au):
        yield document.problem(where, "cette exception n’a pas de date. Écrivez « le », ou « du » et « au ».")
    elif change.le and (change.du or change.au):
        yield document.problem(
            where, "cette exception a « le » et « du/au ». Gardez « le » pour un jour, « du » et « au » sinon."
        )
    elif change.du and change.du > change.au:
        yield document.problem((*where, "du"), "« du » est après « au ». Échangez les deux dates.")
    if change.ferme == bool(change.horaires):
        yield document.problem(
            where, "on ne sait pas si c’est fermé ou à d’autres heures. Écrivez « ferme: true », ou « horaires »."
        )
