"""Columns as numbers: gaps filled and numbers scaled, each level of a text column a column of its own."""

from __future__ import annotations

from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler


def columns(numeric: list[str], categorical: list[str], min_frequency: int = 10) -> ColumnTransformer:
    """Transformer of a data frame into a dense array of numbers without gaps, not yet fitted.

    Parameters
    ----------
    numeric : list of str
        Columns of numbers. A gap gets the median of the training rows; then each column has mean 0 and variance 1
        over the training rows.
    categorical : list of str
        Columns of texts. Each level, a gap being one of them, becomes a column of zeros and ones.
    min_frequency : int
        Levels in fewer training rows share one column.

    Returns
    -------
    ColumnTransformer
        Gives an array of shape (n_rows, n_numbers + n_levels). A level that no training row had gives zeros in all
        columns of its text column.
    """
    numbers = Pipeline(
        [
            ("fill", SimpleImputer(strategy="median", keep_empty_features=True)),
            ("scale", StandardScaler()),
        ]
    )
    levels = OneHotEncoder(handle_unknown="ignore", min_frequency=min_frequency, sparse_output=False)
    return ColumnTransformer([("numbers", numbers, numeric), ("levels", levels, categorical)])
