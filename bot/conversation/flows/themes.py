"""What do we show when words are not enough? The themes as pictograms, and the needs of one theme."""

from __future__ import annotations

from bot.conversation.choices import AUTRE_CHOSE, need_choice, theme_choices, theme_need_choices
from bot.conversation.events import BesoinNonCouvert, Manquement
from bot.conversation.flows.doors import card
from bot.conversation.messages import Line, T, Text
from bot.conversation.world import Step, Turn
from bot.orientation import general_door

OWN_WORDS = T("Écrivez avec vos mots, ou touchez une image :")


def show(turn: Turn, intro: Text | None = None, *, picto: str = "", page: int = 0) -> Step:
    """The themes, under a sentence if there is one to say."""
    turn = turn.knowing(attend="besoin", montrees=())
    return turn.say(
        Line(intro, picto) if intro else None,
        Line(OWN_WORDS),
        choices=theme_choices(turn.world, page),
    )


def show_theme(turn: Turn, theme: str, page: int = 0) -> Step:
    """The needs of one theme."""
    name = turn.world.directory.vocabulaire.themes[theme]
    turn = turn.knowing(attend="besoin", montrees=())
    return turn.say(
        Line(T("C’est plutôt :"), name.picto),
        choices=theme_need_choices(turn.world, theme, page),
    )


def unsure(turn: Turn, besoins: tuple[str, ...]) -> Step:
    """At most three choices and "something else". Unsure is not unmet: nothing is recorded."""
    turn = turn.knowing(attend="besoin", montrees=())
    choices = (*(need_choice(turn.world, besoin) for besoin in besoins[:3]), AUTRE_CHOSE)
    return turn.say(Line(T("Vous voulez dire :"), "🤔"), choices=choices)


def lost(turn: Turn) -> Step:
    """First miss: say it otherwise. From the second: themes, the door where a person listens, and the journal is told."""
    turn = turn.knowing(perdu=turn.conversation.perdu + 1, attend="besoin")
    if turn.conversation.perdu == 1:
        return show(turn, T("Je ne suis pas sûr de comprendre. Vous pouvez le dire autrement."), picto="🤔")
    event = BesoinNonCouvert(Manquement.RIEN_COMPRIS, None, turn.conversation.quartier, turn.langue, turn.message.text)
    porte = general_door(turn.world.directory, turn.personne, turn.world.now)
    return turn.say(
        Line(T("Je ne suis pas sûr de comprendre. Touchez une image, ou allez voir une personne :"), "🤝"),
        card(turn, porte) if porte else None,
        choices=theme_choices(turn.world),
        events=(event,),
    )


def not_that(turn: Turn, besoin: str | None) -> Step:
    """The answer was about something else: recorded, and asked again without blame."""
    event = BesoinNonCouvert(Manquement.MAL_COMPRIS, besoin, turn.conversation.quartier, turn.langue)
    turn = turn.knowing(besoins=(), montrees=(), attend="besoin")
    return turn.say(
        Line(T("D’accord, ce n’est pas ça. Dites-le avec d’autres mots, ou touchez une image :"), "🙏"),
        choices=theme_choices(turn.world),
        events=(event,),
    )
