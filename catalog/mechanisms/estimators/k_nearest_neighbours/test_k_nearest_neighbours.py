from __future__ import annotations

import inspect

import numpy as np
import pytest


def test_probabilities_are_shares_of_the_closest_training_rows(component):
    random = np.random.default_rng(0)
    X, y, asked = random.normal(size=(80, 4)), random.integers(0, 2, 80), random.normal(size=(20, 4))
    closest = np.argsort(((asked[:, None, :] - X) ** 2).sum(axis=2), axis=1)[:, :7]

    probabilities = component.estimator(neighbours=7).fit(X, y).predict_proba(asked)

    np.testing.assert_allclose(probabilities[:, 1], y[closest].mean(axis=1))


def test_fit_takes_no_row_weights(component):
    model = component.estimator()

    assert "sample_weight" not in inspect.signature(model.fit).parameters
    with pytest.raises(TypeError, match="sample_weight"):
        model.fit([[0.0], [1.0]], [0, 1], sample_weight=[1.0, 2.0])


def test_training_rows_are_kept_in_the_model(component):
    X = np.random.default_rng(0).normal(size=(30, 2))

    model = component.estimator(neighbours=3).fit(X, np.arange(30) % 2)

    np.testing.assert_array_equal(model._fit_X, X)
