"""How is a right said? Its reasons as sentences, its papers, its amount: the same words in the conversation and at the desk.

A few general templates say every reason; names, thresholds and choices come from the rules and are translated apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bot.conversation.messages import TN, Euros, Liste, Nom, T, Text, Vocabulaire
from rules.evaluate import Montant, Verdict
from rules.model import PEU_PROBABLE, POSSIBLE, PROBABLE, Droit, Rulebook
from rules.reasons import Grandeur, Noms, Raison

PICTOS = {PROBABLE: "🟢", POSSIBLE: "🟡", PEU_PROBABLE: "⚪"}
NIVEAUX = {
    PROBABLE: T("Vous pouvez probablement demander :"),
    POSSIBLE: T("Peut-être, à vérifier :"),
    PEU_PROBABLE: T("Peu probable pour vous aujourd’hui :"),
}
DECISION = T("Ce n’est pas une décision. Seul le service qui donne l’aide décide.")
OUI, NON = T("oui"), T("non")
MANQUANTS = 4  # facts named at most
ENTIER = 10  # euros: beyond, cents are left out

PAR = {
    "mois": T("{montant} par mois"),
    "an": T("{montant} par an"),
    "heure": T("{montant} par heure"),
    "jour": T("{montant} par jour"),
}

# One template for each kind of reason and what became of it.
COMPARE = {
    # Traduction : {nom} est ce qu'on compare (« Salaire net »), {valeur} celui de la personne, {seuil} la limite
    ("maximum", "ok"): T("{nom} : {valeur}. Maximum : {seuil}."),
    ("maximum", "non"): T("{nom} : {valeur}. Maximum : {seuil}. C’est {ecart} de trop."),
    ("minimum", "ok"): T("{nom} : {valeur}. Minimum : {seuil}."),
    ("minimum", "non"): T("{nom} : {valeur}. Minimum : {seuil}. Il manque {ecart}."),
    ("proche", "inconnu"): T("{nom} : {valeur}. C’est très près de la limite : {seuil}."),
}
LIMITE = {"maximum": T("{nom}. Maximum : {seuil}."), "minimum": T("{nom}. Minimum : {seuil}.")}
VAUT = T("{nom} : {valeur}.")
# Traduction : {valeur} est la réponse de la personne, {attendu} celle qu'il faudrait
IL_FAUT = T("{nom} : {valeur}. Il faut : {attendu}.")
PAS = T("{nom} : {valeur}. Ce n’est pas possible avec cette aide.")
# Traduction : {noms} sont des noms de faits séparés par des points : « Enfants · Loyer »
A_PRECISER = T("Pour savoir, il manque : {noms}.")
AUTRE_DROIT = {"ok": T("Vous avez probablement : {nom}."), "non": T("Il faut d’abord : {nom}.")}
# Traduction : {nom} est le nom d'une autre aide
EXCLU = T("Pas en même temps que : {nom}.")
# Traduction : {nom} est le nom d'une condition : « Séjour en règle », « Votre âge »
REMPLIE, PAS_REMPLIE = T("Condition remplie : {nom}."), T("Condition non remplie : {nom}.")
ENVIRON = T("Environ {montant}. C’est une estimation.")
PAS_CALCULE = T("Le calcul exact n’est pas fait ici.")
PAS_EN_VIGUEUR = T("Cette aide n’existe pas à cette date.")


def said(words: str) -> Text:
    """Words of the rules, said in the person's language."""
    return Text("{nom}", {"nom": Vocabulaire(words)})


def name(droit: Droit) -> Text:
    """The right by the French name that stands on papers and doors."""
    nom = Nom(droit.nom)
    if not droit.sigle or droit.sigle in droit.nom:
        return Text("{nom}", {"nom": nom})
    return Text("{nom} ({sigle})", {"nom": nom, "sigle": droit.sigle})


def joined(words: Iterable[str]) -> Text:
    """Several names of the rules on one line: each keeps its capital, whatever the language."""
    texts = {f"t{index}": Vocabulaire(one) for index, one in enumerate(words)}
    return Text(" · ".join(f"{{{key}}}" for key in texts), texts)


