"""What does a formula say? From the text `salaire_net * 12 <= plafond` or its YAML words to one tree of words.

Python's own parser does the work, after the French words were put in its spelling; only names, numbers, calls and operators
are let through.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from directory.datafile import Where
from rules import units

NOMBRE, NOM, JOUR, JOUR_ANNEE, OUI, APPEL_BAREME = "nombre", "nom", "jour", "jour_annee", "oui", "bareme"


class Faute(Exception):
    """A fault of a rule: the place in the file (a path of keys), what is wrong, what to do."""

    def __init__(self, where: Where, message: str) -> None:
        self.where, self.message = where, message
        super().__init__(message)


@dataclass(slots=True)
class Ecrit:
    """A word with its arguments, as written. `valeur` is what a leaf holds; `meta` is what a condition says of itself."""

    mot: str
    args: tuple[Ecrit, ...] = ()
    valeur: Any = None
    where: Where = ()
    texte: str = ""
    meta: dict[str, Any] = field(default_factory=dict)

    def walk(self):
        """This node and all below it."""
        yield self
        for arg in self.args:
            yield from arg.walk()


NOMBRE_MAX = 1e12

MOIS = {
    nom: numero
    for numero, nom in enumerate(
        [
            "janvier",
            "fevrier",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "aout",
            "septembre",
            "octobre",
            "novembre",
            "decembre",
        ],
        start=1,
    )
} | {"février": 2, "août": 8, "décembre": 12}

_UNITE = r"(?:EUR|€|euros?|ans?|mois|jours?|heures?)(?:/(?:EUR|ans?|mois|jours?|heures?|personnes?|enfants?))*"
_JETONS = re.compile(
    r"(?P<jour>\d{4}-\d\d-\d\d)"
    rf"|(?P<fete>\d{{1,2}}(?:er)?\s+(?:{'|'.join(MOIS)})\b)"
    rf"|(?P<avec>(?<![\w.])\d+(?:\.\d+)?\s*(?:%|{_UNITE}(?![\w(])))"
    r"|(?P<n_est>\bn['’]est\s+pas\b)"
    r"|(?P<pas_parmi>\bpas\s+parmi\b)"
    r"|(?P<est_oui>\best\s+oui\b)|(?P<est_non>\best\s+non\b)"
    r"|(?P<mot>\b(?:est|parmi|contient|et|ou|non|oui)\b)"
    r"|(?P<egal>(?<![<>!=])=(?!=))"
    r"|(?P<python>\b(?:and|or|not|in|is|if|else|for|lambda|await|yield|None|True|False|def|class|return|import|from|as|del|"
    r"pass|while|with|try|global|assert|break|continue|except|finally|raise|elif|nonlocal|async)\b)"
)
_MOTS = {"est": "==", "parmi": "in", "contient": ">>", "et": "and", "ou": "or", "non": "not", "oui": "_oui_()"}

_COMPARAISONS = {
    ast.Lt: "inferieur",
    ast.LtE: "au_plus",
    ast.Gt: "superieur",
    ast.GtE: "au_moins_egal",
    ast.Eq: "egal",
    ast.NotEq: "different",
    ast.In: "parmi",
    ast.NotIn: "pas_parmi",
}
_OPERATIONS = {ast.Add: "somme", ast.Sub: "moins", ast.Mult: "produit", ast.Div: "division", ast.RShift: "contient"}


def parse(text: str, where: Where) -> Ecrit:
    """The tree of a formula. Raises Faute."""
    spelled = _JETONS.sub(lambda match: _spell(match, where), text)
    if text.strip() == "non":
        spelled = "_non_()"
    try:
        tree = ast.parse(spelled.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise Faute(where, _unreadable(text)) from None
    return _node(tree, where, text)


def read(data: Any, where: Where) -> Ecrit:
    """The tree of what a YAML key holds: a formula, or a word with its arguments. Raises Faute."""
    if isinstance(data, str):
        return parse(data, where)
    if isinstance(data, list):
        raise Faute(
            where, "il manque un mot devant la liste. Écrivez par exemple « toutes: » ou « une_de: » au-dessus."
        )
    if "condition" in data:
        return _condition(data, where)
    if "si" in data:
        _only(data, ("si", "alors", "sinon"), where)
        args = tuple(read(_needed(data, key, where), (*where, key)) for key in ("si", "alors", "sinon"))
        return Ecrit("si", args, where=where, texte="si …")
    if len(data) != 1:
        raise Faute(
            where, f"il y a {len(data)} mots ensemble ({', '.join(data)}). Mettez chaque condition après son tiret."
        )
    ((mot, value),) = data.items()
    if mot == "selon":
        return _selon(value, (*where, mot))
    below = (*where, mot)
    if isinstance(value, list):
        args = tuple(read(each, (*below, index)) for index, each in enumerate(value))
    else:
        args = (read(value, below),)
    return Ecrit(mot, args, where=below, texte=f"{mot}: …")


def _condition(data: dict[str, Any], where: Where) -> Ecrit:
    _only(data, ("condition", "nom", "dit", "texte", "marge", "depuis", "jusqu_a"), where)
    inner = read(data["condition"], (*where, "condition"))
    meta: dict[str, Any] = {key: data[key] for key in ("nom", "dit", "texte") if key in data}
    if "marge" in data:
        match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*%", str(data["marge"]))
        if not match or not 0 < float(match[1]) < 50:
            raise Faute((*where, "marge"), f"la marge « {data['marge']} » ne se lit pas. Écrivez par exemple 3 %.")
        meta["marge"] = float(match[1]) / 100
    for key in ("depuis", "jusqu_a"):
        if key in data:
            meta[key] = day(data[key], (*where, key))
    return Ecrit("condition", (inner,), where=where, texte=inner.texte, meta=meta)


def _selon(value: Any, where: Where) -> Ecrit:
    if not isinstance(value, list) or len(value) < 2:
        raise Faute(where, "« selon » veut une liste : des lignes « - {si: …, alors: …} », puis « - sinon: … ».")
    args: list[Ecrit] = []
    for index, case in enumerate(value):
        here = (*where, index)
        last = index == len(value) - 1
        if last:
            if not isinstance(case, dict) or list(case) != ["sinon"]:
                raise Faute(here, "« selon » doit finir par « - sinon: … ». Ajoutez ce cas.")
            args.append(read(case["sinon"], (*here, "sinon")))
            continue
        if not isinstance(case, dict):
            raise Faute(here, "ce cas ne se lit pas. Écrivez « - {si: …, alors: …} ».")
        _only(case, ("si", "alors"), here)
        args.append(read(_needed(case, "si", here), (*here, "si")))
        args.append(read(_needed(case, "alors", here), (*here, "alors")))
    return Ecrit("selon", tuple(args), where=where, texte="selon: …")


def day(text: Any, where: Where) -> date:
    """A day written year-month-day. Raises Faute."""
    try:
        if isinstance(text, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return date.fromisoformat(text)
    except ValueError:
        raise Faute(where, f"« {text} » n’existe pas dans le calendrier. Corrigez le jour ou le mois.") from None
    raise Faute(where, f"« {text} » n’est pas une date. Écrivez année-mois-jour, par exemple 2026-04-01.")


def _only(data: dict[str, Any], accepted: tuple[str, ...], where: Where) -> None:
    from directory.datafile import suggestion

    for key in data:
        if key not in accepted:
            advice = suggestion(key, accepted, f"Ici on peut écrire : {', '.join(accepted)}.")
            raise Faute((*where, key), f"« {key} » n’est pas connu ici. {advice}")


def _needed(data: dict[str, Any], key: str, where: Where) -> Any:
    if key not in data:
        raise Faute(where, f"il manque « {key}: ». Ajoutez-le.")
    return data[key]


def _spell(match: re.Match[str], where: Where) -> str:
    kind, found = match.lastgroup, match[0]
    if kind == "mot":
        return f" {_MOTS[found]} "
    if kind == "jour":
        return f"_jour_({day(found, where).toordinal()})"
    if kind == "fete":
        number, nom = found.replace("er", "", 1).split() if "er " in found else found.split()
        return f"_fete_({MOIS[nom]}, {int(number)})"
    if kind == "avec":
        digits = re.match(r"\d+(?:\.\d+)?", found)[0]
        unite = found[len(digits) :].strip()
        return f'_avec_({digits.lstrip("0") if "." not in digits and digits.strip("0") else digits}, "{unite}")'
    if kind == "python":
        raise Faute(where, f"« {found} » n’est pas un mot des règles. Écrivez et, ou, non, parmi.")
    return {"n_est": " != ", "pas_parmi": " not in ", "est_oui": " == _oui_()", "est_non": " == _non_()", "egal": "=="}[
        kind
    ]


def _node(node: ast.expr, where: Where, text: str) -> Ecrit:
    def make(mot: str, *args: ast.expr, valeur: Any = None) -> Ecrit:
        return Ecrit(mot, tuple(_node(arg, where, text) for arg in args), valeur, where, _said(text))

    kind = type(node)
    if kind is ast.Name:
        return make(NOM, valeur=node.id)
    if kind is ast.Constant and type(node.value) in (int, float):
        if not node.value < NOMBRE_MAX:
            raise Faute(where, f"le nombre de « {_said(text)[:40]}… » est bien trop grand. Corrigez-le.")
        return make(NOMBRE, valeur=(float(node.value), units.SANS))
    if kind is ast.BinOp and type(node.op) in _OPERATIONS:
        return make(_OPERATIONS[type(node.op)], node.left, node.right)
    if kind is ast.UnaryOp and type(node.op) in (ast.Not, ast.USub):
        return make("non" if type(node.op) is ast.Not else "oppose", node.operand)
    if kind is ast.BoolOp:
        return make("toutes" if type(node.op) is ast.And else "une_de", *node.values)
    if kind is ast.Compare:
        return _compare(node, where, text, make)
    if kind is ast.Attribute and type(node.value) is ast.Name:
        return make(NOM, valeur=f"{node.value.id}.{node.attr}")
    if kind is ast.Call and type(node.func) is ast.Name and not node.keywords:
        return _call(node, where, make)
    if kind is ast.Tuple:
        raise Faute(
            where, f"une virgule n’est pas à sa place dans « {_said(text)} ». Un nombre s’écrit avec un point : 0.5."
        )
    raise Faute(where, _unreadable(text))


def _compare(node: ast.Compare, where: Where, text: str, make: Any) -> Ecrit:
    if len(node.ops) > 1:
        raise Faute(
            where, f"deux comparaisons à la suite dans « {_said(text)} ». Écrivez « entre(x, bas, haut) » ou « et »."
        )
    mot = _COMPARAISONS.get(type(node.ops[0]))
    if mot is None:
        raise Faute(where, _unreadable(text))
    right = node.comparators[0]
    if mot in ("parmi", "pas_parmi"):
        words = right.elts if isinstance(right, ast.Tuple | ast.List | ast.Set) else [right]
        return make(mot, node.left, *words)
    return make(mot, node.left, right)


def _call(node: ast.Call, where: Where, make: Any) -> Ecrit:
    name = node.func.id
    if name == "_avec_":
        value, unite = node.args[0].value, node.args[1].value
        if unite == "%":
            return make(NOMBRE, valeur=(value / 100, units.SANS))
        return make(NOMBRE, valeur=(float(value), units.parse(unite)))
    if name == "_jour_":
        return make(JOUR, valeur=node.args[0].value)
    if name == "_fete_":
        month, number = node.args[0].value, node.args[1].value
        if not 1 <= number <= (28 if month == 2 else 30 if month in (4, 6, 9, 11) else 31):
            raise Faute(where, "ce jour n’existe pas dans l’année. Corrigez le jour ou le mois.")
        return make(JOUR_ANNEE, valeur=(month, number))
    if name in ("_oui_", "_non_"):
        return make(OUI, valeur=name == "_oui_")
    return make(name, *node.args)


def _said(text: str) -> str:
    return re.sub(r"\s+", " ", text.strip())


def _unreadable(text: str) -> str:
    said = _said(text)
    advice = "Comparez avec les mots de docs/regles.md."
    if said.count("(") != said.count(")"):
        advice = "Il y a autant de « ( » que de « ) » : comptez-les."
    elif re.search(r"\d\s\d", said):
        advice = "Un nombre s’écrit sans espace : 1200, pas 1 200."
    elif re.search(r"\d,\d", said):
        advice = "Un nombre s’écrit avec un point : 0.5, pas 0,5."
    elif re.search(r"[<>=]\s*[<>=]\s", said) or "=>" in said or "=<" in said:
        advice = "On écrit <= ou >=."
    return f"la formule « {said} » ne se lit pas. {advice}"
