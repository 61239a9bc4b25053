"""A catalog of five questions, with a condition, a forced option, an impossible one and a contradiction in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from fatesline.catalog import Catalog, read_catalog
from fatesline.interview import Session
from fatesline.reasoning import Reasoner

QUESTIONS = """\
sections:
  - {id: use, title: {en: Use, fr: Usage}}
  - {id: data, title: {en: Data, fr: Données}}
questions:
  - id: area
    section: use
    type: multi
    ask: {en: "Where is it used?", fr: "Où sert-il ?"}
    why: {en: "The area decides.", fr: "Le domaine décide."}
    sources: ["law Art. 6"]
    protective: [credit, hiring]
    who_knows: legal
    options:
      - {id: credit, formerly: [lending], title: {en: Credit, fr: Crédit}}
      - {id: hiring, title: {en: Hiring, fr: Embauche}}
      - {id: nowhere, title: {en: Elsewhere, fr: Ailleurs}}
  - id: automation
    section: use
    type: single
    asked_if: credit | hiring
    ask: {en: "Who decides?", fr: "Qui décide ?"}
    why: {en: "Machines need control.", fr: "Les machines se contrôlent."}
    sources: [law]
    protective: [fully]
    options:
      - {id: fully, title: {en: A machine, fr: Une machine}}
      - {id: advised, title: {en: A person, fr: Une personne}}
  - id: personal
    section: data
    type: yes_no
    ask: {en: "Are there personal data?", fr: "Y a-t-il des données personnelles ?"}
    why: {en: "The law asks.", fr: "La loi demande."}
    sources: [law]
    protective: [personal_data]
    measured: true
    options:
      - {id: personal_data, title: {en: "Yes", fr: Oui}}
  - id: attributes
    section: data
    type: single
    asked_if: personal_data
    ask: {en: "Are groups known?", fr: "Les groupes sont-ils connus ?"}
    why: {en: "Only then they are compared.", fr: "On ne compare qu'alors."}
    sources: [law]
    protective: [groups_unknown]
    measured: true
    who_knows: data_scientist
    options:
      - {id: groups_known, title: {en: Known, fr: Connus}}
      - {id: groups_unknown, title: {en: Not known, fr: Inconnus}}
  - id: wish
    section: data
    type: single
    ask: {en: "Which model?", fr: "Quel modèle ?"}
    why: {en: "Models differ.", fr: "Les modèles diffèrent."}
    sources: [law]
    protective: [neighbours]
    options:
      - {id: neighbours, title: {en: Neighbours, fr: Voisins}}
      - {id: trees, title: {en: Trees, fr: Arbres}}
"""

FEATURES = """\
features:
  - {id: fates, title: {en: Properties, fr: Propriétés}, summary: {en: All., fr: Tout.}, parent: fates_project,
     relation: mandatory, kind: requirement}
  - {id: reweighing, title: {en: Reweighing, fr: Repondération}, summary: {en: Weights rows., fr: Pèse les lignes.},
     parent: fates, kind: mechanism}
  - {id: human_review, title: {en: Human review, fr: Revue humaine}, summary: {en: A person looks., fr: On regarde.},
     parent: fates, kind: act}
"""

CONSTRAINTS = """\
constraints:
  - {id: one-area-at-least, formula: credit | hiring | nowhere, level: technical, sources: [law],
     because: {en: a use has an area, fr: un usage a un domaine}}
  - {id: elsewhere-excludes, formula: nowhere => !credit & !hiring, level: technical, sources: [law],
     because: {en: elsewhere is nowhere else, fr: ailleurs exclut le reste}}
  - {id: credit-is-personal, formula: credit => personal_data, level: law, sources: ["law Art. 4"],
     because: {en: credit is about persons, fr: le crédit porte sur des personnes}}
  - {id: machines-are-reviewed, formula: fully => human_review, level: law, sources: ["law Art. 14"],
     because: {en: a machine alone is reviewed, fr: une machine seule est revue}}
  - {id: known-groups-are-weighed, formula: groups_known & fully => reweighing, level: method, sources: [law],
     because: {en: known groups are balanced, fr: les groupes connus s'équilibrent}}
  - {id: neighbours-take-no-weights, formula: reweighing => !neighbours, level: technical, sources: [law],
     because: {en: neighbours take no weights, fr: les voisins ne prennent pas de poids}}
"""

SOURCES = 'law: {title: A law, date: "2024-07-12", url: "https://example.org/law", checked: text}\n'

CATALOG = """\
name: five
version: "1"
languages: [en, fr]
title: {en: Five questions, fr: Cinq questions}
"""


def written(folder: Path, constraints: str = CONSTRAINTS) -> Catalog:
    """The catalog of five questions, with other constraints if given."""
    files = {
        "catalog.yaml": CATALOG,
        "sources/sources.yaml": SOURCES,
        "context/questions.yaml": QUESTIONS,
        "requirements/features.yaml": FEATURES,
        "constraints/rules.yaml": constraints,
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return read_catalog(folder)


@pytest.fixture(scope="session")
def five(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return written(tmp_path_factory.mktemp("five"))


@pytest.fixture
def session(five: Catalog) -> Session:
    return Session(five, Reasoner(five.model))
