from __future__ import annotations

import itertools
import json
import random
from unittest import mock

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize
from scipy.special import expit
from scipy.stats import gamma, kstest
from sklearn.base import clone

RUN = {"finished": "2026-11-21T00:00:00+00:00", "data": {"sha256": "d"}, "model": {"sha256": "m"}}


def _seeded(start):
    """Noise of the operating system replaced by a sequence that can be repeated."""
    seeds = itertools.count(start)

    class Seeded(random.Random):
        def __init__(self):
            super().__init__(next(seeds))

    return mock.patch("diffprivlib.utils.secrets.SystemRandom", Seeded)


def _rows(count=60, columns=3, classes=2):
    generator = np.random.default_rng(0)
    X = generator.normal(size=(count, columns))
    X /= np.linalg.norm(X, axis=1).max()
    scores = X @ generator.normal(size=(columns, classes)) * 4 + generator.logistic(size=(count, classes))
    return X, scores.argmax(axis=1)


def _with_constant(X):
    """The rows as trained on: shortened, and an intercept that is a column like the others."""
    Z = np.column_stack([X, np.ones(len(X))]) / np.sqrt(2)
    return Z / np.maximum(np.linalg.norm(Z, axis=1, keepdims=True), 1)


def _calibration(epsilon, inverse_penalty):
    """Chaudhuri et al., algorithm 2, for n times the objective: penalty, and density of the noise exp(-|b| / scale)."""
    left = epsilon - 2 * np.log(1 + 0.25 * inverse_penalty)
    if left > 0:
        return 1 / inverse_penalty, 2 / left
    return 0.25 / np.expm1(epsilon / 4), 4 / epsilon


def _noise(Z, y, w, penalty):
    """The vector of which these coefficients are the minimum."""
    return -(Z.T @ (expit(Z @ w) - y) + penalty * w)


def _log_density(Z, y, w, penalty, scale):
    """Of coefficients, up to what does not depend on the rows: that of their noise times the volume it stands for."""
    curvature = expit(Z @ w) * expit(-Z @ w)
    volume = np.linalg.slogdet((Z * curvature[:, None]).T @ Z + penalty * np.eye(len(w)))[1]
    return -np.linalg.norm(_noise(Z, y, w, penalty)) / scale + volume


@pytest.mark.parametrize(("epsilon", "inverse_penalty"), [(2.0, 1.0), (0.3, 1.0), (1.0, 0.1), (3.0, 50.0)])
def test_the_noise_has_the_distribution_of_the_source(component, epsilon, inverse_penalty):
    X, y = _rows()
    penalty, scale = _calibration(epsilon, inverse_penalty)
    found = []
    with _seeded(0):
        for _ in range(200):
            model = component.estimator(epsilon, inverse_penalty).fit(X, y)
            coefficients = np.append(model.coef_, model.intercept_) * np.sqrt(2)
            found.append(_noise(_with_constant(X), y, coefficients, penalty))

    lengths = np.linalg.norm(found, axis=1)
    assert kstest(lengths, gamma(4, scale=scale).cdf).pvalue > 0.01
    # In a random direction, each coordinate has mean 0 and a quarter of the squared length.
    directions = np.asarray(found) / lengths[:, None]
    np.testing.assert_allclose(directions.mean(axis=0), 0, atol=0.13)
    np.testing.assert_allclose((directions**2).mean(axis=0), 0.25, atol=0.07)


@pytest.mark.parametrize(("epsilon", "inverse_penalty"), [(2.0, 1.0), (0.3, 1.0), (3.0, 50.0)])
def test_exchanging_a_row_changes_the_density_of_no_coefficients_by_more_than_epsilon(epsilon, inverse_penalty):
    penalty, scale = _calibration(epsilon, inverse_penalty)
    generator = np.random.default_rng(1)
    worst = 0.0
    for _ in range(1500):
        X = generator.normal(size=(4, 2)) * 10 ** generator.uniform(-1, 1, (4, 1))
        Z, y = _with_constant(X), generator.integers(0, 2, 4)
        w = generator.normal(size=3) * 10 ** generator.uniform(-1, 1.5)
        others = [0, 1, 3], [0, 1, 2]
        losses = [_log_density(Z[kept], y[kept], w, penalty, scale) for kept in others]
        worst = max(worst, abs(losses[0] - losses[1]))

    assert 0.15 * epsilon < worst <= epsilon


def test_the_seed_of_a_program_does_not_decide_the_noise(component):
    X, y = _rows()
    found = []
    for _ in range(2):
        np.random.seed(0)
        random.seed(0)
        found.append(component.estimator().fit(X, y).coef_)

    assert not np.allclose(*found)


def test_the_larger_epsilon_the_closer_the_coefficients_to_those_without_noise(component):
    X, y = _rows(400)
    Z = _with_constant(X)

    def loss(w):
        return 0.5 * w @ w + np.logaddexp(0, -(2 * y - 1) * (Z @ w)).sum()

    exact = minimize(loss, np.zeros(4), method="BFGS", options={"gtol": 1e-8}).x / np.sqrt(2)
    distances = {}
    for epsilon in (1.0, 5.0, 1e6):
        with _seeded(0):
            models = [component.estimator(epsilon).fit(X, y) for _ in range(30)]
        distances[epsilon] = np.mean(
            [np.linalg.norm(np.append(model.coef_, model.intercept_) - exact) for model in models]
        )

    assert distances[1.0] > 3 * distances[5.0]
    assert distances[1e6] < 1e-3


