from __future__ import annotations

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
import skops.io
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_validate
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler


def _rows(count=600):
    random = np.random.default_rng(0)
    sex = np.where(random.random(count) < 0.4, "female", "male")
    race = np.where(random.random(count) < 0.3, "Black", "white")
    age = random.integers(18, 80, count).astype(float)
    score = 0.04 * age + (sex == "male") + random.normal(0, 1, count)
    X = pd.DataFrame({"sex": sex, "race": race, "age": age}, index=random.permutation(count))
    return X, pd.Series((score > np.quantile(score, 0.6)).astype(int), index=X.index)


def groups(X):
    return X["sex"] + " & " + X["race"]


def _pipeline():
    columns = ColumnTransformer(
        [
            ("numbers", StandardScaler(), ["age"]),
            ("text", OneHotEncoder(handle_unknown="ignore", sparse_output=False), ["sex", "race"]),
        ]
    )
    return Pipeline([("columns", columns), ("estimator", LogisticRegression())])


def test_weights_are_expected_over_observed_frequency_of_each_cell(component):
    X, y = _rows()
    membership = groups(X)

    weights = component.row_weights(y.to_numpy(), membership)

    expected = [
        (membership == group).mean() * (y == label).mean() / ((membership == group) & (y == label)).mean()
        for group, label in zip(membership, y, strict=True)
    ]
    np.testing.assert_allclose(weights, expected)
    assert weights.mean() == pytest.approx(1)


def test_under_the_weights_every_group_has_the_same_share_of_favourable_labels(component):
    X, y = _rows()

    weights = component.row_weights(y.to_numpy(), groups(X))

    table = pd.DataFrame({"group": groups(X), "favourable": weights * y, "all": weights}).groupby("group").sum()
    np.testing.assert_allclose(table["favourable"] / table["all"], y.mean())


def test_the_pipeline_is_trained_with_these_weights(component):
    X, y = _rows()
    weights = component.row_weights(y.to_numpy(), groups(X))
    by_hand = _pipeline().fit(X, y, estimator__sample_weight=weights)

    model = component.reweigh(_pipeline(), groups).fit(X, y)

    np.testing.assert_allclose(model.predict_proba(X), by_hand.predict_proba(X))
    assert model.weight_by_cell_["male & white"]["1"] == pytest.approx(
        weights[((groups(X) == "male & white") & (y == 1)).to_numpy()][0]
    )


def test_selection_rates_come_closer(component):
    X, y = _rows(4000)

    def gap(model):
        return np.ptp(pd.Series(model.fit(X, y).predict(X)).groupby(X["sex"].to_numpy()).mean())

    assert gap(component.reweigh(_pipeline(), groups)) < 0.6 * gap(_pipeline())


def test_it_is_a_classifier_to_scikit_learn(component):
    X, y = _rows()
    model = component.reweigh(_pipeline(), groups)

    scores = cross_validate(model, X, y, cv=3, scoring=["roc_auc", "balanced_accuracy"], error_score="raise")

    assert scores["test_roc_auc"].mean() > 0.6
    assert clone(model).set_params(estimator__estimator__C=0.5).estimator.named_steps["estimator"].C == 0.5


def test_rows_without_a_group_are_refused(component):
    X, y = _rows()
    X.loc[X.index[:3], "race"] = None

    with pytest.raises(ValueError, match="3 rows have no group"):
        component.reweigh(_pipeline(), groups).fit(X, y)


def test_the_model_survives_skops(component):
    X, y = _rows()
    model = component.reweigh(_pipeline(), groups).fit(X, y)

    content = skops.io.dumps(model)
    again = skops.io.loads(content, trusted=skops.io.get_untrusted_types(data=content))

    np.testing.assert_array_equal(again.predict_proba(X), model.predict_proba(X))
    assert again.weight_by_cell_ == model.weight_by_cell_


def test_importing_it_prints_and_logs_nothing(component):
    code = (
        "import importlib.util, logging\n"
        f"spec = importlib.util.spec_from_file_location('reweighing', {component.__file__!r})\n"
        "spec.loader.exec_module(importlib.util.module_from_spec(spec))\n"
        "assert not logging.getLogger().handlers and not logging.getLogger().filters\n"
        "logging.getLogger().warning('still heard')\n"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == ""
    assert done.stderr == "still heard\n"
