"""What is written in the files of barèmes? Dated values of one form: a number, a table by size, boxes, slices."""

from __future__ import annotations

from typing import Any

from directory.datafile import Where
from rules import lecture as lire
from rules.formula import Faute
from rules.lecture import Lu, already_there, declared
from rules.model import Bareme, ValeurBareme
from rules.sources import BaremeEcrit, Sources

FORMES = ("valeur", "par_taille", "grille", "tranches")
_BAREME: lire.Cles = {
    "id": (lire.identifiant, True),
    "nom": (lire.texte, True),
    "unite": (lire.unite, False),
    "precision": (lire.texte, False),
    "taille": (lire.unite, False),
    "argument": (lire.unite, False),
    "jusqu_a": (lire.jour, False),
    "valeurs": (lire.liste(lire.brut), True),
}
_VALEUR: lire.Cles = {
    "depuis": (lire.jour, True),
    "texte": (lire.texte, True),
    "source": (lire.texte, True),
    "verifie_le": (lire.jour, False),
    "remarque": (lire.texte, False),
    **dict.fromkeys(FORMES, (lire.brut, False)),
}


def read_baremes(lu: Lu, sources: Sources) -> None:
    """Take in a file of barèmes: dated values of one form."""
    for data, where in lu.each("baremes"):
        sources.declares |= declared(data)
        found = lu.block(data, where, _BAREME, "un barème")
        if found is None:
            continue
        nom = found["id"]
        values: list[ValeurBareme] = []
        forms = set()
        try:
            for index, each in enumerate(found["valeurs"]):
                here = (*where, "valeurs", index)
                dated = lu.block(each, here, _VALEUR, "une valeur de barème")
                if dated is None:
                    continue
                given = [forme for forme in FORMES if forme in dated]
                if len(given) != 1:
                    raise Faute(here, f"une valeur de barème porte une seule des clés {', '.join(FORMES)}. Corrigez.")
                forms.add(given[0])
                value = _FORMES[given[0]](dated[given[0]], (*here, given[0]))
                values.append(
                    ValeurBareme(dated["depuis"], value, dated["texte"], dated["source"], dated.get("verifie_le"))
                )
            if len(forms) > 1:
                raise Faute(
                    where, f"le barème « {nom} » change de forme ({', '.join(sorted(forms))}). Gardez-en une seule."
                )
            days = [value.depuis for value in values]
            for index, one in enumerate(days):
                if one in days[:index]:
                    raise Faute(
                        (*where, "valeurs", index),
                        f"deux valeurs commencent le {one}. Gardez celle du texte en vigueur.",
                    )
        except Faute as fault:
            lu.fault(fault.where, fault.message)
            continue
        if not values:
            continue
        if nom in sources.baremes:
            already_there(lu, (*where, "id"), "barème", nom, sources.baremes[nom].document.name)
            continue
        values.sort(key=lambda value: value.depuis)
        argument = found.get("taille") or found.get("argument") or ""
        bareme = Bareme(
            nom, found["nom"], forms.pop(), found.get("unite", ""), argument, tuple(values), found.get("jusqu_a")
        )
        sources.baremes[nom] = BaremeEcrit(bareme, lu.document, where)


def _table(data: Any, where: Where) -> tuple[int, tuple[float, ...], float]:
    """`{1: a, 2: b, de_plus: c}`: the first size, the values, what each further one adds."""
    if not isinstance(data, dict) or "de_plus" not in data or len(data) < 2:
        raise Faute(where, "« par_taille » s’écrit {1: a, 2: b, de_plus: c}. Ajoutez ce qui manque.")
    more = lire.nombre(data["de_plus"], (*where, "de_plus"))
    sizes = [key for key in data if key != "de_plus"]
    if not all(size.isdigit() for size in sizes):
        raise Faute(where, "les tailles d’une table sont des nombres entiers : 1, 2, 3… Corrigez la clé.")
    numbers = [int(size) for size in sizes]
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        raise Faute(where, "il manque une taille dans la table. Écrivez-les à la suite : 1, 2, 3…")
    return numbers[0], tuple(lire.nombre(data[size], (*where, size)) for size in sizes), more


def _boxes(data: Any, where: Where) -> tuple[tuple[float, bool, float], ...]:
    """`[{moins_de: a, valeur: x}, {sinon: y}]`: the end of each box, whether it is in it, its value."""
    if not isinstance(data, list) or not data or not isinstance(data[-1], dict) or list(data[-1]) != ["sinon"]:
        raise Faute(where, "« grille » est une liste qui finit par {sinon: …}. Ajoutez ce cas.")
    boxes = []
    for index, each in enumerate(data[:-1]):
        here = (*where, index)
        end = next((key for key in ("moins_de", "jusqu_a") if isinstance(each, dict) and key in each), None)
        if end is None or "valeur" not in each or len(each) != 2:
            raise Faute(here, "une case s’écrit {moins_de: a, valeur: x} ou {jusqu_a: a, valeur: x}. Corrigez-la.")
        boxes.append((lire.nombre(each[end], here), end == "jusqu_a", lire.nombre(each["valeur"], here)))
    _rising([box[0] for box in boxes], where)
    return (*boxes, (float("inf"), True, lire.nombre(data[-1]["sinon"], where)))


def _slices(data: Any, where: Where) -> tuple[tuple[float, float], ...]:
    """`[{jusqu_a: a, taux: x}, {taux: y}]`: the end of each slice and its rate."""
    if not isinstance(data, list) or not data or not all(isinstance(each, dict) and "taux" in each for each in data):
        raise Faute(where, "« tranches » est une liste de {jusqu_a: a, taux: x}, la dernière {taux: y}. Corrigez-la.")
    if "jusqu_a" in data[-1] or not all("jusqu_a" in each for each in data[:-1]):
        raise Faute(where, "toutes les tranches ont « jusqu_a », sauf la dernière. Corrigez la liste.")
    slices = [(lire.nombre(each["jusqu_a"], where), lire.nombre(each["taux"], where)) for each in data[:-1]]
    _rising([end for end, _ in slices], where)
    if any(rate < 0 for _, rate in slices):
        raise Faute(where, "un taux de tranche ne peut pas être sous 0. Corrigez-le.")
    return (*slices, (float("inf"), lire.nombre(data[-1]["taux"], where)))


def _rising(ends: list[float], where: Where) -> None:
    if ends != sorted(set(ends)):
        raise Faute(where, "les limites doivent monter de ligne en ligne. Remettez-les dans l’ordre.")


_FORMES = {"valeur": lire.nombre, "par_taille": _table, "grille": _boxes, "tranches": _slices}
