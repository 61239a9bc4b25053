"""Making and running generated projects."""

from __future__ import annotations

import datetime
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from fatesline.catalog import Catalog
from fatesline.catalog.project import About, Data, GroupOf, Project, Protected
from fatesline.documents.for_projects import told
from fatesline.generation.plan import plan
from fatesline.generation.render import render
from fatesline.model.configuration import Configuration
from fatesline.reasoning import Reasoner, covering
from fatesline.solution import Solution

#: Fitting models in several processes at once is slower than in one thread each.
ONE_THREAD = {**os.environ, "OMP_NUM_THREADS": "1", "MPLBACKEND": "Agg"}

TARGET = "sklearn"

#: What mypy calls a name or an argument that is not there; with other libraries unread, only own modules can lack one.
UNDEFINED = re.compile(r"error: .*\[(name-defined|used-before-def|call-arg)\]$|error: Module .*\[attr-defined\]$")

#: What all projects are that the target can generate.
KIND_OF_SYSTEM = "learns_from_tables"

#: What else takes most of the time, for a table whose models nobody uses.
CHEAP: dict[str, dict[str, int | float | str | bool]] = {
    "explainable_boosting": {"bags": 1, "pairs": 1},
    "explainable_boosting_regression": {"bags": 1, "pairs": 1},
    "evasion_test": {"rows": 20, "steps": 1},
    "exponentiated_gradient": {"max_iterations": 8},
    "random_forest": {"trees": 20},
    "shap_explanation": {"rows": 30, "background": 20},
    "tree_shap_explanation": {"rows": 30, "background": 20},
    "lime_explanation": {"rows": 25, "perturbed": 200},
    "parameter_search": {"folds": 2},
}


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


def fitted_to(chosen: Collection[str], data: Data) -> Data:
    """The same for another kind of target, and with columns of text, dates and time, as `widened` writes them."""
    changes: dict[str, object] = {}
    taken = ""
    if "several_classes" in chosen:
        taken = "checks"
        changes |= {"target": "record", "favourable": ("none", "few"), "labels": ("none", "few", "many")}
    if "numeric_target" in chosen:
        taken = "age"
        changes |= {"target": "age", "favourable": (), "direction": "high"}
    if "text_columns" in chosen:
        changes["text"] = ("note",)
    if "date_columns" in chosen:
        changes |= {"dates": {"day": "%d.%m.%Y"}, "reference_day": datetime.date(2003, 1, 1)}
    if "time_ordered_split" in chosen:
        # The year stays a column of the model, so that few earlier rows equal a later one in all but the time.
        read = "date_columns" in chosen
        changes["time"] = {"column": "day"} if read else {"column": "day", "format": "%d.%m.%Y"}
        changes["dropped"] = {} if read else {"day": "a date"}
    if "group_smote" in chosen:
        # It invents rows between numbers alone, so the groups are read off a number too.
        young = {"young": {"below": 25}, "older": {"from": 25}}
        changes |= {
            "categorical": (),
            "levels": {},
            "protected": ({"attribute": "age", "column": "age", "groups": young},),
        }
        data = data.model_copy(update={"quasi_identifiers": ("age",)})
    left = {
        "numeric": tuple(name for name in data.numeric if name != taken),
        "quasi_identifiers": tuple(name for name in data.quasi_identifiers if name != taken),
        "ranges": {name: found for name, found in data.ranges.items() if name != taken},
    }
    return Data.model_validate({**data.model_dump(by_alias=True), **left, **changes})


def widened(arrests: Path, path: Path, rows: int) -> Path:
    """The first rows of the table with a class, a text and a date for each."""
    table = pd.read_csv(arrests, dtype=str, keep_default_na=False).head(rows)
    checks = table["checks"].astype(int)
    table["record"] = np.select([checks == 0, checks < 4], ["none", "few"], "many")
    table["note"] = [
        "checked " + "often " * number + job for number, job in zip(checks, table["employed"], strict=True)
    ]
    days = pd.to_datetime(table["year"]) + pd.to_timedelta(np.arange(len(table)) % 365, "D")
    table["day"] = days.dt.strftime("%d.%m.%Y")
    table.to_csv(path, index=False)
    return path


def choices(catalog: Catalog) -> list[str]:
    """Everything that changes the code of a project: components, and the criterion that parametrises them."""
    built = [name for name, entry in catalog.entries.items() if TARGET in entry.code]
    groups = {
        parameter.chosen_by
        for name in built
        for parameter in catalog.entries[name].parameters.values()
        if parameter.chosen_by
    }
    return list(dict.fromkeys([*built, *(child for group in sorted(groups) for child in catalog.children(group))]))


def sample_of(catalog: Catalog) -> tuple[frozenset[str], ...]:
    """Configurations in which every pair of choices occurs that the model allows."""
    return covering(catalog.model, choices(catalog), given=Configuration.choosing(KIND_OF_SYSTEM))


def undefined_names(project: Path, package: str, cache: Path) -> str:
    """What the code of a project uses and nothing defines; empty if there is nothing."""
    options = ["--check-untyped-defs", "--ignore-missing-imports", "--follow-imports=skip", "--no-error-summary"]
    read = subprocess.run(
        [sys.executable, "-m", "mypy", *options, "--cache-dir", str(cache), package],
        cwd=project,
        capture_output=True,
        text=True,
    )
    if read.returncode not in (0, 1):
        return read.stdout + read.stderr
    return "\n".join(line for line in read.stdout.splitlines() if UNDEFINED.search(line))


def trained(project: Path, table: Path) -> str:
    """Train a generated project and run its tests; gives what they said.

    Raises
    ------
    AssertionError
        If anything fails but what the model does not fulfil.
    """
    return run([Path(__file__).with_name("train_and_test.py"), project, table], project)


def files_of(chosen: frozenset[str], catalog: Catalog, data: Data, name: str = "release_decisions") -> dict[str, str]:
    """The project for exactly these features, whatever was answered."""
    project = Project(
        project=About(name=name, title="Release after arrest"),
        parameters={feature: given for feature, given in CHEAP.items() if feature in chosen},
        data=fitted_to(chosen, data),
    )
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
