from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest


def _rows(count=1500, seed=0):
    random = np.random.default_rng(seed)
    sex = np.where(random.random(count) < 0.4, "female", "male")
    race = np.where(random.random(count) < 0.3, "Black", "white")
    y = pd.Series(random.normal(10, 3, count))
    predicted = y.to_numpy() + random.normal(np.where(sex == "male", 0.5, -0.5), np.where(sex == "male", 1, 2))
    return y, predicted, pd.DataFrame({"sex": sex, "race": race})


def test_figures_are_means_over_the_rows_of_the_group(component):
    y, predicted, table = _rows()
    women = (table["sex"] == "female").to_numpy()

    found = component.measure(y, predicted, table, seed=0)["measured"]["attributes"]["sex"]["groups"]["female"]

    errors = predicted - y
    assert found["mean_absolute_error"]["value"] == pytest.approx(errors[women].abs().mean(), abs=1e-6)
    assert found["mean_signed_error"]["value"] == pytest.approx(errors[women].mean(), abs=1e-6)
    assert found["mean_prediction"]["value"] == pytest.approx(predicted[women].mean(), abs=1e-6)


def test_differences_are_between_the_extreme_groups(component):
    y, predicted, table = _rows()
    errors = pd.Series(np.abs(predicted - y)).groupby(table["sex"]).mean()
    means = pd.Series(predicted).groupby(table["sex"]).mean()

    found = component.measure(y, predicted, table[["sex"]], seed=0)["measured"]["attributes"]["sex"]

    assert found["absolute_error_difference"]["value"] == pytest.approx(np.ptp(errors), abs=1e-6)
    assert found["absolute_error_ratio"]["value"] == pytest.approx(errors.min() / errors.max(), abs=1e-6)
    assert found["mean_prediction_difference"]["value"] == pytest.approx(np.ptp(means), abs=1e-6)


def test_an_interval_of_a_mean_is_that_of_its_standard_error(component):
    y, predicted, table = _rows(4000)
    men = (table["sex"] == "male").to_numpy()
    errors = (predicted - y)[men]

    found = component.measure(y, predicted, table[["sex"]], seed=0)["measured"]["attributes"]["sex"]["groups"]["male"]

    reach = 1.96 * errors.std() / np.sqrt(men.sum())
    told = found["mean_signed_error"]
    assert [told["low"], told["high"]] == pytest.approx([errors.mean() - reach, errors.mean() + reach], abs=0.01)


def test_of_a_tiny_group_nothing_is_told_and_differences_leave_it_out(component):
    y, predicted, table = _rows()
    table.loc[:9, "race"] = "other"
    predicted[:10] += 100

    evidence = component.measure(y, predicted, table[["race"]], seed=0)

    figures = evidence["measured"]["attributes"]["race"]
    assert figures["groups"]["other"]["mean_absolute_error"]["value"] is None
    assert figures["absolute_error_difference"]["value"] < 1
    assert evidence["holds"] is None
    assert "other (race)" in evidence["because"]


def test_several_attributes_are_measured_together_too_and_the_evidence_is_json(component):
    y, predicted, table = _rows(300)

    evidence = component.measure(y, predicted, table, seed=0, draws=100)

    assert list(evidence["measured"]["attributes"]) == ["sex", "race", "intersection"]
    assert json.loads(json.dumps(evidence, allow_nan=False)) == evidence
    assert evidence == component.measure(y, predicted, table, seed=0, draws=100)


def test_a_row_without_a_group_is_refused(component):
    y, predicted, table = _rows(100)
    table.loc[0, "sex"] = None

    with pytest.raises(ValueError, match="no group"):
        component.measure(y, predicted, table, seed=0)


def test_the_picture_shows_before_and_after(component, tmp_path):
    y, predicted, table = _rows(300)
    after = component.measure(y, predicted, table, seed=0, draws=100)
    before = component.measure(y, predicted + 1, table, seed=0, draws=100)

    both = component.draw(before, after, tmp_path / "both")
    alone = component.draw(None, after, tmp_path / "alone")

    assert both == tmp_path / "both" / "group_error.png"
    assert both.read_bytes() != alone.read_bytes()
