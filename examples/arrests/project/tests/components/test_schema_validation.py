from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

DESCRIBED = {
    "target": "granted",
    "numeric": ["age"],
    "categorical": ["job"],
    "levels": {"job": ["clerk", "nurse"]},
    "ranges": {"age": (18, 80)},
}


def _table(**changed):
    return pd.DataFrame(
        {"age": [20, 30.0, None], "job": ["clerk", None, "nurse"], "granted": ["y", "n", "y"], **changed}
    )


def test_a_table_as_described_holds_and_missing_values_are_counted(component):
    evidence = component.check(_table(), **DESCRIBED)

    assert evidence["holds"] is True
    assert evidence["measured"]["missing"] == {"age": 1, "job": 1}


def test_numbers_outside_the_range_and_new_levels_are_reported_not_refused(component):
    evidence = component.check(_table(age=[17, 90.0, 40], job=["pilot", "clerk", "astronaut"]), **DESCRIBED)

    assert evidence["holds"] is False
    assert evidence["measured"]["outside_range"] == {"age": 2}
    assert evidence["measured"]["unseen_levels"] == {"job": ["astronaut", "pilot"]}
    assert evidence["because"] == (
        "2 values of age are outside 18 to 80; job has levels not seen before: astronaut, pilot"
    )


def test_the_ends_of_the_range_are_inside(component):
    assert component.check(_table(age=[18, 80, 40]), **DESCRIBED)["holds"] is True


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        (_table().drop(columns="job"), 'there is no column "job"'),
        (_table().drop(columns="granted"), 'there is no column "granted"'),
        (_table(granted=["y", None, None]), '"granted" is missing in 2 rows'),
        (_table(age=["20", "thirty", "40"]), '"age" holds text where numbers belong'),
        (_table(age=[20, np.inf, 30]), '"age" holds infinite numbers'),
        (_table().iloc[:0], "no rows"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_by_name(component, table, fault):
    with pytest.raises(ValueError, match=fault):
        component.check(table, **DESCRIBED)


def test_all_faults_are_named_at_once(component):
    table = _table(age=["20", "thirty", "40"], granted=[None, "y", "n"]).drop(columns="job")

    with pytest.raises(ValueError, match="job") as caught:
        component.check(table, **DESCRIBED)

    assert all(word in str(caught.value) for word in ('"age"', '"granted"', '"job"'))


def test_levels_read_as_numbers_match_their_text(component):
    table = pd.DataFrame({"age": [20], "job": [2], "granted": [1]})

    evidence = component.check(table, **DESCRIBED | {"levels": {"job": ["1", "2"]}})

    assert evidence["holds"] is True
