"""Which settings are in force: the environment read once into a frozen Config, every default working with no token.

A wrong setting is an error that names the variable, what was read and what is expected.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


class ConfigError(ValueError):
    """A setting cannot be used; the message is the one line to print."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable: how it is read, what it defaults to, what the documentation says of it."""

    name: str
    default: str
    read: Callable[[str], Any]
    expected: str
    help: str


def _port(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 65535:
        raise ValueError
    return number


def _minutes(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 24 * 60:
        raise ValueError
    return number


def _yes(text: str) -> bool:
    if text not in ("", "oui", "non"):
        raise ValueError
    return text == "oui"


def _months(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 120:
        raise ValueError
    return number


def _threshold(text: str) -> int:
    number = int(text)
    if not 5 <= number <= 1000:
        raise ValueError
    return number


def _rate(text: str) -> float | None:
    if not text:
        return None
    number = float(text)
    if number < 0:
        raise ValueError
    return number


def _url(text: str) -> str:
    if not text:
        return text
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError
    return text.rstrip("/")


def _name(text: str) -> str:
    if not text.strip():
        raise ValueError
    return text.strip()


def _token(text: str) -> str:
    head, colon, tail = text.partition(":")
    if text and not (colon and head.isdigit() and tail):
        raise ValueError
    return text


def _secret(text: str) -> str:
    # The alphabet Telegram accepts in secret_token.
    if len(text) > 256 or any(not (c.isascii() and (c.isalnum() or c in "_-")) for c in text):
        raise ValueError
    return text


def _folder(text: str) -> Path:
    return Path(text).expanduser()


PACKAGE = Path(__file__).resolve().parent.parent

SETTINGS: dict[str, Setting] = {
    "data": Setting(
        "BONNEPORTE_DATA", "data", _folder, "un dossier", "Dossier de la base SQLite et de la clé des pseudonymes."
    ),
    "directory": Setting(
        "BONNEPORTE_DIRECTORY",
        str(PACKAGE / "directory" / "data"),
        _folder,
        "un dossier",
        "Dossier YAML de l'annuaire.",
    ),
    "host": Setting("BONNEPORTE_HOST", "127.0.0.1", _name, "un nom ou une adresse", "Adresse où la page web écoute."),
    "port": Setting(
        "BONNEPORTE_PORT", "8080", _port, "un nombre de 1 à 65535, par exemple 8080", "Port de la page web."
    ),
    "public_url": Setting(
        "BONNEPORTE_PUBLIC_URL",
        "",
        _url,
        "une adresse http:// ou https://",
        "Adresse publique de la page, si un serveur mandataire est devant : sert au contrôle d'origine et au cookie.",
    ),
    "telegram_token": Setting(
        "BONNEPORTE_TELEGRAM_TOKEN",
        "",
        _token,
        "le jeton donné par @BotFather, de la forme 123456:ABC",
        "Ajoute Telegram. Vide : pas de Telegram.",
    ),
    "telegram_base_url": Setting(
        "BONNEPORTE_TELEGRAM_BASE_URL",
        "",
        _url,
        "une adresse comme http://127.0.0.1:8081/bot",
        "Serveur Bot API à la place de celui de Telegram.",
    ),
    "telegram_webhook_url": Setting(
        "BONNEPORTE_TELEGRAM_WEBHOOK_URL",
        "",
        _url,
        "une adresse https://",
        "Adresse publique du webhook. Vide : le bot interroge Telegram lui-même (polling).",
    ),
    "telegram_secret": Setting(
        "BONNEPORTE_TELEGRAM_SECRET",
        "",
        _secret,
        "1 à 256 lettres, chiffres, _ ou -",
        "Secret que Telegram rappelle à chaque appel du webhook. Obligatoire avec un webhook.",
    ),
    "telegram_rate": Setting(
        "BONNEPORTE_TELEGRAM_RATE",
        "",
        _rate,
        "un nombre de messages par seconde, ou 0 pour ne pas limiter",
        "Messages envoyés par seconde. Vide : 30 vers Telegram, sans limite vers un autre serveur.",
    ),
    "session_minutes": Setting(
        "BONNEPORTE_SESSION_MINUTES",
        "30",
        _minutes,
        "un nombre de minutes de 1 à 1440",
        "Silence après lequel une conversation est effacée.",
    ),
    "mots_mois": Setting(
        "BONNEPORTE_MOTS_MOIS",
        "15",
        _months,
        "un nombre de mois de 1 à 120",
        "Mois après lesquels les mots et les remarques du journal sont effacés. Les comptes restent.",
    ),
    "staff_minutes": Setting(
        "BONNEPORTE_EQUIPE_MINUTES",
        "60",
        _minutes,
        "un nombre de minutes de 1 à 1440",
        "Temps sans rien faire après lequel une personne de l'équipe doit se reconnecter.",
    ),
    "seuil": Setting(
        "BONNEPORTE_SEUIL",
        "11",
        _threshold,
        "un nombre de 5 à 1000",
        "Chiffre au-dessous duquel rien n'est montré hors de la revue. Jamais moins de 5.",
    ),
    "demo": Setting(
        "BONNEPORTE_DEMO",
        "",
        _yes,
        "oui, ou rien",
        "« oui » : les pages de l'équipe disent que les données sont inventées.",
    ),
}


@dataclass(frozen=True, slots=True)
class Config:
    """The settings in force. `telegram_rate` None means the default of the server in use."""

    data: Path
    directory: Path
    host: str
    port: int
    public_url: str
    telegram_token: str
    telegram_base_url: str
    telegram_webhook_url: str
    telegram_secret: str
    telegram_rate: float | None
    session_minutes: int
    mots_mois: int
    staff_minutes: int
    seuil: int
    demo: bool

    @property
    def address(self) -> str:
        """Where a browser finds the pages, with no slash at the end."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host
        return self.public_url or f"http://{host}:{self.port}"


assert {field.name for field in fields(Config)} == set(SETTINGS)


def load_config(environ: Mapping[str, str] = os.environ) -> Config:
    """Read the settings; raise ConfigError with one line per fault, and for a BONNEPORTE_ name that does not exist."""
    values: dict[str, Any] = {}
    faults = []
    for key, setting in SETTINGS.items():
        text = environ.get(setting.name, setting.default)
        try:
            values[key] = setting.read(text)
        except ValueError:
            shown = "…" if key in ("telegram_token", "telegram_secret") else text
            faults.append(f"{setting.name}={shown!r}: attendu {setting.expected}")
    known = {setting.name for setting in SETTINGS.values()}
    for name in sorted(environ):
        if name.startswith("BONNEPORTE_") and name not in known:
            faults.append(f"{name}: réglage inconnu. Les réglages sont : {', '.join(sorted(known))}")
    if not faults and values["telegram_webhook_url"] and not values["telegram_secret"]:
        faults.append("BONNEPORTE_TELEGRAM_SECRET='': obligatoire avec BONNEPORTE_TELEGRAM_WEBHOOK_URL")
    if faults:
        raise ConfigError("\n".join(faults))
    return Config(**values)
