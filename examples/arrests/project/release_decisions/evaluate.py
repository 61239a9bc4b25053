"""Measure a model on rows that it was not trained on.

    python -m release_decisions.evaluate other_data.csv

measures the saved model on another table and prints the figures.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from release_decisions import data, records, settings
from release_decisions.components import (
    accuracy_fairness_front,
    calibration,
    classification_performance,
    fairness_gate,
    group_metrics,
    noise_robustness,
    skops_format,
    worst_slice,
)


def measure(model, X_test: pd.DataFrame, y_test: pd.Series, baseline=None) -> dict[str, dict]:
    """Everything that was required to be measured.

    Parameters
    ----------
    model : fitted model
    X_test : DataFrame of shape (n_rows, n_inputs)
    y_test : Series of shape (n_rows,)
        What was to be predicted, as `data.labels` gives it.
    baseline : fitted model, optional
        The same without mitigation.

    Returns
    -------
    dict of str to dict
        Evidence by id.
    """
    evidence: dict[str, dict] = {}
    performance = performance_of(model, X_test, y_test)
    evidence["performance"] = {"after": performance}
    if baseline is not None:
        evidence["performance"]["before"] = performance_of(baseline, X_test, y_test)
    after = groups_of(model, X_test, y_test)
    evidence["group_metrics"] = {"after": after}
    before = None if baseline is None else groups_of(baseline, X_test, y_test)
    if before is not None:
        evidence["group_metrics"]["before"] = before
    group_metrics.draw(before=before, after=after, figures=settings.FIGURES)
    evidence["fairness_gate"] = fairness_gate.decide(
        after=after, performance=performance, **settings.LIMITS["fairness_gate"]
    )
    evidence["accuracy_fairness_front"] = accuracy_fairness_front.measure(
        model=model,
        X=X_test,
        y=y_test,
        group_table=data.group_table(X_test),
        favourable=settings.FAVOURABLE_CODES,
        outcome=outcome,
        figures=settings.FIGURES,
        seed=settings.SEED,
        **settings.LIMITS["accuracy_fairness_front"],
    )
    evidence["worst_slice"] = worst_slice.measure(
        model=model,
        X=X_test,
        y=y_test,
        numeric=settings.NUMERIC,
        categorical=settings.CATEGORICAL,
        seed=settings.SEED,
        **settings.LIMITS["worst_slice"],
    )
    evidence["calibration"] = calibration.measure(
        model=model,
        X=X_test,
        y=y_test,
        outcomes=settings.OUTCOMES,
        figures=settings.FIGURES,
        seed=settings.SEED,
        **settings.LIMITS["calibration"],
    )
    evidence["noise_robustness"] = noise_robustness.measure(
        model=model,
        X=X_test,
        y=y_test,
        numeric=settings.NUMERIC,
        categorical=settings.CATEGORICAL,
        quality=quality,
        seed=settings.SEED,
        **settings.LIMITS["noise_robustness"],
    )
    return evidence


def performance_of(model, X: pd.DataFrame, y: pd.Series) -> dict:
    """Figures of a model, their intervals, and the number of rows."""
    return classification_performance.measure(model=model, X=X, y=y, seed=settings.SEED, draws=1000, confidence=0.95)


def quality(y: pd.Series, predictions: np.ndarray) -> float:
    """How good predictions are, as one figure; larger is better, 1 is perfect."""
    return classification_performance.quality(y=y, predictions=predictions)


def outcome(model, X: pd.DataFrame) -> pd.Series:
    """What the model says of each row as one number; the name of the series says what it is."""
    return classification_performance.outcome(model=model, X=X, favourable=settings.FAVOURABLE_CODES)


def groups_of(model, X: pd.DataFrame, y: pd.Series) -> dict:
    """Figures by group for the predictions of a model."""
    predictions = model.predict(X)
    group_table = data.group_table(X)
    return group_metrics.measure(
        y=y,
        predictions=predictions,
        group_table=group_table,
        favourable=settings.FAVOURABLE_CODES,
        seed=settings.SEED,
        minimum_count=30,
        minimum_cases=10,
        draws=1000,
        confidence=0.95,
    )


def flat_metrics(evidence: dict[str, dict]) -> dict[str, float]:
    """Numbers of the evidence by dotted name, for run tracking."""
    after = evidence["performance"]["after"]
    found = {f"performance.{name}": after[name] for name in figure_names(after)}
    for attribute, figures in evidence["group_metrics"]["after"]["measured"]["attributes"].items():
        for name, figure in figures.items():
            if name != "groups" and figure and figure.get("value") is not None:
                found[f"{attribute}.{name}"] = figure["value"]
    return found


def figure_names(performance: dict) -> list[str]:
    """Names of the figures that could be told."""
    return [name for name, value in performance.items() if name not in ("intervals", "rows") and value is not None]


def summary(evidence: dict[str, dict]) -> str:
    """The figures that a person wants to see first."""
    lines = []
    for state in ("before", "after"):
        figures = evidence["performance"].get(state)
        if figures:
            told = [f"{name.replace('_', ' ')} {figures[name]:.3f}" for name in figure_names(figures)]
            lines.append(f"{state:6}  {'   '.join(told)}")
    states = [state for state in ("before", "after") if state in evidence["group_metrics"]]
    for attribute in evidence["group_metrics"]["after"]["measured"]["attributes"]:
        lines.append(f"{attribute}:")
        for state in states:
            figures = evidence["group_metrics"][state]["measured"]["attributes"][attribute]
            for name in [name for name in figures if name != "groups"]:
                lines.append(f"  {state:6}  {name.replace('_', ' '):32} {_worded(figures[name])}")
    verdicts = {True: "holds", False: "does not hold", None: "cannot tell"}
    lines += [
        f"{name.replace('_', ' ')}: {verdicts[found['holds']]}: {found.get('because', '')}"
        for name, found in evidence.items()
        if "holds" in found
    ]
    return "\n".join(lines)


def _worded(figure: dict | None) -> str:
    if not figure or figure.get("value") is None:
        return "cannot tell"
    return f"{figure['value']:.3f}  [{figure['low']:.3f}, {figure['high']:.3f}]"


def main() -> int:
    """Measure the saved model on the file named on the command line."""
    parser = argparse.ArgumentParser(description="Measure the saved model on another table.")
    parser.add_argument("data", type=Path, help="CSV file with a header row")
    arguments = parser.parse_args()
    try:
        table = data.read(arguments.data, settings.COLUMNS)
        model = skops_format.load(records.model_file())
        evidence = measure(model, data.inputs(table), data.labels(table))
    except (OSError, ValueError) as fault:
        print(f"error: {fault}", file=sys.stderr)
        return 2
    print(summary(evidence))
    return 0


if __name__ == "__main__":
    sys.exit(main())
