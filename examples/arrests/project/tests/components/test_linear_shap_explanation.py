from __future__ import annotations

import json
from itertools import combinations
from math import factorial

import numpy as np
import pandas as pd
import pytest
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import Lasso, LogisticRegression, Ridge
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler
from sklearn.svm import LinearSVC


class Wrapper:
    """Gives rows to the pipeline with their ages rounded to tens."""

    def __init__(self, estimator_):
        self.estimator_ = estimator_

    def predict(self, X):
        return self.estimator_.predict(self.rounded(X))

    def predict_proba(self, X):
        return self.estimator_.predict_proba(self.rounded(X))

    def rounded(self, X):
        return X.assign(age=(X["age"] / 10).round() * 10)


def outcome(model, X):
    if hasattr(model, "predict_proba"):
        return pd.Series(model.predict_proba(X)[:, 1], index=X.index, name="probability")
    return pd.Series(np.asarray(model.predict(X), dtype=float), index=X.index, name="number")


@pytest.fixture
def people() -> pd.DataFrame:
    random = np.random.default_rng(0)
    table = pd.DataFrame(
        {
            "age": random.integers(18, 81, 240).astype(float),
            "job": random.choice(["clerk", "nurse", "cook"], 240).astype(object),
            "income $": random.uniform(5, 40, 240),
            "shoe": random.choice(["left", "right"], 240).astype(object),
        },
        index=random.permutation(240) + 300,
    )
    table.loc[table.index[::7], "income $"] = np.nan
    table.loc[table.index[::5], "job"] = np.nan
    return table


@pytest.fixture
def labels(people) -> pd.Series:
    return (people["age"] + 20 * people["job"].eq("clerk") + people["income $"].fillna(20) > 75).astype(int)


def pipeline(estimator, people, y) -> Pipeline:
    numbers = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    levels = OneHotEncoder(handle_unknown="ignore", sparse_output=False)
    columns = ColumnTransformer([("n", numbers, ["age", "income $"]), ("l", levels, ["job", "shoe"])])
    return Pipeline([("columns", columns), ("estimator", estimator)]).fit(people, y)


def shapley(score, background, row):
    """Shapley values by the definition: every subset of columns, absent ones averaged over the background."""
    columns = list(row.columns)

    def worth(present):
        mixed = background.copy()
        for column in present:
            mixed[column] = pd.Series([row[column].iloc[0]] * len(mixed), index=mixed.index, dtype=mixed[column].dtype)
        return score(mixed).mean()

    values = []
    for column in columns:
        others = [other for other in columns if other != column]
        value = 0.0
        for size in range(len(columns)):
            weight = factorial(size) * factorial(len(columns) - size - 1) / factorial(len(columns))
            for subset in combinations(others, size):
                value += weight * (worth([*subset, column]) - worth(subset))
        values.append(value)
    return values


@pytest.mark.parametrize("estimator", [LogisticRegression(), LinearSVC(), Ridge(), Lasso(0.01)], ids=repr)
def test_values_are_shapley_values_of_the_score_by_their_definition(component, people, labels, estimator):
    model = pipeline(estimator, people, labels)
    score = getattr(model, "decision_function", model.predict)
    background, rows = people.iloc[:20], people.iloc[20:25]

    values, base, scores = component.shap_values(model, [1], background, rows)

    expected = [shapley(score, background, rows.iloc[[place]]) for place in range(len(rows))]
    np.testing.assert_allclose(values, expected, atol=1e-9)
    np.testing.assert_allclose(base, score(background).mean())
    np.testing.assert_allclose(scores, score(rows))
    np.testing.assert_allclose(base + values.sum(axis=1), scores)


def test_the_score_of_two_outcomes_is_their_log_odds(component, people, labels):
    model = pipeline(LogisticRegression(), people, labels)

    _, _, scores = component.shap_values(model, [1], people.iloc[:50], people.iloc[50:])

    chances = model.predict_proba(people.iloc[50:])[:, 1]
    np.testing.assert_allclose(scores, np.log(chances / (1 - chances)))


def test_of_several_classes_the_favourable_ones_are_set_against_the_others(component, people, labels):
    three = labels + people["job"].eq("nurse").to_numpy()
    model = pipeline(LogisticRegression(), people, three)
    background, rows = people.iloc[:20], people.iloc[20:23]

    values, base, scores = component.shap_values(model, [0, 2], background, rows)

    def score(X):
        # Log probabilities differ from the scores by the same number for every class.
        logs = np.log(model.predict_proba(X))
        return (logs[:, 0] + logs[:, 2]) / 2 - logs[:, 1]

    np.testing.assert_allclose(scores, score(rows))
    np.testing.assert_allclose(values, [shapley(score, background, rows.iloc[[place]]) for place in range(3)])
    np.testing.assert_allclose(base + values.sum(axis=1), scores)


