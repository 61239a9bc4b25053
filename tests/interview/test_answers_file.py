"""What was answered, written as an answers file, gives the same answers again."""

from __future__ import annotations

import csv
import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fatesline import commands
from fatesline.asking import answers_file
from fatesline.catalog import Catalog
from fatesline.catalog.answers import DataSettings, read_answers
from fatesline.catalog.project import About, Choice, Project, Waiver, read_project
from fatesline.interview import Session, answer_all
from fatesline.reasoning import Reasoner


@given(st.data())
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_interview_is_answered_again_by_its_file(five: Catalog, tmp_path: Path, data: st.DataObject) -> None:
    session = Session(five, Reasoner(five.model))
    while session.waiting():
        question = data.draw(st.sampled_from(session.waiting()))
        ids = [option.id for option in question.options]
        wanted = [(name,) for name in ids] if question.type == "single" else [(), *((name,) for name in ids)]
        allowed = [chosen for chosen in wanted if session.allows(question.id, chosen)]
        session = session.answered(question.id, data.draw(st.sampled_from([*allowed, "unknown"])))
    project = Project(
        project=About(name="a_project", title='Prêts "A"'),
        language="fr",
        answers=session.answers,
        choices={"human_review": Choice(chosen=True, note="we always do")},
        waivers=(
            Waiver(constraint="machines-are-reviewed", person="A. B.", reason="trial", until=datetime.date(2030, 1, 1)),
        ),
    )

    path = tmp_path / "answers.yaml"
    path.write_text(answers_file(project, five, DataSettings()), encoding="utf-8")
    again = read_answers(path)

    assert answer_all(Session(five, Reasoner(five.model)), again.answers).session.answers == session.answers
    assert again.project == project.project
    assert again.language == "fr"
    assert again.choices == project.choices
    assert again.waivers == project.waivers


def test_a_finished_interview_over_a_table_gives_the_same_project_from_its_answers_file(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    with table.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["sex", "income", "granted"])
        writer.writerows(
            ["woman" if row % 2 else "man", 1000 + 7 * row % 400, "yes" if row % 3 else "no"] for row in range(400)
        )
    first = tmp_path / "first.yaml"
    first.write_text(
        "project: {name: loans, title: Loans}\ndata: {favourable: 'yes', protected: [sex]}\n", encoding="utf-8"
    )

    def quiet(line: str) -> None:
        pass

    commands.ask(
        tmp_path / "one.yaml",
        data=table,
        target="granted",
        answers=first,
        write_answers=tmp_path / "second.yaml",
        remark=quiet,
    )
    commands.ask(tmp_path / "two.yaml", data=table, answers=tmp_path / "second.yaml", remark=quiet)

    one, two = read_project(tmp_path / "one.yaml"), read_project(tmp_path / "two.yaml")
    assert one.answers
    assert {answer.origin for answer in one.answers.values()} == {"measured"}
    assert two == one


@pytest.mark.parametrize(("given", "said"), [("true", "personal: true"), ("unknown", "personal: unknown")])
def test_answers_are_written_as_people_give_them(five: Catalog, given: str, said: str) -> None:
    session = Session(five, Reasoner(five.model)).answered("area", ("hiring",))
    session = session.answered("personal", True if given == "true" else "unknown")
    project = Project(project=About(name="a_project", title="A"), answers=session.answers)

    text = answers_file(project, five, DataSettings())

    assert "  area: [hiring]\n" in text
    assert f"  {said}\n" in text
