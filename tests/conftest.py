"""A small catalog on disk, to be changed by each test that needs a catalog of its own; and which week it is."""

from __future__ import annotations

import datetime
import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from fatesline.catalog import Catalog, read_catalog
from fatesline.errors import UserError

#: Weeks since Monday, 1 January of the year 1; decides which part of the covering sample is trained. Other processes of
#: the same run take it from the environment, lest midnight falls between them.
WEEK = os.environ.setdefault("COVERING_WEEK", str((datetime.date.today().toordinal() - 1) // 7))

CATALOG = """\
name: small
version: "1"
languages: [en, fr]
title: {en: Small catalog, fr: Petit catalogue}
"""

SOURCES = """\
law: {title: A law, date: "2024-07-12", checked: text}
paper: {title: A paper, date: "2012", checked: text}
"""

QUESTIONS = """\
sections:
  - {id: people, title: {en: People, fr: Personnes}}
  - {id: model, title: {en: Model, fr: Modèle}}
questions:
  - id: need_for_weights
    section: model
    ask: {en: "Are some rows worth more?", fr: "Certaines lignes valent-elles plus ?"}
    why: {en: Weights change what is learned., fr: Les poids changent ce qui est appris.}
    sources: [paper]
    type: yes_no
    asked_if: personal_data
    protective: [rows_differ]
    options:
      - {id: rows_differ, title: {en: "Yes", fr: Oui}}
  - id: kind_of_data
    section: people
    ask: {en: "What are the rows?", fr: "Que sont les lignes ?"}
    why: {en: People have rights., fr: Les personnes ont des droits.}
    sources: [law Art. 4]
    type: single
    protective: [personal_data]
    options:
      - {id: personal_data, title: {en: People, fr: Des personnes}}
      - {id: things_only, title: {en: Things, fr: Des choses}}
"""

REQUIREMENTS = """\
features:
  - id: fates
    title: {en: Requirements, fr: Exigences}
    summary: {en: All of them., fr: Toutes.}
    parent: fates_project
    relation: mandatory
    kind: requirement
  - id: fairness
    title: {en: Fairness, fr: Équité}
    summary: {en: Nobody is worse off., fr: Personne n'est lésé.}
    parent: fates
    kind: requirement
    requires:
      - id: fairness-concerns-people
        formula: weights_wanted
        level: method
        because: {en: only people can be treated unfairly, fr: seules des personnes peuvent être lésées}
        sources: [paper p. 3]
  - id: weights_wanted
    title: {en: Weights are wanted, fr: Des poids sont voulus}
    summary: {en: People differ., fr: Les personnes diffèrent.}
    parent: context_facts
    kind: derived
    defined_as: personal_data & rows_differ
    definition: when-weights-are-wanted
    sources: [law]
"""

CONSTRAINTS = """\
constraints:
  - id: people-are-owed-fairness
    formula: weights_wanted => fairness
    level: law
    because: {en: the law says so, fr: la loi le dit}
    sources: [law Art. 1]
  - id: weights-are-cheap
    formula: reweighing
    level: preference
    weight: 3
    because: {en: reweighing costs little, fr: la repondération coûte peu}
    sources: [paper]
"""

ENTRY = """\
id: reweighing
title: {en: Reweighing, fr: Repondération}
summary: {en: Gives rows a weight., fr: Donne un poids aux lignes.}
parent: fairness
relation: some
kind: mechanism
formerly: [reweighting]
sources: [paper]
parameters:
  strength: {type: number, default: 1.0, minimum: 0, maximum: 1, help: {en: how much, fr: combien}}
code:
  sklearn:
    - {slot: training_rows, function: reweigh}
recognise:
  - call: aif360.algorithms.preprocessing.Reweighing
"""

COMPONENT = '''\
"""Weights for rows."""


def reweigh(groups, strength):
    return groups
'''

TARGET = """\
id: sklearn
title: {en: Project, fr: Projet}
requires_python: ">=3.11"
slots:
  - id: training_rows
    title: {en: Rows, fr: Lignes}
    offers: {groups: data.groups, seed: settings.SEED}
    returns: a sampler
    fills: any
"""

FILES = {
    "catalog.yaml": CATALOG,
    "sources.yaml": SOURCES,
    "context/questions.yaml": QUESTIONS,
    "requirements/all.yaml": REQUIREMENTS,
    "constraints/all.yaml": CONSTRAINTS,
    "mechanisms/fairness/reweighing/entry.yaml": ENTRY,
    "mechanisms/fairness/reweighing/for_sklearn.py": COMPONENT,
    "mechanisms/fairness/reweighing/test_reweighing.py": "",
    "mechanisms/fairness/reweighing/cases/must/1_call.py": "",
    "mechanisms/fairness/reweighing/cases/must_not/1_import.py": "",
    "targets/sklearn/target.yaml": TARGET,
}


def pytest_report_header() -> str:
    """What repeats this run on another day."""
    return f"covering sample: week {WEEK} (COVERING_WEEK={WEEK} repeats it)"


@dataclass(frozen=True)
class CatalogFolder:
    """A catalog folder; faults show it as ``small``."""

    folder: Path

    def write(self, path: str, content: str | bytes) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())

    def text(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    def replace(self, path: str, old: str, new: str) -> None:
        text = self.text(path)
        assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times in {path}"
        self.write(path, text.replace(old, new))

    def read(self) -> Catalog:
        return read_catalog(self.folder, shown_as="small")

    def faults(self) -> list[str]:
        """What reading it says is wrong, a line each."""
        with pytest.raises(UserError) as caught:
            self.read()
        return str(caught.value).splitlines()


@pytest.fixture
def small(tmp_path: Path) -> CatalogFolder:
    """A fresh copy of the small catalog."""
    made = CatalogFolder(tmp_path / "small")
    for path, text in FILES.items():
        made.write(path, text)
    return made
