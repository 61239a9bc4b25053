from __future__ import annotations

import json
from itertools import combinations
from math import factorial

import numpy as np
import pandas as pd
import pytest
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor, RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder

FOREST = RandomForestClassifier(8, min_samples_leaf=3, random_state=0)
BOOSTED = HistGradientBoostingClassifier(max_iter=10, min_samples_leaf=5, random_state=0)
BOOSTED_NUMBER = HistGradientBoostingRegressor(max_iter=10, min_samples_leaf=5, random_state=0)


class Wrapper:
    """Gives rows to the pipeline with their ages rounded to tens."""

    def __init__(self, estimator_):
        self.estimator_ = estimator_

    def predict(self, X):
        return self.estimator_.predict(self.rounded(X))

    def rounded(self, X):
        return X.assign(age=(X["age"] / 10).round() * 10)


def outcome(model, X):
    if hasattr(model, "predict_proba"):
        chances = model.predict_proba(X)[:, np.isin(model.classes_, [1])].sum(axis=1)
        return pd.Series(chances, index=X.index, name="probability")
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
    by_job = people["job"].map({"clerk": 30, "nurse": -20}).fillna(0)
    return (people["age"] + by_job + people["income $"].fillna(20) > 70).astype(int)


def with_levels_apart(estimator, people, y) -> Pipeline:
    levels = OneHotEncoder(handle_unknown="ignore", sparse_output=False)
    numbers = SimpleImputer(strategy="median") if isinstance(estimator, RandomForestClassifier) else "passthrough"
    columns = ColumnTransformer([("l", levels, ["job", "shoe"]), ("n", numbers, ["age", "income $"])])
    return Pipeline([("columns", columns), ("estimator", estimator)]).fit(people, y)


def as_categories(X):
    return X.assign(job=X["job"].astype("category"), shoe=X["shoe"].astype("category"))


def with_levels_as_they_are(estimator, people, y) -> Pipeline:
    return Pipeline([("columns", FunctionTransformer(as_categories)), ("estimator", estimator)]).fit(people, y)


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


def chance(model):
    return lambda X: model.predict_proba(X)[:, 1]


@pytest.mark.parametrize(
    ("build", "estimator", "score_of"),
    [
        (with_levels_apart, FOREST, chance),
        (with_levels_apart, BOOSTED, lambda model: model.decision_function),
        (with_levels_as_they_are, BOOSTED, lambda model: model.decision_function),
        (with_levels_as_they_are, BOOSTED_NUMBER, lambda model: model.predict),
    ],
    ids=["forest", "boosted", "boosted with sets of levels", "boosted numbers"],
)
def test_values_are_shapley_values_by_their_definition(component, people, labels, build, estimator, score_of):
    model = build(estimator, people, labels)
    score, background, rows = score_of(model), people.iloc[:15], people.iloc[15:21]

    found = component.shap_values(model, outcome, [1], background, rows)

    expected = [shapley(score, background, rows.iloc[[place]]) for place in range(len(rows))]
    np.testing.assert_allclose(found.values, expected, atol=1e-9)
    np.testing.assert_allclose(found.scores, score(rows))
    np.testing.assert_allclose(found.base + found.values.sum(axis=1), found.scores)
    # Trees that tell nobody apart would pass too.
    assert (np.abs(found.values).max(axis=0)[:3] > 0.01).all()


@pytest.mark.parametrize("estimator", [FOREST, BOOSTED], ids=["forest", "boosted"])
def test_several_classes_add_up_too(component, people, labels, estimator):
    three = labels + people["job"].eq("nurse").to_numpy()
    model = with_levels_apart(estimator, people, three)
    background, rows = people.iloc[:15], people.iloc[15:18]

    found = component.shap_values(model, outcome, [1], background, rows)

    def score(X):
        if estimator is FOREST:
            return model.predict_proba(X)[:, 1]
        # Log probabilities differ from the scores by the same number for every class.
        logs = np.log(model.predict_proba(X))
        return logs[:, 1] - (logs[:, 0] + logs[:, 2]) / 2

    np.testing.assert_allclose(found.values, [shapley(score, background, rows.iloc[[place]]) for place in range(3)])
    np.testing.assert_allclose(found.base + found.values.sum(axis=1), score(rows))
    assert found.quantity.startswith("lead of the favourable scores") == (estimator is BOOSTED)


def test_a_level_that_no_training_row_had_is_followed_as_the_model_follows_it(component, people, labels):
    model = with_levels_as_they_are(BOOSTED, people, labels)
    rows = people.iloc[15:25].assign(job="astronaut")

    found = component.shap_values(model, outcome, [1], people.iloc[:15], rows)

    np.testing.assert_allclose(found.base + found.values.sum(axis=1), model.decision_function(rows))


