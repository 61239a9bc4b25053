from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.svm import LinearSVC


def _noise(count, seed):
    random = np.random.default_rng(seed)
    return pd.DataFrame(random.normal(size=(count, 3)), columns=list("abc")), pd.Series(random.integers(0, 2, count))


def _measured(component, model, count=1200, **more):
    X, y = _noise(count, 0)
    others, labels = _noise(count, 1)
    return component.measure(model.fit(X, y), X, y, others, labels, seed=0, **more)


def test_a_model_that_remembers_labels_gives_its_rows_away(component):
    found = _measured(component, KNeighborsClassifier(1))

    # A member's own label is always right; another's is right as often as a coin.
    assert found["measured"]["members_found"] == 1
    assert found["measured"]["others_taken_for_members"] == pytest.approx(0.5, abs=0.06)
    assert found["holds"] is False
    assert json.loads(json.dumps(found)) == found


def test_a_model_that_cannot_remember_gives_nobody_away(component):
    found = _measured(component, LogisticRegression(), largest_advantage=0.12)

    assert found["holds"] is True
    assert found["measured"]["advantage"]["low"] < 0.05


def test_models_without_probabilities_and_of_numbers_are_tried_as_well(component):
    decided = _measured(component, LinearSVC(random_state=0))
    assert decided["measured"]["loss_of_members"] == pytest.approx(
        1 - decided_share(LinearSVC(random_state=0)), abs=1e-6
    )

    X, _ = _noise(600, 0)
    others, _ = _noise(600, 1)
    quantity, unseen = pd.Series(np.random.default_rng(2).normal(size=(2, 600))[0]), pd.Series(np.ones(600) * 9.0)
    found = component.measure(KNeighborsRegressor(1).fit(X, quantity), X, quantity, others, unseen, seed=0)
    assert found["measured"]["advantage"]["value"] == 1
    assert found["holds"] is False


def decided_share(model):
    X, y = _noise(1200, 0)
    return model.fit(X, y).score(X, y)


def test_the_threshold_is_the_best_of_all(component):
    random = np.random.default_rng(5)
    members, others = random.exponential(1, 60).round(1), random.exponential(2, 50).round(1)

    chosen = component.best_threshold(members, others)

    advantage = {
        limit: (members <= limit).mean() - (others <= limit).mean() for limit in np.concatenate([members, others])
    }
    assert advantage[chosen] == max(advantage.values())
    assert chosen == min(limit for limit in advantage if advantage[limit] == max(advantage.values()))


def test_few_rows_leave_the_question_open(component):
    assert _measured(component, LogisticRegression(), count=150)["holds"] is None


def test_the_same_seed_gives_the_same_evidence(component):
    assert _measured(component, LogisticRegression()) == _measured(component, LogisticRegression())
