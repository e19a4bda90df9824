"""Which question about a right comes next? One at a time, the fewest; "I don't know", back, correct and stop are always there.

The answers are in the state, written as the buttons write them; what can still be asked is the rules' business.
"""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import ages_said, evident, facts
from bot.conversation.answer_words import POURQUOI as DEMANDE_POURQUOI
from bot.conversation.answer_words import RETOUR, TROMPE, folded
from bot.conversation.choices import paged
from bot.conversation.events import BesoinNonCouvert, Manquement
from bot.conversation.flows import danger, droits_resultats
from bot.conversation.flows.droits_boutons import answers_of, known_choice, question_choices
from bot.conversation.messages import Choice, Line, T, Text, Vocabulaire
from bot.conversation.world import Step, Turn
from bot.opening import suite
from bot.orientation import SANS_QUARTIER, TOUS, need_of, rights_for
from bot.understanding.model import Comprehension, Confiance, Propos
from rules.model import Fait

FAIT = "fait"
IGNORE = 4  # "I don't know" in a row: more questions would only tire
BEAUCOUP = 12  # answers after which all the rights checked at once give a first result
NOMME = 10  # words: an answer that names a choice may be as long
COURT = 6  # words: a longer message that names a need surely tells of this need
VIOLENCES = "violences"  # the choice, and the need, that call for a number at once, whatever the question
THEMES = {
    "foyer": "👪", "ressources": "💶", "logement": "🏠", "activite": "💼", "sante": "🩺", "handicap": "♿",
    "sejour": "🛂", "etudes": "🎓",
}  # fmt: skip
DEBUT = T("Quelques questions pour trouver vos aides. Répondez avec un bouton, ou avec vos mots.")
SECRET = T("Vos réponses ne sont pas gardées.")
POURQUOI = T("Pourquoi : {raison}")
ASSEZ = T("Ce n’est pas grave de ne pas savoir. Voici ce que je peux dire :")
ENCORE = T("Je ne suis pas sûr de votre réponse. Touchez un bouton, ou écrivez-la autrement.")
PASSE = T("On passe cette question. Vous pourrez la corriger.")
ECRIRE = {
    "montant": T("Vous pouvez écrire un chiffre."),
    "nombre": T("Vous pouvez écrire un chiffre."),
    "age": T("Vous pouvez écrire un chiffre."),
    "enfants": T("Vous pouvez écrire les âges, par exemple : 3 et 7."),
    "date": T("Écrivez le jour, par exemple : 15/09/2025."),
}
PLUSIEURS = T("Plusieurs réponses sont possibles.")


def start(turn: Turn, besoin: str) -> Step | None:
    """Check the rights of a need, or all of them: what was answered already is not asked again."""
    if not rights_for(turn.world.rulebook, besoin):
        return None
    asked_before = bool(turn.conversation.reponses)
    turn = turn.knowing(droits=besoin, perdu=0)
    listening = (danger.helpline(turn, "3919", "violences-danger"),) if besoin == VIOLENCES else ()
    opening = () if asked_before or following(turn) is None else (Line(DEBUT, "✅"), Line(SECRET, "🔒"))
    return go_on(turn, *listening, *opening)


def following(turn: Turn) -> str | None:
    """The fact to ask next for the rights being checked; None when nothing more can change, or none are."""
    rulebook, known = turn.world.rulebook, turn.conversation
    if rulebook is None or known.droits is None:
        return None
    today = turn.world.now.date()
    told = evident.told(rulebook, known.droits, known.reponses, today)
    return facts.following(rulebook, rights_for(rulebook, known.droits), told, today)


def again(turn: Turn, *before: Line) -> Step | None:
    """The question that was waiting, asked again after something else (a photo, a place on the map); None: none was."""
    name, _, rest = (turn.conversation.attend or "").partition(":")
    fait, _, partial = rest.partition(":")
    known = turn.world.rulebook.faits if turn.world.rulebook else {}
    return ask(turn, known[fait], partial, *before) if name == FAIT and fait in known else None


def go_on(turn: Turn, *before: Line) -> Step:
    """The next question, or the result when there is none left."""
    if turn.world.rulebook is None:
        return droits_resultats.nothing_asked(turn)
    fait = following(turn)
    if fait is None:
        return droits_resultats.conclude(turn, *before)
    lately = [written for _, written in turn.conversation.reponses[-IGNORE:]]
    if lately == [facts.NSP] * IGNORE:
        return droits_resultats.conclude(turn, *before, Line(ASSEZ, "🙂"))
    return ask(turn, turn.world.rulebook.faits[fait], "", *before)