def test_a_long_row_is_shortened_so_that_its_length_changes_nothing(component):
    X, y = _rows()
    found = []
    for length in (1e6, 1e9):
        X[0] *= length / np.linalg.norm(X[0])
        with _seeded(0):
            model = component.estimator().fit(X, y)
        found.append(np.append(model.coef_, model.intercept_) * np.sqrt(2))

    np.testing.assert_allclose(*found, atol=1e-5)
    penalty, scale = _calibration(1.0, 1.0)
    assert np.linalg.norm(_noise(_with_constant(X), y, found[0], penalty)) < 12 * scale


def test_several_classes_share_epsilon_and_have_probabilities(component):
    X, y = _rows(300, classes=3)
    component.SPENT.clear()

    model = component.estimator(1e6).fit(X, y)

    assert model.coef_.shape == (3, 3)
    chances = model.predict_proba(X)
    np.testing.assert_allclose(chances.sum(axis=1), 1)
    np.testing.assert_array_equal(model.predict(X), chances.argmax(axis=1))
    assert (model.predict(X) == y).mean() > 0.5
    assert component.SPENT == [(1e6, 0)]
    vector = mock.patch("diffprivlib.models.logistic_regression.Vector", side_effect=ZeroDivisionError)
    with vector as made, pytest.raises(ZeroDivisionError):
        component.estimator(0.9).fit(X, y)
    assert made.call_args.kwargs["epsilon"] == pytest.approx(0.3)
    assert made.call_args.kwargs["data_sensitivity"] == 1


def test_two_classes_are_decided_at_a_half(component):
    X, y = _rows()

    model = component.estimator(100.0).fit(X, y)

    np.testing.assert_array_equal(model.predict(X), (model.decision_function(X) > 0).astype(int))


def test_row_weights_are_refused(component):
    X, y = _rows()

    with pytest.raises(TypeError, match="sample_weight"):
        component.estimator().fit(X, y, sample_weight=np.ones(len(y)))


def test_a_solver_that_gives_up_is_an_error_and_spends_nothing_on_record(component):
    X, y = _rows()
    component.SPENT.clear()

    with mock.patch.object(component, "_ITERATIONS", 1), pytest.raises(ValueError, match="epsilon is not kept"):
        component.estimator(100.0, 1000.0).fit(X, y)

    assert component.SPENT == []


def test_every_training_is_counted_copies_as_well_and_runs_add_up(component, tmp_path):
    X, y = _rows()
    rows = pd.DataFrame({"a": range(len(y))})
    component.SPENT.clear()
    model = component.estimator(0.5).fit(X, y)
    clone(model).fit(X, y)
    clone(model).set_params(epsilon=0.25).fit(X, y)

    first = component.record_budget(RUN, rows, None, tmp_path, budget=2)
    component.estimator(0.5).fit(X, y)
    second = component.record_budget(RUN, rows, None, tmp_path, budget=2)
    component.estimator(0.5).fit(X, y)
    third = component.record_budget(RUN, rows, None, tmp_path, budget=2)

    assert [found["measured"]["epsilon"] for found in (first, second, third)] == [1.25, 0.5, 0.5]
    assert [found["measured"]["epsilon_on_record"] for found in (first, second, third)] == [1.25, 1.75, 2.25]
    assert [found["holds"] for found in (first, second, third)] == [True, True, False]
    assert [found["measured"]["trainings"] for found in (first, second, third)] == [3, 1, 1]
    assert first["measured"]["delta"] == 0
    assert len((tmp_path / "privacy_budget.jsonl").read_text(encoding="utf-8").splitlines()) == 3
    assert json.loads(json.dumps(first)) == first


def test_a_person_with_several_rows_is_told_of_as_often(component, tmp_path):
    X, y = _rows()
    component.SPENT.clear()
    component.estimator(1.0).fit(X, y)

    found = component.record_budget(RUN, pd.DataFrame({"who": ["a", "b", "b", "b"]}), "who", tmp_path, budget=2.5)

    assert found["measured"]["epsilon"] == 3
    assert found["holds"] is False


def test_a_run_without_noise_does_not_hold(component, tmp_path):
    component.SPENT.clear()

    found = component.record_budget(RUN, pd.DataFrame({"a": [1]}), None, tmp_path)

    assert found["holds"] is False
    assert found["because"].startswith("nothing was spent")


@pytest.mark.parametrize("line", ["{", "[]", "{}", '{"trainings": [[-1, 0]], "rows_of_one_person": 1}'])
def test_a_ledger_that_cannot_be_read_is_refused(component, tmp_path, line):
    (tmp_path / "privacy_budget.jsonl").write_text(line + "\n", encoding="utf-8")

    with pytest.raises(ValueError, match="line 1: no record of a run"):
        component.record_budget(RUN, pd.DataFrame({"a": [1]}), None, tmp_path)
