"""How passwords are kept and compared: argon2id, and a length that guessing does not reach."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.accounts.model import AccountFault

SHORTEST, LONGEST = 12, 200

_hasher = PasswordHasher()


@cache
def _nobody() -> str:
    """Compared when nobody has that name, so that the answer takes as long as for somebody. Made at the first try, whoever
    that is: at start it would take 64 MiB and a tenth of a second from everybody."""
    return _hasher.hash("personne n'a ce mot de passe")


def check_password(password: str, name: str) -> None:
    """Refuse, with AccountFault, what is short, long, or made of the identifier or of the same few characters."""
    if len(password) < SHORTEST:
        raise AccountFault(f"Mot de passe : {SHORTEST} caractères au moins. Une phrase de quatre mots convient bien.")
    if len(password) > LONGEST:
        raise AccountFault(f"Mot de passe : {LONGEST} caractères au plus.")
    if name and name in password.casefold():
        raise AccountFault("Le mot de passe contient l’identifiant. Choisissez-en un autre.")
    if len(set(password)) < 5:
        raise AccountFault("Le mot de passe répète les mêmes caractères. Choisissez-en un autre.")


def hash_password(password: str) -> str:
    """The argon2id hash to keep. Takes tens of milliseconds and 64 MiB: call it in a thread."""
    return _hasher.hash(password)


def verify(kept: str | None, password: str) -> bool:
    """True when the password is the one; `kept` None (no such account, no password yet) takes as long and is False."""
    nobody = _nobody()
    try:
        return _hasher.verify(kept or nobody, password[:LONGEST]) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(kept: str) -> bool:
    """True when the hash was made with weaker settings than those of today."""
    return _hasher.check_needs_rehash(kept)
