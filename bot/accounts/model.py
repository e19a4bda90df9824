"""Who works here: an account, its role, and what a role may open."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

MEDIATEUR, AGENT, ADMINISTRATEUR = "mediateur", "agent", "administrateur"
# Each role may do what those before it may.
ROLES = (MEDIATEUR, AGENT, ADMINISTRATEUR)
ROLE_NOMS = {MEDIATEUR: "médiateur", AGENT: "agent", ADMINISTRATEUR: "administrateur"}

NAME_MAX = 60
TERMINAL = "terminal"  # who the audit trail says did something on the command line: nobody's name


class AccountFault(ValueError):
    """What was asked of an account cannot be done; the message says why, in French, to whoever asked."""


@dataclass(frozen=True, slots=True)
class Compte:
    """An account. `nom` is what its owner types to come in; `entre_le` is the ISO day they last did, None for never."""

    id: int
    nom: str
    role: str
    actif: bool = True
    a_un_mot_de_passe: bool = True
    cree_le: str = ""
    entre_le: str | None = None


def clean_name(text: str) -> str:
    """The identifier as it is kept: small letters, no accent lost; AccountFault when it cannot be one."""
    name = unicodedata.normalize("NFKC", text).strip().casefold()
    if not 2 <= len(name) <= NAME_MAX or not all(c.isalnum() or c in "._-@+" for c in name):
        raise AccountFault(f"Identifiant : 2 à {NAME_MAX} lettres ou chiffres, sans espace (. _ - @ + permis).")
    if name == TERMINAL:
        raise AccountFault("Cet identifiant est pris par la ligne de commande. Choisissez-en un autre.")
    return name


def check_role(role: str) -> str:
    if role not in ROLES:
        raise AccountFault(f"Rôle inconnu. Les rôles : {', '.join(ROLE_NOMS.values())}.")
    return role