def ask(turn: Turn, fait: Fait, partial: str = "", *before: Line) -> Step:
    """Ask one fact, perhaps the rest of an unfinished answer (`partial`)."""
    turn = turn.knowing(attend=f"{FAIT}:{fait.id}:{partial}" if partial else f"{FAIT}:{fait.id}")
    hint = PLUSIEURS if fait.type == "plusieurs" else ECRIRE.get(fait.type)
    asked = turn.say(
        *before,
        Line(_question(fait, partial), THEMES.get(fait.theme, "❓")),
        _line(fait.aide) if not partial else None,
        Line(hint, "✍️") if hint else None,
        _why(fait) if not partial else None,
        choices=question_choices(fait, partial, _before(turn, fait)),
    )
    return replace(asked, replies=(replace(asked.replies[0], chiffre=fait.type in ECRIRE),))


def _question(fait: Fait, partial: str) -> Text:
    if partial[:1] == "n":
        count, told = int(partial[1]), len(facts.AGES.findall(partial[2:]))
        return T("Quel âge a votre enfant ?") if count == 1 else T("Quel âge a l’enfant {n} ?", n=told + 1)
    return Text("{question}", {"question": Vocabulaire(fait.question or fait.nom)})


def _line(words: str | None, picto: str = "") -> Line | None:
    return Line(Text("{aide}", {"aide": Vocabulaire(words)}), picto) if words else None


def _why(fait: Fait) -> Line | None:
    """What is sensitive is asked with its reason, and with the promise that it is not kept."""
    if not fait.sensible:
        return None
    if not fait.pourquoi:
        return Line(SECRET, "🔒")
    return Line(suite(Text(POURQUOI.msgid, {"raison": Vocabulaire(fait.pourquoi)}), SECRET), "🔒")


def _before(turn: Turn, fait: Fait) -> str | None:
    """The question before this one, to come back to."""
    asked = [one for one, _ in turn.conversation.reponses]
    if fait.id in asked:
        asked = asked[: asked.index(fait.id)]
    return asked[-1] if asked else None


def press(turn: Turn, fait_id: str, written: str | None = None) -> Step | None:
    """A button of a question, old or new: an answer, a part of one, or (nothing written) the question again."""
    rulebook = turn.world.rulebook
    fait = rulebook.faits.get(fait_id) if rulebook else None
    if fait is None or not fait.question:
        return None
    lost = turn.conversation.droits is None
    if lost:
        turn = turn.knowing(droits=TOUS)
    if written is None:
        return ask(turn, fait)
    if facts.finished(fait, written):
        forgotten = Line(T("Vos réponses d’avant sont effacées. On reprend ici."), "🙏")
        return give(turn, fait, written, *((forgotten,) if lost and not turn.conversation.reponses else ()))
    return ask(turn, fait, written) if answers_of(fait, written) else None


def give(turn: Turn, fait: Fait, written: str, *before: Line) -> Step:
    """Take an answer in, in the place of the one it corrects, and go on."""
    answered = dict(turn.conversation.reponses)
    corrected = fait.id in answered
    answered[fait.id] = written
    turn = turn.knowing(reponses=tuple(answered.items()), attend=None, perdu=0)
    if fait.type == "plusieurs" and written != facts.NSP and VIOLENCES in facts.value(fait, written):
        before = (danger.helpline(turn, "3919", "violences-danger"), *before)
    if len(answered) == BEAUCOUP and not corrected and turn.conversation.droits == TOUS:
        return droits_resultats.conclude(turn, *before)  # a result already; more questions only for who wants them
    return go_on(turn, *before)


def ages_told(turn: Turn, text: str) -> bool:
    """True when the ages of children are asked, and nothing else is told ("un copil de 2 ani" is no child in danger)."""
    name, _, rest = (turn.conversation.attend or "").partition(":")
    fait = turn.world.rulebook.faits.get(rest.partition(":")[0]) if turn.world.rulebook and name == FAIT else None
    return fait is not None and fait.type == "enfants" and ages_said.only_ages(text)


def heard(turn: Turn, text: str, understood: Comprehension) -> Step | None:
    """What a text answers to the question asked; None when it tells of something else, which is then answered."""
    _, fait_id, *rest = turn.conversation.attend.split(":")
    rulebook = turn.world.rulebook
    fait = rulebook.faits.get(fait_id) if rulebook else None
    if fait is None:
        return None
    partial = rest[0] if rest else ""
    words = folded(text)
    back = _before(turn, fait)
    if words in RETOUR:
        return ask(turn, rulebook.faits[back] if back and not partial else fait)
    if back and any(f" {words_of_it} " in f" {words} " for words_of_it in TROMPE):
        return _corrected(turn, rulebook.faits[back], text)
    reperes = reading(turn)
    written = facts.heard(fait, text, partial, reperes)
    if written is None and (words.split() or [""])[0] in DEMANDE_POURQUOI:
        return ask(turn, fait, "", _reason(fait))
    if written is None and understood.propos in (Propos.SALUTATION, Propos.MERCI):
        return ask(turn, fait, partial)
    sure = understood.confiance is Confiance.SURE and bool(understood.besoins)
    told_more = len(words.split()) > COURT and (sure or understood.lieu is not None)
    if written is None and ((sure and len(words.split()) > 2) or understood.lieu is not None or understood.quartier):
        return None
    named = fait.type in ("choix", "plusieurs") and len(words.split()) <= NOMME
    if written is None or (told_more and not named and not any(sign.isdecimal() for sign in text)):
        return None if told_more else _not_heard(turn, fait, partial)
    if facts.finished(fait, written):
        return give(turn, fait, written)
    return ask(turn.knowing(perdu=0), fait, written)


