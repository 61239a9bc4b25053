"""Making and running generated projects."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from fatesline.catalog import Catalog
from fatesline.catalog.project import About, Data, GroupOf, Project, Protected
from fatesline.documents.for_projects import told
from fatesline.generation.plan import plan
from fatesline.generation.render import render
from fatesline.model.configuration import Configuration
from fatesline.reasoning import Reasoner
from fatesline.solution import Solution

#: Fitting models in several processes at once is slower than in one thread each.
ONE_THREAD = {**os.environ, "OMP_NUM_THREADS": "1", "MPLBACKEND": "Agg"}


TARGET = "sklearn"


def settled(arrests: Path) -> Data:
    """What is settled about the table of arrests."""

    def two(attribute: str, *values: str) -> Protected:
        return Protected(
            attribute=attribute, column=attribute, groups={name: GroupOf(values=(name,)) for name in values}
        )

    return Data(
        file=arrests.name,
        sha256=hashlib.sha256(arrests.read_bytes()).hexdigest(),
        rows=5226,
        target="released",
        favourable="Yes",
        numeric=("year", "age", "checks"),
        categorical=("employed", "citizen", "colour", "sex"),
        levels={
            "employed": ("No", "Yes"),
            "citizen": ("No", "Yes"),
            "colour": ("Black", "White"),
            "sex": ("Female", "Male"),
        },
        ranges={"year": (1997, 2002), "age": (12, 66), "checks": (0, 6)},
        protected=(two("colour", "Black", "White"),),
        quasi_identifiers=("age", "sex"),
    )


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


def trained(project: Path, table: Path) -> str:
    """Train a generated project and run its tests; a gate that does not hold may fail, and is told.

    Raises
    ------
    AssertionError
        If anything else fails.
    """
    run(["-m", "release_decisions.train", table], project)
    evidence = {path.stem: json.loads(path.read_text()) for path in (project / "evidence").glob("*.json")}
    gates = [name for name in evidence if name.endswith("_gate") and evidence[name]["holds"] is False]
    ignored = [word for name in gates for word in ("--deselect", f"tests/test_requirements.py::test_{name}")]
    files = ["tests/test_pipeline.py", "tests/test_requirements.py"]
    said = run(["-m", "pytest", "-q", "-p", "no:cacheprovider", *files, *ignored], project)
    summary = said.strip().splitlines()[-1].strip("= ")
    return f"{summary}{'; gate does not hold' if gates else ''}"


def files_of(chosen: frozenset[str], catalog: Catalog, data: Data, name: str = "release_decisions") -> dict[str, str]:
    """The project for exactly these features, whatever was answered."""
    project = Project(project=About(name=name, title="Release after arrest"), data=data)
    reasoner = Reasoner(catalog.model)
    decisions = Configuration.choosing(*sorted(chosen))
    ordered = tuple(feature for feature in catalog.model.ids if feature in chosen)
    solution = Solution(project, catalog, reasoner, decisions, (), reasoner.consequences(decisions), ordered, ())
    return render(plan(solution, told(solution)))


def run(command: Sequence[object], folder: Path, *, expect: int = 0) -> str:
    """Standard output of a Python command run in a folder; fails with everything it said."""
    done = subprocess.run(
        [sys.executable, *map(str, command)], cwd=folder, env=ONE_THREAD, capture_output=True, text=True
    )
    assert done.returncode == expect, f"exit code {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout
