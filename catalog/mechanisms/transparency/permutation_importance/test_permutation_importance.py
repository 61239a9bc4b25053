from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest


class Linear:
    """Says three times ``strong`` plus ``weak``, and nothing of the rest."""

    def fit(self, X, y=None):
        return self

    def predict(self, X):
        return 3 * X["strong"].to_numpy(float) + X["weak"].to_numpy(float)


class Refuses(Linear):
    def predict(self, X):
        if list(X["group"]) != sorted(X["group"]):
            raise ValueError("no rule\nfor this")
        return super().predict(X)


def _outcome(model, X):
    return pd.Series(model.predict(X), index=X.index, name="score")


@pytest.fixture
def rows():
    random = np.random.default_rng(0)
    return pd.DataFrame(
        {
            "weak": random.normal(size=400),
            "strong": random.normal(size=400),
            "none $x$": random.normal(size=400),
            "group": ["a"] * 200 + ["b"] * 200,
        },
        index=range(1000, 1400),
    )


def test_importance_is_the_mean_absolute_change_under_shuffling(component, rows, tmp_path):
    found = component.explain(Linear(), rows, _outcome, tmp_path / "figures", seed=0, repeats=40)

    changes = found["measured"]["mean_absolute_change"]
    # Computed another way: over all pairs of rows at once, which shuffling only samples.
    for column, factor in (("strong", 3), ("weak", 1)):
        values = rows[column].to_numpy()
        expected = factor * np.abs(values[:, None] - values[None, :]).mean()
        assert changes[column]["value"] == pytest.approx(expected, rel=0.05)
    assert changes["none $x$"]["value"] == changes["group"]["value"] == 0
    assert list(changes)[:2] == ["strong", "weak"]
    assert found["holds"] is True
    assert found["because"].startswith("strong matters most")
    assert json.loads(json.dumps(found)) == found
    assert (tmp_path / "figures/permutation_importance.png").read_bytes().startswith(b"\x89PNG")


def test_the_same_seed_gives_the_same_figures(component, rows, tmp_path):
    first, second = (component.explain(Linear(), rows, _outcome, tmp_path, seed=3, repeats=3) for _ in range(2))

    assert first == second


def test_a_model_that_says_the_same_of_every_row_relies_on_nothing(component, rows, tmp_path):
    found = component.explain(Linear(), rows.assign(strong=0.0, weak=1.0), _outcome, tmp_path, seed=0, repeats=2)

    assert found["holds"] is False
    assert found["threshold"] == {"mean_absolute_change": 0}


def test_a_model_that_refuses_mixed_rows_leaves_the_question_open(component, rows, tmp_path):
    found = component.explain(Refuses(), rows, _outcome, tmp_path, seed=0, repeats=2)

    assert found["holds"] is None
    assert "(no rule for this)" in found["because"]