def quantity(grandeur: Grandeur | Montant, *, told: str | None = None) -> Text:
    """A number or a range with its unit: "1 128 € par mois", "3 à 5 ans". `told` is the name it follows: a period that
    ends it already ("Salaire net par mois") is not said twice."""
    what, _, per = grandeur.unite.partition("/")
    if grandeur.bas == grandeur.haut:
        text = _one(grandeur.haut, what)
    else:
        whole = grandeur.bas == int(grandeur.bas)
        low = _bare(grandeur.bas, what) if whole else _one(grandeur.bas, what)
        text = T("{bas} à {haut}", bas=low, haut=_one(grandeur.haut, what))
    if per not in PAR or (told or "").endswith(f"par {per}"):
        return text
    return Text(PAR[per].msgid, {"montant": text})


def _one(number: float, unit: str) -> Text:
    number = int(number) if number == int(number) else round(number, 2)
    if unit == "ans" and isinstance(number, float):
        number, unit = round(number * 12), "mois"
    match unit:
        case "EUR":
            return Text("{nombre}", {"nombre": _euros(number)})
        case "ans":
            return TN("{n} an", "{n} ans", int(number), n=number)
        case "mois":
            return TN("{n} mois", "{n} mois", int(number), n=number)
        case "jours":
            return TN("{n} jour", "{n} jours", int(number), n=number)
        case "heures":
            return TN("{n} heure", "{n} heures", int(number), n=number)
        case "personnes":
            return TN("{n} personne", "{n} personnes", int(number), n=number)
        case "enfants":
            return TN("{n} enfant", "{n} enfants", int(number), n=number)
    return Text("{nombre}", {"nombre": number})


def _bare(number: float, unit: str) -> Any:
    return _euros(number) if unit == "EUR" else int(number) if number == int(number) else round(number, 2)


def _euros(number: float) -> Euros:
    return Euros(round(number) if abs(number) >= ENTIER else round(number, 2))


def sentence(raison: Raison) -> Text | None:
    """The sentence of a reason; None when it has nothing to say."""
    if raison.dit:
        return said(raison.dit)
    match raison.genre:
        case "maximum" | "minimum" | "proche":
            return _compared(raison)
        case "droit":
            template = AUTRE_DROIT.get(raison.etat)
            return Text(template.msgid, {"nom": Vocabulaire(raison.nom)}) if template else _to_know(raison)
        case "exclu":
            return Text(EXCLU.msgid, {"nom": Vocabulaire(raison.nom)})
        case "pas_calcule":
            return PAS_CALCULE
        case "pas_en_vigueur":
            return PAS_EN_VIGUEUR
    return _told(raison)


def _compared(raison: Raison) -> Text | None:
    if raison.nom is None:
        return None
    values: dict[str, Any] = {"nom": Vocabulaire(raison.nom)}
    raison = _bounded(raison)
    for key in ("seuil", "valeur", "ecart"):
        if (grandeur := getattr(raison, key)) is not None:
            values[key] = quantity(grandeur, told=raison.nom)
    if "valeur" not in values or (raison.etat == "inconnu" and raison.genre != "proche"):
        settled = raison.seuil is not None and raison.seuil.bas == raison.seuil.haut
        template = LIMITE.get(raison.genre) if settled else None
        return Text(template.msgid, values) if template else _to_know(raison)
    template = COMPARE.get((raison.genre, raison.etat))
    if template is None or not _filled(template, values):
        template = COMPARE[raison.genre, "ok"] if (raison.genre, "ok") in COMPARE and "seuil" in values else VAUT
    return Text(template.msgid, values)


def _bounded(raison: Raison) -> Raison:
    """A threshold that still depends on something is said by its surest bound."""
    seuil = raison.seuil
    if seuil is None or seuil.bas == seuil.haut or raison.etat not in ("ok", "non"):
        return raison
    lower = (raison.genre == "maximum") == (raison.etat == "ok")
    bound = seuil.bas if lower else seuil.haut
    return replace(raison, seuil=Grandeur(bound, bound, seuil.unite))


def _told(raison: Raison) -> Text | None:
    """A yes or no, a choice, or a number that must be another."""
    if raison.nom is None:
        return None
    if raison.etat == "inconnu" or raison.valeur is None:
        return _to_know(raison)
    values = {"nom": Vocabulaire(raison.nom), "valeur": _value(raison.valeur)}
    if raison.genre == "oui_non" and raison.attendu == ("oui",):
        return Text((REMPLIE if raison.etat == "ok" else PAS_REMPLIE).msgid, {"nom": values["nom"]})
    if raison.etat == "ok":
        return Text(VAUT.msgid, values)
    if raison.genre in ("pas_choix", "different"):
        return Text(PAS.msgid, values)
    expected = _expected(raison)
    return Text(IL_FAUT.msgid, {**values, "attendu": expected}) if expected else Text(VAUT.msgid, values)


