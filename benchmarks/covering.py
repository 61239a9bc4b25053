"""Train a project for every pair of components that the model allows, run its tests, and check it.

    python benchmarks/covering.py [--strength 1] [--rows 1500] [--only 3 17]

The projects are a sample of configurations in which every pair of choices occurs; the table has the first rows of
scikit-lego's `load_arrests`. A fairness gate that does not hold is no failure; anything else is.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path += [str(ROOT / "tests" / "whole"), str(ROOT / "examples" / "arrests")]


def main() -> None:
    """Print a row for each project and the sums."""
    from demo import write_table
    from projects import choices, files_of, settled, trained, widened

    from fatesline.catalog import load
    from fatesline.generation.write import write
    from fatesline.model.configuration import Configuration
    from fatesline.reasoning import covering

    parser = argparse.ArgumentParser()
    parser.add_argument("--strength", type=int, choices=(1, 2), default=2)
    parser.add_argument("--rows", type=int, default=1500)
    parser.add_argument("--only", type=int, nargs="+")
    arguments = parser.parse_args()
    catalog = load(packages=False)
    tables = Configuration.choosing("learns_from_tables")
    sample = covering(catalog.model, choices(catalog), strength=arguments.strength, given=tables)
    failed = 0
    print("| project | components | s | outcome |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        table = folder / "arrests.csv"
        write_table(table)
        data = settled(table)
        part = widened(table, folder / "part.csv", arguments.rows)
        for number, chosen in enumerate(sample):
            if arguments.only and number not in arguments.only:
                continue
            start = time.perf_counter()
            project = folder / str(number)
            write(files_of(chosen, catalog, data), project)
            try:
                outcome = trained(project, part)
            except AssertionError as fault:
                failed += 1
                outcome = f"FAILED: {str(fault).strip().splitlines()[-1]}"
            built = ", ".join(sorted(chosen & set(choices(catalog)) - ALWAYS))
            print(f"| {number} | {built} | {time.perf_counter() - start:.0f} | {outcome} |", flush=True)
    print(f"\n{len(sample)} projects in the sample, {failed} failed")
    sys.exit(1 if failed else 0)


#: In every project; not worth naming in each row.
ALWAYS = {"data_card", "leak_free_split", "model_card", "schema_validation", "seeds_and_lock"}


if __name__ == "__main__":
    main()
