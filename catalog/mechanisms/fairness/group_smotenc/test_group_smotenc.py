from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import skops.io
from imblearn.over_sampling import SMOTENC
from imblearn.pipeline import Pipeline
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_validate
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

KINDS = {"numeric": ["age", "income"], "categorical": ["sex", "town"]}


def _rows(count=600):
    random = np.random.default_rng(0)
    sex = np.where(random.random(count) < 0.3, "female", "male").astype(object)
    age = random.integers(18, 80, count).astype(float)
    score = 0.04 * age + (sex == "male") + random.normal(0, 1, count)
    X = pd.DataFrame(
        {
            "sex": sex,
            "age": age,
            "town": random.choice(["A", "B", "C"], count).astype(object),
            "income": 1000 * random.lognormal(3, 1, count),
        },
        index=random.permutation(count),
    )
    return X, pd.Series((score > np.quantile(score, 0.7)).astype(int), index=X.index, name="granted")


def groups(X):
    return X["sex"]


def _pipeline(sampler):
    columns = ColumnTransformer(
        [
            ("numbers", make_pipeline(SimpleImputer(), StandardScaler()), KINDS["numeric"]),
            ("text", OneHotEncoder(sparse_output=False, handle_unknown="ignore"), KINDS["categorical"]),
        ]
    )
    return Pipeline([("rows", sampler), ("columns", columns), ("estimator", LogisticRegression())])


def test_every_cell_of_group_and_label_becomes_as_large_as_the_largest(component):
    X, y = _rows()
    largest = pd.crosstab(X["sex"], y).to_numpy().max()

    more_X, more_y = component.balance(X, y, groups, **KINDS, seed=0)

    assert (pd.crosstab(more_X["sex"], more_y) == largest).all(axis=None)
    assert more_y.dtype == y.dtype


def test_the_given_rows_stay_as_they_are_gaps_included(component):
    X, y = _rows()
    X.iloc[::20, 1], X.iloc[::30, 2] = np.nan, None

    more_X, more_y = component.balance(X, y, groups, **KINDS, seed=0)

    pd.testing.assert_frame_equal(more_X.head(len(X)), X.reset_index(drop=True))
    pd.testing.assert_series_equal(more_y.head(len(X)), y.reset_index(drop=True))
    assert more_X.iloc[len(X) :][KINDS["numeric"]].notna().all(axis=None)


def test_invented_rows_lie_within_their_cell(component):
    X, y = _rows()

    more_X, more_y = component.balance(X, y, groups, **KINDS, seed=0)

    cells = X.groupby([X["sex"], y])
    for (sex, label), made in more_X.iloc[len(X) :].groupby([more_X["sex"], more_y]):
        of_cell = cells.get_group((sex, label))
        assert made["income"].between(of_cell["income"].min(), of_cell["income"].max()).all()
        assert set(made["town"]) <= set(of_cell["town"])
        assert (~made["income"].isin(of_cell["income"])).any()


def test_they_are_those_of_imbalanced_learn_on_columns_of_one_scale(component):
    X, y = _rows()
    scaled = X.assign(**{name: X[name] / X[name].std(ddof=0) for name in KINDS["numeric"]})
    cell = X["sex"] + y.astype(str)
    theirs, _ = SMOTENC(categorical_features=[0, 2], random_state=4).fit_resample(scaled, cell)

    ours, _ = component.balance(X, y, groups, **KINDS, seed=4)

    assert len(theirs) == len(ours)
    for name in KINDS["numeric"]:
        np.testing.assert_allclose(ours[name], theirs[name].to_numpy() * X[name].std(ddof=0), rtol=1e-9)
    assert (ours["town"] == theirs["town"].to_numpy()).all()


def test_the_unit_of_a_column_does_not_matter(component):
    X, y = _rows()

    in_euros, _ = component.balance(X, y, groups, **KINDS, seed=0)
    in_cents, _ = component.balance(X.assign(income=100 * X["income"]), y, groups, **KINDS, seed=0)

    np.testing.assert_allclose(in_cents["income"], 100 * in_euros["income"])
    np.testing.assert_allclose(in_cents["age"], in_euros["age"])


def test_a_cell_grows_only_to_the_allowed_multiple(component):
    X, y = _rows()
    rows = pd.crosstab(X["sex"], y)

    more_X, more_y = component.balance(X, y, groups, **KINDS, seed=0, most_growth=2)

    pd.testing.assert_frame_equal(pd.crosstab(more_X["sex"], more_y), rows.mul(2).clip(upper=rows.to_numpy().max()))


def test_nothing_is_invented_between_too_few_rows(component):
    X, y = _rows()
    women = np.flatnonzero((X["sex"] == "female") & (y == 1))
    X, y = X.drop(X.index[women[5:]]), y.drop(y.index[women[5:]])

    with pytest.warns(UserWarning, match="from 5 or fewer: female with label 1"):
        more_X, more_y = component.balance(X, y, groups, **KINDS, seed=0)

    assert pd.crosstab(more_X["sex"], more_y).loc["female", 1] == 5


def test_cells_of_one_size_are_left_alone(component):
    X, y = _rows()
    chosen = X.assign(y=y).groupby(["sex", "y"]).head(20).index

    more_X, _ = component.balance(X.loc[chosen], y.loc[chosen], groups, **KINDS, seed=0)

    assert len(more_X) == 80


def test_only_training_sees_more_rows(component):
    X, y = _rows()
    more_X, more_y = component.balance(X, y, groups, **KINDS, seed=3)
    by_hand = Pipeline(_pipeline("passthrough").steps[1:]).fit(more_X, more_y)

    model = _pipeline(component.sampler(groups, **KINDS, seed=3)).fit(X, y)

    assert len(model.predict(X)) == len(X)
    np.testing.assert_allclose(model.predict_proba(X), by_hand.predict_proba(X))


def test_it_can_be_cloned_and_cross_validated_and_survives_skops(component):
    X, y = _rows()
    model = clone(_pipeline(component.sampler(groups, **KINDS, seed=0)))

    scores = cross_validate(model, X, y, cv=3, scoring="roc_auc", error_score="raise")
    content = skops.io.dumps(model.fit(X, y))
    again = skops.io.loads(content, trusted=skops.io.get_untrusted_types(data=content))

    assert scores["test_score"].mean() > 0.6
    np.testing.assert_array_equal(again.predict_proba(X), model.predict_proba(X))


def test_the_seed_settles_what_is_invented(component):
    X, y = _rows()

    first, again, other = (component.balance(X, y, groups, **KINDS, seed=seed)[0] for seed in (0, 0, 1))

    pd.testing.assert_frame_equal(first, again)
    assert not first.equals(other)


@pytest.mark.parametrize("spoil", ["group", "label", "text", "no categories"])
def test_rows_between_which_none_can_be_invented_are_refused(component, spoil):
    X, y = _rows(100)
    kinds = dict(KINDS)
    if spoil == "group":
        X.iloc[0, 0] = None
    if spoil == "label":
        y[X["sex"] == "female"] = 0
    if spoil == "text":
        X["remark"] = "once upon a time"
    if spoil == "no categories":
        X, kinds = X.drop(columns="town"), {"numeric": ["age", "income"], "categorical": []}

    with pytest.raises(ValueError, match=r"1 rows have no group|only one label occurs in: female|no others"):
        component.balance(X, y, groups, **kinds, seed=0)
