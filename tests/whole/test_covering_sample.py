"""Every pair of components that the model allows gives a tidy project that trains and passes its own tests."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
from pathlib import Path

import pytest
from projects import TARGET, choices, files_of, trained, widened

from fatesline.catalog import Catalog, load
from fatesline.catalog.project import Data
from fatesline.generation.write import write
from fatesline.model.configuration import Configuration
from fatesline.reasoning import Reasoner
from fatesline.reasoning.sampling import covering

#: Read when tests are collected, since each project of the sample is a test of its own.
CATALOG = load(packages=False)
SAMPLE = covering(CATALOG.model, choices(CATALOG), given=Configuration.choosing("learns_from_tables"))


def test_the_sample_has_every_pair_of_choices_that_the_model_allows(catalog: Catalog) -> None:
    reasoner = Reasoner(catalog.model)

    for one, other in itertools.combinations(choices(catalog), 2):
        allowed = reasoner.is_consistent(Configuration.choosing("learns_from_tables", one, other))
        shown = any(one in found and other in found for found in SAMPLE)
        assert allowed == shown, f"{one} with {other}: allowed {allowed}, in the sample {shown}"


def test_every_project_of_the_sample_is_tidy(catalog: Catalog, arrests_data: Data, tmp_path: Path) -> None:
    for number, chosen in enumerate(SAMPLE):
        write(files_of(chosen, catalog, arrests_data), tmp_path / f"project_{number}")

    checked = subprocess.run([sys.executable, "-m", "ruff", "check", "."], cwd=tmp_path, capture_output=True, text=True)
    formatted = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--check", "."], cwd=tmp_path, capture_output=True, text=True
    )

    assert checked.returncode == 0, checked.stdout
    assert formatted.returncode == 0, formatted.stdout


def test_no_project_mentions_a_component_that_was_not_selected(catalog: Catalog, arrests_data: Data) -> None:
    built = [name for name, entry in catalog.entries.items() if TARGET in entry.code]

    for chosen in SAMPLE:
        files = files_of(chosen, catalog, arrests_data)
        own = {path: text for path, text in files.items() if path.endswith(".py") and "/components/" not in path}
        for name in set(built) - chosen:
            assert not [path for path, text in own.items() if re.search(rf"\b{name}\b", text)], name
            assert f"release_decisions/components/{name}.py" not in files


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(SAMPLE)))
def test_every_project_of_the_sample_trains_and_passes_its_own_tests(
    number: int, catalog: Catalog, arrests_data: Data, arrests: Path, tmp_path: Path
) -> None:
    write(files_of(SAMPLE[number], catalog, arrests_data), tmp_path / "project")
    part = widened(arrests, tmp_path / "part.csv", rows=1500)

    outcome = trained(tmp_path / "project", part)

    assert "passed" in outcome
