"""The commands ``fates catalog …`` as people and programs run them."""

from __future__ import annotations

import datetime
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

import fatesline
from fatesline.catalog import load
from fatesline.catalog.project import About, Answer, Project, write_project
from fatesline.cli import cli
from fatesline.documents.formats import as_graph
from fatesline.solution import Solution
from tests.catalog_content.personas import CREDIT_SCORING

ROOT = Path(__file__).parents[2]
CATALOG = ROOT / "catalog"
ARRESTS = ROOT / "examples" / "arrests" / "fates.yaml"


def fates(*words: object, expect: int = 0) -> str:
    """Standard output of a command."""
    done: Result = CliRunner(env={"LANG": "C.UTF-8", "LC_ALL": "", "LC_MESSAGES": ""}).invoke(cli, [*map(str, words)])
    assert done.exit_code == expect, (done.output, done.exception)
    return done.stdout


@pytest.fixture(scope="module")
def counted() -> dict[str, Any]:
    """The figures of the catalog, with time enough for the exact number of configurations, on a busy machine too."""
    told: dict[str, Any] = json.loads(fates("catalog", "show", "--seconds", "900", "--format", "json"))
    return told


def test_show_gives_the_figures_of_the_catalog(counted: dict[str, Any]) -> None:
    catalog, text = load(packages=False), fates("catalog", "show", "--seconds", "0.01")

    assert f"{len(catalog.questions)} questions" in text
    assert sum(counted["kinds"].values()) == len(catalog.entries)
    assert sum(counted["levels"].values()) + counted["definitions"] == len(catalog.constraints)
    assert counted["configurations"]["exact"]
    assert ", ".join(counted["always"]) in text
    assert "configurations valides" in fates("catalog", "show", "--seconds", "0.01", "--lang", "fr")


def test_the_parameters_are_listed_with_unit_range_and_source() -> None:
    catalog = load(packages=False)
    text = fates("catalog", "show", "--parameters")
    told = json.loads(fates("catalog", "show", "--parameters", "--format", "json"))["parameters"]

    assert len(told) == sum(len(entry.parameters) for entry in catalog.entries.values())
    canary = next(one for one in told if (one["feature"], one["parameter"]) == ("canary_release", "share"))
    assert (canary["default"], canary["unit"], canary["minimum"], canary["maximum"]) == (10, "% of requests", 0, 100)
    assert "Canary release (canary_release)\n  share = 10 % of requests, [0, 100], [supervision_guide 8.3]" in text
    assert "schedule = monthly, {weekly, monthly}" in text
    assert "Mise en service canari" in fates("catalog", "show", "--parameters", "--lang", "fr")


def test_without_time_to_count_there_are_bounds_around_the_number(counted: dict[str, Any]) -> None:
    hurried = fatesline.catalog_overview(seconds=0.01).configurations

    exact = int(counted["configurations"]["at_least"])
    assert hurried.at_least <= exact <= hurried.at_most
    assert hurried.exact is None
    # How far counting comes in that time differs from run to run.
    assert re.search(r"configurations: between [\d,]+ and [\d,]+", fates("catalog", "show", "--seconds", "0.01"))


def test_show_says_what_an_id_means_and_where_it_stands() -> None:
    text = fates("catalog", "show", "reweighing")

    assert text.startswith(fates("explain", "reweighing"))
    assert "in the tree:\n  Fairness, accountability" in text
    assert "Reweighing (reweighing), at least one of its group" in text
    assert "  reweighing-needs-weights (technical)\n      reweighing => estimator_accepts_weights" in text
    assert "au moins un de son groupe" in fates("catalog", "show", "reweighing", "--lang", "fr")
    told = json.loads(fates("catalog", "show", "reweighing", "--format", "json"))
    assert told["path"][-1] == "bias_mitigation"
    assert "reweighing-needs-weights" in [one["id"] for one in told["constraints"]]


def test_show_takes_constraints_and_sources_and_refuses_what_is_not_there() -> None:
    assert fates("catalog", "show", "reweighing-needs-weights") == fates("explain", "reweighing-needs-weights")
    assert "ai_act" in fates("catalog", "show", "ai_act")
    with pytest.raises(fatesline.errors.UserError, match='nothing has the id "reweighting_"'):
        CliRunner().invoke(cli, ["catalog", "show", "reweighting_"], catch_exceptions=False)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_picture_is_a_drawing_with_a_box_for_every_feature_and_constraint(language: str) -> None:
    catalog, part = fatesline.catalog_graph("personal_data", depth=1)
    drawn = ElementTree.fromstring(fates("catalog", "graph", "personal_data", "--format", "svg", "--lang", language))

    space = "{http://www.w3.org/2000/svg}"
    boxes = list(drawn.iter(f"{space}g"))
    assert len(boxes) == len(part.features) + len(part.ties)
    tooltips = [title.text for title in drawn.iter(f"{space}title")]
    assert f"{catalog.title('personal_data', language)} (personal_data)" in tooltips
    assert {tie.constraint for tie in part.ties} <= {text.text for text in drawn.iter(f"{space}text")}


