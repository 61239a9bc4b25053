from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest


class Linear:
    """Says a linear formula of numbers and texts; a gap in a number counts 1, another job than clerk nothing."""

    def predict(self, X):
        assert set(X["job"].dropna()) <= {"clerk", "nurse", "cook"}
        age, income = X["age"].to_numpy(float), X["income"].fillna(100.0).to_numpy(float)
        return 0.5 * age + 0.01 * income - 2.0 * (X["job"] == "clerk").to_numpy()


class Steep(Linear):
    """Another slope on either side of the age of 50."""

    def predict(self, X):
        age = X["age"].to_numpy(float)
        return np.where(age > 50, 10 * (age - 50), -(age - 50))


class Coin(Linear):
    random = np.random.default_rng(0)

    def predict(self, X):
        return self.random.normal(size=len(X))


class Silent(Linear):
    def predict(self, X):
        return np.zeros(len(X))


class Strict(Linear):
    def predict(self, X):
        if X["job"].nunique() > 1 and len(X) > 60:
            raise ValueError("no such\nperson")
        return super().predict(X)


def outcome(model, X):
    return pd.Series(model.predict(X), index=X.index, name="score")


@pytest.fixture
def people() -> pd.DataFrame:
    random = np.random.default_rng(0)
    table = pd.DataFrame(
        {
            "age": random.integers(18, 81, 200).astype(float),
            "job": random.choice(["clerk", "nurse", "cook"], 200).astype(object),
            "income": random.uniform(5, 40, 200),
            "shoe $1$": random.choice(["left", "right"], 200).astype(object),
        },
        index=random.permutation(200) + 300,
    )
    table.loc[table.index[::7], "income"] = np.nan
    table.loc[table.index[::5], "job"] = np.nan
    return table


def around(component, people, model, row, count=4000, seed=0):
    return component.Neighbourhood(people).around(row, model, outcome, count, np.random.default_rng(seed))


def test_the_coefficients_of_a_linear_model_are_found_again(component, people):
    row = people[people["income"].notna() & people["job"].eq("nurse")].iloc[[0]]

    found = component.surrogate(around(component, people, Linear(), row), 2)

    # Per standard deviation of a number; age and job move the score most, so income is left out and little is missed.
    assert found.coefficients[0] == pytest.approx(0.5 * people["age"].std(ddof=0), rel=0.01)
    assert found.coefficients[2] == found.coefficients[3] == 0
    # Of the other values of the job, gaps among them, this share is a clerk's.
    others = people["job"][people["job"].ne("nurse")]
    assert found.coefficients[1] == pytest.approx(-2 * others.eq("clerk").mean(), rel=0.1)
    assert found.intercept == pytest.approx(Linear().predict(row)[0], abs=0.1)


def test_the_fit_is_weighted_least_squares_over_the_chosen_columns(component, people):
    row = people.iloc[[3]]
    drawn = around(component, people, Linear(), row, count=300)

    found = component.surrogate(drawn, 2)

    # Normal equations, worked out by hand.
    named = np.flatnonzero(found.coefficients)
    design = np.column_stack([np.ones(300), drawn.differences[:, named]])
    weighed = design.T * drawn.weights
    expected = np.linalg.solve(weighed @ design, weighed @ drawn.said)
    np.testing.assert_allclose([found.intercept, *found.coefficients[named]], expected)
    left = drawn.said - design @ expected
    mean = drawn.weights @ drawn.said / drawn.weights.sum()
    told = 1 - sum(drawn.weights * left**2) / sum(drawn.weights * (drawn.said - mean) ** 2)
    assert found.fidelity(drawn) == pytest.approx(told)


def test_the_columns_are_those_that_miss_least_of_all_pairs(component, people):
    drawn = around(component, people, Linear(), people[people["job"].eq("clerk")].iloc[[0]])

    found = component.surrogate(drawn, 2)

    def missed(pair):
        root = np.sqrt(drawn.weights)
        design = np.column_stack([np.ones(len(root)), drawn.differences[:, pair]]) * root[:, None]
        return float(np.linalg.lstsq(design, drawn.said * root, rcond=None)[1][0])

    pairs = [[first, second] for first in range(4) for second in range(first + 1, 4)]
    assert list(np.flatnonzero(found.coefficients)) == min(pairs, key=missed)


def test_the_kernel_is_that_of_the_paper(component, people):
    assert list(component.kernel(np.array([0.0, 1.0, 2.0]), 2.0)) == pytest.approx([1, np.exp(-0.25), np.exp(-1)])

    drawn = around(component, people, Linear(), people.iloc[[3]], count=50)

    squares = (drawn.differences**2).sum(axis=1)
    np.testing.assert_allclose(drawn.weights, np.exp(-squares / (0.75**2 * 4)))
    assert drawn.weights[squares == 0] == pytest.approx(1)


