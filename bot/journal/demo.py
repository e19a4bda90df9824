"""What would a year of activity look like? Invented rows for the demonstration: plausible, of nobody, the same every time.

Weights are guesses made for show; nothing here is a fact about a quarter. What the directory lacks is taken from the
directory itself, so that the unmet needs of the demonstration are those that its offer would leave.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.journal.demo_words import PHRASES, REMARQUES
from bot.journal.rows import Row
from bot.journal.supply import A_DISTANCE, RIEN, nearest
from bot.journal.vocabulaire import MANQUEMENT_DU_MOTIF, NON_RECOURS_DE_LA_REPONSE
from directory.catalogue import Directory

GRAINE = 2024

# Rows of the journal that one request leads to, in all, with opinions, rights and take-up.
_ROWS_A_REQUEST = 1.6
_WEEK = (1.25, 1.2, 1.15, 1.15, 1.0, 0.45, 0.3)
_MONTHS = (1.1, 1.05, 1.0, 0.95, 0.95, 0.95, 0.85, 0.65, 1.2, 1.1, 1.05, 0.9)
_CANAUX = {"web": 46, "telegram": 27, "bureau": 17, "borne": 10}
_LANGUES = {
    "fr": 560, "ar": 120, "fa": 55, "en": 50, "fr-falc": 40, "pt": 28, "tr": 26, "ps": 22,
    "ru": 22, "uk": 20, "es": 20, "ro": 18, "sq": 14,
}  # fmt: skip
_BESOINS = {
    "demarches-administratives": 60, "prestations-familiales": 48, "aide-alimentaire": 46, "sejour-nationalite": 42,
    "demande-logement": 40, "energie": 34, "numerique-aide": 34, "couverture-sante": 30, "recherche-emploi": 30,
    "apprendre-francais": 28, "acces-soins": 28, "impayes-loyer": 24, "aide-financiere": 24, "minima-sociaux": 24,
    "dettes-budget": 18, "garde-enfants": 18, "aide-logement": 18, "logement-degrade": 16, "scolarite": 16,
    "soutien-scolaire": 16, "hebergement-urgence": 14, "formation": 14, "papiers-identite": 14, "transport": 14,
    "permis-vehicule": 12, "petite-enfance": 12, "handicap": 12, "aide-juridique": 12, "activites-jeunes": 12,
    "jeunes-insertion": 11, "sante-mentale": 10, "parentalite": 10, "culture-sport": 10, "traduction": 10,
    "numerique-equipement": 10, "impots": 9, "retraite": 9, "separation-famille": 8, "domiciliation": 8,
    "vetements-equipement": 8, "violences": 7, "tranquillite": 7, "cadre-de-vie": 7, "grand-age": 6,
}  # fmt: skip
_OTHER_NEED = 4
# What weighs more in a month: a need, and its factor from January to December.
_SEASONS = {
    "energie": (2.0, 1.9, 1.5, 1.0, 0.7, 0.4, 0.3, 0.3, 0.6, 1.1, 1.6, 2.0),
    "scolarite": (0.6, 0.6, 0.7, 0.7, 1.0, 1.6, 1.2, 1.6, 2.4, 1.0, 0.7, 0.5),
    "impots": (0.4, 0.4, 0.6, 2.4, 3.0, 1.6, 0.6, 0.6, 1.0, 1.2, 0.6, 0.5),
    "activites-jeunes": (0.6, 1.2, 0.7, 1.3, 0.9, 1.6, 2.2, 1.6, 0.7, 1.2, 0.6, 0.9),
    "hebergement-urgence": (1.8, 1.7, 1.3, 0.8, 0.6, 0.5, 0.5, 0.5, 0.7, 1.0, 1.5, 1.8),
}
_DROITS = {
    "couverture-sante": ("css",), "minima-sociaux": ("rsa", "prime-activite"), "aide-logement": ("aide-logement",),
    "energie": ("cheque-energie",), "handicap": ("aah",), "retraite": ("aspa",), "scolarite": ("ars",),
    "prestations-familiales": ("allocations-familiales", "complement-familial", "asf"), "petite-enfance": ("paje-base",),
    "aide-financiere": ("rsa", "prime-activite"),
}  # fmt: skip
_NIVEAUX = {"probable": 46, "possible": 31, "peu-probable": 23}
_REPONSES = {"deja": 38, "ne-connaissait-pas": 27, "connaissait-pas-demande": 17, "attente": 11, "refuse": 7}
_MOTIFS = {
    "trop-complique": 38,
    "peur": 12,
    "honte": 10,
    "papiers": 18,
    "pas-le-temps": 8,
    "on-m-a-dit-non": 8,
    "autre": 6,
}
_MOTIFS_DU_BUREAU = {"pas-de-place": 30, "horaires": 20, "refus": 10, "papiers": 12, "langue": 12, "trop-loin": 8,
                     "abandon": 5, "hors-liste": 3}  # fmt: skip
_ATTENTES = {0: 44, 1: 21, 2: 9, 3: 8, 4: 5, 5: 3, 6: 2, 7: 1, None: 7}


@dataclass(slots=True)
class Journee:
    """One invented day: its rows, and (channel, language) -> [messages, conversations]."""

    jour: str
    rows: list[Row] = field(default_factory=list)
    passages: Counter = field(default_factory=Counter)
    conversations: Counter = field(default_factory=Counter)


def first_day_of(today: date) -> date:
    """The first day of the demonstration: twelve whole months before the month of `today`."""
    return date(today.year - 1, today.month, 1)


def days(directory: Directory, today: date, lignes: int, graine: int = GRAINE) -> Iterator[Journee]:
    """About `lignes` rows, day by day, from twelve whole months before this one up to `today`."""
    rng = random.Random(graine)
    scene = _Scene(directory, rng)
    first = first_day_of(today)
    span = [first + timedelta(days=n) for n in range((today - first).days + 1)]
    weights = [
        _WEEK[day.weekday()] * _MONTHS[day.month - 1] * (0.7 + 0.6 * n / len(span)) for n, day in enumerate(span)
    ]
    requests = lignes / _ROWS_A_REQUEST / sum(weights)
    for day, weight in zip(span, weights, strict=True):
        wanted = weight * requests
        count = int(wanted) + (rng.random() < wanted % 1)
        journee = Journee(day.isoformat())
        for _ in range(count):
            scene.request(journee, day.month - 1)
        yield journee


class _Scene:
    """The draws, prepared once."""

    def __init__(self, directory: Directory, rng: random.Random) -> None:
        self.rng = rng
        vocabulaire = directory.vocabulaire
        self.besoins = list(vocabulaire.besoins)
        self.defi = {besoin.id: besoin.defi for besoin in vocabulaire.besoins.values()}
        self.axe = {besoin.id: besoin.axe for besoin in vocabulaire.besoins.values()}
        quartiers = list(directory.quartiers)
        # Each quarter has its own taste, drawn once: nobody may read a fact in it.
        self.quartiers: list[str | None] = [*quartiers, None]
        self.poids = [rng.uniform(0.6, 2.0) for _ in quartiers] + [1.4]
        # In some quarters the first door shown opens later.
        self.lenteurs = {quartier: rng.uniform(0.75, 1.35) for quartier in self.quartiers}
        self.gouts = {
            quartier: [rng.uniform(0.5, 1.6) * _BESOINS.get(besoin, _OTHER_NEED) for besoin in self.besoins]
            for quartier in self.quartiers
        }
        self.cumuls = {
            (quartier, month): self._cumulated(quartier, month) for quartier in self.quartiers for month in range(12)
        }
        self.porte = {
            (besoin, quartier): nearest(directory, besoin, quartier or quartiers[0])
            for besoin in self.besoins
            for quartier in self.quartiers
        }
        self.phrases: dict[tuple[str, str | None], list[str]] = {}
        for langue, besoin, phrase in PHRASES:
            self.phrases.setdefault((langue, besoin), []).append(phrase)

    def request(self, journee: Journee, month: int) -> None:
        """One request and what follows from it."""
        rng = self.rng
        (quartier,) = rng.choices(self.quartiers, self.poids)
        canal, langue = self._draw(_CANAUX), self._draw(_LANGUES)
        if rng.random() < 0.72:
            journee.conversations[canal, langue] += 1
        journee.passages[canal, langue] += rng.randint(2, 6)
        where = (journee.jour, quartier, langue, canal)
        if rng.random() < 0.003:
            journee.rows.append(Row(journee.jour, "urgence", "violences", None, None, None, langue, canal))
            return
        if rng.random() < 0.05:
            journee.rows.append(self._unmet(where, "rien_compris", None))
            return
        (besoin,) = rng.choices(self.besoins, cum_weights=self.cumuls[quartier, month])
        journee.rows += self._answered(where, besoin) if canal != "bureau" else self._at_the_desk(where, besoin)

    def _answered(self, where: tuple, besoin: str) -> list[Row]:
        rng, rows = self.rng, []
        level = self.porte[besoin, where[1]]
        chance = rng.random()
        if level == RIEN:
            rows.append(self._unmet(where, "aucune_offre", besoin))
        else:
            if level == A_DISTANCE:
                rows.append(self._unmet(where, "rien_a_portee", besoin))
            elif chance < 0.05:
                rows.append(self._unmet(where, "rien_bientot", besoin))
            rows.append(self._row(where, "orientation", None, besoin, attente_jours=self._wait(where[1])))
            if chance > 0.975:
                rows.append(self._unmet(where, "mal_compris", besoin))
            elif chance > 0.62:
                helped = rng.random() < (0.86 if level != A_DISTANCE else 0.6)
                rows.append(self._row(where, "avis", "aide" if helped else "pas_aide", besoin))
                if not helped:
                    rows.append(self._unmet(where, "pas_aide", besoin, words=False))
        rows += self._right(where, besoin)
        return rows

    def _at_the_desk(self, where: tuple, besoin: str) -> list[Row]:
        if self.rng.random() < 0.75:
            found = self._row(where, "orientation", None, besoin, attente_jours=self._wait(where[1]))
            return [found, *self._right(where, besoin)]
        motif = self._draw(_MOTIFS_DU_BUREAU)
        extra: dict = {"motif": motif}
        if self.rng.random() < 0.5:
            extra["remarque"] = self.rng.choice(REMARQUES)
        if self.rng.random() < 0.4:
            extra["non_recours"] = self._draw({"non-reception": 5, "non-proposition": 4, "non-demande": 2})
        return [self._row(where, "besoin_non_couvert", MANQUEMENT_DU_MOTIF[motif], besoin, **extra)]

    def _right(self, where: tuple, besoin: str) -> list[Row]:
        if besoin not in _DROITS or self.rng.random() > 0.6:
            return []
        droit, niveau = self.rng.choice(_DROITS[besoin]), self._draw(_NIVEAUX)
        rows = [self._row(where, "droit", niveau, besoin, droit=droit)]
        if niveau != "peu-probable" and self.rng.random() < 0.7:
            said = self._draw(_REPONSES)
            motif = self._draw(_MOTIFS) if said == "connaissait-pas-demande" else None
            kind = NON_RECOURS_DE_LA_REPONSE[said]
            rows.append(self._row(where, "recours", said, besoin, droit=droit, non_recours=kind, motif=motif))
        elif niveau == "peu-probable" and self.rng.random() < 0.3:
            rows.append(self._unmet(where, "non_eligible", besoin, words=False))
        return rows

    def _unmet(self, where: tuple, raison: str, besoin: str | None, *, words: bool = True) -> Row:
        said = self.phrases.get((where[2], besoin)) if words else None
        mots = self.rng.choice(said) if said and (besoin is None or self.rng.random() < 0.7) else None
        return self._row(where, "besoin_non_couvert", raison, besoin, mots=mots)

    def _row(self, where: tuple, genre: str, raison: str | None, besoin: str | None, **extra) -> Row:
        jour, quartier, langue, canal = where
        defi, axe = self.defi.get(besoin or ""), self.axe.get(besoin or "")
        return Row(jour, genre, raison, besoin, defi, quartier, langue, canal, axe=axe, **extra)

    def _wait(self, quartier: str | None) -> int | None:
        slow = self.lenteurs[quartier]
        return self._draw({days: weight * slow ** (days or 0) for days, weight in _ATTENTES.items()})

    def _draw(self, weights: dict):
        return self.rng.choices(list(weights), weights.values())[0]

    def _cumulated(self, quartier: str | None, month: int) -> list[float]:
        total, found = 0.0, []
        for besoin, weight in zip(self.besoins, self.gouts[quartier], strict=True):
            total += weight * _SEASONS.get(besoin, (1.0,) * 12)[month]
            found.append(total)
        return found
