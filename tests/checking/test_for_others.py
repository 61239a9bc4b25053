"""The hook and the action by which other repositories use the check, run as their hosts would."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

_ROOT = Path(__file__).parents[2]


@pytest.fixture
def runner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the action would have installed the command."""
    folder = tmp_path_factory.mktemp("runner")
    (folder / "fatesline" / "bin").mkdir(parents=True)
    command = shutil.which("fates", path=str(Path(sys.executable).parent))
    if command is None:
        pytest.skip("fatesline is not installed in this environment")
    (folder / "fatesline" / "bin" / "fates").symlink_to(command)
    return folder


def _step(folder: Path, runner: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    action: dict[str, Any] = yaml.safe_load((_ROOT / "action.yml").read_text(encoding="utf-8"))
    given = {name: shape["default"] for name, shape in action["inputs"].items()} | inputs
    step = action["runs"]["steps"][-1]
    environment = {
        name: given[value.removeprefix("${{ inputs.").removesuffix(" }}")] for name, value in step["env"].items()
    }
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", step["run"]],
        cwd=folder,
        env={**os.environ, "LANG": "C.UTF-8", "RUNNER_TEMP": str(runner), **environment},
        capture_output=True,
        text=True,
    )


def test_the_action_annotates_and_fails_the_job(project: Callable[..., Path], runner: Path) -> None:
    done = _step(project({"a.py": "import joblib\njoblib.load(P)\n"}), runner)

    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::warning file=a.py,")


def test_the_action_writes_a_file_and_runs_nothing_that_it_is_given(project: Callable[..., Path], runner: Path) -> None:
    folder = project({"a $(touch made) b/a.py": "import joblib\njoblib.load(P)\n"})

    inputs = {"path": "a $(touch made) b", "fail-on": "error", "format": "sarif", "output": "out.sarif"}
    done = _step(folder, runner, **inputs)

    assert done.returncode == 0, done.stderr
    assert '"2.1.0"' in (folder / "out.sarif").read_text(encoding="utf-8")
    assert not (folder / "made").exists()


def test_the_hook_reads_the_project_as_a_whole(
    project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, runner: Path
) -> None:
    (hook,) = yaml.safe_load((_ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    folder = project({"a.py": "import joblib\njoblib.load(P)\n"})

    command, *arguments = hook["entry"].split()
    done = subprocess.run(
        [runner / "fatesline/bin" / command, *arguments, *hook["args"]], cwd=folder, capture_output=True, text=True
    )

    assert not hook["pass_filenames"]
    assert (done.returncode, "H002 a.py:2" in done.stdout) == (1, True)
