"""Instructions for use, in the order of Regulation (EU) 2024/1689, Art. 13(3), with the measured figures.

Written for those who use the system; what the provider alone knows is left open.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

EXPLAINING = (
    "global_explanation",
    "local_explanation",
    "glass_box_explanation",
    "shap_explanation",
    "linear_shap_explanation",
    "tree_shap_explanation",
    "lime_explanation",
    "plain_language_explanation",
)
OVERSIGHT = (
    "human_oversight",
    "override_and_stop",
    "two_person_verification",
    "human_review_on_request",
    "operation_supervised",
)
LOGS = ("decision_log", "run_tracking")
UPKEEP = ("retraining_plan", "incident_procedure", "post_market_monitoring_plan")


def outline(evidence: Mapping[str, Any], project: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The parts of the document.

    Parameters
    ----------
    evidence : mapping
        By the id of what it is evidence for, as written to ``evidence/``.
    project : mapping
        What was answered and chosen, and why.

    Returns
    -------
    list of dict
        In reading order; texts in English and French.
    """
    return [
        {"heading": ("Who answers for the system, Art. 13(3)(a)", "Qui répond du système, art. 13, § 3, a)")},
        {
            "open": {
                "legal": (
                    "name and contact of the provider and of its authorised representative",
                    "nom et coordonnées du fournisseur et de son mandataire",
                )
            }
        },
        {"heading": ("What it is for, Art. 13(3)(b)(i)", "À quoi il sert, art. 13, § 3, b), i)")},
        {"text": project["purpose"]}
        if project["purpose"]
        else {"open": {"product_owner": ("the intended purpose", "la destination du système")}},
        {
            "open": {
                "product_owner": (
                    "uses and people for which it must not be used; foreseeable misuse",
                    "usages et personnes pour lesquels il ne doit pas servir ; mauvais usages prévisibles",
                )
            }
        },
        {
            "heading": (
                "How accurate it is, Art. 13(3)(b)(ii) and 15(3)",
                "Son exactitude, art. 13, § 3, b), ii) et 15, § 3",
            )
        },
        {"part": "performance"},
        {"part": "checks"},
        {
            "text": (
                "The figures hold for rows like those of the test data. They say nothing about other people, places "
                "or times.",
                "Ces chiffres valent pour des lignes semblables à celles des données de test. Ils ne disent rien "
                "d'autres personnes, lieux ou époques.",
            )
        },
        {"heading": ("When to distrust it, Art. 13(3)(b)(iii)", "Quand s'en méfier, art. 13, § 3, b), iii)")},
        *_limits(evidence, project),
        {
            "open": {
                "data_scientist": (
                    "further circumstances that lead to wrong or harmful results",
                    "autres circonstances qui mènent à des résultats erronés ou nuisibles",
                )
            }
        },
        {
            "heading": (
                "How it performs for groups of people, Art. 13(3)(b)(v)",
                "Ses performances par groupe de personnes, art. 13, § 3, b), v)",
            )
        },
        {"part": "groups"},
        {
            "heading": (
                "What it needs as input, Art. 13(3)(b)(vi)",
                "Ce qu'il lui faut en entrée, art. 13, § 3, b), vi)",
            )
        },
        {"part": "data"},
        {
            "text": (
                "Names, levels and ranges of the columns are in `settings.py`; the program refuses a table that does "
                "not fit.",
                "Noms, modalités et plages des colonnes sont dans `settings.py` ; le programme refuse un tableau qui "
                "ne convient pas.",
            )
        },
        {
            "heading": (
                "How to read its results, Art. 13(3)(b)(iv) and (vii)",
                "Comment lire ses résultats, art. 13, § 3, b), iv) et vii)",
            )
        },
        {
            "facts": {
                ("Column that is predicted", "Colonne prédite"): project["target"],
                ("Favourable result", "Résultat favorable"): project["favourable"],
            }
        },
        {"measures": EXPLAINING},
        {
            "open": {
                "product_owner": (
                    "what a user does with the result, step by step, and what a user must not conclude from it",
                    "ce que l'utilisateur fait du résultat, étape par étape, et ce qu'il ne doit pas en conclure",
                )
            }
        },
        {"heading": ("Changes planned beforehand, Art. 13(3)(c)", "Modifications prédéterminées, art. 13, § 3, c)")},
        {
            "open": {
                "ml_engineer": (
                    "planned changes of the system and its performance; or that there are none",
                    "modifications prévues du système et de ses performances ; ou leur absence",
                )
            }
        },
        {"heading": ("Human oversight, Art. 13(3)(d)", "Contrôle humain, art. 13, § 3, d)")},
        {"measures": OVERSIGHT},
        {
            "text": (
                "Whoever oversees the system knows its limits, does not follow it out of habit, and may set its "
                "result aside or stop it (Art. 14(4)).",
                "Qui contrôle le système en connaît les limites, ne le suit pas par habitude, et peut écarter son "
                "résultat ou l'arrêter (art. 14, § 4).",
            )
        },
        {"heading": ("Operation and upkeep, Art. 13(3)(e)", "Exploitation et entretien, art. 13, § 3, e)")},
        {"part": "reproduction"},
        {"measures": UPKEEP},
        {
            "open": {
                "operations": (
                    "hardware and computing resources, expected lifetime, how often it is maintained and by whom",
                    "matériel et ressources de calcul, durée de vie attendue, fréquence d'entretien et par qui",
                )
            }
        },
        {"heading": ("Logs, Art. 13(3)(f)", "Journaux, art. 13, § 3, f)")},
        {"measures": LOGS},
        {
            "open": {
                "operations": (
                    "how the deployer collects, keeps and reads the logs",
                    "comment le déployeur recueille, conserve et lit les journaux",
                )
            }
        },
    ]


def _limits(evidence: Mapping[str, Any], project: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the run itself found: requirements that do not hold, groups too small to tell, columns with gaps."""
    titles = {part["id"]: part["title"] for part in project["selected"]}
    limits: list[Any] = []
    for name, found in evidence.items():
        title = titles.get(name, name)
        if found.get("holds", True) is False:
            limits.append((f"{title}: does not hold.", f"{title} : non respecté."))
        elif found.get("holds", True) is None:
            limits.append((f"{title}: could not be judged.", f"{title} : n'a pas pu être jugé."))
    measured = [found["after"].get("measured", {}) for found in evidence.values() if "after" in found]
    by_attribute = [figures for one in measured for figures in one.get("attributes", {}).values()]
    every = [pair for figures in by_attribute for pair in figures["groups"].items()]
    small = list(dict.fromkeys(name for name, rates in every if rates.get("cannot_tell")))
    if small:
        named = ", ".join(small)
        limits.append(
            (
                f"Too few test rows to tell how it treats {named}.",
                f"Trop peu de lignes de test pour savoir comment il traite {named}.",
            )
        )
    if project["data"]["missing"]:
        named = ", ".join(project["data"]["missing"])
        limits.append(
            (f"Values were missing in training in {named}.", f"Des valeurs manquaient à l'apprentissage dans {named}.")
        )
    return (
        [{"list": limits}]
        if limits
        else [
            {
                "text": (
                    "The checks of this run found no limit.",
                    "Les vérifications de cette exécution n'ont trouvé aucune limite.",
                )
            }
        ]
    )
