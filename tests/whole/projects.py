"""Making and running generated projects."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from fatesline.catalog import Catalog
from fatesline.catalog.project import About, Data, Project
from fatesline.documents.wording import Words
from fatesline.generation.plan import plan
from fatesline.generation.render import render
from fatesline.model.configuration import Configuration
from fatesline.reasoning import Reasoner
from fatesline.solution import Solution

#: Fitting models in several processes at once is slower than in one thread each.
ONE_THREAD = {**os.environ, "OMP_NUM_THREADS": "1", "MPLBACKEND": "Agg"}


def files_of(chosen: frozenset[str], catalog: Catalog, data: Data, name: str = "release_decisions") -> dict[str, str]:
    """The project for exactly these features, whatever was answered."""
    project = Project(project=About(name=name, title="Release after arrest"), data=data)
    reasoner = Reasoner(catalog.model)
    decisions = Configuration.choosing(*sorted(chosen))
    ordered = tuple(feature for feature in catalog.model.ids if feature in chosen)
    solution = Solution(project, catalog, reasoner, decisions, (), reasoner.consequences(decisions), ordered, ())
    words = Words(catalog)
    return render(plan(solution, {feature: words.reason(solution, feature) for feature in ordered}))


def run(command: Sequence[object], folder: Path, *, expect: int = 0) -> str:
    """Standard output of a Python command run in a folder; fails with everything it said."""
    done = subprocess.run(
        [sys.executable, *map(str, command)], cwd=folder, env=ONE_THREAD, capture_output=True, text=True
    )
    assert done.returncode == expect, f"exit code {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout
