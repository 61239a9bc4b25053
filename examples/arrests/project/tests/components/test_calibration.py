from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import brier_score_loss


class Says:
    """Gives the probability that stands in the column, raised to a power."""

    def __init__(self, power=1.0):
        self.power, self.classes_ = power, np.array([0, 1])

    def predict_proba(self, X):
        told = X["p"].to_numpy() ** self.power
        return np.column_stack([1 - told, told])


class SaysOfThree:
    classes_ = np.array([0, 1, 2])

    def predict_proba(self, X):
        return X[["a", "b", "c"]].to_numpy()


def _rows(count, seed=0):
    random = np.random.default_rng(seed)
    told = random.random(count)
    return pd.DataFrame({"p": told}), pd.Series((random.random(count) < told).astype(int))


def _measured(component, model, X, y, folder, outcomes=("no", "yes"), **more):
    return component.measure(model, X, y, list(outcomes), folder / "figures", seed=0, **more)


def test_brier_score_and_error_are_those_of_their_definitions(component, tmp_path):
    X, y = _rows(1000)

    found = _measured(component, Says(2.0), X, y, tmp_path)

    measured, told = found["measured"], X["p"] ** 2
    assert measured["brier_score"]["value"] == pytest.approx(brier_score_loss(y, told), abs=1e-6)
    by_group = pd.DataFrame({"told": told, "came": y}).groupby(pd.qcut(told, 10), observed=True)
    expected = ((by_group["told"].mean() - by_group["came"].mean()).abs() * by_group.size()).sum() / 1000
    assert measured["expected_calibration_error"]["value"] == pytest.approx(expected, abs=0.003)
    assert json.loads(json.dumps(found)) == found
    assert (tmp_path / "figures/calibration.png").read_bytes().startswith(b"\x89PNG")


def test_true_probabilities_hold_and_distorted_ones_do_not(component, tmp_path):
    X, y = _rows(8000)

    assert _measured(component, Says(), X, y, tmp_path)["holds"] is True
    distorted = _measured(component, Says(2.0), X, y, tmp_path)
    assert distorted["holds"] is False
    # The distance of p and p squared, over p drawn evenly: the integral of p - p^2 is one sixth.
    assert distorted["measured"]["expected_calibration_error"]["value"] == pytest.approx(1 / 6, abs=0.02)


def test_the_error_of_true_probabilities_is_what_chance_explains(component, tmp_path):
    X, y = _rows(500)

    measured = _measured(component, Says(), X, y, tmp_path)["measured"]

    assert measured["expected_calibration_error"]["value"] == pytest.approx(measured["error_by_chance"], abs=0.03)
    assert measured["error_by_chance"] > 0.01


def test_a_limit_inside_the_interval_and_few_rows_leave_the_question_open(component, tmp_path):
    X, y = _rows(300)
    between = _measured(component, Says(), X, y, tmp_path)["measured"]["expected_calibration_error"]["value"]

    assert _measured(component, Says(), X, y, tmp_path, largest_error=between)["holds"] is None
    few = _measured(component, Says(), X.head(19), y.head(19), tmp_path)
    assert few["holds"] is None
    assert "19 test rows are too few" in few["because"]


def test_equal_probabilities_stay_together(component):
    told = np.array([0.2] * 50 + [0.7] * 50)
    came = np.array([0.0, 1.0] * 50)

    table = component.reliability(told, came, 10)

    assert table["rows"].tolist() == [50, 50]
    assert component.calibration_error(told, came, 10) == pytest.approx((0.3 + 0.2) / 2)


def test_of_several_classes_the_predicted_one_is_compared(component, tmp_path):
    random = np.random.default_rng(1)
    X = pd.DataFrame(random.dirichlet([1, 1, 1], 3000), columns=["a", "b", "c"])
    y = pd.Series([random.choice(3, p=row) for row in X.to_numpy()])

    found = _measured(component, SaysOfThree(), X, y, tmp_path, outcomes=["low", "mid", "high"])

    assert found["holds"] is True
    assert found["measured"]["probability_of"] == "the predicted class"
    expected = np.mean([sum((X.iloc[i, k] - (y[i] == k)) ** 2 for k in range(3)) for i in range(len(X))])
    assert found["measured"]["brier_score"]["value"] == pytest.approx(expected, abs=1e-6)