def test_no_box_of_the_picture_lies_on_another_or_outside() -> None:
    catalog, part = fatesline.catalog_graph("fairness", depth=1)
    drawn = ElementTree.fromstring(as_graph.svg(part, catalog, "en"))

    space = "{http://www.w3.org/2000/svg}"
    boxes = []
    for group in drawn.iter(f"{space}g"):
        rect = group.find(f"{space}rect")
        assert rect is not None
        boxes.append(tuple(float(rect.attrib[key]) for key in ("x", "y", "width", "height")))
    for at, (x, y, width, height) in enumerate(boxes):
        assert x + width <= float(drawn.attrib["width"])
        assert y + height <= float(drawn.attrib["height"])
        for other_x, other_y, other_width, other_height in boxes[:at]:
            apart = x >= other_x + other_width or other_x >= x + width or y >= other_y + other_height
            assert apart or other_y >= y + height


def test_mermaid_and_dot_name_every_feature_and_constraint_once() -> None:
    _, part = fatesline.catalog_graph("reweighing")

    mermaid, dot = fates("catalog", "graph", "reweighing"), fates("catalog", "graph", "reweighing", "--format", "dot")

    assert mermaid.startswith("flowchart LR\n")
    for name in part.features:
        assert len(re.findall(rf'^  f\d+\[".*<i>{name}</i>"\]$', mermaid, re.MULTILINE)) == 1
        assert len(re.findall(rf'^  "{name}" \[label=', dot, re.MULTILINE)) == 1
    for tie in part.ties:
        assert f'{{{{"{tie.constraint}<br>' in mermaid
        assert f'"constraint:{tie.constraint}" [label=' in dot
    assert re.search(r"^  c\d+ -\.-> f2$", mermaid, re.MULTILINE)
    assert re.search(
        r'"constraint:reweighing-excludes-exponentiated-gradient" -> .* \[style=dashed, arrowhead=tee', dot
    )


@pytest.fixture
def next_version(tmp_path: Path) -> Path:
    """The built-in catalog with one more constraint, one less, and another default."""
    folder = tmp_path / "next"
    shutil.copytree(CATALOG, folder)
    gate = folder / "mechanisms/fairness/fairness_gate/entry.yaml"
    gate.write_text(gate.read_text().replace("default: 0.8", "default: 0.9"))
    (folder / "constraints" / "next.yaml").write_text(
        "constraints:\n"
        "  - id: everybody-may-ask-for-a-review\n"
        "    formula: personal_data => human_review_on_request\n"
        "    level: method\n"
        "    because: {en: whoever is judged may ask a person, fr: qui est jugé peut demander une personne}\n"
        "    sources: [fates_mlops_paper]\n"
    )
    return folder


def test_diff_tells_what_a_new_version_changes_and_what_it_means_for_a_project(next_version: Path) -> None:
    text = fates("catalog", "diff", "built-in", next_version, "--config", ARRESTS)

    assert text.splitlines()[:3] == [
        "changed entry fairness_gate",
        "    parameters.smallest_ratio.default: 0.8 -> 0.9",
        "added constraint everybody-may-ask-for-a-review",
    ]
    assert "Newly required:\n  " in text
    assert "(human_review_on_request)" in text
    assert "whoever is judged may ask a person (method [fates_mlops_paper])" in text
    french = fates("catalog", "diff", "built-in", next_version, "--config", ARRESTS, "--lang", "fr")
    assert "Nouvellement exigé :" in french
    assert "qui est jugé peut demander une personne (méthode [fates_mlops_paper])" in french


def test_diff_the_other_way_round_tells_what_is_no_longer_required(next_version: Path) -> None:
    told = json.loads(fates("catalog", "diff", next_version, "built-in", "--config", ARRESTS, "--format", "json"))[
        "project"
    ]

    assert [one["feature"] for one in told["no_longer_required"]] == ["human_review_on_request"]
    assert told["required"] == []
    assert "everybody-may-ask-for-a-review" in told["no_longer_required"][0]["constraints"]


