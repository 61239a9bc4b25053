"""The commands of README.md print what it says. A line of three dots stands for lines left out."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"


def sessions() -> list[tuple[str, str]]:
    """Every command shown in a console block, with what is printed below it."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


def fits(shown: str, printed: str) -> bool:
    pieces = [re.escape(piece.strip("\n")) for piece in re.split(r"^\.\.\.$", shown, flags=re.MULTILINE)]
    return (
        re.fullmatch(r"\n?.*\n?".join(pieces) if len(pieces) > 1 else pieces[0], printed.strip("\n"), re.DOTALL)
        is not None
    )


def test_the_commands_of_the_readme_print_what_it_says(arrests: Path, tmp_path: Path) -> None:
    shutil.copy(arrests, tmp_path / "arrests.csv")
    shutil.copy(ROOT / "examples/arrests/answers.yaml", tmp_path / "answers.yaml")
    assert len(sessions()) >= 4
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "LANG": "C.UTF-8",
    }

    for command, shown in sessions():
        done = subprocess.run(
            command, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL
        )
        assert fits(shown, done.stdout), f"$ {command}\n{done.stdout}{done.stderr}"


@pytest.mark.parametrize("folder", ["src", "catalog", "tests", "examples", "benchmarks"])
def test_the_map_of_folders_names_what_is_there(folder: str) -> None:
    assert (ROOT / folder).is_dir()
    assert f"`{folder}/" in README.read_text(encoding="utf-8")
