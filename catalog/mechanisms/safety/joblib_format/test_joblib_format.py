from __future__ import annotations

import numpy as np
from sklearn.linear_model import LogisticRegression


def test_a_model_read_back_gives_the_same_probabilities(component, tmp_path):
    X = np.random.default_rng(0).normal(size=(60, 3))
    model = LogisticRegression().fit(X, X[:, 0] > 0)

    path = component.save(model, tmp_path / "models" / "first")

    assert path == tmp_path / "models" / "first" / "model.joblib"
    np.testing.assert_array_equal(component.load(path).predict_proba(X), model.predict_proba(X))


def test_saving_again_replaces_the_file(component, tmp_path):
    component.save("first", tmp_path)

    path = component.save("second", tmp_path)

    assert component.load(path) == "second"
