from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from fatesline.profiling import Fact, Profile, profile

Written = Callable[..., Path]

ROWS = 2000
drawn = random.Random(9)
COIN = [drawn.randrange(2) for _ in range(ROWS)]
THREE = [drawn.choice(["never", "once", "often"]) for _ in range(ROWS)]
NUMBER = [drawn.gauss(50, 10) for _ in range(ROWS)]
NOISE = [drawn.random() for _ in range(ROWS)]


def _measured(written: Written, target: Sequence[object], **columns: Sequence[object]) -> Profile:
    return profile(written({"x": NOISE, **columns, "y": target}), "y")


def _said(measured: Profile) -> dict[str, str]:
    kinds = ("leaks-target", "single-strong-column", "single-strong-value")
    return {fact.columns[0]: fact.kind for fact in measured.facts if fact.kind in kinds and fact.holds}


def _fact(measured: Profile, kind: str) -> Fact:
    (fact,) = [fact for fact in measured.facts if fact.kind == kind]
    return fact


def test_a_column_that_knows_every_class_is_left_out_and_one_that_knows_one_class_is_not(written: Written) -> None:
    knows_all = _measured(written, THREE, code=[{"never": "a", "once": "b", "often": "c"}[one] for one in THREE])
    knows_one = _measured(
        written, THREE, code=["a" if one == "never" else "bc"[row % 2] for row, one in enumerate(THREE)]
    )

    assert knows_all.column("code").reason == "leak"
    assert knows_one.column("code").reason == ""
    assert _said(knows_one) == {"code": "single-strong-column"}


def test_of_a_number_only_its_copy_is_left_out_and_an_earlier_measurement_is_pointed_out(written: Written) -> None:
    copy = _measured(written, NUMBER, seen=[round(2 * value + drawn.gauss(0, 1), 2) for value in NUMBER])
    earlier = _measured(written, NUMBER, seen=[round(value + drawn.gauss(0, 5), 2) for value in NUMBER])
    weak = _measured(written, NUMBER, seen=[round(value + drawn.gauss(0, 20), 2) for value in NUMBER])

    assert copy.column("seen").reason == "leak"
    assert _said(earlier) == {"seen": "single-strong-column"}
    assert earlier.column("seen").use == "numeric"
    assert _said(weak) == {}


def test_who_reports_a_number_is_pointed_out_and_never_left_out(written: Written) -> None:
    measured = _measured(written, NUMBER, budget=[drawn.randrange(99) if value > 55 else "" for value in NUMBER])

    fact = _fact(measured, "single-strong-column")
    assert dict(fact.more)["measure"] == "presence-of-number"
    assert measured.column("budget").use == "numeric"


@pytest.mark.parametrize("name", ["yhat", "y_pred", "Predicted-Class", "prediction", "probability"])
def test_what_a_model_said_is_left_out_by_its_name(written: Written, name: str) -> None:
    measured = profile(written({"x": NOISE, name: [int(value > 0.5) for value in NOISE], "y": COIN}), "y")

    assert measured.column(name).reason == "leak"
    assert dict(_fact(measured, "leaks-target").more)["measure"] == "prediction"


@pytest.mark.parametrize("name", ["predicate", "score", "forecast_region"])
def test_a_name_that_only_begins_like_a_prediction_stays(written: Written, name: str) -> None:
    measured = profile(written({"x": NOISE, name: [int(value > 0.5) for value in NOISE], "y": COIN}), "y")

    assert measured.column(name).reason == ""


@pytest.mark.parametrize(("denied", "pointed_out"), [(40, True), (30, False)])
def test_a_rare_value_after_which_a_rare_outcome_is_certain_is_pointed_out(
    written: Written, denied: int, pointed_out: bool
) -> None:
    # 42 rows with insurance refused; one row in ten is denied otherwise.
    refused = ["yes" if row < 42 else "no" for row in range(ROWS)]
    outcome = ["deny" if row < denied or (row >= 42 and row % 10 == 0) else "ok" for row in range(ROWS)]

    measured = _measured(written, outcome, insurance=refused)

    assert _said(measured) == ({"insurance": "single-strong-value"} if pointed_out else {})
    assert measured.column("insurance").use == "categorical"


def test_a_protected_column_that_the_user_named_stays_whatever_it_tells(written: Written) -> None:
    path = written({"x": NOISE, "club": ["in" if one else "out" for one in COIN], "y": COIN})

    assert profile(path, "y").column("club").reason == "leak"
    assert profile(path, "y", protected=["club"]).column("club").reason == ""
