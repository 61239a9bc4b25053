"""Draft of the risk assessment: one register of what can go wrong, for whom, and what is in place against it.

The rows come from the answers and from what the run found; gravity, likelihood and the decision are for people.
Sources: Regulation (EU) 2024/1689, Art. 9(2); NIST AI 100-1, MAP 5.1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

#: The same in English and in French; the project's ``documents.py`` picks one.
Text = tuple[str, str]

CONCERNED = ("the people decided upon", "les personnes qui font l'objet des décisions")
RELYING = ("everybody who relies on the results", "tous ceux qui s'appuient sur les résultats")
IN_THE_DATA = ("the people whose data are used", "les personnes dont les données sont utilisées")

#: The feature that brings the risk (none: always there), what can go wrong, for whom, and what may be in place.
RISKS: tuple[tuple[str, Text, Text, tuple[str, ...]], ...] = (
    (
        "individuals_concerned",
        ("Some groups are treated worse than others", "Certains groupes sont moins bien traités que d'autres"),
        CONCERNED,
        (
            "group_metrics",
            "group_error",
            "class_error_by_group",
            "group_error_gate",
            "group_error",
            "fairness_gate",
            "group_error_gate",
            "bias_mitigation",
            "reweighing",
            "proxy_review",
            "label_review",
        ),
    ),
    (
        "individuals_concerned",
        ("A wrong result is taken for right", "Un résultat erroné est tenu pour juste"),
        CONCERNED,
        ("human_oversight", "override_and_stop", "contestation_channel", "human_review_on_request"),
    ),
    (
        "fully_automated",
        ("No person sees a decision before it takes effect", "Personne ne voit une décision avant son effet"),
        CONCERNED,
        ("human_review_on_request", "contestation_channel", "override_and_stop", "decision_log"),
    ),
    (
        "vulnerable_people_affected",
        (
            "Harm weighs more on people who can hardly defend themselves",
            "Le tort pèse davantage sur qui peut mal se défendre",
        ),
        ("minors and other vulnerable people", "les mineurs et autres personnes vulnérables"),
        ("care_for_vulnerable_people", "stakeholder_consultation"),
    ),
    (
        "personal_data",
        (
            "Personal data reach somebody who should not see them",
            "Des données personnelles parviennent à qui ne doit pas les voir",
        ),
        IN_THE_DATA,
        ("access_control", "pseudonymisation", "data_minimisation", "retention_and_erasure", "k_anonymity"),
    ),
    (
        "singled_out_records",
        (
            "Somebody is recognised in the data or through the model",
            "Quelqu'un est reconnu dans les données ou par le modèle",
        ),
        IN_THE_DATA,
        ("k_anonymity", "reidentification_review", "disclosure_control"),
    ),
    (
        "adversarial_review",
        ("Somebody manipulates inputs, data or model", "Quelqu'un manipule les entrées, les données ou le modèle"),
        RELYING,
        ("adversarial_review", "skops_format", "access_control", "schema_validation"),
    ),
    (
        "",
        (
            "Inputs are faulty, or differ from those of training",
            "Les entrées sont fautives, ou diffèrent de celles de l'apprentissage",
        ),
        RELYING,
        ("schema_validation", "noise_robustness", "missing_value_rules", "operation_supervised", "retraining_plan"),
    ),
    (
        "",
        (
            "A result can no longer be traced to what produced it",
            "Un résultat ne peut plus être rapporté à ce qui l'a produit",
        ),
        ("those who answer for the system", "ceux qui répondent du système"),
        ("seeds_and_lock", "run_tracking", "decision_log"),
    ),
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
    rows = [*_from_the_answers(project), *_from_the_run(evidence, project)]
    return [
        {"heading": ("What is assessed", "Ce qui est évalué")},
        {"text": project["purpose"]}
        if project["purpose"]
        else {"open": {"product_owner": ("what the system is for", "à quoi sert le système")}},
        {"part": "answers"},
        {"heading": ("Register of risks", "Registre des risques")},
        {
            "text": (
                "Each row follows from an answer or from a finding of the run. Gravity and likelihood are judged "
                "before the measures in place, the decision after them.",
                "Chaque ligne découle d'une réponse ou d'un constat de l'exécution. Gravité et vraisemblance se "
                "jugent avant les mesures en place, la décision après.",
            )
        },
        {
            "table": {
                ("No.", "N°"): [str(at) for at in range(1, len(rows) + 1)],
                ("What can go wrong", "Ce qui peut mal tourner"): [what for what, _, _ in rows],
                ("For whom", "Pour qui"): [whom for _, whom, _ in rows],
                ("What is in place", "Ce qui est en place"): [_in_place(project, ids) for _, _, ids in rows],
                ("Gravity", "Gravité"): [BLANK] * len(rows),
                ("Likelihood", "Vraisemblance"): [BLANK] * len(rows),
                ("Decision, and by whom", "Décision, et par qui"): [BLANK] * len(rows),
            }
        },
        {
            "open": {
                "product_owner": (
                    "gravity, likelihood and decision of each row; further risks, among them foreseeable misuse",
                    "gravité, vraisemblance et décision de chaque ligne ; autres risques, dont le mauvais usage "
                    "prévisible",
                )
            }
        },
        {"heading": ("What the run measured", "Ce que l'exécution a mesuré")},
        {"part": "performance"},
        {"part": "groups"},
        {"part": "checks"},
        {"heading": ("What only people can do about it", "Ce que seules des personnes peuvent y faire")},
        {"part": "acts"},
        {"heading": ("Residual risk and review", "Risque résiduel et révision")},
        {
            "open": {
                "product_owner": (
                    "whether the residual risk is acceptable, for what reason, name and date",
                    "si le risque résiduel est acceptable, pour quelle raison, nom et date",
                )
            }
        },
        {
            "open": {
                "operations": (
                    "how often the register is read again, beside each new version and each incident",
                    "à quelle fréquence le registre est relu, outre chaque nouvelle version et chaque incident",
                )
            }
        },
    ]


def _from_the_answers(project: Mapping[str, Any]) -> Iterator[tuple[Text, Text, tuple[str, ...]]]:
    """The known risks that the answers bring along."""
    for brought_by, what, whom, against in RISKS:
        if not brought_by or brought_by in project["holds"]:
            yield what, whom, against


def _from_the_run(
    evidence: Mapping[str, Any], project: Mapping[str, Any]
) -> Iterator[tuple[Text, str | Text, tuple[str, ...]]]:
    """Requirements that do not hold or could not be judged, and groups too small to tell."""
    titles = {part["id"]: part["title"] for part in project["selected"]}
    for name, found in evidence.items():
        title = titles.get(name, name)
        if found.get("holds", True) is False:
            yield (f"Does not hold: {title}", f"Non respecté : {title}"), RELYING, ()
        elif found.get("holds", True) is None:
            yield (f"Could not be judged: {title}", f"N'a pas pu être jugé : {title}"), RELYING, ()
    measured = [found["after"].get("measured", {}) for found in evidence.values() if "after" in found]
    for figures in (figures for one in measured for figures in one.get("attributes", {}).values()):
        small = [name for name, rates in figures["groups"].items() if rates.get("cannot_tell")]
        if small:
            what = (
                "Too few test rows to tell how the model treats them",
                "Trop peu de lignes de test pour savoir comment le modèle les traite",
            )
            yield what, ", ".join(small), ("approval_before_release",)


def _in_place(project: Mapping[str, Any], ids: tuple[str, ...]) -> str | Text:
    """Titles of those that are part of the project, mechanisms first."""
    found = [part["title"] for part in (*project["selected"], *project["people"]) if part["id"] in ids]
    return "; ".join(found) if found else ("nothing yet", "rien encore")
