from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from fairlearn.metrics import (
    MetricFrame,
    demographic_parity_difference,
    demographic_parity_ratio,
    equalized_odds_difference,
    selection_rate,
)
from matplotlib.image import imread


def _rows(count=2000, seed=0):
    random = np.random.default_rng(seed)
    sex = np.where(random.random(count) < 0.4, "female", "male")
    race = np.where(random.random(count) < 0.3, "Black", "white")
    y = (random.random(count) < np.where(sex == "male", 0.5, 0.3)).astype(int)
    decided = np.where(random.random(count) < 0.2, 1 - y, y)
    return pd.Series(y), decided, pd.DataFrame({"sex": sex, "race": race})


def test_rates_are_shares_of_counted_rows(component):
    y, decided, table = _rows()
    women = (table["sex"] == "female").to_numpy()

    rates = component.measure(y, decided, table, [1], seed=0)["measured"]["attributes"]["sex"]["groups"]["female"]

    counted = {
        "selection_rate": decided[women].mean(),
        "true_positive_rate": decided[women & (y == 1)].mean(),
        "false_positive_rate": decided[women & (y == 0)].mean(),
        "precision": y[women & (decided == 1)].mean(),
        "false_omission_rate": y[women & (decided == 0)].mean(),
        "accuracy": (decided == y)[women].mean(),
    }
    assert rates["count"] == women.sum()
    assert {rate: rates[rate]["value"] for rate in counted} == pytest.approx(counted, abs=1e-6)


def test_differences_are_those_of_fairlearn(component):
    y, decided, table = _rows()

    figures = component.measure(y, decided, table, [1], seed=0)["measured"]["attributes"]["race"]

    theirs = {
        "demographic_parity_difference": demographic_parity_difference(y, decided, sensitive_features=table["race"]),
        "demographic_parity_ratio": demographic_parity_ratio(y, decided, sensitive_features=table["race"]),
        "equalized_odds_difference": equalized_odds_difference(y, decided, sensitive_features=table["race"]),
    }
    assert {name: figures[name]["value"] for name in theirs} == pytest.approx(theirs, abs=1e-6)


def test_parity_of_precision_and_of_omissions_compares_those_who_got_the_same_decision(component):
    y, decided, table = _rows()
    rows = pd.DataFrame({"race": table["race"], "y": y})

    figures = component.measure(y, decided, table, [1], seed=0)["measured"]["attributes"]["race"]

    for decision, name in ((1, "predictive_parity_difference"), (0, "false_omission_parity_difference")):
        deserved = rows[decided == decision].groupby("race")["y"].mean()
        assert figures[name]["value"] == pytest.approx(np.ptp(deserved), abs=1e-6)
        assert figures[name]["low"] <= figures[name]["value"] <= figures[name]["high"]


def test_where_everybody_is_selected_nothing_is_said_of_omissions(component):
    y, _, table = _rows()

    figures = component.measure(y, np.ones(len(y), int), table[["sex"]], [1], seed=0)["measured"]["attributes"]["sex"]

    assert figures["groups"]["male"]["false_omission_rate"]["value"] is None
    assert figures["false_omission_parity_difference"] == {"value": None, "low": None, "high": None}
    assert figures["groups"]["male"]["precision"]["value"] is not None


def test_intervals_agree_with_drawing_rows(component):
    y, decided, table = _rows(500)
    drawn_rows = MetricFrame(
        metrics=selection_rate,
        y_true=y,
        y_pred=decided,
        sensitive_features=table["sex"],
        n_boot=300,
        ci_quantiles=[0.025, 0.975],
        random_state=0,
    )

    figures = component.measure(y, decided, table, [1], seed=0, draws=4000)["measured"]["attributes"]["sex"]

    for group in ("female", "male"):
        rate = figures["groups"][group]["selection_rate"]
        theirs = [quantile.loc[group] for quantile in drawn_rows.by_group_ci]
        assert [rate["low"], rate["high"]] == pytest.approx(theirs, abs=0.02)
    theirs = list(drawn_rows.difference_ci())
    ours = figures["demographic_parity_difference"]
    assert [ours["low"], ours["high"]] == pytest.approx(theirs, abs=0.02)


def test_several_attributes_are_measured_together_too(component):
    y, decided, table = _rows()

    attributes = component.measure(y, decided, table, [1], seed=0)["measured"]["attributes"]

    assert list(attributes) == ["sex", "race", "intersection"]
    assert set(attributes["intersection"]["groups"]) == {
        "female & Black",
        "female & white",
        "male & Black",
        "male & white",
    }


