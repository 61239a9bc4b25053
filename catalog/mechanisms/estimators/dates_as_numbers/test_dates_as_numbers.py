from __future__ import annotations

import datetime

import pandas as pd
import pytest


def test_parts_are_those_of_the_calendar(component):
    days = [datetime.date(2024, 2, 29), datetime.date(1999, 12, 31), datetime.date(2026, 1, 1)]
    X = pd.DataFrame({"signed": [day.strftime("%d/%m/%Y") for day in days]}, index=[4, 2, 7])

    found = component.columns({"signed": "%d/%m/%Y"}, "2026-01-01").fit_transform(X)

    assert list(found.index) == [4, 2, 7]
    assert found["signed: year"].tolist() == [day.year for day in days]
    assert found["signed: month"].tolist() == [day.month for day in days]
    assert found["signed: weekday"].tolist() == [day.weekday() for day in days]
    assert found["signed: years before"].tolist() == pytest.approx(
        [(datetime.date(2026, 1, 1) - day).days / 365.2425 for day in days]
    )


def test_a_gap_gets_the_medians_of_training_and_is_marked(component):
    train = pd.DataFrame({"signed": ["2020-01-01", "2021-05-03", "2022-09-09", None]})

    found = component.columns({"signed": "%Y-%m-%d"}, "2026-01-01").fit(train).transform(train.iloc[3:])

    assert found.iloc[0][["signed: year", "signed: month", "signed: known"]].tolist() == [2021, 5, 0]
    assert found.notna().all(axis=None)


def test_what_is_no_date_is_refused_with_its_column(component):
    transformer = component.columns({"signed": "%Y-%m-%d"}, "2026-01-01").fit(pd.DataFrame({"signed": ["2020-01-01"]}))

    with pytest.raises(ValueError, match="column 'signed' holds something that is no date"):
        transformer.transform(pd.DataFrame({"signed": ["yesterday"]}))
