"""A project whose rows have a time is tested on the latest ones; nobody in them was learned from."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from projects import run

import fatesline
from fatesline.catalog.project import TimeColumn, read_project
from fatesline.errors import UserError
from fatesline.solution import Contradiction

ANSWERS = """\
project: {name: visits, title: Visits}
answers:
  kind_of_system: [learns_from_tables]
  jurisdiction: [other_jurisdiction]
  prohibited_practices: [none_of_these_practices]
  persons_concerned: [individuals_concerned]
  serving: [SERVING]
parameters: {evasion_test: {rows: 20, steps: 1}}
data: {favourable: "yes", protected: [sex], person: patient, time: {column: TIME}}
"""

SPLIT = """
import json, sys
from pathlib import Path
from visits import data, settings
from visits.components import time_ordered_split
table = data.read(Path(sys.argv[1]), settings.COLUMNS)
parts = time_ordered_split.split(
    table, settings.TARGET, data.labels(table), settings.PERSON, settings.TIME, settings.TIME_FORMAT
)
print(json.dumps([[list(part[settings.PERSON]), list(part[settings.TIME])] for part in parts]))
print(settings.TIME in settings.INPUTS)
"""


@pytest.fixture
def visits(tmp_path: Path) -> Path:
    """400 visits of 300 patients, in no order, with the day and the year of each."""
    random = np.random.default_rng(7)
    days = pd.Timestamp("2019-01-01") + pd.to_timedelta(random.integers(0, 2100, 400), "D")
    age = random.integers(18, 80, 400)
    table = pd.DataFrame(
        {
            "patient": [f"p{number:04}" for number in random.integers(0, 300, 400)],
            "seen_on": days.strftime("%d.%m.%Y"),
            "year": days.year,
            "sex": random.choice(["Female", "Male"], 400),
            "age": age,
            "cured": np.where(random.random(400) < 0.2 + age / 160, "yes", "no"),
        }
    )
    path = tmp_path / "visits.csv"
    table.to_csv(path, index=False)
    return path


def _asked(table: Path, time: str, serving: str = "not_in_production") -> Path:
    answers = table.with_name("answers.yaml")
    answers.write_text(ANSWERS.replace("TIME", time).replace("SERVING", serving), encoding="utf-8")
    fatesline.ask(table.with_name("fates.yaml"), data=table, target="cured", answers=answers, remark=lambda line: None)
    return table.with_name("fates.yaml")


def _split(table: Path, project: Path) -> tuple[list[list[list[str]]], bool]:
    """People and times of the training and the test rows, and whether the model reads the times."""
    parts, reads_time = run(["-c", SPLIT, table], project).splitlines()
    return json.loads(parts), reads_time == "True"


def test_a_project_with_dates_learns_from_earlier_rows_of_other_people(visits: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    fatesline.generate(_asked(visits, "seen_on"), project)

    said = run(["-m", "visits.train", visits], project)
    ((learned, earlier), (tested, later)), reads_time = _split(visits, project)

    before, after = (["".join(reversed(day.split("."))) for day in days] for days in (earlier, later))
    assert max(before) < min(after)
    assert not set(learned) & set(tested)
    assert not reads_time
    evidence = json.loads((project / "evidence/time_ordered_split.json").read_text(encoding="utf-8"))
    counts = [evidence["measured"][f"{part}_rows"] for part in ("train", "test", "left_out")]
    assert evidence["holds"]
    assert counts == [len(learned), len(tested), 400 - len(learned) - len(tested)]
    assert f"time ordered split: holds: Training has {len(learned)} rows" in said


def test_a_year_orders_rows_and_stays_an_input(visits: Path, tmp_path: Path) -> None:
    fatesline.generate(_asked(visits, "year"), tmp_path / "project")

    ((_, earlier), (_, later)), reads_time = _split(visits, tmp_path / "project")

    assert max(earlier) < min(later)
    assert reads_time


@pytest.mark.parametrize("serving", ["served_in_batch", "not_in_production"])
def test_where_the_time_of_rows_is_known_they_are_split_by_it(visits: Path, serving: str) -> None:
    solution = fatesline.solve(_asked(visits, "year", serving))

    assert {"time_ordered_split", "leak_free_split"} & set(solution.chosen) == {"time_ordered_split"}


def test_a_random_split_is_refused_where_the_time_is_known_and_the_model_goes_into_production(visits: Path) -> None:
    config = _asked(visits, "year", "served_in_batch")
    config.write_text(config.read_text(encoding="utf-8") + "\nchoices: {leak_free_split: {chosen: true}}\n")

    refused = fatesline.solve(config)

    assert isinstance(refused, Contradiction)
    assert "later-rows-test-what-will-meet-later-rows" in str(refused)


def test_a_project_names_its_time_in_the_answers_that_it_gives_back(visits: Path) -> None:
    config = _asked(visits, "seen_on")
    written, again = visits.with_name("written.yaml"), visits.with_name("again.yaml")

    fatesline.ask(config, data=visits, write_answers=written, remark=lambda line: None)
    fatesline.ask(again, data=visits, answers=written, remark=lambda line: None)

    data, later = (read_project(path).data for path in (config, again))
    assert data is not None
    assert later is not None
    assert later.time == data.time == TimeColumn(column="seen_on", format="%d.%m.%Y")


def test_a_time_that_no_answer_speaks_of_is_told_with_its_line(visits: Path, tmp_path: Path) -> None:
    config = _asked(visits, "year")
    text = config.read_text(encoding="utf-8")
    config.write_text(re.sub(r"(, )?\btime_column\b", "", text), encoding="utf-8")

    with pytest.raises(UserError, match=r"fates.yaml:\d+: data.time: time is stated, but nothing that was chosen"):
        fatesline.generate(config, tmp_path / "project")
