"""Small projects written for one test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fatesline.checking import inventory
from fatesline.checking.facts import Fact


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Path]:
    """Writes files given as path -> text and returns their folder."""

    def written(files: dict[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return written


@pytest.fixture
def calls(project: Callable[..., Path]) -> Callable[..., dict[str, Fact]]:
    """The calls of a project that count, by qualified name; of several the last one."""

    def called(files: dict[str, str] | str, *, reach: str = "live") -> dict[str, Fact]:
        folder = project({"code.py": files} if isinstance(files, str) else files)
        return {fact.name: fact for fact in inventory(folder).facts if fact.role == "call" and fact.reach == reach}

    return called
