from __future__ import annotations

import pandas as pd
import pytest


def test_texts_of_numbers_become_numbers_on_the_same_rows(component):
    numbers = component.read(pd.DataFrame({"wage": ["12.5", "-3", "1e2"]}, index=[3, 1, 2]), "wage")

    assert numbers.to_dict() == {3: 12.5, 1: -3.0, 2: 100.0}
    assert numbers.dtype == float


@pytest.mark.parametrize("value", ["much", "inf", ""])
def test_what_is_no_finite_number_is_refused_by_its_value(component, value):
    with pytest.raises(ValueError, match=f"'{value}'"):
        component.read(pd.DataFrame({"wage": ["1", value]}), "wage")


def test_numbers_are_worded_as_they_are(component):
    assert list(component.worded([1, 2.5])) == [1.0, 2.5]
