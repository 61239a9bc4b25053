"""Dates say themselves how they are written, or it is said that they do not."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fatesline.profiling.days import FORMATS, reading

DAYS = st.dates(datetime.date(1950, 1, 1), datetime.date(2049, 12, 31))


@given(days=st.lists(DAYS, min_size=1, max_size=20), pattern=st.sampled_from(FORMATS))
def test_a_format_that_is_told_reads_every_day_as_it_was_written(days: list[datetime.date], pattern: str) -> None:
    noon = [datetime.datetime.combine(day, datetime.time(12, 30, 15), datetime.UTC) for day in days]

    told = reading([moment.strftime(pattern) for moment in noon])

    either_way = pattern[:2] in ("%d", "%m") and all(day.day <= 12 and day.day != day.month for day in days)
    if told is None:
        assert either_way or any(day.day <= 12 for day in days)
    else:
        assert told[1] == max(days)


def test_a_day_past_the_twelfth_settles_the_order() -> None:
    assert reading(["03/04/2020", "25/04/2020"]) == ("%d/%m/%Y", datetime.date(2020, 4, 25))
    assert reading(["03/04/2020", "04/25/2020"]) == ("%m/%d/%Y", datetime.date(2020, 4, 25))


@pytest.mark.parametrize("values", [["03/04/2020"], ["2020-01-01", "01.01.2020"], ["soon"], []])
def test_what_cannot_be_told_is_not_guessed(values: list[str]) -> None:
    assert reading(values) is None
