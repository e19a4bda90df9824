"""How does a household written as one JSON object become a situation that the rules can judge?

The format is that of the reference households of OpenFisca: adults with monthly incomes, children, housing. A field that is
missing stays unknown, it never becomes zero or no; a field of the wrong kind is refused with a sentence that names it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from rules.model import CONJOINT, Enfant, Situation

_ACTIVITES = {
    "salarie": "salarie",
    "chomeur": "chomeur",
    "retraite": "retraite",
    "etudiant": "etudiant",
    "inactif": "sans",
    "handicape": "sans",
}
_NATIONALITES = {"FR": "francaise", "UE": "ue", "hors_UE": "hors_ue"}
_LOGEMENTS = {
    "locataire_hlm": "locataire_hlm",
    "locataire_prive": "locataire_prive",
    "proprietaire": "proprietaire",
    "heberge": "heberge",
    "sans": "sans",
}
# The amounts of the format and the facts they are; the first five tell which incomes there are.
_MONTANTS = {
    "salaire_net": "salaire_net",
    "chomage_net": "chomage_net",
    "retraite_nette": "retraite_nette",
    "pension_invalidite": "pension_invalidite",
    "pension_alimentaire": "pension_alimentaire",
    "salaire_brut": "salaire_brut",
    "salaire_net_imposable": "salaire_imposable",
    "chomage_imposable": "chomage_imposable",
    "retraite_brute": "retraite_brute",
    "retraite_imposable": "retraite_imposable",
}
_SORTES = {
    "salaire_net": "salaire",
    "chomage_net": "chomage",
    "retraite_nette": "retraite",
    "pension_invalidite": "invalidite",
    "pension_alimentaire": "pension_alim",
}
_SENIOR = 60


def situation(foyer: Mapping[str, Any]) -> Situation:
    """What a household's input fields say, results and labels left aside; ValueError in French names the field that is wrong."""
    if not isinstance(foyer, Mapping):
        raise ValueError("un foyer est un objet JSON entre accolades.")
    adultes = _list(foyer, "adultes")
    if adultes is not None and not 1 <= len(adultes) <= 2:
        raise ValueError(f"adultes : {len(adultes)} personne(s), il en faut une ou deux.")
    faits: dict[str, Any] = {"revenus_stables": True, "rattache_parents": False}
    _put(faits, "couple", _read(foyer, "couple", _yes_no, "couple"))
    if adultes is not None:
        faits.setdefault("couple", len(adultes) == 2)
        if faits["couple"] != (len(adultes) == 2):
            raise ValueError("couple : ne va pas avec le nombre d’adultes.")
        for place, adulte in enumerate(adultes):
            _adult(faits, adulte, f"adultes[{place}]", CONJOINT if place else "")
        _situations(faits, adultes)
    _put(faits, "isolement_recent", _read(foyer, "isolement_recent", _yes_no, "isolement_recent"))
    enfants = _list(foyer, "enfants")
    if enfants is not None:
        faits["enfants"] = tuple(_child(each, f"enfants[{place}]") for place, each in enumerate(enfants))
    _housing(faits, foyer)
    _put(faits, "rfr", _read(_object(foyer, "intermediaires"), "rfr_2024", _amount, "intermediaires.rfr_2024"))
    _put(faits, "rfr", _read(foyer, "rfr_2024", _amount, "rfr_2024"))
    return Situation(faits)


def _adult(faits: dict[str, Any], adulte: Any, ou: str, prefixe: str) -> None:
    if not isinstance(adulte, Mapping):
        raise ValueError(f"{ou} : il faut un objet JSON.")

    def put(fait: str, cle: str, lire: Callable[[Any, str], Any]) -> None:
        _put(faits, prefixe + fait, _read(adulte, cle, lire, f"{ou}.{cle}"))

    put("age", "age", _whole)
    put("naissance", "date_naissance", _day)
    put("activite", "activite", _one_of(_ACTIVITES))
    if (activite := faits.get(f"{prefixe}activite")) is not None:
        faits[f"{prefixe}etudiant"] = activite == "etudiant"
    put("boursier", "boursier", _yes_no)
    put("travail_2_ans", "a_travaille_2_ans_sur_3", _yes_no)
    put("nationalite", "nationalite", _one_of(_NATIONALITES))
    put("sejour_annees", "titre_sejour_annees", _amount)
    if faits.get(f"{prefixe}sejour_annees") is not None:
        faits[f"{prefixe}titre_sejour"] = True
    if "handicap" in adulte:
        _handicap(faits, adulte["handicap"], f"{ou}.handicap", prefixe)
    revenus = _object(adulte, "revenus_mensuels", ou)
    for cle, fait in _MONTANTS.items():
        _put(faits, prefixe + fait, _read(revenus, cle, _amount, f"{ou}.revenus_mensuels.{cle}"))
    if all(prefixe + _MONTANTS[cle] in faits for cle in _SORTES):
        faits[f"{prefixe}revenus"] = frozenset(
            sorte for cle, sorte in _SORTES.items() if faits[prefixe + _MONTANTS[cle]] > 0
        )


