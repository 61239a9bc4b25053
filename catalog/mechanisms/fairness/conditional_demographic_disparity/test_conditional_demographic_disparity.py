from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest


class Said:
    def __init__(self, decisions):
        self.decisions = decisions

    def predict(self, X):
        return self.decisions.loc[X.index].to_numpy()


def _berkeley(scale=1):
    """Two departments that treat both groups alike; most women apply where most people are refused."""
    cells = [("easy", "m", 1, 640), ("easy", "m", 0, 160), ("easy", "f", 1, 80), ("easy", "f", 0, 20)]
    cells += [("hard", "m", 1, 40), ("hard", "m", 0, 160), ("hard", "f", 1, 160), ("hard", "f", 0, 640)]
    rows = [cell[:3] for cell in cells for _ in range(cell[3] * scale)]
    table = pd.DataFrame(rows, columns=["department", "sex", "decision"])
    table.index = np.random.default_rng(0).permutation(len(table))
    return table[["department"]], table[["sex"]], Said(table["decision"])


def test_what_strata_explain_is_gone_within_them(component):
    X, groups, model = _berkeley(2)

    found = component.measure(model, X, groups, [1], seed=0, strata=["department"])

    women = found["measured"]["attributes"]["sex"]["f"]
    refused, selected = 20 + 640 + 160 + 160, 640 + 80 + 40 + 160
    assert women["disparity"] == pytest.approx(660 / refused - 240 / selected, abs=1e-6)
    assert women["conditional_disparity"]["value"] == pytest.approx(0, abs=1e-6)
    assert found["holds"] is True
    assert found["measured"]["rows_compared"] == 1
    assert json.loads(json.dumps(found)) == found


def test_it_is_the_mean_over_strata_of_the_share_among_refused_minus_among_selected(component):
    random = np.random.default_rng(1)
    X = pd.DataFrame({"town": random.choice(list("abc"), 900), "age": random.integers(18, 90, 900).astype(float)})
    groups = pd.DataFrame({"origin": random.choice(["here", "there", "elsewhere"], 900)})
    granted = pd.Series((random.random(900) < np.where(groups["origin"] == "here", 0.7, 0.3)).astype(int))

    found = component.measure(Said(granted), X, groups, [1], seed=0, strata=["town", "age"], parts=2)

    strata = [X["town"], X["age"] > X["age"].median()]
    expected = 0.0
    for _, rows in X.groupby(strata):
        decided, here = granted[rows.index], groups["origin"][rows.index] == "here"
        expected += (here[decided == 0].mean() - here[decided == 1].mean()) * len(rows) / len(X)
    figure = found["measured"]["attributes"]["origin"]["here"]["conditional_disparity"]
    assert figure["value"] == pytest.approx(expected, abs=1e-6)
    assert figure["low"] < figure["value"] < figure["high"] < -0.1
    assert found["holds"] is False


def test_intervals_are_those_of_rows_drawn_again(component):
    X, groups, model = _berkeley()
    codes = (X["department"] == "hard").to_numpy(int), (groups["sex"] == "m").to_numpy(int), model.predict(X)
    random, drawn = np.random.default_rng(5), []
    for _ in range(1000):
        rows = random.integers(0, len(X), len(X))
        counts = np.zeros((2, 2, 2))
        np.add.at(counts, tuple(code[rows] for code in codes), 1)
        drawn.append(component.disparity(counts)[0])

    found = component.measure(model, X, groups, [1], seed=0, strata=["department"])

    figure = found["measured"]["attributes"]["sex"]["f"]["conditional_disparity"]
    assert [figure["low"], figure["high"]] == pytest.approx(np.quantile(drawn, [0.025, 0.975]), abs=0.01)


def test_strata_where_all_are_decided_alike_are_left_out_and_told(component):
    X, groups, model = _berkeley()
    model.decisions[X.index[X["department"] == "easy"]] = 1

    found = component.measure(model, X, groups, [1], seed=0, strata=["department"])

    assert found["measured"]["rows_compared"] == pytest.approx(1000 / 1900, abs=1e-6)
    model.decisions[:] = 0
    assert component.measure(model, X, groups, [1], seed=0, strata=["department"])["holds"] is None


def test_a_tiny_group_leaves_the_question_open(component):
    X, groups, model = _berkeley(2)
    groups.iloc[:5, 0] = "x"

    found = component.measure(model, X, groups, [1], seed=0, strata=["department"])

    assert found["holds"] is None
    assert "too few rows of x" in found["because"]
    assert found["measured"]["attributes"]["sex"]["x"]["conditional_disparity"]["value"] is None


def test_without_declared_strata_nothing_is_judged_and_unknown_ones_are_refused(component):
    X, groups, model = _berkeley()

    found = component.measure(model, X, groups, [1], seed=0)

    assert found["holds"] is None
    assert "parameter strata" in found["because"]
    with pytest.raises(ValueError, match="not among the inputs: town"):
        component.measure(model, X, groups, [1], seed=0, strata=["department", "town"])


def test_a_gap_is_a_stratum_of_its_own(component):
    X = pd.DataFrame({"age": [1.0, 2.0, 3.0, 4.0, np.nan], "town": ["a", "a", "a", "a", None]})

    assert len(set(component.strata_of(X, ["age"], 2))) == 3
    assert len(set(component.strata_of(X, ["town"], 2))) == 2
