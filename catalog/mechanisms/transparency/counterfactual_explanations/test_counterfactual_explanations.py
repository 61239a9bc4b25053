from __future__ import annotations

import itertools
import json

import numpy as np
import pandas as pd
import pytest


class Points:
    """Favourable from three points: two for high income, one each for a job, a deposit and being of group b."""

    def points(self, X):
        return (
            2.0 * (X["income"].fillna(0) >= 50)
            + (X["job"] == "nurse")
            + (X["deposit"].fillna(0) >= 10)
            + (X["group"] == "b")
        )

    def predict(self, X):
        return (self.points(X) >= 3).astype(int).to_numpy()


def _outcome(model, X):
    return (model.points(X) / 5).rename("score")


def _rows(count, seed):
    source = np.random.default_rng(seed)
    rows = pd.DataFrame(
        {
            "income": source.integers(0, 100, count).astype(float),
            "job": source.choice(["clerk", "nurse", "cook"], count).astype(object),
            "deposit": source.integers(0, 20, count).astype(float),
            "group": source.choice(["a", "b"], count).astype(object),
        },
        index=source.permutation(count) + 1000,
    )
    rows.iloc[::17, 0] = np.nan
    rows.iloc[::19, 1] = None
    return rows


def _search(component, train, fixed=("group",), candidates=1000):
    return component.Search(Points(), train, _outcome, [1], fixed, candidates)


@pytest.mark.parametrize("seed", range(5))
def test_changes_are_favourable_minimal_lent_and_leave_fixed_columns_alone(component, seed):
    train, test = _rows(300, seed), _rows(40, seed + 100)
    search, model = _search(component, train), Points()

    for place in np.flatnonzero(model.predict(test) == 0):
        row = test.iloc[[place]]
        found = search.nearest(row)

        assert found is not None
        assert found.index.equals(row.index)
        assert model.predict(found)[0] == 1
        changed = [name for name in row.columns if component.different(row[name], found[name])[0]]
        assert "group" not in changed
        for name in changed:
            assert found[name].iloc[0] in set(train[name].dropna())
            assert model.predict(found.assign(**{name: row[name].to_numpy()}))[0] == 0, "a change can be taken back"


def test_the_lender_is_the_nearest_favourable_row_computed_another_way(component):
    train, test = _rows(120, 3), _rows(1, 4)
    search = _search(component, train)
    row = test.iloc[0]

    def gap(other, name):
        if pd.isna(row[name]) or pd.isna(other[name]):
            return float(pd.isna(row[name]) != pd.isna(other[name]))
        if isinstance(row[name], str):
            return float(row[name] != other[name])
        return abs(row[name] - other[name]) / (train[name].max() - train[name].min())

    expected = [
        sum(gap(other, name) for name in ("income", "job", "deposit")) for _, other in search.lenders.iterrows()
    ]
    assert search.distances(test, search.lenders) == pytest.approx(expected)


def test_no_set_of_values_of_the_lender_is_smaller_where_one_change_suffices(component):
    train = pd.DataFrame(
        {"income": [80.0, 10], "job": ["nurse", "cook"], "deposit": [15.0, 0], "group": ["b", "b"]}
    ).astype({"job": object, "group": object})
    row = pd.DataFrame({"income": [10.0], "job": ["cook"], "deposit": [0.0], "group": ["b"]}, index=[7]).astype(
        {"job": object, "group": object}
    )

    found = _search(component, train).nearest(row)

    sets = [
        names
        for size in range(1, 4)
        for names in itertools.combinations(("income", "job", "deposit"), size)
        if Points().predict(row.assign(**{name: train[name].iloc[0] for name in names}))[0] == 1
    ]
    assert [name for name in row.columns if found[name].iloc[0] != row[name].iloc[0]] == list(sets[0]) == ["income"]


def test_where_only_a_fixed_column_would_help_nothing_is_found(component, tmp_path):
    class OnlyGroup(Points):
        def points(self, X):
            return 3.0 * (X["group"] == "b")

    test = _rows(60, 1)

    found = component.explain(OnlyGroup(), _rows(200, 0), test, _outcome, [1], ["group"], tmp_path, seed=0)

    assert found["holds"] is False
    assert found["measured"]["found"] == 0
    assert not list(tmp_path.iterdir())


def test_evidence_counts_columns_and_holds_no_value_of_anybody(component, tmp_path):
    train, test = _rows(300, 0), _rows(200, 1)

    found = component.explain(
        Points(), train, test, _outcome, [1], ["group"], tmp_path / "figures", seed=0, unchangeable=["job"]
    )

    measured = found["measured"]
    assert found["holds"] is True
    assert measured["share_found"] == 1
    assert measured["columns_never_changed"] == ["group", "job"]
    assert set(measured["times_changed"]) == {"income", "deposit"}
    assert sum(measured["times_changed"].values()) == pytest.approx(measured["mean_columns_changed"] * 50)
    assert (tmp_path / "figures/counterfactual_explanations.png").read_bytes().startswith(b"\x89PNG")
    text = json.dumps(found)
    assert json.loads(text) == found
    assert not any(word in text for word in ("nurse", "clerk", "cook"))


def test_texts_that_hardly_repeat_are_never_lent(component):
    train = _rows(100, 0).assign(letter=[f"dear sir, number {number}" for number in range(100)])

    assert "letter" not in _search(component, train).changeable


def test_a_model_that_refuses_nobody_leaves_the_question_open(component, tmp_path):
    class Kind(Points):
        def predict(self, X):
            return np.ones(len(X), int)

    found = component.explain(Kind(), _rows(50, 0), _rows(50, 1), _outcome, [1], [], tmp_path, seed=0)

    assert found["holds"] is None
    assert found["because"].startswith("0 test rows")


def test_a_model_that_refuses_everybody_is_told_so(component, tmp_path):
    class Strict(Points):
        def predict(self, X):
            return np.zeros(len(X), int)

    found = component.explain(Strict(), _rows(50, 0), _rows(50, 1), _outcome, [1], [], tmp_path, seed=0)

    assert found["holds"] is False
    assert found["measured"]["mean_distance"] is None


def test_the_same_seed_gives_the_same_changes(component, tmp_path):
    first, second = (
        component.explain(Points(), _rows(200, 0), _rows(100, 1), _outcome, [1], [], tmp_path, seed=2)["measured"]
        for _ in range(2)
    )

    assert {**first, "seconds_per_row": 0} == {**second, "seconds_per_row": 0}
