"""What do we say to what is no need: a greeting, thanks, a goodbye, another subject, a voice message, an old button?"""

from __future__ import annotations

from bot.conversation.choices import LANGUE, RECOMMENCER, THEMES, theme_choices
from bot.conversation.events import Effacement
from bot.conversation.flows import themes
from bot.conversation.messages import Line, T, Text
from bot.conversation.state import Conversation
from bot.conversation.world import Step, Turn
from bot.understanding.model import Propos

MEDIA = {
    "voice": T("J’ai reçu votre message vocal. Je ne sais pas encore l’écouter."),
    "photo": T("J’ai reçu votre photo. Je ne sais pas la lire, et je ne la garde pas."),
    "document": T("J’ai reçu votre document. Je ne sais pas le lire, et je ne le garde pas."),
    "contact": T("J’ai reçu un contact. Je ne le garde pas."),
    "sticker": T("Merci pour l’image !"),
}
MEDIA_DEFAULT = T("J’ai reçu votre message. Je ne sais pas encore le lire.")


def greet(turn: Turn) -> Step:
    """A short human answer, then the way in."""
    turn = turn.knowing(attend="besoin", montrees=())
    return turn.say(
        Line(T("Bonjour ! Je vous aide à trouver la bonne porte à Amiens."), "👋"),
        Line(themes.OWN_WORDS),
        choices=(*theme_choices(turn.world)[:4], THEMES, LANGUE),
    )


def start(turn: Turn) -> Step:
    """Start again: only the language stays."""
    known = turn.conversation
    fresh = Conversation(langue=known.langue, langue_choisie=known.langue_choisie, accueilli=known.accueilli)
    return greet(Turn(fresh, turn.message, turn.world))


def reply_to(turn: Turn, propos: Propos) -> Step:
    """Answer to what is said around needs."""
    match propos:
        case Propos.SALUTATION:
            return greet(turn)
        case Propos.MERCI:
            kind = T("Avec plaisir. Je suis là si vous avez une autre question.")
            return turn.say(Line(kind, "💛"), choices=(RECOMMENCER, THEMES))
        case Propos.AU_REVOIR:
            bye = T("Au revoir, et bon courage. Écrivez-moi quand vous voulez.")
            return turn.say(Line(bye, "👋"), choices=(RECOMMENCER,))
        case Propos.HORS_SUJET:
            return themes.show(
                turn, T("Ça, je ne sais pas le faire. Je connais les aides et les lieux d’Amiens."), picto="🙂"
            )
        case _:
            return themes.show(turn, T("Oui, je peux vous aider. C’est pour quoi ?"), picto="🤝")


def received(kind: str) -> Text:
    return MEDIA.get(kind, MEDIA_DEFAULT)


def media(turn: Turn, kind: str) -> Step:
    return themes.show(turn, received(kind), picto="🙏")


def nothing_said(turn: Turn) -> Step:
    return themes.show(turn, T("Je vous écoute."), picto="🙂")


def stale(turn: Turn) -> Step:
    """A button that leads nowhere any more, or that nobody made."""
    return themes.show(turn, T("Ce bouton ne marche plus. On continue ici :"), picto="🙏")


def unknown_command(turn: Turn) -> Step:
    return usage(turn, Line(T("Je ne connais pas cette commande."), "🙂"))


def usage(turn: Turn, before: Line | None = None) -> Step:
    """How to use the bot, in a few lines."""
    return turn.say(
        before,
        Line(T("Écrivez votre problème avec vos mots, dans votre langue. Je vous donne la bonne porte à Amiens."), "✍️"),
        Line(T("{commande} : voir vos droits", commande="/droits"), "✅") if turn.world.rulebook else None,
        Line(T("{commande} : changer de langue", commande="/langue"), "🌐"),
        Line(T("{commande} : changer de quartier", commande="/quartier"), "🏘️"),
        Line(T("{commande} : tout effacer", commande="/effacer"), "🗑️"),
        choices=(*theme_choices(turn.world)[:4], THEMES, LANGUE),
    )


def erase(turn: Turn) -> Step:
    """Everything goes at once; the language alone is used for this last sentence."""
    said = turn.say(
        Line(T("C’est effacé. Je ne sais plus rien de notre conversation."), "🗑️"),
        choices=(RECOMMENCER,),
        events=(Effacement(),),
    )
    return Step(Conversation(), said.replies, said.events)


def stop(turn: Turn) -> Step:
    """We never write first; whoever said stop can still ask."""
    quiet = T("D’accord, j’arrête. Je n’écris jamais en premier. Pour tout effacer : {commande}", commande="/effacer")
    return turn.knowing(besoins=(), montrees=(), attend=None, perdu=0).say(Line(quiet, "👋"), choices=(RECOMMENCER,))
