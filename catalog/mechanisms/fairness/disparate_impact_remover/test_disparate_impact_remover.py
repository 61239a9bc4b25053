from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import ks_2samp, spearmanr
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_validate
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder


def _rows(count=3000):
    random = np.random.default_rng(0)
    origin = random.choice(["a", "b", "c"], count, p=[0.5, 0.3, 0.2])
    pay = random.gamma(2, 1, count) * (1 + (origin == "a"))
    X = pd.DataFrame({"origin": origin, "pay": pay, "years": random.integers(0, 5, count).astype(float)})
    X.loc[X.index[::40], "pay"] = np.nan
    X.index = random.permutation(count)
    granted = X["pay"].fillna(2) + X["years"] + random.normal(size=count) > 5
    return X, pd.Series(granted.astype(int), index=X.index)


def groups(X):
    return X["origin"]


def _pipeline():
    columns = ColumnTransformer(
        [
            ("numbers", SimpleImputer(), ["pay", "years"]),
            ("text", OneHotEncoder(sparse_output=False), ["origin"]),
        ]
    )
    return Pipeline([("columns", columns), ("estimator", LogisticRegression(max_iter=1000))])


def _step(component, **more):
    return component.repair(_pipeline(), groups, ["pay", "years"], ["origin"], **more).named_steps["columns"]


def test_a_value_goes_to_the_median_over_groups_of_the_values_of_its_rank(component):
    random = np.random.default_rng(1)
    values = np.sort(random.normal(size=(3, 201)), axis=1)
    X = pd.DataFrame({"origin": np.repeat(["a", "b", "c"], 201), "pay": values.ravel(), "years": 0.0})

    repaired = _step(component).fit(X).repaired(X)["pay"].to_numpy().reshape(3, 201)

    # With as many rows as places on the grid, each rank has its own place.
    np.testing.assert_allclose(repaired, np.tile(np.median(values, axis=0), (3, 1)), atol=1e-9)


def test_fully_repaired_numbers_of_new_rows_do_not_tell_the_groups_apart(component):
    X, y = _rows(40_000)
    step = _step(component).fit(X[:20_000], y[:20_000])

    new = X[20_000:].dropna()
    apart = [
        ks_2samp(*(rows["pay"][new["origin"] == name] for name in "ab")).statistic for rows in (new, step.repaired(new))
    ]

    assert apart[0] > 0.2
    assert apart[1] < 0.03


def test_the_order_within_a_group_is_kept_and_gaps_stay_gaps(component):
    X, y = _rows()

    repaired = _step(component).fit(X, y).repaired(X)

    for name in "abc":
        rows = (X["origin"] == name) & X["pay"].notna()
        assert spearmanr(X["pay"][rows], repaired["pay"][rows]).statistic > 0.9999
    pd.testing.assert_series_equal(X["pay"].isna(), repaired["pay"].isna())
    assert set(repaired["origin"]) == {"a"}


def test_a_part_of_the_repair_goes_that_share_of_the_way(component):
    X, y = _rows()
    whole, part, none = (
        _step(component, repair_level=level).fit(X, y).repaired(X)["pay"] for level in (1.0, 0.25, 0.0)
    )

    np.testing.assert_allclose(part, 0.75 * X["pay"] + 0.25 * whole)
    np.testing.assert_allclose(none, X["pay"])


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(-5, 5), min_size=2, max_size=60))
def test_places_rise_with_values_and_stay_within_zero_and_one(component, values):
    grid = np.quantile(np.array(values, float), np.linspace(0, 1, 201))

    places = component.place_of(np.arange(-7, 8, 0.5), grid)

    assert (np.diff(places) >= -1e-12).all()
    assert places.min() >= 0
    assert places.max() <= 1


def test_selection_comes_closer_on_rows_not_seen(component):
    X, y = _rows(8000)

    def gap(model):
        decided = pd.Series(model.fit(X[:4000], y[:4000]).predict(X[4000:]))
        return np.ptp(decided.groupby(groups(X)[4000:].to_numpy()).mean())

    assert gap(component.repair(_pipeline(), groups, ["pay", "years"], ["origin"])) < gap(_pipeline()) / 2


def test_the_model_stays_the_pipeline_that_it_was(component):
    X, y = _rows()
    model = component.repair(_pipeline(), groups, ["pay", "years"], ["origin"])

    scores = cross_validate(model, X, y, cv=3, scoring=["balanced_accuracy", "roc_auc"], error_score="raise")
    fitted = clone(model).fit(X, y, estimator__sample_weight=np.ones(len(X)))

    assert scores["test_balanced_accuracy"].mean() > 0.6
    np.testing.assert_array_equal(pickle.loads(pickle.dumps(fitted)).predict(X), fitted.predict(X))
    assert fitted.named_steps["columns"].get_feature_names_out()[0] == "numbers__pay"


def test_what_cannot_be_repaired_is_refused(component):
    X, y = _rows()
    model = component.repair(_pipeline(), groups, ["pay", "years"], ["origin"]).fit(X, y)

    with pytest.raises(ValueError, match="no distribution is known of: d"):
        model.predict(X.head(3).assign(origin="d"))
    with pytest.raises(ValueError, match="3 rows have no group"):
        model.predict(X.head(3).assign(origin=None))
    with pytest.raises(ValueError, match="only one group occurs: a"):
        clone(model).fit(X.assign(origin="a"), y)
    X.loc[X.index[:20], "origin"] = "d"
    with pytest.raises(ValueError, match="column 'pay': fewer than 30 values in: d"):
        clone(model).fit(X, y)
