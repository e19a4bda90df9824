"""What comes in and what goes out, whatever the channel: the only vocabulary channels and conversation share.

A reply is made of texts (a French source string and its values), never of final words: `bot.texts` says them in
the person's language and direction, `bot.channels` puts them in their own form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from directory.model import Ouverture, Point, Porte


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message of a resident. Exactly one of `text`, `action`, `point`, `media` is set.

    `action` is the id of a button; `media` is the kind of a message that is not text ("voice", "photo", "sticker",
    "document", "contact", "other"). `hint` is the channel's guess of the language (BCP 47), used only as a prior.
    """

    channel: str
    text: str | None = None
    action: str | None = None
    point: Point | None = None
    media: str | None = None
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Telephone:
    """A phone number as dialled ("03 22 97 40 40", "3114"): said left to right, tappable where the channel can."""

    numero: str
    sms: bool = False


@dataclass(frozen=True, slots=True)
class Adresse:
    """A postal address with its point if known: said left to right, with a link to the map where the channel can.

    `recherche` is what a map looks for when the point is not known: the address with its town."""

    texte: str
    point: Point | None = None
    recherche: str | None = None


@dataclass(frozen=True, slots=True)
class Lien:
    """A web address; `court` shows its site alone."""

    url: str
    court: bool = False


@dataclass(frozen=True, slots=True)
class Nom:
    """A French proper name kept as it stands on the door, isolated in right-to-left text, bold where possible."""

    texte: str


@dataclass(frozen=True, slots=True)
class Distance:
    metres: float


@dataclass(frozen=True, slots=True)
class Euros:
    """An amount of money, said without cents when it has none."""

    montant: float


@dataclass(frozen=True, slots=True)
class Vocabulaire:
    """A word of the vocabulary (need, theme, kind of place, quarter, language): French source, translated once."""

    texte: str


@dataclass(frozen=True, slots=True)
class Jour:
    """A day said by its weekday alone ("jeudi"): for the six days to come."""

    jour: date


@dataclass(frozen=True, slots=True)
class Mois:
    """An ISO date, whole or not ("2023", "2023-06", "2023-06-30"), said no finer than its month ("juin 2023")."""

    iso: str


@dataclass(frozen=True, slots=True)
class Liste:
    """Several values said as a list ("a, b et c")."""

    valeurs: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence to say: `msgid` is the French source string with {named} places, `values` fill them.

    A value is a str or a number (said as it is), a date ("jeudi 26 novembre"), a time or datetime ("17 h 30"), an
    Ouverture, one of the classes above, or a Text. `n` picks a plural form: then `msgid_plural` is set.
    """

    msgid: str
    values: Mapping[str, Any] = field(default_factory=dict)
    msgid_plural: str | None = None
    n: int | None = None


Value = (
    str | int | float | date | time | datetime | Ouverture
    | Telephone | Adresse | Lien | Nom | Distance | Euros | Vocabulaire | Jour | Mois | Liste | Text
)  # fmt: skip


def T(msgid: str, /, **values: Any) -> Text:
    """Mark a French source string for the catalogues and make it a text."""
    return Text(msgid, values)


def TN(msgid: str, msgid_plural: str, n: int, /, **values: Any) -> Text:
    """Mark a French source string with its plural; `{n}` is filled with the number."""
    return Text(msgid, {"n": n, **values}, msgid_plural, n)


@dataclass(frozen=True, slots=True)
class Choice:
    """A button. `action` is ASCII, at most 48 bytes, and carries all it needs: an old button still answers.

    A choice whose action is "partager:position" asks the channel to offer sharing a location, where it can.
    A choice with `url` is a link instead of an action.
    """

    action: str
    label: Text
    picto: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph: an optional pictogram, then a text."""

    text: Text
    picto: str = ""


@dataclass(frozen=True, slots=True)
class DoorCard:
    """A door to say: in full (`full`) or in two lines.

    `picto` and `genre` are those of its kind of place, `besoin` the label of the need it answers, `publics` those it
    is kept for (French sources); `quartier` is the resident's quarter.
    """

    porte: Porte
    full: bool = True
    picto: str = "🚪"
    genre: str = ""
    besoin: str = ""
    publics: tuple[str, ...] = ()
    quartier: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """One message to the resident, in `langue`. `urgent` marks the answer to danger: shown first, never throttled.

    `moment` is when it is said (Europe/Paris), so that a door can "open tomorrow"; None says full dates. `chiffre` marks a
    question whose answer may be a number typed.
    """

    langue: str
    parts: tuple[Line | DoorCard, ...]
    choices: tuple[Choice, ...] = ()
    urgent: bool = False
    moment: datetime | None = None
    chiffre: bool = False
