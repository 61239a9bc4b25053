from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest


def _rows(count, seed):
    source = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "strong": source.normal(size=count),
            "weak": source.normal(size=count),
            "job": source.choice(["clerk", "nurse"], count),
        },
        index=range(500, 500 + count),
    )


class Additive:
    def predict(self, X):
        return 3 * X["strong"].to_numpy() + X["weak"].to_numpy() + 2 * (X["job"] == "nurse").to_numpy(float)


class Chaotic(Additive):
    """The last digits of its input decide."""

    def predict(self, X):
        return np.sin(1e6 * X["strong"].to_numpy()) + np.sin(1e6 * X["weak"].to_numpy())


class OnlyTogether(Additive):
    """Says something only of rows where both numbers are large: no column does anything alone."""

    def predict(self, X):
        return ((X["strong"] > 0) & (X["weak"] > 0)).to_numpy(float)


class RefusesNurses(Additive):
    def predict(self, X):
        if (X["job"] == "nurse").any():
            raise ValueError("no rule\nfor this")
        return super().predict(X)


def _outcome(model, X):
    return pd.Series(model.predict(X), index=X.index, name="score")


def test_values_of_an_additive_model_are_faithful_stable_and_there_for_every_row(component):
    found = component.explain(Additive(), _rows(200, 0), _rows(40, 1), _outcome, seed=0, rows=30)

    measured = found["measured"]
    assert measured["faithfulness"]["value"] == pytest.approx(1)
    assert measured["coverage"] == 1
    assert measured["agreement_changed"]["value"] > 0.95
    assert found["holds"] is True, found["because"]
    assert json.loads(json.dumps(found)) == found


def test_the_value_of_an_additive_model_is_the_term_less_its_mean(component):
    background, row = _rows(50, 0), _rows(1, 1)

    values = component.shap_values(Additive(), _outcome, background, row, 1, 0)

    expected = [
        3 * (row["strong"].iloc[0] - background["strong"].mean()),
        row["weak"].iloc[0] - background["weak"].mean(),
        2 * (float(row["job"].iloc[0] == "nurse") - (background["job"] == "nurse").mean()),
    ]
    assert values == pytest.approx(expected)
    assert component.change_without_each(Additive(), _outcome, row, background) == pytest.approx(expected)


def test_a_model_that_jumps_at_every_digit_has_no_stable_explanation(component):
    found = component.explain(Chaotic(), _rows(200, 0), _rows(60, 1), _outcome, seed=0)

    assert found["holds"] is False
    assert "agreement changed" in found["because"]
    assert found["measured"]["agreement_changed"]["high"] < 0.8


def test_rows_that_cannot_be_explained_lower_the_coverage(component):
    clerks = _rows(200, 0).assign(job="clerk")
    test = _rows(40, 1)

    found = component.explain(RefusesNurses(), clerks, test, _outcome, seed=0, rows=40)

    assert found["measured"]["coverage"] == pytest.approx((test["job"] == "clerk").mean())
    assert found["holds"] is False
    assert "coverage" in found["because"]


def test_with_few_rows_nothing_is_judged_and_the_figures_are_still_there(component):
    found = component.explain(Additive(), _rows(50, 0), _rows(5, 1), _outcome, seed=0)

    assert found["holds"] is None
    assert found["measured"]["faithfulness"]["count"] == 5


def test_without_numbers_rows_are_not_changed(component):
    rows = _rows(60, 0)[["job"]].assign(town=["a", "b"] * 30)

    def outcome(model, X):
        return pd.Series((X["job"] == "nurse") * 1.0 + (X["town"] == "b") * 2.0, index=X.index)

    found = component.explain(None, rows, rows, outcome, seed=0)

    assert found["measured"]["agreement_changed"] is None
    assert found["measured"]["faithfulness"]["value"] == pytest.approx(1)


def test_a_mean_whose_interval_holds_the_limit_leaves_the_question_open(component):
    mixed = component.explain(OnlyTogether(), _rows(200, 0), _rows(40, 1), _outcome, seed=0, rows=30)
    limit = mixed["measured"]["faithfulness"]["value"]

    found = component.explain(
        OnlyTogether(),
        _rows(200, 0),
        _rows(40, 1),
        _outcome,
        seed=0,
        rows=30,
        smallest_agreement=min(limit, mixed["measured"]["agreement_changed"]["low"]),
    )

    assert found["holds"] is not False
    assert mixed["measured"]["faithfulness"]["low"] < limit < 1


def test_the_same_seed_gives_the_same_figures(component):
    first, second = (
        component.explain(Additive(), _rows(60, 0), _rows(25, 1), _outcome, seed=4)["measured"] for _ in range(2)
    )

    assert {**first, "seconds_per_row": 0} == {**second, "seconds_per_row": 0}


def test_the_correlation_is_that_of_pandas_and_absent_for_equal_values(component):
    values, others = np.array([1.0, 4.0, 2.0]), np.array([0.5, 3.0, -1.0])

    assert component.correlation(values, others) == pytest.approx(pd.Series(values).corr(pd.Series(others)))
    assert component.correlation(values, np.zeros(3)) is None