def _handicap(faits: dict[str, Any], handicap: Any, ou: str, prefixe: str) -> None:
    if handicap is None:
        faits[f"{prefixe}incapacite"] = "aucune"
        faits[f"{prefixe}rsdae"] = False
        return
    if not isinstance(handicap, Mapping):
        raise ValueError(f"{ou} : il faut null, ou un objet avec taux_incapacite et rsdae.")
    taux = _read(handicap, "taux_incapacite", _amount, f"{ou}.taux_incapacite")
    if taux is not None:
        faits[f"{prefixe}incapacite"] = "taux_80" if taux >= 0.8 else "taux_50" if taux >= 0.5 else "moins_50"
    _put(faits, f"{prefixe}rsdae", _read(handicap, "rsdae", _yes_no, f"{ou}.rsdae"))


def _situations(faits: dict[str, Any], adultes: list[Mapping[str, Any]]) -> None:
    """What the boxes « dans votre foyer, y a-t-il » would be, when every adult says enough to tick or leave each."""
    enceintes = [_read(each, "enceinte", _yes_no, "adultes.enceinte") for each in adultes]
    if any(enceintes):
        faits["enceinte"] = True
    elif None not in enceintes:
        faits["enceinte"] = False
    prefixes = ("", CONJOINT)[: len(adultes)]
    needed = [f"{prefixe}{fait}" for prefixe in prefixes for fait in ("etudiant", "incapacite", "age")]
    if "enceinte" in faits and all(fait in faits for fait in needed):
        boxes = {
            "enceinte": faits["enceinte"],
            "etudiant": any(faits[f"{prefixe}etudiant"] for prefixe in prefixes),
            "handicap": any(faits[f"{prefixe}incapacite"] != "aucune" for prefixe in prefixes),
            "senior": any(faits[f"{prefixe}age"] >= _SENIOR for prefixe in prefixes),
        }
        faits["situations"] = frozenset(box for box, ticked in boxes.items() if ticked)


def _child(enfant: Any, ou: str) -> Enfant:
    if not isinstance(enfant, Mapping):
        raise ValueError(f"{ou} : il faut un objet JSON.")
    valeurs: dict[str, Any] = {}
    _put(valeurs, "age", _read(enfant, "age", _whole, f"{ou}.age"))
    _put(valeurs, "naissance", _read(enfant, "date_naissance", _day, f"{ou}.date_naissance"))
    _put(valeurs, "revenu", _read(enfant, "salaire_net", _amount, f"{ou}.salaire_net"))
    return Enfant(valeurs)


def _housing(faits: dict[str, Any], foyer: Mapping[str, Any]) -> None:
    logement = _object(foyer, "logement")
    _put(faits, "logement", _read(logement, "statut", _one_of(_LOGEMENTS), "logement.statut"))
    if faits.get("logement") == "heberge" and _read(logement, "chez_parents", _yes_no, "logement.chez_parents"):
        faits["logement"] = "parents"
    _put(faits, "loyer", _read(logement, "loyer", _amount, "logement.loyer"))


def _put(faits: dict[str, Any], fait: str, valeur: Any) -> None:
    if valeur is not None:
        faits[fait] = valeur


def _read(objet: Mapping[str, Any], cle: str, lire: Callable[[Any, str], Any], ou: str) -> Any:
    """The value of a key, None when it is missing or null: what is not said is unknown."""
    valeur = objet.get(cle)
    return None if valeur is None else lire(valeur, ou)


def _object(objet: Mapping[str, Any], cle: str, ou: str = "") -> Mapping[str, Any]:
    valeur = objet.get(cle)
    if valeur is None:
        return {}
    if not isinstance(valeur, Mapping):
        raise ValueError(f"{f'{ou}.' if ou else ''}{cle} : il faut un objet JSON.")
    return valeur


def _list(objet: Mapping[str, Any], cle: str) -> list[Any] | None:
    valeur = objet.get(cle)
    if valeur is not None and not isinstance(valeur, list):
        raise ValueError(f"{cle} : il faut une liste entre crochets.")
    return valeur


def _amount(valeur: Any, ou: str) -> float:
    if isinstance(valeur, bool) or not isinstance(valeur, int | float) or not 0 <= valeur < float("inf"):
        raise ValueError(f"{ou} : « {valeur} » n’est pas un nombre positif.")
    return float(valeur)


def _whole(valeur: Any, ou: str) -> int:
    if isinstance(valeur, bool) or not isinstance(valeur, int) or not 0 <= valeur <= 120:
        raise ValueError(f"{ou} : « {valeur} » n’est pas un âge en années.")
    return valeur


def _yes_no(valeur: Any, ou: str) -> bool:
    if not isinstance(valeur, bool):
        raise ValueError(f"{ou} : « {valeur} » n’est ni true ni false.")
    return valeur


def _day(valeur: Any, ou: str) -> date:
    try:
        return date.fromisoformat(valeur)
    except (TypeError, ValueError):
        raise ValueError(f"{ou} : « {valeur} » n’est pas une date comme 1990-05-31.") from None


def _one_of(table: Mapping[str, str]) -> Callable[[Any, str], str]:
    def lire(valeur: Any, ou: str) -> str:
        if not isinstance(valeur, str) or valeur not in table:
            raise ValueError(f"{ou} : « {valeur} » est inconnu. Possible : {', '.join(table)}.")
        return table[valeur]

    return lire
