"""Covering samples against brute force."""

from __future__ import annotations

from functools import reduce
from itertools import combinations
from operator import and_

import pytest
from brute_force import USUAL, allowed, questions, rules_of, solutions, subsets, truth
from hypothesis import given
from hypothesis import strategies as st

from fatesline.model.configuration import Configuration
from fatesline.model.features import Feature, FeatureModel
from fatesline.reasoning import Claim, covering


@USUAL
@given(st.data(), questions(decisions=2), st.integers(1, 3))
def test_a_covering_sample_shows_every_possible_combination(
    data: st.DataObject, question: tuple[FeatureModel, Configuration], strength: int
) -> None:
    model, configuration = question
    ids = data.draw(st.lists(st.sampled_from(model.ids), unique=True, min_size=1))
    possible = solutions(model, configuration)
    tables = truth(model)
    all_possible = allowed(model, rules_of(model), configuration)

    def combined(chosen: frozenset[str], some: tuple[str, ...]) -> int:
        return reduce(and_, (tables.claim(Claim(name, name in chosen)) for name in some), all_possible)

    sample = covering(model, ids, strength, configuration)

    assert set(sample) <= set(possible)
    assert len(set(sample)) == len(sample)
    for some in combinations(ids, min(strength, len(ids))):
        shown = {chosen.intersection(some) for chosen in sample}
        assert shown == {chosen for chosen in subsets(some) if combined(chosen, some)}
    assert sample == covering(model, ids, strength, configuration)


def test_other_strengths_are_refused() -> None:
    with pytest.raises(ValueError, match="strength"):
        covering(FeatureModel((Feature("root"),)), ["root"], 4)
