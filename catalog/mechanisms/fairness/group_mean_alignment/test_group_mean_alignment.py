from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.compose import make_column_transformer
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder


def groups(X):
    return X["sex"]


@pytest.fixture
def people():
    random = np.random.default_rng(0)
    X = pd.DataFrame({"sex": random.choice(["female", "male"], 800), "years": random.normal(10, 3, 800)})
    y = 2 * X["years"] + 5 * (X["sex"] == "male") + random.normal(size=800)
    return X, y


def model():
    columns = make_column_transformer((OneHotEncoder(), ["sex"]), ("passthrough", ["years"]))
    return make_pipeline(columns, LinearRegression())


def test_the_groups_differ_in_mean_before_and_not_after(component, people):
    X, y = people

    before = pd.Series(model().fit(X, y).predict(X)).groupby(X["sex"]).mean()
    after = pd.Series(component.align(model(), groups).fit(X, y).predict(X)).groupby(X["sex"]).mean()

    assert np.ptp(before) > 4
    assert np.ptp(after) == pytest.approx(0, abs=1e-6)


def test_shifts_leave_the_mean_of_all_rows_and_what_differs_within_a_group(component, people):
    X, y = people

    aligned = component.align(model(), groups).fit(X, y)

    sizes = X["sex"].value_counts()
    assert sum(sizes[group] * shift for group, shift in aligned.shift_by_group_.items()) == pytest.approx(0, abs=1e-6)
    steps = [aligned.predict(pd.DataFrame({"sex": ["male"], "years": [years]}))[0] for years in (5.0, 6.0)]
    assert steps[1] - steps[0] == pytest.approx(2, abs=0.1)


def test_a_row_without_a_group_is_refused(component, people):
    X, y = people
    X.loc[3, "sex"] = None

    with pytest.raises(ValueError, match="1 rows have no group"):
        component.align(model(), groups).fit(X, y)
