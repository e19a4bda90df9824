"""What do we answer to one message? State, message and world in; state, replies and events out. Nothing else happens.

Danger comes first; then commands; then the needs, the place or the quarter understood; then what is said around them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.conversation import commands
from bot.conversation.actions import pending, press
from bot.conversation.events import Effacement
from bot.conversation.flows import danger, doors, droits, language, quarter, recours, themes, words
from bot.conversation.messages import Incoming, Line
from bot.conversation.state import Conversation
from bot.conversation.world import Step, Turn, World
from bot.understanding.model import Comprehension, Confiance, Contexte
from directory import geo

__all__ = ["Step", "World", "step"]

PROCHE = 0.25  # a second need is offered too when its score is at least this share of the first one's
NET = 0.3  # beside the name of a quarter, a weaker guess at a need is not put forward
LONGUEUR = 4096  # characters read of one message: what Telegram carries


def step(conversation: Conversation, message: Incoming, world: World) -> Step:
    """Answer one message: the next state, what to say, and what to record."""
    turn = language.begin(Turn(replace(conversation, vu_le=world.now), message, world))
    if message.action is not None:
        done = press(turn, message.action)
    elif message.point is not None:
        done = _located(turn)
    elif message.text is not None:
        done = _said(turn, message.text[:LONGUEUR])
    else:
        kind = message.media or "other"
        done = droits.again(turn, Line(words.received(kind), "🙏")) or words.media(turn, kind)
    return _welcomed(done)


def _said(turn: Turn, text: str) -> Step:
    """Answer a text."""
    if not text.strip():
        return words.nothing_said(turn)
    known = turn.conversation
    contexte = Contexte(langue=known.langue, besoin=known.besoins[0] if known.besoins else None)
    understood = _not_any_number(turn, text, turn.world.understand(text, contexte))
    command = commands.find(text)
    # A command alone holds no words of the person: nothing in it can tell of danger.
    bare = command is not None and command[0] in commands.NAMES and not command[1]
    if (
        understood.urgence in turn.world.directory.vocabulaire.urgences
        and not bare
        and not droits.ages_told(turn, text)
    ):
        spoken = language.heard(turn, understood) if understood.langue_sure else None
        return danger.answer(turn.knowing(langue=spoken or turn.langue), understood.urgence)
    asked = (known.attend or "").startswith(f"{droits.FAIT}:")
    if asked and command and command[0] == "stop":
        return droits.stop(turn)
    if command:
        return commands.run(turn, *command, understood)
    if asked and (answered := droits.heard(turn, text, understood)):
        return answered
    if (known.attend or "").startswith("recours:") and (answered := recours.heard(turn, text)):
        return answered
    understood = _beside_the_quarter(turn, text, understood, contexte)
    turn, other = language.follow(turn, understood)
    done = _answered(turn, understood)
    return language.offered(done, other) if other else done


def _not_any_number(turn: Turn, text: str, understood: Comprehension) -> Comprehension:
    """A place whose name is its number ("116 006") is asked for by that number, not by any other."""
    lieu = turn.world.directory.lieux.get(understood.lieu or "")
    said = "".join(sign for sign in text if sign.isdecimal())
    if (
        lieu is None
        or not said
        or any(sign.isalpha() for sign in text)
        or said == (lieu.telephone or "").replace(" ", "")
    ):
        return understood
    return replace(understood, lieu=None)


def _beside_the_quarter(turn: Turn, text: str, understood: Comprehension, contexte: Contexte) -> Comprehension:
    """What is asked, once the name of the quarter is left out: it says where one lives, not what one needs."""
    for mention in understood.quartier_indices:
        text = re.sub(r"\W+".join(map(re.escape, mention.trouve.split())), " ", geo.normalise(text))
    if not understood.quartier_indices:
        return understood
    around = geo.normalise(text).split()
    nothing = replace(understood, besoins=(), confiance=Confiance.LOST, propos=None)
    if not around:  # a name alone has no language
        return replace(nothing, langue=turn.langue, langue_sure=False)
    rest = turn.world.understand(text, contexte)
    heard = {"langue": rest.langue, "langue_sure": rest.langue_sure}
    if quarter.AUTOUR.issuperset(around) or rest.urgence:  # danger was looked for in the whole text
        return replace(nothing, **heard)
    return replace(understood, besoins=rest.besoins, confiance=rest.confiance, propos=rest.propos, **heard)


def _answered(turn: Turn, understood: Comprehension) -> Step:
    """Answer what was understood, from the most precise to the least."""
    waiting = turn.conversation.attend
    named = understood.quartier if understood.quartier in turn.world.directory.quartiers else None
    if named:
        turn = turn.knowing(quartier=named, quartier_refuse=False)
    besoins = _needs(turn, understood)
    if understood.lieu in turn.world.directory.lieux:
        return doors.place(turn, understood.lieu, besoins)
    if besoins and understood.confiance is Confiance.SURE:
        return doors.answer(turn, besoins)
    unsure = bool(besoins) and understood.confiance is Confiance.UNSURE
    about_where = waiting == "quartier" or not unsure or understood.besoins[0].score < NET
    if named and about_where:
        return pending(turn, quarter.noted(turn))
    if understood.quartiers_possibles and about_where:
        return quarter.which(turn, understood.quartiers_possibles)
    if unsure:
        return themes.unsure(turn, besoins)
    if understood.propos is not None:
        return words.reply_to(turn, understood.propos)
    if waiting == "quartier" and turn.conversation.besoins:
        return _quarter_missed(turn)
    return themes.lost(turn)


def _needs(turn: Turn, understood: Comprehension) -> tuple[str, ...]:
    """The needs to take up. Sure: those nearly as strong as the first. Unsure: all that may be meant."""
    known = turn.world.directory.vocabulaire.besoins
    found = [one for one in understood.besoins if one.besoin in known]
    if found and understood.confiance is Confiance.SURE:
        found = [one for one in found if one.score >= PROCHE * found[0].score]
    return tuple(one.besoin for one in found)


def _quarter_missed(turn: Turn) -> Step:
    """The quarter was not found: asked once more, then the whole city answers."""
    if turn.conversation.perdu == 0:
        return quarter.missed(turn)
    turn = turn.knowing(quartier_refuse=True)
    return pending(turn, quarter.noted(turn))


def _located(turn: Turn) -> Step:
    """Answer a shared location."""
    turn, too_far = quarter.located(turn, turn.message.point)
    noted = quarter.noted(turn) if turn.conversation.quartier and not too_far else None
    if question := droits.again(turn, *(line for line in (too_far or noted,) if line)):
        return question
    if too_far:
        return quarter.ask(turn, too_far)
    if noted:
        return pending(turn, noted)
    if turn.conversation.besoins:
        return pending(turn)
    return quarter.confirm(turn)


def _welcomed(done: Step) -> Step:
    """The first message says what is kept: nothing. Danger comes alone; it is said at the next one."""
    erased = Effacement() in done.events
    if done.conversation.accueilli or erased or not done.replies or done.replies[-1].urgent:
        return done
    *before, last = done.replies
    conversation = replace(done.conversation, accueilli=True)
    return replace(done, conversation=conversation, replies=(*before, language.say_privacy(last)))
