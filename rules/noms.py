"""What does a name in a formula stand for: a fact, a calcul, a barème, of the household, of an adult or of a child?"""

from __future__ import annotations

from datetime import date
from typing import Any

from directory.datafile import Where, suggestion
from rules import deductions, units
from rules.code import CONJOINT, DEMANDEUR, Bool, Code, Num, Plusieurs, Un, Valeur, kind_of, shown, unknown_name
from rules.formes import numbers, unpack
from rules.formula import Ecrit, Faute
from rules.model import ADULTE, ENFANT
from rules.ouvrage import Muette
from rules.sources import AGE, AGE_ENFANT_MAX, ENFANTS, JOUR_MAX, JOUR_MIN, CalculEcrit

# Words that hold a list of conditions.
LISTES = ("toutes", "une_de")


def nom(code: Code, ecrit: Ecrit) -> Valeur:
    """The value of a name, as it may be called at this place."""
    nom = str(ecrit.valeur)
    owner, _, inner = nom.rpartition(".")
    if owner == "enfant":
        if not code.enfant:
            raise Faute(ecrit.where, f"« {nom} » hors d’une liste d’enfants. Écrivez par exemple un_enfant({nom} …).")
        return _enfant(code, inner, ecrit)
    if owner in ("adulte", DEMANDEUR, CONJOINT):
        if owner == "adulte" and code.qui is None:
            raise Faute(ecrit.where, f"« {nom} » hors d’une somme d’adultes. Écrivez par exemple somme_adultes({nom}).")
        return _adulte(code, inner, code.qui if owner == "adulte" else owner, ecrit)
    if owner:
        raise Faute(ecrit.where, f"« {owner} » n’est pas connu. Écrivez adulte, enfant, demandeur ou conjoint.")
    return _foyer(code, nom, ecrit)


def _foyer(code: Code, nom: str, ecrit: Ecrit) -> Valeur:
    if nom in code.ouvrage.sources.faits:
        return deductions.fait(code, nom, ecrit.where)
    if nom in code.ouvrage.sources.calculs:
        known = code.ouvrage.sources.calculs[nom]
        if known.pour != "foyer":
            advice = "somme_adultes(adulte." if known.pour == ADULTE else "somme_enfants(enfant."
            raise Faute(ecrit.where, f"« {nom} » est calculé pour chaque {known.pour}. Écrivez {advice}{nom}).")
        return calcul(code, nom, None, ecrit.where)
    if nom in code.ouvrage.sources.baremes:
        return _bareme(code, nom, ecrit)
    if nom == "aujourd_hui":
        return Num("m[0]", "m[0]", "0", units.JOUR_CALENDRIER, JOUR_MIN, JOUR_MAX)
    if nom in code.ouvrage.sources.champs:
        raise Faute(
            ecrit.where, f"« {nom} » est un fait de chaque enfant. Écrivez enfant.{nom}, dans une liste d’enfants."
        )
    declared(code, nom)
    raise Faute(ecrit.where, unknown_name(nom, _names(code)))


def declared(code: Code, nom: str) -> None:
    """Nothing more is said of what is written somewhere, with a fault of its own."""
    if nom in code.ouvrage.sources.declares:
        raise Muette


def _names(code: Code) -> list[str]:
    sources = code.ouvrage.sources
    return [*sources.faits, *sources.calculs, *sources.baremes]


def _adulte(code: Code, nom: str, qui: str, ecrit: Ecrit) -> Valeur:
    ecrit_fait = code.ouvrage.sources.faits.get(nom)
    if ecrit_fait is not None and ecrit_fait.fait.de == ADULTE:
        return deductions.fait(code, nom if qui == DEMANDEUR else f"conjoint_{nom}", ecrit.where)
    ecrit_calcul = code.ouvrage.sources.calculs.get(nom)
    if ecrit_calcul is not None and ecrit_calcul.pour == ADULTE:
        return calcul(code, nom, qui, ecrit.where)
    if ecrit_fait is not None or ecrit_calcul is not None or nom in code.ouvrage.sources.baremes:
        raise Faute(
            ecrit.where, f"« {nom} » n’est pas un fait de chaque adulte. Écrivez « {nom} » seul, ou « de: adulte »."
        )
    known = [
        fait.fait.id
        for fait in code.ouvrage.sources.faits.values()
        if fait.fait.de == ADULTE and not fait.fait.conjoint
    ]
    known += [calcul.id for calcul in code.ouvrage.sources.calculs.values() if calcul.pour == ADULTE]
    declared(code, nom)
    raise Faute(ecrit.where, unknown_name(nom, known))


def _enfant(code: Code, nom: str, ecrit: Ecrit) -> Valeur:
    if nom == AGE:
        code.faits.add(ENFANTS)
        code.ouvrage.appeles.add(ENFANTS)
        key = ("enfant", AGE)
        if (known := code.known(key)) is not None:
            return known
        return code.keep(key, unpack(code, "e[0]", Num("", "", "", units.parse("ans"), 0, AGE_ENFANT_MAX)))
    champ = code.ouvrage.sources.champs.get(nom)
    if champ is not None:
        return deductions.champ(code, champ)
    ecrit_calcul = code.ouvrage.sources.calculs.get(nom)
    if ecrit_calcul is not None and ecrit_calcul.pour == ENFANT:
        return calcul(code, nom, ENFANT, ecrit.where)
    if ecrit_calcul is not None or nom in code.ouvrage.sources.faits or nom in code.ouvrage.sources.baremes:
        raise Faute(ecrit.where, f"« {nom} » n’est pas un fait de chaque enfant. Écrivez « {nom} » seul.")
    known = [
        AGE,
        *code.ouvrage.sources.champs,
        *(each.id for each in code.ouvrage.sources.calculs.values() if each.pour == ENFANT),
    ]
    declared(code, nom)
    raise Faute(ecrit.where, unknown_name(nom, known))


