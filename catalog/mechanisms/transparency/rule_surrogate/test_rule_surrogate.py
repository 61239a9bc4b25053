from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest


def _rows(count, seed):
    source = np.random.default_rng(seed)
    rows = pd.DataFrame(
        {
            "age": source.integers(18, 80, count).astype(float),
            "noise": source.normal(size=count),
            "job": source.choice(["clerk", "nurse", "cook"], count).astype(object),
        },
        index=source.permutation(count) + 1000,
    )
    rows.iloc[::8, 1] = np.nan
    return rows


def _steps(model, X):
    return pd.Series(
        np.where(X["age"] > 40, 0.9, np.where(X["job"] == "nurse", 0.5, 0.1)), index=X.index, name="probability"
    )


def _waves(model, X):
    return pd.Series(np.sin(10 * X["noise"].fillna(0)), index=X.index, name="score")


def _rule_of(rules, row):
    """The rule that a row meets, read from the words alone."""

    def meets(condition):
        column, sign, value = condition.split(" ", 2)
        if value == "missing" or value == "given":
            return pd.isna(row[column]) == (value == "missing")
        if sign == "is":
            return row[column] != value[4:] if value.startswith("not ") else row[column] == value
        return row[column] > float(value) if sign == ">" else row[column] <= float(value)

    (found,) = [rule for rule in rules if all(meets(condition) for condition in rule["if"])]
    return found


def test_rules_of_a_model_made_of_rules_are_found_and_read_as_they_decide(component):
    test = _rows(300, 1)

    found = component.explain(None, _rows(1000, 0), test, _steps, seed=0)

    rules = found["measured"]["rules"]
    assert found["holds"] is True, found["because"]
    assert found["measured"]["fidelity"]["value"] == pytest.approx(1)
    assert list(dict.fromkeys(rule["mean"] for rule in rules)) == [0.9, 0.5, 0.1]
    said = _steps(None, test)
    assert [_rule_of(rules, row)["mean"] for _, row in test.iterrows()] == pytest.approx(said.to_list())
    assert sum(rule["training_rows"] for rule in rules) == 1000
    assert json.loads(json.dumps(found)) == found


def test_rules_that_miss_most_of_a_model_may_not_stand_for_it(component):
    found = component.explain(None, _rows(1000, 0), _rows(300, 1), _waves, seed=0, depth=2)

    assert found["holds"] is False
    assert "too little" in found["because"]


def test_no_rule_speaks_of_fewer_rows_than_asked(component):
    found = component.explain(None, _rows(400, 0), _rows(100, 1), _waves, seed=0, depth=8, fewest_rows=35)

    assert min(rule["training_rows"] for rule in found["measured"]["rules"]) >= 35
    assert max(len(rule["if"]) for rule in found["measured"]["rules"]) <= 8


def test_levels_that_hardly_occur_are_never_named(component):
    train = _rows(400, 0)
    train.iloc[:3, 2] = "astronaut"

    found = component.explain(
        None, train, train, lambda model, X: (X["job"] == "astronaut").astype(float).rename("x"), seed=0
    )

    assert "astronaut" not in json.dumps(found)


def test_a_limit_inside_the_interval_leaves_the_question_open(component):
    arguments = (None, _rows(1000, 0), _rows(300, 1), _waves)
    fidelity = component.explain(*arguments, seed=0, depth=6)["measured"]["fidelity"]

    found = component.explain(*arguments, seed=0, depth=6, smallest_fidelity=fidelity["value"])

    assert fidelity["low"] < fidelity["value"] < fidelity["high"]
    assert found["holds"] is None


def test_few_rows_or_one_answer_for_all_leave_the_question_open(component):
    few = component.explain(None, _rows(200, 0), _rows(20, 1), _steps, seed=0)
    same = component.explain(
        None, _rows(200, 0), _rows(50, 1), lambda model, X: pd.Series(1.0, index=X.index, name="score"), seed=0
    )

    assert few["holds"] is same["holds"] is None
    assert few["because"].startswith("there are 20 test rows")
    assert same["because"].startswith("the score is the same")


def test_gaps_and_new_levels_of_test_rows_pass(component):
    test = _rows(60, 1)
    test.iloc[:10, 0] = np.nan
    test.iloc[5:15, 2] = "pilot"
    test.iloc[10:20, 2] = None

    found = component.explain(None, _rows(500, 0), test, _waves, seed=0)

    assert found["measured"]["fidelity"] is not None


def test_the_same_seed_gives_the_same_rules(component):
    first, second = (component.explain(None, _rows(300, 0), _rows(60, 1), _waves, seed=3) for _ in range(2))

    assert first == second
