"""Slices against brute force."""

from __future__ import annotations

import pytest
from brute_force import USUAL, models, solutions
from hypothesis import given
from hypothesis import strategies as st

from fatesline.errors import UserError
from fatesline.model.features import Constraint, Feature, FeatureModel, Group
from fatesline.model.formula import parse
from fatesline.reasoning import sliced


@USUAL
@given(st.data(), models(constraints=3))
def test_a_slice_allows_exactly_the_choices_that_the_model_allows(data: st.DataObject, model: FeatureModel) -> None:
    ids = data.draw(st.sets(st.sampled_from(model.ids)))
    kept = {*ids, model.root.id}

    found = sliced(model, ids)

    assert set(found.ids) == kept
    assert set(solutions(found)) == {chosen & kept for chosen in solutions(model)}
    assert found == sliced(model, ids)


def test_what_the_tree_of_the_slice_says_is_not_said_again() -> None:
    model = FeatureModel(
        (Feature("r"), Feature("p", "r"), Feature("a", "p"), Feature("b", "p"), Feature("x", "r")),
        (Group.alternative("p", ("a", "b")),),
        (Constraint("kept", parse("a => b | r")), Constraint("chain", parse("(a => x) & (x => !b)"))),
    )

    assert sliced(model, model.ids).constraints == model.constraints
    without_x = sliced(model, ["p", "a", "b"])
    assert [one.id for one in without_x.constraints] == ["kept"]
    assert without_x.groups == model.groups


def test_an_unknown_feature_is_refused() -> None:
    with pytest.raises(UserError, match="there is no feature"):
        sliced(FeatureModel((Feature("r"),)), ["s"])
