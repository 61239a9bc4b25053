"""Every pair of components that the model allows gives a tidy project; a part of them trains and passes its tests."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from pathlib import Path

import pytest
from projects import files_of, run

from fatesline.catalog import Catalog
from fatesline.catalog.project import Data
from fatesline.generation.write import write
from fatesline.model.configuration import Configuration
from fatesline.reasoning import Reasoner
from fatesline.reasoning.sampling import covering

TARGET = "sklearn"


def choices(catalog: Catalog) -> list[str]:
    """Everything that changes the code of a project: components, and the criterion that parametrises them."""
    built = [name for name, entry in catalog.entries.items() if TARGET in entry.code]
    groups = {
        parameter.chosen_by
        for name in built
        for parameter in catalog.entries[name].parameters.values()
        if parameter.chosen_by
    }
    return [*built, *(child for group in sorted(groups) for child in catalog.children(group))]


@pytest.fixture(scope="session")
def sample(catalog: Catalog) -> tuple[frozenset[str], ...]:
    return covering(catalog.model, choices(catalog))


def test_the_sample_has_every_pair_of_choices_that_the_model_allows(
    catalog: Catalog, sample: tuple[frozenset[str], ...]
) -> None:
    reasoner = Reasoner(catalog.model)

    for one, other in itertools.combinations(choices(catalog), 2):
        allowed = reasoner.is_consistent(Configuration.choosing(one, other))
        shown = any(one in found and other in found for found in sample)
        assert allowed == shown, f"{one} with {other}: allowed {allowed}, in the sample {shown}"


def test_every_project_of_the_sample_is_tidy(
    catalog: Catalog, arrests_data: Data, sample: tuple[frozenset[str], ...], tmp_path: Path
) -> None:
    for number, chosen in enumerate(sample):
        write(files_of(chosen, catalog, arrests_data), tmp_path / f"project_{number}")

    checked = subprocess.run([sys.executable, "-m", "ruff", "check", "."], cwd=tmp_path, capture_output=True, text=True)
    formatted = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--check", "."], cwd=tmp_path, capture_output=True, text=True
    )

    assert checked.returncode == 0, checked.stdout
    assert formatted.returncode == 0, formatted.stdout


def test_no_project_mentions_a_component_that_was_not_selected(
    catalog: Catalog, arrests_data: Data, sample: tuple[frozenset[str], ...]
) -> None:
    built = [name for name, entry in catalog.entries.items() if TARGET in entry.code]

    for chosen in sample:
        files = files_of(chosen, catalog, arrests_data)
        own = {path: text for path, text in files.items() if path.endswith(".py") and "/components/" not in path}
        for name in set(built) - chosen:
            assert not [path for path, text in own.items() if name in text], name
            assert f"release_decisions/components/{name}.py" not in files


#: How many of the sample train in one run of the tests; benchmarks/covering.py trains all of them.
TRAINED = 4


@pytest.mark.slow
@pytest.mark.parametrize("number", range(TRAINED))
def test_projects_of_the_sample_train_and_pass_their_tests(
    number: int, catalog: Catalog, arrests_data: Data, arrests: Path, sample: tuple[frozenset[str], ...], tmp_path: Path
) -> None:
    chosen = sample[number * len(sample) // TRAINED]
    write(files_of(chosen, catalog, arrests_data), tmp_path)

    run(["-m", "release_decisions.train", arrests], tmp_path)

    evidence = {path.stem: json.loads(path.read_text()) for path in (tmp_path / "evidence").glob("*.json")}
    gates = [name for name in evidence if name.endswith("_gate") and evidence[name]["holds"] is False]
    ignored = [argument for name in gates for argument in ("--deselect", f"tests/test_requirements.py::test_{name}")]
    run(
        [
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "tests/test_pipeline.py",
            "tests/test_requirements.py",
            *ignored,
        ],
        tmp_path,
    )
