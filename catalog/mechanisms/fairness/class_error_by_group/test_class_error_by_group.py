from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from fairlearn.metrics import MetricFrame
from sklearn.metrics import recall_score

OUTCOMES = ["low", "middle", "high"]


def _rows(count=1200, seed=0):
    random = np.random.default_rng(seed)
    sex = np.where(random.random(count) < 0.4, "female", "male")
    y = pd.Series(random.integers(0, 3, count))
    decided = np.where(random.random(count) < np.where(sex == "male", 0.1, 0.4), (y + 1) % 3, y)
    return y, decided, pd.DataFrame({"sex": sex})


def test_recall_is_that_of_each_class_alone_in_each_group(component):
    y, decided, table = _rows()

    classes = component.measure(y, decided, table, OUTCOMES, seed=0)["measured"]["attributes"]["sex"]

    for code, outcome in enumerate(OUTCOMES):
        frame = MetricFrame(
            metrics=recall_score, y_true=y == code, y_pred=decided == code, sensitive_features=table["sex"]
        )
        ours = {group: found["recall"]["value"] for group, found in classes[outcome]["groups"].items()}
        assert ours == pytest.approx(frame.by_group.to_dict(), abs=1e-6)
        assert classes[outcome]["recall_difference"]["value"] == pytest.approx(frame.difference(), abs=1e-6)


def test_an_interval_is_about_two_standard_errors_to_each_side(component):
    y, decided, table = _rows(4000)

    found = component.measure(y, decided, table, OUTCOMES, seed=0)["measured"]["attributes"]["sex"]["low"]["groups"]

    share, count = found["female"]["recall"], found["female"]["count"]
    reach = 1.96 * np.sqrt(share["value"] * (1 - share["value"]) / count)
    assert [share["low"], share["high"]] == pytest.approx([share["value"] - reach, share["value"] + reach], abs=0.01)


def test_a_share_of_few_rows_is_not_told_and_leaves_the_difference(component):
    y, decided, table = _rows()
    rare = np.flatnonzero((y == 2) & (table["sex"] == "female"))[5:]
    y[rare] = 1

    evidence = component.measure(y, decided, table, OUTCOMES, seed=0)

    found = evidence["measured"]["attributes"]["sex"]["high"]
    assert found["groups"]["female"]["recall"]["value"] is None
    assert found["recall_difference"]["value"] is None
    assert "high of female (sex)" in evidence["because"]
    assert json.loads(json.dumps(evidence, allow_nan=False)) == evidence
