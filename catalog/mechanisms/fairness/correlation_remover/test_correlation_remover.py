from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest
from fairlearn.preprocessing import CorrelationRemover
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.model_selection import cross_validate
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler


def _rows(count=2000):
    random = np.random.default_rng(0)
    origin = random.choice(["a", "b", "c"], count, p=[0.5, 0.3, 0.2])
    pay = random.normal(size=count) + 2.0 * (origin == "a")
    X = pd.DataFrame({"origin": origin, "pay": pay, "skill": random.normal(size=count)})
    X.loc[X.index[::40], "skill"] = np.nan
    X.index = random.permutation(count)
    granted = X["pay"] + X["skill"].fillna(0) + random.normal(size=count) > 1
    return X, pd.Series(granted.astype(int), index=X.index)


def groups(X):
    return X["origin"]


def _pipeline(estimator=None):
    columns = ColumnTransformer(
        [
            ("numbers", make_pipeline(SimpleImputer(), StandardScaler()), ["pay", "skill"]),
            ("text", OneHotEncoder(sparse_output=False), ["origin"]),
        ]
    )
    return Pipeline([("columns", columns), ("estimator", estimator or LogisticRegression())])


def test_in_training_every_column_has_the_same_mean_in_every_group(component):
    X, y = _rows()

    numbers = component.decorrelate(_pipeline(), groups).named_steps["columns"].fit_transform(X, y)

    means = pd.DataFrame(numbers).groupby(X["origin"].to_numpy()).mean()
    assert np.ptp(means.to_numpy(), axis=0).max() < 1e-9
    assert numbers.std(axis=0)[0] > 0.3


@pytest.mark.parametrize("alpha", [1.0, 0.4])
def test_it_is_the_filter_of_fairlearn_also_on_new_rows(component, alpha):
    X, y = _rows()
    step = component.decorrelate(_pipeline(), groups, alpha).named_steps["columns"].fit(X[:1500], y[:1500])

    plain = _pipeline().named_steps["columns"].fit(X[:1500])
    both = [
        pd.DataFrame(plain.transform(rows), index=rows.index)
        .assign(b=(rows["origin"] == "b").astype(float), c=(rows["origin"] == "c").astype(float))
        .to_numpy()
        for rows in (X[:1500], X[1500:])
    ]
    remover = CorrelationRemover(sensitive_feature_ids=[5, 6], alpha=alpha).fit(both[0])
    np.testing.assert_allclose(step.transform(X[1500:]), remover.transform(both[1]), atol=1e-9)


def test_selection_comes_closer_on_rows_not_seen(component):
    X, y = _rows(6000)

    def gap(model):
        return np.ptp(
            pd.Series(model.fit(X[:3000], y[:3000]).predict(X[3000:])).groupby(groups(X)[3000:].to_numpy()).mean()
        )

    assert gap(component.decorrelate(_pipeline(), groups)) < gap(_pipeline()) / 3


def test_the_model_stays_the_pipeline_that_it_was_and_takes_weights(component):
    X, y = _rows()
    model = component.decorrelate(_pipeline(), groups)

    scores = cross_validate(model, X, y, cv=3, scoring=["balanced_accuracy", "roc_auc"], error_score="raise")
    fitted = clone(model).fit(X, y, estimator__sample_weight=np.ones(len(X)))
    again = pickle.loads(pickle.dumps(fitted))

    assert scores["test_balanced_accuracy"].mean() > 0.6
    np.testing.assert_array_equal(again.predict_proba(X), clone(model).fit(X, y).predict_proba(X))
    assert fitted.named_steps["columns"].get_feature_names_out()[0] == "numbers__pay"


def test_numbers_can_be_predicted_as_well(component):
    X, _ = _rows()
    model = component.decorrelate(_pipeline(LinearRegression()), groups).fit(X, X["pay"])

    predicted = pd.Series(model.predict(X)).groupby(X["origin"].to_numpy()).mean()
    assert np.ptp(predicted) < 1e-6


def test_groups_that_are_unknown_missing_or_alone_are_refused(component):
    X, y = _rows()
    model = component.decorrelate(_pipeline(), groups).fit(X, y)

    with pytest.raises(ValueError, match="nothing was learnt of: d"):
        model.predict(X.head(3).assign(origin="d"))
    with pytest.raises(ValueError, match="3 rows have no group"):
        model.predict(X.head(3).assign(origin=None))
    with pytest.raises(ValueError, match="only one group occurs: a"):
        clone(model).fit(X.assign(origin="a"), y)
