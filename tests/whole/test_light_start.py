"""Help answers before anything heavy is imported."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {
    "duckdb",
    "jinja2",
    "networkx",
    "numpy",
    "pandas",
    "prompt_toolkit",
    "pydantic",
    "pysat",
    "rich",
    "sklearn",
    "yaml",
}


@pytest.mark.parametrize(
    "words", [["--help"], ["ask", "--help"], ["profile", "--help"], ["model", "--help"], ["--version"]], ids=" ".join
)
def test_help_imports_nothing_heavy(words: list[str]) -> None:
    code = (
        "import sys\nfrom fatesline.cli import main\nsys.argv = ['fates', *sys.argv[1:]]\n"
        "try:\n    main()\nexcept SystemExit as stop:\n    assert not stop.code, stop.code\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules}))\n"
    )

    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True)

    imported = set(done.stdout.splitlines()[-1].strip("[]").replace("'", "").split(", "))
    assert "fatesline" in imported
    assert not imported & HEAVY


def test_the_package_itself_is_light() -> None:
    code = "import sys, fatesline\nprint(*{name.partition('.')[0] for name in sys.modules})"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert not set(done.stdout.split()) & (HEAVY | {"click"})
