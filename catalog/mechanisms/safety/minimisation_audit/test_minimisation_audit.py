from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.compose import make_column_transformer
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.metrics import r2_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder


def _rows(count, seed):
    random = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "debt": random.normal(size=count),
            "job": random.choice(["clerk", "nurse"], count),
            "colour": random.choice(["black", "white"], count),
            "shoe": random.normal(size=count),
        }
    )


def _balanced_accuracy(y, predictions):
    """Quicker than that of scikit-learn, which looks at its input each time."""
    labels = np.asarray(y)
    return float(np.mean([(predictions[labels == label] == label).mean() for label in np.unique(labels)]))


def _r2(y, predictions):
    values = np.asarray(y)
    return float(1 - ((values - predictions) ** 2).sum() / ((values - values.mean()) ** 2).sum())


def _model(estimator):
    texts = OneHotEncoder(drop="first", handle_unknown="ignore")
    return make_pipeline(make_column_transformer((texts, ["job", "colour"]), remainder="passthrough"), estimator)


def _amount(X, seed=0):
    noise = np.random.default_rng(seed).normal(0, 0.3, len(X))
    return X["debt"] + 2.0 * (X["job"] == "nurse") - 1 + noise


def _measure(component, *, classes=True, train=None, test=None, **changes):
    train = _rows(2000, 1) if train is None else train
    test = _rows(1500, 2) if test is None else test
    y_train, y_test = (_amount(X) for X in (train, test))
    if classes:
        y_train, y_test = ((y > 0).astype(int) for y in (y_train, y_test))
    estimator = LogisticRegression() if classes else LinearRegression()
    arguments = {
        "model": _model(estimator).fit(train, y_train),
        "X_train": train,
        "y_train": y_train,
        "X_test": test,
        "y_test": y_test,
        "protected": [],
        "quality": _balanced_accuracy if classes else _r2,
        "seed": 0,
    } | changes
    return component.measure(**arguments)


@pytest.mark.parametrize("classes", [True, False], ids=["classes", "numbers"])
def test_columns_that_the_outcome_does_not_depend_on_can_be_left_out(component, classes):
    found = _measure(component, classes=classes)

    assert found["measured"]["could_be_left_out"] == ["colour", "shoe"]
    assert found["holds"] is False
    assert found["measured"]["quality_loss"]["high"] <= 0.01
    assert json.loads(json.dumps(found)) == found


def test_the_loss_is_that_of_a_model_that_never_saw_the_columns(component):
    train, test = _rows(2000, 1), _rows(1500, 2)
    y_train, y_test = (_amount(X) for X in (train, test))

    found = _measure(component, classes=False)["measured"]

    texts = OneHotEncoder(drop="first")
    never_saw = make_pipeline(
        make_column_transformer((texts, ["job"]), remainder="passthrough"), LinearRegression()
    ).fit(train[["debt", "job"]], y_train)
    assert found["quality_without"] == pytest.approx(
        r2_score(y_test, never_saw.predict(test[["debt", "job"]])), abs=1e-6
    )


def test_the_use_of_a_column_is_what_shuffling_it_costs(component):
    found = _measure(component, classes=False)["measured"]["use"]

    # Dealing a column of variance v and slope b to other rows adds 2 b² v to the squared error.
    variance = 1 + 2.0**2 / 4 + 0.3**2
    assert found["debt"]["value"] == pytest.approx(2 * 1 / variance, rel=0.1)
    assert found["job"]["value"] == pytest.approx(2 * (2.0**2 / 4) / variance, rel=0.1)


def test_where_every_column_is_of_use_all_are_kept(component):
    found = _measure(component, train=_rows(2000, 1), protected=["colour", "shoe"])

    assert found["holds"] is True
    assert found["measured"]["could_be_left_out"] == []
    assert set(found["measured"]["use"]) == {"debt", "job"}


class EitherCopy(ClassifierMixin, BaseEstimator):
    """Reads one of two equal columns if the other says nothing, so that neither is missed alone."""

    def fit(self, X, y):
        self.columns_ = [column for column in ("debt", "again") if X[column].nunique() > 1]
        return self

    def predict(self, X):
        votes = [(X[column] > 0).to_numpy() for column in self.columns_]
        if not votes:
            return np.zeros(len(X), dtype=int)
        # A mark in the row tells which copy was shuffled.
        kept = [vote for vote, column in zip(votes, self.columns_, strict=True) if self._is_paired(X, column)]
        return (kept or votes)[0].astype(int)

    @staticmethod
    def _is_paired(X, column):
        return bool(np.allclose(np.sign(X[column]), X["mark"]))


def test_columns_that_stand_in_for_each_other_are_not_both_given_up(component):
    parts = []
    for seed in (1, 2):
        debt = np.random.default_rng(seed).normal(size=1000)
        parts.append(pd.DataFrame({"debt": debt, "again": debt, "mark": np.sign(debt)}))
    train, test = parts
    y_train, y_test = ((X["debt"] > 0).astype(int) for X in parts)

    found = component.measure(
        EitherCopy().fit(train, y_train), train, y_train, test, y_test, ["mark"], _balanced_accuracy, seed=0
    )

    assert found["measured"]["could_be_left_out"] == ["debt", "again"]
    assert found["measured"]["quality_loss"]["value"] == pytest.approx(0.5)
    assert found["holds"] is None


def test_a_column_left_out_says_nothing_and_keeps_its_kind(component):
    train = pd.DataFrame(
        {"age": [20.0, np.nan, 30.0, 70.0], "job": ["cook", "cook", None, "nurse"], "gap": [np.nan] * 4}
    )
    X = pd.DataFrame({"age": [1.0, np.nan], "job": ["pilot", None], "gap": [np.nan] * 2}, index=[7, 3])

    found = component.without(X, ["age", "job", "gap"], train)

    assert found["age"].tolist() == [30.0, 30.0]
    assert found["job"].tolist() == ["cook", "cook"]
    assert found.dtypes.equals(X.dtypes)
    assert found.index.equals(X.index)
    assert X["job"].tolist() == ["pilot", None]


def test_a_model_that_learnt_nothing_says_nothing_of_its_columns(component):
    train = _rows(2000, 1)
    guessed = pd.Series(np.random.default_rng(3).integers(0, 2, len(train)))

    found = _measure(component, train=train, y_train=guessed)

    assert found["holds"] is None
    assert "as a whole" in found["because"]
    assert "could_be_left_out" not in found["measured"]


def test_few_rows_leave_the_question_open(component):
    found = _measure(component, test=_rows(99, 2))
    of_one_class = _measure(component, y_test=pd.Series((np.arange(1500) < 19).astype(int)))

    assert found["holds"] is None
    assert "99 rows" in found["because"]
    assert of_one_class["holds"] is None
    assert "19 rows" in of_one_class["because"]


def test_the_same_seed_gives_the_same_figures(component):
    assert _measure(component, classes=False) == _measure(component, classes=False)
