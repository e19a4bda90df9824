"""What can this person probably ask for? The rights, most useful first, why, with which papers and at which door.

Never a decision: "probable", "possible" with what would settle it, "peu probable" with what stands in the way.
"""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import evident, facts
from bot.conversation.choices import RECOMMENCER, RETOUR, THEMES, VOIR_MES_DROITS
from bot.conversation.events import BesoinNonCouvert, DroitEvalue, Event, Manquement
from bot.conversation.flows import doors
from bot.conversation.messages import TN, Choice, Lien, Line, Mois, T, Telephone, Text
from bot.conversation.world import Step, Turn
from bot.opening import suite
from bot.orientation import SANS_QUARTIER, TOUS, UN_DROIT, general_door, need_of, right_doors, rights_for, verdicts
from bot.rights import DECISION, NIVEAUX, PICTOS, amount, joined, missing_names, name, reasons, said, to_know, why
from directory.model import Porte
from rules.evaluate import Verdict
from rules.model import PEU_PROBABLE, PROBABLE, Droit, Rulebook

PAR_PAGE = 3
REFUS_PAR_PAGE = 4
BOUTON = 32  # characters of a name that a button carries; a longer one is called by its letters
RAISONS = 3  # reasons said on a card
RIEN_TROUVE = "rien"  # the mark of a need with no open right, beside those of the verdicts
CHANGE = T("Si votre situation change, demandez encore.")
DEJA = T("Vous l’avez déjà ?")
REPONDRE = T("Répondre aux questions")
ARRET = T("D’accord, on arrête les questions.")
RIEN = T(
    "Avec vos réponses, je ne trouve pas d’aide pour vous. Je le note, sans votre nom. Ici, une personne vérifie avec vous :"
)


def conclude(turn: Turn, *before: Line, events: tuple[Event, ...] = ()) -> Step:
    """The end of the questions: the result, recorded once, and the questions are closed."""
    besoin = turn.conversation.droits or TOUS
    found = _verdicts(turn, besoin)
    # All rights at once: only those found are recorded; the many that nobody asked about would drown them.
    told = [one for one in found if besoin != TOUS or one.niveau == PROBABLE]
    fresh = [one for one in told if _mark(one) not in turn.conversation.evalues]
    events = (*events, *(_evaluated(turn, one, besoin) for one in fresh))
    open_ones = [one for one in found if one.niveau != PEU_PROBABLE]
    marks = [_mark(one) for one in fresh]
    if not open_ones and found and (nothing := f"{besoin}:{RIEN_TROUVE}") not in turn.conversation.evalues:
        need = need_of(turn.world.rulebook, besoin)
        where = None if need in SANS_QUARTIER else turn.conversation.quartier
        events = (*events, BesoinNonCouvert(Manquement.NON_ELIGIBLE, need, where, turn.langue))
        marks.append(nothing)
    turn = turn.knowing(attend=None, evalues=(*turn.conversation.evalues, *marks), perdu=0)
    alone = besoin.startswith(UN_DROIT)
    if not open_ones and found and not alone:
        return _nothing(turn, besoin, events, before)
    if len(open_ones) == 1 or alone:  # one right alone is said in full, unlikely or not
        step = card(turn, (open_ones or found)[0].droit, *before)
        return replace(step, events=events)
    return replace(page(turn, besoin, 0, *before), events=events)


def page(turn: Turn, besoin: str, number: int = 0, *before: Line) -> Step | None:
    """Three rights at a time: the probable ones, then the possible ones; what is unlikely is counted, and said on request."""
    found = _verdicts(turn, besoin)
    open_ones = [one for one in found if one.niveau != PEU_PROBABLE]
    shown = open_ones[number * PAR_PAGE : (number + 1) * PAR_PAGE]
    if not shown:
        return _nothing(turn, besoin, (), before) if found and not number else None
    parts: list[Line] = [*before]
    level = None
    for verdict in shown:
        if verdict.niveau != level:
            level = verdict.niveau
            parts.append(Line(NIVEAUX[level], PICTOS[level]))
        parts.append(Line(_short(turn, verdict), "▪️"))
    unlikely = len(found) - len(open_ones)
    last = (number + 1) * PAR_PAGE >= len(open_ones)
    if unlikely and last:
        parts.append(
            Line(
                TN("{n} autre aide : peu probable.", "{n} autres aides : peu probable.", unlikely), PICTOS[PEU_PROBABLE]
            )
        )
    if not number:
        parts.append(Line(DECISION, "ℹ️"))
    choices = [_right_choice(turn, one) for one in shown]
    if not last:
        choices.append(Choice(f"resultats:{besoin}:{number + 1}", T("Autres aides"), "➕"))
    elif unlikely:
        choices.append(Choice(f"resultats-non:{besoin}:0", T("Peu probable : pourquoi"), "⚪"))
    rulebook, answered = turn.world.rulebook, turn.conversation.reponses
    if number:
        choices.append(Choice(f"resultats:{besoin}:{number - 1}", RETOUR, "↩️"))
    elif answered:
        choices.append(CORRIGER)
    told, today = _told(turn, besoin), turn.world.now.date()
    more = facts.following(rulebook, rights_for(rulebook, besoin), told, today)
    ask = T("Encore des questions") if answered else REPONDRE
    choices.append(Choice(f"droits:{besoin}", ask, "▶️") if more else RECOMMENCER)
    return turn.say(*parts, choices=tuple(choices))


