from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import balanced_accuracy_score
from sklearn.model_selection import cross_validate
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder


def _rows(count=6000, origins=("here", "there")):
    random = np.random.default_rng(0)
    origin = random.choice(origins, count)
    skill = random.normal(size=count)
    granted = skill + 0.8 * (origin == "here") + random.normal(0, 1, count) > 0.5
    X = pd.DataFrame({"origin": origin, "skill": skill}, index=random.permutation(count))
    return X, pd.Series(granted.astype(int), index=X.index)


def groups(X):
    return X["origin"]


def _pipeline():
    columns = ColumnTransformer(
        [("numbers", "passthrough", ["skill"]), ("text", OneHotEncoder(sparse_output=False), ["origin"])]
    )
    return Pipeline([("columns", columns), ("estimator", LogisticRegression())])


def _gap(decided, X, rows=True):
    rows = np.full(len(X), True) if rows is True else np.asarray(rows)
    return np.ptp(pd.Series(np.asarray(decided, float)[rows]).groupby(X["origin"].to_numpy()[rows]).mean())


def test_near_the_line_the_group_decides_and_elsewhere_the_score(component):
    X, y = _rows()
    model = component.favour_near_the_line(_pipeline(), groups, 0, "demographic_parity").fit(X, y)

    score = model.estimator_.predict_proba(X)[:, 1]
    near = np.abs(score - 0.5) < model.margin_
    there = (X["origin"] == "there").to_numpy()

    assert model.deprived_ == ["there"]
    assert 0 < model.margin_ <= 0.25
    decided = model.predict(X)
    assert (decided[near & there] == 1).all()
    assert (decided[near & ~there] == 0).all()
    np.testing.assert_array_equal(decided[~near], score[~near] > 0.5)
    np.testing.assert_allclose(model.predict_proba(X)[~near, 1], score[~near])
    np.testing.assert_array_equal(model.predict_proba(X)[:, 1] > 0.5, decided == 1)


@pytest.mark.parametrize(
    ("criterion", "labels"), [("demographic_parity", [None]), ("equal_opportunity", [1]), ("equalized_odds", [0, 1])]
)
def test_the_rates_of_the_criterion_come_closer_on_rows_not_seen(component, criterion, labels):
    X, y = _rows(12_000)
    seen, new = slice(0, 6000), slice(6000, None)
    model = component.favour_near_the_line(_pipeline(), groups, 0, criterion).fit(X[seen], y[seen])

    for label in labels:
        rows = True if label is None else y[new] == label
        before = _gap(model.estimator_.predict(X[new]), X[new], rows)
        assert _gap(model.predict(X[new]), X[new], rows) < before / 2


def test_the_margin_is_the_best_of_all_that_cost_little(component):
    X, y = _rows()
    model = component.favour_near_the_line(_pipeline(), groups, 0, "demographic_parity", largest_loss=0.01).fit(X, y)

    assert model.margin_ == min(model.difference_, key=lambda margin: (model.difference_[margin], margin))
    wide = component.favour_near_the_line(_pipeline(), groups, 0, "demographic_parity", largest_loss=0.5).fit(X, y)
    assert len(wide.difference_) == 26 > len(model.difference_)
    before = balanced_accuracy_score(y, model.estimator_.predict(X))
    assert balanced_accuracy_score(y, model.predict(X)) > before - 0.03


def test_a_probability_of_one_half_is_decided_by_the_group(component):
    moved = component._moved(np.full(2, 0.5), np.array([True, False]), 0.1)

    np.testing.assert_array_equal(moved > 0.5, [True, False])


def test_with_several_groups_those_below_the_mean_are_favoured(component):
    X, y = _rows(origins=("here", "there", "elsewhere"))

    model = component.favour_near_the_line(_pipeline(), groups, 0, "demographic_parity").fit(X, y)

    assert model.deprived_ == ["elsewhere", "there"]
    assert _gap(model.predict(X), X) < _gap(model.estimator_.predict(X), X)


def test_a_group_without_a_rule_is_refused(component):
    X, y = _rows()
    model = component.favour_near_the_line(_pipeline(), groups, 0, "demographic_parity").fit(X, y)

    with pytest.raises(ValueError, match="no rule was set for: other"):
        model.predict(X.head(3).assign(origin="other"))


def test_it_is_a_classifier_to_scikit_learn_and_can_be_pickled(component):
    X, y = _rows(1500)
    model = component.favour_near_the_line(_pipeline(), groups, 0, "equal_opportunity")

    scores = cross_validate(model, X, y, cv=3, scoring=["balanced_accuracy", "roc_auc"], error_score="raise")
    again = pickle.loads(pickle.dumps(clone(model).fit(X, y)))

    assert scores["test_balanced_accuracy"].mean() > 0.6
    np.testing.assert_array_equal(again.predict(X), clone(model).fit(X, y).predict(X))


@pytest.mark.filterwarnings("ignore:the margin rests")
@pytest.mark.parametrize("spoil", ["criterion", "labels", "groups", "one label", "one group"])
def test_what_cannot_be_served_is_refused(component, spoil):
    X, y = _rows(300)
    if spoil == "labels":
        y = y + 1
    if spoil == "groups":
        X.loc[X.index[:2], "origin"] = None
    if spoil == "one label":
        y[X["origin"] == "there"] = 0
    if spoil == "one group":
        X["origin"] = "here"
    criterion = "predictive_parity" if spoil == "criterion" else "equalized_odds"

    with pytest.raises(
        ValueError, match=r'"predictive_parity"|0 and 1|2 rows have no group|for: there|one group occurs'
    ):
        component.favour_near_the_line(_pipeline(), groups, 0, criterion).fit(X, y)


def test_a_margin_that_rests_on_few_rows_is_warned_of(component):
    X, y = _rows(300)
    X.loc[X.index[:40], "origin"] = "other"
    y.iloc[:40] = [0, 1] * 20

    with pytest.warns(UserWarning, match="fewer than 10 rows of a label for: other"):
        component.favour_near_the_line(_pipeline(), groups, 0, "equalized_odds").fit(X, y)
