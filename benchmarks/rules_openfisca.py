"""How long does OpenFisca-France take on one household, for the twelve rights the rules compute too?

Run by `benchmarks.rules` with an interpreter that has OpenFisca-France: `python rules_openfisca.py households.jsonl how_many`.
Writes one JSON object: seconds to import, to build the system, of the first household, and the median of the others. It
imports nothing of the product.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from typing import Any

MOIS = "2026-11"
ANNEES = range(2022, 2027)
DROITS = {
    "rsa": MOIS,
    "ppa": MOIS,
    "cmu_c": MOIS,
    "css_participation_forfaitaire": MOIS,
    "aspa": MOIS,
    "aah": MOIS,
    "ars": "2026",
    "af": MOIS,
    "asf": MOIS,
    "aide_logement": MOIS,
    "cheque_energie": "2026",
    "paje_base": MOIS,
    "cf": MOIS,
}
ACTIVITES = {"salarie": "actif", "handicape": "inactif"}
LOGEMENTS = {"locataire_prive": "locataire_vide", "heberge": "loge_gratuitement", "sans": "sans_domicile"}
NATIONALITES = {"UE": "DE", "hors_UE": "DZ"}
REVENUS = {
    "salaire_net": "salaire_net",
    "salaire_net_imposable": "salaire_imposable",
    "salaire_brut": "salaire_de_base",
    "chomage_net": "chomage_net",
    "chomage_imposable": "chomage_imposable",
    "retraite_brute": "retraite_brute",
    "retraite_imposable": "retraite_imposable",
    "retraite_nette": "retraite_nette",
    "pension_invalidite": "pensions_invalidite",
    "pension_alimentaire": "pensions_alimentaires_percues",
}


def always(value: Any) -> dict[str, Any]:
    """The same value every month of the years that the rights look at."""
    return {f"{year}-{month:02d}": value for year in ANNEES for month in range(1, 13)}


def household(foyer: dict[str, Any]) -> dict[str, Any]:
    """A household in the JSON form of OpenFisca."""
    people: dict[str, Any] = {}
    adults, children = [], []
    for place, adulte in enumerate(foyer["adultes"]):
        nom = f"adulte{place}"
        adults.append(nom)
        handicap = adulte["handicap"] or {}
        people[nom] = {
            "date_naissance": {"ETERNITY": adulte["date_naissance"]},
            "activite": always(ACTIVITES.get(adulte["activite"], adulte["activite"])),
            "nationalite": always(NATIONALITES.get(adulte["nationalite"], "FR")),
            "duree_possession_titre_sejour": always(adulte["titre_sejour_annees"] or 0),
            "taux_incapacite": always(handicap.get("taux_incapacite", 0)),
            "handicap": always(bool(handicap)),
            "enceinte": always(adulte["enceinte"]),
            "boursier": always(adulte["boursier"]),
            "statut_marital": always("marie" if foyer["couple"] else "celibataire"),
            **{theirs: always(adulte["revenus_mensuels"][ours]) for ours, theirs in REVENUS.items()},
        }
    for place, enfant in enumerate(foyer["enfants"]):
        nom = f"enfant{place}"
        children.append(nom)
        people[nom] = {
            "date_naissance": {"ETERNITY": enfant["date_naissance"]},
            "salaire_net": always(enfant["salaire_net"]),
        }
    logement = foyer["logement"]
    return {
        "individus": people,
        "familles": {"f": {"parents": adults, "enfants": children}},
        "foyers_fiscaux": {"ff": {"declarants": adults, "personnes_a_charge": children}},
        "menages": {
            "m": {
                "personne_de_reference": adults[:1],
                "conjoint": adults[1:],
                "enfants": children,
                "statut_occupation_logement": always(LOGEMENTS.get(logement["statut"], logement["statut"])),
                "loyer": always(logement["loyer"]),
                "zone_apl": always("zone_2"),
            }
        },
    }


def main(path: str, how_many: int) -> None:
    start = time.perf_counter()
    from openfisca_core.simulation_builder import SimulationBuilder
    from openfisca_france import FranceTaxBenefitSystem

    imported = time.perf_counter()
    system = FranceTaxBenefitSystem()
    built = time.perf_counter()
    times = []
    with open(path, encoding="utf-8") as lines:
        foyers = [json.loads(line) for line in lines][:how_many]
    for foyer in foyers:
        begin = time.perf_counter()
        simulation = SimulationBuilder().build_from_entities(system, household(foyer))
        for droit, period in DROITS.items():
            simulation.calculate(droit, period)
        times.append(time.perf_counter() - begin)
    print(
        json.dumps(
            {
                "import": imported - start,
                "systeme": built - imported,
                "premier": times[0],
                "median": statistics.median(times[1:] or times),
                "foyers": len(times),
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
