from __future__ import annotations

EVIDENCE = {"a_gate": {"holds": False}, "unnamed": {"holds": None}, "performance": {"after": {"accuracy": 0.8}}}


def outline(component, purpose="Rank applications."):
    return component.outline(EVIDENCE, {"purpose": purpose, "selected": [{"id": "a_gate", "title": "A gate"}]})


def test_every_judged_requirement_is_taken_again_in_use_as_people_decide(component):
    [table] = [part["table"] for part in outline(component) if "table" in part]
    requirements, *decided = table.values()

    assert requirements == ["A gate", "unnamed"]
    assert {cell for column in decided for cell in column} == {component.BLANK}
    assert {len(column) for column in decided} == {2}


def test_what_is_collected_comes_before_who_reviews_it_and_what_follows(component):
    measures = [part["measures"] for part in outline(component) if "measures" in part]

    assert measures == [component.COLLECTED, component.REVIEWED, component.ACTED_UPON]


def test_the_figures_to_compare_with_are_those_of_the_run(component):
    assert [part["part"] for part in outline(component) if "part" in part] == ["performance", "groups", "checks"]


def test_frequency_and_reviewers_are_left_to_people(component):
    roles = {role for part in outline(component, purpose="") for role in part.get("open", ())}

    assert roles == {"product_owner", "legal", "operations", "security"}
