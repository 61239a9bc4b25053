from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from sklearn.inspection import partial_dependence
from sklearn.linear_model import LinearRegression


class Crossed:
    """Rises with x for group a and falls for group b; one row in four is of group b."""

    def predict(self, X):
        return np.where(X["group"] == "b", -1.0, 1.0) * X["x"].to_numpy(float)


class Refuses(Crossed):
    def predict(self, X):
        if X["x"].nunique() < 5:
            raise ValueError("no rule\nfor this")
        return super().predict(X)


def _outcome(model, X):
    return pd.Series(model.predict(X), index=X.index, name="score")


@pytest.fixture
def rows():
    random = np.random.default_rng(0)
    return pd.DataFrame(
        {"x": random.normal(size=200), "group": ["a", "a", "a", "b"] * 50, "same": 1.0, "whole $n$": range(200)},
        index=range(500, 700),
    )


def test_the_average_is_that_of_scikit_learn(component):
    random = np.random.default_rng(0)
    X = pd.DataFrame(random.normal(size=(80, 3)), columns=["a", "b", "c"])
    model = LinearRegression().fit(X, X["a"] * 2 - X["b"] + X["a"] * X["c"])

    lines = component.single_curves(model, _outcome, X, "a", np.array([-1.0, 0.0, 2.0]))

    other = partial_dependence(model, X, ["a"], custom_values={"a": np.array([-1.0, 0.0, 2.0])}, kind="both")
    np.testing.assert_allclose(lines, other["individual"][0])
    np.testing.assert_allclose(lines.mean(axis=0), other["average"][0])


def test_rows_that_go_against_the_average_are_counted(component, rows, tmp_path):
    found = component.explain(Crossed(), rows, _outcome, tmp_path / "figures", seed=0, rows=200)

    columns = found["measured"]["columns"]
    assert columns["x"]["rows_against_the_average"] == pytest.approx(0.25)
    span = np.quantile(rows["x"], 0.95) - np.quantile(rows["x"], 0.05)
    assert columns["x"]["reach"] == pytest.approx(0.5 * span)
    assert columns["whole $n$"]["reach"] == 0
    assert "same" not in columns
    assert json.loads(json.dumps(found)) == found
    assert (tmp_path / "figures/partial_dependence.png").read_bytes().startswith(b"\x89PNG")


def test_levels_of_a_category_are_tried_as_they_are(component, rows):
    grid = component.values_tried(rows["group"].astype("category"), 5)
    lines = component.single_curves(
        Crossed(), _outcome, rows.head(4), "group", component.values_tried(rows["group"], 5)
    )

    assert list(grid) == ["a", "b"]
    np.testing.assert_allclose(lines[:, 0], rows["x"].head(4))
    np.testing.assert_allclose(lines[:, 1], -rows["x"].head(4))


def test_missing_values_are_never_tried(component):
    assert not np.isnan(component.values_tried(pd.Series([1.0, np.nan, 3.0]), 5)).any()
    assert list(component.values_tried(pd.Series(["u", None, "v"]), 5)) == ["u", "v"]


def test_a_model_that_refuses_the_rows_leaves_the_question_open(component, rows, tmp_path):
    found = component.explain(Refuses(), rows, _outcome, tmp_path, seed=0, rows=3)

    assert found["holds"] is None
    assert "(no rule for this)" in found["because"]
