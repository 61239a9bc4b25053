"""Statement of purpose: what the system is for, what else was considered, what it must not serve, and who decides.

Purposes are stated before data are used: Regulation (EU) 2016/679, Art. 5(1)(b); Microsoft Responsible AI Standard, A3.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ACTS = (
    "prohibited_use_screening",
    "out_of_scope_uses",
    "go_decision",
    "stakeholder_consultation",
    "legal_review",
    "care_for_vulnerable_people",
    "accountable_person",
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
    return [
        {"heading": ("Purpose", "Finalité")},
        {"text": project["purpose"]}
        if project["purpose"]
        else {
            "open": {
                "product_owner": ("what the system is for, in one sentence", "à quoi sert le système, en une phrase")
            }
        },
        {
            "open": {
                "product_owner": (
                    "the need behind it; who benefits and who bears the consequences; by what sign one will see that "
                    "it serves its purpose",
                    "le besoin auquel il répond ; qui en profite et qui en supporte les conséquences ; à quel signe "
                    "on verra qu'il remplit sa finalité",
                )
            }
        },
        {"heading": ("Where and on whom", "Où et sur qui")},
        {
            "answers": (
                "jurisdiction",
                "area_of_use",
                "persons_concerned",
                "decision_automation",
                "effect_on_people",
            )
        },
        {"heading": ("Alternatives", "Autres voies")},
        {
            "text": (
                "Each is compared with the system by the same figures, or rejected for a stated reason.",
                "Chacune est comparée au système par les mêmes chiffres, ou écartée pour une raison énoncée.",
            )
        },
        {
            "table": {
                ("Alternative", "Autre voie"): [
                    ("Nothing new: work as today", "Rien de nouveau : travailler comme aujourd'hui"),
                    ("A rule that people can write down", "Une règle que l'on peut écrire"),
                    ("A simpler model", "Un modèle plus simple"),
                    ("Fewer or less personal data", "Moins de données, ou moins personnelles"),
                ],
                ("What it would give", "Ce qu'elle donnerait"): [("[to be completed]", "[à compléter]")] * 4,
                ("Why it was not taken", "Pourquoi elle n'a pas été retenue"): [("[to be completed]", "[à compléter]")]
                * 4,
            }
        },
        {"subheading": ("The system, for comparison", "Le système, pour comparaison")},
        {"part": "performance"},
        {"open": {"product_owner": ("result of each comparison", "résultat de chaque comparaison")}},
        {"heading": ("Uses out of scope", "Usages hors périmètre")},
        {
            "list": [
                (
                    "Any use that Article 5 of Regulation (EU) 2024/1689 prohibits.",
                    "Tout usage que l'article 5 du règlement (UE) 2024/1689 interdit.",
                ),
                (
                    "People, places and times that the data do not cover.",
                    "Des personnes, lieux et époques que les données ne couvrent pas.",
                ),
                ("Any purpose other than the one stated above.", "Toute finalité autre que celle énoncée plus haut."),
            ]
        },
        {"answers": ("prohibited_practices",)},
        {
            "open": {
                "product_owner": (
                    "further uses and people for which it must not serve, and how this is prevented",
                    "autres usages et personnes pour lesquels il ne doit pas servir, et comment on l'empêche",
                )
            }
        },
        {"heading": ("Decision to go ahead", "Décision de poursuivre")},
        {"measures": ACTS},
        {
            "open": {
                "legal": (
                    "result of the screening for prohibited practices, name and date",
                    "résultat de l'examen des pratiques interdites, nom et date",
                ),
                "product_owner": (
                    "decision, reasons, name of the accountable person, date and signature",
                    "décision, motifs, nom de la personne responsable, date et signature",
                ),
            }
        },
    ]
