"""Which buttons answer a question about a right? One per answer, written so that an old button still means the same."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from bot.conversation import facts
from bot.conversation.choices import AUTRES, MAXIMUM
from bot.conversation.messages import Choice, T, Text, Vocabulaire
from bot.rights import NON, OUI, quantity
from rules.model import Fait
from rules.reasons import Grandeur

NSP = T("Je ne sais pas")
FINI, AUCUN = T("C’est tout"), T("Rien de tout cela")
PAS_D_ENFANT = T("Pas d’enfant")
OPTIONS = T("Corriger, arrêter")
DEBUT = T("Premières réponses")
RETOUR, ARRETER = T("Retour"), T("Arrêter")
COMPTES = 4  # children counted by buttons
PAGE = 6  # boxes to tick at a time
PETIT = 5  # a number up to here has a button for each value


def question_choices(fait: Fait, partial: str, back: str | None) -> tuple[Choice, ...]:
    """The answers, "I don't know", and the way back and out: two buttons when there is room, else one that opens both."""
    answers = answers_of(fait, partial)
    unknown = f"x{partial[1]}" if partial[:1] == "n" else facts.NSP
    choices = [*answers, Choice(_action(fait, unknown), NSP, "🤷")]
    ways = [Choice("droits-stop", ARRETER, "⏹️")]
    if back or partial:
        ways.insert(0, Choice(f"fait:{fait.id if partial else back}", RETOUR, "↩️"))
    if len(choices) + len(ways) > MAXIMUM:
        ways = [Choice("droits-options", OPTIONS, "⚙️")]
    return (*choices, *ways)


def answers_of(fait: Fait, partial: str = "") -> tuple[Choice, ...]:
    """The buttons of the answers to a fact; none for what can only be written, or for a forged `partial`."""
    match fait.type:
        case "oui_non":
            return (
                ()
                if partial
                else (Choice(_action(fait, "oui"), T("Oui"), "✅"), Choice(_action(fait, "non"), T("Non"), "❌"))
            )
        case "choix":
            return () if partial else tuple(Choice(_action(fait, one.id), _words(one.nom), "🔹") for one in fait.choix)
        case "plusieurs":
            return _ticks(fait, partial)
        case "enfants":
            return _bands(fait, partial) if partial else _counts(fait)
        case "montant" | "nombre" | "age":
            return () if partial else _ranges(fait)
    return ()


def label(fait: Fait, written: str) -> Text:
    """A written answer in words."""
    if written == facts.NSP:
        return NSP
    value = facts.value(fait, written)
    match fait.type:
        case "oui_non":
            return OUI if value else NON
        case "choix":
            return _words(next(one.nom for one in fait.choix if one.id == written))
        case "plusieurs":
            names = [Vocabulaire(one.nom) for one in fait.choix if one.id in value]
            return Text("{premier}…" if len(names) > 1 else "{premier}", {"premier": names[0]}) if names else AUCUN
        case "enfants":
            return Text("{nombre}", {"nombre": len(value)})
        case "date":
            return Text("{jour}", {"jour": value})
    bounds = (value.bas, value.haut) if hasattr(value, "bas") else (value, value)
    return quantity(Grandeur(*bounds, _unit(fait)))


def known_choice(fait: Fait, written: str) -> Choice:
    """A button that shows an answer given and asks it again."""
    said = Text("{nom} : {valeur}", {"nom": Vocabulaire(fait.nom), "valeur": label(fait, written)})
    return Choice(f"fait:{fait.id}", said, "✏️")


def _ticks(fait: Fait, partial: str) -> tuple[Choice, ...]:
    """Each choice ticks or unticks itself (`m5`: those ticked, `m5.1`: on the second page); the last button says that
    this is all."""
    match = facts.TICKS.fullmatch(partial or "m0")
    mask, page = (int(match[1], 16), int(match[2] or 0)) if match else (0, 0)
    if match is None or mask & ~fait.tous or page * PAGE >= len(fait.choix):
        return ()
    paged = len(fait.choix) > PAGE + 1
    shown = fait.choix[page * PAGE : (page + 1) * PAGE] if paged else fait.choix
    here = f".{page}" if page else ""
    boxes = [
        Choice(
            _action(fait, f"m{mask ^ fait.bit(one.id):x}{here}"),
            _words(one.nom),
            "☑️" if mask & fait.bit(one.id) else "⬜",
        )
        for one in shown
    ]
    if paged:
        following = page + 1 if (page + 1) * PAGE < len(fait.choix) else 0
        label, picto = (AUTRES, "➕") if following else (DEBUT, "↩️")
        boxes.append(Choice(_action(fait, f"m{mask:x}.{following}"), label, picto))
    return (*boxes, Choice(_action(fait, f"{mask:x}"), FINI if mask else AUCUN, "👌"))


def _counts(fait: Fait) -> tuple[Choice, ...]:
    numbers = tuple(
        Choice(_action(fait, f"n{count}"), Text("{nombre}", {"nombre": count}), "🧒") for count in range(1, COMPTES + 1)
    )
    return (Choice(_action(fait, "0"), PAS_D_ENFANT, "▫️"), *numbers)


def _bands(fait: Fait, partial: str) -> tuple[Choice, ...]:
    """The age of one more child, by bands."""
    count, told = partial[1:2], facts.AGES.findall(partial[2:])
    whole = partial[0] == "n" and count.isdecimal() and 0 < int(count) <= facts.COMPTES
    if not whole or len(told) >= int(count) or "".join(told) != partial[2:]:
        return ()
    return tuple(
        Choice(_action(fait, partial + letter), quantity(Grandeur(low, high, "ans")), "🧒")
        for letter, (low, high) in zip(facts.LETTRES, facts.TRANCHES, strict=True)
    )


def _ranges(fait: Fait) -> tuple[Choice, ...]:
    """The ranges between the limits of the fact; a small number has a button for each value."""
    unit = _unit(fait)
    picto = "💶" if unit.startswith("EUR") else "🔢"
    if not fait.boutons:
        if fait.type != "nombre" or fait.max is None or fait.max > PETIT:
            return ()
        numbers = range(int(fait.min or 0), int(fait.max) + 1)
        return tuple(Choice(_action(fait, str(n)), quantity(Grandeur(n, n, unit)), picto) for n in numbers)
    return tuple(
        Choice(_action(fait, facts.range_written(low, high)), shown, picto) for low, high, shown in _limits(fait, unit)
    )


def _limits(fait: Fait, unit: str) -> Iterator[tuple[float, float, Text]]:
    """The ranges, with what is said of them. Ages are whole years: from 18 to 19, then from 20."""
    bounds = [one for one in fait.boutons if one > (fait.min or 0)]
    step = 1 if fait.type == "age" else 0
    yield (
        fait.min or 0,
        bounds[0] - step,
        T("Moins de {montant}", montant=quantity(Grandeur(bounds[0], bounds[0], unit))),
    )
    for low, high in pairwise(bounds):
        yield low, high - step, quantity(Grandeur(low, high - step, unit))
    if fait.max is not None and fait.max > bounds[-1]:
        yield bounds[-1], fait.max, T("{montant} ou plus", montant=quantity(Grandeur(bounds[-1], bounds[-1], unit)))


def _unit(fait: Fait) -> str:
    """The unit as it is said on a button: "par mois" is in the question already."""
    if fait.type == "age":
        return "ans"
    return (fait.unite or "").partition("/")[0] if fait.type in ("montant", "nombre") else ""


def _words(nom: str) -> Text:
    return Text("{nom}", {"nom": Vocabulaire(nom)})


def _action(fait: Fait, written: str) -> str:
    return f"fait:{fait.id}:{written}"
