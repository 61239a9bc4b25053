from __future__ import annotations

import datetime
import random
from pathlib import Path
from typing import get_args

import pytest

from fatesline.catalog import Catalog, read_catalog
from fatesline.catalog.answers import DataSettings, read_answers
from fatesline.catalog.project import About, GroupOf, Project, Protected, TimeColumn, read_project, write_project
from fatesline.errors import UserError, UserErrors
from fatesline.profiling import Fact, Profile, profile, proposals
from fatesline.profiling.facts import FactKind
from fatesline.profiling.words import _SENTENCES, said

QUESTIONS = """\
sections: [{id: data, title: {en: a, fr: b}}]
questions:
""" + "".join(
    f"""\
  - id: {name}
    section: data
    type: {kind}
    measured: {measured}
    ask: {{en: a, fr: b}}
    why: {{en: a, fr: b}}
    sources: [law]
    protective: [{options[0]}]
    options: [{", ".join(f"{{id: {option}, title: {{en: a, fr: b}}}}" for option in options)}]
"""
    for name, kind, measured, options in [
        ("personal_data_used", "multi", "true", ["personal_data", "special_category_data", "no_personal_data"]),
        ("protected_attributes", "single", "true", ["attributes_not_known", "known_for_training_and_test"]),
        ("protected_groups", "single", "true", ["crossed_groups", "two_groups", "several_groups"]),
        ("measured_data_facts", "multi", "true", ["imbalanced_classes", "base_rates_differ", "missing_values"]),
        ("kinds_of_columns", "multi", "true", ["text_columns", "date_columns", "time_column"]),
        ("unmeasured", "multi", "false", ["proxy_columns", "small_groups"]),
    ]
)


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    folder = tmp_path_factory.mktemp("catalog")
    files = {
        "catalog.yaml": 'name: tiny\nversion: "1"\nlanguages: [en, fr]\ntitle: {en: a, fr: b}\n',
        "sources/sources.yaml": 'law: {title: A law, date: "2024", checked: text}\n',
        "context/questions.yaml": QUESTIONS,
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return read_catalog(folder)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    drawn = random.Random(11)
    lines = ["id,age,race,sex,job,granted"]
    for row in range(500):
        sex = "fm"[drawn.randrange(2)]
        job = "?" if row % 25 == 0 else "abc"[drawn.randrange(3)]
        granted = "yes" if drawn.random() < (0.15 if sex == "f" else 0.3) else "no"
        lines.append(f"{row},{drawn.randrange(18, 70)},{'black' if row % 4 == 0 else 'white'},{sex},{job},{granted}")
    made = tmp_path / "loans.csv"
    made.write_text("\n".join(lines))
    return made


def test_answers_are_proposed_with_their_figures_where_the_question_is_measured(path: Path, catalog: Catalog) -> None:
    made = proposals(profile(path, "granted"), catalog)

    assert {name: answer.chosen for name, answer in made.answers.items()} == {
        "personal_data_used": ("personal_data", "special_category_data"),
        "protected_attributes": ("known_for_training_and_test",),
        "protected_groups": ("crossed_groups",),
        "measured_data_facts": ("base_rates_differ", "missing_values"),
    }
    assert {answer.origin for answer in made.answers.values()} == {"measured"}
    assert made.answers["protected_groups"].note == "attributes and number of groups: sex (2), origin (2)"
    assert "20 values are missing (1.0 % of the cells), in job" in made.answers["measured_data_facts"].note


def test_one_attribute_has_two_groups_or_several(path: Path, catalog: Catalog) -> None:
    two = proposals(profile(path, "granted", protected=["sex"]), catalog)
    several = proposals(profile(path, "granted", protected=["age"]), catalog)

    assert two.answers["protected_groups"].chosen == ("two_groups",)
    assert several.answers["protected_groups"].chosen == ("several_groups",)


def test_the_data_section_is_a_project_that_reads_back(path: Path, catalog: Catalog, tmp_path: Path) -> None:
    made = proposals(profile(path, "granted"), catalog)
    project = Project(project=About(name="loans", title="Loans"), answers=made.answers, data=made.data)
    written = tmp_path / "fates.yaml"

    written.write_text(write_project(project), encoding="utf-8")

    assert read_project(written) == project
    assert made.data.numeric == ("age",)
    assert made.data.categorical == ("race", "sex", "job")
    assert made.data.levels == {"race": ("black", "white"), "sex": ("f", "m"), "job": ("a", "b", "c")}
    assert made.data.missing == ("?",)
    assert made.data.dropped == {"id": "a different value in every row"}
    assert made.data.favourable == "yes"


def test_settings_come_before_proposals(path: Path, catalog: Catalog) -> None:
    groups = {"young": GroupOf(below=30), "others": GroupOf.between(30, None)}
    settings = DataSettings(
        favourable="no",
        protected=(Protected(attribute="age", column="age", groups=groups), "sex"),
        keep=("id",),
        drop=("job",),
        quasi_identifiers=("race",),
    )
    measured = profile(path, "granted", settings.favourable, settings.protected_columns())

    data = proposals(measured, catalog, settings=settings).data

    assert data.favourable == "no"
    assert [one.attribute for one in data.protected] == ["age", "sex"]
    assert data.protected[0].groups == groups
    assert data.numeric == ("id", "age")
    assert data.dropped == {"job": "left out by choice"}
    assert data.quasi_identifiers == ("race",)


def test_settings_that_name_no_column_are_told_at_once(path: Path, catalog: Catalog) -> None:
    measured = profile(path, "granted")

    with pytest.raises(UserErrors) as caught:
        proposals(measured, catalog, settings=DataSettings(keep=("idd",), drop=("jobb", "sex"), person="who"))

    assert str(caught.value) == (
        'loans.csv: there is no column "idd"\n  did you mean "id"?\n'
        'loans.csv: there is no column "jobb"\n  did you mean "job"?\n'
        'loans.csv: there is no column "who"\n'
        'loans.csv: the column "sex" is protected; it stays for measuring'
    )


@pytest.mark.parametrize(
    ("labels", "said_so"),
    [
        (
            ["apple", "pear"],
            'which label of "y" is favourable for the person cannot be told\n  Name it: "apple" or "pear".',
        ),
        (
            ["1", "2", "3"],
            'which label of "y" is favourable for the person cannot be told\n  Name it: "1" or "2" or "3".',
        ),
        (
            ["1", "4", "9"],
            'the target "y" has 3 values; whether they are labels or points of a scale cannot be told\n'
            '  Say what is favourable: high or low for a scale, or a label: "1" or "4" or "9".',
        ),
        (
            [f"{number}" for number in range(30)],
            'whether high or low values of "y" are favourable for the person cannot be told\n'
            "  Say what is favourable: high or low.",
        ),
        (
            [f"v{number}" for number in range(30)],
            'the target "y" has too many values; whether they are labels or points of a scale cannot be told\n'
            "  Name a target with a few labels, or with numbers.",
        ),
    ],
)
def test_a_target_that_does_not_tell_what_is_good_asks_the_user(
    tmp_path: Path, catalog: Catalog, labels: list[str], said_so: str
) -> None:
    path = tmp_path / "t.csv"
    path.write_text("x,y\n" + "\n".join(f"{row % 9},{labels[row % len(labels)]}" for row in range(90)))

    with pytest.raises(UserError) as caught:
        proposals(profile(path, "y"), catalog)

    assert said_so in str(caught.value)


def test_notes_and_reasons_come_in_french(path: Path, catalog: Catalog) -> None:
    made = proposals(profile(path, "granted"), catalog, language="fr")

    assert made.data.dropped == {"id": "une valeur différente à chaque ligne"}
    assert "20 valeurs manquent" in made.answers["measured_data_facts"].note


def test_every_fact_has_a_sentence_in_both_languages(path: Path) -> None:
    measured: Profile = profile(path, "granted")

    assert set(_SENTENCES) == set(get_args(FactKind))
    for fact in measured.facts:
        assert said(fact, "en") != said(fact, "fr")


def test_a_leak_is_worded_by_how_it_was_found() -> None:
    def leak(measure: str, figure: float) -> str:
        return said(Fact("leaks-target", ("end",), figure, 0.85, more=(("measure", measure),)))

    assert (
        leak("area", 0.93)
        == "end alone ranks the outcomes with an area under the curve of 0.93 (from 0.85: likely a leak)"
    )
    assert leak("presence", 0.7).startswith("whether end has a value changes the rate of the outcome by 70.0 %")
    assert leak("name", 0.6) == "end is named like the outcome"


def test_an_answers_file_has_short_and_long_answers(tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text(
        "language: fr\nanswers: {a: one, b: [one, two], c: unknown, d: true, e: {chosen: [x], origin: policy}}\n"
        "choices: {reweighing: true}\ndata: {target: y, protected: [sex], drop: [id]}\n"
    )

    read = read_answers(path)

    assert (read.answers["a"], read.answers["b"], read.answers["d"]) == ("one", ("one", "two"), True)
    assert read.data.protected_columns() == ("sex",)


def test_a_misspelt_setting_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text("answers: {a: one}\ndata:\n  taget: y\n")

    with pytest.raises(UserErrors) as caught:
        read_answers(path)

    assert 'answers.yaml:3: data.taget: there is no such key; did you mean "target"?' in str(caught.value)


def test_free_text_and_dates_are_taken_back_as_what_they_are(tmp_path: Path, catalog: Catalog) -> None:
    note = "on what was said in the talk about the loan at some length"
    rows = [f"{1 + at % 28:02}/03/2020,{at} {note},{at % 3},{'no' if at // 28 % 2 else 'yes'}" for at in range(120)]
    table = tmp_path / "loans.csv"
    table.write_text("\n".join(["signed,note,job,granted", *rows]) + "\n", encoding="utf-8")
    measured = profile(table, "granted", "yes")

    left_out, made = (
        proposals(measured, catalog, settings=DataSettings(keep=keep)) for keep in ((), ("note", "signed"))
    )

    assert set(left_out.data.dropped) == {"signed", "note"}
    assert made.data.text == ("note",)
    assert made.data.dates == {"signed": "%d/%m/%Y"}
    assert made.data.reference_day == datetime.date(2020, 3, 28)
    assert not made.data.dropped
    assert "kinds_of_columns" not in left_out.answers
    assert made.answers["kinds_of_columns"].chosen == ("text_columns", "date_columns")


def test_dates_that_may_be_either_way_round_cannot_be_kept(tmp_path: Path, catalog: Catalog) -> None:
    rows = [f"0{1 + at % 9}/03/2020,{'no' if at % 2 else 'yes'}" for at in range(60)]
    table = tmp_path / "loans.csv"
    table.write_text("\n".join(["signed,granted", *rows]) + "\n", encoding="utf-8")

    with pytest.raises(UserErrors, match="either way round"):
        proposals(profile(table, "granted", "yes"), catalog, settings=DataSettings(keep=("signed",)))


@pytest.fixture
def signed(tmp_path: Path) -> Profile:
    """Loans with a day that can be read, one that may be either way round, a year, a free text and a job."""
    note = "on what was said in the talk about the loan at some length"
    lines = ["signed,paid,year,note,job,granted"]
    for row in range(240):
        day = 1 + row % 12
        year, job, granted = 2015 + row % 7, "abc"[row % 3], ("no", "yes")[row // 28 % 2]
        lines.append(f"{1 + row % 28:02}/03/2020,{day:02}/{1 + row % 3:02}/2020,{year},{row} {note},{job},{granted}")
    table = tmp_path / "loans.csv"
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return profile(table, "granted", "yes")


@pytest.mark.parametrize(
    ("settings", "time"),
    [
        ({"time": {"column": "year"}}, TimeColumn(column="year")),
        ({"time": {"column": "signed"}}, TimeColumn(column="signed", format="%d/%m/%Y")),
        ({"time": {"column": "signed"}, "keep": ("signed",)}, TimeColumn(column="signed")),
        (
            {"time": {"column": "signed", "format": "%d/%m/%Y"}, "keep": ("signed",)},
            TimeColumn(column="signed"),
        ),
        ({"time": {"column": "paid", "format": "%d/%m/%Y"}}, TimeColumn(column="paid", format="%d/%m/%Y")),
    ],
)
def test_the_time_that_was_named_is_settled_with_how_it_is_written(
    signed: Profile, catalog: Catalog, settings: dict[str, object], time: TimeColumn
) -> None:
    made = proposals(signed, catalog, settings=DataSettings.model_validate(settings))

    assert made.data.time == time
    assert "time_column" in made.answers["kinds_of_columns"].chosen
    assert (time.column in made.data.dropped) == (time.column not in made.data.inputs)


def test_no_time_is_settled_that_nobody_named(signed: Profile, catalog: Catalog) -> None:
    made = proposals(signed, catalog)

    assert made.data.time is None
    assert "kinds_of_columns" not in made.answers


@pytest.mark.parametrize(
    ("settings", "fault"),
    [
        ({"time": {"column": "yaer"}}, 'no column "yaer" that could say when.*\n.*did you mean "year"'),
        ({"time": {"column": "granted"}}, 'no column "granted" that could say when'),
        ({"time": {"column": "job"}}, '"job" holds neither numbers nor dates'),
        ({"time": {"column": "paid"}}, '"paid" holds neither numbers nor dates that are written in one way'),
        ({"time": {"column": "year", "format": "%Y"}}, '"year" is read as a number and needs no format'),
        ({"time": {"column": "note", "format": "%Y"}, "keep": ("note",)}, '"note" is read as free text'),
        (
            {"time": {"column": "signed", "format": "%Y"}, "keep": ("signed",)},
            '"signed" are written %d/%m/%Y, not %Y',
        ),
    ],
)
def test_a_time_that_cannot_be_read_is_refused(
    signed: Profile, catalog: Catalog, settings: dict[str, object], fault: str
) -> None:
    with pytest.raises(UserErrors, match=fault):
        proposals(signed, catalog, settings=DataSettings.model_validate(settings))


def test_a_date_that_may_be_the_time_of_rows_is_remarked_until_one_is_named(tmp_path: Path, catalog: Catalog) -> None:
    rows = [f"{1 + at % 28:02}/03/2020,{at % 3},{'no' if at // 28 % 2 else 'yes'}" for at in range(120)]
    table = tmp_path / "loans.csv"
    table.write_text("\n".join(["signed,job,granted", *rows]) + "\n", encoding="utf-8")
    measured = profile(table, "granted", "yes")

    open_, settled = (
        proposals(measured, catalog, settings=DataSettings(time=time)).remarks
        for time in (None, TimeColumn(column="signed"))
    )

    assert [line for line in open_ if "may say when a row came about" in line] == [
        line for line in open_ if line not in settled
    ]
    assert len(open_) == len(settled) + 1
