"""Runbook for incidents: detect, triage, mitigate, root cause, correct, and look back within five working days.

The order is that of a guide on supervising models (supervision_guide 5.3); the times of reports to authorities are
those of Regulation (EU) 2024/1689, Art. 73, and of Regulation (EU) 2016/679, Art. 33.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

STOPPING = (
    "override_and_stop",
    "human_oversight",
    "operation_supervised",
    "decision_log",
    "run_tracking",
    "retraining_plan",
)

#: Within how many working days the looking back is written.
POST_MORTEM_DAYS = 5


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
        {"heading": ("Who is called", "Qui est appelé")},
        {
            "open": {
                "operations": (
                    "name, telephone and deputy of the person on duty",
                    "nom, téléphone et suppléant de la personne d'astreinte",
                ),
                "product_owner": (
                    "who decides that the system is stopped, and that it starts again",
                    "qui décide de l'arrêt du système, et de sa reprise",
                ),
                "legal": (
                    "who reports to authorities and to the people concerned",
                    "qui informe les autorités et les personnes concernées",
                ),
            }
        },
        {"measures": STOPPING},
        {"heading": ("1. Detect", "1. Détecter")},
        {"text": ("An incident is any of these:", "Est un incident :")},
        {
            "list": [
                (
                    "a requirement below that no longer holds when it is measured again (`make train`, `make test`);",
                    "une exigence ci-dessous qui n'est plus respectée lorsqu'on la mesure à nouveau (`make train`, "
                    "`make test`) ;",
                ),
                (
                    "figures that fall below those of this run, or inputs that the program refuses;",
                    "des chiffres qui tombent sous ceux de cette exécution, ou des entrées que le programme refuse ;",
                ),
                (
                    "a complaint or a contested decision that points to more than one person;",
                    "une plainte ou une décision contestée qui touche plus d'une personne ;",
                ),
                (
                    "data that were seen, changed or lost without permission.",
                    "des données vues, modifiées ou perdues sans autorisation.",
                ),
            ]
        },
        {"part": "performance"},
        {"part": "checks"},
        {
            "open": {
                "operations": (
                    "which alerts watch for them in use, with their thresholds and who receives them",
                    "quelles alertes les surveillent en service, avec leurs seuils et leurs destinataires",
                )
            }
        },
        {"heading": ("2. Triage: model, data or infrastructure", "2. Trier : modèle, données ou infrastructure")},
        {
            "steps": [
                (
                    "Note time, version and who noticed it; keep logs and inputs as they are.",
                    "Noter l'heure, la version et qui l'a remarqué ; conserver journaux et entrées en l'état.",
                ),
                (
                    "Infrastructure: do the service and its dependencies answer, within the usual time?",
                    "Infrastructure : le service et ses dépendances répondent-ils, dans le délai habituel ?",
                ),
                (
                    "Data: does `make train` on today's table pass the validation of the table?",
                    "Données : `make train` sur le tableau du jour passe-t-il la validation ?",
                ),
                (
                    "Model: does the SHA-256 of the model in use equal the one below? Do its figures on known rows?",
                    "Modèle : l'empreinte SHA-256 du modèle en service est-elle celle ci-dessous ? Ses chiffres sur "
                    "des lignes connues ?",
                ),
                (
                    "Gravity: who is affected, how many, can it be undone? Grave or unclear: stop first.",
                    "Gravité : qui est touché, combien, est-ce réversible ? Grave ou incertain : arrêter d'abord.",
                ),
            ]
        },
        {"part": "reproduction"},
        {"heading": ("3. Mitigate", "3. Limiter les effets")},
        {
            "steps": [
                (
                    "Stop the system or set its results aside; people decide in the meantime.",
                    "Arrêter le système ou écarter ses résultats ; des personnes décident en attendant.",
                ),
                (
                    "Go back to the last model that held, by its hash.",
                    "Revenir au dernier modèle conforme, par son empreinte.",
                ),
                (
                    "Find the decisions taken since the fault began, and hold back those not yet carried out.",
                    "Retrouver les décisions prises depuis le début du défaut, et retenir celles qui ne sont pas "
                    "encore exécutées.",
                ),
                ("Tell those who must know:", "Prévenir qui doit l'être :"),
            ]
        },
        *_reports(project),
        {"heading": ("4. Root cause", "4. Cause première")},
        {
            "open": {
                "data_scientist": (
                    "the chain from cause to effect, with the evidence for each link; what let it through",
                    "l'enchaînement de la cause à l'effet, avec la preuve de chaque maillon ; ce qui l'a laissé passer",
                )
            }
        },
        {"heading": ("5. Corrective action", "5. Action corrective")},
        {
            "steps": [
                (
                    "Write a test that fails because of the fault, then mend the fault.",
                    "Écrire un test qui échoue à cause du défaut, puis corriger le défaut.",
                ),
                (
                    "Train, measure and approve the new version as for a first release.",
                    "Entraîner, mesurer et approuver la nouvelle version comme une première mise en service.",
                ),
                (
                    "Correct the decisions that were wrong, and tell the people concerned.",
                    "Corriger les décisions erronées, et prévenir les personnes concernées.",
                ),
            ]
        },
        {"heading": ("6. Post-mortem", "6. Retour d'expérience")},
        {
            "text": (
                f"Written within {POST_MORTEM_DAYS} working days of the end of the incident, without blame.",
                f"Écrit dans les {POST_MORTEM_DAYS} jours ouvrés après la fin de l'incident, sans recherche de "
                f"coupable.",
            )
        },
        {
            "open": {
                "operations": (
                    "what happened, hour by hour; effect on people; what went well; what changes, who sees to it and "
                    "by when; update of the risk assessment",
                    "ce qui s'est passé, heure par heure ; effet sur les personnes ; ce qui a bien marché ; ce qui "
                    "change, qui en répond et pour quand ; mise à jour de l'analyse des risques",
                )
            }
        },
        {
            "open": {
                "operations": (
                    "date of the next drill of this procedure",
                    "date du prochain exercice de cette procédure",
                )
            }
        },
    ]


def _reports(project: Mapping[str, Any]) -> list[dict[str, Any]]:
    """To whom the law makes incidents known here, and within what time."""
    told: list[tuple[str, str]] = []
    if "serious_incident_report" in project["holds"]:
        told.append(
            (
                "market surveillance authority, at once and at the latest 15 days after becoming aware of a serious "
                "incident; 10 days in the event of a death; 2 days for a widespread infringement or a disruption of "
                "critical infrastructure (Regulation (EU) 2024/1689, Art. 73(2)-(4));",
                "autorité de surveillance du marché, sans délai et au plus tard 15 jours après la connaissance d'un "
                "incident grave ; 10 jours en cas de décès ; 2 jours pour une infraction de grande ampleur ou une "
                "perturbation d'infrastructure critique (règlement (UE) 2024/1689, art. 73, § 2 à 4) ;",
            )
        )
    if "gdpr_applies" in project["holds"]:
        told.append(
            (
                "supervisory authority for data protection, within 72 hours of becoming aware of a breach of personal "
                "data that is a risk to people; the people themselves where the risk is high (Regulation (EU) "
                "2016/679, Art. 33 and 34);",
                "autorité de protection des données, dans les 72 heures après la connaissance d'une violation de "
                "données personnelles présentant un risque ; les personnes elles-mêmes si le risque est élevé "
                "(règlement (UE) 2016/679, art. 33 et 34) ;",
            )
        )
    told.append(
        (
            "those who use the results, and the accountable person.",
            "ceux qui utilisent les résultats, et la personne responsable.",
        )
    )
    return [{"list": told}]
