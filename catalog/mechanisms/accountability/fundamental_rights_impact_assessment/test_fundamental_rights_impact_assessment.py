from __future__ import annotations


def project(*holds, purpose="Rank applications."):
    return {"purpose": purpose, "holds": list(holds), "protected": ["sex", "age"]}


def rights(component, *holds):
    [table] = [part["table"] for part in component.outline({}, project(*holds)) if "table" in part]
    return next(iter(table.values()))


def test_the_parts_are_those_of_the_article_in_its_order(component):
    headings = [part["heading"][0] for part in component.outline({}, project()) if "heading" in part]

    assert [heading.rpartition("Art. ")[2] for heading in headings[:6]] == [f"27(1)({letter})" for letter in "abcdef"]


def test_a_right_is_examined_where_the_answers_touch_it(component):
    always = rights(component)

    for brought_by, right in component.RIGHTS:
        assert right in rights(component, brought_by)
        assert (right in always) == (not brought_by)


def test_what_harm_may_come_about_is_left_to_people(component):
    [table] = [part["table"] for part in component.outline({}, project("personal_data")) if "table" in part]
    _, *judged = table.values()

    assert {cell for column in judged for cell in column} == {component.BLANK}


def test_protected_attributes_and_measured_figures_are_given(component):
    outline = component.outline({}, project())

    assert {"part": "groups"} in outline
    assert [list(part["facts"].values()) for part in outline if "facts" in part] == [["sex, age"]]


def test_the_authority_is_notified_before_the_first_use(component):
    last = component.outline({}, project())[-1]["open"]

    assert "Art. 27(3)" in last["legal"][0]
    assert "art. 27, § 3" in last["legal"][1]
