"""What should the keeper of the directory look at, beyond what the loader refuses?

`lint` finds what depends on today's date or on the whole: every finding is an AVIS, worth a look and never a refusal.
`python -m directory.check FOLDER` prints it all.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from directory import osm
from directory.catalogue import Directory
from directory.datafile import AVIS, Problem, Where
from directory.fiches import LieuFiche, Ouvrable, StructureFiche
from directory.hours import PARIS
from directory.load import Loaded, Read, load
from directory.model import Confiance, Etat, EtatLieu, Lieu, Service
from directory.ranking import is_local
from directory.search import AGE_ANCIEN, first_day
from directory.week import overlaps

# School holidays are published about a year ahead: this leaves the time to copy them.
PREAVIS_CALENDRIER = timedelta(days=180)
JOURS_EN_TOUTES_LETTRES = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def lint(loaded: Loaded, today: date) -> list[Problem]:
    """Everything worth a look on that day, in the order of files and lines. Empty when the directory did not load."""
    if loaded.directory is None:
        return []
    found = [problem for look in _LOOKS for problem in look(loaded, loaded.directory, today)]
    return sorted(found, key=lambda problem: (problem.file, problem.line, problem.message))


def _places(loaded: Loaded) -> Iterator[tuple[Read, LieuFiche]]:
    for each in loaded.files:
        if isinstance(each.record, LieuFiche) and each.record.etat is EtatLieu.OUVERT:
            yield each, each.record


def _timed(loaded: Loaded) -> Iterator[tuple[Read, Where, Ouvrable]]:
    """Every block that has hours: places, services, permanences."""
    for each, fiche in _places(loaded):
        yield each, (), fiche
        for key in ("services", "permanences"):
            for index, service in enumerate(getattr(fiche, key)):
                yield each, (key, index), service


def _past_exceptions(loaded: Loaded, directory: Directory, today: date) -> Iterator[Problem]:
    for each, where, block in _timed(loaded):
        for index, change in enumerate(block.exceptions):
            last = change.le or change.au
            if last < today:
                message = f"cette exception est finie depuis le {last:%d/%m/%Y}. Enlevez-la."
                yield each.document.problem((*where, "exceptions", index), message, AVIS)
        if block.valable and block.valable.au and block.valable.au < today:
            message = f"ces horaires ne valent plus depuis le {block.valable.au:%d/%m/%Y}. Écrivez les nouveaux."
            yield each.document.problem((*where, "valable"), message, AVIS)


def _replaced_days(loaded: Loaded, directory: Directory, today: date) -> Iterator[Problem]:
    for each, where, block in _timed(loaded):
        for key in ("horaires_accueil", "horaires_vacances"):
            text = getattr(block, key)
            if text in (None, "idem", "off"):
                continue
            if twice := overlaps(osm.parse(text)):
                days = ", ".join(JOURS_EN_TOUTES_LETTRES[jour.numero] for jour in twice)
                message = (
                    f"{days} : écrit deux fois, les dernières heures remplacent les autres. Vérifiez que c’est voulu."
                )
                yield each.document.problem((*where, key), message, AVIS)


def _silent_about_holidays(loaded: Loaded, directory: Directory, today: date) -> Iterator[Problem]:
    for each, where, block in _timed(loaded):
        if block.horaires_accueil and not osm.parse(block.horaires_accueil).dit_les_feries:
            message = (
                "rien sur les jours fériés : la réponse y sera « peut-être ». Ajoutez « ; PH off » si c’est fermé."
            )
            yield each.document.problem((*where, "horaires_accueil"), message, AVIS)


def _never_open(loaded: Loaded, directory: Directory, today: date) -> Iterator[Problem]:
    """A door whose hours are known and that does not open once in the 60 days ahead."""
    moment = datetime.combine(today, time(), PARIS)
    for each, fiche in _places(loaded):
        lieu = directory.lieux[fiche.id]
        for service in lieu.services:
            opening = directory.agenda(lieu, service).opening(moment)
            if opening.etat is Etat.FERME and opening.prochaine is None:
                what = "cette permanence n’a" if service.permanence else "ce service n’a"
                message = f"{what} aucun créneau dans les 60 jours. Écrivez ses nouvelles dates, ou fermez-le."
                yield each.document.problem(_where(fiche, lieu, service), message, AVIS)


def _where(fiche: LieuFiche, lieu: Lieu, service: Service) -> Where:
    index = lieu.services.index(service)
    return ("services", index) if index < len(fiche.services) else ("permanences", index - len(fiche.services))


def _old_facts(loaded: Loaded, directory: Directory, today: date) -> Iterator[Problem]:
    for each, fiche in _places(loaded):
        if fiche.verifie_le is None:
            message = "aucune source de ce lieu n’est datée. Téléphonez pour vérifier, puis ajoutez « verifie_le »."
            yield each.document.problem((), message, AVIS)
        elif today - first_day(fiche.verifie_le) > AGE_ANCIEN:
            message = f"ces faits datent de {fiche.verifie_le}. Téléphonez pour vérifier, puis changez « verifie_le »."
            yield each.document.problem(("verifie_le",), message, AVIS)


def _future_facts(loaded: Loaded, directory: Directory, today: date) -> Iterator[Problem]:
    for each in loaded.files:
        said = each.record.verifie_le if isinstance(each.record, LieuFiche | StructureFiche) else None
        if said and first_day(said) > today:
            yield each.document.problem(("verifie_le",), f"« {said} » est dans l’avenir. Corrigez la date.", AVIS)


def _hard_to_reach(loaded: Loaded, directory: Directory, today: date) -> Iterator[Problem]:
    for each, fiche in _places(loaded):
        services = [*fiche.services, *fiche.permanences]
        phone = fiche.telephone or fiche.sms or any(one.telephone for one in services)
        if not (fiche.adresse or fiche.site_web or fiche.courriel or phone or any(one.site_web for one in services)):
            message = "on ne sait ni aller ni joindre ce lieu. Cherchez une adresse, un téléphone ou un site."
            yield each.document.problem(("nom",), message, AVIS)
        elif fiche.appeler_avant and not phone:
            message = "il faut appeler avant, mais il n’y a pas de téléphone. Cherchez un numéro, ou dites où demander."
            yield each.document.problem(("appeler_avant",), message, AVIS)


def _hosted_by_nobody(loaded: Loaded, directory: Directory, today: date) -> Iterator[Problem]:
    for each, fiche in _places(loaded):
        for index, permanence in enumerate(fiche.permanences):
            if permanence.structure is None:
                message = "on ne sait pas qui tient cette permanence. Ajoutez « structure »."
                yield each.document.problem(("permanences", index), message, AVIS)


def _needs_without_door(loaded: Loaded, directory: Directory, today: date) -> Iterator[Problem]:
    document = next(each.document for each in loaded.files if each.kind.nom == "quartiers")
    besoins = str(Path(document.name).parent / "vocabulaire" / "besoins.yaml")
    for besoin in directory.vocabulaire.besoins:
        doors = [offre.lieu for offre in directory.doors_for(besoin)]
        if not doors:
            message = f"aucune porte ne répond au besoin « {besoin} ». Ajoutez un lieu, ou une ligne nationale."
            yield Problem(besoins, 1, message, AVIS)
        elif not any(is_local(lieu) and lieu.confiance is not Confiance.BASSE for lieu in doors):
            message = f"« {besoin} » n’a pas de porte sûre à Amiens. Cherchez un lieu de la ville."
            yield Problem(besoins, 1, message, AVIS)


def _calendar_ends(loaded: Loaded, directory: Directory, today: date) -> Iterator[Problem]:
    ends = {"feries": directory.calendrier.feries_au, "vacances": directory.calendrier.vacances_au}
    for each in loaded.files:
        last = ends.get(each.kind.nom)
        if last and last - today < PREAVIS_CALENDRIER:
            message = f"ce calendrier s’arrête le {last:%d/%m/%Y}. Ajoutez la suite : après, la réponse sera « horaires inconnus »."
            yield each.document.problem(("valable_jusqu_au",), message, AVIS)


_LOOKS: tuple[Callable[[Loaded, Directory, date], Iterator[Problem]], ...] = (
    _past_exceptions,
    _replaced_days,
    _silent_about_holidays,
    _never_open,
    _old_facts,
    _future_facts,
    _hard_to_reach,
    _hosted_by_nobody,
    _needs_without_door,
    _calendar_ends,
)


def main(arguments: list[str]) -> int:
    """Print every problem of a data folder, what is worth a look first, errors last; 1 when there is an error."""
    folder = Path(arguments[0]) if arguments else Path(__file__).parent / "data"
    loaded = load(folder)
    problems = sorted([*lint(loaded, date.today()), *loaded.problems], key=lambda problem: problem.is_error)
    for problem in problems:
        print(problem)
    errors = sum(problem.is_error for problem in problems)
    print(f"{len(loaded.files)} fichiers, {errors} erreurs, {len(problems) - errors} avis.")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
