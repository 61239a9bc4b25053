from __future__ import annotations

import json
import zipfile

import numpy as np
import pandas as pd
import pytest
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder


def _rows(count=80):
    random = np.random.default_rng(0)
    X = pd.DataFrame({"age": random.integers(18, 80, count), "job": random.choice(["clerk", "nurse"], count)})
    return X, pd.Series((X["age"] > 45).astype(int))


def _pipeline(estimator):
    encoder = OneHotEncoder(handle_unknown="ignore", sparse_output=False)
    columns = ColumnTransformer([("text", encoder, ["job"]), ("numbers", "passthrough", ["age"])])
    return Pipeline([("columns", columns), ("estimator", estimator)])


def negated(X):
    return -np.asarray(X)


@pytest.mark.parametrize(
    "estimator",
    [LogisticRegression(), KNeighborsClassifier(), HistGradientBoostingClassifier(max_iter=5)],
    ids=lambda estimator: type(estimator).__name__,
)
def test_a_model_read_back_gives_the_same_probabilities(component, tmp_path, estimator):
    X, y = _rows()
    model = _pipeline(estimator).fit(X, y)

    path = component.save(model, tmp_path / "models")

    np.testing.assert_array_equal(component.load(path).predict_proba(X), model.predict_proba(X))


def test_the_types_that_need_trust_are_recorded_with_a_reason(component, tmp_path):
    X, y = _rows()
    path = component.save(_pipeline(HistGradientBoostingClassifier(max_iter=5)).fit(X, y), tmp_path)

    recorded = json.loads((tmp_path / "model.types.json").read_text(encoding="utf-8"))

    assert "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor" in recorded
    assert all(recorded.values())
    assert path.name == "model.skops"


def test_a_function_from_elsewhere_is_neither_written_nor_read(component, tmp_path, monkeypatch):
    model = Pipeline([("columns", FunctionTransformer(negated)), ("estimator", LogisticRegression())])
    model.fit(np.arange(10.0).reshape(-1, 1), np.arange(10) > 4)
    with pytest.raises(ValueError, match=r"not trusted: .*negated"):
        component.save(model, tmp_path)
    assert not list(tmp_path.iterdir())

    monkeypatch.setattr(component, "PROJECT", __name__.partition(".")[0])
    path = component.save(model, tmp_path)
    monkeypatch.undo()

    with pytest.raises(ValueError, match="not trusted"):
        component.load(path)


def test_types_of_the_project_itself_are_trusted(component, tmp_path, monkeypatch):
    # Only modules inside a package have one to speak of.
    package = __name__.partition(".")[0]
    if package == __name__:
        pytest.skip("this test module stands outside any package")
    monkeypatch.setattr(component, "PROJECT", package)
    X = np.arange(10.0).reshape(-1, 1)
    model = Pipeline([("columns", FunctionTransformer(negated)), ("estimator", LogisticRegression())])
    model.fit(X, np.arange(10) > 4)

    path = component.save(model, tmp_path)

    np.testing.assert_array_equal(component.load(path).predict(X), model.predict(X))


def test_a_forged_file_is_refused_before_anything_in_it_is_loaded(component, tmp_path):
    X, y = _rows()
    path = component.save(_pipeline(LogisticRegression()).fit(X, y), tmp_path)
    with zipfile.ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    content["schema.json"] = (
        content["schema.json"]
        .replace(b'"LogisticRegression"', b'"Popen"')
        .replace(b'"sklearn.linear_model._logistic"', b'"subprocess"')
    )
    assert b"Popen" in content["schema.json"]
    forged = tmp_path / "forged.skops"
    with zipfile.ZipFile(forged, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)

    with pytest.raises(ValueError, match=r"subprocess\.Popen"):
        component.load(forged)
