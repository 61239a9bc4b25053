"""`fates fix` at work on files."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fatesline.checking_commands import fix
from fatesline.cli import cli
from fatesline.errors import UserError

_CODE = "import joblib\nfrom sklearn.utils import resample\n\nrows = resample(rows)\njoblib.dump(rows, 'rows')\n"
_SEEDED = _CODE.replace("resample(rows)", "resample(rows, random_state=0)")


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["fix", *arguments, "--lang", "en"])


@pytest.fixture
def folder(project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = project({"a.py": _CODE})
    monkeypatch.chdir(folder)
    return folder


def test_safe_fixes_are_made_and_the_others_named(folder: Path) -> None:
    done = _run(".")

    assert done.exit_code == 0
    assert (folder / "a.py").read_text() == _SEEDED
    assert done.output.splitlines()[0] == "mended H001 a.py:4: give everything that draws at random a seed"
    assert done.output.splitlines()[1].startswith("waits for --unsafe H003 a.py:5: use a form that runs no code")
    assert done.output.splitlines()[-1] == "1 fix in 1 file; left: 1 note"


def test_the_difference_is_shown_and_nothing_written(folder: Path) -> None:
    done = CliRunner().invoke(cli, ["fix", "a.py", "--diff"])

    assert done.exit_code == 1
    assert done.stdout.splitlines()[:2] == ["--- a/a.py", "+++ b/a.py"]
    assert "+rows = resample(rows, random_state=0)" in done.stdout.splitlines()
    assert (folder / "a.py").read_text() == _CODE


def test_a_second_run_finds_nothing_to_do(folder: Path) -> None:
    _run(".", "--unsafe")
    before = (folder / "a.py").read_bytes()

    again = _run(".", "--unsafe", "--diff")

    assert again.exit_code == 0
    assert (folder / "a.py").read_bytes() == before


def test_what_people_must_mend_gives_exit_code_1(folder: Path) -> None:
    (folder / "a.py").write_text("import dill\n\ndill.load(*source)\n")

    assert _run(".", "--unsafe").exit_code == 1


def test_programs_are_told_in_json(folder: Path) -> None:
    told = json.loads(_run(".", "--format", "json", "--rule", "saved-as-pickle", "--unsafe").stdout)

    assert [(one["rule"], one["safe"], one["complete"]) for one in told["fixes"]] == [("H003", False, True)]
    assert [one["id"] for one in told["findings"]] == ["H001"]
    assert told["files"] == ["a.py"]


def test_french_is_spoken(folder: Path) -> None:
    done = CliRunner().invoke(cli, ["fix", ".", "--lang", "fr"])

    assert "corrigé H001 a.py:4 : donner une graine à tout ce qui tire au hasard" in done.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "there is no such file or folder"),
        (["a.py", "--rule", "unseeded-randomnes"], 'did you mean "unseeded-randomness"?'),
        (["a.py", "--config", "nowhere.yaml"], "nowhere.yaml"),
    ],
)
def test_wrong_use_is_told(folder: Path, arguments: list[str], said: str) -> None:
    done = _run(*arguments)

    assert isinstance(done.exception, UserError)
    assert said in str(done.exception)


def test_a_file_that_changed_meanwhile_is_left_alone(folder: Path) -> None:
    readings = []

    def progress(done: int, total: int) -> None:
        readings.append(done)
        if len(readings) == 2:
            (folder / "a.py").write_text(_CODE + "# mine\n")

    with pytest.raises(UserError, match="was changed while it was checked"):
        fix(folder, progress=progress)

    assert (folder / "a.py").read_text() == _CODE + "# mine\n"


def test_permissions_and_links_stay(folder: Path) -> None:
    (folder / "a.py").chmod(0o755)
    (folder / "b.py").symlink_to("a.py")

    fix(folder)

    assert (folder / "a.py").stat().st_mode & 0o777 == 0o755
    assert os.readlink(folder / "b.py") == "a.py"
    assert (folder / "b.py").read_text() == _SEEDED


def test_protected_columns_come_from_the_configuration(project: Callable[..., Path]) -> None:
    answers = Path(__file__).parents[3] / "examples" / "arrests" / "fates.yaml"
    folder = project(
        {
            "train.py": """\
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split

X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = LogisticRegression().fit(X_train, y_train)
print(accuracy_score(y_test, model.predict(X_test)))
""",
        }
    )

    found = fix(folder, config=answers, unsafe=True, write=False)

    assert "MetricFrame" in found.differences  # type: ignore[union-attr]
    assert '"colour"' in found.differences  # type: ignore[union-attr]


_WORKFLOW = """\
on: push
permissions: {}
jobs:
  train:
    runs-on: ubuntu-latest
    steps:
      - run: python train.py
"""


def test_a_fix_that_needs_a_protected_column_says_so(project: Callable[..., Path]) -> None:
    folder = project({".github/workflows/a.yml": _WORKFLOW})

    done = _run(str(folder), "--unsafe")

    assert (folder / ".github/workflows/a.yml").read_text() == _WORKFLOW
    assert done.output.startswith("asks for --protected COLUMN H011 .github/workflows/a.yml:7: add a step")
    assert [one["rule"] for one in json.loads(_run(str(folder), "--format", "json").stdout)["needs_protected"]] == [
        "H011"
    ]


@pytest.mark.parametrize(("said", "columns"), [("sex, age\n", "sex age"), ("\n", "")])
def test_at_a_terminal_the_protected_columns_are_asked_for(
    project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, said: str, columns: str
) -> None:
    folder = project({".github/workflows/a.yml": _WORKFLOW})
    monkeypatch.setattr("fatesline.cli_checking._is_terminal", lambda: True)

    CliRunner().invoke(cli, ["fix", str(folder), "--unsafe", "--lang", "en"], input=said)

    written = (folder / ".github/workflows/a.yml").read_text()
    assert written.count(f"--protected {columns}\n") == bool(columns)
    assert (written == _WORKFLOW) != bool(columns)


def test_the_explanation_of_a_rule_says_what_fixing_does_and_takes(folder: Path) -> None:
    told = [CliRunner().invoke(cli, ["explain", id, "--lang", "en"]).output for id in ("W001", "H002", "H012", "H004")]

    assert "fix:\n  take the pipeline from imbalanced-learn, which calls" in told[0]
    assert "(fates fix)" in told[0]
    assert "(fates fix --unsafe)" in told[1]
    assert "(fates fix, in some cases --unsafe)" in told[2]
    assert "fix:" not in told[3]
