"""Which door do we answer with? One need at a time: the sentence of the need, at most three doors, what to do next."""

from __future__ import annotations

from bot.cards import door_card
from bot.conversation.choices import (
    RECOMMENCER,
    THEMES,
    door_choices,
    need_choice,
    quarter_choice,
    rights_choice,
)  # fmt: skip
from bot.conversation.events import Avis, BesoinNonCouvert, Manquement, Orientation
from bot.conversation.flows import quarter
from bot.conversation.messages import TN, Choice, DoorCard, Line, T, Text, Vocabulaire
from bot.conversation.world import Step, Turn
from bot.orientation import general_door, orient, place_door, waiting_days
from directory.geo import nearest_quartiers
from directory.model import EtatLieu, Manque, Porte, Reponse

MANQUES = {
    Manque.RIEN_A_PORTEE: T("Je n’ai pas trouvé de lieu à Amiens pour cela. Voici qui peut répondre de loin :"),
    Manque.RIEN_BIENTOT: T("Rien n’ouvre cette semaine. Appelez avant d’y aller :"),
}


def card(turn: Turn, porte: Porte, *, full: bool = True) -> DoorCard:
    """A door with the words of the vocabulary it needs to be said."""
    return door_card(turn.world.directory, porte, turn.conversation.quartier, full=full)


def answer(turn: Turn, besoins: tuple[str, ...], *, intro: Line | None = None) -> Step:
    """Answer the first need; the others become buttons. The quarter is asked first only if it changes the doors."""
    turn = turn.knowing(besoins=besoins, montrees=(), attend=None, perdu=0)
    besoin, *others = besoins
    need = turn.world.directory.vocabulaire.besoins[besoin]
    help_line = Line(Text("{aide}", {"aide": Vocabulaire(need.aide)}), need.picto)
    reponse = orient(turn.world.directory, besoin, turn.personne, turn.world.now)
    if reponse.depend_du_quartier and quarter.unknown(turn):
        return quarter.ask(turn, intro, help_line)
    extra = tuple(need_choice(turn.world, other) for other in others[:2])
    return _doors(turn, besoin, reponse, 0, (intro, help_line), extra)


def more(turn: Turn, besoin: str, depuis: int) -> Step:
    """The next doors for a need, or the general door when there is none left."""
    turn = turn.knowing(besoins=(besoin, *(one for one in turn.conversation.besoins if one != besoin)), attend=None)
    reponse = orient(turn.world.directory, besoin, turn.personne, turn.world.now, depuis=depuis)
    if not reponse.portes:
        return _someone(turn, besoin, T("Je n’ai pas d’autre porte pour cela. Ici, une personne vous écoute :"))
    count = len(reponse.portes)
    intro = Line(TN("Voici une autre porte :", "Voici {n} autres portes :", count), "➕")
    return _doors(turn, besoin, reponse, depuis, (intro,), ())


def helped(turn: Turn, besoin: str) -> Step:
    avis = Avis(True, besoin, turn.conversation.quartier, turn.langue)
    thanks = Line(T("Merci de me l’avoir dit. Je suis là si vous avez une autre question."), "💛")
    return turn.say(thanks, choices=(RECOMMENCER, THEMES), events=(avis,))


def did_not_help(turn: Turn, besoin: str) -> Step:
    """It did not help: recorded with no why asked, and another way is open at once."""
    where = turn.conversation.quartier
    events = (
        Avis(False, besoin, where, turn.langue),
        BesoinNonCouvert(Manquement.PAS_AIDE, besoin, where, turn.langue),
    )
    sorry = T("Merci de me l’avoir dit. Je le note, sans votre nom. Ici, une personne vous écoute :")
    return _someone(turn, besoin, sorry, events)


