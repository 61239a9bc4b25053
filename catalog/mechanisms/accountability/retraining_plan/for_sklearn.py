"""Plan of retraining: when the model is trained again, how, who lets it through, and how it is undone.

Triggers and limits are the proposals of a guide on supervising models (supervision_guide 2.4, 4.1, 4.2, 8.3); training
happens outside production (anssi_recommendations R21). The figures to compare with are those of the run.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Proposals of the guide, to be confirmed for the project.
STABILITY_INDEX = 0.2
POINTS_LOST = 2
COST_INCREASE_PERCENT = 20
CANARY_PERCENT = 10
WATCH_HOURS = (24, 72)
ERROR_RATE_PERCENT = 1
SLOWEST_PERCENTILE_MILLISECONDS = 800

#: Figures that are better when larger.
FIGURES = (
    ("accuracy", ("Accuracy", "Exactitude")),
    ("balanced_accuracy", ("Balanced accuracy", "Exactitude équilibrée")),
    ("roc_auc", ("Area under the ROC curve", "Aire sous la courbe ROC")),
)

GUARDS = (
    "leak_free_split",
    "time_ordered_split",
    "schema_validation",
    "fairness_gate",
    "noise_robustness",
    "group_metrics",
    "group_error",
    "group_error_gate",
    "seeds_and_lock",
    "run_tracking",
    "approval_before_release",
    "thresholds_fixed_beforehand",
)


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
    after = evidence["performance"]["after"]
    lowest = {
        title: round(after[name] - POINTS_LOST / 100, 6) for name, title in FIGURES if after.get(name) is not None
    }
    return [
        {"heading": ("When the model is trained again", "Quand le modèle est réentraîné")},
        {
            "text": (
                "Whichever comes first. The limits are proposals of the guide cited above; whoever answers for the "
                "system confirms or changes them.",
                "Au premier des événements suivants. Les limites sont celles que propose le guide cité plus haut ; "
                "qui répond du système les confirme ou les change.",
            )
        },
        {
            "table": {
                ("Trigger", "Déclencheur"): [
                    ("Time", "Temps"),
                    ("Drift of the inputs", "Dérive des entrées"),
                    ("Loss of performance", "Perte de performance"),
                    ("Cost", "Coût"),
                    ("A requirement no longer holds", "Une exigence n'est plus respectée"),
                    ("Event", "Événement"),
                ],
                ("Proposed limit", "Limite proposée"): [
                    ("every month", "chaque mois"),
                    (
                        f"population stability index of a column above {STABILITY_INDEX}",
                        f"indice de stabilité d'une colonne supérieur à {STABILITY_INDEX}".replace(".", ","),
                    ),
                    (
                        f"more than {POINTS_LOST} points below the figures of this run",
                        f"plus de {POINTS_LOST} points sous les chiffres de cette exécution",
                    ),
                    (f"{COST_INCREASE_PERCENT}% above the budget", f"{COST_INCREASE_PERCENT} % au-dessus du budget"),
                    (
                        'any of those under "What every version must pass"',
                        "l'une de celles de « Ce que chaque version doit passer »",
                    ),
                    (
                        "new product, new population, new rule of law, mended data",
                        "nouveau produit, nouvelle population, nouvelle règle de droit, données corrigées",
                    ),
                ],
                ("Confirmed", "Confirmé"): [("[to be completed]", "[à compléter]")] * 6,
            }
        },
        {
            "open": {
                "product_owner": (
                    "each limit confirmed or changed, with name and date",
                    "chaque limite confirmée ou changée, avec nom et date",
                )
            }
        },
        {"heading": ("The figures to compare with", "Les chiffres de comparaison")},
        {"part": "performance"},
        *_lowest(lowest),
        {"heading": ("How it is trained", "Comment il est entraîné")},
        {
            "steps": [
                (
                    "Outside production, on a copy of the data whose hash is recorded.",
                    "Hors production, sur une copie des données dont l'empreinte est consignée.",
                ),
                (
                    "`make train DATA=...` with the locked packages and the recorded seed.",
                    "`make train DATA=...` avec les paquets verrouillés et la graine consignée.",
                ),
                (
                    "`make test`: every requirement is a test; one that fails stops here.",
                    "`make test` : chaque exigence est un test ; un échec arrête ici.",
                ),
                (
                    "A person reads the documents and approves, or does not.",
                    "Une personne lit les documents et approuve, ou non.",
                ),
                (
                    "New version: data pipeline changed, major; model changed, minor; training data changed, patch; "
                    "with the hash of the model.",
                    "Nouvelle version : chaîne de données modifiée, majeure ; modèle modifié, mineure ; données "
                    "d'apprentissage modifiées, correctif ; avec l'empreinte du modèle.",
                ),
                (
                    f"First beside the old one without effect, then for {CANARY_PERCENT}% of the cases, then for all.",
                    f"D'abord à côté de l'ancien sans effet, puis pour {CANARY_PERCENT} % des cas, puis pour tous.",
                ),
                (
                    f"Watched closely for {WATCH_HOURS[0]} to {WATCH_HOURS[1]} hours.",
                    f"Surveillé de près pendant {WATCH_HOURS[0]} à {WATCH_HOURS[1]} heures.",
                ),
            ]
        },
        {"part": "reproduction"},
        {"heading": ("What every version must pass", "Ce que chaque version doit passer")},
        {"measures": GUARDS},
        {"part": "checks"},
        {"heading": ("When it is undone", "Quand on revient en arrière")},
        {
            "text": (
                f"Back to the version before at once, while it runs for a part of the cases, above "
                f"{ERROR_RATE_PERCENT}% of errors or when the slowest hundredth of the answers takes longer than "
                f"{SLOWEST_PERCENTILE_MILLISECONDS} ms (proposals of the guide), or when a requirement no longer "
                f"holds.",
                f"Retour immédiat à la version précédente, tant qu'elle ne sert qu'une partie des cas, au-delà de "
                f"{ERROR_RATE_PERCENT} % d'erreurs ou quand le centième le plus lent des réponses dépasse "
                f"{SLOWEST_PERCENTILE_MILLISECONDS} ms (propositions du guide), ou quand une exigence n'est plus "
                f"respectée.",
            )
        },
        {
            "open": {
                "operations": (
                    "who triggers, who undoes, where earlier models are kept and for how long",
                    "qui déclenche, qui revient en arrière, où les modèles antérieurs sont conservés et combien de "
                    "temps",
                ),
                "data_engineer": (
                    "where the new data come from, how their labels are made, and how feedback of the system itself "
                    "is kept apart",
                    "d'où viennent les nouvelles données, comment sont établies leurs étiquettes, et comment les "
                    "retours du système lui-même en sont séparés",
                ),
            }
        },
    ]


def _lowest(lowest: Mapping[tuple[str, str], float]) -> list[dict[str, Any]]:
    """Below what the figures must not fall; nothing where none of them is better when larger."""
    if not lowest:
        return []
    lead = (
        "Falling below these calls for retraining, if the proposed limit is kept:",
        "Passer sous ces valeurs appelle un réentraînement, si la limite proposée est gardée :",
    )
    return [{"text": lead}, {"facts": lowest}]
