from __future__ import annotations

import numpy as np
import pandas as pd
import pytest


@pytest.fixture(scope="module")
def rows():
    random = np.random.default_rng(0)
    X = pd.DataFrame({"years": random.normal(size=600), "job": pd.Categorical(random.choice(["clerk", "cook"], 600))})
    y = np.where(X["job"] == "cook", 5.0, 0.0) + X["years"] ** 2 + random.normal(0, 0.1, 600)
    X.loc[::9, "years"] = np.nan
    return X, y.fillna(0)


def test_the_terms_add_up_to_the_number(component, rows):
    X, y = rows

    model = component.estimator(seed=0, pairs=1, bags=2).fit(X, y)

    assert model.predict(X) == pytest.approx(model.intercept_ + model.eval_terms(X).sum(axis=1))
    assert list(model.term_names_) == ["years", "job", "years & job"]


def test_the_seed_settles_the_model_and_weights_are_taken(component, rows):
    X, y = rows
    weights = np.where(X["job"] == "cook", 1.0, 0.01)

    first, again = (component.estimator(seed=1, pairs=0, bags=2).fit(X, y, sample_weight=weights) for _ in range(2))

    assert (first.predict(X) == again.predict(X)).all()
    assert (first.predict(X) != component.estimator(seed=1, pairs=0, bags=2).fit(X, y).predict(X)).any()
