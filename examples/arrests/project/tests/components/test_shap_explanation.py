from __future__ import annotations

from itertools import combinations
from math import factorial

import numpy as np
import pandas as pd
import pytest


class Scorer:
    """Scores rows with texts and gaps by a formula, and refuses what no row of the data could hold."""

    def predict_proba(self, X):
        assert set(X["job"].dropna()) <= {"clerk", "nurse"}
        assert X["age"].between(18, 80).all()
        income = X["income"].fillna(10.0).to_numpy()
        is_clerk = (X["job"] == "clerk").to_numpy()
        score = 0.002 * X["age"].to_numpy() + 0.01 * income * is_clerk + 0.1 * X["job"].isna().to_numpy()
        return np.column_stack([1 - score, score])

    def predict(self, X):
        return (self.predict_proba(X)[:, 1] > 0.25).astype(int)


class Decider:
    def predict(self, X):
        return Scorer().predict(X)


def outcome(model, X):
    if hasattr(model, "predict_proba"):
        return pd.Series(model.predict_proba(X)[:, 1], index=X.index, name="probability")
    return pd.Series(model.predict(X), index=X.index, name="decision")


@pytest.fixture
def people() -> pd.DataFrame:
    random = np.random.default_rng(0)
    table = pd.DataFrame(
        {
            "age": random.integers(18, 81, 60).astype(float),
            "job": random.choice(["clerk", "nurse"], 60).astype(object),
            "income": random.uniform(5, 40, 60),
            "shoe": random.choice(["left", "right"], 60),
        },
        index=random.permutation(60) + 300,
    )
    table.loc[table.index[::7], "income"] = np.nan
    table.loc[table.index[::5], "job"] = np.nan
    return table


def shapley(model, background, row):
    """Shapley values by the definition: every subset of columns, absent ones averaged over the background."""
    columns = list(row.columns)

    def worth(present):
        mixed = background.copy()
        for column in present:
            mixed[column] = [row[column].iloc[0]] * len(mixed)
        return model.predict_proba(mixed)[:, 1].mean()

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


def test_values_are_shapley_values_by_their_definition(component, people):
    background, rows = people.iloc[:20], people.iloc[20:25]

    values, _ = component.shap_values(Scorer(), outcome, background, rows, permutations=1, seed=0)

    # One order forwards and backwards is exact where at most two columns act together.
    expected = [shapley(Scorer(), background, rows.iloc[[place]]) for place in range(len(rows))]
    np.testing.assert_allclose(values, expected, atol=1e-9)


def test_values_and_base_add_up_to_the_score(component, people):
    background, rows = people.iloc[:20], people.iloc[20:]

    values, base = component.shap_values(Scorer(), outcome, background, rows, permutations=1, seed=0)

    assert base == pytest.approx(Scorer().predict_proba(background)[:, 1].mean())
    np.testing.assert_allclose(base + values.sum(axis=1), Scorer().predict_proba(rows)[:, 1], atol=1e-9)


def test_evidence_ranks_the_columns_and_ignores_the_one_without_effect(component, people, tmp_path):
    evidence = component.explain(Scorer(), people.iloc[:30], people.iloc[30:], outcome, tmp_path, seed=0)

    ranked = evidence["measured"]["mean_absolute_shap"]
    assert evidence["holds"] is True
    assert list(ranked.values()) == sorted(ranked.values(), reverse=True)
    assert ranked["shoe"] == 0
    assert evidence["measured"]["change_without_weakest_column"] == 0
    assert (tmp_path / "shap_overall.png").stat().st_size > 5000
    assert (tmp_path / "shap_example.png").stat().st_size > 5000


def test_a_model_without_probabilities_is_explained_by_its_decisions(component, people, tmp_path):
    evidence = component.explain(Decider(), people.iloc[:30], people.iloc[30:], outcome, tmp_path, seed=0)

    assert evidence["measured"]["explained"] == "decision"
    assert evidence["holds"] is True


def test_the_same_seed_gives_the_same_evidence(component, people, tmp_path):
    def evidence(seed):
        found = component.explain(
            Scorer(), people.iloc[:30], people.iloc[30:], outcome, tmp_path, seed, rows=10, background=10
        )
        return {name: value for name, value in found["measured"].items() if name != "seconds"}

    assert evidence(1) == evidence(1)
    assert evidence(1) != evidence(2)


def test_a_model_that_is_not_a_function_of_the_row_is_found_out(component, people, tmp_path):
    class Coin(Scorer):
        random = np.random.default_rng(0)

        def predict_proba(self, X):
            return np.clip(super().predict_proba(X) + self.random.normal(0, 0.05, (len(X), 1)), 0, 1)

    evidence = component.explain(Coin(), people.iloc[:30], people.iloc[30:], outcome, tmp_path, seed=0)

    assert evidence["holds"] is False
    assert "do not explain" in evidence["because"]


def test_a_model_that_refuses_mixed_rows_is_told_of_and_not_hidden(component, people, tmp_path):
    class Strict(Scorer):
        def predict_proba(self, X):
            if (X["age"].gt(60) & X["job"].eq("nurse")).any():
                raise ValueError("no such person")
            return super().predict_proba(X)

    known = people[~(people["age"].gt(60) & people["job"].eq("nurse"))]

    evidence = component.explain(Strict(), known.iloc[:20], known.iloc[20:], outcome, tmp_path, seed=0)

    assert evidence["holds"] is None
    assert "no such person" in evidence["because"]


def test_the_example_is_nobody(component, people):
    example = component.typical(people)

    assert example["age"].iloc[0] == people["age"].median()
    assert example["job"].iloc[0] == people["job"].mode()[0]
    assert not (people == example.iloc[0]).all(axis=1).any()


def test_a_column_without_any_value_can_be_explained(component, people, tmp_path):
    class Plain(Scorer):
        def predict_proba(self, X):
            return super().predict_proba(X.assign(income=10.0))

    empty = people.assign(income=np.nan)

    evidence = component.explain(Plain(), empty.iloc[:30], empty.iloc[30:], outcome, tmp_path, seed=0)

    assert evidence["holds"] is True
    assert evidence["measured"]["example"]["income"]["value"] == "no value"
