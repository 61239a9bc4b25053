from __future__ import annotations

import json
import zipfile
from subprocess import run  # noqa: F401 - imported here, so an attribute of this module, yet not its own

import numpy as np
import pandas as pd
import pytest
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.neural_network import MLPClassifier
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


def _forged(path, *replaced):
    """A copy of the file in which each odd text stands where the even one before it stood."""
    forged = path.with_name("forged.skops")
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(forged, "w") as copy:
        for name in archive.namelist():
            content = archive.read(name)
            for old, new in zip(replaced[::2], replaced[1::2], strict=True):
                assert name != "schema.json" or old in content
                content = content.replace(old, new)
            copy.writestr(name, content)
    return forged


def negated(X):
    return -np.asarray(X)


@pytest.mark.parametrize(
    "estimator",
    [
        LogisticRegression(),
        KNeighborsClassifier(),
        HistGradientBoostingClassifier(max_iter=5),
        RandomForestClassifier(n_estimators=5),
        MLPClassifier((5,), max_iter=10, early_stopping=True),
    ],
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
    monkeypatch.setattr(component, "PROJECT", __name__.partition(".")[0])
    X = np.arange(10.0).reshape(-1, 1)
    model = Pipeline([("columns", FunctionTransformer(negated)), ("estimator", LogisticRegression())])
    model.fit(X, np.arange(10) > 4)

    path = component.save(model, tmp_path)

    np.testing.assert_array_equal(component.load(path).predict(X), model.predict(X))


def test_what_the_project_merely_imports_is_not_trusted(component, tmp_path, monkeypatch):
    model = Pipeline([("columns", FunctionTransformer(negated)), ("estimator", LogisticRegression())])
    model.fit(np.arange(10.0).reshape(-1, 1), np.arange(10) > 4)
    monkeypatch.setattr(component, "PROJECT", __name__.partition(".")[0])
    path = component.save(model, tmp_path)

    forged = _forged(path, b'"negated"', b'"run"')

    with pytest.raises(ValueError, match=r"not trusted: .*\.run;"):
        component.load(forged)


def test_a_forged_file_is_refused_before_anything_in_it_is_loaded(component, tmp_path):
    X, y = _rows()
    path = component.save(_pipeline(LogisticRegression()).fit(X, y), tmp_path)

    forged = _forged(path, b'"LogisticRegression"', b'"Popen"', b'"sklearn.linear_model._logistic"', b'"subprocess"')

    with pytest.raises(ValueError, match=r"subprocess\.Popen"):
        component.load(forged)


@pytest.mark.parametrize(
    "estimator",
    [
        LogisticRegression(),
        KNeighborsClassifier(),
        HistGradientBoostingClassifier(max_iter=5, random_state=0),
        RandomForestClassifier(n_estimators=5, random_state=0),
    ],
    ids=lambda estimator: type(estimator).__name__,
)
def test_the_same_training_gives_the_same_bytes_and_another_one_others(component, tmp_path, estimator, monkeypatch):
    import time

    X, y = _rows()
    first = component.save(_pipeline(estimator).fit(X, y), tmp_path / "first").read_bytes()
    tomorrow = time.localtime(time.time() + 86400)
    monkeypatch.setattr(time, "localtime", lambda *arguments: tomorrow)

    again = component.save(_pipeline(estimator).fit(X, y), tmp_path / "again").read_bytes()
    other = component.save(_pipeline(estimator).fit(X, 1 - y), tmp_path / "other").read_bytes()

    assert first == again
    assert first != other
