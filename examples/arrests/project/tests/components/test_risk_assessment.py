from __future__ import annotations


def project(*holds, people=(), purpose=""):
    return {
        "purpose": purpose,
        "holds": list(holds),
        "selected": [
            {"id": "schema_validation", "title": "Validation of the table"},
            {"id": "a_gate", "title": "A gate"},
        ],
        "people": [{"id": name, "title": name.replace("_", " ")} for name in people],
    }


def register(component, evidence, project):
    """The rows of the register: what, for whom, what is in place."""
    [table] = [part["table"] for part in component.outline(evidence, project) if "table" in part]
    columns = {english: cells for (english, _), cells in table.items()}
    assert {len(cells) for cells in columns.values()} == {len(columns["No."])}
    return list(zip(columns["What can go wrong"], columns["For whom"], columns["What is in place"], strict=True))


def test_each_answer_that_brings_a_risk_has_a_row_of_its_own(component):
    without = register(component, {}, project())

    for brought_by, what, _, _ in component.RISKS:
        rows = register(component, {}, project(brought_by))
        assert what in [row[0] for row in rows]
        assert (len(rows) > len(without)) == bool(brought_by)


def test_what_is_in_place_are_parts_of_this_project_only(component):
    rows = register(component, {}, project("individuals_concerned", people=["human_oversight"]))

    in_place = {what[0]: against for what, _, against in rows}
    assert in_place["A wrong result is taken for right"] == "human oversight"
    assert in_place["Some groups are treated worse than others"] == ("nothing yet", "rien encore")
    assert in_place["Inputs are faulty, or differ from those of training"] == "Validation of the table"


def test_a_requirement_that_does_not_hold_is_a_risk_and_one_that_holds_is_none(component):
    evidence = {"a_gate": {"holds": False}, "unknown": {"holds": None}, "fine": {"holds": True}, "run": {}}

    told = [row[0][0] for row in register(component, evidence, project())]

    assert "Does not hold: A gate" in told
    assert "Could not be judged: unknown" in told
    assert not [row for row in told if "fine" in row or "run" in row]


def test_groups_too_small_to_tell_are_named(component):
    groups = {"men": {"cannot_tell": False}, "women & Black": {"cannot_tell": True}}
    evidence = {"group_metrics": {"after": {"measured": {"attributes": {"intersection": {"groups": groups}}}}}}

    assert "women & Black" in [row[1] for row in register(component, evidence, project())]


def test_nobody_but_people_judge_gravity_likelihood_and_what_remains(component):
    outline = component.outline({}, project())

    [table] = [part["table"] for part in outline if "table" in part]
    blanks = [cells for (english, _), cells in table.items() if english in ("Gravity", "Likelihood")]
    assert {cell for cells in blanks for cell in cells} == {component.BLANK}
    assert [role for part in outline for role in part.get("open", ())].count("product_owner") == 3


def test_a_stated_purpose_takes_the_place_of_the_blank(component):
    outline = component.outline({}, project(purpose="Rank claims."))

    assert {"text": "Rank claims."} in outline
    assert [role for part in outline for role in part.get("open", ())].count("product_owner") == 2
