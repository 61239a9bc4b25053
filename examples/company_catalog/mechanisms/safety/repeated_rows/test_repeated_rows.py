import pandas as pd
import pytest


def test_the_share_is_that_of_rows_equal_to_an_earlier_one(component):
    table = pd.DataFrame({"age": [30, 41, 30, 30, None, None], "sex": ["f", "m", "f", "m", "m", "m"]})
    rows = [tuple(row) for row in table.astype(object).where(table.notna(), "missing").itertuples(index=False)]
    repeated = sum(row in rows[:at] for at, row in enumerate(rows))

    evidence = component.check(table, largest_share=0.5)

    assert evidence["measured"] == {"rows": 6, "repeated_rows": repeated, "share": round(repeated / 6, 6)}
    assert evidence["holds"]


def test_a_table_at_the_limit_is_taken_and_one_above_is_refused(component):
    table = pd.DataFrame({"age": [30, 30, 41, 52]})

    assert component.check(table, largest_share=0.25)["measured"]["share"] == 0.25
    with pytest.raises(ValueError, match=r"1 of 4 rows repeat an earlier one\. At most 24% may\."):
        component.check(table, largest_share=0.24)
