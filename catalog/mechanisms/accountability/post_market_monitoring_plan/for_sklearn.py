"""Plan of the monitoring after placing on the market: what is collected about the system in use, and who reviews it.

Regulation (EU) 2024/1689, Art. 72(1)-(3). The figures to compare with are those of the run; how often they are taken in
use, and who looks at them, is for people to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

COLLECTED = (
    "decision_log",
    "live_performance",
    "live_fairness",
    "delayed_labels_filled_in",
    "output_drift_watched",
    "drift_compared_at_reviews",
    "unfamiliar_inputs_flagged",
    "resource_use_watched",
    "user_feedback_collected",
    "error_cohorts_reviewed",
)
REVIEWED = (
    "review_calendar",
    "daily_health_table",
    "key_figures_table",
    "coded_alerts",
    "dashboards",
    "live_and_test_figures_compared",
    "operation_supervised",
)
ACTED_UPON = (
    "incident_procedure",
    "serious_incident_report",
    "corrective_action",
    "retraining_plan",
    "rollback",
    "risk_assessment",
    "substantial_change_review",
)

BLANK = ("[to be completed]", "[à compléter]")


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
    judged = [name for name, found in evidence.items() if "holds" in found]
    titles = {part["id"]: part["title"] for part in project["selected"]}
    return [
        {"heading": ("What is monitored", "Ce qui est surveillé")},
        {"text": project["purpose"]}
        if project["purpose"]
        else {"open": {"product_owner": ("the intended purpose", "la destination du système")}},
        {
            "open": {
                "legal": (
                    "versions and deployers covered; for how long the plan holds",
                    "versions et déployeurs couverts ; durée de validité du plan",
                )
            }
        },
        {"heading": ("What is collected in use, Art. 72(2)", "Ce qui est recueilli en service, art. 72, § 2")},
        {"measures": COLLECTED},
        {
            "open": {
                "operations": (
                    "how deployers hand over their data, and how interaction with other AI systems is watched",
                    "comment les déployeurs transmettent leurs données, et comment l'interaction avec d'autres "
                    "systèmes d'IA est suivie",
                ),
                "security": (
                    "which personal data the collection holds, who may see them, and when they are erased",
                    "quelles données personnelles la collecte contient, qui peut les voir, et quand elles sont "
                    "effacées",
                ),
            }
        },
        {"heading": ("What it is compared with", "À quoi on le compare")},
        {
            "text": (
                "The figures of the run on test rows; each is taken again in use at the frequency below.",
                "Les chiffres de l'exécution sur les lignes de test ; chacun est repris en service à la fréquence "
                "ci-dessous.",
            )
        },
        {"part": "performance"},
        {"part": "groups"},
        {"part": "checks"},
        {
            "table": {
                ("Requirement", "Exigence"): [titles.get(name, name) for name in judged],
                ("How often in use", "Fréquence en service"): [BLANK] * len(judged),
                ("Limit of alert", "Limite d'alerte"): [BLANK] * len(judged),
                ("Who looks at it", "Qui la regarde"): [BLANK] * len(judged),
            }
        },
        {"heading": ("Who reviews it, and when", "Qui l'examine, et quand")},
        {"measures": REVIEWED},
        {
            "open": {
                "product_owner": (
                    "who reviews what was collected, at what intervals, and who receives the result",
                    "qui examine ce qui a été recueilli, à quels intervalles, et qui en reçoit le résultat",
                )
            }
        },
        {"heading": ("What follows from it", "Ce qui en découle")},
        {"measures": ACTED_UPON},
        {
            "open": {
                "legal": (
                    "how it is checked that the requirements of Chapter III, Section 2 go on being met (Art. 72(2)), "
                    "and where this plan stands in the technical documentation (Art. 72(3))",
                    "comment on vérifie que les exigences du chapitre III, section 2 restent satisfaites (art. 72, § "
                    "2), et où ce plan figure dans la documentation technique (art. 72, § 3)",
                )
            }
        },
    ]
