from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

TEXTS = ["late again late", "on time", "late but polite", None, "time and again", "polite"]


def test_weights_are_those_of_the_formula(component):
    X = pd.DataFrame({"note": TEXTS}, index=[7, 3, 9, 1, 2, 8])

    found = component.columns(["note"], smallest_count=1).fit_transform(X)

    split = [(text or "").split() for text in TEXTS]
    words = sorted({word for text in split for word in text})
    weights = np.array(
        [
            [
                text.count(word) * (1 + np.log((1 + len(split)) / (1 + sum(word in one for one in split))))
                for word in words
            ]
            for text in split
        ]
    )
    lengths = np.sqrt((weights**2).sum(axis=1, keepdims=True))
    expected = np.divide(weights, lengths, out=np.zeros_like(weights), where=lengths > 0)
    assert list(found.columns) == [f"note: {word}" for word in words]
    assert list(found.index) == list(X.index)
    np.testing.assert_allclose(found.to_numpy(), expected)


def test_rare_words_and_words_beyond_the_number_have_no_column(component):
    X = pd.DataFrame({"note": TEXTS, "name": ["anne", "bo", "cy", "di", "ed", "flo"]})

    found = component.columns(["note", "name"], words=2, smallest_count=2).fit_transform(X)

    assert set(found.columns) <= {"note: late", "note: again", "note: time", "note: polite"}
    assert found.shape == (6, 2)


def test_words_that_training_never_saw_weigh_nothing(component):
    transformer = component.columns(["note"], smallest_count=1).fit(pd.DataFrame({"note": TEXTS}))

    found = transformer.transform(pd.DataFrame({"note": ["unheard of", "late"]}))

    assert found.iloc[0].sum() == 0
    assert found.loc[1, "note: late"] == pytest.approx(1)
