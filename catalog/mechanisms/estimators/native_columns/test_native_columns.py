from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.exceptions import NotFittedError
from sklearn.pipeline import FeatureUnion, make_pipeline

NUMERIC, CATEGORICAL = ["age"], ["job", "sex"]


@pytest.fixture
def people() -> pd.DataFrame:
    random = np.random.default_rng(0)
    table = pd.DataFrame(
        {
            "sex": random.choice(["female", "male"], 120).astype(object),
            "age": random.integers(18, 80, 120).astype(float),
            "job": random.choice(["clerk", "nurse", "cook"], 120).astype(object),
            "number": np.arange(120),
        },
        index=random.permutation(120) + 50,
    )
    table.loc[table.index[::9], "age"] = np.nan
    table.loc[table.index[::7], "job"] = np.nan
    return table


def test_values_gaps_and_index_are_kept(component, people):
    prepared = component.columns(numeric=NUMERIC, categorical=CATEGORICAL).fit_transform(people)

    pd.testing.assert_frame_equal(prepared.astype({"job": object, "sex": object}), people[["age", "job", "sex"]])


def test_columns_keep_their_names_in_a_cloned_pipeline(component, people):
    pipeline = clone(make_pipeline(component.columns(numeric=NUMERIC, categorical=CATEGORICAL), "passthrough"))

    prepared = pipeline.fit_transform(people)

    assert list(prepared.columns) == ["age", "job", "sex"]
    assert list(prepared.dtypes.astype(str)) == ["float64", "category", "category"]


def test_the_rarest_of_too_many_levels_share_one(component, people):
    people["job"] = [f"job {place // 20 if place < 100 else place}" for place in range(120)]

    fitted = component.columns(numeric=[], categorical=["job"], most_levels=6).fit(people)

    assert people["job"].nunique() == 25
    assert set(fitted.transform(people)["job"]) == {*(f"job {place}" for place in range(5)), component.RARE}


def test_what_is_rare_is_decided_by_the_training_rows(component, people):
    later = people.assign(job="job 1", sex="male")
    people["job"] = [f"job {place}" for place in range(120)]

    prepared = component.columns(numeric=[], categorical=["job"], most_levels=2).fit(people).transform(later)

    assert set(prepared["job"]) == {component.RARE}


def test_boosting_of_scikit_learn_takes_more_levels_than_it_can_hold(component):
    table = pd.DataFrame({"job": [f"job {place}" for place in range(300)] * 2})

    model = make_pipeline(component.columns(numeric=[], categorical=["job"]), HistGradientBoostingClassifier())

    assert len(model.fit(table, np.arange(600) % 2).predict(table)) == 600


def test_an_unknown_level_reaches_the_estimator(component, people):
    fitted = component.columns(numeric=NUMERIC, categorical=CATEGORICAL).fit(people)

    assert set(fitted.transform(people.assign(job="pilot"))["job"]) == {"pilot"}


def test_the_given_table_is_left_as_it_was(component, people):
    before = people.copy()

    component.columns(numeric=NUMERIC, categorical=CATEGORICAL).fit(people).transform(people)

    pd.testing.assert_frame_equal(people, before)


def test_it_asks_to_be_fitted_first(component, people):
    with pytest.raises(NotFittedError):
        component.columns(numeric=NUMERIC, categorical=CATEGORICAL).transform(people)


def test_columns_stay_categories_side_by_side_with_others(component, people):
    union = FeatureUnion(
        [("columns", component.columns(NUMERIC, CATEGORICAL)), ("again", component.columns(["number"], []))],
        verbose_feature_names_out=False,
    ).set_output(transform="pandas")

    found = union.fit_transform(people)

    assert list(found.columns) == [*NUMERIC, *CATEGORICAL, "number"]
    assert isinstance(found["job"].dtype, pd.CategoricalDtype)