def calcul(code: Code, nom: str, qui: str | None, where: Where) -> Valeur:
    calcul = code.ouvrage.sources.calculs[nom]
    code.ouvrage.appeles.add(nom)
    key = ("calcul", nom, qui)

    def write(inside: Code) -> Valeur:
        value = _formules(inside, calcul)
        if calcul.unite is not None and isinstance(value, Num) and not value.nul and value.unite != calcul.unite:
            raise Faute(
                (*calcul.where, "unite"),
                f"l’unité écrite est {units.said(calcul.unite)}, la formule donne {units.said(value.unite)}. "
                "Corrigez l’une ou l’autre.",
            )
        if isinstance(value, Un | Plusieurs):
            raise Faute(calcul.where, f"un calcul donne un nombre ou un oui/non, pas {kind_of(value)}.")
        return value

    enfant = qui == ENFANT
    partie = code.ouvrage.partie(key, calcul.document, where, write, qui=qui if not enfant else None, enfant=enfant)
    return code.ouvrage.read(code, key, partie, enfant)


def _formules(code: Code, calcul: CalculEcrit) -> Valeur:
    """The formula in force on the day; before the first one there is none, and rights may not ask."""
    newest_first = sorted(calcul.formules, key=lambda pair: pair[0] or date.min, reverse=True)
    if len(newest_first) == 1:
        ecrit = newest_first[0][1]
        with code.supposing({} if ecrit.mot in LISTES else None):
            return code.value(ecrit)
    low, high, k = code.let("0", "l"), code.let("0", "h"), code.let("0", "k")
    values = []
    for index, (since, ecrit) in enumerate(newest_first):
        last = index == len(newest_first) - 1
        header = "else:" if last else f"{'el' if index else ''}if m[0]>={since.toordinal()}:"
        with code.block(header):
            value = code.value(ecrit)
            values.append(value)
            if isinstance(value, Bool):
                code.line(f"{low}={value.t};{k}={value.k}")
            elif isinstance(value, Num):
                code.put(value, low, high, k)
    if isinstance(values[0], Bool):
        return Bool(low, k)
    unite = code.same_unit(newest_first[0][1], values, "mettre ensemble")
    return Num(low, high, k, unite, min(each.bas for each in values), max(each.haut for each in values))


def _bareme(code: Code, nom: str, ecrit: Ecrit) -> Num:
    bareme = code.ouvrage.sources.baremes[nom].bareme
    code.ouvrage.appeles.add(nom)
    code.baremes.add(nom)
    if bareme.forme != "valeur":
        what = {"par_taille": "une table par taille", "grille": "une grille", "tranches": "un barème à tranches"}
        raise Faute(ecrit.where, f"« {nom} » est {what[bareme.forme]}. Écrivez {nom}(…), avec la valeur cherchée.")
    key = ("bareme", nom)
    if (known := code.known(key)) is not None:
        return known
    values = [float(each.valeur) for each in bareme.valeurs]
    name = code.let(f"m[{code.ouvrage.place(key)}]", "b")
    return code.keep(key, Num(name, name, "0", units.parse(bareme.unite), min(values), max(values)))


def appel(code: Code, ecrit: Ecrit, words: dict[str, Any]) -> Num:
    """`nom_de_bareme(x)`: a table, a grid or slices looked up; anything else is a word that is not known."""
    nom = ecrit.mot
    if nom not in code.ouvrage.sources.baremes:
        declared(code, nom)
        accepted = [word for word in words if word.isidentifier()]
        advice = suggestion(nom, [*accepted, *code.ouvrage.sources.baremes], "Les mots sont dans docs/regles.md.")
        raise Faute(ecrit.where, f"« {nom} » n’est pas un mot des règles, ni un barème. {advice}")
    bareme = code.ouvrage.sources.baremes[nom].bareme
    code.ouvrage.appeles.add(nom)
    code.baremes.add(nom)
    if bareme.forme == "valeur":
        raise Faute(ecrit.where, f"« {nom} » est une seule valeur. Écrivez-le sans parenthèses.")
    code.arity(ecrit, 1, 1)
    x = code.number(ecrit.args[0])
    wanted = units.parse(bareme.argument)
    if x.unite != wanted and not x.nul:
        raise Faute(
            ecrit.where,
            f"« {nom} » se lit avec {units.said(wanted)}, « {shown(ecrit.args[0])} » est {units.said(x.unite)}. "
            "Corrigez la formule, ou « argument: » du barème.",
        )
    place = f"m[{code.ouvrage.place(('bareme', nom))}]"
    found = numbers(bareme)
    low, high = code.fresh("l"), code.fresh("h")
    if bareme.forme == "tranches":
        code.line(f"{low}=by_slice({place},{x.l});{high}={low if x.point else f'by_slice({place},{x.h})'}")
        bounds, unite = (0.0, max(x.haut * max(found), 0)), x.unite
    else:
        code.line(f"{low},{high}={'by_size' if bareme.forme == 'par_taille' else 'by_box'}({place},{x.l},{x.h})")
        more = max((each.valeur[2] for each in bareme.valeurs), default=0) if bareme.forme == "par_taille" else 0
        bounds, unite = (min(found), max(found) + more * max(x.haut, 0)), units.parse(bareme.unite)
    k = "0" if x.k == "0" else code.let(f"{x.k} if {low}!={high} else 0", "k")
    if x.point:
        return Num(low, low, "0", unite, *bounds)
    return Num(low, high, k, unite, *bounds)
