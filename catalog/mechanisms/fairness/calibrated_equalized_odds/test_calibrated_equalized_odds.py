from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest
from aif360.sklearn.postprocessing import CalibratedEqualizedOdds
from sklearn.base import BaseEstimator, ClassifierMixin, clone
from sklearn.model_selection import cross_val_score, train_test_split


class Told(ClassifierMixin, BaseEstimator):
    """Says the probability that stands in the row, which is the true one here."""

    def fit(self, X, y):
        self.classes_ = np.array([0, 1])
        return self

    def predict_proba(self, X):
        return np.column_stack([1 - X["chance"], X["chance"]])


def _rows(count=6000, names=("female", "male")):
    random = np.random.default_rng(0)
    place = random.integers(0, len(names), count)
    # The later a group is named, the more its probabilities tell.
    chance = random.beta(2 / (1 + 2 * place), 2 / (1 + 2 * place))
    y = (random.random(count) < chance).astype(int)
    X = pd.DataFrame({"sex": np.array(names, dtype=object)[place], "chance": chance}, index=range(5, count + 5))
    return X, pd.Series(y, index=X.index)


def groups(X):
    return X["sex"]


def _costs(model, X, y, criterion):
    missed = (y - model.predict_proba(X)[:, 1]).abs()
    counted = y == 1 if criterion == "equal_opportunity" else y >= 0
    return missed[counted].groupby(X["sex"][counted]).mean()


@pytest.mark.parametrize("criterion", ["equal_opportunity", "equalized_odds"])
@pytest.mark.parametrize("names", [("female", "male"), ("a", "b", "c")])
def test_the_cost_becomes_the_same_in_every_group_on_rows_not_seen(component, criterion, names):
    X, y = _rows(12_000, names)
    first, second = slice(0, 6000), slice(6000, 12_000)
    plain = Told().fit(X, y)

    model = component.equalise_costs(Told(), groups, 0, criterion, holdout=0.5).fit(X[first], y[first])

    assert np.ptp(_costs(plain, X[second], y[second], criterion)) > 0.06
    assert np.ptp(_costs(model, X[second], y[second], criterion)) < 0.03


def test_probabilities_stay_calibrated_in_every_group(component):
    X, y = _rows(20_000)

    model = component.equalise_costs(Told(), groups, 0, "equalized_odds").fit(X, y)

    for sex in ("female", "male"):
        inside = X["sex"] == sex
        chance = pd.Series(model.predict_proba(X[inside])[:, 1], index=X.index[inside])
        by_bin = pd.DataFrame({"said": chance, "came": y[inside]}).groupby(pd.cut(chance, 8), observed=True).mean()
        np.testing.assert_allclose(by_bin["said"], by_bin["came"], atol=0.05)


@pytest.mark.parametrize(("criterion", "theirs"), [("equal_opportunity", "fnr"), ("equalized_odds", "weighted")])
def test_for_two_groups_the_shares_are_those_of_aif360(component, criterion, theirs):
    X, y = _rows()
    model = component.equalise_costs(Told(), groups, 0, criterion, holdout=0.5).fit(X, y)

    _, held = train_test_split(np.arange(len(X)), test_size=0.5, stratify=X["sex"] + y.astype(str), random_state=0)
    index = pd.Index(X["sex"].iloc[held], name="sex")
    chances = pd.DataFrame(Told().fit(X, y).predict_proba(X.iloc[held]), index=index)
    known = CalibratedEqualizedOdds("sex", cost_constraint=theirs).fit(chances, pd.Series(y.to_numpy()[held], index))

    assert model.shares_ == pytest.approx(dict(zip(known.groups_, known.mix_rates_, strict=True)), abs=1e-9)
    assert model.base_rates_ == pytest.approx(dict(zip(known.groups_, known.base_rates_, strict=True)))


def test_the_group_that_fares_worst_is_left_alone_and_of_others_some_rows_get_the_base_rate(component):
    X, y = _rows()
    model = component.equalise_costs(Told(), groups, 0, "equal_opportunity").fit(X, y)

    chance = pd.Series(model.predict_proba(X)[:, 1], index=X.index)

    assert model.shares_["female"] == 0
    assert (chance == X["chance"])[X["sex"] == "female"].all()
    based = (chance == model.base_rates_["male"])[X["sex"] == "male"]
    assert based.mean() == pytest.approx(model.shares_["male"], abs=0.03)


def test_a_row_gets_the_same_answer_alone_and_among_others_and_after_pickling(component):
    X, y = _rows(1000)
    model = component.equalise_costs(Told(), groups, 0, "equal_opportunity").fit(X, y)

    together = model.predict_proba(X)

    alone = np.vstack([model.predict_proba(X.iloc[[place]]) for place in range(40)])
    np.testing.assert_array_equal(alone, together[:40])
    np.testing.assert_array_equal(pickle.loads(pickle.dumps(model)).predict_proba(X), together)
    other = component.equalise_costs(Told(), groups, 1, "equal_opportunity").fit(X, y)
    assert not np.array_equal(other.predict_proba(X), together)


def test_it_can_be_cloned_and_cross_validated(component):
    X, y = _rows(1000)

    model = clone(component.equalise_costs(Told(), groups, 0, "equalized_odds"))

    assert cross_val_score(model, X, y, cv=3, scoring="roc_auc", error_score="raise").mean() > 0.6


def test_it_is_told_where_withholding_everything_is_not_enough(component):
    X, y = _rows(2000)
    X.loc[X["sex"] == "female", "chance"] = 1 - X["chance"]

    with pytest.warns(UserWarning, match="even base rates alone do not bring the cost of male up"):
        model = component.equalise_costs(Told(), groups, 0, "equalized_odds").fit(X, y)

    assert model.shares_["male"] == 1


@pytest.mark.parametrize("spoil", ["criterion", "labels", "group", "few"])
def test_rows_that_cannot_be_compared_are_refused(component, spoil):
    X, y = _rows(200)
    criterion = "demographic_parity" if spoil == "criterion" else "equalized_odds"
    if spoil == "labels":
        y = y + 1
    if spoil == "group":
        X.iloc[:2, 0] = None
    if spoil == "few":
        X.iloc[:2, 0] = "other"

    with pytest.raises(ValueError, match=r'"demographic_parity"|0 and 1|2 rows have no group|costs of: other'):
        component.equalise_costs(Told(), groups, 0, criterion).fit(X, y)


def test_a_group_that_was_never_seen_is_refused(component):
    X, y = _rows(400)
    model = component.equalise_costs(Told(), groups, 0, "equalized_odds").fit(X, y)

    with pytest.raises(ValueError, match="nothing was learnt of: other"):
        model.predict(X.head(3).assign(sex="other"))
