from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import skops.io
from fairlearn.preprocessing import PrototypeRepresentationLearner
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

FEW = {"prototypes": 4, "most_rows": 300, "iterations": 40}


def _rows(count=600):
    random = np.random.default_rng(0)
    origin = random.choice(["a", "b"], count, p=[0.6, 0.4]).astype(object)
    pay = random.normal(size=count) + 1.5 * (origin == "a")
    X = pd.DataFrame({"origin": origin, "pay": pay, "skill": random.normal(size=count)}, index=range(9, count + 9))
    granted = X["pay"] + 1.5 * X["skill"] + 0.5 * random.normal(size=count) > 1
    return X, pd.Series(granted.astype(int), index=X.index)


def groups(X):
    return X["origin"]


def _pipeline():
    columns = ColumnTransformer(
        [("numbers", StandardScaler(), ["pay", "skill"]), ("text", OneHotEncoder(sparse_output=False), ["origin"])]
    )
    return Pipeline([("columns", columns), ("estimator", LogisticRegression())])


def _gap(decided, X):
    return np.ptp(pd.Series(decided).groupby(X["origin"].to_numpy()).mean())


def test_each_row_becomes_shares_that_add_up_to_one(component):
    X, y = _rows()

    shares = component.represent(_pipeline(), groups, seed=0, **FEW).named_steps["columns"].fit_transform(X, y)

    assert shares.shape == (600, 4)
    np.testing.assert_allclose(shares.sum(axis=1), 1)
    assert shares.min() >= 0


def test_the_slopes_are_those_of_the_loss(component):
    random = np.random.default_rng(0)
    numbers, label = random.normal(size=(40, 3)), random.integers(0, 2, 40)
    members = np.eye(3)[random.integers(0, 3, 40)]
    point = np.concatenate([random.normal(size=6), random.uniform(0.2, 0.8, 2), random.uniform(0.5, 2, 3)])

    def value(at):
        return component.loss(at, numbers, label, members / members.sum(axis=0), 2.0, 0.3)

    estimated = [(value(point + step)[0] - value(point - step)[0]) / 2e-6 for step in 1e-6 * np.eye(11)]
    np.testing.assert_allclose(value(point)[1], estimated, atol=1e-6)


def test_shares_and_loss_are_those_of_fairlearn(component):
    X, y = _rows(200)
    step = component.represent(_pipeline(), groups, seed=0, prototypes=2).named_steps["columns"].fit(X, y)
    numbers = step.columns_.transform(X)
    learner = PrototypeRepresentationLearner(n_prototypes=2, max_iter=3, random_state=0)
    learner.fit(numbers, y, sensitive_features=X["origin"])
    point = np.concatenate([learner.prototypes_.ravel(), learner.coef_, learner.alpha_])
    members = np.column_stack([X["origin"] == "a", X["origin"] == "b"]).astype(float)

    shares = learner.transform(numbers)
    value, _ = component.loss(point, numbers, y.to_numpy(), members / members.sum(axis=0), 10.0, 0.1)
    step.prototypes_, step.weights_ = learner.prototypes_, learner.alpha_

    means = pd.DataFrame(shares).groupby(X["origin"].to_numpy()).mean()
    off = ((shares @ learner.prototypes_ - numbers) ** 2).sum(axis=1).mean()
    by_hand = log_loss(y, learner.predict_proba(numbers)) + 10 * np.ptp(means, axis=0).mean() + 0.1 * off
    assert value == pytest.approx(by_hand, rel=1e-6)
    np.testing.assert_allclose(step.transform(X), shares, atol=1e-12)


def test_selection_comes_closer_and_the_label_is_still_told(component):
    X, y = _rows(1200)
    first, second = slice(0, 600), slice(600, 1200)
    plain = _pipeline().fit(X[first], y[first]).predict(X[second])

    repaired = component.represent(_pipeline(), groups, seed=0).fit(X[first], y[first])

    assert _gap(repaired.predict(X[second]), X[second]) < _gap(plain, X[second]) / 2
    assert (repaired.predict(X[second]) == y[second]).mean() > 0.7


def test_the_group_of_a_new_row_need_not_be_known(component):
    X, y = _rows()
    asked = []

    def counted(rows):
        asked.append(len(rows))
        return rows["origin"]

    model = component.represent(_pipeline(), counted, seed=0, **FEW).fit(X, y)
    model.predict(X.head(7))

    assert asked == [600]


def test_the_model_stays_the_pipeline_that_it_was_and_survives_skops(component):
    X, y = _rows()
    model = component.represent(_pipeline(), groups, seed=0, **FEW)

    scores = cross_val_score(clone(model), X, y, cv=2, scoring="roc_auc", error_score="raise")
    fitted = model.fit(X, y)
    content = skops.io.dumps(fitted)
    again = skops.io.loads(content, trusted=skops.io.get_untrusted_types(data=content))

    assert scores.mean() > 0.6
    np.testing.assert_array_equal(again.predict_proba(X), clone(model).fit(X, y).predict_proba(X))
    assert fitted.named_steps["columns"].get_feature_names_out().tolist() == [f"prototype {i}" for i in range(1, 5)]


@pytest.mark.parametrize("spoil", ["missing group", "one group", "one label"])
def test_rows_that_cannot_be_compared_are_refused(component, spoil):
    X, y = _rows(60)
    if spoil == "missing group":
        X.iloc[:2, 0] = None
    if spoil == "one group":
        X["origin"] = "a"
    if spoil == "one label":
        y[:] = 1

    with pytest.raises(ValueError, match=r"2 rows have no group|all of one group or of one label"):
        component.represent(_pipeline(), groups, seed=0).fit(X, y)
