from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone, is_regressor
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression, LogisticRegression, RidgeClassifier
from sklearn.model_selection import cross_validate
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler


def _rows(count=800):
    random = np.random.default_rng(0)
    sex = np.where(random.random(count) < 0.4, "female", "male")
    age = random.integers(18, 80, count).astype(float)
    score = 0.04 * age + 1.2 * (sex == "male") + random.normal(0, 1, count)
    age[::50] = np.nan
    X = pd.DataFrame({"sex": sex, "age": age}, index=random.permutation(count))
    return X, pd.Series((score > np.quantile(score, 0.6)).astype(int), index=X.index)


def groups(X):
    return X["sex"]


def _pipeline(estimator=None):
    columns = ColumnTransformer(
        [
            ("numbers", make_pipeline(SimpleImputer(), StandardScaler()), ["age"]),
            ("text", OneHotEncoder(sparse_output=False), ["sex"]),
        ]
    )
    return Pipeline([("columns", columns), ("estimator", estimator or LogisticRegression())])


def _gap(decided, X, rows):
    rows = np.asarray(rows)
    return np.ptp(pd.Series(np.asarray(decided, float)[rows]).groupby(X["sex"].to_numpy()[rows]).mean())


@pytest.mark.parametrize(
    ("criterion", "labels"),
    [("demographic_parity", [{0, 1}]), ("equal_opportunity", [{1}]), ("equalized_odds", [{0}, {1}])],
)
def test_each_criterion_brings_its_own_rates_together(component, criterion, labels):
    X, y = _rows()
    plain = _pipeline().fit(X, y).predict(X)

    model = component.search(_pipeline(), groups, criterion, grid_size=20).fit(X, y)

    for wanted in labels:
        assert _gap(model.predict(X), X, y.isin(wanted)) < 0.6 * _gap(plain, X, y.isin(wanted))


def test_the_one_kept_has_the_smallest_sum_of_error_and_violation_and_both_are_those_of_its_decisions(component):
    X, y = _rows()
    model = component.search(_pipeline(), groups, "demographic_parity", grid_size=15, constraint_weight=0.3).fit(X, y)

    (kept,) = (one for one in model.tried_ if one["kept"])
    assert len(model.tried_) == 15
    assert all(
        0.7 * kept["error"] + 0.3 * kept["violation"] <= 0.7 * one["error"] + 0.3 * one["violation"] + 1e-12
        for one in model.tried_
    )
    decided = model.predict(X)
    rates = pd.Series(decided).groupby(X["sex"].to_numpy()).mean()
    assert kept["error"] == pytest.approx((decided != y).mean())
    assert kept["violation"] == pytest.approx((rates - decided.mean()).abs().max())


def test_the_weight_decides_between_the_smallest_error_and_the_smallest_violation(
    component,
):
    X, y = _rows()
    careless, careful = (
        component.search(_pipeline(), groups, "demographic_parity", 15, constraint_weight=weight).fit(X, y).tried_
        for weight in (0.0, 1.0)
    )

    assert min(one["error"] for one in careless) == next(one["error"] for one in careless if one["kept"])
    assert min(one["violation"] for one in careful) == next(one["violation"] for one in careful if one["kept"])


def test_of_numbers_the_largest_error_of_a_group_becomes_smaller(component):
    random = np.random.default_rng(0)
    X, _ = _rows()
    rare = (X["sex"] == "female") & (random.random(len(X)) < 0.5)
    X["sex"] = np.where(rare, "female", "male")
    age = X["age"].fillna(45)
    y = pd.Series(np.where(rare, -age, age) + random.normal(size=len(X)), index=X.index)
    # Without the column that tells them apart, one line must serve both groups.
    columns = ColumnTransformer([("numbers", SimpleImputer(), ["age"])])
    plain = Pipeline([("columns", columns), ("estimator", LinearRegression())])

    model = component.search(plain, groups, "equal_group_error", grid_size=20, constraint_weight=0.9).fit(X, y)

    def largest(fitted):
        return ((fitted.predict(X) - y) ** 2).groupby(X["sex"]).mean().max()

    assert is_regressor(model)
    assert largest(model) < 0.9 * largest(clone(plain).fit(X, y))
    assert not hasattr(model, "predict_proba")


def test_it_is_a_classifier_to_scikit_learn_and_has_probabilities_if_its_estimator_has(component):
    X, y = _rows(400)
    model = component.search(_pipeline(), groups, "equalized_odds", grid_size=5)

    scores = cross_validate(model, X, y, cv=3, scoring=["balanced_accuracy", "roc_auc"], error_score="raise")
    fitted = clone(model).fit(X, y)

    assert scores["test_balanced_accuracy"].mean() > 0.55
    np.testing.assert_array_equal(pickle.loads(pickle.dumps(fitted)).predict(X), fitted.predict(X))
    assert not hasattr(component.search(_pipeline(RidgeClassifier()), groups, "equalized_odds"), "predict_proba")


@pytest.mark.parametrize("spoil", ["criterion", "labels", "groups"])
def test_what_cannot_be_served_is_refused(component, spoil):
    X, y = _rows(100)
    if spoil == "labels":
        y = y + 1
    if spoil == "groups":
        X.loc[X.index[:2], "sex"] = None
    criterion = "predictive_parity" if spoil == "criterion" else "equalized_odds"

    with pytest.raises(ValueError, match=r'"predictive_parity"|0 and 1|2 rows have no group'):
        component.search(_pipeline(), groups, criterion, grid_size=3).fit(X, y)
