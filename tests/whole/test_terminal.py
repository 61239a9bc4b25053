"""The interview in a real terminal: back, quit, resume, French."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from fatesline.catalog.project import read_project

pexpect = pytest.importorskip("pexpect", reason="pexpect drives terminals on Unix only")


def spawned(folder: Path, *words: str) -> pexpect.spawn:
    return pexpect.spawn(
        sys.executable, ["-m", "fatesline", *words], cwd=str(folder), encoding="utf-8", timeout=30, dimensions=(60, 200)
    )


def test_an_interview_goes_back_is_left_and_goes_on(tmp_path: Path) -> None:
    first = spawned(tmp_path, "ask", "-o", "fates.yaml", "--lang", "en")
    first.expect("What is the project called")
    first.sendline("Loans")
    first.expect("What is it for")
    first.sendline("Decide on loans.")
    first.expect(r"\(\?, b, u, q\): ")
    first.sendline("b")
    first.expect(r"\(\?, b, u, q\): ")
    first.sendline("?")
    first.expect("I don't know|not known|taken")
    first.expect(r"\(\?, b, u, q\): ")
    first.sendline("u")
    first.expect("Taken for now")
    first.expect(r"\(\?, b, u, q\): ")
    first.sendline("q")
    first.expect("goes on from here")
    first.expect(pexpect.EOF)
    left = read_project(tmp_path / "fates.yaml")

    second = spawned(tmp_path, "ask", "-o", "fates.yaml", "--lang", "en")
    asked = 0
    while second.expect([r"\(\?, b, u, q\): ", "next: fates solve", pexpect.EOF]) == 0:
        second.sendline("u")
        asked += 1
        assert asked < 60
    second.expect(pexpect.EOF)
    whole = read_project(tmp_path / "fates.yaml")

    assert len(left.answers) == 1
    assert left.project.title == "Loans"
    assert whole.project == left.project
    assert set(left.answers) < set(whole.answers)
    assert all(answer.origin == "default" for answer in whole.answers.values())


def test_the_interview_speaks_french(tmp_path: Path) -> None:
    terminal = spawned(tmp_path, "ask", "-o", "fates.yaml", "--lang", "fr")
    terminal.expect("Comment s'appelle le projet")
    terminal.sendline("Prêts")
    terminal.expect("À quoi sert-il")
    terminal.sendline("")
    terminal.expect("Où sera-t-il|Quel est|Où le système")
    terminal.sendline("q")
    terminal.expect(pexpect.EOF)

    project = read_project(tmp_path / "fates.yaml")
    assert project.language == "fr"
    assert project.project.name == "prets"
