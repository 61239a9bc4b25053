"""Covering samples against brute force."""

from __future__ import annotations

from itertools import combinations

import pytest
from brute_force import USUAL, questions, solutions
from hypothesis import given
from hypothesis import strategies as st

from fatesline.model.configuration import Configuration
from fatesline.model.features import Feature, FeatureModel
from fatesline.reasoning import covering


@USUAL
@given(st.data(), questions(most=8, decisions=2), st.integers(1, 3))
def test_a_covering_sample_shows_every_possible_combination(
    data: st.DataObject, question: tuple[FeatureModel, Configuration], strength: int
) -> None:
    model, configuration = question
    ids = data.draw(st.lists(st.sampled_from(model.ids), unique=True, min_size=1))
    possible = solutions(model, configuration)

    sample = covering(model, ids, strength, configuration)

    assert set(sample) <= set(possible)
    assert len(set(sample)) == len(sample)
    for some in combinations(ids, min(strength, len(ids))):
        assert {chosen.intersection(some) for chosen in sample} == {chosen.intersection(some) for chosen in possible}
    assert sample == covering(model, ids, strength, configuration)


def test_other_strengths_are_refused() -> None:
    with pytest.raises(ValueError, match="strength"):
        covering(FeatureModel((Feature("root"),)), ["root"], 4)
