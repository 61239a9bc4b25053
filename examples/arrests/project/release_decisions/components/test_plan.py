"""Plan of the tests: what is tested, against which threshold, what the run found, and what no test here covers.

Tests against metrics and thresholds defined beforehand: Regulation (EU) 2024/1689, Art. 9(8); levels of test after
Breck et al. (2017), The ML Test Score.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


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
    judged = [name for name, found in evidence.items() if "holds" in found]
    titles = {part["id"]: part["title"] for part in project["selected"]}
    others = [part for part in project["selected"] if part["id"] not in judged]
    return [
        {"heading": ("What is tested, and how", "Ce qui est testé, et comment")},
        {
            "text": (
                "`make test` runs all of it; without the evidence of a run, the tests of requirements fail.",
                "`make test` exécute le tout ; sans les preuves d'une exécution, les tests d'exigences échouent.",
            )
        },
        {
            "table": {
                ("Level", "Niveau"): [
                    ("components", "composants"),
                    ("pipeline", "chaîne de traitement"),
                    ("requirements", "exigences"),
                    ("operation", "exploitation"),
                ],
                ("Where", "Où"): [
                    "tests/components/",
                    "tests/test_pipeline.py",
                    "tests/test_requirements.py",
                    ("[to be completed]", "[à compléter]"),
                ],
                ("What it shows", "Ce que cela montre"): [
                    ("each component computes what its source says", "chaque composant calcule ce que dit sa source"),
                    (
                        "the pipeline trains, decides every row, and comes back from disk unchanged",
                        "la chaîne apprend, décide chaque ligne, et revient du disque inchangée",
                    ),
                    (
                        "what the run measured keeps the thresholds; the documents are written",
                        "ce que l'exécution a mesuré respecte les seuils ; les documents sont écrits",
                    ),
                    (
                        "load, failures of what it depends on, alerts, going back to the version before",
                        "charge, pannes de ce dont il dépend, alertes, retour à la version précédente",
                    ),
                ],
            }
        },
        {"heading": ("Requirements with a threshold", "Exigences avec un seuil")},
        {
            "table": {
                ("Requirement", "Exigence"): [titles.get(name, name) for name in judged],
                ("Test", "Test"): [f"test_{name}" for name in judged],
                ("Responsible", "Responsable"): [_responsible(project, name) for name in judged],
            }
        },
        {"part": "checks"},
        {
            "open": {
                "data_scientist": (
                    "when and by whom each threshold was fixed, before its figure was known",
                    "quand et par qui chaque seuil a été fixé, avant que son chiffre soit connu",
                )
            }
        },
        {"heading": ("Parts whose own tests are all there is", "Éléments couverts par leurs seuls tests propres")},
        {"list": [part["title"] for part in others]},
        {"heading": ("On which data", "Sur quelles données")},
        {"part": "data"},
        {
            "open": {
                "data_engineer": (
                    "which further data represent use in production, and when they are tested on",
                    "quelles autres données représentent l'usage en production, et quand elles servent au test",
                )
            }
        },
        {"heading": ("What no program here tests", "Ce qu'aucun programme ne teste ici")},
        {
            "boxes": [
                (
                    "users understand the results and their limits",
                    "les utilisateurs comprennent les résultats et leurs limites",
                ),
                (
                    "people can contest a decision and are answered",
                    "les personnes peuvent contester une décision et obtiennent une réponse",
                ),
                (
                    "the system can be stopped, and the work goes on",
                    "le système peut être arrêté, et le travail continue",
                ),
                (
                    "load, latency and failures in the surroundings in which it will run",
                    "charge, latence et pannes dans l'environnement d'exécution",
                ),
                (
                    "attempts to fool, copy or poison the model",
                    "tentatives de tromper, copier ou empoisonner le modèle",
                ),
            ]
        },
        {
            "open": {
                "ml_engineer": (
                    "for each of these: by whom, when, with what result",
                    "pour chacun : par qui, quand, avec quel résultat",
                )
            }
        },
        {"heading": ("When everything is tested again", "Quand tout est testé à nouveau")},
        {
            "text": (
                "At every change of code, data or packages, before each release, and after each incident.",
                "À chaque changement de code, de données ou de paquets, avant chaque mise en service, et après chaque "
                "incident.",
            )
        },
        {
            "open": {
                "product_owner": (
                    "who accepts the results before release, name and date",
                    "qui accepte les résultats avant la mise en service, nom et date",
                )
            }
        },
    ]


def _responsible(project: Mapping[str, Any], name: str) -> tuple[str, str] | str:
    words = {
        "product_owner": ("product owner", "responsable produit"),
        "data_scientist": ("data scientist", "data scientist"),
        "ml_engineer": ("ML engineer", "ingénierie ML"),
        "data_engineer": ("data engineer", "ingénierie des données"),
        "security": ("security", "sécurité"),
        "legal": ("legal", "juridique"),
        "operations": ("operations", "exploitation"),
        "everyone": ("team", "équipe"),
    }
    found = [part["responsible"] for part in project["selected"] if part["id"] == name]
    return words[found[0]] if found else "–"
