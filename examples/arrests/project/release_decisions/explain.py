"""Why the model decides as it does: overall, and for single rows.

    python -m release_decisions.explain data.csv

explains the saved model on a table.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pandas as pd

from release_decisions import data, evaluate, records, settings
from release_decisions.components import linear_shap_explanation, skops_format


def explain(model, X_train: pd.DataFrame, X_test: pd.DataFrame) -> dict[str, dict]:
    """Explanations with their figures.

    Parameters
    ----------
    model : fitted model
    X_train, X_test : DataFrame of shape (n_rows, n_inputs)
        Background, and rows to explain.

    Returns
    -------
    dict of str to dict
        Evidence by id; pictures go to ``figures/``.
    """
    evidence: dict[str, dict] = {}
    evidence["linear_shap_explanation"] = linear_shap_explanation.explain(
        model=model,
        X_train=X_train,
        X_test=X_test,
        outcome=evaluate.outcome,
        favourable=settings.FAVOURABLE_CODES,
        figures=settings.FIGURES,
        seed=settings.SEED,
        **settings.LIMITS["linear_shap_explanation"],
    )
    return evidence


def main() -> int:
    """Explain the saved model on the file named on the command line."""
    parser = argparse.ArgumentParser(description="Explain the saved model.")
    parser.add_argument("data", type=Path, help="CSV file with a header row")
    arguments = parser.parse_args()
    try:
        X = data.read(arguments.data, settings.INPUTS)
        model = skops_format.load(records.model_file())
        evidence = explain(model, X, X)
    except (OSError, ValueError) as fault:
        print(f"error: {fault}", file=sys.stderr)
        return 2
    for name, found in evidence.items():
        print(f"{name.replace('_', ' ')}: {found.get('because', '')}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
