from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

PROTECTED = {"sex": {"column": "sex"}, "age band": {"column": "age"}}


def _rows(count=2000):
    random = np.random.default_rng(0)
    X = pd.DataFrame(
        {
            "sex": random.choice(["f", "m", "x"], count),
            "age": random.integers(18, 80, count).astype(float),
            "income": random.normal(size=count),
        },
        index=random.permutation(count),
    )
    table = pd.DataFrame({"sex": X["sex"], "age band": np.where(X["age"] < 40, "young", "old")}, index=X.index)
    return X, (X["income"] > 0).astype(int), table


def _outcome(model, X):
    return pd.Series(np.asarray(model.predict(X), float), index=X.index, name="decision")


class Rule:
    def __init__(self, rule):
        self.rule = rule

    def predict(self, X):
        return np.asarray(self.rule(X))


def blind(X):
    return (X["income"] > 0).astype(int)


def lenient_to_men(X):
    return ((X["income"] > 0) | (X["sex"] == "m")).astype(int)


def _measured(component, rule, X, y, table, **more):
    return component.measure(Rule(rule), X, y, PROTECTED, table, _outcome, 0, **more)


def test_a_model_that_does_not_read_the_attribute_changes_nothing(component):
    found = _measured(component, blind, *_rows())

    assert found["holds"] is True
    for figures in found["measured"]["attributes"].values():
        assert figures["share_changed"] == {"value": 0, "low": 0, "high": 0}


def test_the_share_is_that_of_the_rows_whose_decision_hangs_on_the_group(component):
    X, y, table = _rows()

    found = _measured(component, lenient_to_men, X, y, table)

    # The poor are refused in two groups and granted in the third, whichever of them they are in.
    attributes = found["measured"]["attributes"]
    assert attributes["sex"]["share_changed"]["value"] == pytest.approx((X["income"] <= 0).mean(), abs=1e-6)
    assert attributes["age band"]["share_changed"]["value"] == 0
    assert found["holds"] is False
    assert found["because"].startswith("with another group of sex 50.7%")
    assert json.loads(json.dumps(found)) == found


def test_of_numbers_the_mean_change_is_told_in_standard_deviations(component):
    X, _, table = _rows()
    y = X["income"] * 10

    found = _measured(component, lambda X: X["income"] + 2.0 * (X["sex"] == "m"), X, y, table)

    figures = found["measured"]["attributes"]["sex"]
    assert figures["shift"]["value"] == pytest.approx(2 / y.std(ddof=0), rel=1e-4)
    assert found["holds"] is False
    assert _measured(component, lambda X: X["income"], X, y, table)["holds"] is True


def test_values_given_are_those_that_occur_in_the_other_group(component):
    X, _, table = _rows()
    young = table["age band"] == "young"

    flipped = component.with_group(X[~young], "age", X.loc[young, "age"], np.random.default_rng(0))

    assert flipped["age"].max() < 40
    assert flipped.index.equals(X.index[~young])
    pd.testing.assert_frame_equal(flipped.drop(columns="age"), X[~young].drop(columns="age"))


def test_a_share_near_the_limit_or_on_few_rows_is_not_judged(component):
    X, y, table = _rows(200)
    share = float((X["income"] <= 0).mean())

    assert _measured(component, lenient_to_men, X, y, table, largest_share=share)["holds"] is None
    few = _measured(component, lenient_to_men, X[:20], y[:20], table[:20])
    assert few["holds"] is None
    assert "20 test rows are fewer than 30" in few["because"]


def test_what_cannot_be_flipped_is_left_open(component):
    X, y, table = _rows(100)

    one = component.measure(Rule(blind), X, y, {"sex": {"column": "sex"}}, table.assign(sex="f"), _outcome, 0)
    assert one["holds"] is None
    assert "one group" in one["because"]

    X["sex"] = np.where(np.arange(100) < 50, "f", "m")

    def only_women(X):
        if (X["sex"] == "m").all():
            raise ValueError("no rule\nfor this")
        return blind(X)

    found = component.measure(
        Rule(only_women), X, y, {"sex": {"column": "sex"}}, table.assign(sex=X["sex"]), _outcome, 0
    )
    assert found["holds"] is None
    assert "(no rule for this)" in found["because"]
