"""Other tools' readers of feature models, in a virtual environment of their own: uvlparser and flamapy (both GPL).

    python benchmarks/exchange/other_tools.py          # makes build/other-tools, or says why it cannot
    python benchmarks/exchange/other_tools.py --remove

Nothing of it is imported by fatesline or its tests; they start its Python as another program, if it is there.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "build" / "other-tools"
PYTHON = FOLDER / "bin" / "python"
PACKAGES = ("uvlparser==2.5.0", "flamapy-fm==2.6.0")

#: Reads the files named on its command line; a line per file: ok or the fault, and the process time in seconds.
WITH_UVLPARSER = """
import sys, time
from antlr4 import CommonTokenStream, FileStream
from antlr4.error.ErrorListener import ErrorListener
from uvl.UVLCustomLexer import UVLCustomLexer
from uvl.UVLPythonParser import UVLPythonParser

class Loud(ErrorListener):
    def syntaxError(self, recognizer, symbol, line, column, message, error):
        raise SyntaxError(f"{line}:{column} {message}")

for path in sys.argv[1:]:
    start = time.process_time()
    try:
        lexer = UVLCustomLexer(FileStream(path, encoding="utf-8"))
        parser = UVLPythonParser(CommonTokenStream(lexer))
        for each in (lexer, parser):
            each.removeErrorListeners()
            each.addErrorListener(Loud())
        parser.featureModel()
        said = "ok"
    except SyntaxError as fault:
        said = ascii(str(fault))
    print(f"{time.process_time() - start:.3f} {said}", flush=True)
"""

WITH_FLAMAPY = """
import sys, time
from flamapy.metamodels.fm_metamodel.transformations import UVLReader

for path in sys.argv[1:]:
    start = time.process_time()
    model = UVLReader(path).transform()
    print(f"{time.process_time() - start:.3f} {len(model.get_features())} features", flush=True)
"""


def lines_of(program: str, paths: list[Path], timeout_seconds: float) -> list[str]:
    """What one of the programs above prints for the files; fewer lines than files if the time is up."""
    command = [str(PYTHON), "-c", program, *map(str, paths)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=timeout_seconds, check=False)
        return done.stdout.splitlines()
    except subprocess.TimeoutExpired as late:
        return (late.stdout or b"").decode().splitlines()


def main() -> None:
    """Make or remove the environment."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--remove", action="store_true", help="delete the environment")
    if options.parse_args().remove:
        shutil.rmtree(FOLDER, ignore_errors=True)
        return
    subprocess.run([sys.executable, "-m", "venv", str(FOLDER)], check=True)
    done = subprocess.run([str(PYTHON), "-m", "pip", "install", "--quiet", *PACKAGES], check=False)
    if done.returncode:
        shutil.rmtree(FOLDER, ignore_errors=True)
        sys.exit(f"the registry gave no {' and '.join(PACKAGES)}; comparisons are skipped")


if __name__ == "__main__":
    main()
