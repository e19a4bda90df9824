"""Which words may the journal's closed columns hold, and what do they say to staff? Ids with their French labels.

Needs, défis, axes and quarters are lists of the directory (`directory.vocabulary`); these lists belong to the journal.
What a resident reads on a button is said elsewhere, in simpler words and in their language.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# What a row is about.
GENRES = MappingProxyType(
    {
        "orientation": "Orientation",
        "besoin_non_couvert": "Besoin non couvert",
        "avis": "Avis",
        "urgence": "Danger",
        "droit": "Droit évalué",
        "recours": "Recours au droit",
    }
)

# Why a need is unmet: the values of `bot.conversation.events.Manquement`, in the order of the documentation.
MANQUEMENTS = MappingProxyType(
    {
        "rien_compris": "Pas compris",
        "mal_compris": "Mal compris",
        "aucune_offre": "Aucune offre",
        "rien_a_portee": "Rien à portée",
        "rien_bientot": "Rien d’ouvert bientôt",
        "pas_aide": "Réponse sans aide",
        "non_eligible": "Droit non ouvert",
        "abandon": "Abandon",
    }
)

# The four types of non-recours of the ODENORE.
NON_RECOURS = MappingProxyType(
    {
        "non-connaissance": "Ne connaissait pas le droit",
        "non-demande": "Connaissait, n’a pas demandé",
        "non-reception": "A demandé, n’a pas reçu",
        "non-proposition": "Personne ne l’a proposé",
    }
)

# Why somebody who knew the right did not ask, as they say it themselves.
MOTIFS_HABITANT = MappingProxyType(
    {
        "trop-complique": "Trop compliqué",
        "peur": "Peur des conséquences",
        "honte": "Honte",
        "papiers": "Papiers manquants",
        "pas-le-temps": "Pas le temps",
        "on-m-a-dit-non": "On lui a dit non",
        "autre": "Autre raison",
    }
)

# Why a need met no answer, as a médiateur notes it at the desk.
MOTIFS_BUREAU = MappingProxyType(
    {
        "pas-de-lieu": "Pas de lieu",
        "pas-de-place": "Pas de place ou de rendez-vous",
        "horaires": "Horaires qui ne vont pas",
        "refus": "Refus",
        "papiers": "Papiers manquants",
        "langue": "Langue non parlée",
        "trop-loin": "Trop loin",
        "abandon": "La personne renonce",
        "hors-liste": "Besoin hors de la liste",
    }
)

MOTIFS: Mapping[str, str] = MappingProxyType({**MOTIFS_HABITANT, **MOTIFS_BUREAU})

# The kind of unmet need that a reason noted at the desk counts as.
MANQUEMENT_DU_MOTIF = MappingProxyType(
    {
        "pas-de-lieu": "aucune_offre",
        "pas-de-place": "rien_bientot",
        "horaires": "rien_bientot",
        "refus": "non_eligible",
        "papiers": "non_eligible",
        "langue": "aucune_offre",
        "trop-loin": "rien_a_portee",
        "abandon": "abandon",
        "hors-liste": "aucune_offre",
    }
)

# The level of a right that was evaluated: `raison` of a "droit" row.
NIVEAUX = MappingProxyType({"probable": "Probable", "possible": "Possible", "peu-probable": "Peu probable"})

# The answers to the question about take-up: `raison` of a "recours" row.
REPONSES_RECOURS = MappingProxyType(
    {
        "deja": "Reçoit déjà ce droit",
        "attente": "A demandé, attend",
        "refuse": "A demandé, refusé",
        "ne-connaissait-pas": "Ne connaissait pas",
        "connaissait-pas-demande": "Connaissait, n’a pas demandé",
    }
)

# The type of non-recours that each answer tells; None: the person has the right.
NON_RECOURS_DE_LA_REPONSE: Mapping[str, str | None] = MappingProxyType(
    {
        "deja": None,
        "attente": "non-reception",
        "refuse": "non-reception",
        "ne-connaissait-pas": "non-connaissance",
        "connaissait-pas-demande": "non-demande",
    }
)

CANAUX = MappingProxyType(
    {
        "web": "Page web",
        "telegram": "Telegram",
        "borne": "Borne",
        "bureau": "Bureau du médiateur",
        "console": "Terminal",
    }
)
