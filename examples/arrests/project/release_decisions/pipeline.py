"""The model, from raw columns to predictions; reads from top to bottom in the order in which rows flow."""

from __future__ import annotations

from sklearn.pipeline import Pipeline

from release_decisions import data, settings
from release_decisions.components import logistic_regression, one_hot_columns, reweighing


def build_plain():
    """Columns and estimator alone, without mitigation."""
    model = Pipeline(
        [
            (
                "columns",
                one_hot_columns.columns(numeric=settings.NUMERIC, categorical=settings.CATEGORICAL, min_frequency=10),
            ),
            ("estimator", logistic_regression.estimator(seed=settings.SEED, inverse_penalty=1.0, iterations=1000)),
        ]
    )
    return model


def build_model():
    """The model as it is trained and used: a scikit-learn estimator with ``fit(X, y)`` and ``predict(X)``."""
    model = build_plain()
    model = reweighing.reweigh(model=model, groups=data.groups)
    return model


def build_baseline():
    """The same without mitigation: what the mitigation is compared with."""
    return build_plain()
