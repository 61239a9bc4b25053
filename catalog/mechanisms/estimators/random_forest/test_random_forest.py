from __future__ import annotations

import numpy as np
import pytest


def _rows(classes, seed=0, rows=400):
    random = np.random.default_rng(seed)
    X = random.normal(size=(rows, 4))
    return X, np.digitize(X[:, 0] * X[:, 1] + random.normal(0, 0.2, rows), np.linspace(-0.5, 0.5, classes - 1))


@pytest.mark.parametrize("classes", [2, 4])
def test_probabilities_are_means_over_the_trees(component, classes):
    X, y = _rows(classes)

    model = component.estimator(seed=0, trees=20).fit(X, y)

    shares = np.mean([tree.predict_proba(X) for tree in model.estimators_], axis=0)
    assert model.predict_proba(X) == pytest.approx(shares)
    assert (model.predict(X) == y).mean() > 0.8


def test_no_leaf_is_smaller_than_asked_and_the_seed_settles_the_forest(component):
    X, y = _rows(2)

    model = component.estimator(seed=3, trees=5, smallest_leaf=30).fit(X, y)

    leaves = [tree.tree_.weighted_n_node_samples[tree.tree_.children_left < 0].min() for tree in model.estimators_]
    assert min(leaves) >= 30
    again = component.estimator(seed=3, trees=5, smallest_leaf=30).fit(X, y)
    assert (again.predict_proba(X) == model.predict_proba(X)).all()


def test_a_row_without_weight_is_not_there(component):
    X, y = _rows(2)
    spoiled = np.where(np.arange(len(y)) < 100, 1 - y, y)

    weighted = component.estimator(seed=0).fit(X, spoiled, sample_weight=(np.arange(len(y)) >= 100).astype(float))

    assert (weighted.predict(X[100:]) == y[100:]).mean() > (
        component.estimator(seed=0).fit(X, spoiled).predict(X) == y
    ).mean()
