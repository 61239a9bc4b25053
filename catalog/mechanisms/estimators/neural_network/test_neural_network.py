from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit, softmax


def _rows(classes, seed=0, rows=600):
    random = np.random.default_rng(seed)
    X = random.normal(size=(rows, 2))
    return X, np.digitize(np.abs(X[:, 0]) + random.normal(0, 0.1, rows), np.linspace(0.5, 1.5, classes - 1))


@pytest.mark.parametrize("classes", [2, 3])
def test_probabilities_are_those_of_one_hidden_layer(component, classes):
    X, y = _rows(classes)

    model = component.estimator(seed=0, units=7).fit(X, y)

    hidden = np.maximum(0, X @ model.coefs_[0] + model.intercepts_[0])
    score = hidden @ model.coefs_[1] + model.intercepts_[1]
    shares = np.column_stack([1 - expit(score), expit(score)]) if classes == 2 else softmax(score, axis=1)
    assert hidden.shape[1] == 7
    assert model.predict_proba(X) == pytest.approx(shares, abs=1e-6)


def test_rows_without_weight_are_not_learnt(component):
    X, y = _rows(2)
    spoiled = np.where(np.arange(len(y)) < 300, 1 - y, y)

    weighted = component.estimator(seed=0).fit(X, spoiled, sample_weight=(np.arange(len(y)) >= 300).astype(float))

    assert (weighted.predict(X) == y).mean() > (component.estimator(seed=0).fit(X, spoiled).predict(X) == y).mean()
