from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from sklearn.tree import DecisionTreeRegressor


def _rows(count=4000, seed=0):
    random = np.random.default_rng(seed)
    X = pd.DataFrame(
        {
            "age": random.integers(18, 80, count).astype(float),
            "town": random.choice(["north", "south", "west"], count),
            "income": random.normal(size=count),
        },
        index=random.permutation(count),
    )
    return X, (X["income"] > 0).astype(int)


class Rule:
    def __init__(self, rule):
        self.rule = rule

    def predict(self, X):
        return np.asarray(self.rule(X))


def wrong_for_the_old_of_the_north(X):
    hit = (X["age"] > 60) & (X["town"] == "north")
    return ((X["income"] > 0) ^ hit).astype(int)


def _measured(component, rule, X, y, **more):
    return component.measure(Rule(rule), X, y, ["age", "income"], ["town"], seed=0, **more)


def test_the_slice_is_found_by_its_conditions_and_its_error_is_that_of_unsearched_rows(component):
    X, y = _rows()

    found = _measured(component, wrong_for_the_old_of_the_north, X, y, depth=2)

    assert set(found["measured"]["slice"]) == {"age > 60.5", "town is north"}
    assert found["measured"]["error_in_slice"] == 1
    assert found["measured"]["error_elsewhere"] == 0
    assert found["holds"] is False
    assert json.loads(json.dumps(found)) == found


def test_errors_that_fall_anywhere_make_no_slice(component):
    X, y = _rows(20_000)
    luck = pd.Series(np.random.default_rng(7).random(len(X)) < 0.2, index=X.index)

    found = _measured(component, lambda X: (y ^ luck).loc[X.index].astype(int), X, y)

    # Where it was searched, the worst of the slices looks worse than it is.
    assert found["measured"]["error_where_searched"] > found["measured"]["error_in_slice"]
    assert found["holds"] is True


def test_of_numbers_the_error_is_absolute_and_in_standard_deviations(component):
    X, _ = _rows()
    y = X["income"] * 5

    found = _measured(component, lambda X: X["income"] * 5 + 3 * (X["town"] == "west"), X, y, depth=1)

    assert found["measured"]["slice"] == ["town is west"]
    assert found["measured"]["excess"]["value"] == pytest.approx(3 / y.std(ddof=0), abs=1e-4)
    assert found["holds"] is False


def test_an_excess_near_the_limit_is_not_judged(component):
    X, y = _rows(1000)
    luck = pd.Series(np.random.default_rng(7).random(len(X)) < 0.3 * (X["town"] == "west").to_numpy(), index=X.index)

    found = _measured(component, lambda X: (y ^ luck).loc[X.index].astype(int), X, y, depth=1, largest_excess=0.3)

    assert found["holds"] is None


def test_too_few_rows_and_a_model_without_errors_leave_the_question_open(component):
    X, y = _rows()

    few = _measured(component, wrong_for_the_old_of_the_north, X[:199], y[:199])
    assert few["holds"] is None
    assert "fewer than 200" in few["because"]
    perfect = _measured(component, lambda X: (X["income"] > 0).astype(int), X, y)
    assert perfect["holds"] is None


def test_words_of_a_leaf_select_its_rows(component):
    X, y = _rows()
    X.loc[X.index[:500], "age"] = np.nan
    described = component.conditions(X, ["age", "income"], ["town"])
    tree = DecisionTreeRegressor(max_depth=3, random_state=0).fit(described, (y ^ X["age"].isna()).astype(float))

    for leaf in np.flatnonzero(tree.tree_.children_left == -1):
        kept = pd.Series(True, index=X.index)
        for words in component.described_by(tree, int(leaf), list(described.columns)):
            name, sign, rest = words.split(" ", 2)
            limit, gaps = rest.removesuffix(" or missing"), rest.endswith(" or missing")
            if sign == "is":
                kept &= (X[name] != limit.removeprefix("not ")) if limit.startswith("not ") else X[name] == limit
            else:
                column = X[name]
                kept &= (column <= float(limit) if sign == "≤" else column > float(limit)) | (column.isna() & gaps)
        # The words round a limit to four figures.
        assert (kept.to_numpy() == (tree.apply(described) == leaf)).mean() > 0.995
