from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, balanced_accuracy_score, f1_score, log_loss


def _model(classes, rows=600, seed=0):
    random = np.random.default_rng(seed)
    X = pd.DataFrame(random.normal(size=(rows, 3)), columns=["a", "b", "c"])
    y = pd.Series(np.digitize(X["a"] + random.normal(size=rows), np.linspace(-1, 1, classes - 1)))
    return LogisticRegression().fit(X, y), X, y


@pytest.mark.parametrize("classes", [2, 3, 5])
def test_figures_are_those_counted_by_hand(component, classes):
    model, X, y = _model(classes)
    predictions = model.predict(X)

    found = component.measure(model, X, y, seed=0)

    recalls = [(predictions[y == one] == one).mean() for one in range(classes)]
    shares = model.predict_proba(X)[np.arange(len(y)), y]
    assert found["accuracy"] == pytest.approx((predictions == y).mean(), abs=1e-6)
    assert found["balanced_accuracy"] == pytest.approx(np.mean(recalls), abs=1e-6)
    assert found["log_loss"] == pytest.approx(-np.log(shares).mean(), abs=1e-6)
    assert found["rows"] == len(y)


def test_the_area_is_the_share_of_pairs_in_the_right_order(component):
    model, X, y = _model(2, rows=200)

    found = component.measure(model, X, y, seed=0)

    scores = model.predict_proba(X)[:, 1]
    pairs = scores[y == 1][:, None] - scores[y == 0][None, :]
    assert found["roc_auc"] == pytest.approx(((pairs > 0) + (pairs == 0) / 2).mean(), abs=1e-6)


def test_intervals_agree_with_drawing_rows(component):
    model, X, y = _model(3, rows=300)
    predictions, shares = model.predict(X), model.predict_proba(X)
    random = np.random.default_rng(1)
    drawn = {"accuracy": [], "balanced_accuracy": [], "f1_macro": [], "log_loss": []}
    for _ in range(800):
        rows = random.integers(0, len(y), len(y))
        drawn["accuracy"].append(accuracy_score(y[rows], predictions[rows]))
        drawn["balanced_accuracy"].append(balanced_accuracy_score(y[rows], predictions[rows]))
        drawn["f1_macro"].append(f1_score(y[rows], predictions[rows], average="macro"))
        drawn["log_loss"].append(log_loss(y[rows], shares[rows], labels=[0, 1, 2]))

    intervals = component.measure(model, X, y, seed=0)["intervals"]

    for name, sample in drawn.items():
        assert intervals[name] == pytest.approx(list(np.quantile(sample, [0.025, 0.975])), abs=0.02)


def test_a_model_without_probabilities_has_no_figures_of_them(component):
    class Decides:
        def predict(self, X):
            return np.ones(len(X), int)

    _, X, y = _model(2)

    found = component.measure(Decides(), X, y, seed=0)

    assert (found["log_loss"], found["roc_auc"]) == (None, None)
    assert set(found["intervals"]) == {"accuracy", "balanced_accuracy", "f1_macro"}
    assert component.outcome(Decides(), X, [1]).eq(1).all()


def test_the_outcome_adds_up_the_favourable_classes(component):
    model, X, _ = _model(3)

    outcome = component.outcome(model, X, [0, 2])

    assert outcome.to_numpy() == pytest.approx(1 - model.predict_proba(X)[:, 1])
    assert outcome.index.equals(X.index)


def test_quality_is_one_for_right_answers_and_a_share_of_the_classes_for_one_answer(component):
    y = pd.Series([0, 1, 2, 2])

    assert component.quality(y, y.to_numpy()) == 1
    assert component.quality(y, np.zeros(4, int)) == pytest.approx(1 / 3)
