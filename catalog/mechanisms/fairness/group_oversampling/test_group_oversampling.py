from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import skops.io
from imblearn.pipeline import Pipeline
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_validate
from sklearn.preprocessing import OneHotEncoder, StandardScaler


def _rows(count=600):
    random = np.random.default_rng(0)
    sex = np.where(random.random(count) < 0.3, "female", "male")
    age = random.integers(18, 80, count).astype(float)
    score = 0.04 * age + (sex == "male") + random.normal(0, 1, count)
    X = pd.DataFrame({"sex": sex, "age": age}, index=random.permutation(count))
    return X, pd.Series((score > np.quantile(score, 0.7)).astype(int), index=X.index)


def groups(X):
    return X["sex"]


def _pipeline(sampler):
    columns = ColumnTransformer(
        [("numbers", StandardScaler(), ["age"]), ("text", OneHotEncoder(sparse_output=False), ["sex"])]
    )
    return Pipeline([("rows", sampler), ("columns", columns), ("estimator", LogisticRegression())])


def test_every_cell_of_group_and_label_becomes_as_large_as_the_largest(component):
    X, y = _rows()
    largest = pd.crosstab(X["sex"], y).to_numpy().max()

    more_X, more_y = component.balance(X, y, groups, seed=0)

    assert (pd.crosstab(more_X["sex"].to_numpy(), more_y.to_numpy()) == largest).all(axis=None)


def test_all_rows_stay_and_none_is_invented(component):
    X, y = _rows()

    more_X, more_y = component.balance(X, y, groups, seed=0)

    assert set(X.index) == set(more_X.index)
    pd.testing.assert_frame_equal(more_X, X.loc[more_X.index])
    pd.testing.assert_series_equal(more_y, y.loc[more_y.index])


def test_a_tiny_cell_grows_only_to_the_allowed_multiple(component):
    X = pd.DataFrame({"sex": ["female"] * 52 + ["male"] * 100})
    y = pd.Series([1] * 2 + [0] * 50 + [1] * 50 + [0] * 50)

    more_X, more_y = component.balance(X, y, groups, seed=0, most_copies=5)

    sizes = pd.crosstab(more_X["sex"].to_numpy(), more_y.to_numpy())
    assert sizes.to_dict() == {0: {"female": 50, "male": 50}, 1: {"female": 10, "male": 50}}


def test_only_training_sees_more_rows(component):
    X, y = _rows()
    more_X, more_y = component.balance(X, y, groups, seed=3)
    by_hand = Pipeline(_pipeline("passthrough").steps[1:]).fit(more_X, more_y)

    model = _pipeline(component.sampler(groups, seed=3)).fit(X, y)

    assert len(model.predict(X)) == len(X)
    np.testing.assert_allclose(model.predict_proba(X), by_hand.predict_proba(X))


def test_it_can_be_cloned_and_cross_validated(component):
    X, y = _rows()

    scores = cross_validate(
        clone(_pipeline(component.sampler(groups, seed=0))), X, y, cv=3, scoring="roc_auc", error_score="raise"
    )

    assert scores["test_score"].mean() > 0.6


def test_the_seed_settles_the_draw(component):
    X, y = _rows()

    first, again, other = (component.balance(X, y, groups, seed=seed)[0].index.tolist() for seed in (0, 0, 1))

    assert first == again
    assert first != other


@pytest.mark.parametrize(
    ("sex", "y", "said"),
    [(["f", None, "m", "m"], [0, 1, 0, 1], "1 rows have no group"), (["f", "f", "m", "m"], [0, 0, 0, 1], "in: f;")],
)
def test_rows_that_cannot_be_balanced_are_refused(component, sex, y, said):
    with pytest.raises(ValueError, match=said):
        component.balance(pd.DataFrame({"sex": sex}), pd.Series(y), groups, seed=0)


def test_the_model_survives_skops(component):
    X, y = _rows()
    model = _pipeline(component.sampler(groups, seed=0)).fit(X, y)

    content = skops.io.dumps(model)
    again = skops.io.loads(content, trusted=skops.io.get_untrusted_types(data=content))

    np.testing.assert_array_equal(again.predict_proba(X), model.predict_proba(X))
