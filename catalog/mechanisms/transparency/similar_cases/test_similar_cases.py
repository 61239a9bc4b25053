from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest


def _rows(count, seed):
    source = np.random.default_rng(seed)
    rows = pd.DataFrame(
        {
            "age": source.integers(18, 80, count).astype(float),
            "job": source.choice(["clerk", "nurse", "cook"], count).astype(object),
        },
        index=source.permutation(count) + 1000,
    )
    rows.iloc[::11, 0] = np.nan
    rows.iloc[::13, 1] = None
    return rows


class ByAge:
    def predict(self, X):
        return (X["age"].fillna(0) > 45).astype(int).to_numpy()


class Age:
    def predict(self, X):
        return X["age"].fillna(50).to_numpy()


def test_the_nearest_rows_are_those_of_the_distance_computed_another_way(component):
    train, test = _rows(80, 0), _rows(15, 1)
    test.iloc[3, 1] = "pilot"

    positions, distances = component.nearest(test, train, 4)

    width = train["age"].max() - train["age"].min()
    for place, (_, row) in enumerate(test.iterrows()):
        expected = []
        for _, other in train.iterrows():
            gap = float(pd.isna(row["age"]) != pd.isna(other["age"]))
            if not pd.isna(row["age"]) and not pd.isna(other["age"]):
                gap = abs(row["age"] - other["age"]) / width
            equal = row["job"] == other["job"] or (pd.isna(row["job"]) and pd.isna(other["job"]))
            expected.append((gap + (0 if equal else 1)) / 2)
        assert distances[place] == pytest.approx(np.sort(expected)[:4])
        assert np.asarray(expected)[positions[place]] == pytest.approx(distances[place])


def test_a_training_row_is_nearest_to_itself(component):
    train = _rows(60, 0)

    _, distances = component.nearest(train, train, 1)

    assert distances.ravel() == pytest.approx(np.zeros(60))


def test_cases_that_ended_as_the_model_says_speak_for_it(component):
    train, test = _rows(800, 0), _rows(100, 1)
    y = pd.Series(ByAge().predict(train), index=train.index)

    found = component.measure(ByAge(), train, y, test, seed=0)

    assert found["holds"] is True, found["because"]
    assert found["measured"]["gap_of_similar_cases"] < 0.05
    share = y.mean()
    said = ByAge().predict(test)
    assert found["measured"]["gap_of_all_cases"] == pytest.approx(
        np.where(said == 1, 1 - share, share).mean(), abs=1e-6
    )
    assert json.loads(json.dumps(found)) == found


def test_the_gap_of_numbers_is_their_absolute_difference(component):
    train, test = _rows(300, 0), _rows(60, 1)
    y = pd.Series(Age().predict(train), index=train.index)

    found = component.measure(Age(), train, y, test, seed=0, cases=3)

    positions, _ = component.nearest(test.sample(60, random_state=0), train, 3)
    said = Age().predict(test.sample(60, random_state=0))
    expected = np.abs(y.to_numpy()[positions] - said[:, None]).mean()
    assert found["measured"]["gap_of_similar_cases"] == pytest.approx(expected, abs=1e-6)
    assert found["holds"] is True


def test_cases_that_ended_the_other_way_do_not_speak_for_a_model(component):
    train, test = _rows(800, 0), _rows(100, 1)
    y = pd.Series(1 - ByAge().predict(train), index=train.index)

    found = component.measure(ByAge(), train, y, test, seed=0)

    assert found["holds"] is False
    assert "do not speak for" in found["because"]


def test_a_gain_that_may_be_chance_and_few_rows_leave_the_question_open(component):
    class Same:
        def predict(self, X):
            return np.ones(len(X), int)

    train, test = _rows(500, 0), _rows(60, 1)
    y = pd.Series(np.random.default_rng(2).integers(0, 2, 500), index=train.index)

    by_chance = component.measure(Same(), train, y, test, seed=0)
    few = component.measure(Same(), train, y, test.iloc[:20], seed=0)

    assert by_chance["holds"] is few["holds"] is None
    assert by_chance["because"].endswith("which may be chance")
    assert few["because"].startswith("20 test rows")


def test_evidence_holds_no_value_of_anybody(component):
    train, test = _rows(200, 0), _rows(60, 1)

    found = component.measure(ByAge(), train, pd.Series(ByAge().predict(train)), test, seed=0)

    assert not any(word in json.dumps(found) for word in ("nurse", "clerk", "cook"))
