from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest
from imblearn.over_sampling import RandomOverSampler
from imblearn.pipeline import Pipeline
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_validate
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler


def _rows(count=3000):
    random = np.random.default_rng(0)
    sex = np.where(random.random(count) < 0.4, "female", "male")
    age = random.integers(18, 80, count).astype(float)
    score = 0.04 * age + 1.2 * (sex == "male") + random.normal(0, 1, count)
    age[::50] = np.nan
    X = pd.DataFrame({"sex": sex, "age": age, "number": np.arange(count)}, index=random.permutation(count))
    return X, pd.Series((score > np.quantile(score, 0.6)).astype(int), index=X.index)


def groups(X):
    return X["sex"]


def _pipeline():
    columns = ColumnTransformer(
        [
            ("numbers", make_pipeline(SimpleImputer(), StandardScaler()), ["age"]),
            ("text", OneHotEncoder(sparse_output=False, handle_unknown="ignore"), ["sex"]),
        ]
    )
    rows = RandomOverSampler(random_state=0)
    return Pipeline([("rows", rows), ("columns", columns), ("estimator", LogisticRegression())])


def _gap(decided, X, rows):
    rows = np.asarray(rows)
    return np.ptp(pd.Series(np.asarray(decided, float)[rows]).groupby(X["sex"].to_numpy()[rows]).mean())


@pytest.mark.parametrize(
    ("criterion", "labels"),
    [("demographic_parity", [{0, 1}]), ("equal_opportunity", [{1}]), ("equalized_odds", [{0}, {1}])],
)
def test_on_the_rows_held_out_the_rates_of_the_criterion_are_equal(component, criterion, labels):
    X, y = _rows()
    seen = []

    class Watched(LogisticRegression):
        def fit(self, X, y, sample_weight=None):
            seen.append(len(y))
            return super().fit(X, y, sample_weight)

    model = component.optimise_thresholds(_pipeline(), groups, seed=0, criterion=criterion)
    model.set_params(estimator__rows="passthrough", estimator__estimator=Watched()).fit(X, y)
    trained = set(X["number"]) - _held_out(component, model, X, y)
    held = ~X["number"].isin(trained)

    assert seen == [len(trained)] == [2100]
    for wanted in labels:
        assert _gap(model.predict_proba(X)[:, 1], X, held & y.isin(wanted)) < 1e-6


def _held_out(component, model, X, y):
    """Numbers of the rows that the thresholds were set on, told by the estimator that must not have seen them."""
    numbers = []

    class Recorder(LogisticRegression):
        def fit(self, X, y, sample_weight=None):
            numbers.extend(X[:, -1].astype(int))
            return super().fit(X[:, :-1], y, sample_weight)

        def predict_proba(self, X):
            return super().predict_proba(X[:, :-1])

    recorder = clone(model)
    columns = recorder.estimator.named_steps["columns"]
    columns.transformers = [*columns.transformers, ("number", "passthrough", ["number"])]
    recorder.set_params(estimator__estimator=Recorder()).fit(X, y)
    return set(X["number"]) - set(numbers)


def test_decisions_are_drawn_with_the_probabilities_told(component):
    X, y = _rows(8000)
    model = component.optimise_thresholds(_pipeline(), groups, seed=0, criterion="equalized_odds").fit(X, y)

    probability = model.predict_proba(X)[:, 1]
    torn = (probability > 0.01) & (probability < 0.99)

    assert torn.sum() > 100
    assert model.predict(X)[torn].mean() == pytest.approx(probability[torn].mean(), abs=4 * np.sqrt(0.25 / torn.sum()))


def test_the_same_row_gets_the_same_answer_alone_or_among_others(component):
    X, y = _rows()
    model = component.optimise_thresholds(_pipeline(), groups, seed=0, criterion="equalized_odds").fit(X, y)

    together = model.predict(X)

    assert [int(model.predict(X.iloc[[place]])[0]) for place in range(30)] == together[:30].tolist()


def test_a_group_without_a_threshold_is_refused(component):
    X, y = _rows()
    model = component.optimise_thresholds(_pipeline(), groups, seed=0, criterion="demographic_parity").fit(X, y)

    with pytest.raises(ValueError, match="no threshold was set for: other"):
        model.predict(X.head(3).assign(sex="other"))


def test_thresholds_that_rest_on_few_rows_are_warned_of(component):
    X, y = _rows(300)
    X.loc[X.index[:40], "sex"] = "other"
    y.iloc[:40] = [0, 1] * 20

    with pytest.warns(UserWarning, match="fewer than 10 rows of a label for: .*other"):
        component.optimise_thresholds(_pipeline(), groups, seed=0, criterion="equalized_odds").fit(X, y)


def test_it_is_a_classifier_to_scikit_learn_and_can_be_pickled(component):
    X, y = _rows()
    model = component.optimise_thresholds(_pipeline(), groups, seed=0, criterion="demographic_parity")

    scores = cross_validate(model, X, y, cv=3, scoring=["balanced_accuracy", "roc_auc"], error_score="raise")
    again = pickle.loads(pickle.dumps(clone(model).fit(X, y)))

    assert scores["test_balanced_accuracy"].mean() > 0.55
    np.testing.assert_array_equal(again.predict(X), clone(model).fit(X, y).predict(X))


@pytest.mark.parametrize("spoil", ["criterion", "labels", "groups", "one label", "few rows"])
def test_what_cannot_be_served_is_refused(component, spoil):
    X, y = _rows(300)
    if spoil == "labels":
        y = y + 1
    if spoil == "groups":
        X.loc[X.index[:2], "sex"] = None
    if spoil == "one label":
        y[X["sex"] == "female"] = 0
    if spoil == "few rows":
        X.loc[X.index[:4], "sex"] = "other"
        y.iloc[:4] = [0, 0, 1, 1]
    criterion = "predictive_parity" if spoil == "criterion" else "equalized_odds"
    model = component.optimise_thresholds(_pipeline(), groups, seed=0, criterion=criterion, holdout=0.1)

    with pytest.raises(ValueError, match=r'"predictive_parity"|0 and 1|2 rows have no group|for: (female|other)'):
        model.fit(X, y)
