from __future__ import annotations

import datetime
import string
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from fatesline.catalog.project import (
    About,
    Answer,
    CatalogUsed,
    Choice,
    Data,
    GroupOf,
    Project,
    Protected,
    Waiver,
    read_project,
    write_project,
)
from fatesline.errors import UserErrors

ids = st.from_regex(r"[a-z]{1,8}(_[a-z0-9]{1,6}){0,2}", fullmatch=True)
texts = st.text(max_size=30)
numbers = st.floats(allow_nan=False, allow_infinity=False)
origins = st.sampled_from(["asked", "measured", "policy", "default"])
parameter_values = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**12), 10**12), numbers, texts, st.lists(texts, max_size=3).map(tuple)
)


@st.composite
def data_sections(draw: st.DrawFn) -> Data:
    columns = draw(st.lists(texts, min_size=4, max_size=40, unique=True))
    target, person, *inputs = columns
    cut = draw(st.integers(1, len(inputs)))
    numeric, categorical = inputs[:cut], inputs[cut:]
    return Data(
        file=draw(texts),
        sha256=draw(st.text("0123456789abcdef", min_size=64, max_size=64)),
        rows=draw(st.integers(1, 10**9)),
        delimiter=draw(st.sampled_from([",", ";", "\t", "|"])),
        target=target,
        favourable=draw(texts),
        missing=tuple(draw(st.lists(texts, max_size=3))),
        numeric=tuple(numeric),
        categorical=tuple(categorical),
        levels={column: tuple(draw(st.lists(texts, max_size=30))) for column in categorical},
        ranges={column: (low := draw(numbers), max(low, draw(numbers))) for column in numeric},
        protected=(
            Protected(
                attribute=draw(st.text(min_size=1, max_size=9)),
                column=numeric[0],
                groups={
                    draw(texts): GroupOf(below=(edge := draw(numbers))),
                    "at_least_this_long" * 2: GroupOf(low=edge),
                },
                other=draw(st.sampled_from([None, "somebody else, whoever that is, anywhere"])),
            ),
        ),
        person=draw(st.sampled_from([None, person])),
        dropped={person + "?": draw(texts)} if person + "?" not in columns else {},
    )


@st.composite
def projects(draw: st.DrawFn) -> Project:
    return Project(
        catalogs=tuple(draw(st.lists(st.builds(CatalogUsed, name=texts, version=texts), max_size=2))),
        language=draw(st.sampled_from(["en", "fr"])),
        project=About(name="a_project", title=draw(st.text(min_size=1)), purpose=draw(texts)),
        answers=draw(
            st.dictionaries(
                ids,
                st.builds(Answer, chosen=st.lists(ids, max_size=9).map(tuple), origin=origins, note=texts),
                max_size=4,
            )
        ),
        choices=draw(
            st.dictionaries(ids, st.builds(Choice, chosen=st.booleans(), origin=origins, note=texts), max_size=3)
        ),
        parameters=draw(st.dictionaries(ids, st.dictionaries(ids, parameter_values, max_size=3), max_size=3)),
        waivers=tuple(
            draw(
                st.lists(
                    st.builds(
                        Waiver,
                        constraint=ids.map(lambda name: name.replace("_", "-")),
                        person=st.text(min_size=1),
                        reason=st.text(min_size=1),
                        until=st.dates(),
                    ),
                    max_size=2,
                )
            )
        ),
        data=draw(st.none() | data_sections()),
    )


@given(projects())
@settings(max_examples=150, deadline=None)
def test_what_is_written_reads_back_as_the_same_project(
    tmp_path_factory: pytest.TempPathFactory, project: Project
) -> None:
    path = tmp_path_factory.getbasetemp() / "fates.yaml"
    text = write_project(project)

    path.write_bytes(text.encode())

    assert read_project(path) == project
    assert write_project(read_project(path)) == text


@given(st.text(string.printable + "\x00\x85\u2028\ufeff\U0001f600é", max_size=40))
@settings(deadline=None)
def test_every_yaml_reader_gives_user_text_back_unchanged(text: str) -> None:
    project = Project(project=About(name="a_project", title=f"t{text}", purpose=text))

    assert yaml.safe_load(write_project(project))["project"]["purpose"] == text


