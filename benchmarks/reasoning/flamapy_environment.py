"""flamapy (GPL) in a virtual environment of its own, for comparison only.

python benchmarks/reasoning/flamapy_environment.py          # makes build/flamapy, or says why it cannot
python benchmarks/reasoning/flamapy_environment.py --remove
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "build" / "flamapy"
PYTHON = FOLDER / "bin" / "python"
PACKAGES = ("flamapy-fm==2.6.0", "flamapy-sat==2.6.0", "flamapy-bdd==2.6.0")
#: Asks for 2.5 of the others, but works with 2.6: installed without what it asks for.
CONFIGURATOR = "flamapy-configurator==2.5.1"


def main() -> None:
    """Make or remove the environment."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--remove", action="store_true", help="delete the environment")
    if options.parse_args().remove:
        shutil.rmtree(FOLDER, ignore_errors=True)
        return
    subprocess.run([sys.executable, "-m", "venv", str(FOLDER)], check=True)
    for packages in (PACKAGES, ("--no-deps", CONFIGURATOR)):
        done = subprocess.run([str(PYTHON), "-m", "pip", "install", "--quiet", *packages], check=False)
        if done.returncode:
            shutil.rmtree(FOLDER, ignore_errors=True)
            sys.exit(f"the registry gave no {' '.join(packages)}; the comparison is skipped")


if __name__ == "__main__":
    main()
