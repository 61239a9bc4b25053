from __future__ import annotations

import datetime
import string
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from fatesline.catalog import Catalog, read_catalog
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
    check_against,
    configuration,
    read_project,
    write_project,
)
from fatesline.errors import UserErrors
from fatesline.model.configuration import Decision

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
        (
            "  time: {column: y}",
            'data.time.column: "y" is the target and cannot say when a row came about',
        ),
        (
            "  time: {column: aeg}",
            'data.time.column: "aeg" is neither a number, a category or a date that the model reads, nor left out\n'
            '  did you mean "age"?',
        ),
        ('  time: {column: age, format: "%Y"}', 'data.time.format: "age" needs no format, it is a number'),
        ("  time: {columns: age}", 'data.time.columns: there is no such key; did you mean "column"?'),
    ],
)
def test_data_settings_that_contradict_each_other_are_faults(tmp_path: Path, added: str, fault: str) -> None:
    with pytest.raises(UserErrors) as caught:
        _read(tmp_path, f"{DATA}{added}\n")

    assert f"fates.yaml:11: {fault}" in str(caught.value)


@pytest.mark.parametrize(
    ("added", "time_format"),
    [
        ("  time: {column: age}", None),
        ("  dropped: {sold_on: a date}\n  time: {column: sold_on, format: '%d.%m.%Y'}", "%d.%m.%Y"),
        ("  dates: {sold_on: '%Y-%m'}\n  reference_day: 2026-01-31\n  time: {column: sold_on}", "%Y-%m"),
    ],
)
def test_the_time_of_rows_is_a_number_or_has_a_format_of_its_own_or_that_of_a_date_read(
    tmp_path: Path, added: str, time_format: str | None
) -> None:
    project = _read(tmp_path, f"{DATA}{added}\n")
    again = _read(tmp_path, write_project(project))

    assert project.data is not None
    assert project.data.time_format == time_format
    assert again == project
    assert "null" not in write_project(project).partition("time:")[2].partition("quasi")[0]


def test_the_time_of_a_date_that_is_read_has_no_second_format(tmp_path: Path) -> None:
    dates = "  dates: {sold_on: '%Y-%m'}\n  reference_day: 2026-01-31\n"

    with pytest.raises(UserErrors) as caught:
        _read(tmp_path, f"{DATA}{dates}  time: {{column: sold_on, format: '%Y'}}\n")

    assert 'fates.yaml:13: data.time.format: "sold_on" needs no format, it stands under dates' in str(caught.value)


def test_labels_keep_their_leading_blank(tmp_path: Path) -> None:
    project = _read(tmp_path, DATA.replace('favourable: "1"', 'favourable: " >50K"'))

    assert project.data is not None
    assert project.data.favourable == " >50K"


QUESTIONS = """\
sections:
  - {id: data, title: {en: Data, fr: Données}}
questions:
  - id: personal
    section: data
    type: yes_no
    ask: {en: a, fr: b}
    why: {en: a, fr: b}
    sources: [law]
    protective: [personal_data]
    options:
      - {id: personal_data, title: {en: "Yes", fr: Oui}}
  - id: wish
    section: data
    type: single
    ask: {en: a, fr: b}
    why: {en: a, fr: b}
    sources: [law]
    protective: [trees]
    options:
      - {id: trees, formerly: [forest], title: {en: Trees, fr: Arbres}}
      - {id: lines, title: {en: Lines, fr: Droites}}
"""

FEATURES = """\
features:
  - {id: fates, title: {en: a, fr: b}, summary: {en: a, fr: b}, parent: fates_project, relation: mandatory,
     kind: requirement}
  - id: gate
    title: {en: a, fr: b}
    summary: {en: a, fr: b}
    parent: fates
    kind: mechanism
    parameters:
      allowed: {type: number, default: 0.1, minimum: 0, maximum: 1, help: {en: a, fr: b}}
      repeats: {type: integer, default: 5, minimum: 1, help: {en: a, fr: b}}
      measure: {type: choice, default: ratio, choices: [ratio, gap], help: {en: a, fr: b}}
      strict: {type: boolean, default: true, help: {en: a, fr: b}}
      columns: {type: columns, default: [], help: {en: a, fr: b}}
"""

