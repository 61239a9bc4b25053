from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import skops.io
from imblearn.over_sampling import SMOTE
from imblearn.pipeline import Pipeline
from sklearn.base import clone
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_validate
from sklearn.preprocessing import StandardScaler

KINDS = {"numeric": ["age", "income", "children"]}


def _rows(count=600):
    random = np.random.default_rng(0)
    age = random.integers(18, 60, count).astype(float)
    income = 1000 * random.lognormal(3, 1, count)
    score = 0.02 * age + np.log(income) + random.normal(0, 1, count)
    X = pd.DataFrame(
        {"age": age, "income": income, "children": random.poisson(1.5, count).astype(float)},
        index=random.permutation(count),
    )
    return X, pd.Series((score > np.quantile(score, 0.7)).astype(int), index=X.index, name="granted")


def groups(X):
    return pd.Series(np.where(X["age"] < 30, "young", "old"), index=X.index)


def _pipeline(sampler):
    steps = [("rows", sampler), ("gaps", SimpleImputer()), ("columns", StandardScaler())]
    return Pipeline([*steps, ("estimator", LogisticRegression())])


def test_every_cell_of_group_and_label_becomes_as_large_as_the_largest(component):
    X, y = _rows()
    largest = pd.crosstab(groups(X), y).to_numpy().max()

    more_X, more_y = component.balance(X, y, groups, **KINDS, seed=0)

    assert (pd.crosstab(groups(more_X), more_y) == largest).all(axis=None)
    assert more_y.dtype == y.dtype


def test_the_given_rows_stay_as_they_are_gaps_included(component):
    X, y = _rows()
    X.iloc[::20, 1], X.iloc[::30, 2] = np.nan, np.nan

    more_X, more_y = component.balance(X, y, groups, **KINDS, seed=0)

    pd.testing.assert_frame_equal(more_X.head(len(X)), X.reset_index(drop=True))
    pd.testing.assert_series_equal(more_y.head(len(X)), y.reset_index(drop=True))
    assert more_X.iloc[len(X) :][KINDS["numeric"]].notna().all(axis=None)


def test_invented_rows_lie_within_their_cell(component):
    X, y = _rows()

    more_X, more_y = component.balance(X, y, groups, **KINDS, seed=0)

    cells = X.groupby([groups(X), y])
    for (group, label), made in more_X.iloc[len(X) :].groupby([groups(more_X), more_y]):
        of_cell = cells.get_group((group, label))
        for column in KINDS["numeric"]:
            assert made[column].between(of_cell[column].min() - 1e-9, of_cell[column].max() + 1e-9).all()
        assert (~made["income"].isin(of_cell["income"])).any()


def test_they_are_those_of_imbalanced_learn_on_columns_of_one_scale(component):
    X, y = _rows()
    scaled = X / X.std(ddof=0)
    cell = groups(X) + y.astype(str)
    theirs, _ = SMOTE(random_state=4).fit_resample(scaled, cell)

    ours, _ = component.balance(X, y, groups, **KINDS, seed=4)

    assert len(theirs) == len(ours)
    np.testing.assert_allclose(ours, theirs * X.std(ddof=0), rtol=1e-6, atol=1e-6)


def test_the_unit_of_a_column_does_not_matter(component):
    X, y = _rows()

    in_euros, _ = component.balance(X, y, groups, **KINDS, seed=0)
    in_cents, _ = component.balance(X.assign(income=100 * X["income"]), y, groups, **KINDS, seed=0)

    np.testing.assert_allclose(in_cents["income"], 100 * in_euros["income"])
    np.testing.assert_allclose(in_cents["age"], in_euros["age"])


def test_a_cell_grows_only_to_the_allowed_multiple(component):
    X, y = _rows()
    rows = pd.crosstab(groups(X), y)

    more_X, more_y = component.balance(X, y, groups, **KINDS, seed=0, most_growth=2)

    pd.testing.assert_frame_equal(pd.crosstab(groups(more_X), more_y), rows.mul(2).clip(upper=rows.to_numpy().max()))


def test_nothing_is_invented_between_too_few_rows(component):
    X, y = _rows()
    young = np.flatnonzero((groups(X) == "young") & (y == 1))
    X, y = X.drop(X.index[young[5:]]), y.drop(y.index[young[5:]])

    with pytest.warns(UserWarning, match="from 5 or fewer: young with label 1"):
        more_X, more_y = component.balance(X, y, groups, **KINDS, seed=0)

    assert pd.crosstab(groups(more_X), more_y).loc["young", 1] == 5


def test_cells_of_one_size_are_left_alone(component):
    X, y = _rows()
    chosen = X.groupby([groups(X), y]).head(20).index

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


@pytest.mark.parametrize("spoil", ["group", "label", "text"])
def test_rows_between_which_none_can_be_invented_are_refused(component, spoil):
    X, y = _rows(100)
    membership = groups(X)
    if spoil == "group":
        membership.iloc[0] = None
    if spoil == "label":
        y[groups(X) == "young"] = 0
    if spoil == "text":
        X["remark"] = "once upon a time"

    with pytest.raises(ValueError, match=r"1 rows have no group|only one label occurs in: young|values of: remark"):
        component.balance(X, y, lambda rows: membership, **KINDS, seed=0)
