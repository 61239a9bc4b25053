"""Draft of the fundamental rights impact assessment, in the six parts of Regulation (EU) 2024/1689, Art. 27(1)(a)-(f).

It is the deployer's: how the system is used, how often and on whom is for those who use it. What was answered and
measured is filled in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: The same in English and in French; the project's ``documents.py`` picks one.
Text = tuple[str, str]

PROCESS = ("project_role", "area_of_use", "decision_automation", "effect_on_people")
PEOPLE = ("persons_concerned", "protected_groups", "protected_attributes")
OVERSIGHT = (
    "human_oversight",
    "two_person_verification",
    "override_and_stop",
    "operation_supervised",
    "approval_before_release",
    "human_review_on_request",
    "artificial_intelligence_literacy",
)
REMEDIES = (
    "contestation_channel",
    "human_review_on_request",
    "objection_channel",
    "incident_procedure",
    "serious_incident_report",
    "notice_to_affected_persons",
    "decision_log",
)

#: Rights of the Charter that such systems touch most, with the feature that makes each a matter here; none: always.
RIGHTS: tuple[tuple[str, Text], ...] = (
    ("", ("Human dignity (Charter, Art. 1)", "Dignité humaine (Charte, art. 1)")),
    (
        "personal_data",
        ("Private life and personal data (Art. 7 and 8)", "Vie privée et données personnelles (art. 7 et 8)"),
    ),
    (
        "individuals_concerned",
        ("Non-discrimination and equality (Art. 20, 21 and 23)", "Non-discrimination et égalité (art. 20, 21 et 23)"),
    ),
    (
        "vulnerable_people_affected",
        (
            "Children, the elderly, people with disabilities (Art. 24 to 26)",
            "Enfants, personnes âgées, personnes handicapées (art. 24 à 26)",
        ),
    ),
    (
        "area_employment",
        (
            "Choice of work, working conditions (Art. 15 and 31)",
            "Liberté professionnelle, conditions de travail (art. 15 et 31)",
        ),
    ),
    ("area_public_benefits", ("Social security and assistance (Art. 34)", "Sécurité et aide sociales (art. 34)")),
    ("area_education", ("Education (Art. 14)", "Éducation (art. 14)")),
    ("public_service_body", ("Good administration (Art. 41)", "Bonne administration (art. 41)")),
    ("legal_or_similar_effect", ("Effective remedy (Art. 47)", "Recours effectif (art. 47)")),
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
    rights = [right for brought_by, right in RIGHTS if not brought_by or brought_by in project["holds"]]
    return [
        {"heading": ("1. Where the system is used, Art. 27(1)(a)", "1. Où le système est utilisé, art. 27, § 1, a)")},
        {"text": project["purpose"]}
        if project["purpose"]
        else {"open": {"product_owner": ("the intended purpose", "la destination du système")}},
        {"answers": PROCESS},
        {
            "open": {
                "product_owner": (
                    "the process of the organisation in which the system is used, step by step, and where its result "
                    "goes",
                    "le processus de l'organisation dans lequel le système est utilisé, étape par étape, et où va son "
                    "résultat",
                )
            }
        },
        {"heading": ("2. How long and how often, Art. 27(1)(b)", "2. Durée et fréquence, art. 27, § 1, b)")},
        {
            "open": {
                "operations": (
                    "period of use, number of decisions a day or a month",
                    "période d'utilisation, nombre de décisions par jour ou par mois",
                )
            }
        },
        {
            "heading": (
                "3. Who is likely to be affected, Art. 27(1)(c)",
                "3. Qui est susceptible d'être touché, art. 27, § 1, c)",
            )
        },
        {"answers": PEOPLE},
        {
            "facts": {
                ("Protected attributes in the data", "Attributs protégés dans les données"): ", ".join(
                    project["protected"]
                )
            }
        },
        {
            "open": {
                "product_owner": (
                    "categories of people and groups affected in this use, also those who are not in the data",
                    "catégories de personnes et groupes touchés dans cet usage, y compris absents des données",
                )
            }
        },
        {"heading": ("4. Risks of harm to them, Art. 27(1)(d)", "4. Risques de préjudice pour eux, art. 27, § 1, d)")},
        {
            "table": {
                ("Right", "Droit"): rights,
                ("Harm that may come about", "Préjudice possible"): [BLANK] * len(rights),
                ("Who would bear it", "Qui le subirait"): [BLANK] * len(rights),
                ("Gravity and likelihood", "Gravité et vraisemblance"): [BLANK] * len(rights),
            }
        },
        {
            "open": {
                "legal": (
                    "harm, gravity and likelihood for each right; other rights of the Charter concerned",
                    "préjudice, gravité et vraisemblance pour chaque droit ; autres droits de la Charte concernés",
                )
            }
        },
        {
            "subheading": (
                "What was measured on the test data of the provider",
                "Ce qui a été mesuré sur les données de test du fournisseur",
            )
        },
        {"part": "performance"},
        {"part": "groups"},
        {
            "open": {
                "data_scientist": (
                    "whether the people affected in this use are like those of the test data",
                    "si les personnes touchées dans cet usage ressemblent à celles des données de test",
                )
            }
        },
        {"heading": ("5. Human oversight, Art. 27(1)(e)", "5. Contrôle humain, art. 27, § 1, e)")},
        {"measures": OVERSIGHT},
        {
            "open": {
                "product_owner": (
                    "who oversees, with what training and what authority, as the instructions for use ask",
                    "qui exerce le contrôle, avec quelle formation et quelle autorité, comme le demande la notice",
                )
            }
        },
        {"heading": ("6. If the risks come true, Art. 27(1)(f)", "6. Si les risques se réalisent, art. 27, § 1, f)")},
        {"measures": REMEDIES},
        {
            "open": {
                "operations": (
                    "who decides within the organisation, how people complain, and within what time they are answered",
                    "qui décide dans l'organisation, comment les personnes se plaignent, et dans quel délai elles ont "
                    "une réponse",
                )
            }
        },
        {"heading": ("7. Before the first use", "7. Avant la première utilisation")},
        {
            "open": {
                "legal": (
                    "notification of the market surveillance authority with the filled-in template (Art. 27(3)); "
                    "which parts the data protection impact assessment already covers (Art. 27(4))",
                    "notification à l'autorité de surveillance du marché avec le modèle rempli (art. 27, § 3) ; ce "
                    "que l'analyse d'impact relative à la protection des données couvre déjà (art. 27, § 4)",
                ),
                "product_owner": (
                    "name and date of the person who answers for the assessment; when it is brought up to date (Art. "
                    "27(2))",
                    "nom de la personne qui répond de l'analyse et date ; quand elle est mise à jour (art. 27, § 2)",
                ),
            }
        },
    ]
