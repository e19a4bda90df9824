"""Does the person have this right already, and if not, why? One question; the answer tells the city which non-recours it is.

No answer is judged, and each leads to a door.
"""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.answer_words import folded
from bot.conversation.answers import yes_no
from bot.conversation.choices import MON_QUARTIER, RECOMMENCER, paged
from bot.conversation.events import Recours
from bot.conversation.flows import doors, quarter
from bot.conversation.flows.droits_resultats import back_to, recours_mark, take_up_choices, where_to_record
from bot.conversation.messages import Choice, Line, T
from bot.conversation.world import Step, Turn
from bot.orientation import TOUS, general_door, right_doors
from rules.model import Droit

# What a button says, in a word short enough to go with any right; and what the journal calls it.
REPONSES = {
    "deja": "deja",
    "attente": "attente",
    "refuse": "refuse",
    "inconnu": "ne-connaissait-pas",
    "connu": "connaissait-pas-demande",
}
MOTIFS = {
    "trop-complique": (T("Trop compliqué"), "🌀"),
    "peur": (T("J’ai peur"), "😟"),
    "honte": (T("J’ai honte"), "🫣"),
    "papiers": (T("Il manque des papiers"), "📄"),
    "pas-le-temps": (T("Pas le temps"), "⌛"),
    "on-m-a-dit-non": (T("On m’a dit non"), "🚫"),
    "autre": (T("Autre raison"), "💬"),
}
# What needs somebody who listens, rather than the office that decides.
ECOUTE = frozenset(("trop-complique", "peur", "honte"))

# What people type instead of touching a button; the first that fits is taken.
DIT = {
    "inconnu": ("connaissais pas", "connaissai pas", "savais pas", "jamais entendu", "didn t know", "never heard", "لم أكن أعرف", "ما كنت اعرف"),
    "refuse": ("refus", "on m a dit non", "rejete", "they said no", "رفض"),
    "attente": ("j attends", "en attente", "j ai demande", "j ai fait la demande", "en cours", "waiting", "انتظر"),
    "connu": ("pas demande", "jamais demande", "pas fait la demande", "didn t ask", "haven t asked", "لم أطلب"),
    "deja": ("je l ai", "je la touche", "je le touche", "deja", "already", "i have it"),
}  # fmt: skip

DEJA = T("Très bien. Je suis là si vous avez une autre question.")
DITES = {
    "attente": T("Demandez où en est votre dossier :"),
    "refuse": T("Vous pouvez demander pourquoi. Ici, une personne regarde avec vous :"),
    "inconnu": T("Maintenant, vous savez. Voici où demander :"),
}
POURQUOI = T("Merci de me le dire. Pourquoi vous n’avez pas demandé ?")
AVEC_VOUS = T("Vous n’êtes pas seul. Ici, une personne vous aide à le faire :")
OU_DEMANDER = T("Merci. Voici où demander :")


def answer(turn: Turn, droit_id: str, reponse: str) -> Step | None:
    """Take the answer in, and open the door it calls for."""
    droit = _right(turn, droit_id)
    if droit is None or reponse not in REPONSES:
        return None
    turn, first = _once(turn, recours_mark(droit.id))
    event = Recours(droit.id, REPONSES[reponse], None, where_to_record(turn, droit), turn.langue, droit.besoins[0])
    events = (event,) if first else ()
    if reponse == "connu":
        return _ask_why(turn.knowing(attend=None), droit, 0, events)
    if reponse == "deja":
        turn = turn.knowing(attend=None)
        return turn.say(
            Line(DEJA, "💛"), choices=(back_to(turn.conversation.droits or TOUS), RECOMMENCER), events=events
        )
    return _door(turn, droit, Line(DITES[reponse], "🚪"), listening=reponse == "refuse", events=events)


def heard(turn: Turn, text: str) -> Step | None:
    """An answer typed after "do you have it already?". A no does not tell which no it is: the door, then the buttons do."""
    droit_id = turn.conversation.attend.split(":")[1]
    if told := next((reponse for reponse, words in DIT.items() if any(one in folded(text) for one in words)), None):
        return answer(turn, droit_id, told)
    said, droit = yes_no(text), _right(turn, droit_id)
    if said is None or droit is None:
        return None
    if said:
        return answer(turn, droit_id, "deja")
    step = _door(turn, droit, Line(OU_DEMANDER, "🤝"), listening=False, events=())
    (reply,) = step.replies
    choices = (*take_up_choices(droit_id)[1:], back_to(turn.conversation.droits or TOUS))
    conversation = replace(step.conversation, attend=turn.conversation.attend)
    return replace(step, conversation=conversation, replies=(replace(reply, choices=choices),))


def why(turn: Turn, droit_id: str, motif: str) -> Step | None:
    """Why they knew and did not ask: a reason, or (a number) another page of reasons."""
    droit = _right(turn, droit_id)
    if droit is None:
        return None
    if motif.isdecimal() and len(motif) == 1:
        return _ask_why(turn, droit, int(motif), ())
    if motif not in MOTIFS:
        return None
    turn, first = _once(turn, f"{droit.id}:motif")
    event = Recours(droit.id, None, motif, where_to_record(turn, droit), turn.langue, droit.besoins[0])
    listening = motif in ECOUTE
    return _door(
        turn,
        droit,
        Line(AVEC_VOUS if listening else OU_DEMANDER, "🤝"),
        listening=listening,
        events=(event,) if first else (),
    )


def _once(turn: Turn, mark: str) -> tuple[Turn, bool]:
    """The turn that remembers this mark, and whether it is new: what is told twice counts once."""
    known = turn.conversation.evalues
    return (turn, False) if mark in known else (turn.knowing(evalues=(*known, mark)), True)


def _right(turn: Turn, droit: str) -> Droit | None:
    return turn.world.rulebook.droits.get(droit) if turn.world.rulebook else None


def _ask_why(turn: Turn, droit: Droit, page: int, events: tuple) -> Step:
    choices = tuple(Choice(f"motif:{droit.id}:{motif}", label, picto) for motif, (label, picto) in MOTIFS.items())
    return turn.say(Line(POURQUOI, "💛"), choices=paged(choices, page, f"motif:{droit.id}"), events=events)


def _door(turn: Turn, droit: Droit, before: Line, *, listening: bool, events: tuple) -> Step:
    turn = turn.knowing(attend=None)
    directory, now = turn.world.directory, turn.world.now
    portes = () if listening else right_doors(directory, droit, turn.personne, now)
    someone = general_door(directory, turn.personne, now) if not portes else None
    shown = portes or ((someone,) if someone else ())
    way = doors.door_choices(shown, droit.besoins[0], suivante=None)[:1]
    return turn.say(
        before,
        *(doors.card(turn, porte, full=not index) for index, porte in enumerate(shown)),
        choices=(
            *(choice for choice in way if choice.url),
            *((MON_QUARTIER,) if quarter.unknown(turn) else ()),
            back_to(turn.conversation.droits or TOUS),
            RECOMMENCER,
        ),
        events=events,
    )