def test_the_written_file_reads_like_a_form() -> None:
    project = Project(
        catalogs=(CatalogUsed(name="fates", version="0.1.0"),),
        project=About(name="release_decisions", title="Release after arrest", purpose="Who is released: a study."),
        answers={
            "decision_effect": Answer(chosen=("effect_significant", "effect_safety")),
            "sees_minors": Answer(chosen=(), origin="default", note="not known yet"),
        },
        choices={"reweighing": Choice(chosen=True)},
        parameters={"fairness_gate": {"allowed_difference": 0.1}},
        waivers=(
            Waiver(constraint="a-limit", person="Ada", reason="trial: one week", until=datetime.date(2027, 1, 31)),
        ),
        data=Data(
            file="arrests.csv",
            sha256="0" * 64,
            rows=5226,
            target="released",
            favourable="Yes",
            numeric=("age",),
            categorical=("colour",),
            levels={"colour": ("Black", "White")},
            ranges={"age": (12, 66)},
            protected=(
                Protected(
                    attribute="colour",
                    column="colour",
                    groups={"Black": GroupOf(values=("Black",)), "White": GroupOf(values=("White",))},
                ),
                Protected(attribute="age", column="age", groups={"under 25": GroupOf(below=25)}, other="older"),
            ),
        ),
    )

    assert write_project(project).split("\n", 2)[2] == (
        """\
fatesline: 1
catalogs:
  - {name: fates, version: "0.1.0"}
language: en

project:
  name: release_decisions
  title: "Release after arrest"
  purpose: "Who is released: a study."

answers:
  decision_effect: {chosen: [effect_significant, effect_safety], origin: asked}
  sees_minors: {chosen: [], origin: default, note: "not known yet"}

choices:
  reweighing: {chosen: true, origin: asked}

parameters:
  fairness_gate: {allowed_difference: 0.1}

waivers:
  - {constraint: a-limit, person: Ada, reason: "trial: one week", until: 2027-01-31}

data:
  file: "arrests.csv"
  sha256: "%s"
  rows: 5226
  delimiter: ","
  encoding: utf-8
  target: released
  favourable: "Yes"
  missing: []
  numeric: [age]
  categorical: [colour]
  levels: {colour: [Black, White]}
  ranges: {age: [12, 66]}
  protected:
    - attribute: colour
      column: colour
      groups:
        Black: {values: [Black]}
        White: {values: [White]}
      other: null
    - attribute: age
      column: age
      groups:
        "under 25": {below: 25}
      other: older
  person: null
  quasi_identifiers: []
  dropped: {}
"""
        % ("0" * 64)
    )


def _read(tmp_path: Path, text: str) -> Project:
    path = tmp_path / "fates.yaml"
    path.write_text(text, encoding="utf-8")
    return read_project(path)


def test_all_faults_of_a_project_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    text = """\
fatesline: 1
project:
  name: class
  title: A
answers:
  decision_area: {choosen: [a]}
waivers:
  - {constraint: x, person: "", reason: because, until: soon}
"""

    with pytest.raises(UserErrors) as caught:
        _read(tmp_path, text)

    said = str(caught.value)
    assert "fates.yaml:3: project.name: the name becomes a Python package" in said
    assert 'fates.yaml:6: answers.decision_area.choosen: there is no such key; did you mean "chosen"?' in said
    assert "fates.yaml:6: answers.decision_area.chosen: is missing" in said
    assert "fates.yaml:8: waivers[0].person: must not be empty" in said
    assert "fates.yaml:8: waivers[0].until: must be a date such as 2026-08-02" in said


DATA = """\
fatesline: 1
project: {name: a_project, title: A}
data:
  file: a.csv
  sha256: "%s"
  rows: 3
  target: y
  favourable: "1"
  numeric: [age, x]
  categorical: [sex]
""" % ("0" * 64)


@pytest.mark.parametrize(
    ("added", "fault"),
    [
        ("  dropped: {x: constant}", 'data.dropped.x: "x" cannot be an input as well'),
        ("  person: x", 'data.person: "x" cannot be an input as well'),
        ("  levels: {sexe: [f]}", 'data.levels.sexe: "sexe" is no column that the model reads\n  did you mean "sex"?'),
        ("  ranges: {age: [9, 3]}", "data.ranges.age: the first number is the lowest, the second the highest"),
        ("  quasi_identifiers: [zip]", 'data.quasi_identifiers[0]: "zip" is no column that the model reads'),
        (
            "  protected: [{attribute: sex, column: sex, groups: {f: {values: [F]}}}]",
            "data.protected[0].groups: at least two groups are needed to compare; "
            "add a group, or name the others with other",
        ),
        (
            "  protected: [{attribute: sex, column: sex, groups: {f: {values: [F]}, m: {values: [F]}}}]",
            'data.protected[0].groups.m: the value "F" is in the group "f" already',
        ),
        (
            "  protected: [{attribute: sex, column: sex, groups: {f: {below: 3}, m: {from: 3}}}]",
            "data.protected[0].groups.f: from and below need a numeric column; list the values instead",
        ),
        (
            "  protected: [{attribute: age, column: age, groups: {old: {from: 25}, young: {below: 30}}}]",
            'data.protected[0].groups.old: overlaps the group "young"',
        ),
    ],
)
def test_data_settings_that_contradict_each_other_are_faults(tmp_path: Path, added: str, fault: str) -> None:
    with pytest.raises(UserErrors) as caught:
        _read(tmp_path, f"{DATA}{added}\n")

    assert f"fates.yaml:11: {fault}" in str(caught.value)


def test_labels_keep_their_leading_blank(tmp_path: Path) -> None:
    project = _read(tmp_path, DATA.replace('favourable: "1"', 'favourable: " >50K"'))

    assert project.data is not None
    assert project.data.favourable == " >50K"
