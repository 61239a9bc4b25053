from __future__ import annotations

import pytest


def outline(component, *holds, purpose="Rank applications."):
    return component.outline({}, {"purpose": purpose, "holds": list(holds)})


def rights(component, *holds):
    lists = [part["list"] for part in outline(component, *holds) if "list" in part]
    return [english for english, _ in lists[0]] if lists else []


def test_each_right_is_told_where_the_project_gives_it_and_nowhere_else(component):
    assert rights(component) == []
    for gives, (english, _) in component.RIGHTS:
        assert english in rights(component, gives)
        others = {name for name, _ in component.RIGHTS} - {gives}
        assert english not in rights(component, *others)


@pytest.mark.parametrize(
    ("holds", "says"),
    [
        ("fully_automated", "by the system alone"),
        ("automated_with_human_veto", "a person can stop"),
        ("human_decides", "A person decides"),
    ],
)
def test_who_decides_is_said_as_it_was_answered(component, holds, says):
    texts = [part["text"][0] for part in outline(component, holds) if isinstance(part.get("text"), tuple)]

    assert any(says in text for text in texts)


@pytest.mark.parametrize(
    ("holds", "heading"),
    [
        ("new_york_city_hiring", "New York City: at least ten business days before use"),
        ("canadian_federal_administration", "Canada: before the decision, on the website and in plain language"),
        ("french_public_administration", "French administration: stated on the decision itself"),
    ],
)
def test_a_place_adds_what_its_law_asks_for(component, holds, heading):
    def headings(*features):
        return [part["heading"][0] for part in outline(component, *features) if "heading" in part]

    assert heading in headings(holds)
    assert heading not in headings()


def test_logic_and_contact_are_left_to_people(component):
    roles = [role for part in outline(component, purpose="") for role in part.get("open", ())]

    assert roles.count("product_owner") == 2
    assert {"legal", "data_engineer", "operations"} <= set(roles)