def test_half_of_the_values_are_those_of_the_row_and_none_is_made_up(component, people):
    seen = []

    class Watched(Linear):
        def predict(self, X):
            seen.append(X)
            return super().predict(X)

    row = people[people["income"].isna()].iloc[[0]]
    drawn = around(component, people, Watched(), row)

    rows = seen[0]
    assert [str(kind) for kind in rows.dtypes] == [str(kind) for kind in people.dtypes]
    assert all(set(rows[column].dropna()) <= set(people[column].dropna()) for column in people.columns)
    # A gap stays a gap or becomes a number, which counts as a difference.
    assert rows["income"].isna().mean() == pytest.approx(0.5, abs=0.03)
    assert list(drawn.differences[:, 2]) == list(rows["income"].notna())
    assert (drawn.differences[:, 0] == 0).mean() == pytest.approx(0.5, abs=0.04)


def test_near_rows_decide_so_a_bend_of_the_model_is_seen_on_its_own_side(component, people):
    spread = people["age"].std(ddof=0)
    young, old = (people[people["age"].between(*ages)].iloc[[0]] for ages in ((18, 22), (76, 80)))

    slope_young, slope_old = (
        component.surrogate(around(component, people, Steep(), row), 1).coefficients[0] / spread for row in (young, old)
    )

    assert slope_young < slope_old
    assert slope_old > 5


def test_evidence_of_a_linear_model_holds(component, people, tmp_path):
    found = component.explain(Linear(), people.iloc[:150], people.iloc[150:], outcome, tmp_path, seed=0, columns=3)

    measured = found["measured"]
    assert found["holds"] is True
    assert measured["fidelity"]["value"] > 0.9
    assert measured["fidelity_of_rows"]["lowest_twentieth"] <= measured["fidelity_of_rows"]["median"]
    assert measured["coverage"] == 1
    assert next(iter(measured["columns"])) == "age"
    assert measured["columns"]["age"]["share_of_rows"] == 1
    assert json.loads(json.dumps(found)) == found
    assert (tmp_path / "lime_overall.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "lime_example.png").read_bytes().startswith(b"\x89PNG")


def test_answers_without_rhyme_are_neither_told_nor_found_again(component, people, tmp_path):
    found = component.explain(Coin(), people.iloc[:150], people.iloc[150:], outcome, tmp_path, seed=0, columns=1)

    assert found["holds"] is False
    assert found["measured"]["fidelity"]["value"] < 0.1
    assert found["measured"]["agreement"]["value"] < 0.7


def test_agreement_weighs_columns_and_same_columns_counts_them(component):
    first = component.Surrogate(np.array([8.0, 1.0, 0.0]), 0.0)
    second = component.Surrogate(np.array([8.0, 0.0, -3.0]), 0.0)

    assert component.agreement(first, second) == pytest.approx(16 / 20)
    assert component.same_columns(first, second) == pytest.approx(1 / 3)
    nothing = component.Surrogate(np.zeros(3), 0.0)
    assert component.agreement(nothing, nothing) == component.same_columns(nothing, nothing) == 1


def test_a_model_that_always_says_the_same_leaves_nothing_to_explain(component, people, tmp_path):
    found = component.explain(Silent(), people.iloc[:150], people.iloc[150:], outcome, tmp_path, seed=0)

    assert found["holds"] is None
    assert found["measured"]["rows_around_which_nothing_changes"] == 50
    assert found["measured"]["coverage"] == 0


def test_a_model_that_refuses_mixed_rows_is_told_of_and_not_hidden(component, people, tmp_path):
    found = component.explain(Strict(), people.iloc[:150], people.iloc[150:], outcome, tmp_path, seed=0)

    assert found["holds"] is None
    assert "(no such person)" in found["because"]


def test_few_rows_are_not_judged(component, people, tmp_path):
    found = component.explain(Linear(), people.iloc[:150], people.iloc[150:160], outcome, tmp_path, seed=0)

    assert found["holds"] is None
    assert "10 rows were explained, 20 are needed" in found["because"]


def test_the_same_seed_gives_the_same_evidence(component, people, tmp_path):
    def evidence(seed):
        found = component.explain(Linear(), people.iloc[:150], people.iloc[150:], outcome, tmp_path, seed, rows=20)
        return {name: value for name, value in found["measured"].items() if name != "seconds_per_row"}

    assert evidence(1) == evidence(1)
    assert evidence(1) != evidence(2)


def test_a_column_without_any_value_can_be_there(component, people, tmp_path):
    class Plain(Linear):
        def predict(self, X):
            return super().predict(X.assign(income=10.0))

    empty = people.assign(income=np.nan)

    found = component.explain(Plain(), empty.iloc[:150], empty.iloc[150:], outcome, tmp_path, seed=0, columns=3)

    assert found["holds"] is True
    assert found["measured"]["columns"]["income"]["mean_absolute_coefficient"] == 0
