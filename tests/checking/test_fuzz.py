"""Mutated files of every kind: no traceback, no hang, nothing run, nothing read outside the folder.

``FATES_FIRST=0 FATES_EXAMPLES=10000 pytest tests/checking/test_fuzz.py -s`` is the thorough run; the usual one takes
half a minute, with other inputs every day. A failure names the number of the input: ``FATES_FIRST=1234
FATES_EXAMPLES=1 pytest ...`` makes it again.
"""

from __future__ import annotations

import datetime
import encodings
import json
import os
import random
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from fatesline.catalog import Catalog, load
from fatesline.checking import check
from fatesline.checking.mending import mended, with_fixes
from fatesline.documents.report_formats import REPORT_FORMATS, report_writer

_ROOT = Path(__file__).parents[2]
_EXAMPLES = int(os.environ.get("FATES_EXAMPLES", "500"))
_FIRST = int(os.environ.get("FATES_FIRST", datetime.date.today().toordinal() * _EXAMPLES))
_MOST_SECONDS = 5.0
_ENCODINGS = os.path.dirname(encodings.__file__)

_WORKFLOW = """\
name: train
on: {push: {branches: [main]}}
jobs:
  train:
    runs-on: ubuntu-latest
    env: &env {TOKEN: "${{ secrets.TOKEN }}"}
    steps:
      - uses: actions/checkout@v4
      - run: |
          pip install -r requirements.txt
          python train.py --seed 1
        env: *env
"""
_COMPOSE = """\
services:
  api: {image: "python:3.11", build: {context: ., args: {API_KEY: abc}}, environment: [A=1]}
  db: {image: postgres}
"""
_KUBEFLOW = """\
apiVersion: argoproj.io/v1alpha1
kind: Workflow
spec:
  templates:
  - name: train
    container:
      image: python:3.9
      command: [python3, -c, "import joblib\\njoblib.load('a')\\n"]
"""
_OTHERS = {
    ".github/workflows/train.yml": _WORKFLOW,
    "docker-compose.yml": _COMPOSE,
    "pipeline.yaml": _KUBEFLOW,
    ".gitlab-ci.yml": "train:\n  image: python:3.11\n  script:\n    - pip install x\n    - python train.py\n",
    "dvc.yaml": "stages:\n  train:\n    cmd: python train.py\n    deps: [data.csv]\n    outs: [model.pkl]\n",
    "MLproject": "name: x\nentry_points:\n  main:\n    command: python train.py {alpha}\n",
    "conf/base/parameters.yml": "model:\n  class_weight: balanced\n  random_state: 3\n",
    "rules.yml": "groups:\n- name: drift\n  rules:\n  - {alert: Drift, expr: 'psi > 0.2', for: 5m}\n",
    "Dockerfile": "FROM python:3.11\nARG API_KEY=abc\nRUN pip install scikit-learn\nCMD python train.py\n",
    "requirements.txt": "scikit-learn==1.5\nfairlearn>=0.10\n-r other.txt\n# fates: ignore[H007] we know\n",
    "pyproject.toml": "[project]\nname = 'x'\ndependencies = ['shap>=0.4', 'numpy']\n",
    "run.sh": "set -e\npython train.py | tee log\npytest -q || true\n",
    "model_card.md": "---\nlicense: mit\n---\n# Model card\n## Intended use\nx\n",
    "pipeline.json": '{"Steps": [{"Type": "Training", "Arguments": {"a": [1, 2]}}]}',
}
_FRAGMENTS = [
    "(" * 300, "[" * 5000, "{" * 5000, "{a: " * 900, "- " * 3000, "-" * 3000, "x" + ".a" * 2000, "f" + "()" * 1500,
    "not " * 2000, "1 + " * 3000 + "1", "lambda: " * 500 + "1", "\0", "é\u2028\u200b", "\t\t ", "\\\n", "'" * 3,
    "9" * 5000, "0x" + "f" * 5000, "1e" + "9" * 400, "x = " + "[" + "1," * 20000 + "]", '"' + "a" * 200_000 + '"',
    "a: &a [*a, *a]\n", "a: &a {b: *a}\n", "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" if n else
    "a0: &a0 [x]\n" for n in range(12)), "<<: *env\n", "!!python/object/apply:os.system ['touch executed']\n",
    "? [a, b]\n: c\n", "%YAML 9.9\n---\n", "---\n" * 500, "...\n", "#" * 3000, "# fates: ignore[",
    "# fates: ignore[H001] x",
    "__import__('os').system('touch executed')\n", "open('executed', 'w')\n", "import pickle\npickle.load(x)\n",
    "${{ " * 500, "$(" * 800, "`" * 501, "<<EOF\n", "run: |\n" + " " * 3000, "-r ../../outside/requirements.txt\n",
    "import sys; sys.path.insert(0, '..')\nfrom outside import *\n", "yaml.safe_load(open('../outside/secret.yaml'))\n",
    "params = json.load(open('/etc/passwd'))\nf(**params)\n", "\r", "\ufeff", "\x1a", "\x0c",
    "\\ud800", "\\u0000", "\\N{x}", '"cells": [', '"cell_type": 3, ', '"source": {"a": 1}, ', '"worksheets": [{}], ',
]  # fmt: skip


