"""Draft of the entry in the record of processing, in the order of Regulation (EU) 2016/679, Art. 30(1)(a)-(g).

The legal basis (Art. 6) is told beside the purposes, since the two are only meaningful together.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SECURITY = (
    "access_control",
    "pseudonymisation",
    "encryption",
    "log_masking",
    "k_anonymity",
    "secrets_out_of_code",
    "skops_format",
    "model_hash_compared",
    "dependencies_reviewed",
    "breach_notification",
)
TRANSFERS = ("transfer_safeguards", "processor_contract", "prompts_masked_for_provider")


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
        {"heading": ("Controller, Art. 30(1)(a)", "Responsable du traitement, art. 30, § 1, a)")},
        {
            "open": {
                "legal": (
                    "name and contact of the controller, joint controllers, representative and data protection officer",
                    "nom et coordonnées du responsable, des responsables conjoints, du représentant et du délégué à "
                    "la protection des données",
                )
            }
        },
        {
            "heading": (
                "Purposes and legal basis, Art. 30(1)(b) and 6(1)",
                "Finalités et base légale, art. 30, § 1, b) et 6, § 1",
            )
        },
        {"text": project["purpose"]}
        if project["purpose"]
        else {"open": {"product_owner": ("the purposes of the processing", "les finalités du traitement")}},
        {"answers": ("legal_basis",)},
        {
            "open": {
                "legal": (
                    "the text or contract on which the basis rests; for sensitive data, the exception of Art. 9(2)",
                    "le texte ou contrat qui fonde la base ; pour des données sensibles, l'exception de l'art. 9, § 2",
                )
            }
        },
        {"heading": ("People and data, Art. 30(1)(c)", "Personnes et données, art. 30, § 1, c)")},
        {"answers": ("persons_concerned", "personal_data_used", "scale_of_processing", "data_origin")},
        {"part": "data"},
        {
            "open": {
                "data_engineer": (
                    "categories of people, and categories of data in words that people know",
                    "catégories de personnes, et catégories de données en mots compris de tous",
                )
            }
        },
        {"heading": ("Recipients, Art. 30(1)(d)", "Destinataires, art. 30, § 1, d)")},
        {"answers": ("sharing",)},
        {
            "open": {
                "legal": (
                    "recipients and processors, also those in other countries",
                    "destinataires et sous-traitants, y compris dans d'autres pays",
                )
            }
        },
        {"heading": ("Transfers, Art. 30(1)(e)", "Transferts, art. 30, § 1, e)")},
        {"measures": TRANSFERS},
        {
            "open": {
                "legal": (
                    "countries outside the European Union and the safeguards for each; or that there are none",
                    "pays hors de l'Union européenne et garanties pour chacun ; ou leur absence",
                )
            }
        },
        {"heading": ("Time limits of erasure, Art. 30(1)(f)", "Délais d'effacement, art. 30, § 1, f)")},
        {"measures": ("retention_and_erasure",)},
        {
            "open": {
                "data_engineer": (
                    "for each kind of data, also training tables, models, logs and evidence: how long it is kept and "
                    "what triggers erasure",
                    "pour chaque catégorie, y compris tableaux d'apprentissage, modèles, journaux et preuves : durée "
                    "de conservation et ce qui déclenche l'effacement",
                )
            }
        },
        {"heading": ("Security, Art. 30(1)(g) and 32(1)", "Sécurité, art. 30, § 1, g) et 32, § 1")},
        {"measures": SECURITY},
        {
            "open": {
                "security": (
                    "technical and organisational measures of the surroundings",
                    "mesures techniques et organisationnelles de l'environnement",
                )
            }
        },
    ]
