from __future__ import annotations

import json
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
import skops.io
from sklearn.base import BaseEstimator, ClassifierMixin, clone
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_validate
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder

RANGES = {"age": (18, 82), "income": (0, 200)}
IDENTIFYING = ["age", "town"]


def _rows(count=600):
    random = np.random.default_rng(0)
    X = pd.DataFrame(
        {
            "age": random.integers(18, 82, count).astype(float),
            "town": random.choice([f"town{n}" for n in range(30)], count),
            "income": random.gamma(4, 10, count),
            "sex": random.choice(["female", "male"], count),
        },
        index=random.permutation(count),
    )
    y = pd.Series((X["income"] + 0.3 * X["age"] > 50).astype(int))
    X.iloc[::60, 0] = np.nan
    X.iloc[::70, 1] = None
    return X, y


def _pipeline():
    columns = ColumnTransformer(
        [
            ("numbers", make_pipeline(SimpleImputer(), "passthrough"), ["age", "income"]),
            ("text", OneHotEncoder(handle_unknown="ignore", sparse_output=False), ["town", "sex"]),
        ]
    )
    return Pipeline([("columns", columns), ("estimator", LogisticRegression(max_iter=2000))])


class Recorder(ClassifierMixin, BaseEstimator):
    """Remembers what it was trained on."""

    def fit(self, X, y):
        self.X_, self.y_, self.classes_ = X, y, np.unique(y)
        return self

    def predict(self, X):
        self.asked_ = X
        return np.zeros(len(X), int)


def _smallest_class(table, columns):
    return table[columns].value_counts(dropna=False).min()


@pytest.mark.parametrize("k", [2, 5, 20])
def test_every_training_row_looks_like_k_minus_one_others(component, k):
    X, y = _rows()

    model = component.anonymise(Recorder(), IDENTIFYING, ["sex"], RANGES, k=k).fit(X, y)

    seen = model.estimator_.X_
    assert _smallest_class(seen, ["age", "town", "sex"]) == model.k_reached_ >= k
    assert len(X) - len(seen) == model.rows_left_out_ <= 0.05 * len(X)


def test_rows_keep_their_labels_and_what_does_not_identify_stays_as_it_was(component):
    X, y = _rows()

    model = component.anonymise(Recorder(), IDENTIFYING, ["sex"], RANGES).fit(X, y)

    seen = model.estimator_.X_
    pd.testing.assert_frame_equal(seen[["income", "sex"]], X.loc[seen.index, ["income", "sex"]])
    pd.testing.assert_series_equal(model.estimator_.y_, y.loc[seen.index])


def test_numbers_become_the_middle_of_their_interval_and_stay_numbers(component):
    values = pd.Series([0.0, 24.9, 25.0, 99.0, 100.0, 130.0, -5.0, np.nan])

    middle = component.middles(values, (0, 100), 4)

    np.testing.assert_array_equal(middle, [12.5, 12.5, 37.5, 87.5, 87.5, 87.5, 12.5, np.nan])
    np.testing.assert_array_equal(component.middles(values, (0, 100), 1), np.full(8, 50.0))


def test_coarser_intervals_join_finer_ones(component):
    values = pd.Series(np.random.default_rng(0).uniform(0.1, 0.7, 5000))
    counts = (64, 32, 16, 8, 4, 2, 1)

    for fine, coarse in pairwise(counts):
        pairs = pd.DataFrame(
            {
                "fine": component.middles(values, (0.1, 0.7), fine),
                "coarse": component.middles(values, (0.1, 0.7), coarse),
            }
        )
        assert (pairs.groupby("fine")["coarse"].nunique() == 1).all()


def test_protected_columns_are_never_blurred(component):
    X, y = _rows()

    model = component.anonymise(Recorder(), ["age", "town", "sex"], ["sex"], RANGES, k=20).fit(X, y)

    assert set(model.estimator_.X_["sex"]) == {"female", "male"}
    assert set(model.left_out_by_level_["sex"]) == {"female", "male"}


def test_rows_to_be_predicted_are_blurred_likewise_and_all_answered(component):
    X, y = _rows()
    model = component.anonymise(Recorder(), IDENTIFYING, ["sex"], RANGES).fit(X, y)
    new = X.head(3).assign(age=[150.0, 18.0, np.nan], town="never seen before")

    assert len(model.predict(new)) == 3

    asked = model.estimator_.asked_
    assert set(asked["age"].dropna()) <= set(model.estimator_.X_["age"].dropna())
    assert set(asked["town"]) == {"*"}


def test_a_table_that_is_anonymous_enough_is_left_as_it_is(component):
    X = pd.DataFrame({"age": [30.0, 40.0] * 10, "sex": ["female"] * 10 + ["male"] * 10})

    model = component.anonymise(Recorder(), ["age"], ["sex"], {"age": (18, 82)}).fit(X, pd.Series([0, 1] * 10))

    pd.testing.assert_frame_equal(model.estimator_.X_, X)
    assert model.k_reached_ == 5


def test_what_cannot_be_made_anonymous_is_refused(component):
    X = pd.DataFrame({"age": [30.0] * 20, "sex": [f"level {n}" for n in range(20)]})

    with pytest.raises(ValueError, match="no 5-anonymous table"):
        component.anonymise(Recorder(), ["age"], ["sex"], {"age": (18, 82)}).fit(X, pd.Series([0, 1] * 10))


def test_nothing_is_printed(component, capsys):
    X, y = _rows()

    component.anonymise(Recorder(), IDENTIFYING, ["sex"], RANGES).fit(X, y)

    assert capsys.readouterr() == ("", "")


def test_it_is_a_classifier_to_scikit_learn(component):
    X, y = _rows()
    model = component.anonymise(_pipeline(), IDENTIFYING, ["sex"], RANGES)

    scores = cross_validate(clone(model), X, y, cv=3, scoring=["roc_auc", "accuracy"], error_score="raise")

    assert scores["test_roc_auc"].mean() > 0.8


def test_the_report_finds_the_anonymised_model_inside_another(component):
    X, y = _rows()
    model = component.anonymise(_pipeline(), IDENTIFYING, ["sex"], RANGES).fit(X, y)

    class Around:
        estimator_ = model

    evidence = component.report(Around(), k=5)

    assert evidence["holds"] is True
    assert evidence["measured"]["k"] == model.k_reached_
    assert component.report(Around(), k=10_000)["holds"] is False
    assert json.loads(json.dumps(evidence)) == evidence
    with pytest.raises(ValueError, match="not trained on anonymised rows"):
        component.report(_pipeline())


def test_the_model_survives_skops(component):
    X, y = _rows()
    model = component.anonymise(_pipeline(), IDENTIFYING, ["sex"], RANGES).fit(X, y)

    content = skops.io.dumps(model)
    again = skops.io.loads(content, trusted=skops.io.get_untrusted_types(data=content))

    np.testing.assert_array_equal(again.predict_proba(X), model.predict_proba(X))
    assert component.report(again) == component.report(model)
