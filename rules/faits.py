"""What is written in the files of facts, calculs, barèmes and documents? From their blocks to the parts of the rulebook."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from directory.datafile import Where, suggestion
from rules import lecture as lire
from rules.formula import Ecrit, Faute, read
from rules.lecture import Lu, already_there, declared
from rules.model import ADULTE, CONJOINT, ENFANT, FOYER, Choix, Fait, Piece
from rules.sources import CalculEcrit, Cas, FaitEcrit, Sources
from rules.units import parse as parse_unit

TYPES = ("oui_non", "choix", "plusieurs", "montant", "nombre", "age", "date", "enfants")
THEMES = ("foyer", "activite", "ressources", "logement", "etudes", "sante", "handicap", "sejour", "autre")
SENSIBLE = {"non": 0, "un_peu": 1, "tres": 2}

_FAIT: lire.Cles = {
    "id": (lire.identifiant, True),
    "type": (lire.parmi(*TYPES), True),
    "nom": (lire.texte, True),
    "theme": (lire.parmi(*THEMES), False),
    "de": (lire.parmi(FOYER, ADULTE, ENFANT), False),
    "question": (lire.texte, False),
    "question_conjoint": (lire.texte, False),
    "nom_conjoint": (lire.texte, False),
    "aide": (lire.texte, False),
    "pourquoi": (lire.texte, False),
    "sensible": (lire.parmi(*SENSIBLE), False),
    "effort": (lire.nombre, False),
    "ordre": (lire.nombre, False),
    "unite": (lire.unite, False),
    "min": (lire.nombre, False),
    "max": (lire.nombre, False),
    "boutons": (lire.liste(lire.nombre), False),
    "choix": (lire.brut, False),
    "derive": (lire.brut, False),
}
_CHOIX: lire.Cles = {"id": (lire.identifiant, True), "nom": (lire.texte, True)}
_CAS: lire.Cles = {"si": (lire.brut, True), "valeur": (lire.brut, True)}
_RESERVES = ("oui", "non", "adulte", "enfant", "demandeur", "conjoint", "aujourd_hui", "aucun")


def read_facts(lu: Lu, sources: Sources) -> None:
    """Take in a file of facts. A fact `de: adulte` becomes two, one of them the spouse's."""
    for data, where in lu.each("faits"):
        sources.declares |= declared(data)
        found = lu.block(data, where, _FAIT, "un fait")
        if found is None:
            continue
        try:
            fait = _fact(lu, found, where)
            derive = _derive(lu, fait, found.get("derive"), (*where, "derive"))
        except Faute as fault:
            lu.fault(fault.where, fault.message)
            continue
        if fait is None:
            continue
        table = sources.champs if fait.de == ENFANT else sources.faits
        for each in _both(fait, found):
            other = table.get(each.id)
            if other is not None:
                already_there(lu, (*where, "id"), "fait", each.id, other.document.name)
                continue
            table[each.id] = FaitEcrit(each, lu.document, where, derive)


def _fact(lu: Lu, found: dict[str, Any], where: Where) -> Fait | None:
    type_, nom = found["type"], found["id"]
    if nom in _RESERVES or nom.startswith(CONJOINT):
        raise Faute((*where, "id"), f"« {nom} » est un mot réservé. Choisissez un autre identifiant.")
    choices = []
    for index, each in enumerate(found.get("choix") or ()):
        choice = lu.block(each, (*where, "choix", index), _CHOIX, "un choix")
        if choice is None:
            return None
        if choice["id"] in [other.id for other in choices]:
            raise Faute((*where, "choix", index), f"le choix « {choice['id']} » est écrit deux fois. Gardez-en un.")
        choices.append(Choix(choice["id"], choice["nom"]))
    if (type_ in ("choix", "plusieurs")) != bool(choices):
        advice = "Ajoutez-la." if not choices else "Enlevez-la, ou écrivez type: choix."
        raise Faute(
            (*where, "type"),
            f"un fait de type {type_} {'veut' if not choices else 'n’a pas'} une liste « choix ». {advice}",
        )
    if type_ == "age":
        found = {"unite": "ans", "min": 0, "max": 120} | found
    if type_ == "enfants":
        found = {"max": 12} | found
        if nom != "enfants":
            raise Faute((*where, "id"), "la liste des enfants s’appelle « enfants ». Écrivez id: enfants.")
    if type_ in ("montant", "nombre"):
        for key in ("min", "max", *(("unite",) if type_ == "montant" else ())):
            if key not in found:
                raise Faute(
                    where, f"il manque « {key} » au fait « {nom} ». Un montant inconnu va de min à max : ajoutez-la."
                )
        if found["min"] >= found["max"]:
            raise Faute(
                (*where, "min"), f"min ({found['min']:g}) doit être plus petit que max ({found['max']:g}). Corrigez."
            )
        for index, button in enumerate(found.get("boutons", ())):
            if not found["min"] <= button <= found["max"]:
                raise Faute((*where, "boutons", index), f"le bouton {button:g} est hors de min et max. Corrigez-le.")
    if "question" in found and found.get("de") == ADULTE and "question_conjoint" not in found:
        raise Faute(where, f"il manque « question_conjoint » au fait « {nom} » : on le demande aussi pour le conjoint.")
    if "question" in found and found.get("de") == ENFANT:
        raise Faute(
            (*where, "question"),
            "un fait d’enfant n’est pas demandé un par un. Enlevez la question, écrivez « derive: ».",
        )
    return Fait(
        nom,
        type_,
        found["nom"],
        theme=found.get("theme", "autre"),
        question=found.get("question"),
        aide=found.get("aide"),
        pourquoi=found.get("pourquoi"),
        sensible=SENSIBLE[found.get("sensible", "non")],
        effort=int(found.get("effort", 1)),
        ordre=int(found.get("ordre", 100)),
        unite=found.get("unite"),
        min=found.get("min"),
        max=found.get("max"),
        boutons=found.get("boutons", ()),
        choix=tuple(choices),
        de=found.get("de", FOYER),
        base=nom,
    )


