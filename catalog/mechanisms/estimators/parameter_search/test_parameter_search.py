from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import balanced_accuracy_score, r2_score
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler


def _rows(rows=300, seed=0):
    random = np.random.default_rng(seed)
    X = pd.DataFrame(random.normal(size=(rows, 12)), columns=[f"c{n}" for n in range(12)])
    return X, X["c0"] + random.normal(size=rows)


def _pipeline(estimator):
    return Pipeline([("columns", StandardScaler()), ("estimator", estimator)])


def test_the_best_values_are_those_of_a_grid_search_over_the_same_folds(component):
    X, number = _rows()
    y = (number > 0.5).astype(int)

    found = component.search(
        _pipeline(LogisticRegression()), X, y, None, balanced_accuracy_score, 0, "logistic_regression"
    )

    grid = GridSearchCV(
        _pipeline(LogisticRegression()),
        {"estimator__C": component.CANDIDATES["logistic_regression"]["C"]},
        scoring="balanced_accuracy",
        cv=StratifiedKFold(3, shuffle=True, random_state=0),
    ).fit(X, y)
    assert found["chosen"] == grid.best_params_
    assert found["measured"]["quality"] == pytest.approx(grid.best_score_, abs=1e-6)
    assert json.loads(json.dumps(found)) == found


def test_a_strong_penalty_is_found_where_there_is_nothing_to_learn(component):
    X, _ = _rows(60)
    y = pd.Series(np.random.default_rng(1).normal(size=60))

    assert component.search(_pipeline(Ridge()), X, y, None, r2_score, 0, "ridge")["chosen"] == {
        "estimator__alpha": 100.0
    }


@pytest.mark.parametrize("kind", ["classes", "numbers"])
def test_no_person_is_trained_on_and_judged_in_one_fold(component, kind):
    X, number = _rows(120)
    y = (number > 0).astype(int) if kind == "classes" else number
    persons = pd.Series(np.repeat(np.arange(40), 3))
    seen = []

    def noting(truth, predictions):
        seen.append(set(persons[truth.index]))
        return 0.0

    model = LogisticRegression() if kind == "classes" else Ridge()
    name = "logistic_regression" if kind == "classes" else "ridge"
    component.search(_pipeline(model), X, y, persons, noting, 0, name, folds=4)

    assert all(not one & other for place, one in enumerate(seen[:4]) for other in seen[:place])
    assert set.union(*seen[:4]) == set(range(40))
