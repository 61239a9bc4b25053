from __future__ import annotations

import json

import pandas as pd
import pytest
from scipy.stats import binomtest


def _groups(women=300, men=700, rare=0):
    sex = ["female"] * women + ["male"] * men + ["other"] * rare
    origin = [("a", "b")[place % 2] for place in range(len(sex))]
    table = pd.DataFrame({"sex": sex, "origin": origin}).sample(frac=1, random_state=0)
    return table.iloc[: len(table) // 5 * 4], table.iloc[len(table) // 5 * 4 :]


def test_shares_are_counted_and_their_intervals_are_wilsons(component):
    train, test = _groups()

    women = component.measure(train, test)["measured"]["attributes"]["sex"]["female"]

    theirs = binomtest(300, 1000).proportion_ci(0.95, method="wilson")
    assert women["count"] == 300
    assert women["share"] == {
        "value": 0.3,
        "low": pytest.approx(theirs.low, abs=1e-6),
        "high": pytest.approx(theirs.high, abs=1e-6),
    }
    assert women["share_in_training"] == pytest.approx((train["sex"] == "female").mean(), abs=1e-6)
    assert women["share_in_test"] == pytest.approx((test["sex"] == "female").mean(), abs=1e-6)


def test_crossed_groups_are_counted_too(component):
    crossed = component.measure(*_groups())["measured"]["attributes"]["intersection"]

    assert set(crossed) == {"female & a", "female & b", "male & a", "male & b"}
    assert sum(figures["count"] for figures in crossed.values()) == 1000


@pytest.mark.parametrize(
    ("reference", "holds"),
    [
        ("sex: female 0.3, male 0.7", True),
        ("sex: female 0.51, male 0.49", False),
        ("sex: female 0.37", None),
        ("sex: female 0.3, male 0.7; intersection: female & a 0.3", False),
        ("", None),
    ],
)
def test_the_interval_decides_whether_a_group_is_represented(component, reference, holds):
    evidence = component.measure(*_groups(), reference=reference)

    assert evidence["holds"] is holds
    assert json.loads(json.dumps(evidence, allow_nan=False)) == evidence


def test_the_ratio_is_the_share_over_that_of_the_reference(component):
    evidence = component.measure(*_groups(), reference="sex: female 0.51")

    women = evidence["measured"]["attributes"]["sex"]["female"]
    assert women["ratio"]["value"] == pytest.approx(0.3 / 0.51, abs=1e-6)
    assert "female (sex): 0.59 [0.53, 0.65]" in evidence["because"]


def test_a_group_that_nobody_is_of_is_below_its_share(component):
    evidence = component.measure(*_groups(), reference="sex: other 0.02")

    assert evidence["holds"] is False
    assert evidence["measured"]["attributes"]["sex"]["other"]["count"] == 0


def test_small_groups_are_named(component):
    evidence = component.measure(*_groups(rare=12))

    assert "groups of fewer than 30 rows: other (sex, 12)" in evidence["because"]


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("sex female 0.5", "is not of the form"),
        ("sex: female half", "is not of the form"),
        ("sex: female 51", "is not of the form"),
        ("sex: 0.5", "is not of the form"),
        ("sex: female 0.6, male 0.6", "add up to more than 1"),
        ("gender: female 0.5", "the reference names gender, but the attributes are sex, origin, intersection"),
    ],
)
def test_a_reference_that_cannot_be_read_is_refused(component, reference, said):
    with pytest.raises(ValueError, match=said):
        component.measure(*_groups(), reference=reference)
