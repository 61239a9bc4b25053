"""Reading test modules in several processes gives what reading them in one gives."""

from __future__ import annotations

import ast
import gc
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from fatesline.checking import beside, inventory
from fatesline.checking.beside import Aside, Told
from fatesline.documents.progress import drawn

_TESTS = {
    f"tests/test_{number}.py": f"import numpy as np\nfrom own import f\n\ndef test_é{number}():\n"
    f"    f(np.random.rand({number}))  # fates: ignore[H001] a test\n    x = (\n"[: None if number % 9 == 0 else -12]
    for number in range(60)
}


@pytest.fixture
def tree(project: Callable[..., Path]) -> Path:
    return project({"own.py": "import numpy as np\n\ndef f(x):\n    return np.mean(x)\n", **_TESTS})


def test_two_processes_see_what_one_sees(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "_processors", lambda: 1)
    one = inventory(tree)
    monkeypatch.setattr(beside, "_processors", lambda: 2)

    two = inventory(tree)

    assert two == one
    assert [problem.place.file for problem in two.problems] == [
        f"tests/test_{n}.py" for n in (0, 18, 27, 36, 45, 54, 9)
    ]
    assert len(two.ignores) == 60


def test_progress_counts_every_file(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "_processors", lambda: 2)
    told: list[tuple[int, int]] = []

    inventory(tree, lambda done, total: told.append((done, total)))

    assert told[-1] == (61, 61)
    assert [done for done, _ in told] == sorted({done for done, _ in told})


def test_where_a_process_fails_its_share_is_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "_processors", lambda: 2)
    here = os.getpid()

    def read(path: str) -> Told:
        if os.getpid() != here:
            raise OSError("killed")
        return Told(path, [], [], [])

    names = [str(number) for number in range(100)]

    assert sorted(Aside(names, read, dict.fromkeys(names, 1), 10).told()) == sorted(names)


def test_the_code_of_a_test_module_is_given_up_without_a_collection(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside, "_processors", lambda: 1)
    nodes = []

    def progress(done: int, total: int) -> None:
        nodes.append(sum(isinstance(one, ast.FunctionDef) for one in gc.get_objects()))

    inventory(tree, progress)

    assert nodes[-1] - nodes[0] < 10


def test_code_that_was_read_together_is_given_up_without_a_collection(project: Callable[..., Path]) -> None:
    tree = project(
        {
            "own.py": "from other import Base\n\nclass Own(Base):\n    def a(self):\n        return self.b()\n"
            "    def b(self):\n        def inner():\n            return inner\n        return inner\n",
            "other.py": "import own\n\nclass Base:\n    made = lambda: own.Own()\n",
        }
    )

    def functions() -> int:
        return sum(isinstance(one, ast.FunctionDef) for one in gc.get_objects())

    gc.disable()
    try:
        before = functions()
        inventory(tree)
        after = functions()
    finally:
        gc.enable()

    assert after == before


def test_a_progress_bar_leaves_the_process_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    before = threading.active_count()

    with drawn("reading") as moved:
        moved(1, 2)
        during = threading.active_count()

    assert during == before
