from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest


class Linear:
    """Decides 1 where ``3 a + b`` lies above 2; both columns reach from 0 to 1."""

    weights = np.array([3.0, 1.0])

    def predict(self, X):
        return (X[["a", "b"]].fillna(0).to_numpy() @ self.weights > 2).astype(int)


class ByText:
    def predict(self, X):
        return (X["job"] == "cook").astype(int).to_numpy()


class Refuses(Linear):
    def predict(self, X):
        if len(X) == 200:
            raise ValueError("no rule\nfor this")
        return super().predict(X)


@pytest.fixture
def rows():
    random = np.random.default_rng(0)
    X = pd.DataFrame({"a": random.uniform(0, 1, 300), "b": random.uniform(0, 1, 300)}, index=range(50, 350))
    X.iloc[0], X.iloc[1] = 0.0, 1.0
    return X.assign(job=random.choice(["cook", "nurse"], 300))


def _exact(X):
    """How far each number must move at least to reach the boundary: |w x - c| over the sum of |w|."""
    return np.abs(X[["a", "b"]].to_numpy() @ Linear.weights - 2) / np.abs(Linear.weights).sum()


def test_exactly_the_rows_within_reach_of_the_boundary_are_turned(component, rows):
    X = rows.iloc[:80]
    y = pd.Series(Linear().predict(X), index=X.index)

    found = component.measure(Linear(), X, y, ["a", "b"], seed=0, reach=0.1, rows=80, steps=1)

    # A linear decision turns within a box if it does so at one of the four corners; nobody leaves the known range.
    corners = [
        Linear().predict(X.assign(a=(X["a"] + at).clip(0, 1), b=(X["b"] + across).clip(0, 1)))
        for at in (-0.1, 0.1)
        for across in (-0.1, 0.1)
    ]
    assert found["measured"]["turned"] == np.any([corner != y for corner in corners], axis=0).sum()
    assert found["measured"]["rows"] == 80
    assert found["holds"] is False
    assert json.loads(json.dumps(found)) == found


def test_the_search_comes_close_to_the_nearest_point_across_the_boundary_and_no_nearer(component, rows):
    space = component.Space(rows, ["a", "b"])

    for place in np.flatnonzero(_exact(rows) > 0.1)[:8]:
        row = rows.iloc[[place]]
        distance, asked = component.nearest_turn(Linear(), row, space, 0.02, 8, np.random.default_rng(0))
        exact = _exact(row)[0]
        assert exact * 0.999 <= distance <= exact * 1.5
        assert asked < 4000


def test_decisions_that_do_not_depend_on_numbers_are_never_turned(component, rows):
    y = pd.Series(ByText().predict(rows), index=rows.index)

    found = component.measure(ByText(), rows, y, ["a", "b"], seed=0, rows=60)

    assert found["measured"]["never_turned"] == 60
    assert found["measured"]["median_distance"] is None
    assert found["holds"] is True


def test_only_right_decisions_are_attacked(component, rows):
    y = pd.Series(1 - Linear().predict(rows), index=rows.index)
    y.iloc[:25] = 1 - y.iloc[:25]

    found = component.measure(Linear(), rows, y, ["a", "b"], seed=0, steps=1)

    assert found["measured"]["rows"] == 25


def test_whole_numbers_stay_whole_and_gaps_and_texts_stay(component):
    X = pd.DataFrame({"checks": [0.0, 3.0, 6.0], "age": [20.5, np.nan, 40.0], "job": ["cook", "nurse", "cook"]})
    space = component.Space(X, ["checks", "age"])

    copies = space.rows(np.array([[0.49, 0.25], [0.93, 1.0]]), X.iloc[[1]])

    assert copies["checks"].tolist() == [3.0, 6.0]
    assert copies["age"].isna().all()
    assert set(copies["job"]) == {"nurse"}
    assert space.distance(np.array([0.93, 1.0]), X.iloc[[1]]) == pytest.approx(0.5)


def test_the_same_seed_finds_the_same_and_leaves_numpy_as_it_was(component, rows):
    y = pd.Series(Linear().predict(rows), index=rows.index)
    np.random.seed(7)
    expected = np.random.random()
    np.random.seed(7)

    first, second = (component.measure(Linear(), rows, y, ["a", "b"], seed=3, rows=20, steps=1) for _ in range(2))

    assert first == second
    assert np.random.random() == expected


@pytest.mark.parametrize(
    ("model", "columns", "count", "told"),
    [
        (Refuses(), ["a", "b"], 300, "(no rule for this)"),
        (Linear(), [], 300, "no column"),
        (Linear(), ["a", "b"], 19, "19 test rows"),
    ],
)
def test_where_nothing_can_be_tried_the_question_stays_open(component, rows, model, columns, count, told):
    X = rows.iloc[:count]

    found = component.measure(model, X, pd.Series(Linear().predict(X), index=X.index), columns, seed=0)

    assert found["holds"] is None
    assert told in found["because"]
