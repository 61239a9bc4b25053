from __future__ import annotations

import pytest


def _after(ratio=0.9, difference=0.5, deviation=5.0, small=False):
    def told(value):
        return {"value": value, "low": value - 0.05, "high": value + 0.05}

    figures = {
        "groups": {"female": {"cannot_tell": small}, "male": {"cannot_tell": False}},
        "absolute_error_ratio": told(ratio),
        "mean_prediction_difference": told(difference),
    }
    return {"measured": {"attributes": {"sex": figures}, "target_deviation": deviation}}


def test_errors_at_the_ratio_are_let_through_and_below_it_not(component):
    assert component.decide(_after(ratio=0.8), {"r2": 0.5}, "equal_group_error")["holds"] is True
    assert component.decide(_after(ratio=0.799), {"r2": 0.5}, "equal_group_error")["holds"] is False


def test_a_gap_of_means_is_counted_in_deviations_of_the_target(component):
    assert component.decide(_after(difference=1.0, deviation=5.0), {"r2": 0.5}, "demographic_parity")["holds"] is True
    refused = component.decide(_after(difference=1.0, deviation=4.0), {"r2": 0.5}, "demographic_parity")

    assert refused["holds"] is False
    assert refused["measured"]["attributes"]["sex"]["mean_prediction_difference"]["value"] == 0.25


def test_a_model_no_better_than_the_mean_is_refused_however_fair(component):
    verdict = component.decide(_after(ratio=1.0), {"r2": 0.01}, "equal_group_error")

    assert verdict["holds"] is False
    assert "R² is 0.01" in verdict["because"]


def test_a_group_too_small_to_tell_leaves_the_question_open(component):
    assert component.decide(_after(small=True), {"r2": 0.5}, "equal_group_error")["holds"] is None
    assert component.decide(_after(ratio=0.1, small=True), {"r2": 0.5}, "equal_group_error")["holds"] is False


def test_an_interval_across_the_limit_is_told(component):
    assert (
        "crosses the limit for sex (0.77 to 0.87)"
        in component.decide(_after(ratio=0.82), {"r2": 0.5}, "equal_group_error")["because"]
    )


def test_a_criterion_of_labels_is_refused(component):
    with pytest.raises(ValueError, match="equal_opportunity"):
        component.decide(_after(), {"r2": 0.5}, "equal_opportunity")
