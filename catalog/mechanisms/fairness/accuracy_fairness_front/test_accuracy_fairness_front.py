from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from fairlearn.metrics import MetricFrame, selection_rate
from matplotlib.image import imread
from sklearn.metrics import balanced_accuracy_score


class Scored:
    """Selects from a limit of its score on."""

    def __init__(self, limit=0.5):
        self.limit = limit

    def predict(self, X):
        return (X["score"] >= self.limit).astype(int).to_numpy()


class ByGroup:
    """Selects women from a lower score on than men."""

    def predict(self, X):
        return (X["score"] >= np.where(X["sex"] == "female", 0.4, 0.6)).astype(int)


def _score(model, X):
    return pd.Series(X["score"], index=X.index, name="probability of the favourable outcome")


def _rows(count=4000, seed=0):
    """The score is the true probability; women's are lower."""
    random = np.random.default_rng(seed)
    sex = np.where(random.random(count) < 0.4, "female", "male")
    race = np.where(random.random(count) < 0.3, "Black", "white")
    score = 1 / (1 + np.exp(-random.normal(np.where(sex == "male", 0.8, 0), 1.5)))
    y = (random.random(count) < score).astype(int)
    index = random.permutation(count)
    table = pd.DataFrame({"sex": sex, "race": race}, index=index)
    return pd.DataFrame({"score": score, "sex": sex}, index=index), pd.Series(y, index=index), table


def _alike(count=6000):
    """Above 0.4 only men are found, who deserve it no more than others: 0.7 is better than 0.4 in both figures."""
    random = np.random.default_rng(1)
    sex = np.where(random.random(count) < 0.5, "female", "male")
    y = (random.random(count) < 0.5).astype(int)
    middle = np.where(sex == "male", 0.55, 0.2)
    score = np.where(y == 1, 0.8, middle) + random.uniform(-0.05, 0.05, count)
    return pd.DataFrame({"score": score, "sex": sex}), pd.Series(y), pd.DataFrame({"sex": sex})


def _measured(component, tmp_path, X, y, table, model=None, **more):
    return component.measure(model or Scored(), X, y, table, [1], _score, tmp_path, 0, **more)


def test_the_figures_of_a_threshold_are_those_of_fairlearn_and_scikit_learn(component, tmp_path):
    X, y, table = _rows()

    evidence = _measured(component, tmp_path, X, y, table, steps=12)

    for attribute, groups in (("sex", table["sex"]), ("intersection", table["sex"] + table["race"])):
        for point in evidence["measured"]["attributes"][attribute]["front"]:
            said = (X["score"] >= point["threshold"] - 1e-6).astype(int)
            rates = MetricFrame(metrics=selection_rate, y_true=y, y_pred=said, sensitive_features=groups.to_numpy())
            assert point["demographic_parity_difference"] == pytest.approx(rates.difference(), abs=2e-3)
            assert point["balanced_accuracy"] == pytest.approx(balanced_accuracy_score(y, said), abs=2e-3)


def test_the_decisions_in_use_are_those_of_fairlearn_and_scikit_learn_within_their_intervals(component, tmp_path):
    X, y, table = _rows()
    said = Scored().predict(X)

    used = _measured(component, tmp_path, X, y, table)["measured"]["attributes"]["sex"]["in_use"]

    rates = MetricFrame(metrics=selection_rate, y_true=y, y_pred=said, sensitive_features=table["sex"])
    theirs = [balanced_accuracy_score(y, said), rates.difference()]
    for name, value in zip(("balanced_accuracy", "demographic_parity_difference"), theirs, strict=True):
        assert used[name]["value"] == pytest.approx(value, abs=1e-6)
        assert used[name]["low"] < value < used[name]["high"]


def test_intervals_agree_with_drawing_rows(component, tmp_path):
    X, y, table = _rows(800)
    said, women = Scored().predict(X), (table["sex"] == "female").to_numpy()
    random = np.random.default_rng(5)
    drawn = {"balanced_accuracy": [], "demographic_parity_difference": []}
    for _ in range(600):
        picked = random.integers(0, len(y), len(y))
        drawn["balanced_accuracy"].append(balanced_accuracy_score(y.iloc[picked], said[picked]))
        shares = [said[picked][women[picked] == of].mean() for of in (True, False)]
        drawn["demographic_parity_difference"].append(abs(shares[0] - shares[1]))

    used = _measured(component, tmp_path, X, y, table[["sex"]], draws=4000)["measured"]["attributes"]["sex"]["in_use"]

    for name, sample in drawn.items():
        theirs = np.quantile(sample, [0.025, 0.975])
        assert [used[name]["low"], used[name]["high"]] == pytest.approx(list(theirs), abs=0.012)


def test_the_front_is_what_comparing_all_pairs_leaves(component):
    random = np.random.default_rng(0)
    for count in (1, 2, 7, 40):
        for _ in range(50):
            accuracy, difference = random.integers(0, 9, count) / 9, random.integers(0, 9, count) / 9

            found = {(accuracy[place], difference[place]) for place in component.front(accuracy, difference)}

            pairs = list(zip(accuracy, difference, strict=True))
            left = {
                one
                for one in pairs
                if not any(other != one and other[0] >= one[0] and other[1] <= one[1] for other in pairs)
            }
            assert found == left


def test_the_evidence_holds_a_bounded_front_with_both_ends(component, tmp_path):
    X, y, table = _rows()
    tried = np.unique(np.quantile(X["score"], np.arange(400) / 400, method="lower"))
    codes = (table["sex"] == "male").astype(int).to_numpy()
    accuracy, difference = component.points(X["score"].to_numpy(), y.to_numpy(), codes, tried)

    told = _measured(component, tmp_path, X, y, table, steps=400)["measured"]["attributes"]["sex"]

    assert len(told["front"]) == 25 < told["points_on_front"]
    assert told["front"][0]["demographic_parity_difference"] == pytest.approx(difference.min(), abs=1e-6)
    assert told["front"][-1]["balanced_accuracy"] == pytest.approx(accuracy.max(), abs=1e-6)


def test_a_threshold_that_is_better_in_both_is_found(component, tmp_path):
    evidence = _measured(component, tmp_path, *_alike(), model=Scored(0.4))

    judgement = evidence["measured"]["attributes"]["sex"]["judgement"]
    assert evidence["holds"] is False
    assert 0.58 < judgement["threshold"] < 0.8
    assert judgement["change_in_balanced_accuracy"]["low"] > 0.1
    assert judgement["change_in_demographic_parity_difference"]["high"] < -0.1
    assert "must be chosen on rows kept apart" in evidence["because"]


def test_the_changes_are_those_on_the_rows_that_were_not_searched(component, tmp_path):
    X, y, table = _alike()
    sex = table["sex"].to_numpy()
    held = component.halves(y.to_numpy(), sex, np.random.default_rng(0))

    judgement = _measured(component, tmp_path, X, y, table, Scored(0.4))["measured"]["attributes"]["sex"]["judgement"]

    before, after = (X["score"] >= 0.4).to_numpy(), (X["score"] >= judgement["threshold"] - 1e-6).to_numpy()
    accuracy = [balanced_accuracy_score(y[held], said[held]) for said in (before, after)]
    gaps = [
        abs(np.subtract(*(said[held & (sex == of)].mean() for of in ("female", "male")))) for said in (before, after)
    ]
    assert judgement["change_in_balanced_accuracy"]["value"] == pytest.approx(accuracy[1] - accuracy[0], abs=2e-3)
    assert judgement["change_in_demographic_parity_difference"]["value"] == pytest.approx(gaps[1] - gaps[0], abs=2e-3)


def test_where_accuracy_costs_parity_nothing_better_is_found(component, tmp_path):
    X, y, table = _rows()

    evidence = _measured(component, tmp_path, X, y, table[["sex"]], model=Scored(0.62))

    assert evidence["holds"] is True
    assert "must be chosen on rows kept apart" in evidence["because"]


def test_a_gain_within_the_margin_is_none(component, tmp_path):
    rows = _alike()

    assert _measured(component, tmp_path, *rows, model=Scored(0.4), smallest_gain=0.4)["holds"] is True


def test_a_gain_whose_interval_reaches_the_margin_is_left_open(component, tmp_path):
    X, y, table = _alike()
    few = slice(0, 150)

    evidence = _measured(component, tmp_path, X[few], y[few], table[few], model=Scored(0.4), smallest_gain=0.2)

    figures = evidence["measured"]["attributes"]["sex"]["judgement"]
    low, high = (figures["change_in_balanced_accuracy"][end] for end in ("low", "high"))
    assert low < 0.2 < high
    assert evidence["holds"] is None


def test_luck_alone_is_not_taken_for_a_better_threshold(component, tmp_path):
    random = np.random.default_rng(3)
    found = []
    for seed in range(10):
        count = 400
        X = pd.DataFrame({"score": random.random(count)})
        y, sex = pd.Series(random.integers(0, 2, count)), random.choice(["female", "male"], count)
        table = pd.DataFrame({"sex": sex})
        found.append(
            component.measure(Scored(), X, y, table, [1], _score, tmp_path, seed, draws=200, smallest_gain=0)["holds"]
        )

    assert False not in found


def test_halves_have_the_same_share_of_each_group_and_label(component):
    _, y, table = _rows(1001)
    sex = table["sex"].to_numpy()

    held = component.halves(y.to_numpy(), sex, np.random.default_rng(0))

    cells = pd.Series(held).groupby([sex, y.to_numpy()])
    assert (cells.sum() - cells.count() / 2).abs().max() <= 0.5


@pytest.mark.parametrize("count", [20, 90])
def test_of_few_rows_nothing_is_told(component, tmp_path, count):
    X, y, table = _rows(count)

    evidence = _measured(component, tmp_path, X, y, table[["sex"]])

    assert evidence["holds"] is None
    assert "fewer than two groups have 30 rows" in evidence["because"]


def test_of_few_cases_of_one_label_nothing_is_told(component, tmp_path):
    X, y, table = _rows()
    y[:] = 0
    y.iloc[:15] = 1

    evidence = _measured(component, tmp_path, X, y, table[["sex"]])

    assert evidence["holds"] is None
    assert "one label has only" in evidence["because"]


def test_one_label_alone_gives_no_picture(component, tmp_path):
    X, y, table = _rows()

    evidence = _measured(component, tmp_path, X, y * 0, table[["sex"]])

    assert evidence["holds"] is None
    assert not list(tmp_path.iterdir())


def test_a_tiny_group_is_left_out_of_differences_and_named(component, tmp_path):
    X, y, table = _rows()
    table.iloc[:12, 0] = "other"
    X.iloc[:12, 0] = 0.9

    evidence = _measured(component, tmp_path, X, y, table[["sex"]])

    told = evidence["measured"]["attributes"]["sex"]
    shares = [Scored().predict(X)[(table["sex"] == sex).to_numpy()].mean() for sex in ("female", "male")]
    assert "left out, for too few rows: other (sex)" in evidence["because"]
    assert told["left_out"] == told["judgement"]["left_out"] == ["other"]
    assert told["in_use"]["demographic_parity_difference"]["value"] == pytest.approx(np.ptp(shares), abs=1e-6)


def test_a_model_that_gives_labels_only_has_no_threshold_to_move(component, tmp_path):
    X, y, table = _rows()
    X["score"] = X["score"].round()
    (tmp_path / "accuracy_fairness_front.png").write_bytes(b"of an earlier run")

    evidence = _measured(component, tmp_path, X, y, table)

    assert evidence["holds"] is None
    assert "labels only" in evidence["because"]
    assert not list(tmp_path.iterdir())


def test_decisions_that_hang_on_the_group_are_not_compared(component, tmp_path):
    X, y, table = _rows()

    evidence = _measured(component, tmp_path, X, y, table, model=ByGroup())

    assert evidence["holds"] is None
    assert "do not come from one threshold" in evidence["because"]


def test_the_picture_marks_the_decisions_in_use_and_at_most_four_attributes(component, tmp_path):
    X, y, table = _rows()
    one = _measured(component, tmp_path / "one", X, y, table)
    _measured(component, tmp_path / "other", X, y, table, model=Scored(0.3))
    many = pd.DataFrame({f"sex {place}": table["sex"] for place in range(5)})
    wide = _measured(component, tmp_path / "many", X, y, many)

    pictures = [tmp_path / name / "accuracy_fairness_front.png" for name in ("one", "other", "many")]
    assert list(one["measured"]["attributes"]) == ["sex", "race", "intersection"]
    assert len(wide["measured"]["attributes"]) == 6
    assert pictures[0].read_bytes() != pictures[1].read_bytes()
    assert imread(pictures[0]).shape[1] < imread(pictures[2]).shape[1] < 2300


def test_evidence_is_valid_json_and_settled_by_the_seed(component, tmp_path):
    X, y, table = _rows(600)

    evidence = _measured(component, tmp_path, X, y, table)

    assert json.loads(json.dumps(evidence, allow_nan=False)) == evidence
    assert _measured(component, tmp_path, X, y, table) == evidence
    assert component.measure(Scored(), X, y, table, [1], _score, tmp_path, 1) != evidence


@pytest.mark.parametrize("spoil", ["lengths", "groups"])
def test_unusable_input_is_refused(component, tmp_path, spoil):
    X, y, table = _rows(100)
    if spoil == "lengths":
        y = y[1:]
    else:
        table.iloc[0, 0] = None

    with pytest.raises(ValueError, match=r"labels and|no group"):
        _measured(component, tmp_path, X, y, table)
