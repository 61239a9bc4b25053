from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.compose import make_column_transformer
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import Pipeline


def groups(X):
    return X["sex"]


@pytest.fixture
def people():
    """The minority follows another line, so that one line for all serves it badly."""
    random = np.random.default_rng(0)
    X = pd.DataFrame({"sex": np.where(random.random(1500) < 0.15, "female", "male"), "years": random.normal(size=1500)})
    y = np.where(X["sex"] == "male", 2.0, -1.0) * X["years"] + random.normal(0, 0.5, 1500)
    return X, y


def model():
    columns = make_column_transformer(("passthrough", ["years"]))
    return Pipeline([("columns", columns), ("estimator", LinearRegression())])


def losses(trained, X, y):
    return ((trained.predict(X) - y) ** 2).groupby(X["sex"]).mean()


def test_the_largest_error_of_a_group_becomes_smaller(component, people):
    X, y = people

    before, after = (losses(one.fit(X, y), X, y) for one in (model(), component.bound(model(), groups, steps=30)))

    assert after.max() < 0.7 * before.max()


def test_it_comes_close_to_the_smallest_largest_error_that_weights_can_give(component, people):
    X, y = people
    is_female = (X["sex"] == "female").to_numpy()
    best = min(
        losses(model().fit(X, y, estimator__sample_weight=np.where(is_female, weight, 1.0)), X, y).max()
        for weight in np.linspace(1, 12, 200)
    )

    found = losses(component.bound(model(), groups, steps=60).fit(X, y), X, y).max()

    assert found == pytest.approx(best, rel=0.03)


def test_one_round_is_plain_training(component, people):
    X, y = people

    once = component.bound(model(), groups, steps=1).fit(X, y)

    assert once.predict(X) == pytest.approx(model().fit(X, y).predict(X))
    assert set(once.weight_by_group_.values()) == {1.0}


def test_a_row_without_a_group_is_refused(component, people):
    X, y = people
    X.loc[3, "sex"] = None

    with pytest.raises(ValueError, match="1 rows have no group"):
        component.bound(model(), groups).fit(X, y)
