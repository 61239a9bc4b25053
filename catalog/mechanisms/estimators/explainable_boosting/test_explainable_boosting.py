from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    random = np.random.default_rng(0)
    table = pd.DataFrame(
        {"age": random.uniform(18, 80, 600), "income": random.gamma(5, 5, 600), "job": random.choice(["a", "b"], 600)}
    )
    table.loc[::11, "income"] = np.nan
    table.loc[::7, "job"] = np.nan
    return table.astype({"job": "category"})


@pytest.fixture(scope="module")
def y(frame) -> np.ndarray:
    noise = np.random.default_rng(1).logistic(size=len(frame))
    return (0.1 * (frame["age"] - 45) + 2 * (frame["job"] == "a") - 1 + noise > 0).astype(int).to_numpy()


def test_the_terms_and_the_intercept_add_up_to_the_log_odds(component, frame, y):
    model = component.estimator(seed=0).fit(frame, y)

    chance = model.predict_proba(frame)[:, 1]

    added_up = model.intercept_[0] + model.eval_terms(frame).sum(axis=1)
    np.testing.assert_allclose(np.log(chance / (1 - chance)), added_up, atol=1e-6)


def test_each_term_depends_on_its_own_columns_alone(component, frame, y):
    model = component.estimator(seed=0, pairs=0).fit(frame, y)
    changed = frame.assign(income=frame["income"].iloc[::-1].to_numpy())

    terms, after = model.eval_terms(frame), model.eval_terms(changed)

    of_others = [place for place, columns in enumerate(model.term_features_) if columns != (1,)]
    np.testing.assert_array_equal(terms[:, of_others], after[:, of_others])
    assert not np.array_equal(terms, after)


def test_it_finds_the_columns_that_decide(component, frame, y):
    model = component.estimator(seed=0, pairs=0).fit(frame, y)

    importance = dict(zip(model.term_names_, model.term_importances(), strict=True))

    assert importance["age"] > importance["income"]
    assert importance["job"] > importance["income"]


def test_as_many_pairs_are_scored_as_asked_for(component, frame, y):
    model = component.estimator(seed=0, pairs=2).fit(frame, y)

    assert [len(columns) for columns in model.term_features_] == [1, 1, 1, 2, 2]


def test_row_weights_change_the_model(component, frame, y):
    heavy = np.where(y == 1, 5.0, 1.0)

    plain, weighted = (component.estimator(seed=0).fit(frame, y, sample_weight=weights) for weights in (None, heavy))

    assert weighted.predict_proba(frame)[:, 1].mean() > plain.predict_proba(frame)[:, 1].mean() + 0.1


def test_the_same_seed_gives_the_same_model(component, frame, y):
    first, second = (component.estimator(seed=0).fit(frame, y).predict_proba(frame) for _ in range(2))

    np.testing.assert_array_equal(first, second)


def test_it_trains_without_a_warning(component, frame, y):
    with warnings.catch_warnings(record=True) as seen:
        component.estimator(seed=0).fit(frame, y).predict_proba(frame)

    assert not seen
