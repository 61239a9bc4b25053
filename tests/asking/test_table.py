"""What is asked about a table before the interview, by the kind of its target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml

from fatesline.asking import answers_file
from fatesline.asking.table import measured, settings_of
from fatesline.catalog import Catalog, load
from fatesline.catalog.answers import DataSettings
from fatesline.catalog.project import About, Data, Project
from fatesline.interview.prompts import Picked, Prompt, Reply, Tone


@dataclass
class Enter:
    """A person who takes what is marked, or what is written here for a question without a mark."""

    otherwise: tuple[str, ...]
    asked: list[Prompt] = field(default_factory=list)

    def say(self, text: str, tone: Tone = "plain") -> None:
        assert text

    def pick(self, prompt: Prompt) -> Reply:
        self.asked.append(prompt)
        return Picked(self.otherwise if prompt.marked is None else prompt.marked)

    def text(self, question: str, default: str = "", known: Sequence[str] = ()) -> str:
        return default


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(packages=False)


def _table(folder: Path, name: str, values: Sequence[object]) -> Path:
    path = folder / "t.csv"
    lines = [f"{'fm'[row % 2]},{row % 83},{values[row * 7 % len(values)]}" for row in range(400)]
    path.write_text(f"sex,points,{name}\n" + "\n".join(lines))
    return path


def _settled(path: Path, name: str, catalog: Catalog, front: Enter) -> Data:
    return measured(path, DataSettings(target=name), catalog, "en", lambda line: None, front).data


def test_of_a_number_the_good_side_is_asked_and_proposed_where_the_name_tells(tmp_path: Path, catalog: Catalog) -> None:
    told, untold = Enter(("low",)), Enter(("low",))

    assert _settled(_table(tmp_path, "salary", range(50)), "salary", catalog, told).direction == "high"
    assert _settled(_table(tmp_path, "v", range(50)), "v", catalog, untold).direction == "low"
    assert told.asked[0].marked == ("high",)
    assert untold.asked[0].marked is None
    assert [choice.id for choice in untold.asked[0].choices] == ["high", "low"]


def test_of_classes_the_good_label_is_asked(tmp_path: Path, catalog: Catalog) -> None:
    front = Enter(("b",))

    data = _settled(_table(tmp_path, "v", "abc"), "v", catalog, front)

    assert (data.favourable, data.labels) == ("b", ("a", "b", "c"))


def test_an_interview_that_goes_on_keeps_the_good_side_of_a_number(tmp_path: Path, catalog: Catalog) -> None:
    path = _table(tmp_path, "v", range(50))
    data = _settled(path, "v", catalog, Enter(("low",)))
    earlier = Project(project=About(name="p", title="P"), data=data)

    assert settings_of(DataSettings(), None, earlier, path).favourable == "low"


def test_of_classes_several_labels_may_be_good_and_are_kept(tmp_path: Path, catalog: Catalog) -> None:
    path = _table(tmp_path, "v", "abc")

    data = _settled(path, "v", catalog, Enter(("b", "c")))

    assert (data.favourable, data.labels) == (("b", "c"), ("a", "b", "c"))
    earlier = Project(project=About(name="p", title="P"), data=data)
    assert settings_of(DataSettings(), None, earlier, path).favourable == ("b", "c")
    again = yaml.safe_load(answers_file(earlier, catalog, DataSettings(reference={"sex": {"f": 1, "m": 1}})))["data"]
    assert (again["favourable"], again["reference"]) == (["b", "c"], {"sex": {"f": 1, "m": 1}})


def test_groups_are_named_in_the_language_of_the_interview_and_compared_with_the_reference(
    tmp_path: Path, catalog: Catalog
) -> None:
    path = tmp_path / "t.csv"
    rows = [f"{'m' if row % 10 else 'f'},{18 + row % 60},{'yes' if row % 7 else 'no'}" for row in range(600)]
    path.write_text("sex,age,granted\n" + "\n".join(rows))
    settings = DataSettings(target="granted", reference={"sex": {"f": 1, "m": 1}})

    found = measured(path, settings, catalog, "fr", lambda line: None, None)

    assert {name for one in found.data.protected for name in one.groups} >= {"moins de 25", "60 et plus"}
    (note,) = (answer.note for answer in found.answers.values() if "under_represented_group" in answer.chosen)
    assert "50.0 % de la référence" in note or "50,0 % de la référence" in note
