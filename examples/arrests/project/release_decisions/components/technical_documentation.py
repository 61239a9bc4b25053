"""Technical documentation in the outline of Regulation (EU) 2024/1689, Annex IV, filled where the project knows.

Numbers and letters are those of the annex. What a program cannot know is left open, with the role that can fill it in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

OVERSIGHT = (
    "human_oversight",
    "override_and_stop",
    "two_person_verification",
    "human_review_on_request",
    "instructions_for_use",
    "local_explanation",
    "global_explanation",
)
SECURITY = (
    "adversarial_review",
    "noise_robustness",
    "schema_validation",
    "skops_format",
    "access_control",
    "pseudonymisation",
    "k_anonymity",
    "seeds_and_lock",
)
DATA = (
    "data_card",
    "data_provenance_record",
    "label_review",
    "proxy_review",
    "data_minimisation",
    "missing_value_rules",
    "leak_free_split",
    "time_ordered_split",
)
RISKS = (
    "risk_assessment",
    "data_protection_impact_assessment",
    "fundamental_rights_impact_assessment",
    "incident_procedure",
    "serious_incident_report",
)
MONITORING = ("post_market_monitoring_plan", "operation_supervised", "retraining_plan", "decision_log")


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
        {"heading": ("1. General description", "1. Description générale")},
        {"subheading": ("(a) Purpose, provider, version", "a) Destination, fournisseur, version")},
        {"text": project["purpose"]}
        if project["purpose"]
        else {"open": {"product_owner": ("the intended purpose", "la destination du système")}},
        {
            "open": {
                "legal": (
                    "name of the provider; version of the system and how it relates to earlier ones",
                    "nom du fournisseur ; version du système et son rapport aux précédentes",
                )
            }
        },
        {"part": "answers"},
        {"subheading": ("(b) to (h) Surroundings", "b) à h) Environnement")},
        {
            "open": {
                "ml_engineer": (
                    "(b) hardware, software and other AI systems with which it interacts; (c) versions of software "
                    "and firmware it needs; (d) the forms in which it is placed on the market; (e) the hardware on "
                    "which it is meant to run; (f) photographs where it is part of a product; (g) the user interface "
                    "given to the deployer",
                    "b) matériels, logiciels et autres systèmes d'IA avec lesquels il interagit ; c) versions de "
                    "logiciels et micrologiciels requises ; d) formes de mise sur le marché ; e) matériel sur lequel "
                    "il doit fonctionner ; f) photographies s'il est composant d'un produit ; g) interface "
                    "utilisateur fournie au déployeur",
                )
            }
        },
        {
            "text": (
                "(h) The instructions for use are the document of that name, if it is part of the project.",
                "h) La notice d'utilisation est le document de ce nom, s'il fait partie du projet.",
            )
        },
        {
            "heading": (
                "2. Elements of the system and of its development",
                "2. Éléments du système et de son développement",
            )
        },
        {
            "subheading": (
                "(a) and (b) Methods, design choices and their reasons",
                "a) et b) Méthodes, choix de conception et leurs raisons",
            )
        },
        {"part": "components"},
        {
            "open": {
                "data_scientist": (
                    "(a) tools or pre-trained systems of third parties and how they were used; (b) main assumptions, "
                    "also on the people on whom it is used, and what the system optimises for",
                    "a) outils ou systèmes préentraînés de tiers et leur usage ; b) hypothèses principales, y compris "
                    "sur les personnes visées, et ce que le système optimise",
                )
            }
        },
        {"subheading": ("(c) Architecture and computing resources", "c) Architecture et ressources de calcul")},
        {
            "text": (
                "How the parts build on each other can be read in `pipeline.py` from top to bottom; exact versions "
                "are below.",
                "L'enchaînement des éléments se lit de haut en bas dans `pipeline.py` ; les versions exactes sont "
                "ci-dessous.",
            )
        },
        {"part": "reproduction"},
        {
            "open": {
                "ml_engineer": (
                    "computing resources used to develop, train, test and validate",
                    "ressources de calcul utilisées pour développer, entraîner, tester et valider",
                )
            }
        },
        {"subheading": ("(d) Data", "d) Données")},
        {"part": "data"},
        {"measures": DATA},
        {
            "open": {
                "data_engineer": (
                    "origin, scope and main characteristics of the data; how they were obtained, selected, labelled "
                    "and cleaned",
                    "provenance, portée et principales caractéristiques des données ; comment elles ont été obtenues, "
                    "sélectionnées, étiquetées et nettoyées",
                )
            }
        },
        {"subheading": ("(e) Human oversight", "e) Contrôle humain")},
        {"measures": OVERSIGHT},
        {
            "open": {
                "product_owner": (
                    "assessment of the oversight that is needed (Art. 14), and of the means by which deployers "
                    "interpret the results",
                    "évaluation du contrôle nécessaire (art. 14) et des moyens par lesquels les déployeurs "
                    "interprètent les résultats",
                )
            }
        },
        {"subheading": ("(f) Changes determined beforehand", "f) Modifications prédéterminées")},
        {
            "open": {
                "ml_engineer": (
                    "changes to the system and its performance that are planned, and how compliance is kept; or that "
                    "there are none",
                    "modifications prévues du système et de ses performances, et maintien de la conformité ; ou leur "
                    "absence",
                )
            }
        },
        {"subheading": ("(g) Validation and testing", "g) Validation et tests")},
        {"part": "performance"},
        {"part": "groups"},
        {"part": "checks"},
        {
            "open": {
                "data_scientist": (
                    "test logs and reports, dated and signed by those who answer for them",
                    "journaux et rapports de test, datés et signés par les personnes responsables",
                )
            }
        },
        {"subheading": ("(h) Cybersecurity", "h) Cybersécurité")},
        {"measures": SECURITY},
        {
            "open": {
                "security": (
                    "cybersecurity measures of the surroundings in which the system runs",
                    "mesures de cybersécurité de l'environnement d'exécution",
                )
            }
        },
        {"heading": ("3. Monitoring, functioning and control", "3. Surveillance, fonctionnement et contrôle")},
        {
            "text": (
                "Accuracy for the groups on whom it is used, and the overall expected accuracy, stand in point 2 (g).",
                "L'exactitude pour les groupes visés et l'exactitude globale attendue figurent au point 2 g).",
            )
        },
        {
            "open": {
                "data_scientist": (
                    "capabilities and limits; foreseeable unintended outcomes and sources of risk to health, safety, "
                    "fundamental rights and discrimination; specifications on input data",
                    "capacités et limites ; résultats non voulus prévisibles et sources de risque pour la santé, la "
                    "sécurité, les droits fondamentaux et la discrimination ; spécifications des données d'entrée",
                )
            }
        },
        {"heading": ("4. Appropriateness of the performance metrics", "4. Adéquation des indicateurs de performance")},
        *_criterion(project),
        {
            "open": {
                "data_scientist": (
                    "why the metrics of point 2 (g) suit this system",
                    "pourquoi les indicateurs du point 2 g) conviennent à ce système",
                )
            }
        },
        {"heading": ("5. Risk management system, Art. 9", "5. Système de gestion des risques, art. 9")},
        {"measures": RISKS},
        {"heading": ("6. Changes made over the lifecycle", "6. Modifications au cours du cycle de vie")},
        {
            "open": {
                "ml_engineer": (
                    "relevant changes made by the provider, with date and version",
                    "modifications pertinentes apportées par le fournisseur, avec date et version",
                )
            }
        },
        {"heading": ("7. Standards applied", "7. Normes appliquées")},
        {
            "open": {
                "legal": (
                    "harmonised standards applied in full or in part with their references; otherwise the solutions "
                    "by which the requirements are met",
                    "normes harmonisées appliquées en tout ou partie avec leurs références ; sinon les solutions par "
                    "lesquelles les exigences sont satisfaites",
                )
            }
        },
        {"heading": ("8. EU declaration of conformity, Art. 47", "8. Déclaration UE de conformité, art. 47")},
        {"open": {"legal": ("copy of the declaration", "copie de la déclaration")}},
        {
            "heading": (
                "9. Monitoring after placing on the market, Art. 72",
                "9. Surveillance après commercialisation, art. 72",
            )
        },
        {"measures": MONITORING},
        {
            "open": {
                "operations": (
                    "system by which performance is evaluated in use, with the plan of Art. 72(3)",
                    "système d'évaluation des performances en service, avec le plan de l'art. 72, § 3",
                )
            }
        },
    ]


def _criterion(project: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Why release is gated as it is; the thresholds themselves stand with the checks."""
    gates = [part for part in project["selected"] if part["id"].endswith("_gate")]
    if not gates:
        return []
    return [{"facts": {part["title"]: part["because"] for part in gates}}]
