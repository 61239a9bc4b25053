from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from sklearn.ensemble import IsolationForest
from sklearn.metrics import balanced_accuracy_score, r2_score


def _rows(count, seed=0):
    random = np.random.default_rng(seed)
    jobs = random.choice(["clerk", "nurse", "cook"], count, p=[0.6, 0.3, 0.1])
    X = pd.DataFrame({"age": random.normal(40, 10, count), "job": jobs}, index=random.permutation(count) + 7)
    X.iloc[::40, 0] = np.nan
    X.iloc[::50, 1] = None
    return X


class RightNearTheMiddle:
    """Knows the label, except of ages more than 15 years from 40, where it says the opposite."""

    def __init__(self, y):
        self.y = y

    def predict(self, X):
        right = self.y.loc[X.index].to_numpy()
        far = (X["age"] - 40).abs().gt(15).to_numpy()
        return np.where(far, 1 - right, right)


class AlwaysRight(RightNearTheMiddle):
    def predict(self, X):
        return self.y.loc[X.index].to_numpy()


class Age:
    def predict(self, X):
        return X["age"].fillna(40).to_numpy()


def _measure(component, model, y, **changes):
    arguments = {
        "X_train": _rows(4000, seed=1),
        "X_test": _rows(3000),
        "y_test": y,
        "numeric": ["age"],
        "categorical": ["job"],
        "quality": balanced_accuracy_score,
        "seed": 0,
    } | changes
    return component.measure(model, **arguments)


@pytest.fixture
def labels():
    X = _rows(3000)
    return pd.Series(np.random.default_rng(5).integers(0, 2, len(X)), index=X.index)


def test_a_model_that_fails_far_from_the_middle_loses_quality_on_strange_rows(component, labels):
    found = _measure(component, RightNearTheMiddle(labels), labels)

    measured = found["measured"]
    assert found["holds"] is False
    assert measured["quality_of_strange_rows"] < measured["quality_of_usual_rows"]
    assert measured["quality_drop"]["low"] > 0.03
    assert json.loads(json.dumps(found)) == found


def test_the_drop_is_that_of_the_quality_on_the_rows_that_the_forest_isolates(component, labels):
    X, train, model = _rows(3000), _rows(4000, seed=1), RightNearTheMiddle(labels)

    found = _measure(component, model, labels, share=0.2)["measured"]

    forest = IsolationForest(random_state=0, contamination=0.2).fit(component.encoded(train, train, ["age"], ["job"]))
    strange = forest.predict(component.encoded(X, train, ["age"], ["job"])) == -1
    wrong = (model.predict(X) != labels).to_numpy()
    error = [
        np.mean([wrong[kind & (labels == label).to_numpy()].mean() for label in (0, 1)]) for kind in (strange, ~strange)
    ]
    assert found["quality_drop"]["value"] == pytest.approx(error[0] - error[1], abs=1e-6)
    assert found["strange_rows"] == pytest.approx(strange.sum(), abs=2)


def test_a_model_that_is_always_right_loses_nothing(component, labels):
    found = _measure(component, AlwaysRight(labels), labels)

    assert found["holds"] is True
    assert found["measured"]["quality_drop"] == {"value": 0, "low": 0, "high": 0}


def test_numbers_are_judged_by_their_own_quality(component):
    X = _rows(3000)
    y = pd.Series(X["age"].fillna(40) + np.random.default_rng(0).normal(0, 1, len(X)), index=X.index)

    assert _measure(component, Age(), y, quality=r2_score)["holds"] is True


def test_few_strange_rows_leave_the_question_open(component, labels):
    X = _rows(3000).iloc[:200]

    found = _measure(component, RightNearTheMiddle(labels), labels.loc[X.index], X_test=X)
    of_one_class = _measure(component, RightNearTheMiddle(labels), labels * 0 + (np.arange(3000) < 20))

    assert found["holds"] is None
    assert of_one_class["holds"] is None
    assert "of 200 test rows" in found["because"]


def test_numbers_beyond_all_training_rows_are_counted(component):
    train = pd.DataFrame({"age": [20.0, np.nan, 30.0], "checks": [0.0, 1.0, 2.0]})
    X = pd.DataFrame({"age": [19.9, 20.0, 30.0, np.nan, 25.0], "checks": [0.0, 2.0, 2.1, 1.0, np.nan]})

    assert component.outside_range(X, train, ["age", "checks"]).tolist() == [True, False, True, False, False]


def test_texts_count_by_how_rare_they_are_and_gaps_are_told_apart(component):
    train = pd.DataFrame({"age": [20.0, np.nan, 30.0, 40.0], "job": ["cook", "cook", None, "nurse"]})
    X = pd.DataFrame({"age": [np.nan, 50.0], "job": ["cook", "pilot"]})

    found = component.encoded(X, train, ["age"], ["job"])

    assert found.to_numpy().tolist() == [[30.0, 1.0, 0.5], [50.0, 0.0, 0.0]]


def test_the_same_seed_gives_the_same_figures(component, labels):
    first, second = (_measure(component, RightNearTheMiddle(labels), labels) for _ in range(2))

    assert first == second
