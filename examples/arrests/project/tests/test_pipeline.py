"""The pipeline holds together: it trains, predicts, and comes back from disk as it was."""

from __future__ import annotations

import numpy as np

from release_decisions import data
from release_decisions.components import skops_format
from release_decisions.pipeline import build_model


def test_a_trained_model_predicts_every_row_in_terms_of_the_labels(made_up_table):
    X, y = data.inputs(made_up_table), data.labels(made_up_table)

    predictions = build_model().fit(X, y).predict(X)

    assert len(predictions) == len(X)
    assert np.isfinite(predictions).all()
    assert len(data.worded(predictions)) == len(X)


def test_a_saved_model_predicts_as_before(made_up_table, tmp_path):
    X, y = data.inputs(made_up_table), data.labels(made_up_table)
    model = build_model().fit(X, y)

    loaded = skops_format.load(skops_format.save(model=model, folder=tmp_path))

    np.testing.assert_array_equal(loaded.predict(X), model.predict(X))
