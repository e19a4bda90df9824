"""Which language do we speak? The one detected, until the person chooses; changed in one tap, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.choices import LANGUE, MAXIMUM, language_choice
from bot.conversation.messages import Choice, Line, Reply, T
from bot.conversation.world import Step, Turn
from bot.understanding.model import Comprehension


def begin(turn: Turn) -> Turn:
    """Before anything is understood: the channel's hint. None known: French is spoken until a message tells more."""
    return turn if turn.conversation.langue else turn.knowing(langue=turn.world.langues.connue(turn.message.hint))


def follow(turn: Turn, understood: Comprehension) -> tuple[Turn, Choice | None]:
    """Follow a surely detected language, unless one was chosen by hand: then it is only offered (the second value, a
    button). A language with no catalogue yet is remembered, and the menu of languages offered.

    With no language known yet an unsure one is better than none, if the message was written in its own script."""
    detected = heard(turn, understood)
    first_guess = turn.conversation.langue is None and detected == understood.langue
    if not detected or not (understood.langue_sure or first_guess) or detected == turn.conversation.langue:
        return turn, None
    spoken = turn.world.langues[detected].traduite
    if turn.conversation.langue_choisie:
        return turn, language_choice(turn.world, detected) if spoken else None
    return turn.knowing(langue=detected), None if spoken else LANGUE


def heard(turn: Turn, understood: Comprehension) -> str | None:
    """The language of a message as we would answer it. Who chose easy French and writes French is in their language."""
    detected = turn.world.langues.connue(understood.langue)
    spoken = turn.conversation.langue
    return spoken if spoken and detected == spoken.split("-")[0] else detected


def offered(step: Step, choice: Choice) -> Step:
    """The step with one more button, in place of the last one when there is no room."""
    *before, last = step.replies
    if choice in last.choices:
        return step
    kept = list(last.choices)
    if len(kept) >= MAXIMUM:
        del kept[-2 if kept[-1].picto in ("➕", "↩️") else -1]  # never the way on, or back
    choices = (*kept, choice)
    return replace(step, replies=(*before, replace(last, choices=choices)))


def menu(turn: Turn) -> Step:
    """Every language by its own name, behind a globe: a lost person finds the way back. All of them at once, more than
    any other menu has: nobody looks for their language behind "others" in a language they do not read."""
    if not (turn.conversation.attend or "").startswith("fait:"):  # a question about a right goes on waiting
        turn = turn.knowing(attend="langue")
    choices = tuple(language_choice(turn.world, langue.code) for langue in turn.world.langues.proposees())
    return turn.say(Line(T("Quelle langue ?"), "🌐"), choices=choices)


def choose(turn: Turn, code: str) -> tuple[Turn, Line]:
    """The person chose: nothing changes it any more but their own choice. Gives the sentence that says so."""
    turn = turn.knowing(langue=code, langue_choisie=True, attend=None)
    return turn, Line(T("D’accord, je vous parle en {langue}.", langue=turn.world.langues[code].nom), "🌐")


def say_privacy(reply: Reply) -> Reply:
    """The first message says it, in one line."""
    privacy = Line(T("Ne donnez pas votre nom. Rien n’est gardé sur vous."), "🔒")
    return replace(reply, parts=(*reply.parts, privacy))
