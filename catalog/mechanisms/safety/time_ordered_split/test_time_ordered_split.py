from __future__ import annotations

import numpy as np
import pandas as pd
import pytest


def codes(table):
    return pd.Series(pd.factorize(table["granted"], sort=True)[0], index=table.index)


def split(component, table, labels=None, person=None, time="day", time_format="%d.%m.%Y", **share):
    labels = codes(table) if labels is None else labels
    return component.split(
        table, target="granted", labels=labels, person=person, time=time, time_format=time_format, **share
    )


def _visits(seed, people=120, rows=400, days=60):
    """Visits of people on days written so that their order as text is another one, in no order of rows."""
    random = np.random.default_rng(seed)
    start = pd.Timestamp("2024-11-15")
    table = pd.DataFrame(
        {
            "person": [f"p{n}" for n in random.integers(0, people, rows)],
            "day": [f"{start + pd.Timedelta(days=int(d)):%d.%m.%Y}" for d in random.integers(0, days, rows)],
            "age": random.integers(18, 60, rows),
            "job": random.choice(["a", "b", None], rows),
            "granted": random.choice(["no", "yes"], rows),
        }
    )
    return table.set_index(random.permutation(rows))


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("person", [None, "person"])
def test_no_row_of_the_test_is_as_early_or_of_the_same_person_or_content_as_one_of_training(component, seed, person):
    table = _visits(seed, people=40 + 30 * seed, rows=60 + 20 * seed, days=5 + 10 * seed)
    table = table if person else table.drop(columns="person")
    who = ["person"] if person else ["age", "job"]

    train, test = split(component, table, person=person)

    days = [pd.to_datetime(part["day"], format="%d.%m.%Y") for part in (train, test)]
    assert days[0].max() < days[1].min()
    assert train[who].merge(test[who].drop_duplicates(), how="inner").empty
    assert set(train["granted"]) == set(test["granted"]) == {"no", "yes"}
    pd.testing.assert_frame_equal(test, table.loc[test.index])
    # What is in neither part is earlier than the test and known to it; nothing else is lost.
    out = table.drop([*train.index, *test.index])
    assert (pd.to_datetime(out["day"], format="%d.%m.%Y") < days[1].min()).all()
    assert len(out.merge(test[who].drop_duplicates(), how="inner")) == len(out)


def test_the_cut_lies_where_the_share_of_later_rows_is_nearest_to_the_wanted_one(component):
    years = np.repeat([2019, 2020, 2021, 2022], [10, 30, 40, 20])
    table = pd.DataFrame({"year": years, "age": np.arange(100), "granted": np.arange(100) % 2})

    for share, first in ((0.3, 2022), (0.45, 2021), (0.6, 2021), (0.05, 2022), (0.85, 2020)):
        train, test = split(component, table, time="year", time_format=None, latest_share=share)
        assert (train["year"].max(), test["year"].min()) == (first - 1, first)
        assert len(train) + len(test) == 100


def test_numbers_are_ordered_as_numbers_also_where_they_were_read_as_text(component):
    table = pd.DataFrame({"week": [str(week) for week in range(1, 13)], "granted": [0, 1] * 6, "age": range(12)})

    _, test = split(component, table, time="week", time_format=None, latest_share=0.34)

    assert list(test["week"]) == ["9", "10", "11", "12"]


def test_the_same_table_is_split_in_the_same_way_whatever_the_order_of_its_rows(component):
    table = _visits(3, people=400)

    first, again = (split(component, rows, person="person") for rows in (table, table.sample(frac=1, random_state=1)))

    for part, same in zip(first, again, strict=True):
        assert set(part.index) == set(same.index)


def test_rows_equal_but_for_label_and_time_stay_out_of_training(component):
    table = pd.DataFrame({"year": range(2000, 2010), "age": [*range(30, 37), 30, 50, 51], "granted": [0, 1] * 5})

    train, test = split(component, table, time="year", time_format=None)

    assert (list(train["year"]), list(test["year"])) == ([*range(2001, 2007)], [2007, 2008, 2009])


@pytest.mark.parametrize(("value", "time_format"), [("31.02.2024", "%d.%m.%Y"), (None, "%d.%m.%Y"), ("inf", None)])
def test_times_that_cannot_be_read_are_refused_with_their_count(component, value, time_format):
    table = _visits(0)
    if time_format is None:
        table["day"] = np.arange(len(table)).astype(str)
    table.iloc[[3, 9, 27], table.columns.get_loc("day")] = value

    with pytest.raises(ValueError, match=r'^3 rows have no .* in "day"'):
        split(component, table, time_format=time_format)


def test_rows_without_label_or_person_are_refused_with_their_count(component):
    table = _visits(0)
    unlabelled = table.assign(granted=table["granted"].where(np.arange(len(table)) > 1))
    unnamed = table.assign(person=table["person"].where(np.arange(len(table)) > 0))

    with pytest.raises(ValueError, match='2 rows have no "granted"'):
        split(component, unlabelled, person="person")
    with pytest.raises(ValueError, match='1 rows name no person in "person"'):
        split(component, unnamed, person="person")


def test_a_single_moment_cannot_be_split(component):
    table = _visits(0).assign(day="01.01.2024")

    with pytest.raises(ValueError, match="every row has the same time"):
        split(component, table)


def test_a_training_part_of_people_of_the_test_only_is_refused(component):
    table = _visits(0, people=3)

    with pytest.raises(ValueError, match=r"0 training rows are too few, with a cut after .* and 2.. earlier rows"):
        split(component, table, person="person")


def test_a_class_that_came_up_late_or_died_out_is_refused(component):
    table = pd.DataFrame({"year": range(2000, 2010), "age": range(10)})

    for granted, part in (([0] * 8 + [1] * 2, "training"), ([0, 1] * 3 + [0] * 4, "test")):
        with pytest.raises(ValueError, match=f'the {part} rows lack 1 of 2 classes of "granted"'):
            split(component, table.assign(granted=granted), time="year", time_format=None)


def test_quantities_need_no_class_in_both_parts(component):
    table = pd.DataFrame({"year": range(2000, 2010), "age": range(10), "granted": np.linspace(0, 1, 10)})

    train, test = split(component, table, labels=table["granted"], time="year", time_format=None)

    assert (len(train), len(test)) == (7, 3)


def test_the_report_counts_what_was_left_out_and_finds_a_wrong_split(component):
    table = _visits(1, people=400)
    names = {"target": "granted", "person": "person", "time": "day", "time_format": "%d.%m.%Y"}
    train, test = split(component, table, person="person")

    right = component.report(table, train, test, **names)
    late = component.report(table, pd.concat([train, test.tail(1)]), test.iloc[:-1], **names)
    same = pd.concat([test, test.tail(1).assign(person=train["person"].iloc[0])])
    shared = component.report(table, train, same, **names)

    assert right["holds"]
    assert right["measured"]["left_out_rows"] == 400 - len(train) - len(test) > 0
    assert f"{400 - len(train) - len(test)} earlier rows are left out of training" in right["because"]
    assert (late["holds"], shared["holds"]) == (False, False)
    assert "not later than all training rows" in late["because"]
    assert shared["measured"]["shared_rows"] == 1
