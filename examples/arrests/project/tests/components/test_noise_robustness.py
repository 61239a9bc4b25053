from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import balanced_accuracy_score


def _rows(count=2000):
    random = np.random.default_rng(0)
    X = pd.DataFrame(
        {"age": random.normal(40, 10, count), "job": random.choice(["clerk", "nurse", "cook"], count)},
        index=random.permutation(count),
    )
    X.iloc[::40, 0] = np.nan
    X.iloc[::50, 1] = None
    return X, pd.Series((X["age"] > 40).astype(int))


class ByAge:
    """Decides by a sharp limit of age, and by nothing else."""

    def predict(self, X):
        return (X["age"] > 40).astype(int).to_numpy()


class Constant:
    def predict(self, X):
        return np.ones(len(X), int)


class KnowsThreeJobs:
    def predict(self, X):
        if X["job"].isna().any() or not X["age"].eq(X["age"].round()).all():
            raise ValueError("no rule\nfor this")
        return np.ones(len(X), int)


def test_noise_has_the_given_share_of_the_spread_and_no_bias(component):
    X, _ = _rows(20_000)

    after = component.disturbed(X, ["age"], [], 0.1, 0.0, np.random.default_rng(0))

    noise = (after["age"] - X["age"]).dropna()
    assert noise.std() == pytest.approx(0.1 * X["age"].std(), rel=0.03)
    assert abs(noise.mean()) < 0.03


def test_the_given_share_of_texts_becomes_another_known_level(component):
    X, _ = _rows(20_000)

    after = component.disturbed(X, [], ["job"], 0.0, 0.1, np.random.default_rng(0))

    known = X["job"].notna()
    assert (after["job"] != X["job"])[known].mean() == pytest.approx(0.1, abs=0.01)
    assert set(after["job"][known]) == {"clerk", "nurse", "cook"}


def test_missing_values_stay_missing_and_nothing_else_is_touched(component):
    X, _ = _rows()
    before = X.copy()

    after = component.disturbed(X, ["age"], ["job"], 0.1, 0.5, np.random.default_rng(0))

    pd.testing.assert_frame_equal(X, before)
    pd.testing.assert_frame_equal(after.isna(), X.isna())
    typed = X.assign(job=X["job"].astype("category"))
    again = component.disturbed(typed, [], ["job"], 0.0, 0.5, np.random.default_rng(0))
    assert again["job"].dtype == typed["job"].dtype


def test_the_drop_is_that_of_the_quality_over_all_disturbances(component):
    X, y = _rows()

    evidence = component.measure(
        ByAge(), X, y, ["age"], ["job"], balanced_accuracy_score, seed=5, noise_share=0.2, repeats=3
    )

    drops = [
        1 - balanced_accuracy_score(y, ByAge().predict(component.disturbed(X, ["age"], ["job"], 0.2, 0.05, source)))
        for source in np.random.default_rng(5).spawn(3)
    ]
    assert evidence["measured"]["worst_drop"] == pytest.approx(max(drops), abs=1e-6)
    assert evidence["measured"]["mean_drop"] == pytest.approx(np.mean(drops), abs=1e-6)
    assert evidence["holds"] is False
    allowed = component.measure(
        ByAge(),
        X,
        y,
        ["age"],
        ["job"],
        balanced_accuracy_score,
        5,
        0.2,
        repeats=3,
        largest_drop=float(np.mean(drops)) + 0.001,
    )
    assert allowed["holds"] is True
    assert json.loads(json.dumps(evidence)) == evidence


def test_a_model_that_ignores_its_input_loses_nothing(component):
    X, y = _rows()

    evidence = component.measure(Constant(), X, y, ["age"], ["job"], balanced_accuracy_score, seed=0)

    assert evidence["holds"] is True
    assert evidence["measured"]["worst_drop"] == 0


def test_a_model_that_refuses_disturbed_rows_leaves_the_question_open(component):
    X = pd.DataFrame({"age": [30.0, 40.0, 50.0], "job": ["clerk", "nurse", "cook"]})

    evidence = component.measure(
        KnowsThreeJobs(), X, pd.Series([0, 1, 1]), ["age"], ["job"], balanced_accuracy_score, seed=0
    )

    assert evidence["holds"] is None
    assert "(no rule for this)" in evidence["because"]