def place(turn: Turn, lieu_id: str, besoins: tuple[str, ...]) -> Step:
    """The card of a place asked for by its name."""
    lieu = turn.world.directory.lieux[lieu_id]
    if lieu.etat is EtatLieu.FERME and lieu.remplace_par in turn.world.directory.lieux:
        lieu = turn.world.directory.lieux[lieu.remplace_par]
    besoin = besoins[0] if besoins else None
    porte = place_door(turn.world.directory, lieu, besoin, turn.personne, turn.world.now)
    if porte is None:
        closed = T("Ce lieu n’est pas ouvert. Ici, une personne vous écoute :")
        return _someone(turn, besoin, closed)
    turn = turn.knowing(besoins=(porte.besoin,), montrees=(porte.id,), attend=None, perdu=0)
    wait = waiting_days((porte,), turn.world.now)
    event = Orientation(porte.besoin, turn.conversation.quartier, turn.langue, (porte.id,), wait)
    choices = _without_skipping(porte, turn.conversation.quartier)
    return turn.say(card(turn, porte), choices=choices, events=(event,))


def _without_skipping(porte: Porte, quartier: str | None) -> tuple[Choice, ...]:
    """The buttons under one place: "another door" opens the doors of its need from the first."""
    choices = door_choices((porte,), porte.besoin, suivante=None, quartier=quartier)
    other = Choice(f"besoin:{porte.besoin}", T("Autre porte"), "➕")
    return (*choices[:1], other, *choices[1:])[:6]


def _doors(turn: Turn, besoin: str, reponse: Reponse, depuis: int, intro: tuple, extra: tuple[Choice, ...]) -> Step:
    events: list = []
    where = turn.conversation.quartier
    if reponse.manque:
        events.append(BesoinNonCouvert(Manquement(reponse.manque.value), besoin, where, turn.langue))
    if not reponse.portes:
        regret = T(
            "Je n’ai pas encore de porte pour cela à Amiens. Je le note, sans votre nom. Ici, une personne vous écoute :"
        )
        return _someone(turn, besoin, regret, tuple(events), before=intro[0])
    shown = tuple(porte.id for porte in reponse.portes)
    events.append(Orientation(besoin, where, turn.langue, shown, waiting_days(reponse.portes, turn.world.now)))
    turn = turn.knowing(montrees=(*turn.conversation.montrees, *shown))
    missing = MANQUES.get(reponse.manque)
    confirm, here = _confirm_quarter(turn)
    parts = (
        *intro,
        Line(missing) if missing else None,
        *(card(turn, porte, full=not (index or depuis)) for index, porte in enumerate(reponse.portes)),
        confirm,
    )
    following = depuis + len(reponse.portes) if reponse.autres else None
    more = (*here, *rights_choice(turn, besoin), *extra)[:2]
    choices = door_choices(reponse.portes, besoin, suivante=following, extra=more, quartier=where)
    return turn.say(*parts, choices=choices, events=tuple(events))


def _confirm_quarter(turn: Turn) -> tuple[Line | None, tuple[Choice, ...]]:
    """A location without perimeters gives doors by distance; the quarter is confirmed by a button, once."""
    known = turn.conversation
    if known.point is None or known.quartier or known.quartier_refuse:
        return None, ()
    near = nearest_quartiers(turn.world.directory, known.point)[:1]
    if not near:
        return None, ()
    return Line(T("C’est votre quartier ? Touchez son nom.")), (quarter_choice(turn.world, near[0]),)


def _someone(turn: Turn, besoin: str | None, sentence: Text, events: tuple = (), *, before: Line | None = None) -> Step:
    """The general door, where a person listens; from here everything can still be asked."""
    turn = turn.knowing(attend="besoin")
    porte = general_door(turn.world.directory, turn.personne, turn.world.now)
    shown = len(turn.conversation.montrees) if besoin in turn.conversation.besoins[:1] else 0
    other = (Choice(f"porte:{besoin}:{shown}", T("Autre porte"), "➕"),) if besoin and events and shown else ()
    way = door_choices((porte,), besoin or "", suivante=None)[:1] if porte else ()
    link = tuple(choice for choice in way if choice.url)
    return turn.say(
        before,
        Line(sentence, "🤝"),
        card(turn, porte) if porte else None,
        choices=(*link, *other, RECOMMENCER, THEMES),
        events=events,
    )