def test_blocks_of_rows_change_nothing(component, people, labels, monkeypatch):
    model = with_levels_apart(FOREST, people, labels)
    whole = component.shap_values(model, outcome, [1], people.iloc[:15], people.iloc[15:40])
    monkeypatch.setattr(component, "_AT_ONCE", 200)

    parts = component.shap_values(model, outcome, [1], people.iloc[:15], people.iloc[15:40])

    np.testing.assert_allclose(parts.values, whole.values)


def test_what_is_around_the_pipeline_is_part_of_what_is_explained(component, people, labels):
    inner = with_levels_apart(FOREST, people, labels)
    model, background, rows = Wrapper(inner), people.iloc[:15], people.iloc[15:18]

    found = component.shap_values(model, outcome, [1], background, rows)

    expected = [
        shapley(lambda X: chance(inner)(model.rounded(X)), background, rows.iloc[[place]]) for place in range(3)
    ]
    np.testing.assert_allclose(found.values, expected, atol=1e-12)
    assert "predict" not in vars(inner)


def test_a_prepared_column_of_two_columns_is_refused(component, people, labels, tmp_path):
    both = FunctionTransformer(lambda X: (X["age"] * X["income $"]).to_numpy().reshape(-1, 1))
    model = Pipeline([("columns", both), ("estimator", BOOSTED_NUMBER)]).fit(people, labels)

    found = component.explain(model, people, people, outcome, [1], tmp_path, seed=0)

    assert found["holds"] is None
    assert found["because"] == "a prepared column comes from age and income $ together"


def test_another_model_is_refused(component, people, labels, tmp_path):
    model = Pipeline([("columns", FunctionTransformer(lambda X: X[["age"]])), ("estimator", LogisticRegression())])

    found = component.explain(model.fit(people, labels), people, people, outcome, [1], tmp_path, seed=0)

    assert found["holds"] is None
    assert found["because"] == "LogisticRegression is no ensemble of trees, or is not trained"


def test_evidence_ranks_the_columns_and_draws_them(component, people, labels, tmp_path):
    model = with_levels_as_they_are(BOOSTED, people, labels)

    found = component.explain(model, people.iloc[:120], people.iloc[120:], outcome, [1], tmp_path, seed=0)

    measured = found["measured"]
    assert found["holds"] is True
    assert next(iter(measured["mean_absolute_shap"])) == "age"
    assert measured["rank_agreement_with_outcome"] == pytest.approx(1)
    assert measured["explained"] == "log odds behind the probability"
    assert json.loads(json.dumps(found)) == found
    assert (tmp_path / "tree_shap_overall.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "tree_shap_example.png").read_bytes().startswith(b"\x89PNG")


def test_a_score_that_the_trees_do_not_give_is_found_out(component, people, labels, tmp_path):
    class Squared(HistGradientBoostingRegressor):
        def predict(self, X):
            return super().predict(X) ** 2

    model = with_levels_as_they_are(Squared(max_iter=10, random_state=0), people, labels)

    found = component.explain(model, people, people, outcome, [1], tmp_path, seed=0)

    assert found["holds"] is False
    assert "do not explain" in found["because"]


def test_stability_is_the_agreement_of_the_values_against_two_halves_of_the_background(
    component, people, labels, tmp_path
):
    model, train, rows = with_levels_as_they_are(BOOSTED, people, labels), people.iloc[:40], people.iloc[40:60]

    found = component.explain(model, train, rows, outcome, [1], tmp_path, seed=3, background=20)

    against = train.sample(20, random_state=3)
    first, second = (
        component.shap_values(model, outcome, [1], half, rows).values
        for half in (against.iloc[::2], against.iloc[1::2])
    )
    expected = np.mean([pd.Series(one).corr(pd.Series(other)) for one, other in zip(first, second, strict=True)])
    assert found["measured"]["agreement_between_backgrounds"] == pytest.approx(expected, abs=1e-6)
    assert 0.5 < expected < 1
    assert found["measured"]["coverage"] == 1


def test_one_row_explained_against_itself_has_no_values_to_compare(component, people, labels, tmp_path):
    model, one = with_levels_as_they_are(BOOSTED, people, labels), people.iloc[[0]]

    found = component.explain(model, one, one, outcome, [1], tmp_path, seed=0)

    assert found["holds"] is True
    assert found["measured"]["agreement_between_backgrounds"] is None
    assert set(found["measured"]["mean_absolute_shap"].values()) == {0}


def test_the_example_is_nobody(component, people):
    example = component.typical(people)

    assert example["age"].iloc[0] == people["age"].median()
    assert example["job"].iloc[0] == people["job"].mode()[0]
    assert not (people == example.iloc[0]).all(axis=1).any()
