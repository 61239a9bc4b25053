"""bandit, in a virtual environment of its own: another checker of Python, to read the same files beside ours.

    python benchmarks/checking/other_tools.py          # makes build/other-checkers, or says why it cannot
    python benchmarks/checking/other_tools.py --remove

Nothing of it is imported by fatesline or its tests.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "build" / "other-checkers"
BANDIT = FOLDER / "bin" / "bandit"
PACKAGES = ("bandit==1.8.6",)


def main() -> None:
    """Make or remove the environment."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--remove", action="store_true", help="delete the environment")
    if options.parse_args().remove:
        shutil.rmtree(FOLDER, ignore_errors=True)
        return
    subprocess.run([sys.executable, "-m", "venv", str(FOLDER)], check=True)
    command = [str(FOLDER / "bin" / "python"), "-m", "pip", "install", "--quiet", *PACKAGES]
    if subprocess.run(command, check=False).returncode:
        shutil.rmtree(FOLDER, ignore_errors=True)
        sys.exit(f"the registry gave no {' and '.join(PACKAGES)}; comparisons are skipped")


if __name__ == "__main__":
    main()
