"""Whatever lies in the folder, the checker reports and goes on."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fatesline.checking import inventory
from fatesline.checking.inventory import understood
from fatesline.checking.readers import notebooks, python_files
from fatesline.errors import UserError

_CASES = Path(__file__).parent / "cases"
_SEEDS = sorted(_CASES.rglob("*.py"), key=lambda path: path.as_posix())
_FRAGMENTS = [
    "(" * 300, "[" * 300, "-" * 3000, "x" + ".a" * 2000, "f" + "()" * 1500, "not " * 2000, "1 + " * 3000 + "1",
    "lambda: " * 500 + "1", "\0", "\ud800", "é", "\t\t ", "\\\n", "'" * 3, "{**" * 50, "*", ":=", "async ", "await x",
    "if x:\n" + "".join(" " * n + "if x:\n" for n in range(1, 90)) + " " * 90 + "pass\n",
    "if x: pass\n" + "elif x: pass\n" * 3000, "x = [x]\n" * 500, "a.append(a)\n", "a = []\na.append(a)\na(a)\n",
    "def f(x):\n    return f(f(x))\nf(f)\n", "class A(A): pass\nA().b.c()\n", "from . import *\nfrom .. import x\n",
    "import a.b.c as d, e\n", "9" * 5000, "x = " + "[" + "1," * 20000 + "]", "def g():\n    yield from g()\n",
    "for x in x: x = x(x)\n",
    "with a as (b, *c): pass\n", "match x:\n    case {**y}: pass\n",
    "del x, y.z\n",
    "global q\nq += 1\n",
    "@x(y)\ndef f(*a, **k): return f(*a, **k)\n", "f'{x!r:{y}}'\n", "try: pass\nexcept* E: pass\n",
    "x: int = (y := 1)\n", "return\n", "class A:\n    def f(self): self.x = self.x = self\n",
]  # fmt: skip


@st.composite
def _mutated(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(_SEEDS)).read_text(encoding="utf-8")
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        match draw(st.sampled_from(["cut", "drop", "insert", "repeat", "swap lines"])):
            case "cut":
                text = text[:at]
            case "drop":
                text = text[:at] + text[at + draw(st.integers(1, 30)) :]
            case "insert":
                text = text[:at] + draw(st.one_of(st.sampled_from(_FRAGMENTS), st.text(max_size=5))) + text[at:]
            case "repeat":
                text = text[:at] + text[at : at + 60] * draw(st.integers(2, 20)) + text[at + 60 :]
            case _:
                lines = text.split("\n")
                here, there = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
                lines[here], lines[there] = lines[there], lines[here]
                text = "\n".join(lines)
    return text


def _check(texts: dict[str, bytes]) -> None:
    begun = time.perf_counter()
    readers = {".py": python_files.read, ".ipynb": notebooks.read}
    understood({name: readers[Path(name).suffix](name, raw) for name, raw in texts.items()})
    assert time.perf_counter() - begun < 5 * len(texts)


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(_mutated(), _mutated())
def test_mutated_code_is_read_or_refused(one: str, other: str) -> None:
    raw = one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass")

    _check({"a.py": raw[0], "b/c.py": raw[1]})


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(_mutated(), max_size=3), st.binary(max_size=20), st.integers(0, 400))
def test_mutated_notebooks_are_read_or_refused(cells: list[str], noise: bytes, at: int) -> None:
    notebook = {"cells": [{"cell_type": "code", "source": text.splitlines(keepends=True)} for text in cells]}
    raw = json.dumps(notebook).encode()

    _check({"a.ipynb": raw, "b.ipynb": raw[:at] + noise + raw[at:]})


@pytest.mark.parametrize("fragment", _FRAGMENTS, ids=range(len(_FRAGMENTS)))
def test_each_awkward_fragment_alone_is_read_or_refused(fragment: str) -> None:
    text = f"import a\nfrom b import *\nx = a.f()\n{fragment}\n"

    _check({"a.py": text.encode("utf-8", "surrogatepass")})


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_bytes_are_read_or_refused(raw: bytes) -> None:
    _check({"a.py": raw, "b.ipynb": raw})


def test_a_broken_file_is_told_with_its_line_and_hides_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("import shap\nx = (\n", encoding="utf-8")
    (tmp_path / "b.py").write_text("import shap\nshap.Explainer(1)\n", encoding="utf-8")

    seen = inventory(tmp_path)

    assert [(problem.kind, problem.place.file, problem.place.line) for problem in seen.problems] == [
        ("syntax", "a.py", 2)
    ]
    assert "shap.Explainer" in {fact.name for fact in seen.facts}


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"x = 1\0\n", "syntax"),
        (b"# \xff\n", "encoding"),
        (b"# coding: no-such\n", "encoding"),
        (b"\xff\xfex", "encoding"),
        (b"#" * 1_000_001, "size"),
        (b"(" * 100_000, "depth|syntax"),
        (b"-" * 200_000 + b"1", "depth|syntax"),
    ],
    ids=["nul", "not utf-8", "unknown encoding", "half utf-16", "large", "parentheses", "signs"],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, raw: bytes, kind: str) -> None:
    (tmp_path / "a.py").write_bytes(raw)

    (problem,) = inventory(tmp_path).problems

    assert problem.kind in kind.split("|")
    assert problem.place.file == "a.py"


@pytest.mark.parametrize(
    "raw",
    [
        "import shap\nshap.Explainer('é')\n".encode("utf-16"),
        "import shap\nshap.Explainer('é')\n".encode("utf-8-sig"),
        "# -*- coding: latin-1 -*-\nimport shap\nshap.Explainer('é')\n".encode("latin-1"),
        b"import shap\r\nshap.Explainer(1)\r\n",
    ],
    ids=["utf-16", "utf-8 with a mark", "latin-1", "carriage returns"],
)
def test_other_encodings_are_read(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "a.py").write_bytes(raw)

    seen = inventory(tmp_path)

    assert not seen.problems
    assert "shap.Explainer" in {fact.name for fact in seen.facts}


def test_only_the_project_below_the_folder_is_read(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    root = tmp_path / "root"
    for folder in ("outside", "root/venv/lib", "root/.hidden", "root/build", "root/src", "root/lib/site-packages"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "a.py").write_text("import shap\n", encoding="utf-8")
    (root / "venv" / "pyvenv.cfg").write_text("", encoding="utf-8")
    (root / ".gitignore").write_text("build/\n*_old.py\n", encoding="utf-8")
    (root / "a_old.py").write_text("", encoding="utf-8")
    (root / "src" / "loop").symlink_to(root, target_is_directory=True)
    (root / "src" / "linked.py").symlink_to(outside / "a.py")
    (root / "src" / "nowhere.py").symlink_to(root / "gone.py")
    (root / "src" / "itself.py").symlink_to(root / "src" / "itself.py")
    os.mkfifo(root / "src" / "pipe.py")

    assert inventory(root).files == ("src/a.py",)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.py").touch(mode=0)

    assert [problem.kind for problem in inventory(tmp_path).problems] == ["unreadable"]


def test_a_path_that_does_not_exist_is_the_users_fault(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be checked"):
        inventory(tmp_path / "nowhere")


def test_nothing_is_run_or_imported(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    code = f"open({str(trace)!r}, 'w').write('run')\n"
    (tmp_path / "conftest.py").write_text(code, encoding="utf-8")
    (tmp_path / "a.py").write_text(f"import b\nimport conftest\n{code}", encoding="utf-8")
    (tmp_path / "b.py").write_text(code, encoding="utf-8")

    inventory(tmp_path)

    assert not trace.exists()


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    for number, seed in enumerate(_SEEDS):
        (tmp_path / f"m{number}.py").write_bytes(seed.read_bytes())

    assert inventory(tmp_path) == inventory(tmp_path)
