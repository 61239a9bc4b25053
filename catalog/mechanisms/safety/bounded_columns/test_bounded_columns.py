from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone

RANGES = {"age": (0, 100), "rate": (-1.5, 0.5), "fixed": (7, 7)}
LEVELS = {"job": ["cook", "nurse"], "sex": ["f", "m"]}


def _prepared(component, table):
    return component.columns(["age", "rate", "fixed"], ["job", "sex"], RANGES, LEVELS).fit(table).transform(table)


def _rows(count=200):
    random = np.random.default_rng(0)
    table = pd.DataFrame(
        {
            "age": random.normal(50, 200, count),
            "rate": random.normal(0, 5, count),
            "fixed": random.choice([7.0, 8.0], count),
            "job": random.choice(["cook", "nurse", "diver"], count),
            "sex": random.choice(["f", "m"], count),
        }
    ).astype({"job": object})
    table.iloc[::7, 0] = np.nan
    table.iloc[::5, 3] = None
    return table


def test_places_in_declared_ranges_and_levels_are_divided_by_the_root_of_the_number_of_columns(component):
    table = pd.DataFrame({"age": [75.0], "rate": [-1.5], "fixed": [7.0], "job": ["nurse"], "sex": ["f"]})

    np.testing.assert_allclose(_prepared(component, table)[0] * np.sqrt(5), [0.5, -1, 0, 0, 1, 1, 0])


def test_no_row_is_longer_than_one_whatever_it_holds(component):
    found = _prepared(component, _rows())

    assert np.isfinite(found).all()
    assert np.linalg.norm(found, axis=1).max() <= 1 + 1e-12
    assert np.linalg.norm(_prepared(component, _rows().fillna({"job": "cook", "age": 1e9})), axis=1).max() > 0.85


def test_a_row_becomes_the_same_whatever_rows_stand_beside_it(component):
    table = _rows()

    together = _prepared(component, table)

    for place in (0, 3, 7):
        np.testing.assert_array_equal(_prepared(component, table.iloc[[place]])[0], together[place])


def test_a_gap_is_the_middle_and_an_undeclared_level_has_no_column(component):
    table = pd.DataFrame({"age": [np.nan], "rate": [np.nan], "fixed": [np.nan], "job": ["diver"], "sex": [None]})

    assert not _prepared(component, table.astype({"sex": object})).any()


def test_columns_have_names_and_copies_are_alike(component):
    columns = component.columns(["age"], ["job"], RANGES, LEVELS)

    assert list(columns.get_feature_names_out()) == ["age", "job=cook", "job=nurse"]
    assert clone(columns).get_params() == columns.get_params()


def test_a_column_of_which_nothing_is_declared_is_refused(component):
    with pytest.raises(ValueError, match="declared for height, job;"):
        component.columns(["age", "height"], ["job", "sex"], RANGES, {"job": [], "sex": ["f"]})


def test_ranges_that_end_where_the_rows_end_are_told(component):
    table = pd.DataFrame({"age": [18.0, 66.0, np.nan], "rate": [0.0, 1.0, 2.0]})

    measured = component.compare_with_rows(table, ["age", "rate"], {"age": (18, 66), "rate": (0, 10)})
    declared = component.compare_with_rows(table, ["age", "rate"], {"age": (0, 120), "rate": (0, 10)})

    assert measured["holds"] is None
    assert measured["measured"]["ends_among_the_rows"] == ["age"]
    assert declared["holds"] is True
    assert json.loads(json.dumps([measured, declared])) == [measured, declared]
