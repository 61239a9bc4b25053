from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression


def rows(n: int = 400) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(0)
    X = random.normal(size=(n, 3))
    return X, (X[:, 0] * X[:, 1] + random.logistic(scale=0.3, size=n) > 0).astype(int)


def test_one_tree_takes_one_newton_step_from_the_log_odds(component):
    group = np.repeat([0.0, 1.0], [60, 140])
    y = np.concatenate([np.tile([0, 0, 1], 20), np.tile([1, 1, 1, 1, 0, 0, 1], 20)])
    rate = y.mean()
    model = component.estimator(seed=0, trees=1, learning_rate=0.5).fit(group[:, None], y)

    for value in (0.0, 1.0):
        gradient = (rate - y[group == value]).sum()
        step = -gradient / ((group == value).sum() * rate * (1 - rate))
        expected = np.log(rate / (1 - rate)) + 0.5 * step
        np.testing.assert_allclose(model.decision_function([[value]]), expected, rtol=1e-5)


def test_a_weight_of_two_counts_as_the_row_twice(component):
    X, y = rows()
    twice = np.arange(len(y)) % 3 == 0

    weighted = component.estimator(seed=0, smallest_leaf=1, trees=5).fit(X, y, sample_weight=1.0 + twice)
    repeated = component.estimator(seed=0, smallest_leaf=1, trees=5).fit(np.r_[X, X[twice]], np.r_[y, y[twice]])

    # Bin borders are found from the rows without their weights, so the two agree only nearly.
    assert np.mean(weighted.predict(X) == repeated.predict(X)) > 0.95
    assert np.corrcoef(weighted.decision_function(X), repeated.decision_function(X))[0, 1] > 0.95


def test_it_learns_what_no_sum_over_columns_can_express(component):
    X, y = rows(1500)

    model = component.estimator(seed=0).fit(X[:1000], y[:1000])

    assert LogisticRegression().fit(X[:1000], y[:1000]).score(X[1000:], y[1000:]) < 0.6
    assert model.score(X[1000:], y[1000:]) > 0.7


def test_categories_and_gaps_are_taken_as_they_are(component):
    X, y = rows()
    frame = pd.DataFrame({"number": np.where(X[:, 2] > 1, np.nan, X[:, 0]), "sign": np.where(X[:, 1] > 0, "+", "-")})
    frame["sign"] = frame["sign"].astype("category")

    assert component.estimator(seed=0).fit(frame, y).score(frame, y) > 0.75


def test_the_same_seed_gives_the_same_model_with_early_stopping(component):
    X, y = rows(10_500)

    first, second = (component.estimator(seed=4, trees=10).fit(X, y).decision_function(X) for _ in range(2))

    np.testing.assert_array_equal(first, second)


def test_nothing_deprecated_is_used(component):
    X, y = rows()

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        component.estimator(seed=0).fit(X, y).predict_proba(X)
