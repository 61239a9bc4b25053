from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone

NUMERIC, CATEGORICAL = ["age", "income"], ["housing", "sex"]


@pytest.fixture
def people() -> pd.DataFrame:
    random = np.random.default_rng(0)
    table = pd.DataFrame(
        {
            "age": random.integers(18, 80, 200).astype(float),
            "income": random.gamma(5, 5, 200),
            "housing": random.choice(["own", "rent", "free"], 200).astype(object),
            "sex": random.choice(["female", "male"], 200).astype(object),
        },
        index=random.permutation(200) + 7,
    )
    table.loc[table.index[::9], "income"] = np.nan
    table.loc[table.index[::7], "housing"] = np.nan
    return table


def test_levels_agree_with_pandas_dummies(component, people):
    expected = pd.get_dummies(people[CATEGORICAL], columns=CATEGORICAL, dummy_na=True).to_numpy(dtype=float)

    prepared = component.columns(numeric=[], categorical=CATEGORICAL, min_frequency=1).fit_transform(people)

    # pandas also writes a column of zeros for the gaps that sex does not have.
    np.testing.assert_array_equal(prepared, expected[:, expected.any(axis=0)])


def test_numbers_are_filled_with_the_median_and_scaled(component, people):
    filled = people[NUMERIC].fillna(people[NUMERIC].median())
    expected = (filled - filled.mean()) / filled.std(ddof=0)

    prepared = component.columns(numeric=NUMERIC, categorical=[]).fit_transform(people)

    np.testing.assert_allclose(prepared, expected, atol=1e-12)


def test_what_was_learnt_comes_from_the_training_rows_alone(component, people):
    train, later = people.iloc[:150], people.iloc[150:].assign(income=1e9)
    fitted = component.columns(numeric=["income"], categorical=[]).fit(train)

    filled = train["income"].fillna(train["income"].median())

    np.testing.assert_allclose(fitted.transform(later)[:, 0], (1e9 - filled.mean()) / filled.std(ddof=0))


def test_a_level_never_seen_gives_zeros(component, people):
    fitted = component.columns(numeric=[], categorical=["housing"]).fit(people)

    assert not fitted.transform(people.head(3).assign(housing="houseboat")).any()


def test_rare_levels_share_one_column(component, people):
    people.loc[people.index[:3], "housing"] = "castle"
    people.loc[people.index[3:5], "housing"] = "tent"

    prepared = component.columns(numeric=[], categorical=["housing"], min_frequency=10).fit_transform(people)

    assert prepared.shape[1] == 5  # free, own, rent, no answer, rare
    np.testing.assert_array_equal(prepared[0], prepared[3])


def test_the_result_is_dense_and_without_gaps(component, people):
    prepared = component.columns(numeric=NUMERIC, categorical=CATEGORICAL).fit_transform(people)

    assert isinstance(prepared, np.ndarray)
    assert np.isfinite(prepared).all()


def test_a_column_without_any_value_does_no_harm(component, people):
    empty = people.assign(income=np.nan, housing=np.nan)

    prepared = component.columns(numeric=NUMERIC, categorical=CATEGORICAL).fit_transform(empty)

    assert np.isfinite(prepared).all()


def test_a_clone_prepares_alike(component, people):
    original = component.columns(numeric=NUMERIC, categorical=CATEGORICAL)

    np.testing.assert_array_equal(clone(original).fit_transform(people), original.fit_transform(people))
