"""Draft of the data protection impact assessment, in the four parts of Regulation (EU) 2016/679, Art. 35(7).

What the configuration and the run know is filled in; necessity, gravity and the decision are for the controller.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: The same in English and in French; the project's ``documents.py`` picks one.
Text = tuple[str, str]

#: Questions whose answers describe the processing, and those that bear on its necessity.
DESCRIBING = (
    "project_role",
    "jurisdiction",
    "area_of_use",
    "persons_concerned",
    "decision_automation",
    "effect_on_people",
    "personal_data_used",
    "scale_of_processing",
    "data_origin",
)
JUSTIFYING = ("legal_basis", "data_origin", "sharing")

#: What may serve the rights of the people concerned, and what may protect their data.
RIGHTS = (
    "notice_to_affected_persons",
    "access_on_request",
    "withdrawal_of_consent",
    "objection_channel",
    "contestation_channel",
    "human_review_on_request",
    "local_explanation",
    "plain_language_explanation",
)
SAFEGUARDS = (
    "data_minimisation",
    "pseudonymisation",
    "retention_and_erasure",
    "access_control",
    "special_category_safeguards",
    "k_anonymity",
    "disclosure_control",
    "reidentification_review",
    "skops_format",
    "schema_validation",
    "decision_log",
    "human_oversight",
    "override_and_stop",
    "record_of_processing",
)

#: What is feared, and the ids of what may be in place against it.
FEARED: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (
        ("Somebody unauthorised sees the data", "Quelqu'un accède aux données sans y être autorisé"),
        ("access_control", "pseudonymisation", "k_anonymity"),
    ),
    (
        ("The data are changed unnoticed", "Les données sont modifiées sans qu'on le remarque"),
        ("schema_validation", "run_tracking", "access_control"),
    ),
    (("The data or the model are lost", "Les données ou le modèle sont perdus"), ("run_tracking", "seeds_and_lock")),
    (
        (
            "Somebody is recognised in the data or through the model",
            "Quelqu'un est reconnu dans les données ou par le modèle",
        ),
        ("k_anonymity", "reidentification_review", "disclosure_control", "pseudonymisation"),
    ),
    (
        ("A wrong or unfair result harms somebody", "Un résultat faux ou injuste nuit à quelqu'un"),
        (
            "fairness_gate",
            "group_error_gate",
            "group_metrics",
            "group_error",
            "human_oversight",
            "human_review_on_request",
            "contestation_channel",
        ),
    ),
    (
        ("Data serve another purpose than the stated one", "Des données servent à autre chose que la finalité énoncée"),
        ("record_of_processing", "data_minimisation", "retention_and_erasure"),
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
    return [
        {
            "heading": (
                "1. The processing and its purposes, Art. 35(7)(a)",
                "1. Le traitement et ses finalités, art. 35, § 7, a)",
            )
        },
        {"text": project["purpose"]}
        if project["purpose"]
        else {"open": {"product_owner": ("the purposes of the processing", "les finalités du traitement")}},
        {"answers": DESCRIBING},
        {"subheading": ("Data", "Données")},
        {"part": "data"},
        {
            "open": {
                "legal": (
                    "controller and contact, data protection officer, processors, recipients, transfers outside the "
                    "European Union",
                    "responsable du traitement et contact, délégué à la protection des données, sous-traitants, "
                    "destinataires, transferts hors de l'Union européenne",
                )
            }
        },
        {
            "open": {
                "data_engineer": (
                    "systems on which the data are held, and for how long each kind of data is kept",
                    "systèmes qui hébergent les données, et durée de conservation de chaque catégorie",
                )
            }
        },
        {
            "heading": (
                "2. Necessity and proportionality, Art. 35(7)(b)",
                "2. Nécessité et proportionnalité, art. 35, § 7, b)",
            )
        },
        {"answers": JUSTIFYING},
        {
            "open": {
                "legal": (
                    "why the processing is necessary for the purposes, and why nothing that intrudes less would do",
                    "en quoi le traitement est nécessaire aux finalités, et pourquoi rien de moins intrusif ne "
                    "suffirait",
                )
            }
        },
        {"subheading": ("Minimisation", "Minimisation")},
        *_left_out(project),
        {
            "open": {
                "data_scientist": (
                    "for each remaining column, why the purpose needs it",
                    "pour chaque colonne restante, pourquoi la finalité l'exige",
                )
            }
        },
        {"subheading": ("Rights of the people concerned", "Droits des personnes concernées")},
        {"measures": RIGHTS},
        {
            "open": {
                "legal": (
                    "how each of these rights is exercised in practice, and within what time it is answered",
                    "comment chacun de ces droits s'exerce en pratique, et dans quel délai il y est répondu",
                )
            }
        },
        {
            "heading": (
                "3. Risks to rights and freedoms, Art. 35(7)(c)",
                "3. Risques pour les droits et libertés, art. 35, § 7, c)",
            )
        },
        {
            "table": {
                ("What is feared", "Ce qui est redouté"): [what for what, _ in FEARED],
                ("What is in place", "Ce qui est en place"): [_in_place(project, against) for _, against in FEARED],
                ("Source of the risk", "Source du risque"): [BLANK] * len(FEARED),
                ("Gravity", "Gravité"): [BLANK] * len(FEARED),
                ("Likelihood", "Vraisemblance"): [BLANK] * len(FEARED),
            }
        },
        {
            "open": {
                "security": (
                    "sources, gravity and likelihood of each, and further risks",
                    "sources, gravité et vraisemblance de chacun, et autres risques",
                )
            }
        },
        {"subheading": ("Differences between groups, as measured", "Écarts entre groupes, tels que mesurés")},
        {"part": "groups"},
        {"heading": ("4. Measures envisaged, Art. 35(7)(d)", "4. Mesures envisagées, art. 35, § 7, d)")},
        {"measures": SAFEGUARDS},
        {"part": "checks"},
        {
            "open": {
                "security": (
                    "further measures, who sees to each, and by when",
                    "mesures supplémentaires, qui en répond, et pour quand",
                )
            }
        },
        {"heading": ("5. Advice and decision", "5. Avis et décision")},
        {
            "open": {
                "legal": (
                    "advice of the data protection officer (Art. 35(2)); views of the people concerned or of those "
                    "who speak for them (Art. 35(9)); whether the supervisory authority has to be consulted first "
                    "because a high risk remains (Art. 36(1))",
                    "avis du délégué à la protection des données (art. 35, § 2) ; avis des personnes concernées ou de "
                    "leurs représentants (art. 35, § 9) ; si l'autorité de contrôle doit être consultée au préalable "
                    "parce qu'un risque élevé demeure (art. 36, § 1)",
                ),
                "product_owner": (
                    "decision of the controller, name, date, and when the assessment is reviewed (Art. 35(11))",
                    "décision du responsable du traitement, nom, date, et quand l'analyse est revue (art. 35, § 11)",
                ),
            }
        },
    ]


def _left_out(project: Mapping[str, Any]) -> list[dict[str, Any]]:
    dropped = project["data"]["dropped"]
    if not dropped:
        return [
            {
                "text": (
                    "No column of the file was recorded as left out.",
                    "Aucune colonne du fichier n'est consignée comme écartée.",
                )
            }
        ]
    return [
        {
            "text": (
                "Columns of the file that the model does not get:",
                "Colonnes du fichier que le modèle ne reçoit pas :",
            )
        },
        {"table": {("Column", "Colonne"): list(dropped), ("Reason", "Raison"): list(dropped.values())}},
    ]


def _in_place(project: Mapping[str, Any], ids: tuple[str, ...]) -> str | Text:
    found = [part["title"] for part in (*project["selected"], *project["people"]) if part["id"] in ids]
    return "; ".join(found) if found else ("nothing yet", "rien encore")