def test_a_version_that_does_not_take_the_project_ends_with_one(next_version: Path) -> None:
    rule = next_version / "constraints" / "next.yaml"
    rule.write_text(rule.read_text().replace("human_review_on_request", "!individuals_concerned & !personal_data"))

    text = fates("catalog", "diff", "built-in", next_version, "--config", ARRESTS, expect=1)

    assert "With the new catalog:\n  These do not go together:" in text


def test_two_versions_of_a_layer_are_compared_on_top_of_the_built_in_catalog(tmp_path: Path) -> None:
    for version in ("1", "2"):
        (tmp_path / version / "constraints").mkdir(parents=True)
        (tmp_path / version / "catalog.yaml").write_text(
            f'name: house\nversion: "{version}"\nlanguages: [en, fr]\ntitle: {{en: House, fr: Maison}}\n'
        )
    (tmp_path / "2" / "constraints" / "all.yaml").write_text(
        "constraints:\n  - {id: house-rule, formula: personal_data => model_card, level: method, "
        "because: {en: a, fr: b}, sources: [ai_act]}\n"
    )

    found = fatesline.catalog_diff(tmp_path / "1", tmp_path / "2")

    assert [(one.kind, one.id) for one in found.changes] == [("added", "house-rule")]


def test_a_faulty_version_is_told_with_its_own_fault_alone(next_version: Path) -> None:
    rule = next_version / "constraints" / "next.yaml"
    rule.write_text(rule.read_text().replace("formula: personal_data", "formula: personal_dat"))

    with pytest.raises(fatesline.errors.UserError) as caught:
        fatesline.catalog_diff(Path("built-in"), next_version)

    assert "next.yaml:3" in str(caught.value)
    assert len(str(caught.value).splitlines()) <= 3


def test_schemas_are_written_where_asked(tmp_path: Path) -> None:
    said = fates("catalog", "schema", "-o", tmp_path / "new" / "schemas")

    written = sorted(path.name for path in (tmp_path / "new" / "schemas").iterdir())
    assert written == sorted(path.name for path in (CATALOG / "schemas").iterdir())
    assert "9 schemas" in said


def test_the_help_of_the_commands_imports_no_graph_and_no_solver() -> None:
    program = (
        "import sys; from click.testing import CliRunner; from fatesline.cli import cli; "
        "done = CliRunner().invoke(cli, ['catalog', '--help']); "
        "print(done.exit_code, [name for name in ('networkx', 'pysat', 'pydantic') if name in sys.modules])"
    )

    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout

    assert said == "0 []\n"
    assert all(f"  {name} " in fates("catalog", "--help") for name in ("check", "show", "graph", "diff", "schema"))


@pytest.fixture
def credit_scoring(tmp_path: Path) -> Path:
    """The project file of a bank whose model will be a high-risk system."""
    answers = {question: Answer(chosen=options) for question, options in CREDIT_SCORING.answers.items()}
    written = Project(project=About(name="credit", title="Credit"), answers=answers)
    (tmp_path / "fates.yaml").write_text(write_project(written), encoding="utf-8")
    return tmp_path / "fates.yaml"


def test_solve_answers_for_the_day_asked_for_and_for_the_whole_life_of_the_project_without_one(
    credit_scoring: Path,
) -> None:
    def solved(*words: str) -> dict[str, dict[str, object]]:
        told = json.loads(fates("solve", credit_scoring, "--format", "json", *words))
        return {
            **{one["id"]: one for one in told["features"]},
            "coming": {one["constraint"]: one for one in told["coming"]},
        }

    always, before, after = solved(), solved("--on", "2026-11-21"), solved("--on", "2027-12-03")

    assert always["registration_in_union_database"]["required"]
    assert always["registration_in_union_database"]["required_from"] == "2027-12-02"
    assert always["coming"] == after["coming"] == {}
    assert {**after} == {**always}
    assert "registration_in_union_database" not in before
    assert before["coming"]["high-risk-provider-registers"]["requires"] == ["registration_in_union_database"]
    text = fates("solve", credit_scoring, "--on", "2026-11-21")
    assert "Coming, not in force on that day\n  2027-12-02 " in text
    assert "will require: " in text
    assert "À venir, pas encore en vigueur ce jour-là" in fates(
        "solve", credit_scoring, "--on", "2026-11-21", "--lang", "fr"
    )


def test_a_project_for_the_day_leaves_out_what_is_not_yet_required_and_says_so(credit_scoring: Path) -> None:
    found = fatesline.solve(credit_scoring, on=datetime.date(2026, 11, 21))

    assert isinstance(found, Solution)
    asked_for_later = {name for one in found.coming for name in one.requires}
    assert asked_for_later
    assert asked_for_later.isdisjoint(found.forced.chosen)
    assert asked_for_later <= set(fatesline.solve(credit_scoring).forced.chosen)
