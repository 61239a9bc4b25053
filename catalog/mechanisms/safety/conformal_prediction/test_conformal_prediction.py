from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest


class Says:
    """Gives as probability of the second class what stands in the column."""

    classes_ = np.array([0, 1])

    def predict_proba(self, X):
        return np.column_stack([1 - X["p"], X["p"]])


class SaysOfThree:
    classes_ = np.array([0, 1, 2])

    def predict_proba(self, X):
        return X[["a", "b", "c"]].to_numpy()


class Zero:
    def predict(self, X):
        return np.zeros(len(X))


def _halves(count, seed):
    order = np.random.default_rng(seed).permutation(count)
    return np.sort(order[: count // 2]), np.sort(order[count // 2 :])


def _two(count):
    random = np.random.default_rng(0)
    X = pd.DataFrame({"p": random.random(count)}, index=range(7, 7 + count))
    return X, pd.Series((random.random(count) < X["p"].to_numpy()).astype(int), index=X.index)


def test_the_width_is_the_corrected_quantile_of_the_source_and_sets_follow_it(component):
    X, y = _two(2000)

    found = component.measure(Says(), X, y, seed=4, miss_share=0.2)

    learnt, checked = _halves(2000, 4)
    given = np.where(y == 1, X["p"], 1 - X["p"])
    # Section 1.1 of the source: the ceil((n + 1)(1 - alpha)) smallest score.
    width = np.sort(1 - given[learnt])[int(np.ceil(1001 * 0.8)) - 1]
    measured = found["measured"]
    assert measured["width"] == pytest.approx(width, abs=1e-6)
    assert measured["coverage"]["value"] == pytest.approx((given[checked] >= 1 - width).mean(), abs=1e-6)
    both = np.column_stack([1 - X["p"], X["p"]])[checked] >= 1 - width
    assert measured["mean_classes"] == pytest.approx(both.sum(axis=1).mean(), abs=1e-6)
    assert found["holds"] is True
    assert json.loads(json.dumps(found)) == found


def test_intervals_reach_the_corrected_quantile_of_the_errors(component):
    y = pd.Series(np.random.default_rng(1).normal(0, 3, 1000))

    found = component.measure(Zero(), pd.DataFrame({"x": np.arange(1000)}), y, seed=0, miss_share=0.1)

    learnt, _ = _halves(1000, 0)
    assert found["measured"]["width"] == pytest.approx(
        np.sort(np.abs(y.to_numpy()[learnt]))[int(np.ceil(501 * 0.9)) - 1], abs=1e-6
    )
    assert found["holds"] is True
    assert found["measured"]["coverage"]["low"] < 0.9 < found["measured"]["coverage"]["high"]


def test_several_classes_are_covered_as_promised(component):
    random = np.random.default_rng(2)
    X = pd.DataFrame(random.dirichlet([1, 1, 1], 2000), columns=["a", "b", "c"])
    y = pd.Series([random.choice(3, p=row) for row in X.to_numpy()])

    found = component.measure(SaysOfThree(), X, y, seed=0)

    assert found["holds"] is True
    assert 1 < found["measured"]["mean_classes"] < 3


def test_rows_unlike_those_learnt_on_are_not_covered_and_this_is_told(component):
    y = pd.Series(np.zeros(1000))
    y.iloc[_halves(1000, 0)[1]] = np.random.default_rng(0).normal(0, 1, 500)

    found = component.measure(Zero(), pd.DataFrame({"x": np.arange(1000)}), y, seed=0)

    assert found["holds"] is False
    assert "90% were promised" in found["because"]


def test_few_rows_leave_the_question_open(component):
    X, y = _two(150)

    assert component.measure(Says(), X, y, seed=0)["holds"] is None


def test_the_same_seed_gives_the_same_evidence(component):
    X, y = _two(400)

    assert component.measure(Says(), X, y, seed=3) == component.measure(Says(), X, y, seed=3)