def _both(fait: Fait, found: dict[str, Any]) -> list[Fait]:
    if fait.de != ADULTE:
        return [fait]
    spouse = replace(
        fait,
        id=f"{CONJOINT}{fait.id}",
        nom=found.get("nom_conjoint", fait.nom),
        question=found.get("question_conjoint"),
        conjoint=True,
    )
    return [fait, spouse]


def _derive(lu: Lu, fait: Fait | None, data: Any, where: Where) -> tuple[Cas, ...]:
    if data is None or fait is None:
        return ()
    if not isinstance(data, list):
        raise Faute(where, "« derive » est une liste : des lignes « - {si: …, valeur: …} ». Ajoutez les tirets.")
    cases = []
    for index, each in enumerate(data):
        here = (*where, index)
        found = lu.block(each, here, _CAS, "un cas de « derive »")
        if found is None:
            continue
        at = (*here, "valeur")
        value: Any = found["valeur"]
        if fait.type == "choix":
            value = _mask(fait, [value], at)
        elif fait.type == "plusieurs":
            value = _mask(fait, [] if value == "aucun" else value if isinstance(value, list) else [value], at)
        else:
            value = read(value, at)
            if value.mot == "nombre" and not value.args and not value.valeur[1]:
                # A bare number is counted in the unit of its fact.
                value = Ecrit(
                    "nombre", valeur=(value.valeur[0], parse_unit(fait.unite or "")), where=at, texte=value.texte
                )
        cases.append(Cas(read(found["si"], (*here, "si")), value, here))
    return tuple(cases)


def _mask(fait: Fait, words: list[str], where: Where) -> int:
    mask = 0
    for word in words:
        try:
            mask |= fait.bit(word)
        except KeyError:
            choices = [choix.id for choix in fait.choix]
            advice = suggestion(word, choices, f"Les choix sont : {', '.join(choices)}.")
            raise Faute(where, f"« {word} » n’est pas un choix de « {fait.id} ». {advice}") from None
    return mask


_CALCUL: lire.Cles = {
    "id": (lire.identifiant, True),
    "nom": (lire.texte, False),
    "pour": (lire.parmi(FOYER, ADULTE, ENFANT), False),
    "unite": (lire.unite, False),
    "precision": (lire.texte, False),
    "texte": (lire.texte, False),
    "source": (lire.texte, False),
    "formule": (read, False),
    "formules": (lire.brut, False),
    "depuis": (lire.jour, False),
}
_FORMULE: lire.Cles = {"depuis": (lire.jour, True), "formule": (read, True), "texte": (lire.texte, False)}


def read_calculs(lu: Lu, sources: Sources) -> None:
    """Take in a file of calculs."""
    for data, where in lu.each("calculs"):
        sources.declares |= declared(data)
        found = lu.block(data, where, _CALCUL, "un calcul")
        if found is None:
            continue
        nom = found["id"]
        formulas: list[tuple[date | None, Ecrit]] = []
        for index, each in enumerate(found.get("formules") or ()):
            dated = lu.block(each, (*where, "formules", index), _FORMULE, "une formule datée")
            if dated:
                formulas.append((dated["depuis"], dated["formule"]))
        if "formule" in found:
            formulas.append((found.get("depuis"), found["formule"]))
        if not formulas:
            lu.fault(where, f"il manque « formule » au calcul « {nom} ». Ajoutez-la.")
            continue
        if nom in sources.calculs or nom in sources.faits or nom in _RESERVES:
            other = sources.calculs.get(nom) or sources.faits.get(nom)
            already_there(lu, (*where, "id"), "nom", nom, other.document.name if other else "les mots des règles")
            continue
        unite = parse_unit(found["unite"]) if "unite" in found else None
        sources.calculs[nom] = CalculEcrit(
            nom, found.get("pour", FOYER), found.get("nom"), unite, tuple(formulas), lu.document, where
        )


_PIECE: lire.Cles = {"id": (lire.kebab, True), "nom": (lire.texte, True), "aide": (lire.texte, False)}


def read_pieces(lu: Lu) -> dict[str, Piece]:
    """Take in the list of documents one brings."""
    pieces: dict[str, Piece] = {}
    for data, where in lu.each("pieces"):
        found = lu.block(data, where, _PIECE, "une pièce")
        if found is None:
            continue
        if found["id"] in pieces:
            already_there(lu, (*where, "id"), "papier", found["id"], lu.document.name)
            continue
        pieces[found["id"]] = Piece(found["id"], found["nom"], found.get("aide"))
    return pieces
