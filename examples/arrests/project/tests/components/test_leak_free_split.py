from __future__ import annotations

import numpy as np
import pandas as pd
import pytest


def codes(table):
    return pd.Series(pd.factorize(table["granted"])[0], index=table.index)


def _people(count=400, rows_each=3):
    random = np.random.default_rng(0)
    number = np.repeat(np.arange(count), rows_each)
    table = pd.DataFrame(
        {
            "person": [f"p{n}" for n in number],
            "visit": np.tile(np.arange(rows_each), count),
            "age": random.integers(18, 80, count)[number],
            "granted": np.where(random.random(count)[number] < 0.25, "yes", "no"),
        }
    )
    return table.sample(frac=1, random_state=1)


def test_no_person_is_on_both_sides_and_no_row_is_lost(component):
    table = _people()

    train, test = component.split(table, target="granted", labels=codes(table), person="person", seed=0)

    assert not set(train["person"]) & set(test["person"])
    assert sorted([*train.index, *test.index]) == sorted(table.index)
    assert component.overlap(train, test, "granted", "person") == 0


def test_rows_equal_in_everything_but_the_label_stay_together(component):
    random = np.random.default_rng(0)
    table = pd.DataFrame({"age": random.integers(18, 90, 600), "job": random.choice(["a", "b", None], 600)})
    table["granted"] = random.integers(0, 2, 600)
    assert table.duplicated(["age", "job"]).mean() > 0.5

    train, test = component.split(table, target="granted", labels=codes(table), person=None, seed=0)

    merged = test[["age", "job"]].merge(train[["age", "job"]].drop_duplicates(), how="inner")
    assert merged.empty
    assert len(train) + len(test) == 600


def test_both_parts_have_the_label_in_the_same_share(component):
    table = pd.DataFrame({"number": np.arange(1000), "granted": np.arange(1000) % 10 == 0})

    train, test = component.split(table, target="granted", labels=codes(table), person=None, seed=0, test_share=0.3)

    assert len(test) == 300
    assert (train["granted"].mean(), test["granted"].mean()) == pytest.approx((0.1, 0.1))


def test_the_seed_settles_the_split(component):
    table = _people()

    first, again, other = (
        component.split(table, target="granted", labels=codes(table), person="person", seed=seed)[1]
        for seed in (0, 0, 1)
    )

    pd.testing.assert_frame_equal(first, again)
    assert set(first["person"]) != set(other["person"])


def test_overlap_counts_test_rows_that_training_has_seen(component):
    train = pd.DataFrame({"age": [30, 40, np.nan], "granted": [0, 1, 0]})
    test = pd.DataFrame({"age": [40, 50, np.nan], "granted": [0, 0, 0]})

    assert component.overlap(train, test, "granted", None) == 2


def test_rows_that_name_no_person_are_refused(component):
    table = _people()
    table.loc[table.index[:2], "person"] = None

    with pytest.raises(ValueError, match='2 rows name no person in "person"'):
        component.split(table, target="granted", labels=codes(table), person="person", seed=0)


def test_a_label_of_one_person_only_is_refused(component):
    table = pd.DataFrame({"age": np.arange(20), "granted": [1] + [0] * 19})

    with pytest.raises(ValueError, match="one person only"):
        component.split(table, target="granted", labels=codes(table), person=None, seed=0)


def test_numbers_need_no_stratum_to_be_split(component):
    random = np.random.default_rng(0)
    table = pd.DataFrame({"age": np.arange(500), "granted": random.normal(size=500)})

    train, test = component.split(table, target="granted", labels=table["granted"], person=None, seed=0)

    assert (len(train), len(test)) == (350, 150)
    assert not set(train.index) & set(test.index)
