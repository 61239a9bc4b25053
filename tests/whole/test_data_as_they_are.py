"""A generated project reads a table as profiling found it."""

from __future__ import annotations

from pathlib import Path

from projects import run

import fatesline

ANSWERS = """\
project: {name: incomes, title: Incomes}
answers:
  kind_of_system: [learns_from_tables]
  jurisdiction: [other_jurisdiction]
  prohibited_practices: [none_of_these_practices]
  persons_concerned: [individuals_concerned]
data: {favourable: " >50K", protected: [sex]}
"""

READ = """
import sys
from pathlib import Path
from incomes import data, settings
table = data.read(Path(sys.argv[1]), settings.COLUMNS)
print(int(data.labels(table).sum()), *sorted(set(data.groups(data.inputs(table)))), int(table["job"].isna().sum()))
"""


def test_blanks_after_commas_belong_to_the_levels_in_every_step(tmp_path: Path) -> None:
    """As in the Adult table: levels, labels and the mark of a gap all begin with a blank."""
    rows = [
        f"{20 + number % 50}, {('Female', 'Male')[number % 3 == 0]}, {('clerk', 'nurse', '?')[number % 5 % 3]}, "
        f"{('<=50K', '>50K')[number % 4 == 0]}"
        for number in range(400)
    ]
    table = tmp_path / "people.csv"
    table.write_text("\n".join(["age,sex,job,income", *rows]) + "\n")
    (tmp_path / "answers.yaml").write_text(ANSWERS)

    config, project = tmp_path / "fates.yaml", tmp_path / "project"
    fatesline.ask(config, data=table, target="income", answers=tmp_path / "answers.yaml", remark=lambda line: None)
    fatesline.generate(config, project)
    said = run(["-c", READ, table], project)

    assert said.split() == ["100", "Female", "Male", str(sum(", ?, " in row for row in rows))]


NUMBERS = """
import sys
from pathlib import Path
from incomes import data, settings
table = data.read(Path(sys.argv[1]), settings.COLUMNS)
print(table["rate"].min(), table["rate"].max(), settings.RANGES["rate"])
"""


def test_numbers_are_read_to_the_last_digit(tmp_path: Path) -> None:
    """As in the Boston HMDA table, whose limits pandas reads one unit in the last place too high."""
    rows = [
        f"{('Female', 'Male')[number % 3 == 0]},{('1.7999999523162842', '10.600000381469727', '3.1')[number % 7 % 3]},"
        f"{('no', 'yes')[number % 4 == 0]}"
        for number in range(400)
    ]
    table = tmp_path / "loans.csv"
    table.write_text("\n".join(["sex,rate,income", *rows]) + "\n")
    (tmp_path / "answers.yaml").write_text(ANSWERS.replace(" >50K", "yes"))

    config, project = tmp_path / "fates.yaml", tmp_path / "project"
    fatesline.ask(config, data=table, target="income", answers=tmp_path / "answers.yaml", remark=lambda line: None)
    fatesline.generate(config, project)
    said = run(["-c", NUMBERS, table], project)

    assert said.strip() == "1.7999999523162842 10.600000381469727 [1.7999999523162842, 10.600000381469727]"
