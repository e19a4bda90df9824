"""What does a command do? `/start` with its link, `/droits`, `/aide`, `/langue`, `/quartier`, `/effacer`, `/stop`, in any language."""

from __future__ import annotations

import re

from bot.conversation.actions import pending, press
from bot.conversation.flows import doors, language, quarter, words
from bot.conversation.messages import T
from bot.conversation.world import Step, Turn
from bot.understanding.model import Comprehension

COMMAND = re.compile(r"/(?P<name>\w+)(?:@\w+)?(?:\s+(?P<rest>.*))?", re.DOTALL)

# The menu a channel can hang beside the text box, in this order.
MENU = (
    ("start", T("Recommencer")),
    ("droits", T("Voir mes droits")),
    ("aide", T("Comment ça marche")),
    ("langue", T("Changer de langue")),
    ("quartier", T("Changer de quartier")),
    ("effacer", T("Tout effacer")),
    ("stop", T("Ne plus recevoir de messages")),
)
NAMES = frozenset(name for name, _ in MENU)

# Other names of a command: the usual English ones, and what people type.
ALIASES = {
    "help": "aide", "info": "aide", "language": "langue", "lang": "langue", "langues": "langue",
    "rights": "droits", "mesdroits": "droits", "district": "quartier", "delete": "effacer", "erase": "effacer", "supprimer": "effacer",
    "menu": "start", "restart": "start", "recommencer": "start", "debut": "start",
}  # fmt: skip

# Single words that are a command without their slash, in the languages at hand.
_BARE = {
    "droits": "droits حقوقي",
    "stop": "stop arret arrêt توقف parar pare dur стоп стій стоп opri oprește ndalo ودرېږه بس",
    "start": "menu menú menü меню القائمة meniu menuja",
    "langue": (
        "langue langues language languages اللغة لغة idioma língua lingua dil язык мова زبان ژبه limba limbă gjuha gjuhë"
    ),
    "effacer": "effacer erase delete حذف امسح borrar apagar sil удалить видалити پاک șterge sterge fshi",
}
# Whole questions that ask for the same.
_SAID = {
    "droits": (
        "mes droits", "voir mes droits", "quels sont mes droits", "ai-je droit à une aide", "j'ai droit à quoi",
        "à quoi j'ai droit", "my rights", "what are my rights", "what am i entitled to", "ما هي حقوقي",
    ),
    "langue": (
        "changer de langue", "je veux changer de langue", "autre langue", "change language", "another language", "تغيير اللغة",
        "cambiar de idioma", "mudar de língua", "dil değiştir", "сменить язык", "змінити мову", "تغییر زبان", "schimbă limba",
    ),
}  # fmt: skip
BARE = {word: name for name, words in _BARE.items() for word in words.split()}
BARE |= {words: name for name, said in _SAID.items() for words in said}


def find(text: str) -> tuple[str, str] | None:
    """The command in a text and what follows it; None when the text is no command."""
    match = COMMAND.fullmatch(text.strip())
    if match:
        name = match["name"].casefold()
        return ALIASES.get(name, name), (match["rest"] or "").strip()
    bare = BARE.get(text.replace("’", "'").strip(" .!?؟\u00a0\u202f").casefold())
    return (bare, "") if bare else None


def run(turn: Turn, name: str, rest: str, understood: Comprehension) -> Step:
    """Answer a command; `understood` is what the whole text says (for a quarter named after `/quartier`)."""
    match name:
        case "start":
            return _start(turn, rest)
        case "aide":
            return words.usage(turn)
        case "langue":
            return press(turn, f"langue:{code}") if (code := turn.world.langues.connue(rest)) else language.menu(turn)
        case "droits":
            return press(turn, "droits")
        case "quartier":
            return _quarter(turn, rest, understood)
        case "effacer":
            return words.erase(turn)
        case "stop":
            return words.stop(turn)
    return words.unknown_command(turn)


def _start(turn: Turn, payload: str) -> Step:
    """A link or a QR code may name a quarter (q-etouvie) or a need (b-energie), or both, joined by "_"."""
    started = words.start(turn)
    turn = Turn(started.conversation, turn.message, turn.world)
    directory, before, besoin = turn.world.directory, None, None
    for part in payload.split("_"):
        kind, _, name = part.partition("-")
        if kind == "q" and name in directory.quartiers:
            turn = turn.knowing(quartier=name)
            before = quarter.noted(turn)
        elif kind == "b" and name in directory.vocabulaire.besoins:
            besoin = name
    if besoin:
        return doors.answer(turn, (besoin,), intro=before)
    return pending(turn, before) if before else started


def _quarter(turn: Turn, rest: str, understood: Comprehension) -> Step:
    named = rest.casefold() if rest.casefold() in turn.world.directory.quartiers else understood.quartier
    if rest and named:
        return press(turn, f"quartier:{named}")
    if rest and understood.quartiers_possibles:
        return quarter.which(turn, understood.quartiers_possibles)
    return quarter.ask(turn)
