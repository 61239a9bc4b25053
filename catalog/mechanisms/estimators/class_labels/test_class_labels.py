from __future__ import annotations

import pandas as pd
import pytest


def test_words_undo_codes(component):
    labels = ["low", "middle", "high"]
    table = pd.DataFrame({"risk": ["high", "low", "middle", "high"]}, index=[4, 2, 8, 6])

    codes = component.coded(table, "risk", labels)

    assert codes.to_dict() == {4: 2, 2: 0, 8: 1, 6: 2}
    assert list(component.worded(codes, labels)) == list(table["risk"])


def test_a_label_that_nobody_listed_is_refused_by_name(component):
    with pytest.raises(ValueError, match="'medium'"):
        component.coded(pd.DataFrame({"risk": ["low", "medium"]}), "risk", ["low", "high"])
