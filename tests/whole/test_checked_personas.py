"""What is generated for a persona or an example is found complete; without its lock, the lock is missing.

That each component is missed when nothing calls it is in `tests/checking/test_generated_projects.py`.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from projects import TARGET

from fatesline.catalog import Catalog
from fatesline.catalog.project import Answer, Data, Project
from fatesline.checking import check
from fatesline.commands import project_files
from fatesline.commands import solve as solve_file
from fatesline.generation.write import write
from fatesline.solution import Solution, solve
from tests.catalog_content.personas import PERSONAS, Persona

_EXAMPLES = Path(__file__).parents[2] / "examples"


def _solution(persona: Persona, catalog: Catalog, data: Data) -> Solution | None:
    project = Project.model_validate(
        {
            "project": {"name": "the_project", "title": persona.name},
            "answers": {question: Answer(chosen=options) for question, options in persona.answers.items()},
            "data": data,
        }
    )
    found = solve(project, catalog)
    return found if isinstance(found, Solution) else None


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.name)
def test_nothing_is_missing_in_the_project_of_a_persona(
    persona: Persona, catalog: Catalog, arrests_data: Data, tmp_path: Path
) -> None:
    solution = _solution(persona, catalog, arrests_data)
    if solution is None:
        pytest.skip("its answers contradict each other, by design: nothing is generated")
    write(project_files(solution), tmp_path)

    report = check(tmp_path, catalog, solution)

    assert not report.findings
    assert not report.additions
    built = {name for name, entry in catalog.entries.items() if TARGET in entry.code and entry.recognise}
    assert set(report.shown) >= built.intersection(solution.chosen)


@pytest.mark.parametrize("config", sorted(_EXAMPLES.glob("*/fates.yaml")), ids=lambda config: config.parent.name)
def test_nothing_is_missing_in_the_project_of_an_example(config: Path, tmp_path: Path) -> None:
    solution = solve_file(config)
    assert isinstance(solution, Solution)
    write(project_files(solution), tmp_path)

    assert not check(tmp_path, solution.catalog, solution).findings


def test_a_lock_that_is_taken_away_is_the_one_thing_reported(tmp_path: Path) -> None:
    solution = solve_file(_EXAMPLES / "arrests" / "fates.yaml")
    assert isinstance(solution, Solution)
    write(project_files(solution), tmp_path)
    for lock in tmp_path.rglob("requirements*.lock"):
        lock.unlink()

    report = check(tmp_path, solution.catalog, solution)

    assert {finding.feature for finding in report.findings} == {"seeds_and_lock"}
    assert report.additions == ("seeds_and_lock",)


def test_a_component_whose_file_is_gone_is_the_one_thing_reported(tmp_path: Path) -> None:
    solution = solve_file(_EXAMPLES / "arrests" / "fates.yaml")
    assert isinstance(solution, Solution)
    files = project_files(solution)
    parts = [path for path in files if path.split("/")[-2:-1] == ["components"] and not path.startswith("tests")]
    for gone in (path for path in parts if not path.endswith("__init__.py")):
        component = Path(gone).stem
        folder = tmp_path / component
        write({path: text for path, text in files.items() if path != gone}, folder)

        report = check(folder, solution.catalog, solution)

        assert {finding.feature for finding in report.findings} == {component}
