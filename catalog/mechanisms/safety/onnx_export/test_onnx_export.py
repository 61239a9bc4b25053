from __future__ import annotations

import json

import numpy as np
import onnx
import pandas as pd
import pytest
from sklearn.base import BaseEstimator
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

NUMERIC, CATEGORICAL = ["age", "income"], ["job", "sex"]


def _rows(count=1500):
    """Rows with gaps in numbers and texts, and with levels so rare that they share a column."""
    random = np.random.default_rng(0)
    X = pd.DataFrame(
        {
            "age": random.integers(18, 80, count).astype(float),
            "income": random.normal(1000, 300, count),
            "job": random.choice(["cook", "nurse", "clerk", "diver", "judge"], count, p=[0.5, 0.3, 0.19, 0.006, 0.004]),
            "sex": random.choice(["f", "m"], count),
        },
        index=random.permutation(count),
    ).astype({"job": object})
    X.iloc[::17, 1] = np.nan
    X.iloc[::13, 2] = np.nan
    score = X["age"] / 20 + (X["job"] == "cook") - X["job"].isna() + random.normal(0, 1, count)
    return X, (score > score.median()).astype(int), score


def _pipeline(estimator, numeric=NUMERIC, categorical=CATEGORICAL):
    numbers = Pipeline([("fill", SimpleImputer(strategy="median")), ("scale", StandardScaler())])
    levels = OneHotEncoder(handle_unknown="ignore", min_frequency=20, sparse_output=False)
    columns = ColumnTransformer([("numbers", numbers, numeric), ("levels", levels, categorical)])
    return Pipeline([("columns", columns), ("estimator", estimator)])


class Around(BaseEstimator):
    """A model around another, as reweighing is."""

    def __init__(self, estimator_):
        self.estimator_ = estimator_

    def predict(self, X):
        return self.estimator_.predict(X)


class Otherwise(Around):
    def predict(self, X):
        return 1 - self.estimator_.predict(X)


@pytest.mark.parametrize(
    "estimator",
    [
        LogisticRegression(),
        RandomForestClassifier(20, min_samples_leaf=5, random_state=0),
        HistGradientBoostingClassifier(max_iter=20),
        MLPClassifier((10,), max_iter=30, random_state=0),
    ],
    ids=lambda estimator: type(estimator).__name__,
)
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_gaps_rare_and_unknown_levels_are_answered_as_by_the_model(component, tmp_path, estimator):
    X, y, _ = _rows()
    model = _pipeline(estimator).fit(X, y)
    X.iloc[3:30, 2] = "pilot"

    found = component.export(model, tmp_path / "model.skops", X, NUMERIC, CATEGORICAL, largest_share=0.005)

    said, chances = component.answers(tmp_path / "model.onnx", X, NUMERIC, CATEGORICAL)
    assert (said != model.predict(X)).mean() <= 0.005
    # A row at the threshold of a tree may fall on the other side of it.
    assert np.quantile(np.abs(chances - model.predict_proba(X)), 0.95) < 1e-5
    assert found["holds"] is True
    assert found["measured"]["answered_otherwise"] == (said != model.predict(X)).sum()
    assert json.loads(json.dumps(found)) == found


@pytest.mark.parametrize(("numeric", "categorical"), [(NUMERIC, CATEGORICAL), (NUMERIC, []), ([], CATEGORICAL)])
def test_numbers_and_either_kind_of_columns_are_converted(component, tmp_path, numeric, categorical):
    X, _, score = _rows()
    model = _pipeline(Ridge(), numeric, categorical).fit(X, score)

    found = component.export(model, tmp_path / "model.skops", X, numeric, categorical)

    said, chances = component.answers(tmp_path / "model.onnx", X, numeric, categorical)
    np.testing.assert_allclose(said, model.predict(X), rtol=1e-4, atol=1e-4)
    assert chances is None
    assert found["holds"] is True


def test_the_graph_holds_arithmetic_only_and_has_an_input_for_each_column(component):
    X, y, _ = _rows()

    graph = component.converted(_pipeline(LogisticRegression()).fit(X, y), NUMERIC, CATEGORICAL)

    assert {described.name for described in graph.graph.input} == {*NUMERIC, *CATEGORICAL}
    assert {node.domain for node in graph.graph.node} <= {"", "ai.onnx.ml"}
    onnx.checker.check_model(graph)


def test_what_stands_around_a_pipeline_must_answer_alike(component, tmp_path):
    X, y, _ = _rows()
    inner = _pipeline(LogisticRegression()).fit(X, y)

    alike, other = (
        component.export(around(inner), tmp_path / "model.skops", X, NUMERIC, CATEGORICAL)
        for around in (Around, Otherwise)
    )

    assert alike["holds"] is True
    assert other["holds"] is False
    assert other["measured"]["share"] == 1


def test_a_model_without_a_pipeline_is_refused(component, tmp_path):
    X, y, _ = _rows()

    with pytest.raises(ValueError, match="LogisticRegression holds no trained pipeline"):
        component.export(LogisticRegression().fit(X[["age"]], y), tmp_path / "model.skops", X[["age"]], ["age"], [])