def reading(turn: Turn) -> facts.Reperes:
    """What helps to read an answer in this language on this day."""
    world, on = turn.world, turn.world.now.date()
    known = (world.rulebook.baremes.get(one) for one in ("part_nette_salaire", "smic_mensuel_brut"))
    values = [bareme.au(on) if bareme else None for bareme in known]
    dire = world.dire
    return facts.Reperes(
        on,
        (lambda words: dire(words, turn.langue)) if dire else None,
        *(float(value.valeur) if value else None for value in values),
    )


def _corrected(turn: Turn, fait: Fait, text: str) -> Step:
    """The answer before was wrong: the new one, if it is told, else the question again."""
    told = facts.heard(fait, text, "", reading(turn)) if fait.type != "oui_non" else None
    if told and facts.finished(fait, told) and told != facts.NSP:
        return give(turn, fait, told)
    return ask(turn, fait)


def _reason(fait: Fait) -> Line:
    """Why this is asked, for who wants to know."""
    return _why(fait) or Line(
        Text(POURQUOI.msgid, {"raison": Vocabulaire(fait.pourquoi)}) if fait.pourquoi else SECRET, "🔒"
    )


def _not_heard(turn: Turn, fait: Fait, partial: str) -> Step:
    """An answer that is none of those: asked once more, then left aside, so that nobody turns in circles."""
    if turn.conversation.perdu:
        return give(turn, fait, facts.NSP, Line(PASSE, "🙂"))
    return ask(turn.knowing(perdu=1), fait, partial, Line(ENCORE, "🤔"))


def stop(turn: Turn) -> Step:
    """Enough questions: what can be said already is said. Giving up in the middle of a question is recorded."""
    besoin = turn.conversation.droits
    asking = (turn.conversation.attend or "").startswith(f"{FAIT}:")
    where = turn.conversation.quartier
    events = ()
    if asking and besoin:
        need = need_of(turn.world.rulebook, besoin) if turn.world.rulebook else None
        events = (BesoinNonCouvert(Manquement.ABANDON, need, None if need in SANS_QUARTIER else where, turn.langue),)
    if besoin is None or turn.world.rulebook is None or not turn.conversation.reponses:
        return droits_resultats.nothing_asked(turn, events)
    return droits_resultats.conclude(turn, Line(droits_resultats.ARRET, "👋"), events=events)


def options(turn: Turn) -> Step | None:
    """In the middle of the questions: go on, go back, correct, stop."""
    waiting = turn.conversation.attend or ""
    if turn.conversation.droits is None or turn.world.rulebook is None:
        return None
    fait = waiting.split(":")[1] if waiting.startswith(f"{FAIT}:") else None
    back = _before(turn, turn.world.rulebook.faits[fait]) if fait in turn.world.rulebook.faits else None
    choices = (
        Choice(f"droits:{turn.conversation.droits}", T("Continuer"), "▶️"),
        Choice(f"{FAIT}:{back}", T("Question d’avant"), "↩️") if back else None,
        Choice("corriger", T("Corriger une réponse"), "✏️") if turn.conversation.reponses else None,
        Choice("droits-stop", T("Arrêter"), "⏹️"),
    )
    return turn.say(Line(T("Que voulez-vous faire ?"), "🙂"), choices=tuple(one for one in choices if one))


def correct(turn: Turn, page: int = 0) -> Step | None:
    """The answers given, each a button that asks it again."""
    rulebook = turn.world.rulebook
    if rulebook is None:
        return None
    given = [(rulebook.faits[fait], written) for fait, written in turn.conversation.reponses if fait in rulebook.faits]
    if not given:
        return None
    choices = tuple(known_choice(fait, written) for fait, written in given)
    back = f"droits:{turn.conversation.droits or TOUS}"
    return turn.say(
        Line(T("Quelle réponse voulez-vous changer ?"), "✏️"), choices=paged(choices, page, "corriger", back=back)
    )
