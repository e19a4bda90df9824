"""What is written in the file of a right? From its keys to the right and the formulas that will be compiled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from directory.datafile import Where, suggestion
from directory.vocabulary import Vocabulaire
from rules import lecture as lire
from rules.formula import Ecrit, Faute, read
from rules.lecture import Lu
from rules.model import (
    PEU_PROBABLE,
    POSSIBLE,
    PROBABLE,
    Demande,
    Droit,
    Exemple,
    Fait,
    Piece,
    Situation,
    Texte,
    Variante,
)
from rules.situation import read_value
from rules.sources import DroitEcrit

CALCULE, DECRIT = "calcule", "decrit"

_DROIT: lire.Cles = {
    "id": (lire.kebab, True),
    "nom": (lire.texte, True),
    "sigle": (lire.texte, False),
    "besoins": (lire.liste(lire.texte), True),
    "defi": (lire.texte, True),
    "resume": (lire.texte, True),
    "sorte": (lire.parmi(CALCULE, DECRIT), True),
    "depuis": (lire.jour, True),
    "jusqu_a": (lire.jour, False),
    "textes": (lire.brut, True),
    "suit": (lire.liste(lire.kebab), False),
    "exclut": (lire.liste(lire.kebab), False),
    "hors_champ": (lire.brut, False),
    "conditions": (lire.brut, True),
    "montant": (lire.brut, False),
    "variantes": (lire.brut, False),
    "au_plus": (lire.parmi(POSSIBLE), False),
    "pourquoi_au_plus": (lire.texte, False),
    "pieces": (lire.liste(lire.kebab), False),
    "pieces_si": (lire.brut, False),
    "demande": (lire.brut, True),
    "lien": (lire.lien, False),
    "verifie_le": (lire.jour, True),
    "exemples": (lire.brut, True),
    "note_interne": (lire.texte, False),
}
_TEXTE: lire.Cles = {"id": (lire.kebab, True), "nom": (lire.texte, True), "lien": (lire.lien, False)}
_HORS_CHAMP: lire.Cles = {"condition": (read, True), "dit": (lire.texte, True)}
_MONTANT: lire.Cles = {"formule": (read, True), "unite": (lire.unite, True), "nom": (lire.texte, False)}
_VARIANTE: lire.Cles = {"id": (lire.kebab, True), "nom": (lire.texte, True), "condition": (read, True)}
_PIECES_SI: lire.Cles = {"si": (read, True), "pieces": (lire.liste(lire.kebab), True)}
_DEMANDE: lire.Cles = {
    "types": (lire.liste(lire.texte), False),
    "besoins": (lire.liste(lire.texte), False),
    "lien": (lire.lien, False),
    "telephone": (lire.texte, False),
    "comment": (lire.texte, False),
}
_EXEMPLE: lire.Cles = {
    "nom": (lire.texte, True),
    "situation": (lire.brut, True),
    "verdict": (lire.parmi(PROBABLE, POSSIBLE, PEU_PROBABLE), True),
    "manquants": (lire.liste(lire.texte), False),
    "variante": (lire.texte, False),
    "montant": (lire.brut, False),
    "le": (lire.jour, False),
}


def read_right(
    lu: Lu,
    faits: Mapping[str, Fait],
    champs: Mapping[str, Fait],
    declares: set[str],
    pieces: Mapping[str, Piece] | None,
    vocabulaire: Vocabulaire | None,
) -> DroitEcrit | None:
    """The right of a file, None when something of it cannot be used; every fault is told. `declares` are the facts that have a
    fault of their own: an example may name them. Documents are not checked when their list could not be read (None)."""
    found = lu.block(lu.document.data, (), _DROIT, "un droit")
    if found is None:
        return None
    before = len(lu.problems)
    stem = lu.document.path.stem
    if found["id"] != stem:
        lu.fault(("id",), f"l’identifiant « {found['id']} » n’est pas le nom du fichier. Écrivez « {stem} ».")
    if "jusqu_a" in found and found["jusqu_a"] < found["depuis"]:
        lu.fault(("jusqu_a",), "la fin (jusqu_a) vient avant le début (depuis). Corrigez l’une des deux dates.")
    try:
        textes = _texts(lu, found["textes"])
        conditions = _conditions(found["conditions"])
        _check_texts(lu, conditions, {texte.id for texte in textes})
        beside = _beside(lu, found)
        demande = lu.block(found["demande"], ("demande",), _DEMANDE, "la demande")
    except Faute as fault:
        lu.fault(fault.where, fault.message)
        return None
    _links(lu, found, demande or {}, pieces, vocabulaire)
    if demande is not None and not (demande.get("types") or demande.get("besoins")):
        lu.fault(
            ("demande",), "ce droit ne mène à aucune porte. Ajoutez « types: [caf, france-services] » ou « besoins: »."
        )
    examples = _examples(lu, found["exemples"], faits, champs, declares)
    if len(lu.problems) > before or demande is None:
        return None
    droit = Droit(
        id=found["id"],
        nom=found["nom"],
        besoins=found["besoins"],
        defi=int(found["defi"]),
        resume=found["resume"],
        sorte=found["sorte"],
        textes=textes,
        depuis=found["depuis"],
        verifie_le=found["verifie_le"],
        lien=found.get("lien"),
        sigle=found.get("sigle"),
        jusqu_a=found.get("jusqu_a"),
        suit=found.get("suit", ()),
        exclut=found.get("exclut", ()),
        au_plus=found.get("au_plus"),
        pourquoi_au_plus=found.get("pourquoi_au_plus"),
        pieces=found.get("pieces", ()),
        demande=Demande(
            demande.get("types", ()),
            demande.get("besoins", ()) or found["besoins"],
            demande.get("lien"),
            demande.get("telephone"),
            demande.get("comment"),
        ),
        variantes=tuple(Variante(each["id"], each["nom"]) for each in beside["variantes"]),
        exemples=examples,
    )
    montant = beside["montant"]
    return DroitEcrit(
        droit,
        lu.document,
        conditions,
        tuple((each["condition"], each["dit"]) for each in beside["hors_champ"]),
        (montant["formule"], montant["unite"], montant.get("nom")) if montant else None,
        tuple((each["id"], each["condition"]) for each in beside["variantes"]),
        tuple((each["si"], each["pieces"]) for each in beside["pieces_si"]),
    )


def _conditions(data: Any) -> Ecrit:
    if data in ([], {}, ""):
        raise Faute(
            ("conditions",), "il n’y a aucune condition. Écrivez « toutes: » et une ligne « - … » par condition."
        )
    return read(data, ("conditions",))


def _texts(lu: Lu, data: Any) -> tuple[Texte, ...]:
    if not isinstance(data, list) or not data:
        raise Faute(("textes",), "il faut au moins un texte de loi. Ajoutez « - {id: …, nom: …, lien: …} ».")
    found = [lu.block(each, ("textes", index), _TEXTE, "un texte de loi") for index, each in enumerate(data)]
    return tuple(Texte(each["id"], each["nom"], each.get("lien")) for each in found if each)


def _check_texts(lu: Lu, conditions: Ecrit, known: set[str]) -> None:
    for node in conditions.walk():
        cited = node.meta.get("texte")
        if cited is not None and cited not in known:
            advice = suggestion(cited, known, f"Les textes de ce droit : {', '.join(sorted(known))}.")
            lu.fault((*node.where, "texte"), f"le texte « {cited} » n’est pas dans « textes ». {advice}")


def _beside(lu: Lu, found: dict[str, Any]) -> dict[str, Any]:
    """What a right has beside its conditions: cases not computed, variants, documents, amount."""
    result: dict[str, Any] = {}
    for key, table, what in (
        ("hors_champ", _HORS_CHAMP, "un cas hors champ"),
        ("variantes", _VARIANTE, "une variante"),
        ("pieces_si", _PIECES_SI, "une ligne de « pieces_si »"),
    ):
        data = found.get(key, [])
        if not isinstance(data, list):
            raise Faute((key,), f"« {key} » doit être une liste. Mettez un tiret devant chaque élément.")
        blocks = [lu.block(each, (key, index), table, what) for index, each in enumerate(data)]
        result[key] = [block for block in blocks if block]
    result["montant"] = lu.block(found["montant"], ("montant",), _MONTANT, "le montant") if "montant" in found else None
    return result


def _links(
    lu: Lu,
    found: dict[str, Any],
    demande: dict[str, Any],
    pieces: Mapping[str, Piece] | None,
    vocabulaire: Vocabulaire | None,
) -> None:
    def check(where: Where, what: str, words: tuple[str, ...], accepted: Any, advice: str) -> None:
        for index, word in enumerate(words):
            if word not in accepted:
                near = suggestion(word, accepted, advice)
                lu.fault((*where, index), f"{what} « {word} » n’est pas dans la liste. {near}")

    if pieces is not None:
        advice = "Ajoutez-le dans rules/data/pieces.yaml."
        check(("pieces",), "le papier", found.get("pieces", ()), pieces, advice)
        for index, each in enumerate(found.get("pieces_si", ())):
            words = tuple(each.get("pieces", ())) if isinstance(each, dict) else ()
            check(("pieces_si", index, "pieces"), "le papier", words, pieces, advice)
    if not found["besoins"]:
        lu.fault(("besoins",), "il faut au moins un besoin : celui auquel ce droit répond. Ajoutez-le.")
    if vocabulaire is None:
        return
    advice = "Les besoins sont dans directory/data/vocabulaire/besoins.yaml."
    check(("besoins",), "le besoin", found["besoins"], vocabulaire.besoins, advice)
    check(("demande", "besoins"), "le besoin", demande.get("besoins", ()), vocabulaire.besoins, advice)
    advice = "Les types de lieux sont dans directory/data/vocabulaire/types.yaml."
    check(("demande", "types"), "le type de lieu", demande.get("types", ()), vocabulaire.types, advice)
    first = vocabulaire.besoins.get(found["besoins"][0]) if found["besoins"] else None
    if found["defi"] not in vocabulaire.ids("defis"):
        lu.fault(("defi",), f"le défi « {found['defi']} » n’existe pas. Écrivez un nombre de 1 à 11.")
    elif first is not None and str(first.defi) != found["defi"]:
        message = f"le besoin « {first.id} » est du défi {first.defi}, pas du défi {found['defi']}. Écrivez defi: {first.defi}."
        lu.fault(("defi",), message)


def _examples(
    lu: Lu, data: Any, faits: Mapping[str, Fait], champs: Mapping[str, Fait], declares: set[str]
) -> tuple[Exemple, ...]:
    if not isinstance(data, list):
        lu.fault(("exemples",), "« exemples » est une liste de situations. Mettez un tiret devant chaque exemple.")
        return ()
    examples = []
    for index, each in enumerate(data):
        where = ("exemples", index)
        found = lu.block(each, where, _EXEMPLE, "un exemple")
        if found is None:
            continue
        situation = _situation(lu, found["situation"], (*where, "situation"), faits, champs, declares)
        if situation is None:
            continue
        examples.append(
            Exemple(
                found["nom"],
                situation,
                found["verdict"],
                found.get("manquants"),
                found.get("variante"),
                _amount(lu, found.get("montant"), (*where, "montant")),
                found.get("le"),
            )
        )
    return tuple(examples)


def _situation(
    lu: Lu, data: Any, where: Where, faits: Mapping[str, Fait], champs: Mapping[str, Fait], declares: set[str]
) -> Situation | None:
    if not isinstance(data, dict):
        lu.fault(where, "une situation s’écrit {fait: valeur, …}, ou {} quand on ne sait rien. Corrigez-la.")
        return None
    values: dict[str, Any] = {}
    for key, value in data.items():
        fait = faits.get(key)
        if fait is None and key in declares:
            return None
        if fait is None:
            lu.fault(
                (*where, key),
                f"le fait « {key} » n’est pas connu. " + suggestion(key, faits, "Voyez rules/data/faits."),
            )
            return None
        try:
            values[key] = read_value(fait, value, champs)
        except ValueError as error:
            lu.fault((*where, key), f"{key} : {error}")
            return None
    return Situation(values)


def _amount(lu: Lu, data: Any, where: Where) -> tuple[float, float] | None:
    if data is None:
        return None
    try:
        if isinstance(data, list):
            low, high = (lire.nombre(each, where) for each in data)
            return low, high
        return lire.nombre(data, where), lire.nombre(data, where)
    except (Faute, ValueError):
        lu.fault(where, "le montant attendu est un nombre, ou deux bornes [bas, haut]. Corrigez-le.")
        return None
