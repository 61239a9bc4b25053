"""Configurations: causes by feature, in the order in which they were given."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fatesline.model.configuration import PRICE_OF, Configuration, Decision

decisions = st.builds(Decision, st.sampled_from("abcde"), st.booleans(), origin=st.sampled_from(sorted(PRICE_OF)))


@given(st.lists(decisions))
def test_a_later_decision_replaces_the_earlier_one(made: list[Decision]) -> None:
    configuration = Configuration.of(made)

    assert set(configuration) == {
        decision
        for at, decision in enumerate(made)
        if decision.feature not in {later.feature for later in made[at + 1 :]}
    }
    for decision in configuration:
        assert configuration[decision.feature] is decision
        assert decision.feature in configuration


@given(st.lists(decisions), decisions)
def test_undoing_a_decision_restores_what_was_there(made: list[Decision], added: Decision) -> None:
    before = Configuration.of(made).without(added.feature)

    assert before.with_decision(added).without(added.feature) == before
    assert added.feature not in before
    assert len(before.with_decision(added)) == len(before) + 1


@given(st.lists(decisions))
def test_chosen_and_ruled_out_part_the_decisions(made: list[Decision]) -> None:
    configuration = Configuration.of(made)

    assert sorted(configuration.chosen + configuration.ruled_out) == sorted(configuration.decisions)
    again = Configuration.choosing(*configuration.chosen, without=configuration.ruled_out)
    assert set(again.chosen) == set(configuration.chosen)
    assert set(again.ruled_out) == set(configuration.ruled_out)


def test_what_somebody_said_costs_more_than_what_was_assumed() -> None:
    prices = [Decision("a", origin=origin).price for origin in ("default", "detected", "measured", "asked", "policy")]

    assert prices == sorted(set(prices))
    assert prices[0] > 0


def test_configurations_are_values() -> None:
    first = Configuration.choosing("a")
    second = first.with_decision(Decision("b"))

    assert len(first) == 1
    assert list(second.decisions) == ["a", "b"]
