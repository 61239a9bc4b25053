from __future__ import annotations

import numpy as np
import pytest


def _rows(seed=0, rows=60):
    random = np.random.default_rng(seed)
    X = random.normal(size=(rows, 3)) + 5
    return X, X @ [2.0, -1.0, 0.5] + random.normal(size=rows) + 7


@pytest.mark.parametrize("penalty", [0.0, 1.0, 50.0])
def test_coefficients_solve_the_penalised_normal_equations(component, penalty):
    X, y = _rows()
    centred = X - X.mean(axis=0)

    model = component.estimator(penalty=penalty).fit(X, y)

    expected = np.linalg.solve(centred.T @ centred + penalty * np.eye(3), centred.T @ (y - y.mean()))
    assert model.coef_ == pytest.approx(expected)
    assert model.intercept_ == pytest.approx(y.mean() - X.mean(axis=0) @ expected)


def test_a_row_of_weight_two_counts_like_two_rows(component):
    X, y = _rows(rows=20)
    weights = np.where(np.arange(20) < 5, 2.0, 1.0)

    weighted = component.estimator().fit(X, y, sample_weight=weights)

    repeated = component.estimator().fit(np.vstack([X, X[:5]]), np.append(y, y[:5]))
    assert weighted.coef_ == pytest.approx(repeated.coef_)
