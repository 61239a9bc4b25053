from __future__ import annotations

import json

import pytest

RATES = ("selection_rate", "true_positive_rate", "false_positive_rate", "precision")
USEFUL = {"balanced_accuracy": 0.75}


def _figure(value, spread=0.01):
    if value is None:
        return {"value": None, "low": None, "high": None}
    return {"value": value, "low": round(value - spread, 6), "high": round(value + spread, 6)}


def _after(measure, *values, spread=0.01, small=()):
    """Evidence of group metrics with one attribute for each value of the measure."""
    attributes = {}
    for place, value in enumerate(values):
        groups = {
            group: {"count": 5 if group in small else 500, "cannot_tell": group in small}
            | {rate: _figure(None if group in small else 0.5) for rate in RATES}
            for group in ("a", "b", "c")
        }
        attributes[f"attribute{place}"] = {"groups": groups, measure: _figure(value, spread)}
    return {"measured": {"attributes": attributes}}


@pytest.mark.parametrize(
    ("criterion", "measure", "good", "bad"),
    [
        ("demographic_parity", "demographic_parity_ratio", 0.8, 0.79),
        ("equal_opportunity", "equal_opportunity_difference", 0.1, 0.11),
        ("equalized_odds", "equalized_odds_difference", 0.1, 0.11),
        ("predictive_parity", "predictive_parity_difference", 0.05, 0.06),
    ],
)
def test_each_criterion_is_judged_by_its_own_measure_and_limit(component, criterion, measure, good, bad):
    assert component.decide(_after(measure, good), USEFUL, criterion)["holds"] is True
    assert component.decide(_after(measure, bad), USEFUL, criterion)["holds"] is False


def test_one_attribute_beyond_the_limit_is_enough(component):
    after = _after("equalized_odds_difference", 0.02, 0.3)

    verdict = component.decide(after, USEFUL, "equalized_odds")

    assert verdict["holds"] is False
    assert verdict["because"] == "equalized odds difference must be at most 0.1, but is: attribute1 0.3"


def test_the_point_value_decides_and_a_crossing_interval_is_told(component):
    after = _after("equal_opportunity_difference", 0.08, spread=0.05)

    verdict = component.decide(after, USEFUL, "equal_opportunity")

    assert verdict["holds"] is True
    assert "the interval crosses the limit for attribute0 (0.03 to 0.13)" in verdict["because"]


def test_a_model_that_answers_alike_for_everybody_is_not_fair(component):
    after = _after("demographic_parity_ratio", 1.0)

    verdict = component.decide(after, {"balanced_accuracy": 0.5}, "demographic_parity")

    assert verdict["holds"] is False
    assert verdict["because"] == "balanced accuracy is 0.5, at least 0.55 is asked"


def test_too_small_a_group_means_cannot_tell(component):
    after = _after("equalized_odds_difference", 0.02, small=("c",))

    verdict = component.decide(after, USEFUL, "equalized_odds")

    assert verdict["holds"] is None
    assert "it is open whether" in verdict["because"]
    assert "too few cases: c" in verdict["because"]


def test_a_small_group_does_not_excuse_what_is_already_beyond_the_limit(component):
    after = _after("equalized_odds_difference", 0.2, small=("c",))

    assert component.decide(after, USEFUL, "equalized_odds")["holds"] is False


def test_nothing_measured_means_cannot_tell(component):
    assert component.decide(_after("equalized_odds_difference", None), USEFUL, "equalized_odds")["holds"] is None
    assert component.decide(_after("equalized_odds_difference"), USEFUL, "equalized_odds")["holds"] is None


def test_limits_can_be_set(component):
    after = _after("demographic_parity_ratio", 0.7)

    verdict = component.decide(after, USEFUL, "demographic_parity", smallest_ratio=0.6)

    assert verdict["holds"] is True
    assert verdict["threshold"] == {"demographic_parity_ratio": 0.6, "balanced_accuracy": 0.55}
    assert json.loads(json.dumps(verdict)) == verdict


def test_an_unknown_criterion_is_refused(component):
    with pytest.raises(ValueError, match='"calibration"'):
        component.decide(_after("equalized_odds_difference", 0.1), USEFUL, "calibration")
