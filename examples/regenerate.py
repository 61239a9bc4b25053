"""Write the worked examples again: `fates.yaml` from the answers, and the project from it.

    python examples/regenerate.py

The table comes from scikit-lego. Tests compare what is here with what the commands write today. The projects are whole,
so that they can be read, run and checked as they are; only the record of the texts, the base of later merges, is left
out.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import fatesline
from fatesline.solution import Contradiction

HERE = Path(__file__).parent


def main() -> None:
    """Write every example in place."""
    example = HERE / "arrests"
    sys.path.insert(0, str(example))
    from demo import write_table

    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "arrests.csv"
        write_table(table)
        config = example / "fates.yaml"
        config.unlink(missing_ok=True)
        fatesline.ask(config, data=table, target="released", answers=example / "answers.yaml", remark=lambda line: None)
    shutil.rmtree(example / "project", ignore_errors=True)
    written = fatesline.generate(config, example / "project")
    if isinstance(written, Contradiction):
        raise SystemExit("the answers of the example contradict each other")
    (example / "project/.fates/written.json").unlink()
    print(f"{example}: {len(written.new)} files")


if __name__ == "__main__":
    main()
