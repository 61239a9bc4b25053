"""Columns of free text as numbers: how often a word stands in a text, weighed by how few texts have it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.utils.validation import check_is_fitted


class Words(TransformerMixin, BaseEstimator):
    """Data frame with a column for each of the most frequent words of each column of texts.

    Parameters
    ----------
    text : sequence of str
        Columns of free text; a gap is a text without words.
    words : int
        Words of each column that get a column of their own.
    smallest_count : int
        Words in fewer training rows are left out.

    Attributes
    ----------
    vectorizers_ : dict of str to TfidfVectorizer
        By column; a column without any frequent word has none.
    """

    def __init__(self, text: Sequence[str], words: int = 200, smallest_count: int = 5) -> None:
        self.text = text
        self.words = words
        self.smallest_count = smallest_count

    def fit(self, X: pd.DataFrame, y: Any = None) -> Words:
        """Find the words of each column."""
        self.vectorizers_: dict[str, TfidfVectorizer] = {}
        for column in self.text:
            texts = X[column].fillna("")
            counter = TfidfVectorizer(min_df=min(self.smallest_count, len(texts)), max_features=self.words)
            try:
                self.vectorizers_[column] = counter.fit(texts)
            except ValueError as fault:
                if "vocabulary" not in str(fault) and "no terms remain" not in str(fault):
                    raise
        return self

    def transform(self, X: pd.DataFrame) -> pd.DataFrame:
        """Weights of the words, of shape (n_rows, n_words), with the index of ``X``."""
        check_is_fitted(self, "vectorizers_")
        parts = [np.empty((len(X), 0))]
        parts += [counter.transform(X[column].fillna("")).toarray() for column, counter in self.vectorizers_.items()]
        return pd.DataFrame(np.hstack(parts), index=X.index, columns=self.get_feature_names_out())

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """Column and word, such as ``"note: late"``."""
        names = [
            f"{column}: {word}"
            for column, counter in self.vectorizers_.items()
            for word in counter.get_feature_names_out()
        ]
        return np.array(names, dtype=object)


def columns(text: Sequence[str], words: int = 200, smallest_count: int = 5) -> Words:
    """Transformer of columns of texts into numbers, not yet fitted.

    Parameters
    ----------
    text : sequence of str
        Columns of free text.
    words : int
        Words of each column that get a column of their own, the most frequent ones.
    smallest_count : int
        Words in fewer training rows are left out.

    Returns
    -------
    Words

    Notes
    -----
    weight of a word in a text = (times it stands there) * (1 + ln((1 + texts) / (1 + texts with it))), then scaled so
    that the squares of a text add up to 1 (scikit-learn user guide, "Tf-idf term weighting").
    """
    return Words(text, words, smallest_count)
