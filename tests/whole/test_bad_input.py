"""Bad input gives one clear message and exit code 2; nothing is written and nothing is lost."""

from __future__ import annotations

import ast
import csv
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

ANSWERS = """\
project: {name: loans, title: Loans}
answers:
  jurisdiction: [other_jurisdiction]
  prohibited_practices: [none_of_these_practices]
  persons_concerned: [individuals_concerned]
"""

GOOD = """\
fatesline: 1
project: {name: loans, title: Loans}
answers:
  jurisdiction: {chosen: [other_jurisdiction]}
  prohibited_practices: {chosen: [none_of_these_practices]}
"""


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str


def fates(*words: object, folder: Path) -> Said:
    """Run the command in a folder; a stack shown to the user fails the test."""
    done = subprocess.run(
        [sys.executable, "-m", "fatesline", *map(str, words)],
        cwd=folder,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=120,
    )
    assert "Traceback" not in done.stdout + done.stderr, done.stderr
    return Said(done.returncode, done.stdout, done.stderr)


def write_table(path: Path, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])


def people(count: int, *, labels: Sequence[str] = ("yes", "no")) -> list[list[object]]:
    """Rows of age, sex and label, every combination often enough to be measured."""
    return [
        [20 + number % 50, ("F", "M")[number % 3 == 0], labels[(number * 7 // 3) % len(labels)]]
        for number in range(count)
    ]


def test_malformed_yaml_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "fates.yaml").write_text("fatesline: 1\nproject: {name: loans\nanswers: [\n")

    said = fates("solve", "fates.yaml", folder=tmp_path)

    assert said.code == 2
    assert "fates.yaml:3" in said.err


def test_an_unknown_feature_is_told_with_the_nearest_one(tmp_path: Path) -> None:
    (tmp_path / "fates.yaml").write_text(GOOD + "choices:\n  reweighting: {chosen: true}\n")

    said = fates("solve", "fates.yaml", folder=tmp_path)

    assert said.code == 2
    assert "fates.yaml:7" in said.err
    assert 'did you mean "reweighing"?' in said.err


def test_why_of_an_unknown_feature_is_told_with_the_nearest_one(tmp_path: Path) -> None:
    (tmp_path / "fates.yaml").write_text(GOOD)

    said = fates("why", "fates.yaml", "reweighin", folder=tmp_path)

    assert said.code == 2
    assert 'did you mean "reweighing"?' in said.err


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "fates.yaml").write_text(GOOD.replace("other_jurisdiction", "mars").replace("project:", "projet:"))

    said = fates("solve", "fates.yaml", folder=tmp_path)

    assert said.code == 2
    assert "projet" in said.err
    assert "Traceback" not in said.err


def test_a_bomb_of_aliases_is_refused(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    (tmp_path / "fates.yaml").write_text("\n".join(lines))

    said = fates("solve", "fates.yaml", folder=tmp_path)

    assert said.code == 2
    assert "alias" in said.err


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"age,sex,granted\n", "row"),
        (b"\xff\xfe\x00\xd8\x00\x00\xff", ""),
        (b"age,sex,granted\n" + b"1,F,yes\n" * 50, "one"),
    ],
    ids=["empty", "header only", "no encoding", "one class"],
)
def test_a_table_that_cannot_be_used_is_told(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "table.csv").write_bytes(content)
    (tmp_path / "answers.yaml").write_text(ANSWERS)

    said = fates(
        "ask",
        "--data",
        "table.csv",
        "--target",
        "granted",
        "--answers",
        "answers.yaml",
        "-o",
        "f.yaml",
        folder=tmp_path,
    )

    assert said.code == 2
    assert "table.csv" in said.err
    assert told in said.err
    assert not (tmp_path / "f.yaml").exists()


def test_a_missing_target_column_is_told_with_the_nearest_one(tmp_path: Path) -> None:
    write_table(tmp_path / "table.csv", ["age", "sex", "granted"], people(100))
    (tmp_path / "answers.yaml").write_text(ANSWERS)

    said = fates(
        "ask", "--data", "table.csv", "--target", "grantd", "--answers", "answers.yaml", "-o", "f.yaml", folder=tmp_path
    )

    assert said.code == 2
    assert 'did you mean "granted"?' in said.err
    assert not (tmp_path / "f.yaml").exists()


def test_an_unknown_option_in_the_answers_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "answers.yaml").write_text(ANSWERS.replace("other_jurisdiction", "other_juristiction"))

    said = fates("ask", "--answers", "answers.yaml", "-o", "f.yaml", folder=tmp_path)

    assert said.code == 2
    assert 'did you mean "other_jurisdiction"?' in said.err
    assert not (tmp_path / "f.yaml").exists()


def test_asking_without_a_terminal_and_without_answers_says_how(tmp_path: Path) -> None:
    said = fates("ask", "-o", "f.yaml", folder=tmp_path)

    assert said.code == 2
    assert "--answers" in said.err