def refused(turn: Turn, besoin: str, number: int = 0) -> Step | None:
    """What is unlikely, each with the condition that stands in the way."""
    found = [one for one in _verdicts(turn, besoin) if one.niveau == PEU_PROBABLE]
    shown = found[number * REFUS_PAR_PAGE : (number + 1) * REFUS_PAR_PAGE]
    if not shown:
        return None
    parts = [Line(NIVEAUX[PEU_PROBABLE], PICTOS[PEU_PROBABLE]), *(Line(_short(turn, one), "▪️") for one in shown)]
    parts.append(Line(CHANGE, "ℹ️"))
    more = (number + 1) * REFUS_PAR_PAGE < len(found)
    choices = (
        Choice(f"resultats-non:{besoin}:{number + 1}", T("Autres aides"), "➕") if more else None,
        CORRIGER,
        back_to(besoin),
        RECOMMENCER,
    )
    return turn.say(*parts, choices=tuple(one for one in choices if one))


def card(turn: Turn, droit_id: str, *before: Line) -> Step | None:
    """One right in full: why, how much, papers, door, text; and, when it is probable, whether they have it already."""
    rulebook = turn.world.rulebook
    droit = rulebook.droits.get(droit_id) if rulebook else None
    if droit is None:
        return None
    situation = facts.known(rulebook, _told(turn, turn.conversation.droits or TOUS))
    (verdict,) = verdicts(rulebook, (droit_id,), situation, turn.world.now.date())
    portes = right_doors(turn.world.directory, droit, turn.personne, turn.world.now)
    asked = verdict.niveau == PROBABLE and recours_mark(droit_id) not in turn.conversation.evalues
    parts = (
        *before,
        Line(NIVEAUX[verdict.niveau], PICTOS[verdict.niveau]),
        Line(suite(name(droit), said(droit.resume), entre=". "), "▪️"),
        *_reason_lines(rulebook, verdict),
        Line(estimate, "💶") if (estimate := amount(verdict)) else None,
        _papers(verdict),
        *(doors.card(turn, porte, full=False) for porte in portes[:1]),
        _how(droit, portes[:1]),
        _source(droit),
        Line(DECISION, "ℹ️"),
        Line(CHANGE, "🔁") if verdict.niveau == PEU_PROBABLE else None,
        Line(DEJA, "❓") if asked else None,
    )
    turn = turn.knowing(attend=f"recours:{droit_id}" if asked else None)
    choices = take_up_choices(droit_id) if asked else _to_settle(turn, droit)
    return turn.say(*parts, choices=(*choices, back_to(turn.conversation.droits or TOUS)))


def _to_settle(turn: Turn, droit: Droit) -> tuple[Choice, ...]:
    """The questions that would still settle a right, and the way to correct an answer."""
    rulebook, answered = turn.world.rulebook, turn.conversation.reponses
    sujet = f"{UN_DROIT}{droit.id}"
    more = facts.following(rulebook, (droit.id,), _told(turn, sujet), turn.world.now.date())
    ask = Choice(f"droits:{sujet}", REPONDRE, "▶️")
    return (*((ask,) if more else ()), *((CORRIGER,) if answered else ()))


def take_up_choices(droit: str) -> tuple[Choice, ...]:
    return (
        Choice(f"recours:{droit}:deja", T("Oui, je l’ai"), "✅"),
        Choice(f"recours:{droit}:attente", T("J’ai demandé, j’attends"), "⏳"),
        Choice(f"recours:{droit}:refuse", T("On m’a dit non"), "🚫"),
        Choice(f"recours:{droit}:inconnu", T("Je ne connaissais pas"), "💡"),
        Choice(f"recours:{droit}:connu", T("Je n’ai pas demandé"), "🤐"),
    )


CORRIGER = Choice("corriger", T("Corriger"), "✏️")


def recours_mark(droit: str) -> str:
    """The mark of a right whose take-up was told: it is not asked again."""
    return f"{droit}:recours"


def back_to(besoin: str) -> Choice:
    """The list the card came from; a right checked alone opens the list of them all."""
    besoin = TOUS if besoin.startswith(UN_DROIT) else besoin
    return Choice(f"resultats:{besoin}:0", T("Toutes mes aides"), "📋")


