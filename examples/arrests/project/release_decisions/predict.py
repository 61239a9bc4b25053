"""Predict with the saved model.

    python -m release_decisions.predict data.csv > predictions.csv

writes one line for each row, in the order of the rows; the table needs no column released.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pandas as pd

from release_decisions import data, records, settings
from release_decisions.components import approval_record, skops_format


def predict(model, X: pd.DataFrame) -> pd.DataFrame:
    """Predictions in words, with the index of ``X``; the first column is named like the target."""
    results = pd.Series(data.worded(model.predict(X)), index=X.index, name=settings.TARGET)
    return results.to_frame()


def main() -> int:
    """Predict for the file named on the command line."""
    parser = argparse.ArgumentParser(description="Predict with the saved model.")
    parser.add_argument("data", type=Path, help="CSV file with a header row")
    arguments = parser.parse_args()
    try:
        approval_record.refuse_unapproved(model_file=records.model_file(), records_folder=settings.RECORDS)
        X = data.read(arguments.data, settings.INPUTS)
        model = skops_format.load(records.model_file())
        predict(model, X).to_csv(sys.stdout, index_label="row")
    except (OSError, ValueError) as fault:
        print(f"error: {fault}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
