from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LinearRegression
from sklearn.metrics import mean_absolute_error, r2_score


def _model(rows=400, seed=0):
    random = np.random.default_rng(seed)
    X = pd.DataFrame(random.normal(size=(rows, 2)), columns=["a", "b"], index=np.arange(rows) + 7)
    y = 3 * X["a"] - X["b"] + random.normal(size=rows)
    return LinearRegression().fit(X, y), X, y


def test_figures_are_those_of_their_formulas(component):
    model, X, y = _model()
    errors = model.predict(X) - y

    found = component.measure(model, X, y, seed=0)

    assert found["mean_absolute_error"] == pytest.approx(errors.abs().mean(), abs=1e-6)
    assert found["root_mean_squared_error"] == pytest.approx(np.sqrt((errors**2).mean()), abs=1e-6)
    assert found["r2"] == pytest.approx(1 - (errors**2).sum() / ((y - y.mean()) ** 2).sum(), abs=1e-6)
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_intervals_agree_with_drawing_rows(component):
    model, X, y = _model()
    truth, predictions = y.to_numpy(), model.predict(X)
    random = np.random.default_rng(1)
    draws = [random.integers(0, len(y), len(y)) for _ in range(800)]

    intervals = component.measure(model, X, y, seed=0)["intervals"]

    errors = [mean_absolute_error(truth[rows], predictions[rows]) for rows in draws]
    shares = [r2_score(truth[rows], predictions[rows]) for rows in draws]
    assert intervals["mean_absolute_error"] == pytest.approx(list(np.quantile(errors, [0.025, 0.975])), abs=0.02)
    assert intervals["r2"] == pytest.approx(list(np.quantile(shares, [0.025, 0.975])), abs=0.01)


def test_the_outcome_is_the_predicted_number(component):
    model, X, _ = _model()

    outcome = component.outcome(model, X)

    assert outcome.to_numpy() == pytest.approx(model.predict(X))
    assert outcome.index.equals(X.index)


def test_quality_is_nothing_for_the_mean_as_only_answer(component):
    y = pd.Series([1.0, 2.0, 6.0])

    assert component.quality(y, np.full(3, 3.0)) == pytest.approx(0)
    assert component.quality(y, y.to_numpy()) == 1
