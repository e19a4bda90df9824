"""What does a string of opening hours say, in the strict part of the OSM syntax that we accept?

Rules separated by `;`, each `[months] [week parity] [days] hours` or `… off`: `Mo-Fr 09:00-12:00,14:00-17:00; Th[1] 09:00-12:00;
PH off`. A later rule replaces the earlier ones on the days it names. School holidays, dates and fallbacks are refused here:
they have keys of their own (`horaires_vacances`, `exceptions`, `rendez_vous`), because libraries read them wrongly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

JOURS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MOIS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MINUIT = 24 * 60


class OsmError(ValueError):
    """The string is outside the subset; the message says what and what to write, in French."""


@dataclass(frozen=True, slots=True, order=True)
class Jour:
    """A weekday, 0 for Monday; `rang` is 1 to 5 for the n-th of the month, -1 for the last, None for every one."""

    numero: int
    rang: int | None = None

    def matches(self, day: date) -> bool:
        if day.weekday() != self.numero:
            return False
        if self.rang is None:
            return True
        if self.rang == -1:
            return (day + timedelta(days=7)).month != day.month
        return (day.day - 1) // 7 + 1 == self.rang


@dataclass(frozen=True, slots=True)
class Plage:
    """From `debut` to `fin`, minutes from midnight; `fin` is over 1440 when it ends on the next day."""

    debut: int
    fin: int
    commentaire: str | None = None


@dataclass(frozen=True, slots=True)
class Regle:
    """On these days, these hours; no hours is closed. Empty `jours` without `feries` is every day; `mois` are pairs
    of first and last month, 1 to 12; `semaines` is "impaires", "paires" or None."""

    jours: tuple[Jour, ...] = ()
    plages: tuple[Plage, ...] = ()
    feries: bool = False
    mois: tuple[tuple[int, int], ...] = ()
    semaines: str | None = None

    def matches(self, day: date, ferie: bool) -> bool:
        if self.mois and not any(_within(day.month, first, last) for first, last in self.mois):
            return False
        if self.semaines and (day.isocalendar().week % 2 == 1) != (self.semaines == "impaires"):
            return False
        if not self.jours and not self.feries:
            return True
        return (self.feries and ferie) or any(jour.matches(day) for jour in self.jours)


@dataclass(frozen=True, slots=True)
class Expression:
    """A whole string, understood. `permanent` is 24/7."""

    regles: tuple[Regle, ...]
    permanent: bool = False

    @property
    def dit_les_feries(self) -> bool:
        return self.permanent or any(regle.feries for regle in self.regles)

    def on(self, day: date, ferie: bool) -> tuple[Plage, ...]:
        """The hours that begin on that day; `ferie` tells whether it is a public holiday."""
        if self.permanent:
            return (Plage(0, MINUIT),)
        for regle in reversed(self.regles):
            if regle.matches(day, ferie):
                return regle.plages
        return ()


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """Understand a string, or raise OsmError with what is wrong and what to write."""
    clean = _normalise(text)
    if not clean:
        raise OsmError("les horaires sont vides. Écrivez-les, ou enlevez la ligne si on ne les connaît pas.")
    if clean == "24/7":
        return Expression((), True)
    _refuse_foreign(clean)
    regles = tuple(_rule(part) for part in _split(clean, ";") if part)
    for index, regle in enumerate(regles[:-1]):
        if regle.feries and not regle.jours and any(not later.feries for later in regles[index + 1 :]):
            raise OsmError(
                "« PH » (jours fériés) doit être la dernière règle, sinon elle ne sert à rien. Mettez-la à la fin."
            )
    return Expression(regles)


def canonical(expression: Expression) -> str:
    """The same hours written again in OSM syntax. Hours past midnight are cut at 24:00: the library loses the rest when
    the next day has hours of its own, so `directory.hours` adds it back."""
    if expression.permanent:
        return "24/7"
    return "; ".join(_rule_text(regle) for regle in expression.regles)


_QUOTED = re.compile(r'"[^"]*"')
_TIME = r"(\d{1,2}):(\d{2})"
_RANGE = re.compile(rf"{_TIME}-{_TIME}")
_MONTH_RANGE = re.compile(r"([A-Z][a-z]{2})(?:-([A-Z][a-z]{2}))?")
_MONTHS = re.compile(r"((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[A-Za-z,-]*)(?: |$)")
_WEEKS = re.compile(r"week (\S+)(?: |$)")
_DAYS = re.compile(r"((?:Mo|Tu|We|Th|Fr|Sa|Su|PH)(?:[-,\[][^ ]*)?)(?: |$)")
_DAY = re.compile(r"(Mo|Tu|We|Th|Fr|Sa|Su|PH)(?:-(Mo|Tu|We|Th|Fr|Sa|Su|PH))?(?:\[(-?\d(?:,-?\d)*)\])?")
_WEEK_PARITY = {"1-53/2": "impaires", "1-52/2": "impaires", "2-52/2": "paires", "2-53/2": "paires"}
_FRENCH_DAY = re.compile(
    r"\b(?i:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mer|jeu|ven|sam|dim|lu|ma|me|je|ve)\b|\bmar\b"
)

_FOREIGN = (
    (re.compile(r"\|\|"), "« || » n’est pas accepté. Écrivez les heures seules, et « rendez_vous: obligatoire » à part."),
    (re.compile(r"\bSH\b"), "« SH » (vacances scolaires) n’est pas accepté ici. Utilisez la clé « horaires_vacances »."),
    (re.compile(r"\b\d{4}\b(?!:)|\b[A-Z][a-z]{2} \d{1,2}\b(?!:)"), "une date n’est pas acceptée ici. Utilisez la clé « exceptions »."),
    (re.compile(r"\b(easter|sunrise|sunset|dawn|dusk)\b"), "seules des heures sont acceptées. Écrivez par exemple 09:00-17:00."),
    (re.compile(r"\d\+"), "« + » (fermeture inconnue) n’est pas accepté. Écrivez l’heure de fin, ou « horaires_texte »."),
    (re.compile(r"PH(\[| (?!off\b|closed\b|open\b|\d))"), "« PH » s’écrit seul : « PH off » à la fin, ou « Mo-Fr,PH … »."),
)  # fmt: skip


def _refuse_foreign(text: str) -> None:
    bare = _QUOTED.sub('""', text)
    for pattern, message in _FOREIGN:
        if pattern.search(bare):
            raise OsmError(message)
    if hour := re.search(r"\d{1,2} ?[hH] ?(\d{2})?", bare):
        raise OsmError(f"« {hour[0].strip()} » : heure illisible. Écrivez 09:00-12:00.")
    if day := _FRENCH_DAY.search(bare):
        raise OsmError(f"« {day[0]} » : jour illisible. Écrivez Mo, Tu, We, Th, Fr, Sa ou Su (lundi à dimanche).")


def _rule(text: str) -> Regle:
    rest = text
    mois: tuple[tuple[int, int], ...] = ()
    semaines = None
    jours: list[Jour] = []
    feries = False
    if found := _MONTHS.match(rest):
        mois, rest = _months(found[1]), rest[found.end() :]
    if found := _WEEKS.match(rest):
        semaines = _WEEK_PARITY.get(re.sub(r"\b0", "", found[1]))
        if semaines is None:
            raise OsmError(
                f"« week {found[1]} » n’est pas accepté. Écrivez week 01-53/2 (impaires) ou week 02-52/2 (paires)."
            )
        rest = rest[found.end() :]
    if found := _DAYS.match(rest):
        jours, feries = _days(found[1])
        rest = rest[found.end() :]
    rest = rest.strip()
    if rest in ("off", "closed"):
        if not (mois or semaines or jours or feries):
            raise OsmError("« off » seul ne dit pas quel jour. Écrivez « Su off », ou « PH off » à la fin.")
        return Regle(tuple(jours), (), feries, mois, semaines)
    return Regle(tuple(jours), _hours(rest, text), feries, mois, semaines)


def _months(text: str) -> tuple[tuple[int, int], ...]:
    pairs = []
    for item in text.split(","):
        found = _MONTH_RANGE.fullmatch(item)
        if not found or found[1] not in MOIS or (found[2] or found[1]) not in MOIS:
            raise OsmError(f"« {item} » : mois illisible. Écrivez par exemple Sep-Jun.")
        pairs.append((MOIS.index(found[1]) + 1, MOIS.index(found[2] or found[1]) + 1))
    return tuple(pairs)


def _days(text: str) -> tuple[list[Jour], bool]:
    jours: list[Jour] = []
    feries = False
    for item in _split(text, ","):
        found = _DAY.fullmatch(item)
        if not found or (found[2] and (found[3] or "PH" in (found[1], found[2]))) or (found[1] == "PH" and found[3]):
            raise OsmError(f"« {item} » : jour illisible. Écrivez par exemple Mo-Fr, Tu ou Th[1,3].")
        if found[1] == "PH":
            feries = True
            continue
        first = JOURS.index(found[1])
        if found[3]:
            ranks = [int(rank) for rank in found[3].split(",")]
            if any(rank not in (1, 2, 3, 4, 5, -1) for rank in ranks):
                raise OsmError(
                    f"« {item} » : un mois a au plus 5 semaines. Écrivez de [1] à [5], ou [-1] pour la dernière."
                )
            jours += [Jour(first, rank) for rank in ranks]
            continue
        last = JOURS.index(found[2] or found[1])
        jours += [Jour((first + step) % 7) for step in range((last - first) % 7 + 1)]
    return list(dict.fromkeys(jours)), feries


def _hours(text: str, rule: str) -> tuple[Plage, ...]:
    comment = None
    if found := re.fullmatch(r'(.*?) ?open "([^"]*)"', text):
        text, comment = found[1], found[2]
    elif '"' in text:
        raise OsmError(
            'un commentaire seul change le sens. Écrivez open "…" après les heures, par exemple open "sur rendez-vous".'
        )
    if not text:
        raise OsmError(f"« {rule} » ne dit pas d’heure. Ajoutez les heures, par exemple 09:00-12:00, ou « off ».")
    plages: list[Plage] = []
    for item in text.split(","):
        if not (found := _RANGE.fullmatch(item)):
            raise OsmError(_unreadable(item))
        hours = [int(part) for part in found.groups()]
        start, end = hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]
        if hours[1] > 59 or hours[3] > 59 or start >= MINUIT or end > MINUIT or start == end:
            raise OsmError(f"« {item} » : cette heure n’existe pas. Écrivez de 00:00 à 24:00, par exemple 09:00-12:00.")
        plages.append(Plage(start, end if end > start else end + MINUIT, comment))
    for before, after in pairwise(plages):
        if after.debut <= before.fin:
            raise OsmError(
                f"« {text} » : les heures se suivent ou se recouvrent. Écrivez-les dans l’ordre, sans les mêler."
            )
    return tuple(plages)


def _unreadable(item: str) -> str:
    if re.match(r"(Mo|Tu|We|Th|Fr|Sa|Su|PH)\b", item):
        return f"« {item} » : un jour est au milieu des heures. Séparez les jours par « ; »."
    if re.search(r"[A-Za-z]", item):
        return f"« {item} » : mot inconnu. Écrivez des jours (Mo-Fr) puis des heures (09:00-12:00)."
    return f"« {item} » : heure illisible. Écrivez 09:00-12:00."


def _normalise(text: str) -> str:
    """Blanks made regular outside comments: « Mo - Fr 9:00 - 12:00 » is understood."""
    parts = re.split(r'("[^"]*")', text)
    for index in range(0, len(parts), 2):
        parts[index] = re.sub(r"\s*([-,])\s*", r"\1", re.sub(r"\s+", " ", parts[index]).replace("–", "-"))
    return "".join(parts).strip().strip(";").strip()


def _split(text: str, separator: str) -> list[str]:
    """Cut at a separator that is neither in a comment nor in brackets."""
    return [part.strip() for part in re.split(rf'{separator}(?=(?:[^"]*"[^"]*")*[^"]*$)(?![^\[]*\])', text)]


def _rule_text(regle: Regle) -> str:
    ranks: dict[int, list[int]] = {}
    for jour in regle.jours:
        if jour.rang is not None:
            ranks.setdefault(jour.numero, []).append(jour.rang)
    days = [JOURS[jour.numero] for jour in regle.jours if jour.rang is None]
    days += [f"{JOURS[number]}[{','.join(map(str, each))}]" for number, each in ranks.items()]
    days += ["PH"] if regle.feries else []
    parts = [
        ",".join(
            MOIS[first - 1] if first == last else f"{MOIS[first - 1]}-{MOIS[last - 1]}" for first, last in regle.mois
        ),
        {"impaires": "week 01-53/2", "paires": "week 02-52/2", None: ""}[regle.semaines],
        ",".join(days),
        ",".join(f"{_clock(plage.debut)}-{_clock(min(plage.fin, MINUIT))}" for plage in regle.plages) or "off",
    ]
    if regle.plages and regle.plages[0].commentaire:
        parts.append(f'open "{regle.plages[0].commentaire}"')
    return " ".join(part for part in parts if part)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _within(month: int, first: int, last: int) -> bool:
    return first <= month <= last if first <= last else month >= first or month <= last
