from __future__ import annotations

import warnings

import numpy as np
import pytest
from scipy.optimize import minimize


def rows(n: int = 300) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(0)
    X = random.normal(size=(n, 5))
    y = (X @ [1.0, -2.0, 0.5, 0.0, 0.0] + random.logistic(size=n) > 0.3).astype(int)
    return X, y


def least_loss(X, y, inverse_penalty, weights=None):
    """The objective, minimised directly; a coefficient is the difference of two that are not negative."""
    weights = np.ones(len(y)) if weights is None else weights
    sign, columns = 2 * y - 1, X.shape[1]

    def loss(v):
        w = v[:columns] - v[columns:-1]
        return v[:-1].sum() + inverse_penalty * weights @ np.logaddexp(0, -sign * (X @ w + v[-1]))

    bounds = [(0, None)] * (2 * columns) + [(None, None)]
    found = minimize(
        loss, np.zeros(2 * columns + 1), method="L-BFGS-B", bounds=bounds, options={"ftol": 1e-14, "gtol": 1e-8}
    ).x
    return np.append(found[:columns] - found[columns:-1], found[-1])


def coefficients(model):
    return np.append(model.coef_, model.intercept_)


def test_coefficients_minimise_the_penalised_loss_of_the_source(component):
    X, y = rows()

    model = component.estimator(seed=0, inverse_penalty=0.05).fit(X, y)

    np.testing.assert_allclose(coefficients(model), least_loss(X, y, 0.05), atol=3e-3)


def test_row_weights_multiply_the_loss_of_their_row(component):
    X, y = rows()
    weights = np.random.default_rng(1).uniform(0.2, 3.0, len(y))

    model = component.estimator(seed=0).fit(X, y, sample_weight=weights)

    np.testing.assert_allclose(coefficients(model), least_loss(X, y, 0.1, weights), atol=3e-3)


def test_columns_of_noise_get_a_coefficient_of_exactly_zero(component):
    X, y = rows()

    coef = component.estimator(seed=0, inverse_penalty=0.05).fit(X, y).coef_[0]

    assert (coef[:2] != 0).all()
    assert (coef[3:] == 0).all()


@pytest.mark.parametrize("classes", [2, 3])
def test_a_stronger_penalty_leaves_fewer_coefficients_and_in_the_end_none(component, classes):
    X, _ = rows()
    y = np.digitize(X @ [1.0, -2.0, 0.5, 0.2, 0.0], [-1, 1][: classes - 1])

    left = [
        np.count_nonzero(component.estimator(seed=0, inverse_penalty=c).fit(X, y).coef_) for c in (10.0, 0.05, 0.0001)
    ]

    assert left[0] > left[1] > left[2] == 0


def test_nothing_deprecated_is_used(component):
    X, y = rows()

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        component.estimator(seed=0).fit(X, y).predict_proba(X)
