from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_validate
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler


def _rows(count=500):
    random = np.random.default_rng(0)
    sex = np.where(random.random(count) < 0.4, "female", "male")
    age = random.integers(18, 80, count).astype(float)
    score = 0.04 * age + 1.2 * (sex == "male") + random.normal(0, 1, count)
    age[::50] = np.nan
    X = pd.DataFrame({"sex": sex, "age": age, "number": np.arange(count)}, index=random.permutation(count))
    return X, pd.Series((score > np.quantile(score, 0.6)).astype(int), index=X.index)


def groups(X):
    return X["sex"]


def _pipeline():
    columns = ColumnTransformer(
        [
            ("numbers", make_pipeline(SimpleImputer(), StandardScaler()), ["age"]),
            ("text", OneHotEncoder(sparse_output=False), ["sex"]),
        ]
    )
    return Pipeline([("columns", columns), ("estimator", LogisticRegression())])


@pytest.fixture(scope="module")
def trained(component):
    X, y = _rows()
    return component.mitigate(
        _pipeline(), groups, seed=0, criterion="demographic_parity", eps=0.02, max_iterations=8
    ).fit(X, y)


def _gap(decided, X, rows=None):
    rows = np.ones(len(X), bool) if rows is None else np.asarray(rows)
    shares = pd.Series(np.asarray(decided, float)[rows]).groupby(X["sex"].to_numpy()[rows]).mean()
    return np.ptp(shares)


def test_selection_rates_differ_by_little_more_than_allowed(trained):
    X, y = _rows()

    # eps bounds the distance of each group from all rows: twice that between groups, and the solver's own gap on top.
    assert _gap(trained.predict_proba(X)[:, 1], X) <= 2 * (0.02 + 2 * trained.reduction_.best_gap_)
    assert _gap(_pipeline().fit(X, y).predict(X), X) > 0.2


def test_each_criterion_brings_its_own_rates_together(component):
    X, y = _rows()
    plain = _pipeline().fit(X, y).predict(X)
    for criterion, labels in (("equal_opportunity", [1]), ("equalized_odds", [0, 1])):
        model = component.mitigate(_pipeline(), groups, seed=0, criterion=criterion, eps=0.02, max_iterations=8)
        model.fit(X, y)

        decided = model.predict_proba(X)[:, 1]

        for label in labels:
            assert _gap(decided, X, y == label) < min(0.07, 0.5 * _gap(plain, X, y == label))


def test_decisions_are_drawn_with_the_probabilities_told(trained):
    X, _ = _rows(10_000)

    probability = trained.predict_proba(X)[:, 1]
    torn = (probability > 0.01) & (probability < 0.99)

    assert torn.sum() > 100
    assert trained.predict(X)[torn].mean() == pytest.approx(
        probability[torn].mean(), abs=4 * np.sqrt(0.25 / torn.sum())
    )
    np.testing.assert_allclose(trained.predict_proba(X).sum(axis=1), 1)


def test_the_same_row_gets_the_same_answer_alone_or_among_others(trained):
    X, _ = _rows()

    together = trained.predict(X)
    shuffled = X.sample(frac=1, random_state=1)

    np.testing.assert_array_equal(pd.Series(together, X.index)[shuffled.index], trained.predict(shuffled))
    assert [int(trained.predict(X.iloc[[place]])[0]) for place in range(20)] == together[:20].tolist()


def test_copies_of_a_row_are_drawn_separately(component):
    X = pd.DataFrame({"age": [30.0] * 5000, "sex": ["female"] * 5000})

    draws = component.row_draws(X, 0)

    assert draws.mean() == pytest.approx(0.5, abs=0.02)
    assert draws[0] == component.row_draws(X.head(1), 0)[0]


def test_draws_are_evenly_spread_and_differ_with_the_seed(component):
    X = pd.DataFrame({"age": np.arange(20_000), "sex": ["female", "male"] * 10_000})

    draws, others = component.row_draws(X, 0), component.row_draws(X, 1)

    shares = np.histogram(draws, bins=20, range=(0, 1))[0] / len(X)
    assert np.abs(shares - 0.05).max() < 0.01
    assert abs(np.corrcoef(draws, others)[0, 1]) < 0.03
    np.testing.assert_array_equal(draws, component.row_draws(X.astype({"age": float}), 0))


def test_it_is_a_classifier_to_scikit_learn_and_can_be_pickled(component):
    X, y = _rows()
    model = component.mitigate(_pipeline(), groups, seed=0, criterion="demographic_parity", max_iterations=3)

    scores = cross_validate(model, X, y, cv=3, scoring=["balanced_accuracy", "roc_auc"], error_score="raise")
    again = pickle.loads(pickle.dumps(clone(model).fit(X, y)))

    assert scores["test_balanced_accuracy"].mean() > 0.55
    assert set(again.predict(X)) == {0, 1}


@pytest.mark.parametrize("spoil", ["criterion", "labels", "groups"])
def test_what_cannot_be_served_is_refused(component, spoil):
    X, y = _rows(100)
    if spoil == "labels":
        y = y + 1
    if spoil == "groups":
        X.loc[X.index[:2], "sex"] = None
    criterion = "predictive_parity" if spoil == "criterion" else "equalized_odds"

    with pytest.raises(ValueError, match=r'"predictive_parity"|0 and 1|2 rows have no group'):
        component.mitigate(_pipeline(), groups, seed=0, criterion=criterion).fit(X, y)
