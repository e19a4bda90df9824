"""Where a conversation stands: small, frozen, without identity, and the same after a trip through JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from directory.model import Point

VERSION = 2


@dataclass(frozen=True, slots=True)
class Conversation:
    """What one conversation knows.

    `attend` names the question just asked ("quartier", "besoin", "langue") or is None. `besoins` wait for a quarter;
    `montrees` are the ids of the doors already shown for the first of them; `perdu` counts misses in a row.
    `droits` is the need whose rights are being checked ("tous" for all of them); `reponses` are the answers in order, as
    `bot.conversation.facts` writes them; `evalues` are the verdicts already told, so that each is recorded once.
    `attend` is then "fait:<id>", with what is unfinished after a second colon.
    `vu_le` is the moment of the last message (aware), for the expiry the runner applies.
    """

    langue: str | None = None
    langue_choisie: bool = False
    accueilli: bool = False
    quartier: str | None = None
    quartier_refuse: bool = False
    point: Point | None = None
    attend: str | None = None
    besoins: tuple[str, ...] = ()
    montrees: tuple[str, ...] = ()
    perdu: int = 0
    droits: str | None = None
    reponses: tuple[tuple[str, str], ...] = ()
    evalues: tuple[str, ...] = ()
    vu_le: datetime | None = None

    def to_json(self) -> dict[str, Any]:
        data = asdict(self)
        data["v"] = VERSION
        data["vu_le"] = self.vu_le.isoformat() if self.vu_le else None
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Conversation:
        """Rebuild from `to_json`; a state of another version starts afresh but keeps the language."""
        if data.get("v") != VERSION:
            return cls(langue=data.get("langue"), langue_choisie=bool(data.get("langue_choisie")))
        data = {key: value for key, value in data.items() if key != "v"}
        data["point"] = Point(**data["point"]) if data["point"] else None
        data["besoins"] = tuple(data["besoins"])
        data["montrees"] = tuple(data["montrees"])
        data["reponses"] = tuple((fait, written) for fait, written in data["reponses"])
        data["evalues"] = tuple(data["evalues"])
        data["vu_le"] = datetime.fromisoformat(data["vu_le"]) if data["vu_le"] else None
        return cls(**data)
