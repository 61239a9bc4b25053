from __future__ import annotations

import pandas as pd


def test_favourable_labels_are_one_and_all_others_zero(component):
    table = pd.DataFrame({"grade": ["A", "B", "C", "A"]}, index=[5, 3, 9, 1])

    codes = component.coded(table, "grade", ["A", "B"])

    assert codes.to_dict() == {5: 1, 3: 1, 9: 0, 1: 1}


def test_codes_are_worded_as_the_outcomes_they_mean(component):
    codes = component.coded(pd.DataFrame({"released": ["Yes", "No"]}), "released", ["Yes"])

    assert list(component.worded(codes, ["No", "Yes"])) == ["Yes", "No"]
