from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize
from sklearn.base import clone
from sklearn.exceptions import NotFittedError


def _rows(seed=0, rows=80):
    random = np.random.default_rng(seed)
    X = random.normal(size=(rows, 4)) + 5
    return X, X @ [2.0, -1.0, 0.0, 0.0] + random.normal(size=rows) + 7


def _least_loss(X, y, penalty, weights):
    """The objective, minimised directly: each coefficient is the difference of two that are not negative."""
    columns = X.shape[1]

    def loss(v):
        errors = y - X @ (v[:columns] - v[columns:-1]) - v[-1]
        return weights @ errors**2 / (2 * weights.sum()) + penalty * v[:-1].sum()

    bounds = [(0, None)] * (2 * columns) + [(None, None)]
    options = {"ftol": 1e-15, "gtol": 1e-10, "maxiter": 10000, "maxfun": 100000}
    found = minimize(loss, np.zeros(2 * columns + 1), method="L-BFGS-B", bounds=bounds, options=options).x
    return found[:columns] - found[columns:-1], found[-1]


@pytest.mark.parametrize("weighted", [False, True])
def test_coefficients_minimise_the_penalised_squares(component, weighted):
    X, y = _rows()
    weights = np.random.default_rng(1).uniform(0.2, 3.0, len(y)) if weighted else np.ones(len(y))

    model = component.estimator(penalty_share=0.2).fit(X, y, sample_weight=weights if weighted else None)

    coefficients, intercept = _least_loss(X, y, model.penalty_, weights)
    assert model.coef_ == pytest.approx(coefficients, abs=2e-3)
    assert model.intercept_ == pytest.approx(intercept, abs=2e-2)
    assert model.predict(X) == pytest.approx(X @ coefficients + intercept, abs=1e-2)


@pytest.mark.parametrize("seed", range(5))
def test_the_whole_penalty_leaves_no_coefficient_and_a_little_less_leaves_one(component, seed):
    X, y = _rows(seed)
    weights = np.random.default_rng(seed).uniform(0.2, 3.0, len(y))

    whole = component.estimator(penalty_share=1).fit(X, y, sample_weight=weights)

    assert not whole.coef_.any()
    assert whole.predict(X) == pytest.approx(np.average(y, weights=weights))
    assert component.estimator(penalty_share=0.99).fit(X, y, sample_weight=weights).coef_.any()


def test_columns_of_noise_get_a_coefficient_of_exactly_zero(component):
    X, y = _rows(rows=300)

    assert (component.estimator(penalty_share=0.1).fit(X, y).coef_ != 0).tolist() == [True, True, False, False]


def test_another_unit_of_the_target_keeps_the_same_columns(component):
    X, y = _rows()

    small, large = (component.estimator().fit(X, unit * y).coef_ for unit in (1.0, 1000.0))

    assert large == pytest.approx(1000 * small)


def test_a_target_without_spread_is_predicted_as_it_is(component):
    X, _ = _rows()

    assert component.estimator().fit(X, np.full(len(X), 3.0)).predict(X) == pytest.approx(3.0)


@pytest.mark.parametrize("share", [0, -1, 1.1])
def test_a_penalty_that_is_no_share_is_refused(component, share):
    with pytest.raises(ValueError, match="above 0 and up to 1"):
        component.estimator(penalty_share=share).fit(*_rows())


def test_a_copy_has_the_same_parameters_and_is_not_trained(component):
    X, y = _rows()
    copied = clone(component.estimator(penalty_share=0.3, iterations=99).fit(X, y))

    assert copied.get_params() == {"penalty_share": 0.3, "iterations": 99}
    with pytest.raises(NotFittedError):
        copied.predict(X)
