"""Who is speaking, without saying who: a keyed pseudonym instead of a chat id."""

from __future__ import annotations

import hmac
import os
import secrets
from hashlib import sha256
from pathlib import Path

KEY_FILE = "pseudonymes.cle"


def load_key(folder: Path) -> bytes:
    """Read the key of the data folder, or make it once, readable by its owner only. Losing it only ends conversations."""
    path = folder / KEY_FILE
    folder.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        key = bytes.fromhex(path.read_text("ascii").strip())
        if len(key) < 32:
            raise ValueError(f"{path}: clé trop courte. Effacez ce fichier : il sera refait.") from None
        return key
    key = secrets.token_bytes(32)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key.hex())
        file.flush()
        os.fsync(file.fileno())
    return key


def pseudonym(key: bytes, bot: str, address: str) -> str:
    """The same 32 hexadecimal digits for the same person on the same bot, and nothing to go back from."""
    return hmac.new(key, f"{bot}\0{address}".encode("utf-8", "surrogatepass"), sha256).hexdigest()[:32]
