"""What is said when somebody is in danger now? Numbers first, one warm sentence, and we stay. Nothing else, ever.

The words are not kept, benefits are not mentioned, and the answer stands even if the directory lost its lines.
"""

from __future__ import annotations

from bot.conversation.events import Urgence
from bot.conversation.messages import Choice, Line, Reply, T, Telephone, Text
from bot.conversation.world import Step, Turn
from bot.opening import suite
from directory.model import Lieu
from directory.search import opening, urgence_lines

SMS = "114"  # the number one writes to

# What answers at each number, in the fewest words.
ROLES = {
    "15": T("le SAMU, un médecin répond"),
    "112": T("les secours, dans toute l’Europe"),
    "17": T("la police"),
    "3114": T("quelqu’un vous écoute"),
    "3919": T("violences faites aux femmes, on vous écoute"),
    "119": T("enfant en danger, on vous écoute"),
    "115": T("on cherche un lieu pour dormir ce soir"),
}

WARM = {
    "urgence-vitale": T("Appelez tout de suite. Dites où vous êtes. Restez avec la personne."),
    "suicide": T("Ce que vous vivez est très dur. Votre vie compte. Parlez à quelqu’un maintenant."),
    "violences-danger": T("Ce n’est pas votre faute. Si vous le pouvez, mettez-vous à l’abri."),
    "enfant-danger": T("Vous avez bien fait d’en parler. Cet enfant peut être protégé."),
    "sans-abri-ce-soir": T("Personne ne doit dormir dehors. Si ça ne répond pas, rappelez."),
}
WARM_DEFAULT = T("Vous n’êtes pas seul.")

# Said after the warm sentence when the first numbers are not those of immediate danger.
NOW = {
    "suicide": T("Si c’est maintenant : {a} ou {b}.", a=Telephone("15"), b=Telephone("112")),
    "enfant-danger": T("Si c’est maintenant : {a} ou {b}.", a=Telephone("17"), b=Telephone("112")),
    "sans-abri-ce-soir": T("Malade ou en danger : {a} ou {b}.", a=Telephone("15"), b=Telephone("112")),
}

PERSON = T("Je reste là. Voulez-vous aussi une personne à qui parler près de chez vous ?")
PLACE = T("Je reste là. Voulez-vous aussi une adresse où on peut vous aider ?")

# The need of the door near home, offered by a button.
NEAR = {
    "urgence-vitale": "acces-soins",
    "suicide": "sante-mentale",
    "violences-danger": "violences",
    "enfant-danger": "violences",
    "sans-abri-ce-soir": "hebergement-urgence",
}


def answer(turn: Turn, urgence: str) -> Step:
    """The answer to danger: what was being asked is dropped, and the state remembers nothing of it."""
    turn = turn.knowing(attend=None, besoins=(), montrees=(), perdu=0)
    numeros = turn.world.directory.vocabulaire.urgences[urgence].numeros
    lines = urgence_lines(turn.world.directory, urgence)
    called = [Line(_number(turn, numero, lines), "☎️") for numero in numeros if numero != SMS]
    parts = (
        *called,
        Line(WARM.get(urgence, WARM_DEFAULT), "💛"),
        Line(NOW[urgence], "🚨") if urgence in NOW else None,
        Line(T("Vous ne pouvez pas parler ? SMS au {sms}.", sms=Telephone(SMS, sms=True)), "💬"),
        Line(PLACE if urgence in ("urgence-vitale", "sans-abri-ce-soir") else PERSON),
    )
    choices = (
        Choice(f"besoin:{NEAR.get(urgence, 'sante-mentale')}", T("Oui, près de moi"), "🤝"),
        Choice("non-merci", T("Non merci"), "👋"),
    )
    reply = Reply(turn.langue, tuple(part for part in parts if part), choices, urgent=True, moment=turn.world.now)
    return Step(turn.conversation, (reply,), (Urgence(urgence, turn.langue),))


def stay(turn: Turn) -> Step:
    """After "no thank you": we stay, and nothing more is asked."""
    return turn.say(Line(T("D’accord. Je reste là. Vous pouvez m’écrire quand vous voulez."), "💛"))


def helpline(turn: Turn, numero: str, urgence: str) -> Line:
    """One number with who answers, said among other things: for what is told calmly and may still be grave."""
    return Line(_number(turn, numero, urgence_lines(turn.world.directory, urgence)), "☎️")


def _number(turn: Turn, numero: str, lines: tuple[Lieu, ...]) -> Text:
    """The number, who answers, and what the directory knows of its cost and hours."""
    line = next((lieu for lieu in lines if lieu.telephone == numero), None)
    facts = None
    if line and line.services:
        always = opening(turn.world.directory, line, line.services[0], turn.world.now).permanent
        free = "gratuit" in (line.frais, line.services[0].frais)
        facts = {
            (True, True): T("Gratuit, jour et nuit."),
            (True, False): T("Gratuit."),
            (False, True): T("Jour et nuit."),
        }.get((free, always))
    role = ROLES.get(numero)
    number = Text("{numero}", {"numero": Telephone(numero)})
    said = T("{numero} : {role}.", numero=number, role=role) if role else number
    return suite(said, facts)
