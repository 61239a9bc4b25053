"""Waivers, days of the law and open questions stand in every report, in the language of its reader."""

from __future__ import annotations

import datetime
import json
from functools import cache
from pathlib import Path

import pytest

from fatesline.catalog import Catalog, load
from fatesline.catalog.project import About, Answer, Project, Waiver
from fatesline.checking import check
from fatesline.documents.formats import as_json, as_markdown, as_text
from fatesline.documents.standing import standing
from fatesline.documents.wording import Language
from fatesline.solution import Solution, solve

LANGUAGES: tuple[Language, ...] = ("en", "fr")
RULE = "high-stakes-are-approved"
LAW = "high-risk-provider-proves-conformity"


@cache
def of_catalog() -> Catalog:
    return load(packages=False)


@cache
def solution(*, on: datetime.date | None = None) -> Solution:
    """A provider of credit scores, not sure whether a simple model would do, with one rule waived."""

    def chosen(*options: str) -> Answer:
        return Answer(chosen=options)

    answers = {
        "jurisdiction": chosen("european_union"),
        "project_role": chosen("develops_system"),
        "persons_concerned": chosen("individuals_concerned", "profiling"),
        "area_of_use": chosen("area_creditworthiness"),
        "prohibited_practices": chosen("none_of_these_practices"),
        "effect_on_people": chosen("legal_or_similar_effect"),
        "simple_model_accuracy": Answer(chosen=("accuracy_gap_not_measured",), origin="default"),
    }
    waiver = Waiver(constraint=RULE, person="A. Martin", reason="pilot", until=datetime.date(2999, 1, 31))
    project = Project(project=About(name="scores", title="Scores"), answers=answers, waivers=(waiver,))
    found = solve(project, of_catalog(), on=on)
    assert isinstance(found, Solution)
    return found


def reports(language: Language, folder: Path) -> dict[str, str]:
    """What each command says."""
    (folder / "train.py").write_text("import pandas as pd\n")
    found = check(folder, of_catalog(), solution())
    return {
        "solve": as_text.solution(solution(), language),
        "solve, json": as_json.solution(solution(), language),
        "check": as_text.report(found, of_catalog(), language),
        "check, json": as_json.report(found, of_catalog(), language),
        "check, markdown": as_markdown.report(found, of_catalog(), language).replace("\\", ""),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_report_tells_the_waiver_with_its_rule(language: Language, tmp_path: Path) -> None:
    rule = of_catalog().constraints[RULE].because.in_language(language)

    for name, text in reports(language, tmp_path).items():
        for told in (RULE, rule, "A. Martin", "pilot", "2999-01-31"):
            assert told in text, f"{told} in {name}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_report_tells_open_questions_and_who_can_settle_them(language: Language, tmp_path: Path) -> None:
    question = of_catalog().question("simple_model_accuracy").ask.in_language(language)

    for name, text in reports(language, tmp_path).items():
        assert question in text, name
        assert "data scientist" in text, name


def test_every_report_tells_from_when_the_law_asks(tmp_path: Path) -> None:
    for name, text in reports("en", tmp_path).items():
        assert "2027-12-02" in text, name
        title = of_catalog().title("conformity_assessment", "en")
        assert title in text, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_law_to_come_is_told_with_its_article(language: Language) -> None:
    told = standing(solution(on=datetime.date(2027, 12, 1)), language)

    [law] = [law for law in told.coming if law.rule == of_catalog().constraints[LAW].because.in_language(language)]
    line = told.law(law)
    assert line.startswith("2027-12-02")
    assert ("art. 16, 17, 43, 47, 48" if language == "fr" else "Art. 16, 17, 43, 47, 48") in line
    assert ("Règlement (UE)" if language == "fr" else "Regulation (EU)") in line


def test_in_json_each_part_has_its_own_key(tmp_path: Path) -> None:
    told = {name: json.loads(text) for name, text in reports("en", tmp_path).items() if name.endswith("json")}

    for found in told.values():
        assert [waiver["constraint"] for waiver in found["waivers"]] == [RULE]
        assert "simple_model_accuracy" in [question["question"] for question in found["to_settle"]]
    conformity = of_catalog().title("conformity_assessment", "en")
    assert conformity in told["check, json"]["required_from"]["2027-12-02"]


def test_why_tells_the_day_of_the_law_and_a_waived_rule_that_speaks_of_it() -> None:
    required = as_text.why(solution().why("conformity_assessment"), "en")
    waived = as_text.why(solution().why("approval_before_release"), "fr")

    assert "the law asks for it from 2027-12-02." in required
    assert "A. Martin jusqu'au 2999-01-31" in waived


def test_without_a_configuration_nothing_of_this_is_told(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text("import pandas as pd\n")
    found = check(tmp_path, of_catalog())

    assert "waivers" not in json.loads(as_json.report(found, of_catalog(), "en"))
    assert "Rules set aside" not in as_text.report(found, of_catalog(), "en")
