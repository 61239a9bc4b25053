from __future__ import annotations

import warnings

import numpy as np
from scipy.optimize import minimize


def rows(n: int = 300) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(0)
    X = random.normal(size=(n, 3))
    y = (X @ [1.0, -2.0, 0.5] + random.logistic(size=n) > 0.3).astype(int)
    return X, y


def least_loss(X, y, inverse_penalty, weights=None):
    """The objective of the source, minimised directly."""
    weights = np.ones(len(y)) if weights is None else weights
    sign = 2 * y - 1

    def loss(w):
        return 0.5 * w[:-1] @ w[:-1] + inverse_penalty * weights @ np.logaddexp(0, -sign * (X @ w[:-1] + w[-1]))

    return minimize(loss, np.zeros(X.shape[1] + 1), method="BFGS", options={"gtol": 1e-8}).x


def test_coefficients_minimise_the_penalised_loss_of_the_source(component):
    X, y = rows()

    model = component.estimator(seed=0, inverse_penalty=0.1).fit(X, y)

    np.testing.assert_allclose(np.append(model.coef_, model.intercept_), least_loss(X, y, 0.1), atol=2e-3)


def test_row_weights_multiply_the_loss_of_their_row(component):
    X, y = rows()
    weights = np.random.default_rng(1).uniform(0.2, 3.0, len(y))

    model = component.estimator(seed=0).fit(X, y, sample_weight=weights)

    np.testing.assert_allclose(np.append(model.coef_, model.intercept_), least_loss(X, y, 1.0, weights), atol=2e-3)


def test_nothing_deprecated_is_used(component):
    X, y = rows()

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        component.estimator(seed=0).fit(X, y).predict_proba(X)