def nothing_asked(turn: Turn, events: tuple[Event, ...] = ()) -> Step:
    """Stopped before anything was answered."""
    turn = turn.knowing(attend=None)
    return turn.say(Line(ARRET, "👋"), choices=(RECOMMENCER, THEMES), events=events)


def _verdicts(turn: Turn, besoin: str) -> tuple[Verdict, ...]:
    rulebook = turn.world.rulebook
    if rulebook is None:
        return ()
    situation = facts.known(rulebook, _told(turn, besoin))
    return verdicts(rulebook, rights_for(rulebook, besoin), situation, turn.world.now.date())


def _told(turn: Turn, sujet: str) -> tuple[tuple[str, str], ...]:
    """The answers given, with what the subject itself tells."""
    return evident.told(turn.world.rulebook, sujet, turn.conversation.reponses, turn.world.now.date())


def _mark(verdict: Verdict) -> str:
    return f"{verdict.droit}:{verdict.niveau}"


def _evaluated(turn: Turn, verdict: Verdict, besoin: str) -> DroitEvalue:
    droit = turn.world.rulebook.droits[verdict.droit]
    need = need_of(turn.world.rulebook, besoin) or droit.besoins[0]
    return DroitEvalue(droit.id, verdict.niveau, need, where_to_record(turn, droit), turn.langue)


def where_to_record(turn: Turn, droit: Droit) -> str | None:
    """The quarter the journal is told; not with rights that tell of violence or of papers: few people in a small place."""
    return None if SANS_QUARTIER & set(droit.besoins) else turn.conversation.quartier


def _short(turn: Turn, verdict: Verdict) -> Text:
    """A right in one line: its name, then why."""
    droit = turn.world.rulebook.droits[verdict.droit]
    return T("{nom} : {raison}", nom=name(droit), raison=why(turn.world.rulebook, verdict) or said(droit.resume))


def _right_choice(turn: Turn, verdict: Verdict) -> Choice:
    droit = turn.world.rulebook.droits[verdict.droit]
    short = len(droit.nom) <= BOUTON or not droit.sigle
    label = said(droit.nom) if short else Text("{sigle}", {"sigle": droit.sigle})
    return Choice(f"droit:{droit.id}", label, PICTOS[verdict.niveau])


def _reason_lines(rulebook: Rulebook, verdict: Verdict) -> list[Line]:
    """Why, line by line: first what stands in the way or is missing, then what holds."""
    marks = {"ok": "✔️", "non": "✖️", "inconnu": "❔"}
    missing = missing_names(rulebook, verdict)
    found = [one for one in reasons(verdict) if not (missing and one[0] == "inconnu")]
    ranked = sorted(found, key=lambda one: ("non", "inconnu", "ok").index(one[0]))
    lines = [Line(to_know(missing), marks["inconnu"])] if missing else []
    return [*lines, *(Line(text, marks[etat]) for etat, text in ranked)][:RAISONS]


def _papers(verdict: Verdict) -> Line | None:
    if not verdict.pieces:
        return None
    return Line(T("Apportez : {papiers}", papiers=joined(piece.nom for piece in verdict.pieces)), "🧾")


def _how(droit: Droit, portes: tuple[Porte, ...]) -> Line | None:
    """How to ask, in the words of the rule; the phone, unless it is the door's; the site."""
    demande = droit.demande
    told = said(demande.comment) if demande.comment else None
    new = demande.telephone and demande.telephone not in [porte.telephone for porte in portes]
    phone = Text("{telephone}", {"telephone": Telephone(demande.telephone)}) if new else None
    link = demande.lien or droit.lien
    site = Text("{site}", {"site": Lien(link, court=True)}) if link else None
    return Line(suite(told, phone, site, entre=" · "), "🌐") if told or phone or site else None


def _source(droit: Droit) -> Line | None:
    text = droit.textes[0] if droit.textes else None
    checked = Mois(droit.verifie_le.isoformat())
    if text is None:
        return None
    return Line(T("Texte : {texte}. Vérifié en {mois}.", texte=text.nom, mois=checked), "📖")


def _nothing(turn: Turn, besoin: str, events: tuple[Event, ...], before: tuple[Line, ...]) -> Step:
    """Nothing is open: said plainly, with a person to check it and the reasons on request."""
    porte = general_door(turn.world.directory, turn.personne, turn.world.now)
    choices = (
        Choice(f"resultats-non:{besoin}:0", T("Pourquoi"), "⚪"),
        CORRIGER,
        Choice("droits", VOIR_MES_DROITS, "✅") if besoin != TOUS else THEMES,
        RECOMMENCER,
    )
    return turn.say(
        *before,
        Line(RIEN, "🤝"),
        doors.card(turn, porte) if porte else None,
        choices=choices,
        events=events,
    )
