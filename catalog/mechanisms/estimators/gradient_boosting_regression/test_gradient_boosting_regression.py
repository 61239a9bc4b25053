from __future__ import annotations

import numpy as np
import pandas as pd
import pytest


def test_one_leaf_only_predicts_the_mean_and_a_step_takes_the_given_share_of_the_rest(component):
    X = np.repeat([[0.0], [1.0]], 50, axis=0)
    y = np.repeat([2.0, 10.0], 50)

    alone = component.estimator(seed=0, trees=1, smallest_leaf=101).fit(X, y)
    once = component.estimator(seed=0, trees=1, learning_rate=0.25, smallest_leaf=1).fit(X, y)

    assert alone.predict([[0.0]]) == pytest.approx(6)
    assert once.predict([[0.0], [1.0]]) == pytest.approx([6 - 0.25 * 4, 6 + 0.25 * 4])


def test_gaps_texts_and_weights_are_taken_as_they_are(component):
    random = np.random.default_rng(0)
    X = pd.DataFrame({"years": random.normal(size=500), "job": pd.Categorical(random.choice(["clerk", "cook"], 500))})
    y = np.where(X["job"] == "cook", 5.0, 0.0) + X["years"]
    X.loc[::7, "years"] = np.nan

    model = component.estimator(seed=0).fit(X, y.fillna(0), sample_weight=np.ones(500))

    means = pd.Series(model.predict(X)).groupby(X["job"], observed=True).mean()
    assert means["cook"] - means["clerk"] == pytest.approx(5, abs=0.5)
