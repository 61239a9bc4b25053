from __future__ import annotations


def outline(component, purpose="Rank applications."):
    return component.outline({}, {"purpose": purpose})


def test_purpose_alternatives_exclusions_and_decision_follow_each_other(component):
    headings = [part["heading"][0] for part in outline(component) if "heading" in part]

    assert headings == ["Purpose", "Where and on whom", "Alternatives", "Uses out of scope", "Decision to go ahead"]


def test_doing_nothing_new_is_among_the_alternatives_and_nobody_invents_their_result(component):
    [table] = [part["table"] for part in outline(component) if "table" in part]
    alternatives, *judged = table.values()

    assert alternatives[0][0].startswith("Nothing new")
    assert {cell for column in judged for cell in column} == {("[to be completed]", "[à compléter]")}


def test_prohibited_practices_are_out_of_scope_with_what_was_answered(component):
    parts = outline(component)

    assert any("Article 5" in english for part in parts for english, _ in part.get("list", ()))
    assert {"answers": ("prohibited_practices",)} in parts


def test_the_decision_is_signed_by_people(component):
    assert outline(component)[-1]["open"].keys() == {"legal", "product_owner"}


def test_a_stated_purpose_takes_the_place_of_the_blank(component):
    assert {"text": "Rank applications."} in outline(component)
    assert "product_owner" in outline(component, purpose="")[1]["open"]
