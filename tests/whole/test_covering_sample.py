"""Every pair of components that the model allows gives a tidy project that trains and passes its own tests.

Training all of them takes too long for every day: `make coverage` does it. Here each week has a part of the sample, so
that all have had their turn after PARTS weeks. A test run says first which week; COVERING_WEEK chooses another.
"""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from projects import KIND_OF_SYSTEM, TARGET, choices, files_of, sample_of, trained, undefined_names, widened

from fatesline.catalog import Catalog, load
from fatesline.catalog.project import Data
from fatesline.generation.write import write
from fatesline.model.configuration import Configuration
from fatesline.reasoning import Reasoner

#: Read when tests are collected, since each project of the sample is a test of its own.
CATALOG = load(packages=False)
SAMPLE = sample_of(CATALOG)

#: Weeks until every project has had its turn.
PARTS = -(-len(SAMPLE) // 8)
WEEK = int(os.environ["COVERING_WEEK"])


@pytest.fixture(scope="module")
def projects(catalog: Catalog, arrests_data: Data) -> list[dict[str, str]]:
    """The files of all projects of the sample."""
    return [files_of(chosen, catalog, arrests_data) for chosen in SAMPLE]


def test_the_sample_has_every_pair_of_choices_that_the_model_allows(catalog: Catalog) -> None:
    reasoner = Reasoner(catalog.model)

    for one, other in itertools.combinations(choices(catalog), 2):
        allowed = reasoner.is_consistent(Configuration.choosing(KIND_OF_SYSTEM, one, other))
        shown = any(one in found and other in found for found in SAMPLE)
        assert allowed == shown, f"{one} with {other}: allowed {allowed}, in the sample {shown}"


def test_every_project_of_the_sample_is_tidy(projects: list[dict[str, str]], tmp_path: Path) -> None:
    for number, files in enumerate(projects):
        write(files, tmp_path / f"project_{number}")

    checked = subprocess.run([sys.executable, "-m", "ruff", "check", "."], cwd=tmp_path, capture_output=True, text=True)
    formatted = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--check", "."], cwd=tmp_path, capture_output=True, text=True
    )

    assert checked.returncode == 0, checked.stdout
    assert formatted.returncode == 0, formatted.stdout


def test_no_project_mentions_a_component_that_was_not_selected(
    projects: list[dict[str, str]], catalog: Catalog
) -> None:
    built = [name for name, entry in catalog.entries.items() if TARGET in entry.code]

    for chosen, files in zip(SAMPLE, projects, strict=True):
        own = {path: text for path, text in files.items() if path.endswith(".py") and "/components/" not in path}
        for name in set(built) - chosen:
            assert not [path for path, text in own.items() if re.search(rf"\b{name}\b", text)], name
            assert f"release_decisions/components/{name}.py" not in files


def test_versions_of_python_are_bounded_once_on_each_side(projects: list[dict[str, str]]) -> None:
    for files in projects:
        bounds = tomllib.loads(files["pyproject.toml"])["project"]["requires-python"].split(",")
        assert [bound[0] for bound in bounds] == [">", "<"], bounds


@pytest.mark.slow
@pytest.mark.parametrize("number", range(WEEK % PARTS, len(SAMPLE), PARTS), ids="project {}".format)
def test_projects_of_the_sample_train_and_pass_their_own_tests(
    number: int, catalog: Catalog, arrests_data: Data, arrests: Path, tmp_path: Path
) -> None:
    write(files_of(SAMPLE[number], catalog, arrests_data), tmp_path / "project")
    part = widened(arrests, tmp_path / "part.csv", rows=600)

    assert not undefined_names(tmp_path / "project", "release_decisions", tmp_path / "mypy")
    assert "passed" in trained(tmp_path / "project", part)
