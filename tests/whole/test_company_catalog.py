"""The worked example of a company's catalog: sound on top of the built-in one, and its component in a project."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from projects import ONE_THREAD, run

import fatesline
from fatesline.catalog import Catalog, load
from fatesline.catalog.positions import read_yaml
from fatesline.catalog.project import read_project, write_project
from fatesline.catalog.schema import json_schema
from fatesline.checking import inventory, recognise
from fatesline.cli import cli
from fatesline.solution import Contradiction, Solution

ROOT = Path(__file__).parents[2]
COMPANY = ROOT / "examples" / "company_catalog"
ARRESTS = ROOT / "examples" / "arrests" / "fates.yaml"
CASES = sorted((COMPANY / "mechanisms/safety/repeated_rows/cases").glob("must*/*.py"))

SCHEMAS = {
    "catalog.yaml": "catalog",
    "sources.yaml": "sources",
    "constraints/house_rules.yaml": "constraints",
    "requirements/house_texts.yaml": "requirements",
    "mechanisms/safety/repeated_rows/entry.yaml": "entry",
}


@pytest.fixture(scope="module")
def company() -> Catalog:
    return load([COMPANY], packages=False)


def test_the_check_of_the_example_finds_no_fault() -> None:
    done = CliRunner().invoke(cli, ["catalog", "check", "--catalog", str(COMPANY), "--format", "json"])

    problems = json.loads(done.stdout)["problems"]
    assert done.exit_code == 0
    assert [problem for problem in problems if problem["place"].startswith(COMPANY.as_posix())] == []


def test_a_case_that_the_patterns_do_not_fit_is_a_fault(tmp_path: Path) -> None:
    copy = tmp_path / "house"
    shutil.copytree(COMPANY, copy)
    cases = copy / "mechanisms/safety/repeated_rows/cases"
    (cases / "must" / "9_another_call.py").write_text("import pandas as pd\n\npd.read_csv('t.csv').describe()\n")
    shutil.copy(next((cases / "must").glob("1_*.py")), cases / "must_not" / "9_found_after_all.py")

    _, problems = fatesline.catalog_check([copy])

    assert [problem.what for problem in problems if problem.rule == "failing-case"] == [
        '"repeated_rows" is not recognised in cases/must/9_another_call.py',
        '"repeated_rows" is recognised in cases/must_not/9_found_after_all.py',
    ]


def test_what_a_layer_makes_redundant_below_it_is_a_remark_and_no_fault(tmp_path: Path) -> None:
    (tmp_path / "catalog.yaml").write_text(
        "name: weighted\nversion: '1.0'\nlanguages: [en, fr]\ntitle: {en: Weighted, fr: Pondéré}\n"
        "hides: [k_nearest_neighbours, private_logistic_regression]\n",
        encoding="utf-8",
    )

    _, problems = fatesline.catalog_check([tmp_path])

    told = {problem.what.split('"')[1]: problem for problem in problems if problem.rule == "redundant-constraint"}
    # Without these two every estimator takes weights.
    assert "reweighing-needs-weights" in told
    assert not told["reweighing-needs-weights"].is_fault


def test_it_adds_one_mechanism_overrides_one_text_and_hides_one_estimator(company: Catalog) -> None:
    below = load(packages=False)

    assert company.entries.keys() - below.entries.keys() == {"repeated_rows"}
    assert below.entries.keys() - company.entries.keys() == {"k_nearest_neighbours"}
    assert company.title("go_decision") == "Decision of the model committee"
    assert [
        name for name in below.entries if name in company.entries and below.entries[name] != company.entries[name]
    ] == ["go_decision"]


def test_the_tests_of_its_component_pass_with_the_kit() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", COMPANY],
        cwd=ROOT, env=ONE_THREAD, capture_output=True, text=True,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout
    assert "2 passed" in done.stdout


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(case.parts[-2:]))
def test_its_mechanism_is_recognised_exactly_where_it_must_be(case: Path, company: Catalog) -> None:
    evidence = recognise(inventory(case).facts, {"repeated_rows": company.entries["repeated_rows"]})

    assert ("repeated_rows" in evidence and evidence["repeated_rows"].counts) == (case.parent.name == "must")
    assert len(CASES) >= 6


@pytest.mark.parametrize("path", SCHEMAS)
def test_its_files_fit_the_schemas_they_name(path: str) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    named = (COMPANY / path).read_text(encoding="utf-8").splitlines()[0].partition("$schema=")[2]

    schema = json.loads(((COMPANY / path).parent / named).resolve().read_text(encoding="utf-8"))

    assert schema == json_schema(SCHEMAS[path])
    jsonschema.validate(read_yaml(COMPANY / path).value, schema)


def test_the_house_rule_is_argued_like_any_other() -> None:
    found = fatesline.solve(ARRESTS, catalogs=[COMPANY])

    assert isinstance(found, Solution)
    argument = found.why("repeated_rows").argument
    assert argument is not None
    assert "tables-of-people-have-few-repeated-rows" in [rule.id for rule in argument.rules]
    assert "k_nearest_neighbours" not in found.catalog.model


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example project, generated with the house rules."""
    folder = tmp_path_factory.mktemp("company") / "project"
    assert not isinstance(fatesline.generate(ARRESTS, folder, catalogs=[COMPANY]), Contradiction)
    return folder


def test_a_generated_project_has_the_component_and_nothing_is_missing_in_it(project: Path) -> None:
    written = (COMPANY / "mechanisms/safety/repeated_rows/for_sklearn.py").read_text(encoding="utf-8")

    found = fatesline.check(project, config=ARRESTS, catalogs=[COMPANY])

    assert written in (project / "release_decisions/components/repeated_rows.py").read_text(encoding="utf-8")
    assert not isinstance(found, Contradiction)
    report, _ = found
    assert report.evidence["repeated_rows"].counts
    assert "repeated_rows" not in [finding.feature for finding in report.findings]


@pytest.mark.slow
def test_the_component_does_its_work_in_a_generated_project(project: Path, arrests: Path, tmp_path: Path) -> None:
    rows = arrests.read_text(encoding="utf-8").splitlines()[1:]
    repeated = len(rows) - len(set(rows))

    refused = subprocess.run(
        [sys.executable, "-m", "release_decisions.train", arrests],
        cwd=project, env=ONE_THREAD, capture_output=True, text=True,
    )  # fmt: skip

    # Few coarse columns and no identifier: people look alike, so the project has to say that this is meant.
    assert refused.returncode == 2
    assert f"{repeated} of {len(rows)} rows repeat an earlier one. At most 25% may." in refused.stderr

    lenient = read_project(ARRESTS).model_copy(update={"parameters": {"repeated_rows": {"largest_share": 0.5}}})
    (tmp_path / "fates.yaml").write_text(write_project(lenient), encoding="utf-8")
    fatesline.generate(tmp_path / "fates.yaml", project, catalogs=[COMPANY])
    run(["-m", "release_decisions.train", arrests], project)

    evidence = json.loads((project / "evidence/repeated_rows.json").read_text(encoding="utf-8"))
    assert evidence["measured"] == {
        "rows": len(rows),
        "repeated_rows": repeated,
        "share": round(repeated / len(rows), 6),
    }
    assert evidence["threshold"] == {"share": 0.5}
