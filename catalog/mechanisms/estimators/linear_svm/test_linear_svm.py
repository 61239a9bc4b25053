from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize


def _rows(classes=2, seed=0, rows=200):
    random = np.random.default_rng(seed)
    X = random.normal(size=(rows, 2))
    return X, np.digitize(X @ [1.0, -2.0] + random.normal(0, 0.5, rows), np.linspace(-1, 1, classes + 1)[1:-1])


def test_the_plane_minimises_the_stated_objective(component):
    X, y = _rows()
    signs, wide = np.where(y == 1, 1.0, -1.0), np.column_stack([X, np.ones(len(X))])

    def objective(w):
        return 0.5 * w @ w + 0.7 * (np.maximum(0, 1 - signs * (wide @ w)) ** 2).sum()

    model = component.estimator(seed=0, inverse_penalty=0.7).fit(X, y)

    expected = minimize(objective, np.zeros(3)).x
    assert np.append(model.coef_, model.intercept_) == pytest.approx(expected, abs=1e-2)


def test_several_classes_are_told_apart_without_probabilities(component):
    X, y = _rows(classes=3)

    model = component.estimator(seed=0).fit(X, y)

    assert (model.predict(X) == y).mean() > 0.6
    assert not hasattr(model, "predict_proba")
