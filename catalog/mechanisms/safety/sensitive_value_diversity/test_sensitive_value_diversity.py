from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from pycanon import anonymity
from scipy.stats import wasserstein_distance


@pytest.fixture
def rows():
    random = np.random.default_rng(0)
    X = pd.DataFrame(
        {
            "age": random.integers(3, 7, 400) * 10.0,
            "town": random.choice(["Aix", "Brest"], 400),
            "origin": random.choice(["a", "b", "c"], 400, p=[0.6, 0.3, 0.1]),
        },
        index=range(1000, 1400),
    )
    return X, pd.Series(random.integers(0, 2, 400), index=X.index)


def test_figures_are_those_of_pycanon(component, rows):
    X, y = rows

    measured = component.measure(X, y, ["age", "town"], ["origin"])["measured"]

    table = X.assign(age=X["age"].astype(str)).reset_index(drop=True)
    assert measured["smallest_class"] == anonymity.k_anonymity(table, ["age", "town"])
    assert measured["origin"]["distinct_l"] == anonymity.l_diversity(table, ["age", "town"], ["origin"])
    assert int(measured["origin"]["entropy_l"]) == anonymity.entropy_l_diversity(table, ["age", "town"], ["origin"])
    assert measured["origin"]["t"] == pytest.approx(anonymity.t_closeness(table, ["age", "town"], ["origin"]), abs=1e-6)


def test_numbers_are_close_by_their_ranks(component):
    random = np.random.default_rng(1)
    classes, values = random.integers(0, 3, 90), pd.Series(random.integers(0, 12, 90).astype(float))
    counts, is_ordered = component.counts_by_class(classes, values)

    found = component.closeness(counts, is_ordered=is_ordered)

    ranks = values.rank(method="dense") - 1
    expected = [wasserstein_distance(ranks[classes == one], ranks) / (values.nunique() - 1) for one in range(3)]
    assert is_ordered
    assert found == pytest.approx(expected)


def test_diversity_by_entropy_counts_equally_frequent_values(component):
    assert component.entropy_diversity(np.array([[5, 5, 0], [4, 4, 4], [7, 0, 0]])) == pytest.approx([2, 3, 1])


def test_a_class_that_gives_the_label_away_is_told(component, rows):
    X, y = rows
    y[X["age"] == 30] = 1

    found = component.measure(X, y, ["age", "town"], [])

    assert found["holds"] is False
    assert found["measured"]["the label"]["share_below_l"] == pytest.approx((X["age"] == 30).mean(), abs=1e-6)
    assert found["measured"]["the label"]["distinct_l"] == 1
    assert json.loads(json.dumps(found)) == found
    assert component.measure(X, y, ["age", "town"], [], least_values=1, largest_distance=1)["holds"] is True


def test_a_protected_column_that_identifies_is_no_secret(component, rows):
    X, y = rows

    found = component.measure(X, y, ["age", "origin"], ["origin"])

    assert "origin" not in found["measured"]


def test_without_identifying_columns_the_question_is_open(component, rows):
    X, y = rows

    assert component.measure(X, y, [], ["origin"])["holds"] is None


def test_missing_values_are_a_value_of_their_own(component, rows):
    X, y = rows
    X.loc[X.index[::2], "origin"] = None
    X.loc[X.index[::3], "age"] = np.nan

    found = component.measure(X, y, ["age", "town"], ["origin"])

    assert found["measured"]["rows"] == 400
    filled = X.assign(origin=X["origin"].fillna("gap"), age=X["age"].fillna(-1))
    assert found["measured"]["origin"]["distinct_l"] == filled.groupby(["age", "town"])["origin"].nunique().min()
    assert found["measured"]["classes"] == filled.groupby(["age", "town"]).ngroups == 10
