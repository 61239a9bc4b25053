from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score

KINDS = {"numeric": ["height", "luck"], "categorical": ["sex", "club", "town"], "protected": ["sex"]}


def _rows(count=1500, seed=0):
    random = np.random.default_rng(seed)
    sex = random.choice(["female", "male"], count)
    X = pd.DataFrame(
        {
            "sex": sex,
            "height": random.normal(size=count) + 1.5 * (sex == "male"),
            "luck": random.normal(size=count),
            "club": np.where(random.random(count) < 0.3, sex, "none"),
            "town": random.choice(["a", "b", "c"], count),
        }
    )
    X.loc[::17, "height"] = np.nan
    X.loc[::19, "club"] = None
    return X, pd.DataFrame({"sex": sex})


def _columns(evidence, attribute="sex"):
    return evidence["measured"]["attributes"][attribute]["columns"]


def test_columns_are_ranked_by_how_well_they_tell_the_group(component):
    X, groups = _rows()

    evidence = component.measure(X, groups, **KINDS, seed=0)

    found = _columns(evidence)
    assert list(found)[:2] == ["height", "club"]
    assert set(found) == {"height", "club", "luck", "town"}
    assert evidence["holds"] is False
    assert "height tells" in evidence["because"]
    assert json.loads(json.dumps(evidence, allow_nan=False)) == evidence


def test_the_area_is_that_of_the_column_where_larger_means_more_often_in_the_group(component):
    X, groups = _rows(4000)
    X["height"] = X["height"].fillna(0.0)

    found = _columns(component.measure(X, groups, **KINDS, seed=0))["height"]

    theirs = roc_auc_score(groups["sex"] == "male", X["height"])
    assert found["value"] == pytest.approx(theirs, abs=0.01)
    assert found["low"] < theirs < found["high"]


def test_the_interval_is_that_of_drawing_rows(component):
    X, groups = _rows(600)
    answers, inside = X["height"].fillna(0).round(1).to_numpy(), (groups["sex"] == "male").astype(int).to_numpy()
    random = np.random.default_rng(1)
    drawn = [random.integers(0, 600, 600) for _ in range(600)]
    theirs = np.quantile([roc_auc_score(inside[rows], answers[rows]) for rows in drawn], [0.025, 0.975])

    ours = component._area(answers, inside, draws=3000, seed=0)

    assert ours["value"] == pytest.approx(roc_auc_score(inside, answers), abs=1e-6)
    assert [ours["low"], ours["high"]] == pytest.approx(theirs, abs=0.01)


def test_what_says_nothing_is_near_chance_also_with_many_levels(component):
    X, groups = _rows()
    X["town"] = np.random.default_rng(3).integers(0, 300, len(X)).astype(str)

    found = _columns(component.measure(X, groups, **KINDS, seed=0))

    for column in ("luck", "town"):
        assert found[column]["low"] < 0.53
        assert 0.44 < found[column]["value"] < 0.56


def test_all_columns_together_tell_what_no_single_one_does(component):
    random = np.random.default_rng(0)
    left, right = random.choice(["a", "b"], 1500), random.choice(["a", "b"], 1500)
    X = pd.DataFrame({"left": left, "right": right})
    groups = pd.DataFrame({"sex": np.where(left == right, "female", "male")})

    evidence = component.measure(X, groups, [], ["left", "right"], [], seed=0)

    assert evidence["holds"] is True
    assert evidence["measured"]["attributes"]["sex"]["all_columns"]["value"] > 0.99
    assert "all together: sex 1.000" in evidence["because"]


def test_a_column_kept_for_a_reason_is_measured_and_no_fault(component):
    X, groups = _rows()

    evidence = component.measure(X, groups, **KINDS, seed=0, kept=["height"])

    assert _columns(evidence)["height"]["value"] > 0.8
    assert "height" not in evidence["because"]
    assert evidence["holds"] is not False


def test_of_small_groups_nothing_is_told(component):
    X, groups = _rows()
    groups["origin"] = ["rare"] * 20 + ["usual"] * (len(X) - 20)

    evidence = component.measure(X, groups, **KINDS, seed=0, kept=["height", "club"])

    assert list(evidence["measured"]["attributes"]) == ["sex"]
    assert evidence["holds"] is None
    assert "for: origin" in evidence["because"]


def test_the_seed_settles_the_figures(component):
    X, groups = _rows(400)

    first, again, other = (component.measure(X, groups, **KINDS, seed=seed) for seed in (0, 0, 1))

    assert first == again
    assert first != other