def test_contradicting_answers_give_a_minimal_conflict_with_ways_out(tmp_path: Path) -> None:
    answers = ANSWERS.replace("[none_of_these_practices]", "[social_scoring]").replace(
        "other_jurisdiction", "european_union"
    )
    (tmp_path / "answers.yaml").write_text(answers)

    said = fates("ask", "--answers", "answers.yaml", "-o", "f.yaml", folder=tmp_path)

    assert said.code == 1
    assert "These do not go together" in said.out
    assert "Ways out" in said.out
    assert "Art. 5" in said.out
    assert not (tmp_path / "f.yaml").exists()


def test_hostile_column_names_reach_code_only_quoted(tmp_path: Path) -> None:
    hostile = 'age"\'\\ \n"""; __import__("os").system("touch broken") #{{7*7}}'
    header = [hostile, "sex", 'label\n"""']
    write_table(tmp_path / "table.csv", header, people(400))
    (tmp_path / "answers.yaml").write_text(
        ANSWERS + "data: {favourable: 'yes', protected: [sex]}\nchoices: {reweighing: true}\n"
    )

    asked = fates(
        "ask",
        "--data",
        "table.csv",
        "--target",
        header[2],
        "--answers",
        "answers.yaml",
        "-o",
        "f.yaml",
        folder=tmp_path,
    )
    made = fates("generate", "f.yaml", "-o", "project", folder=tmp_path)

    assert asked.code == 0, asked.err
    assert made.code == 0, made.err
    for path in (tmp_path / "project").rglob("*.py"):
        ast.parse(path.read_text(encoding="utf-8"))
    settings = ast.parse((tmp_path / "project/loans/settings.py").read_text(encoding="utf-8"))
    texts = {node.value for node in ast.walk(settings) if isinstance(node, ast.Constant)}
    assert {hostile, header[2]} <= texts
    names = {node.id for node in ast.walk(settings) if isinstance(node, ast.Name)}
    assert "__import__" not in names
    assert not list(tmp_path.rglob("broken"))
    tidy = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "project"], cwd=tmp_path, capture_output=True, text=True
    )
    assert tidy.returncode == 0, tidy.stdout


def test_edits_of_the_user_are_not_overwritten(tmp_path: Path) -> None:
    write_table(tmp_path / "table.csv", ["age", "sex", "granted"], people(400))
    (tmp_path / "answers.yaml").write_text(ANSWERS + "data: {favourable: 'yes', protected: [sex]}\n")
    fates(
        "ask",
        "--data",
        "table.csv",
        "--target",
        "granted",
        "--answers",
        "answers.yaml",
        "-o",
        "f.yaml",
        folder=tmp_path,
    )
    assert fates("generate", "f.yaml", "-o", "project", folder=tmp_path).code == 0
    edited = tmp_path / "project/loans/data.py"
    edited.write_text(edited.read_text() + "# mine\n")
    (tmp_path / "f.yaml").write_text((tmp_path / "f.yaml").read_text().replace("language: en", "language: fr"))
    before = {path: path.read_bytes() for path in (tmp_path / "project").rglob("*") if path.is_file()}

    shown = fates("generate", "f.yaml", "-o", "project", "--diff", folder=tmp_path)
    edited.write_text(edited.read_text() + "# and mine\n")
    before[edited] = edited.read_bytes()
    (tmp_path / "project/README.md").write_text("mine")
    before[tmp_path / "project/README.md"] = b"mine"
    said = fates("generate", "f.yaml", "-o", "project", folder=tmp_path)

    assert shown.code == 0
    assert "--- a/README.md" in shown.out
    assert said.code == 2
    assert "README.md" in said.err
    assert "--diff" in said.err
    assert {path: path.read_bytes() for path in (tmp_path / "project").rglob("*") if path.is_file()} == before


def test_a_checked_file_with_a_syntax_error_is_told_and_the_others_are_checked(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("def train(:\n")
    (tmp_path / "good.py").write_text(
        "from sklearn.pipeline import make_pipeline\nfrom imblearn.over_sampling import SMOTE\n"
        "from sklearn.linear_model import LogisticRegression\n"
        "model = make_pipeline(SMOTE(), LogisticRegression())\nmodel.fit([[0], [1]], [0, 1])\n"
    )

    said = fates("check", ".", folder=tmp_path)

    assert said.code == 1
    assert "broken.py:1" in said.out
    assert "good.py:4" in said.out
    assert "W001" in said.out


@pytest.mark.parametrize(
    "words",
    [
        ["solve", "absent.yaml"],
        ["check", "absent"],
        ["explain", "nothing_like_this"],
        ["generate", "absent.yaml", "-o", "project"],
        ["catalog", "check", "--catalog", "absent"],
        ["solve"],
        ["no-such-command"],
        ["solve", ".", "--on", "tomorrow"],
    ],
    ids=" ".join,
)
def test_wrong_use_ends_with_exit_code_2(tmp_path: Path, words: list[str]) -> None:
    said = fates(*words, folder=tmp_path)

    assert said.code == 2
    assert said.err.strip()
    assert not list(tmp_path.iterdir())


def test_nothing_is_generated_for_what_is_not_known_of_the_data(tmp_path: Path) -> None:
    (tmp_path / "fates.yaml").write_text(GOOD)

    said = fates("generate", "fates.yaml", "-o", "project", folder=tmp_path)

    assert said.code == 2
    assert "fates ask --data" in said.err
    assert not (tmp_path / "project").exists()
