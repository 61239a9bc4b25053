"""People above the model: approval before use, a record of each decision, its replay, review, and the stop."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from projects import run

import fatesline

EXAMPLE = Path(__file__).parents[2] / "examples" / "arrests"
CHOSEN = (
    "approval_record",
    "decision_log",
    "replay_of_decisions",
    "override_and_stop",
    "escalation_of_unsure_cases",
)

#: A model of the table without its measurements, then commands as a person gives them.
SCRIPT = """
import contextlib, io, json, sys
from pathlib import Path

from release_decisions import data, oversee, pipeline, predict, records, settings
from release_decisions.components import skops_format

path = Path(sys.argv[1])
table = data.read(path, settings.COLUMNS)
model = pipeline.build_model().fit(data.inputs(table), data.labels(table))
file = skops_format.save(model=model, folder=settings.MODELS)
records.write({"run": records.run_facts(path, file, table, table, table)})


def give(program, *words):
    out, err = io.StringIO(), io.StringIO()
    sys.argv = ["program", *map(str, words)]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = program.main()
    return {"code": code, "out": out.getvalue(), "err": err.getvalue()}


who = ["--by", "A. Martin", "--reason", "tried out"]
said = {"unapproved": give(predict, path), "approved": give(oversee, "approve", *who), "used": give(predict, path)}
given = [line.split(",") for line in said["used"]["out"].splitlines()[1:]]
event = next(event for _, result, event in given if result)
held = next(event for _, result, event in given if not result)
said |= {
    "replayed": give(oversee, "replay", event, "--data", path),
    "masked": give(oversee, "replay", event),
    "held": give(oversee, "replay", held, "--data", path),
    "log": give(oversee, "log"),
    "waiting": give(oversee, "waiting"),
    "stop": give(oversee, "stop", *who),
    "stopped": give(predict, path),
    "resume": give(oversee, "resume", *who),
    "resumed": give(predict, path),
}
print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def said(arrests: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    folder = tmp_path_factory.mktemp("oversight")
    config = folder / "fates.yaml"
    chosen = "".join(f"  {feature}:\n    chosen: true\n" for feature in CHOSEN)
    config.write_text(f"{(EXAMPLE / 'fates.yaml').read_text(encoding='utf-8')}\nchoices:\n{chosen}", encoding="utf-8")
    project = folder / "project"
    fatesline.generate(config, project)
    table = folder / "some.csv"
    table.write_text("".join(arrests.read_text().splitlines(keepends=True)[:400]), encoding="utf-8")
    script = folder / "drive.py"
    script.write_text(f"import sys\nsys.path.insert(0, {str(project)!r})\n{SCRIPT}", encoding="utf-8")
    found: dict[str, dict[str, object]] = json.loads(run([script, table], project).splitlines()[-1])
    return found


def test_no_prediction_is_made_before_a_person_approved_the_model(said: dict) -> None:
    assert said["unapproved"]["code"] == 2
    assert "nobody has decided on model" in said["unapproved"]["err"]
    assert said["approved"]["code"] == said["used"]["code"] == 0


def test_each_prediction_has_its_event_and_the_log_is_whole(said: dict) -> None:
    lines = said["used"]["out"].splitlines()

    assert lines[0] == "row,released,event"
    assert len({line.split(",")[2] for line in lines[1:]}) == len(lines) - 1 == 399
    assert said["log"]["out"].startswith("399 decisions since")


def test_a_past_decision_is_made_again_by_its_event(said: dict) -> None:
    assert said["replayed"]["out"].rstrip().endswith("and is the same now")
    assert said["masked"]["code"] == 2
    assert "was left to a person" in said["held"]["out"]


def test_unsure_cases_wait(said: dict) -> None:
    held = sum(line.split(",")[1] == "" for line in said["used"]["out"].splitlines()[1:])

    assert 0 < held < 399
    assert f"{held} cases wait" in said["waiting"]["out"]


def test_a_stop_holds_until_somebody_resumes(said: dict) -> None:
    assert said["stopped"]["code"] == 2
    assert "tried out" in said["stopped"]["err"]
    assert said["resumed"]["code"] == 0
