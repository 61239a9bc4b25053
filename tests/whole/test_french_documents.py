"""A project of French speakers: every document that training writes is French from the first line to the last."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from projects import run

import fatesline
from fatesline.catalog import Catalog
from fatesline.solution import Contradiction

ANSWERS = Path(__file__).parents[2] / "examples" / "arrests" / "answers.yaml"

#: Words that no French sentence has, and that hardly an English one does without.
ENGLISH = re.compile(r"\b(the|which|with|was|were|cannot|their|they|this|what|who|whose)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, arrests: Path) -> Path:
    """Generated in French from the answers of the example, with a waiver, and trained."""
    folder = tmp_path_factory.mktemp("french")
    config = folder / "fates.yaml"
    fatesline.ask(config, data=arrests, target="released", answers=ANSWERS, language="fr", remark=lambda line: None)
    waiver = "waivers:\n- {constraint: high-stakes-are-approved, person: A. Martin, reason: essai, until: 2999-01-31}\n"
    spoken = re.sub(r"  purpose: .*", '  purpose: "Étudier qui est libéré après une arrestation."', config.read_text())
    config.write_text(spoken + waiver)
    written = fatesline.generate(config, folder / "project")
    assert not isinstance(written, Contradiction)
    run(["-m", "release_decisions.train", arrests], folder / "project")
    return folder / "project"


def documents(project: Path) -> dict[str, str]:
    found = {path.stem: path.read_text(encoding="utf-8") for path in (project / "documents").glob("*.md")}
    return {**found, "README": (project / "README.md").read_text(encoding="utf-8")}


def sentences_in_english(catalog: Catalog) -> Iterator[str]:
    """Every text of the catalog in English that is longer than a name."""
    for entry in catalog.entries.values():
        yield from (entry.title.en, entry.summary.en)
    for constraint in catalog.constraints.values():
        yield constraint.because.en
    for question in catalog.questions:
        yield from (question.ask.en, *(option.title.en for option in question.options))


def test_no_text_of_the_catalog_stands_there_in_english(project: Path, catalog: Catalog) -> None:
    english = {text.rstrip(".") for text in sentences_in_english(catalog) if text.count(" ") >= 2}

    for name, text in documents(project).items():
        assert not [sentence for sentence in english if sentence in text], name


def test_no_sentence_of_a_document_is_english(project: Path) -> None:
    """Titles of cited works stay as they were published."""
    told = json.loads((project / "release_decisions" / "project.json").read_text(encoding="utf-8"))
    parts = [*told["selected"], *told["people"], *told["waivers"], *told["coming"]]
    cited = sorted({source for part in parts for source in part["sources"]}, key=len, reverse=True)

    for name, text in documents(project).items():
        for source in cited:
            text = text.replace(source, "")
        without_code = re.sub(r"```.*?```|`[^`]*`|\([\w/]+\.py\)|<!--.*?-->", "", text, flags=re.DOTALL)
        assert not ENGLISH.findall(without_code), name


def test_every_document_tells_the_waiver_with_its_rule(project: Path, catalog: Catalog) -> None:
    rule = catalog.constraints["high-stakes-are-approved"].because.fr

    for name, text in documents(project).items():
        assert "A. Martin jusqu'au" in text, name
        assert rule.rstrip(".") in text, name


def test_every_document_tells_the_questions_still_to_settle(project: Path, catalog: Catalog) -> None:
    question = catalog.question("simple_model_accuracy").ask.fr

    for name, text in documents(project).items():
        assert question in text, name


def test_every_draft_of_the_configuration_is_written(project: Path, catalog: Catalog) -> None:
    told = json.loads((project / "release_decisions" / "project.json").read_text(encoding="utf-8"))
    drafts = {
        part["id"]
        for part in told["selected"]
        if any(fill.slot == "draft_document" for fill in catalog.entries[part["id"]].code["sklearn"])
    }

    assert len(drafts) >= 5
    assert drafts <= documents(project).keys()
