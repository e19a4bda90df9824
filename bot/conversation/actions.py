"""What does a button do? One table from the first word of an action to what answers it; a forged one answers kindly."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation.flows import danger, doors, droits, droits_resultats, language, quarter, recours, themes, words
from bot.conversation.messages import T
from bot.conversation.world import Step, Turn
from bot.orientation import TOUS

Handler = Callable[..., Step | None]


def press(turn: Turn, action: str) -> Step:
    """Answer a button, old or new. What the world does not know (a forged id, a need of another day) is said kindly."""
    name, *arguments = action.split(":")
    handler = HANDLERS.get((name, len(arguments)))
    step = handler(turn, *arguments) if handler else None
    return step or words.stale(turn)


def pending(turn: Turn, *intro) -> Step:
    """Go on with what was waiting for the quarter or the language: a need, or one's rights; with nothing waiting, ask
    what is needed."""
    before = next((line for line in intro if line), None)
    if turn.conversation.besoins:
        return doors.answer(turn, turn.conversation.besoins, intro=before)
    if turn.conversation.droits:
        shown = (before,) if before else ()
        return droits.go_on(turn, *shown)
    return themes.show(turn, before.text if before else None, picto=before.picto if before else "")


def _need(turn: Turn, besoin: str) -> Step | None:
    if besoin not in turn.world.directory.vocabulaire.besoins:
        return None
    waiting = tuple(one for one in turn.conversation.besoins if one != besoin)
    return doors.answer(turn, (besoin, *waiting))


def _door(turn: Turn, besoin: str, depuis: str) -> Step | None:
    if besoin not in turn.world.directory.vocabulaire.besoins or not _rank(depuis):
        return None
    return doors.more(turn, besoin, int(depuis))


def _theme(turn: Turn, theme: str, page: str = "0") -> Step | None:
    if theme not in turn.world.directory.vocabulaire.themes or not _rank(page):
        return None
    return themes.show_theme(turn, theme, int(page))


def _themes(turn: Turn, page: str = "0") -> Step | None:
    return themes.show(turn, page=int(page)) if _rank(page) else None


def _quarter(turn: Turn, quartier: str) -> Step | None:
    match quartier:
        case "choisir":
            return quarter.ask(turn)
        case "autres":
            return quarter.ask(turn, rest=True)
        case "aucun":
            turn = turn.knowing(quartier=None, quartier_refuse=True, point=None)
            return pending(turn, quarter.noted(turn))
    if quartier not in turn.world.directory.quartiers:
        return None
    turn = turn.knowing(quartier=quartier, quartier_refuse=False)
    return pending(turn, quarter.noted(turn))


def _helped(turn: Turn, answer: str, besoin: str) -> Step | None:
    if besoin not in turn.world.directory.vocabulaire.besoins or answer not in ("oui", "non"):
        return None
    return doors.helped(turn, besoin) if answer == "oui" else doors.did_not_help(turn, besoin)


def _not_that(turn: Turn, besoin: str | None = None) -> Step | None:
    if besoin is not None and besoin not in turn.world.directory.vocabulaire.besoins:
        return None
    return themes.not_that(turn, besoin)


def _language(turn: Turn, code: str) -> Step | None:
    known = turn.world.langues.connue(code)
    if known is None:
        return None
    waiting = turn.conversation.attend
    turn, said = language.choose(turn, known)
    return droits.again(turn.knowing(attend=waiting), said) or pending(turn, said)


def _share(turn: Turn) -> Step:
    """Where the channel cannot ask for a location by itself."""
    return quarter.ask(turn, question=T("Envoyez votre position avec 📎, ou choisissez votre quartier :"))


def _results(turn: Turn, besoin: str, page: str) -> Step | None:
    return droits_resultats.page(turn, besoin, int(page)) if _rank(page) else None


def _refused(turn: Turn, besoin: str, page: str) -> Step | None:
    return droits_resultats.refused(turn, besoin, int(page)) if _rank(page) else None


def _correct(turn: Turn, page: str = "0") -> Step | None:
    return droits.correct(turn, int(page)) if _rank(page) else None


def _rank(number: str) -> bool:
    return number.isdecimal() and len(number) <= 3


HANDLERS: dict[tuple[str, int], Handler] = {
    ("besoin", 1): _need,
    ("porte", 2): _door,
    ("theme", 1): _theme,
    ("theme", 2): _theme,
    ("themes", 0): _themes,
    ("themes", 1): _themes,
    ("quartier", 1): _quarter,
    ("aide", 2): _helped,
    ("pas-ca", 0): _not_that,
    ("pas-ca", 1): _not_that,
    ("droits", 0): lambda turn: droits.start(turn, TOUS),
    ("droits", 1): droits.start,
    ("droits-stop", 0): droits.stop,
    ("droits-options", 0): droits.options,
    ("fait", 1): droits.press,
    ("fait", 2): droits.press,
    ("corriger", 0): _correct,
    ("corriger", 1): _correct,
    ("resultats", 2): _results,
    ("resultats-non", 2): _refused,
    ("droit", 1): droits_resultats.card,
    ("recours", 2): recours.answer,
    ("motif", 2): recours.why,
    ("langue", 1): _language,
    ("langues", 0): language.menu,
    ("partager", 1): lambda turn, _what: _share(turn),
    ("autre-chose", 0): lambda turn: themes.show(turn, T("D’accord, c’est autre chose.")),
    ("recommencer", 0): words.start,
    ("effacer", 0): words.erase,
    ("non-merci", 0): danger.stay,
}
