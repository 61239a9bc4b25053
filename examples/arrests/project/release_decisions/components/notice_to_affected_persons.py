"""Draft of the notice to the people concerned: what is done with their data, by what logic, and what rights they have.

Regulation (EU) 2016/679, Art. 13 and 14; Regulation (EU) 2024/1689, Art. 26(11) and 86; for New York City, Local Law
144, 20-871(b); for federal departments of Canada, Directive on Automated Decision-Making 6.2. Each part stands only
where the answers call for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: The same in English and in French; the project's ``documents.py`` picks one.
Text = tuple[str, str]

#: The feature that gives a right here, and the right as the notice words it.
RIGHTS: tuple[tuple[str, Text], ...] = (
    (
        "gdpr_applies",
        (
            "see the data we hold on you, and receive a copy",
            "voir les données que nous détenons sur vous, et en recevoir copie",
        ),
    ),
    ("gdpr_applies", ("have wrong data corrected", "faire rectifier des données inexactes")),
    (
        "gdpr_applies",
        (
            "have data erased, or their use restricted, where the law provides for it",
            "faire effacer des données ou en limiter l'usage, lorsque la loi le prévoit",
        ),
    ),
    (
        "objection_channel",
        (
            "object on grounds of your own situation",
            "vous opposer pour des raisons tenant à votre situation particulière",
        ),
    ),
    (
        "withdrawal_of_consent",
        (
            "withdraw your consent at any time, as easily as you gave it",
            "retirer votre consentement à tout moment, aussi simplement que vous l'avez donné",
        ),
    ),
    (
        "automated_decision",
        (
            "have a person look at the decision again, give your point of view, and contest it",
            "obtenir qu'une personne réexamine la décision, exprimer votre point de vue et la contester",
        ),
    ),
    (
        "local_explanation",
        (
            "ask what role the system played and which main elements led to the decision",
            "demander quel rôle le système a joué et quels éléments principaux ont conduit à la décision",
        ),
    ),
    ("contestation_channel", ("contest the decision", "contester la décision")),
    (
        "gdpr_applies",
        ("complain to the supervisory authority", "introduire une réclamation auprès de l'autorité de contrôle"),
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
    holds = set(project["holds"])
    rights = list(dict.fromkeys(text for gives, text in RIGHTS if gives in holds))
    return [
        {
            "text": (
                "To be read by the people concerned: keep sentences short, and try the text on readers before use.",
                "Destiné aux personnes concernées : gardez des phrases courtes, et essayez le texte auprès de "
                "lecteurs avant usage.",
            )
        },
        {
            "heading": (
                "A system takes part in decisions about you",
                "Un système participe à des décisions qui vous concernent",
            )
        },
        {"text": project["purpose"]}
        if project["purpose"]
        else {
            "open": {
                "product_owner": (
                    "in one plain sentence, what the system is used for",
                    "en une phrase simple, à quoi sert le système",
                )
            }
        },
        *_decision(holds),
        {"heading": ("Who is responsible", "Qui est responsable")},
        {
            "open": {
                "legal": (
                    "name and contact of the controller and of the data protection officer",
                    "nom et coordonnées du responsable du traitement et du délégué à la protection des données",
                )
            }
        },
        {
            "heading": (
                "Which data are used, and why this is allowed",
                "Quelles données sont utilisées, et sur quelle base",
            )
        },
        {"answers": ("personal_data_used", "legal_basis", "data_origin")},
        {
            "open": {
                "data_engineer": (
                    "the kinds of data used, in words people know",
                    "les catégories de données utilisées, en mots compris de tous",
                ),
                "legal": (
                    "recipients, transfers outside the European Union, how long data are kept",
                    "destinataires, transferts hors de l'Union européenne, durée de conservation",
                ),
            }
        },
        {"heading": ("How the result comes about", "Comment le résultat est obtenu")},
        {
            "open": {
                "product_owner": (
                    "in plain words: which elements count most and in which direction, and what the result means for "
                    "the person",
                    "en mots simples : quels éléments comptent le plus et dans quel sens, et ce que le résultat "
                    "signifie pour la personne",
                )
            }
        },
        {"heading": ("Your rights", "Vos droits")},
        *(
            [{"text": ("You may:", "Vous pouvez :")}, {"list": rights}]
            if rights
            else [
                {
                    "text": (
                        "No right that the law gives here is known to this project.",
                        "Ce projet ne connaît aucun droit que la loi donne ici.",
                    )
                }
            ]
        ),
        {
            "open": {
                "operations": (
                    "where to write or call, and within what time an answer comes",
                    "où écrire ou appeler, et dans quel délai une réponse vient",
                )
            }
        },
        *_elsewhere(holds),
    ]


def _decision(holds: set[str]) -> list[dict[str, Any]]:
    if "fully_automated" in holds:
        return [{"text": ("The decision is taken by the system alone.", "La décision est prise par le système seul.")}]
    if "automated_with_human_veto" in holds:
        return [
            {
                "text": (
                    "The system decides; a person can stop its decision.",
                    "Le système décide ; une personne peut arrêter sa décision.",
                )
            }
        ]
    if "human_decides" in holds:
        return [
            {"text": ("A person decides; the system gives advice.", "Une personne décide ; le système donne un avis.")}
        ]
    return []


def _elsewhere(holds: set[str]) -> list[dict[str, Any]]:
    """What laws outside the European Union and of single administrations add."""
    added: list[dict[str, Any]] = []
    if "new_york_city_hiring" in holds:
        added += [
            {
                "heading": (
                    "New York City: at least ten business days before use",
                    "Ville de New York : au moins dix jours ouvrés avant l'usage",
                )
            },
            {
                "open": {
                    "legal": (
                        "the job qualifications and characteristics that the tool assesses; how to ask for another "
                        "process or a reasonable accommodation; the source and kind of data and how long they are kept",
                        "les qualifications et caractéristiques que l'outil évalue ; comment demander une autre "
                        "procédure ou un aménagement ; source et nature des données, durée de conservation",
                    )
                }
            },
        ]
    if "canadian_federal_administration" in holds:
        added += [
            {
                "heading": (
                    "Canada: before the decision, on the website and in plain language",
                    "Canada : avant la décision, sur le site et en langage clair",
                )
            },
            {
                "open": {
                    "legal": (
                        "role of the system in the decision, link to the published impact assessment, recourse",
                        "rôle du système dans la décision, lien vers l'évaluation publiée, recours",
                    )
                }
            },
        ]
    if "french_public_administration" in holds:
        added += [
            {
                "heading": (
                    "French administration: stated on the decision itself",
                    "Administration française : mention sur la décision elle-même",
                )
            },
            {
                "open": {
                    "legal": (
                        "purpose of the algorithmic treatment, and that its main rules are given on request (CRPA "
                        "L311-3-1, R311-3-1-1)",
                        "finalité du traitement algorithmique, et droit d'obtenir communication de ses règles "
                        "principales (CRPA L311-3-1, R311-3-1-1)",
                    )
                }
            },
        ]
    return added