def test_one_attribute_has_no_intersection(component):
    y, decided, table = _rows()

    evidence = component.measure(y, decided, table[["sex"]], [1], seed=0)

    assert list(evidence["measured"]["attributes"]) == ["sex"]
    assert evidence["holds"] is True


def test_of_a_tiny_group_nothing_is_told_and_differences_leave_it_out(component):
    y, decided, table = _rows()
    table.loc[:9, "race"] = "other"
    decided[:10] = 0

    evidence = component.measure(y, decided, table[["race"]], [1], seed=0)

    figures = evidence["measured"]["attributes"]["race"]
    tiny = figures["groups"]["other"]
    assert (tiny["count"], tiny["cannot_tell"], tiny["selection_rate"]["value"]) == (10, True, None)
    shares = [decided[(table["race"] == race).to_numpy()].mean() for race in ("Black", "white")]
    assert figures["demographic_parity_difference"]["value"] == pytest.approx(np.ptp(shares), abs=1e-6)
    assert evidence["holds"] is None
    assert "other (race)" in evidence["because"]


def test_a_rate_resting_on_few_cases_is_not_told(component):
    y, decided, table = _rows()
    women = (table["sex"] == "female").to_numpy()
    y[women] = 0
    y[np.flatnonzero(women)[:9]] = 1

    evidence = component.measure(y, decided, table[["sex"]], [1], seed=0)

    figures = evidence["measured"]["attributes"]["sex"]
    assert "left out: true positive rate of female (sex)" in evidence["because"]
    assert figures["groups"]["female"]["true_positive_rate"]["value"] is None
    assert figures["groups"]["female"]["false_positive_rate"]["value"] is not None
    assert figures["equal_opportunity_difference"] == {"value": None, "low": None, "high": None}


def test_nobody_selected_gives_no_ratio(component):
    y, _, table = _rows()

    figures = component.measure(y, np.zeros(len(y), int), table[["sex"]], [1], seed=0)["measured"]["attributes"]["sex"]

    assert figures["demographic_parity_ratio"]["value"] is None
    assert figures["demographic_parity_difference"]["value"] == 0


def test_the_seed_settles_the_intervals(component):
    y, decided, table = _rows(300)

    assert component.measure(y, decided, table, [1], seed=3) == component.measure(y, decided, table, [1], seed=3)
    assert component.measure(y, decided, table, [1], seed=3) != component.measure(y, decided, table, [1], seed=4)


def test_evidence_is_valid_json(component):
    y, decided, table = _rows(100)

    evidence = component.measure(y, decided, table, [1], seed=0)

    assert json.loads(json.dumps(evidence, allow_nan=False)) == evidence


@pytest.mark.parametrize("spoil", ["lengths", "labels", "groups"])
def test_unusable_input_is_refused(component, spoil):
    y, decided, table = _rows(100)
    if spoil == "lengths":
        decided = decided[1:]
    if spoil == "labels":
        y = y + 0.5
    if spoil == "groups":
        table.loc[0, "sex"] = None

    with pytest.raises(ValueError, match=r"predictions|whole numbers|no group"):
        component.measure(y, decided, table, [1], seed=0)


def test_the_picture_shows_before_and_after(component, tmp_path):
    y, decided, table = _rows()
    after = component.measure(y, decided, table, [1], seed=0)
    before = component.measure(y, np.asarray(y), table, [1], seed=0)

    both = component.draw(before, after, tmp_path / "both")
    alone = component.draw(None, after, tmp_path / "alone")

    assert both == tmp_path / "both" / "group_metrics.png"
    assert imread(both).shape[0] > 300
    assert both.read_bytes() != alone.read_bytes()


def test_of_several_classes_the_favourable_ones_are_counted_together(component):
    random = np.random.default_rng(0)
    y, decided = pd.Series(random.integers(0, 4, 900)), random.integers(0, 4, 900)
    table = pd.DataFrame({"sex": random.choice(["female", "male"], 900)})

    rates = component.measure(y, decided, table, [1, 3], seed=0)["measured"]["attributes"]["sex"]["groups"]["male"]

    men = (table["sex"] == "male").to_numpy()
    deserving = men & y.isin([1, 3]).to_numpy()
    assert rates["selection_rate"]["value"] == pytest.approx(np.isin(decided[men], [1, 3]).mean(), abs=1e-6)
    assert rates["true_positive_rate"]["value"] == pytest.approx(np.isin(decided[deserving], [1, 3]).mean(), abs=1e-6)
