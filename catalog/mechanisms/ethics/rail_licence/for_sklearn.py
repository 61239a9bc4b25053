"""Draft of a behavioural-use licence for the model: free to use and pass on, within restrictions that go with it.

The idea and the structure (grant, use restrictions in an attachment, duty to pass them on) follow Contractor et al.
(2022), Behavioral use licensing for responsible AI, doi 10.1145/3531146.3533143. The wording is this project's own and
needs a lawyer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: The same in English and in French; the project's ``documents.py`` picks one.
Text = tuple[str, str]

#: Uses that the licence excludes, with the feature that makes each a matter here; none: always.
RESTRICTIONS: tuple[tuple[str, Text], ...] = (
    ("", ("in breach of any law that applies to the use", "en violation du droit applicable à l'usage")),
    (
        "",
        (
            "for a practice that Article 5 of Regulation (EU) 2024/1689 prohibits, wherever it takes place",
            "pour une pratique que l'article 5 du règlement (UE) 2024/1689 interdit, où qu'elle ait lieu",
        ),
    ),
    (
        "",
        (
            "to harm people, to deceive them, or to exploit that they cannot defend themselves",
            "pour nuire à des personnes, les tromper, ou exploiter leur vulnérabilité",
        ),
    ),
    (
        "individuals_concerned",
        (
            "to decide about a person without human review, where the decision has legal or similar effect",
            "pour décider du sort d'une personne sans réexamen humain, si la décision a un effet juridique ou "
            "semblable",
        ),
    ),
    (
        "individuals_concerned",
        (
            "to treat people worse because of a protected attribute or of what stands in for it",
            "pour traiter des personnes moins bien en raison d'un attribut protégé ou de ce qui en tient lieu",
        ),
    ),
    (
        "personal_data",
        (
            "to recognise people in the training data, or to infer whether somebody is among them",
            "pour reconnaître des personnes dans les données d'apprentissage, ou inférer leur présence",
        ),
    ),
    (
        "",
        (
            "on people, places or times that the data card does not cover, without measuring anew",
            "sur des personnes, lieux ou époques que la fiche de données ne couvre pas, sans nouvelle mesure",
        ),
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
    excluded = [use for brought_by, use in RESTRICTIONS if not brought_by or brought_by in project["holds"]]
    return [
        {
            "text": (
                "This licence restricts uses, so it is no open-source licence in the sense of the Open Source "
                "Initiative.",
                "Cette licence restreint des usages : ce n'est donc pas une licence libre au sens de l'Open Source "
                "Initiative.",
            )
        },
        {"heading": ("1. What is licensed", "1. Objet")},
        {
            "facts": {
                ("Model", "Modèle"): project["title"],
                ("Model, SHA-256", "Modèle, SHA-256"): evidence["run"]["model"]["sha256"],
            }
        },
        {
            "open": {
                "legal": (
                    "licensor, contact, version of the licence, whether code and data are licensed too",
                    "concédant, contact, version de la licence, si le code et les données sont aussi concédés",
                )
            }
        },
        {"heading": ("2. Grant", "2. Droits concédés")},
        {
            "text": (
                "Subject to sections 3 and 4, the licensor grants everybody, worldwide and free of charge, the right "
                "to use, copy, change and pass on the model and what is made from it.",
                "Sous réserve des articles 3 et 4, le concédant accorde à tous, dans le monde entier et à titre "
                "gratuit, le droit d'utiliser, copier, modifier et transmettre le modèle et ce qui en est tiré.",
            )
        },
        {"heading": ("3. Restrictions of use", "3. Restrictions d'usage")},
        {
            "text": (
                "Neither the model nor what is made from it may be used:",
                "Ni le modèle ni ce qui en est tiré ne peuvent être utilisés :",
            )
        },
        {"steps": excluded},
        {
            "open": {
                "product_owner": (
                    "further restrictions that the purpose of this model calls for",
                    "autres restrictions qu'appelle la finalité de ce modèle",
                )
            }
        },
        {"heading": ("4. Passing it on", "4. Transmission")},
        {
            "text": (
                "Whoever passes on the model, or something made from it, binds those who receive it to section 3, "
                "hands over this licence and the model card, and says what was changed.",
                "Qui transmet le modèle, ou ce qui en est tiré, impose l'article 3 à qui le reçoit, remet cette "
                "licence et la fiche modèle, et indique ce qui a été modifié.",
            )
        },
        {"heading": ("5. End and updates", "5. Fin et mises à jour")},
        {
            "text": (
                "Whoever breaks section 3 loses the rights of section 2. The licensor may ask users to stop using a "
                "version that proves harmful.",
                "Qui enfreint l'article 3 perd les droits de l'article 2. Le concédant peut demander de cesser "
                "l'usage d'une version qui s'avère nuisible.",
            )
        },
        {"heading": ("6. No warranty", "6. Absence de garantie")},
        {
            "text": (
                "The model is provided as it is. The measured figures and limits are in the model card; nothing "
                "beyond them is promised.",
                "Le modèle est fourni en l'état. Les chiffres et limites mesurés sont dans la fiche modèle ; rien "
                "d'autre n'est promis.",
            )
        },
        {
            "open": {
                "legal": (
                    "liability, governing law, court, and whether this text may be used at all",
                    "responsabilité, droit applicable, juridiction, et si ce texte peut être employé",
                )
            }
        },
    ]
