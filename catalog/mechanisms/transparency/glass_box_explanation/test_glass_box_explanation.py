from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from interpret.glassbox import ExplainableBoostingClassifier
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline


class Wrapped(ClassifierMixin, BaseEstimator):
    """A wrapper that changes rows on their way and, if asked, decisions on theirs."""

    def __init__(self, inner, threshold=0.5):
        self.estimator_ = inner
        self.threshold = threshold

    def _rows(self, X):
        return X.assign(age=X["age"].round(-1))

    def predict_proba(self, X):
        return self.estimator_.predict_proba(self._rows(X))

    def predict(self, X):
        return (self.predict_proba(X)[:, 1] > self.threshold).astype(int)


@pytest.fixture(scope="module")
def people() -> pd.DataFrame:
    random = np.random.default_rng(0)
    table = pd.DataFrame(
        {"age": random.integers(18, 81, 400).astype(float), "job": random.choice(["clerk", "nurse"], 400)},
        index=random.permutation(400),
    )
    table.loc[table.index[::9], "age"] = np.nan
    return table.astype({"job": "category"})


@pytest.fixture(scope="module")
def model(people):
    noise = np.random.default_rng(1).logistic(size=len(people))
    y = (0.08 * (people["age"].fillna(45) - 45) + (people["job"] == "nurse") + noise > 0.5).astype(int)
    machine = ExplainableBoostingClassifier(interactions=1, outer_bags=2, n_jobs=1, random_state=0)
    return make_pipeline("passthrough", machine).fit(people, y)


def test_the_terms_are_looked_up_in_the_tables_of_the_model(component, model, people):
    machine = model[-1]
    levels = machine.bins_[1][0]
    terms, _ = component.terms_of(machine, model, people)

    looked_up = machine.term_scores_[1][people["job"].astype(str).map(levels).to_numpy(dtype=int)]

    np.testing.assert_allclose(terms["job"], looked_up)


def test_terms_and_intercept_add_up_to_the_score_of_the_whole_model(component, model, people):
    wrapped = Wrapped(model)
    terms, scores = component.terms_of(component.glass_box_in(wrapped), wrapped, people)

    log_odds = np.log(scores / (1 - scores))

    np.testing.assert_allclose(model[-1].intercept_[0] + terms.sum(axis=1), log_odds, atol=1e-6)
    np.testing.assert_array_equal(scores, wrapped.predict_proba(people)[:, 1])


def test_it_holds_for_a_model_whose_decisions_follow_from_its_terms(component, model, people, tmp_path):
    evidence = component.explain(Wrapped(model), people, tmp_path)

    assert evidence["holds"] is True
    assert set(evidence["measured"]["mean_absolute_contribution"]) == {"age", "job", "age & job"}
    for name in ("overall", "curves", "example"):
        assert (tmp_path / f"glass_box_{name}.png").stat().st_size > 5000


def test_decisions_by_another_threshold_are_found_out(component, model, people, tmp_path):
    evidence = component.explain(Wrapped(model, threshold=0.3), people, tmp_path)

    assert evidence["holds"] is False
    assert "do not follow" in evidence["because"]


def test_scores_that_are_not_the_sum_of_the_terms_are_found_out(component, model, people, tmp_path):
    class Sharpened(Wrapped):
        def predict_proba(self, X):
            score = super().predict_proba(X)[:, 1] ** 1.2
            return np.column_stack([1 - score, score])

    evidence = component.explain(Sharpened(model), people, tmp_path)

    assert evidence["holds"] is False
    assert "not all of the model" in evidence["because"]


def test_the_model_is_left_as_it_was(component, model, people, tmp_path):
    before = model.predict_proba(people)

    component.explain(model, people, tmp_path)

    assert "predict_proba" not in vars(model[-1])
    np.testing.assert_array_equal(model.predict_proba(people), before)


def test_a_model_without_terms_is_refused(component, people, tmp_path):
    opaque = make_pipeline("passthrough", LogisticRegression())

    with pytest.raises(ValueError, match="no explainable boosting machine"):
        component.explain(opaque, people, tmp_path)
