"""Generate, then check: the same components come back; without one of them, exactly that one is missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from projects import files_of

from fatesline.catalog import Catalog
from fatesline.catalog.project import Answer, Data, Project
from fatesline.checking import check
from fatesline.commands import project_files
from fatesline.generation.write import write
from fatesline.model.configuration import Configuration
from fatesline.reasoning.sampling import covering
from fatesline.solution import Solution, solve

TARGET = "sklearn"


def built(catalog: Catalog) -> frozenset[str]:
    return frozenset(name for name, entry in catalog.entries.items() if TARGET in entry.code)


def test_checking_a_generated_project_finds_exactly_its_components(
    catalog: Catalog, arrests_data: Data, tmp_path: Path
) -> None:
    sample = covering(catalog.model, sorted(built(catalog)), given=Configuration.choosing("learns_from_tables"))

    for number, chosen in enumerate(sample):
        write(files_of(chosen, catalog, arrests_data), tmp_path / str(number))
        report = check(tmp_path / str(number), catalog)

        assert frozenset(report.configuration.chosen) & built(catalog) == chosen & built(catalog), number
        assert not [finding for finding in report.findings if finding.severity != "note"], report.findings


@pytest.fixture(scope="module")
def solution(catalog: Catalog, arrests_data: Data) -> Solution:
    """A project with high stakes, so that much is required."""

    def chosen(*options: str) -> Answer:
        return Answer(chosen=options)

    project = Project.model_validate(
        {
            "project": {"name": "release_decisions", "title": "Release after arrest"},
            "answers": {
                "jurisdiction": chosen("other_jurisdiction"),
                "prohibited_practices": chosen("none_of_these_practices"),
                "persons_concerned": chosen("individuals_concerned"),
                "protected_attributes": chosen("known_for_training_and_test"),
                "effect_on_people": chosen("legal_or_similar_effect"),
                "bias_sources": chosen("labels_may_be_biased"),
                "explanation_questions": chosen("how_the_model_works", "why_this_result"),
                "measured_data_facts": chosen("under_represented_group", "base_rates_differ"),
            },
            "data": arrests_data,
        }
    )
    found = solve(project, catalog)
    assert isinstance(found, Solution)
    return found


def test_nothing_is_missing_in_a_generated_project(solution: Solution, catalog: Catalog, tmp_path: Path) -> None:
    write(project_files(solution), tmp_path)

    report = check(tmp_path, catalog, solution)

    assert report.findings == ()
    assert report.additions == ()
    assert frozenset(report.shown) == built(catalog) & frozenset(solution.chosen)


def calls_of(files: dict[str, str], name: str) -> dict[str, str]:
    """The files with every statement or list item that calls a component taken out of the project's own modules."""
    changed = {}
    for path, text in files.items():
        if path.endswith(".py") and path.startswith("release_decisions/") and "/components/" not in path:
            call = rf"^ *(?:[\w\[\]\", ]+ = |return |\()?{name}\.\w+\((?:[^()]|\([^()]*\))*\)\n"
            text = re.sub(call, "", text, flags=re.MULTILINE)
        changed[path] = text
    return changed


#: Taking the call out leaves a program that does the rest; for the others something else would no longer make sense.
REMOVABLE = ["reweighing", "fairness_gate", "noise_robustness", "model_card", "data_card", "tradeoff_record"]


@pytest.mark.parametrize("name", REMOVABLE)
def test_a_component_taken_out_is_the_one_that_is_reported(
    name: str, solution: Solution, catalog: Catalog, tmp_path: Path
) -> None:
    files = project_files(solution)
    assert name in solution.chosen
    without = calls_of(files, name)
    assert without != files
    if name in ("model_card", "data_card", "tradeoff_record"):
        without = {path: text for path, text in without.items() if f"components/{name}" not in path}
    write(without, tmp_path)

    report = check(tmp_path, catalog, solution)

    assert {finding.feature for finding in report.findings if finding.feature} == {name}
    assert report.additions == (name,)


def test_the_same_answers_give_the_same_bytes(solution: Solution, catalog: Catalog) -> None:
    again = solve(solution.project, catalog)
    assert isinstance(again, Solution)

    assert project_files(again) == project_files(solution)
