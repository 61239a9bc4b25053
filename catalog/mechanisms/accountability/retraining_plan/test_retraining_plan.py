from __future__ import annotations

import pytest


def evidence(**figures):
    return {"performance": {"after": figures}}


def facts(component, found):
    return [part["facts"] for part in component.outline(found, {}) if "facts" in part]


def test_each_figure_may_fall_by_two_points_and_no_more(component):
    [lowest] = facts(component, evidence(accuracy=0.8642, balanced_accuracy=0.7531, roc_auc=None, rows=12345))

    figures = {english: value for (english, _), value in lowest.items()}
    assert figures == {"Accuracy": pytest.approx(0.8442), "Balanced accuracy": pytest.approx(0.7331)}


def test_the_proposed_limits_are_those_of_the_guide(component):
    text = str(component.outline(evidence(accuracy=0.9), {}))

    for limit in ("above 0.2", "supérieur à 0,2", "2 points", "20%", "20 %", "10%", "24 to 72 hours", "1%", "800 ms"):
        assert limit in text, limit


def test_no_limit_counts_before_a_person_confirmed_it(component):
    [table] = [part["table"] for part in component.outline(evidence(accuracy=0.9), {}) if "table" in part]

    assert {*table[("Confirmed", "Confirmé")]} == {("[to be completed]", "[à compléter]")}
    assert len({len(cells) for cells in table.values()}) == 1


def test_training_happens_outside_production_and_a_person_approves(component):
    [steps] = [part["steps"] for part in component.outline(evidence(accuracy=0.9), {}) if "steps" in part]

    assert steps[0][0].startswith("Outside production")
    assert any("A person" in english and "approves" in english for english, _ in steps)


def test_a_model_of_numbers_gets_no_limit_of_shares(component):
    found = evidence(mean_absolute_error=12.5, r2=0.7, rows=12)

    assert facts(component, found) == []
    assert not [part for part in component.outline(found, {}) if "Falling below" in str(part)]
