from __future__ import annotations

from brute_force import USUAL, formulas, models, solutions
from hypothesis import assume, given
from hypothesis import strategies as st

from fatesline.model.configuration import Configuration, Decision
from fatesline.model.features import Constraint, Feature, FeatureModel, Group
from fatesline.model.formula import parse
from fatesline.reasoning import Bearing, Reasoner

OPTIONS = ("q1", "q2", "q3")


@st.composite
def questioned(draw: st.DrawFn) -> tuple[FeatureModel, Configuration]:
    """A model with three leaves below its root that stand for the options of a question, and some decisions."""
    model = draw(models(5, 2, soft=False))
    root = next(feature.id for feature in model.features if feature.parent is None)
    ids = (*model.ids, *OPTIONS)
    least = draw(st.integers(0, 1))
    rules = [Constraint(f"r{at}", draw(formulas(ids, 2))) for at in range(draw(st.integers(0, 3)))]
    whole = FeatureModel(
        (*model.features, *(Feature(name, root) for name in OPTIONS)),
        (*model.groups, Group(root, OPTIONS, least, draw(st.integers(1, 3)))),
        (*model.constraints, *rules),
    )
    decided = draw(st.lists(st.sampled_from(model.ids), unique=True, max_size=3))
    return whole, Configuration.of(Decision(name, draw(st.booleans())) for name in decided)


@USUAL
@given(questioned())
def test_features_without_bearing_go_with_everything_else_in_every_way(
    given: tuple[FeatureModel, Configuration],
) -> None:
    model, decided = given
    reasoner = Reasoner(model)
    assume(reasoner.is_consistent(decided))

    if not Bearing(model).through(OPTIONS, reasoner.consequences(decided)):
        found = solutions(model, decided)
        options = {one & frozenset(OPTIONS) for one in found}
        others = {one - frozenset(OPTIONS) for one in found}
        assert set(found) == {one | other for one in options for other in others}


def test_a_constraint_that_holds_anyway_is_no_bearing() -> None:
    features = tuple(Feature(name, None if name == "root" else "root") for name in ("root", "asked", "review", "duty"))
    rules = (Constraint("a", parse("asked => review")), Constraint("b", parse("duty => review")))
    model = FeatureModel(features, (), rules)
    reasoner, bearing = Reasoner(model), Bearing(model)

    before = bearing.through(["asked"], reasoner.consequences())
    after = bearing.through(["asked"], reasoner.consequences(Configuration.choosing("duty")))

    assert before == ("a",)
    assert after == ()


def test_a_preference_has_bearing_and_a_waived_constraint_has_none() -> None:
    features = tuple(Feature(name, None if name == "root" else "root") for name in ("root", "asked", "review"))
    rules = (
        Constraint("liked", parse("asked => review"), level="preference"),
        Constraint("meant", parse("asked => review"), level="law"),
    )
    model = FeatureModel(features, (), rules)
    follows = Reasoner(model).consequences()

    assert Bearing(model).through(["asked"], follows) == ("liked", "meant")
    assert Bearing(model).through(["asked"], follows, without=["meant"]) == ("liked",)