def _seeds() -> list[tuple[str, bytes]]:
    cases = [*sorted((_ROOT / "tests" / "checking" / "cases").rglob("*.*"))]
    cases += sorted((_ROOT / "catalog" / "mechanisms").glob("*/*/cases/must/*.*"))
    found = [(case.name, case.read_bytes()) for case in cases if case.is_file() and "__pycache__" not in case.parts]
    notebook = {
        "cells": [{"cell_type": "code", "source": raw.decode().splitlines(keepends=True)} for _, raw in found[:3]]
    }
    found += [(name, text.encode()) for name, text in _OTHERS.items()] * 8
    return [*found, *([("n.ipynb", json.dumps(notebook).encode())] * 40)]


def _mutated(raw: bytes, dice: random.Random) -> bytes:
    for _ in range(dice.randint(1, 4)):
        at = dice.randint(0, len(raw))
        match dice.randrange(8):
            case 0:
                raw = raw[:at]
            case 1:
                raw = raw[:at] + raw[at + dice.randint(1, 40) :]
            case 2 | 3:
                raw = raw[:at] + dice.choice(_FRAGMENTS).encode("utf-8", "surrogatepass") + raw[at:]
            case 4:
                raw = raw[:at] + raw[at : at + 60] * dice.randint(2, 30) + raw[at + 60 :]
            case 5:
                lines = raw.split(b"\n")
                here, there = dice.randrange(len(lines)), dice.randrange(len(lines))
                lines[here], lines[there] = lines[there], lines[here]
                raw = b"\n".join(lines)
            case 6:
                raw = raw[:at] + dice.randbytes(dice.randint(1, 6)) + raw[at:]
            case _:
                encoded = dice.choice(["utf-16", "utf-32", "latin-1", "utf-8-sig"])
                raw = raw.decode("utf-8", "replace").encode(encoded, "replace")
    return raw


class _Watch:
    """Hears of every file opened and all code run in this process."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] | None = None
        sys.addaudithook(self._hear)

    def _hear(self, event: str, details: tuple[object, ...]) -> None:
        if self.heard is None:
            return
        if event in ("open", "os.listdir", "os.scandir") and isinstance(details[0], str | bytes | os.PathLike):
            # Python looks for the text of a syntax error under the name that `parsed_statements` gives.
            if details[0] != "<checked>":
                self._tell(event, os.path.realpath(os.fsdecode(details[0])))
        elif event in (
            "exec",
            "os.system",
            "os.posix_spawn",
            "subprocess.Popen",
            "pickle.find_class",
            "socket.connect",
        ):
            self._tell(event, str(getattr(details[0], "co_filename", details[0])))

    def _tell(self, event: str, about: str) -> None:
        # A declared encoding is imported on first use.
        if self.heard is not None and not about.startswith(_ENCODINGS):
            self.heard.append((event, about))


@pytest.fixture(scope="module")
def watch() -> Iterator[_Watch]:
    watch = _Watch()
    yield watch
    watch.heard = None


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(packages=False)


def _with_links(folder: Path, dice: random.Random) -> None:
    """Links that close loops, or lead out."""
    links = {
        "loop": folder,
        "up": folder.parent,
        "itself.py": folder / "itself.py",
        "out.py": folder.parent / "outside.py",
    }
    for name, target in dice.sample(sorted(links.items()), dice.randint(0, 4)):
        if not (folder / name).is_symlink():
            (folder / name).symlink_to(target)


def test_mutated_files_are_read_or_refused(tmp_path: Path, catalog: Catalog, watch: _Watch) -> None:
    seeds = _seeds()
    formats = list(REPORT_FORMATS)
    outside = tmp_path / "outside.py"
    outside.write_text("import joblib\njoblib.load(x)\n")
    folder = tmp_path / "tree"
    # What is imported on first use is not for the watch to hear.
    for name, raw in [*((name, text.encode()) for name, text in _OTHERS.items()), *seeds[::7]]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(raw)
    report = with_fixes(check(folder, catalog), folder, catalog)
    assert all(report_writer(name)(report, catalog, "en") for name in REPORT_FORMATS)
    slowest = 0.0
    for number in range(_FIRST, _FIRST + _EXAMPLES):
        shutil.rmtree(folder)
        dice = random.Random(number)
        name, raw = dice.choice(seeds)
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_bytes(_mutated(raw, dice))
        _with_links(folder, dice)
        watch.heard = []
        begun = time.process_time()
        try:
            report = with_fixes(check(folder, catalog), folder, catalog)
            heard, watch.heard = watch.heard, None
            assert report_writer(formats[number % len(formats)])(report, catalog, "en").encode()
            if not number % 5:
                # Takes modules of the catalog, which lies elsewhere.
                mended(folder, catalog, unsafe=True, protected=("sex",), wished=("group_metrics",))
        except Exception as error:
            raise AssertionError(f"input {number} ({name})") from error
        took = time.process_time() - begun
        slowest = max(slowest, took)
        assert took < _MOST_SECONDS, f"input {number} ({name}) took {took:.1f} s"
        inside = str(folder.resolve())
        assert all(event in ("open", "os.listdir", "os.scandir") for event, _ in heard), f"input {number}: {heard}"
        assert all(path == inside or path.startswith(inside + os.sep) for _, path in heard), f"input {number}: {heard}"
        assert not (Path.cwd() / "executed").exists()
    print(f"{_EXAMPLES} inputs, the slowest took {slowest:.2f} s")
