"""Generate, then check: the same configuration back; and exactly the component that somebody took out."""

from __future__ import annotations

import ast
import datetime
from pathlib import Path

import pytest

from fatesline.catalog import Catalog, load
from fatesline.catalog.project import About, Data, GroupOf, Project, Protected
from fatesline.checking import check
from fatesline.generation.plan import plan
from fatesline.generation.render import render
from fatesline.generation.told import Reason, Told
from fatesline.generation.write import write
from fatesline.model.configuration import Configuration
from fatesline.reasoning import Reasoner
from fatesline.reasoning.sampling import covering
from fatesline.solution import Solution

TARGET = "sklearn"

_SEX = {name: GroupOf(values=(name,)) for name in ("Female", "Male")}
_DATA = Data(
    file="people.csv",
    sha256="0" * 64,
    rows=5000,
    target="released",
    favourable="Yes",
    numeric=("age",),
    categorical=("sex",),
    levels={"sex": ("Female", "Male")},
    ranges={"age": (12, 66)},
    protected=(Protected(attribute="sex", column="sex", groups=_SEX),),
    quasi_identifiers=("age", "sex"),
)


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load(packages=False)


def _components(catalog: Catalog) -> list[str]:
    return [name for name, entry in catalog.entries.items() if TARGET in entry.code and entry.recognise]


@pytest.fixture(scope="session")
def samples(catalog: Catalog) -> tuple[frozenset[str], ...]:
    return covering(catalog.model, _components(catalog), given=Configuration.choosing("learns_from_tables"))


def _data(chosen: frozenset[str]) -> Data:
    """What is settled about the table, as far as the kind of target has a use for it."""
    changes: dict[str, object] = {}
    if "several_classes" in chosen:
        changes = {"favourable": ("Yes",), "labels": ("No", "Perhaps", "Yes")}
    elif "numeric_target" in chosen:
        changes = {"favourable": (), "direction": "high"}
    if "text_columns" in chosen:
        changes["text"] = ("note",)
    if "date_columns" in chosen:
        changes |= {"dates": {"day": "%d.%m.%Y"}, "reference_day": datetime.date(2003, 1, 1)}
    if "time_ordered_split" in chosen:
        changes |= {"time": {"column": "since", "format": "%Y-%m"}, "dropped": {"since": "a date"}}
    return Data.model_validate({**_DATA.model_dump(by_alias=True), **changes})


def _solution(chosen: frozenset[str], catalog: Catalog) -> Solution:
    """As if everything chosen had been asked for."""
    reasoner = Reasoner(catalog.model)
    decisions = Configuration.choosing(*sorted(chosen))
    ordered = tuple(name for name in catalog.model.ids if name in chosen)
    project = Project(project=About(name="release_decisions", title="Release after arrest"), data=_data(chosen))
    return Solution(project, catalog, reasoner, decisions, (), reasoner.consequences(decisions), ordered, ())


def _files(solution: Solution) -> dict[str, str]:
    return render(plan(solution, Told(dict.fromkeys(solution.chosen, Reason("it was chosen")))))


def test_checking_a_generated_project_gives_its_components_back(
    catalog: Catalog, samples: tuple[frozenset[str], ...], tmp_path: Path
) -> None:
    for number, chosen in enumerate(samples):
        folder = tmp_path / f"project_{number}"
        solution = _solution(chosen, catalog)
        write(_files(solution), folder)

        report = check(folder, catalog, solution)

        components = frozenset(_components(catalog))
        assert components.intersection(report.configuration.chosen) == chosen.intersection(components)
        assert not report.findings


class _WithoutCalls(ast.NodeTransformer):
    """Replaces ``component.function(...)`` by the name ``model``."""

    def __init__(self, component: str) -> None:
        self.component = component

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        called = node.func
        if (
            isinstance(called, ast.Attribute)
            and isinstance(called.value, ast.Name)
            and called.value.id == self.component
        ):
            return ast.Name("model", ast.Load())
        return node


def test_a_component_that_is_no_longer_called_is_exactly_what_is_reported(
    catalog: Catalog, samples: tuple[frozenset[str], ...], tmp_path: Path
) -> None:
    removed: set[str] = set()
    for number, chosen in enumerate(samples):
        for component in sorted(chosen.intersection(_components(catalog)) - removed):
            removed.add(component)
            folder = tmp_path / f"{number}_{component}"
            solution = _solution(chosen, catalog)
            files = _files(solution)
            for path, text in files.items():
                if path.endswith(".py") and "components" not in path and "tests" not in path:
                    files[path] = ast.unparse(_WithoutCalls(component).visit(ast.parse(text)))
            write(files, folder)

            report = check(folder, catalog, solution)

            assert {finding.feature for finding in report.findings} == {component}, report.findings
    assert removed == set(_components(catalog))
