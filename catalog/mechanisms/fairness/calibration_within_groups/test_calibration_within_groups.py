from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import brier_score_loss


class Scores:
    """Says the probability that stands in the column ``said``."""

    classes_ = np.array([0, 1])

    def predict_proba(self, X):
        return np.column_stack([1 - X["said"], X["said"]])


def _outcome(model, X):
    return pd.Series(model.predict_proba(X)[:, 1], index=X.index, name="probability")


def _rows(count=4000, promised=0.0):
    """Perfect probabilities; women are told ``promised`` more than is true."""
    random = np.random.default_rng(0)
    true = random.uniform(0.1, 0.7, count)
    groups = pd.DataFrame({"sex": random.choice(["f", "m"], count)}, index=random.permutation(count))
    X = pd.DataFrame({"said": true + promised * (groups["sex"] == "f").to_numpy()}, index=groups.index)
    return X, pd.Series((random.random(count) < true).astype(int), index=groups.index), groups


def test_the_error_is_the_weighted_mean_distance_over_parts_of_equal_size(component):
    X, y, _ = _rows(1000)

    found = component.calibration_error(X["said"].to_numpy(), y.to_numpy(float), 5)

    parts = pd.qcut(X["said"], 5, labels=False)
    expected = sum(
        abs(X["said"][parts == part].mean() - y[parts == part].mean()) * (parts == part).mean() for part in range(5)
    )
    assert found == pytest.approx(expected, abs=1e-9)


def test_rows_with_one_probability_make_one_part(component):
    truth = np.array([0.0, 1.0] * 50)

    assert component.calibration_error(np.full(100, 0.5), truth, 10) == pytest.approx(0)


def test_brier_score_and_mean_error_of_a_group_are_those_of_its_rows(component):
    X, y, groups = _rows(promised=0.2)

    found = component.measure(Scores(), X, y, groups, [1], _outcome, seed=0, draws=100)

    women = groups["sex"] == "f"
    figures = found["measured"]["attributes"]["sex"]["f"]
    assert figures["brier_score"]["value"] == pytest.approx(brier_score_loss(y[women], X["said"][women]), abs=1e-6)
    assert figures["mean_error"]["value"] == pytest.approx((X["said"] - y)[women].mean(), abs=1e-6)
    assert figures["mean_error"]["low"] < figures["mean_error"]["value"] < figures["mean_error"]["high"]
    assert json.loads(json.dumps(found)) == found


def test_a_group_that_is_promised_more_than_comes_true_is_found(component):
    assert component.measure(Scores(), *_rows(), [1], _outcome, seed=0, draws=100)["holds"] is True

    found = component.measure(Scores(), *_rows(promised=0.2), [1], _outcome, seed=0, draws=100)

    assert found["holds"] is False
    assert found["because"].startswith("in f (sex) probabilities are off by 0.2")


def test_an_error_that_chance_explains_is_not_held_against_the_model(component):
    X, y, groups = _rows(300)

    found = component.measure(Scores(), X, y, groups, [1], _outcome, seed=0, largest_error=0.001, draws=100)

    figures = found["measured"]["attributes"]["sex"].values()
    assert all(0.001 < one["calibration_error"]["value"] < one["error_by_chance"] for one in figures)
    assert found["holds"] is None


def test_perfect_probabilities_stay_below_chance_nineteen_times_in_twenty(component):
    random, above = np.random.default_rng(1), 0
    for _ in range(60):
        said = random.uniform(0, 1, 150)
        truth = (random.random(150) < said).astype(float)
        figures = component._figures(said, truth, 10, 100, 200, random)
        above += figures["calibration_error"]["value"] > figures["error_by_chance"]

    assert above <= 9


def test_tiny_groups_and_models_without_probabilities_leave_the_question_open(component):
    X, y, groups = _rows()
    groups.iloc[:20, 0] = "x"

    found = component.measure(Scores(), X, y, groups, [1], _outcome, seed=0, draws=100)
    assert found["holds"] is None
    assert found["measured"]["attributes"]["sex"]["x"] == {"count": 20, "cannot_tell": True}
    assert component.measure(object(), X, y, groups, [1], _outcome, seed=0)["holds"] is None