def test_what_is_around_the_pipeline_is_part_of_what_is_explained(component, people, labels):
    inner = pipeline(LogisticRegression(), people, labels)
    model = Wrapper(inner)
    background, rows = people.iloc[:20], people.iloc[20:23]

    values, _, _ = component.shap_values(model, [1], background, rows)

    expected = [
        shapley(lambda X: inner.decision_function(model.rounded(X)), background, rows.iloc[[place]])
        for place in range(3)
    ]
    np.testing.assert_allclose(values, expected)
    assert "predict" not in vars(inner)


def test_every_prepared_column_is_traced_to_the_column_it_comes_from(component, people, labels):
    model = pipeline(LogisticRegression(), people, labels)

    origins = component.origins_of(model, people)

    names = [name.split("__")[1].rsplit("_", 1)[0] for name in model[:-1].get_feature_names_out()]
    assert [people.columns[origin] for origin in origins] == names


def test_a_prepared_column_of_two_columns_is_refused(component, people, labels, tmp_path):
    people["income $"] = people["income $"].fillna(0.0)
    both = FunctionTransformer(lambda X: (X["age"] * X["income $"]).to_numpy().reshape(-1, 1))
    model = Pipeline([("columns", both), ("estimator", Ridge())]).fit(people, labels)

    found = component.explain(model, people, people, outcome, [1], tmp_path, seed=0)

    assert found["holds"] is None
    assert found["because"] == "a prepared column comes from age and income $ together"


def test_a_model_that_asks_its_pipeline_for_no_prediction_is_refused(component, people, labels, tmp_path):
    class Odd(Wrapper):
        def predict(self, X):
            return np.ones(len(X))

    found = component.explain(
        Odd(pipeline(LogisticRegression(), people, labels)), people, people, outcome, [1], tmp_path, seed=0
    )

    assert found["holds"] is None
    assert "Odd predicts without" in found["because"]


def test_evidence_ranks_the_columns_and_draws_them(component, people, labels, tmp_path):
    model = pipeline(LogisticRegression(), people, labels)

    found = component.explain(model, people.iloc[:120], people.iloc[120:], outcome, [1], tmp_path, seed=0)

    measured = found["measured"]
    assert found["holds"] is True
    assert next(iter(measured["mean_absolute_shap"])) == "age"
    assert measured["rank_agreement_with_outcome"] == pytest.approx(1)
    assert measured["explained"] == "score behind the probability"
    assert json.loads(json.dumps(found)) == found
    assert (tmp_path / "linear_shap_overall.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "linear_shap_example.png").read_bytes().startswith(b"\x89PNG")


def test_a_score_that_is_no_sum_over_columns_is_found_out(component, people, labels, tmp_path):
    class Squared(Ridge):
        def predict(self, X):
            return super().predict(X) ** 2

    found = component.explain(pipeline(Squared(), people, labels), people, people, outcome, [1], tmp_path, seed=0)

    assert found["holds"] is False
    assert "do not explain" in found["because"]


def test_a_model_that_always_says_the_same_has_no_ranks_to_compare(component, people, labels, tmp_path):
    model = pipeline(Lasso(100.0), people, labels)

    found = component.explain(model, people, people, outcome, [1], tmp_path, seed=0)

    assert found["holds"] is True
    assert found["measured"]["rank_agreement_with_outcome"] is None
    assert set(found["measured"]["mean_absolute_shap"].values()) == {0}


def test_stability_is_the_agreement_of_the_values_against_two_halves_of_the_background(
    component, people, labels, tmp_path
):
    model, train, rows = pipeline(LogisticRegression(), people, labels), people.iloc[:40], people.iloc[40:60]

    found = component.explain(model, train, rows, outcome, [1], tmp_path, seed=3, background=20)

    against = train.sample(20, random_state=3)
    first, second = (
        component.shap_values(model, [1], half, rows)[0] for half in (against.iloc[::2], against.iloc[1::2])
    )
    expected = np.mean([pd.Series(one).corr(pd.Series(other)) for one, other in zip(first, second, strict=True)])
    assert found["measured"]["agreement_between_backgrounds"] == pytest.approx(expected, abs=1e-6)
    assert 0.5 < expected < 1
    assert found["measured"]["coverage"] == 1


def test_one_row_explained_against_itself_has_no_values_to_compare(component, people, labels, tmp_path):
    model, one = pipeline(LogisticRegression(), people, labels), people.iloc[[0]]

    found = component.explain(model, one, one, outcome, [1], tmp_path, seed=0)

    assert found["holds"] is True
    assert found["measured"]["agreement_between_backgrounds"] is None
    assert set(found["measured"]["mean_absolute_shap"].values()) == {0}


def test_the_example_is_nobody(component, people):
    example = component.typical(people)

    assert example["age"].iloc[0] == people["age"].median()
    assert example["job"].iloc[0] == people["job"].mode()[0]
    assert not (people == example.iloc[0]).all(axis=1).any()