CONSTRAINTS = """\
constraints:
  - {id: gate-needs-lines, formula: gate => lines, level: technical, sources: [law], because: {en: a, fr: b}}
  - {id: persons-need-a-gate, formula: personal_data => gate, level: law, sources: [law], because: {en: a, fr: b}}
"""


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    folder = tmp_path_factory.mktemp("catalog")
    files = {
        "catalog.yaml": 'name: tiny\nversion: "1"\nlanguages: [en, fr]\ntitle: {en: a, fr: b}\n',
        "sources/sources.yaml": 'law: {title: A law, date: "2024", checked: text}\n',
        "context/questions.yaml": QUESTIONS,
        "requirements/features.yaml": FEATURES,
        "constraints/rules.yaml": CONSTRAINTS,
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return read_catalog(folder)


HEAD = "fatesline: 1\nproject: {name: a_project, title: A}\n"


def test_an_answer_decides_every_option_of_its_question_with_its_origin(tmp_path: Path, catalog: Catalog) -> None:
    project = _read(
        tmp_path,
        f"{HEAD}answers:\n"
        '  wish: {chosen: [lines], origin: measured, note: "gap 0.02"}\n'
        "  personal: {chosen: [], origin: default}\n"
        "choices:\n  gate: {chosen: true, origin: policy}\n",
    )

    check_against(project, catalog)

    assert list(configuration(project, catalog)) == [
        Decision("trees", False, "measured", note="gap 0.02"),
        Decision("lines", True, "measured", note="gap 0.02"),
        Decision("personal_data", False, "default"),
        Decision("gate", True, "policy"),
    ]


def test_a_question_without_an_answer_stays_open(tmp_path: Path, catalog: Catalog) -> None:
    project = _read(tmp_path, f"{HEAD}answers: {{personal: {{chosen: [personal_data]}}}}\n")

    assert configuration(project, catalog).decisions.keys() == {"personal_data"}


def test_an_option_may_be_written_by_its_former_id(tmp_path: Path, catalog: Catalog) -> None:
    project = _read(tmp_path, f"{HEAD}answers: {{wish: {{chosen: [forest]}}}}\n")

    check_against(project, catalog)

    assert configuration(project, catalog)["trees"].chosen


def test_everything_the_catalog_does_not_know_is_told_at_once_with_its_line(tmp_path: Path, catalog: Catalog) -> None:
    project = _read(
        tmp_path,
        HEAD
        + """\
answers:
  wihs: {chosen: [trees]}
  personal: {chosen: [personel_data]}
  wish: {chosen: [trees, lines]}
choices:
  gates: {chosen: true}
  lines: {chosen: true}
parameters:
  gate:
    alowed: 0.2
    allowed: 1.5
    repeats: 2.5
    measure: gaps
    strict: "yes"
    columns: [age]
waivers:
  - {constraint: gate-needs-line, person: A, reason: b, until: 2027-01-01}
  - {constraint: gate-needs-lines, person: A, reason: b, until: 2027-01-01}
  - {constraint: persons-need-a-gate, person: A, reason: b, until: 2026-01-01}
data:
  file: a.csv
  sha256: "%s"
  rows: 3
  target: y
  favourable: "1"
  numeric: [x]
"""
        % ("0" * 64),
    )

    with pytest.raises(UserErrors) as caught:
        check_against(project, catalog, on=datetime.date(2026, 11, 21))

    file = (tmp_path / "fates.yaml").as_posix()
    assert str(caught.value).replace(file, "f") == (
        'f:4: answers.wihs: there is no such question\n  did you mean "wish"?\n'
        'f:5: answers.personal.chosen[0]: "personel_data" is no option of this question\n'
        '  did you mean "personal_data"?\n'
        "f:6: answers.wish.chosen: this question takes exactly one option, not 2\n"
        'f:8: choices.gates: there is no such feature\n  did you mean "gate"?\n'
        "f:9: choices.lines: this is an option of a question; write it under answers: wish\n"
        'f:12: parameters.gate.alowed: there is no such parameter\n  did you mean "allowed"?\n'
        "f:13: parameters.gate.allowed: must be at most 1\n"
        "f:14: parameters.gate.repeats: must be a whole number\n"
        "f:15: parameters.gate.measure: must be one of ratio, gap\n"
        "f:16: parameters.gate.strict: must be true or false\n"
        'f:17: parameters.gate.columns: "age" is no column that the model reads\n'
        'f:19: waivers[0]: there is no constraint "gate-needs-line"\n  did you mean "gate-needs-lines"?\n'
        'f:20: waivers[1]: the constraint "gate-needs-lines" has the level technical; '
        "only law and method can be waived\n"
        "f:21: waivers[2]: the waiver ran out on 2026-01-01\n  A can renew it, or it is taken out."
    )