def _expected(raison: Raison) -> Any:
    if raison.seuil is not None:
        return quantity(raison.seuil)
    if not raison.attendu:
        return None
    words = {"oui": OUI, "non": NON} if raison.genre == "oui_non" else {}
    return Liste(tuple(words.get(one, Vocabulaire(one)) for one in raison.attendu))


def _value(value: Any) -> Any:
    if isinstance(value, bool):
        return OUI if value else NON
    if isinstance(value, Noms):
        return Liste(tuple(Vocabulaire(nom) for nom in value.noms)) if value.noms else NON
    return quantity(value)


def _filled(template: Text, values: dict[str, Any]) -> bool:
    return all(f"{{{key}}}" not in template.msgid or key in values for key in ("valeur", "seuil", "ecart"))


def _to_know(raison: Raison) -> Text | None:
    return to_know((raison.nom,)) if raison.nom else None


def to_know(noms: Iterable[str]) -> Text:
    """What would settle it, by its names."""
    return Text(A_PRECISER.msgid, {"noms": joined(noms)})


def why(rulebook: Rulebook, verdict: Verdict) -> Text | None:
    """One line: the money under its ceiling, the amount, the failing condition, or what would settle it."""
    if missing := missing_names(rulebook, verdict):
        return to_know(missing)
    wanted = {PROBABLE: ("ok",), POSSIBLE: ("inconnu", "non", "ok")}.get(verdict.niveau, ("non", "inconnu"))
    ranked = [one for etat in wanted for one in sorted(_kept(verdict), key=_telling) if one.etat == etat]
    money = verdict.niveau == PROBABLE and (not ranked or _telling(ranked[0]))
    if money and (estimate := amount(verdict)):
        return estimate
    return next((text for text in map(sentence, ranked) if text is not None), None)


def amount(verdict: Verdict) -> Text | None:
    """The estimated amount, when there is one; "from 0 € to" anything tells nothing."""
    montant = verdict.montant
    if montant is None or verdict.niveau == PEU_PROBABLE or montant.bas <= 0:
        return None
    return Text(ENVIRON.msgid, {"montant": quantity(montant)})


def _kept(verdict: Verdict) -> list[Raison]:
    """The reasons worth saying: that an amount is large enough to be paid says no more than the amount, and nothing at all
    while it is not known."""
    return [
        one for one in verdict.raisons if not (one.genre == "minimum" and _money(one) and _amount_says_it(verdict, one))
    ]


def _amount_says_it(verdict: Verdict, raison: Raison) -> bool:
    return raison.etat == "inconnu" or (raison.etat == "ok" and bool(verdict.montant))


def _money(raison: Raison) -> bool:
    return raison.seuil is not None and raison.seuil.unite.startswith("EUR")


def _telling(raison: Raison) -> int:
    """Money and its ceiling tell most; then what is said in words; then the rest."""
    return 0 if _money(raison) else 1 if raison.dit else 2


def reasons(verdict: Verdict) -> tuple[tuple[str, Text], ...]:
    """The reasons with what became of their condition ("ok", "non", "inconnu"), in the order of the rule."""
    found = ((raison.etat, sentence(raison)) for raison in _kept(verdict))
    return tuple((etat, text) for etat, text in found if text is not None)


def missing_names(rulebook: Rulebook, verdict: Verdict) -> tuple[str, ...]:
    """The facts that would settle a possible right, by their names: the first few that are asked, in the order of the
    questions; the spouse's go without saying after one's own."""
    if verdict.niveau != POSSIBLE:
        return ()
    faits = [rulebook.faits[fait] for fait in verdict.manquants if fait in rulebook.faits]
    asked = {fait.id for fait in faits if fait.question}
    named = [fait for fait in faits if fait.id in asked and not (fait.conjoint and fait.base in asked)]
    return tuple(dict.fromkeys(fait.nom for fait in sorted(named, key=lambda fait: fait.ordre)))[:MANQUANTS]
