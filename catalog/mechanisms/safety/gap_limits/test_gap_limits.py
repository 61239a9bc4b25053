from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from matplotlib.cbook import boxplot_stats


def _rows(gaps_in_age=0, gaps_in_job=0, count=20):
    X = pd.DataFrame({"age": np.arange(count, dtype=float), "job": ["cook"] * count, "town": ["Ghent"] * count})
    X.loc[: gaps_in_age - 1, "age"] = np.nan
    X.loc[count - gaps_in_job :, "job"] = None
    return X


def _learn(component, folder, X_train, X_test=None, **changes):
    test = X_train if X_test is None else X_test
    return component.learn(X_train, test, folder / "model.skops", ["age"], **changes)


def test_a_column_with_more_gaps_than_the_limit_is_told(component, tmp_path):
    at_limit = _learn(component, tmp_path, _rows(6, 2))
    beyond = _learn(component, tmp_path, _rows(7, 2))

    assert at_limit["holds"] is True
    assert at_limit["measured"]["share_of_gaps"] == {"age": 0.3, "job": 0.1, "town": 0}
    assert beyond["holds"] is False
    assert beyond["because"].startswith("age lack")
    assert json.loads(json.dumps(beyond)) == beyond


@pytest.mark.parametrize(("most_beyond", "held"), [(0, [False, True, True]), (1, [False, False, True])])
def test_rows_that_lack_more_than_training_rows_wait_for_a_person(component, tmp_path, caplog, most_beyond, held):
    X = _rows(1, count=3).set_axis([7, 3, 5])
    X.loc[[3, 5], ["age", "job"]] = None
    X.loc[5, "town"] = None
    found = _learn(component, tmp_path, _rows(1), X, most_beyond=most_beyond)

    results = component.hold(X, pd.Series(["yes"] * 3, index=X.index), tmp_path / "model.skops")

    assert [result is None for result in results] == held
    assert results.index.equals(X.index)
    assert found["measured"]["test_rows_left_to_a_person"] == sum(held)
    assert "row 5: no prediction: 3 values are missing" in caplog.text


def test_columns_that_the_model_does_not_read_count_for_nothing(component, tmp_path):
    _learn(component, tmp_path, _rows(), most_beyond=0)
    X = _rows().assign(note=None)

    assert component.hold(X, pd.Series("yes", index=X.index), tmp_path / "model.skops").eq("yes").all()


def test_outliers_are_those_that_a_box_plot_shows_as_points(component):
    values = pd.Series(np.random.default_rng(0).standard_cauchy(500))

    points = boxplot_stats(values)[0]["fliers"]

    assert sorted(values[component.outliers(values)]) == sorted(points)
    assert len(points) > 10
    assert not component.outliers(pd.Series([1.0, np.nan, 2.0, 1.5])).any()


def test_without_the_rules_nothing_is_let_through(component, tmp_path):
    with pytest.raises(ValueError, match="train again"):
        component.hold(_rows(), pd.Series("yes", index=range(20)), tmp_path / "model.skops")
