from __future__ import annotations

import argparse
import json
import random
from unittest import mock

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

OUTCOMES = ["refused", "granted"]


def _cases(count):
    generator = np.random.default_rng(0)
    return pd.DataFrame({"age": generator.integers(18, 80, count).astype(float), "job": ["cook"] * count})


def _drawn(component, folder, count=1000, share=0.1, seed=0):
    X = _cases(count)
    results = pd.Series(np.where(X["age"] > 40, "granted", "refused"), index=X.index, name="loan")
    with mock.patch.object(component.secrets, "SystemRandom", return_value=random.Random(seed)):
        return X, results, component.draw(X, results, folder, share)


def _settled(component, folder, answer):
    for entry in component.entries(folder / "drawn.jsonl"):
        component.settle(entry["case"], answer(entry), "Ada", OUTCOMES, folder)


def test_the_lot_takes_sure_and_unsure_cases_alike_and_gives_the_others_as_they_were(component, tmp_path):
    X, results, given = _drawn(component, tmp_path, count=4000)

    taken = given.isna()
    assert 0.001 < binom.cdf(taken.sum(), 4000, 0.1) < 0.999
    assert abs(X["age"][taken].mean() - X["age"].mean()) < 4 * X["age"].std() / np.sqrt(taken.sum())
    assert (given[~taken] == results[~taken]).all()
    lines = [json.loads(line) for line in (tmp_path / "drawn.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["row"] for line in lines] == [str(row) for row in X.index[taken]]
    assert [line["says"] for line in lines] == list(results[taken])


def test_a_case_that_a_person_decides_anyway_is_not_drawn(component, tmp_path):
    X = _cases(4)
    results = pd.Series(["granted", None, "refused", None], index=X.index)

    given = component.draw(X, results, tmp_path, share=1.0)

    assert given.isna().all()
    assert [entry["row"] for entry in component.entries(tmp_path / "drawn.jsonl")] == ["0", "2"]
    assert component.entries(tmp_path / "lots.jsonl")[0]["cases"] == 2


def test_the_same_seed_of_a_program_does_not_give_the_same_lot(component, tmp_path):
    X = _cases(200)
    results = pd.Series("granted", index=X.index)
    found = []
    for _ in range(2):
        random.seed(0)
        np.random.seed(0)
        found.append(component.draw(X, results, tmp_path, 0.5).isna().tolist())

    assert found[0] != found[1]


def test_no_cases_and_no_lot_are_recorded_as_such(component, tmp_path):
    X = _cases(0)

    given = component.draw(X, pd.Series([], dtype=object), tmp_path)

    assert len(given) == 0
    assert component.entries(tmp_path / "drawn.jsonl") == []
    assert component.report(tmp_path)["holds"] is None


def test_who_decides_sees_the_case_and_learns_what_the_model_says_afterwards(component, tmp_path):
    _drawn(component, tmp_path, count=100)
    first = component.entries(tmp_path / "drawn.jsonl")[0]
    parser = argparse.ArgumentParser()
    component.add_commands(parser.add_subparsers(), OUTCOMES, tmp_path)

    def run(*words):
        given = parser.parse_args(words)
        return given.run(given)

    told = run("drawn")
    settled = run("settle", first["case"], "--result", "granted", "--by", "Ada")

    assert first["case"] in told
    assert f"age {first['inputs']['age']}" in told
    assert not any(outcome in told for outcome in OUTCOMES)
    assert settled.endswith(f"the model says {first['says']}")
    assert first["case"] not in run("drawn")
    kept = component.entries(tmp_path / "sample.jsonl")
    assert (kept[0]["inputs"], kept[0]["result"]) == (first["inputs"], "granted")


@pytest.mark.parametrize(
    ("case", "result", "by", "told"),
    [("x", "granted", "Ada", "was drawn"), ("x", "maybe", "Ada", "no outcome"), ("x", "granted", " ", "who decides")],
)
def test_what_cannot_be_decided_is_refused(component, tmp_path, case, result, by, told):
    with pytest.raises(ValueError, match=told):
        component.settle(case, result, by, OUTCOMES, tmp_path)


def test_agreement_is_that_of_wilson_and_lots_are_counted(component, tmp_path):
    _drawn(component, tmp_path)
    turned = {entry["case"] for entry in component.entries(tmp_path / "drawn.jsonl")[:10]}
    other = {"granted": "refused", "refused": "granted"}
    _settled(component, tmp_path, lambda entry: other[entry["says"]] if entry["case"] in turned else entry["says"])

    found = component.report(tmp_path)

    count = found["measured"]["decided"]
    share, z = 1 - 10 / count, 1.959964
    middle = (share + z**2 / (2 * count)) / (1 + z**2 / count)
    half = z / (1 + z**2 / count) * np.sqrt(share * (1 - share) / count + z**2 / (4 * count**2))
    agreement = found["measured"]["agreement"]
    assert agreement["value"] == pytest.approx(share, abs=1e-6)
    assert (agreement["low"], agreement["high"]) == pytest.approx((middle - half, middle + half), abs=1e-5)
    assert found["measured"]["expected"] == 100
    assert found["holds"] is True
    assert json.loads(json.dumps(found)) == found


def test_lots_that_fall_far_too_seldom_do_not_hold(component, tmp_path):
    _drawn(component, tmp_path)
    _settled(component, tmp_path, lambda entry: entry["says"])
    path = tmp_path / "lots.jsonl"
    path.write_text(path.read_text(encoding="utf-8") * 2, encoding="utf-8")
    assert component.report(tmp_path)["holds"] is True
    path.write_text(json.dumps({"time": "", "cases": 1000, "drawn": 40, "share": 0.1}) + "\n", encoding="utf-8")

    assert component.report(tmp_path)["holds"] is False


def test_few_decided_cases_tell_nothing(component, tmp_path):
    _drawn(component, tmp_path, count=100)

    found = component.report(tmp_path)

    assert found["holds"] is None
    assert "30 decided ones are needed" in found["because"]


def test_a_damaged_record_is_refused(component, tmp_path):
    (tmp_path / "sample.jsonl").write_text("{\n", encoding="utf-8")

    with pytest.raises(ValueError, match=r"sample\.jsonl holds a line that is no record"):
        component.report(tmp_path)
