"""How does a checked record become an object of the directory?

Defaults that span several keys are settled here once: what a service takes from its place, what a permanence never takes.
"""

from __future__ import annotations

from pathlib import Path

from directory.datafile import Document
from directory.fiches import (
    ExceptionFiche,
    LieuFiche,
    Ouvrable,
    QuartierFiche,
    ServiceFiche,
    SourceFiche,
    StructureFiche,
)
from directory.model import (
    ExceptionHoraire,
    Horaires,
    Lieu,
    Point,
    Quartier,
    RendezVous,
    Service,
    Source,
    Structure,
)


def lieu_of(document: Document, fiche: LieuFiche, folder: Path) -> Lieu:
    """A place with its services and permanences."""
    horaires = _hours(fiche)
    relative = document.path.relative_to(folder)
    services = [
        _service(document, one, ("services", index), fiche, horaires) for index, one in enumerate(fiche.services)
    ]
    services += [
        _service(document, one, ("permanences", index), fiche, horaires, permanence=True)
        for index, one in enumerate(fiche.permanences)
    ]
    return Lieu(
        id=fiche.id,
        nom=fiche.nom,
        type=fiche.type,
        etat=fiche.etat,
        confiance=fiche.confiance,
        verifie_le=fiche.verifie_le,
        sources=_sources(fiche.sources),
        quartiers=tuple(fiche.quartiers or ([fiche.quartier] if fiche.quartier else ())),
        aussi_appele=tuple(fiche.aussi_appele),
        structure=fiche.structure,
        adresse=fiche.adresse,
        complement_adresse=fiche.complement_adresse,
        code_postal=fiche.code_postal,
        commune=fiche.commune,
        point=None if fiche.latitude is None else Point(fiche.latitude, fiche.longitude),
        acces=fiche.acces,
        telephone=fiche.telephone,
        courriel=fiche.courriel,
        site_web=fiche.site_web,
        horaires=horaires,
        rendez_vous=fiche.rendez_vous or RendezVous.INCONNU,
        langues=tuple(fiche.langues),
        accessibilite=fiche.accessibilite,
        frais=fiche.frais,
        modes_accueil=tuple(fiche.modes_accueil),
        a_distance=fiche.a_distance,
        portee=fiche.portee or ("nationale" if relative.parts[0] == "nationaux" else "ville"),
        appeler_avant=fiche.appeler_avant,
        urgences=tuple(fiche.urgences),
        sms=fiche.sms,
        remplace_par=fiche.remplace_par,
        services=tuple(services),
        note_interne=fiche.note_interne,
        fichier=relative.as_posix(),
        ligne=document.line(("id",)),
    )


def structure_of(document: Document, fiche: StructureFiche, folder: Path) -> Structure:
    """An organisation."""
    return Structure(
        id=fiche.id,
        nom=fiche.nom,
        sigle=fiche.sigle,
        aussi_appele=tuple(fiche.aussi_appele),
        telephone=fiche.telephone,
        site_web=fiche.site_web,
        besoins=tuple(fiche.besoins),
        sources=_sources(fiche.sources),
        verifie_le=fiche.verifie_le,
        fichier=document.path.relative_to(folder).as_posix(),
        ligne=document.line(("id",)),
    )


def quartier_of(fiche: QuartierFiche, anneaux: tuple = ()) -> Quartier:
    """A quarter, with the rings of its perimeter when they were imported."""
    return Quartier(
        id=fiche.id,
        nom=fiche.nom,
        noms=tuple(fiche.noms),
        rues=tuple(rue.nom for rue in fiche.rues),
        centre=Point(fiche.centre.latitude, fiche.centre.longitude) if fiche.centre else None,
        repere=fiche.centre.repere if fiche.centre else None,
        code_qpv=fiche.code_qpv,
        anneaux=anneaux,
    )


def _service(
    document: Document,
    fiche: ServiceFiche,
    where: tuple[str, int],
    lieu: LieuFiche,
    of_place: Horaires,
    permanence: bool = False,
) -> Service:
    return Service(
        id=fiche.id,
        nom=fiche.nom,
        besoins=tuple(fiche.besoins),
        resume=fiche.resume,
        permanence=permanence,
        structure=fiche.structure,
        horaires=_service_hours(fiche, of_place, permanence),
        # How one comes to the host says nothing of how one comes to a permanence that it hosts.
        rendez_vous=fiche.rendez_vous or (RendezVous.INCONNU if permanence else None),
        telephone=fiche.telephone,
        site_web=fiche.site_web,
        langues=tuple(fiche.langues),
        publics=tuple(fiche.publics or lieu.publics),
        thematiques=tuple(fiche.thematiques),
        frais=fiche.frais,
        a_apporter=tuple(fiche.a_apporter),
        conditions=fiche.conditions,
        appeler_avant=fiche.appeler_avant or lieu.appeler_avant,
        verifie_le=fiche.verifie_le,
        sources=_sources(fiche.sources),
        ligne=document.line((*where, "id")),
    )


def _service_hours(fiche: ServiceFiche, of_place: Horaires, permanence: bool) -> Horaires | None:
    """None when the service simply has the hours of its place.

    A permanence never takes them: its hours are its own or unknown. The closures of the building are everyone's.
    """
    closures = tuple(change for change in of_place.exceptions if change.horaires is None)
    own = fiche.horaires_accueil or fiche.horaires_texte
    changes = fiche.horaires_vacances or fiche.exceptions or fiche.valable
    if own or permanence:
        mine = _hours(fiche)
        # A building closed in school holidays is closed to those it hosts, unless they say otherwise.
        vacances = fiche.horaires_vacances or ("off" if of_place.vacances == "off" and mine.osm else "idem")
        return Horaires(mine.osm, mine.texte, vacances, mine.exceptions + closures, mine.verifie_le, mine.du, mine.au)
    if not changes:
        return None
    mine = _hours(fiche)
    return Horaires(
        of_place.osm,
        of_place.texte,
        fiche.horaires_vacances or of_place.vacances,
        mine.exceptions + of_place.exceptions,
        mine.verifie_le or of_place.verifie_le,
        mine.du or of_place.du,
        mine.au or of_place.au,
    )


def _hours(fiche: Ouvrable) -> Horaires:
    return Horaires(
        osm=fiche.horaires_accueil,
        texte=fiche.horaires_texte,
        vacances=fiche.horaires_vacances or "idem",
        exceptions=tuple(_exception(change) for change in fiche.exceptions),
        verifie_le=fiche.horaires_verifie_le,
        du=fiche.valable.du if fiche.valable else None,
        au=fiche.valable.au if fiche.valable else None,
    )


def _exception(fiche: ExceptionFiche) -> ExceptionHoraire:
    return ExceptionHoraire(fiche.le or fiche.du, fiche.le or fiche.au, fiche.horaires, fiche.motif)


def _sources(fiches: list[SourceFiche]) -> tuple[Source, ...]:
    return tuple(Source(one.ref, one.date, one.appuie) for one in fiches)
