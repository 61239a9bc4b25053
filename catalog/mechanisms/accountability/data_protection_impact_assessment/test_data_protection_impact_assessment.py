from __future__ import annotations


def project(*people, dropped=None, purpose="Rank applications."):
    return {
        "purpose": purpose,
        "data": {"dropped": dropped or {}},
        "selected": [{"id": "schema_validation", "title": "Validation of the table"}],
        "people": [{"id": name, "title": name.replace("_", " ")} for name in people],
    }


def part_after(outline, heading):
    """What stands under a heading, up to the next one."""
    at = next(at for at, part in enumerate(outline) if part.get("heading", ("",))[0].startswith(heading))
    parts = []
    for part in outline[at + 1 :]:
        if "heading" in part:
            break
        parts.append(part)
    return parts


def test_the_parts_are_those_of_the_article_in_its_order(component):
    headings = [part["heading"][0] for part in component.outline({}, project()) if "heading" in part]

    assert [heading[-13:] for heading in headings[:4]] == [f"Art. 35(7)({letter})"[-13:] for letter in "abcd"]
    assert headings[4] == "5. Advice and decision"


def test_every_fear_stands_with_what_this_project_has_against_it(component):
    outline = component.outline({}, project("access_control"))

    [table] = [part["table"] for part in part_after(outline, "3.") if "table" in part]
    feared, in_place, *judged = table.values()
    found = dict(zip((english for english, _ in feared), in_place, strict=True))
    assert found["Somebody unauthorised sees the data"] == "access control"
    assert found["The data are changed unnoticed"] == "Validation of the table; access control"
    assert found["A wrong or unfair result harms somebody"] == ("nothing yet", "rien encore")
    assert {cell for column in judged for cell in column} == {component.BLANK}


def test_columns_left_out_stand_with_their_reason(component):
    outline = component.outline({}, project(dropped={"telephone": "identifies people"}))

    tables = [part["table"] for part in part_after(outline, "2.") if "table" in part]
    assert [list(table.values()) for table in tables] == [[["telephone"], ["identifies people"]]]


def test_advice_and_decision_are_left_to_people(component):
    blanks = [part["open"] for part in part_after(component.outline({}, project()), "5.") if "open" in part]

    assert blanks[0].keys() == {"legal", "product_owner"}
    assert "Art. 36(1)" in blanks[0]["legal"][0]


def test_a_purpose_nobody_stated_is_a_blank(component):
    stated, unstated = (component.outline({}, project(purpose=purpose)) for purpose in ("Rank applications.", ""))

    assert {"text": "Rank applications."} in stated
    assert "product_owner" in part_after(unstated, "1.")[0]["open"]
