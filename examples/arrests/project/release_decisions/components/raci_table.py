"""Table of roles: who answers for what (A), who does it (R), who advises (C) and who is told (I).

The roles and their letters are those of a guide on supervising models (supervision_guide 1); who holds each role is for
people to write. NIST AI 100-1, GOVERN 2.1, asks for the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: The same in English and in French; the project's ``documents.py`` picks one.
Text = tuple[str, str]

ROLES: Mapping[str, Text] = {
    "product_owner": ("Product owner", "Responsable produit"),
    "ml_engineer": ("ML engineer", "Ingénierie ML"),
    "data_scientist": ("Data scientist", "Data scientist"),
    "data_engineer": ("Data engineer", "Ingénierie des données"),
    "security": ("Security and privacy", "Sécurité et vie privée"),
    "legal": ("Compliance and legal", "Conformité et juridique"),
    "operations": ("Operations", "Exploitation"),
}

#: What is done, and the letters of the roles that are not only told.
ACTIVITIES: tuple[tuple[Text, Mapping[str, str]], ...] = (
    (
        ("Goals, thresholds of acceptance, priorities", "Objectifs, seuils d'acceptation, priorités"),
        {"product_owner": "A/R", "data_scientist": "C", "legal": "C"},
    ),
    (
        ("Performance, columns, drift, explanations", "Performance, colonnes, dérive, explications"),
        {"product_owner": "A", "data_scientist": "R", "data_engineer": "C"},
    ),
    (
        ("Origin, quality and retention of the data", "Origine, qualité et conservation des données"),
        {"product_owner": "A", "data_engineer": "R", "legal": "C", "data_scientist": "C"},
    ),
    (
        ("Deployment, observability, retraining", "Déploiement, observabilité, réentraînement"),
        {"product_owner": "A", "ml_engineer": "R", "operations": "C", "data_scientist": "C"},
    ),
    (
        ("Alerts, service levels, escalation", "Alertes, niveaux de service, escalade"),
        {"product_owner": "A", "operations": "R", "ml_engineer": "C"},
    ),
    (
        (
            "Threats, secrets, personal data, impact assessments",
            "Menaces, secrets, données personnelles, analyses d'impact",
        ),
        {"product_owner": "A", "security": "C", "legal": "C", "ml_engineer": "R"},
    ),
    (
        ("Compliance with the law, retention of records", "Conformité au droit, conservation des pièces"),
        {"product_owner": "A", "legal": "C", "data_engineer": "R"},
    ),
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
    table: dict[Text, list[Any]] = {("Activity", "Activité"): [what for what, _ in ACTIVITIES]}
    table |= {title: [letters.get(role, "I") for _, letters in ACTIVITIES] for role, title in ROLES.items()}
    return [
        {
            "text": (
                "R: does it; A: answers for it, one role only; C: is asked beforehand; I: is told afterwards.",
                "R : réalise ; A : en répond, un seul rôle ; C : est consulté avant ; I : est informé après.",
            )
        },
        {"table": table},
        {"heading": ("Who holds each role", "Qui tient chaque rôle")},
        {
            "table": {
                ("Role", "Rôle"): list(ROLES.values()),
                ("Name", "Nom"): [("[to be completed]", "[à compléter]")] * len(ROLES),
                ("Deputy", "Suppléance"): [("[to be completed]", "[à compléter]")] * len(ROLES),
            }
        },
        {
            "open": {
                "product_owner": (
                    "names and deputies; changes to the letters; the one person who answers for the whole system",
                    "noms et suppléances ; changements des lettres ; la seule personne qui répond du système entier",
                )
            }
        },
        {"heading": ("What this project leaves to each role", "Ce que ce projet confie à chaque rôle")},
        *_duties(project),
    ]


def _duties(project: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The acts and drafts of this project by the role that sees to them."""
    blocks: list[dict[str, Any]] = []
    drafts = [part for part in project["selected"] if part["evidence"] in ("file", "signature")]
    for role, title in (*ROLES.items(), ("everyone", ("The whole team", "Toute l'équipe"))):
        duties = [part["title"] for part in (*project["people"], *drafts) if part["responsible"] == role]
        if duties:
            blocks += [{"subheading": title}, {"boxes": duties}]
    return blocks or [{"text": ("Nothing is left to people alone.", "Rien n'est laissé aux seules personnes.")}]
