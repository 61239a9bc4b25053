from __future__ import annotations


def part(name, responsible="data_scientist"):
    return {"id": name, "title": name.replace("_", " ").capitalize(), "responsible": responsible}


PROJECT = {"selected": [part("a_gate"), part("seeds_and_lock", "ml_engineer"), part("reweighing")]}
EVIDENCE = {
    "a_gate": {"holds": False},
    "seeds_and_lock": {"holds": True},
    "unnamed": {"holds": None},
    "performance": {"after": {"accuracy": 0.8}},
}


def test_every_judged_requirement_has_its_test_and_a_responsible_person(component):
    tables = [part["table"] for part in component.outline(EVIDENCE, PROJECT) if "table" in part]
    [table] = [table for table in tables if ("Requirement", "Exigence") in table]

    assert list(zip(*table.values(), strict=True)) == [
        ("A gate", "test_a_gate", ("data scientist", "data scientist")),
        ("Seeds and lock", "test_seeds_and_lock", ("ML engineer", "ingénierie ML")),
        ("unnamed", "test_unnamed", "–"),
    ]


def test_parts_that_no_figure_judges_are_listed_as_such(component):
    lists = [part["list"] for part in component.outline(EVIDENCE, PROJECT) if "list" in part]

    assert lists == [["Reweighing"]]


def test_what_no_program_tests_is_left_to_people(component):
    outline = component.outline(EVIDENCE, PROJECT)

    [boxes] = [part["boxes"] for part in outline if "boxes" in part]
    assert any("contest" in english for english, _ in boxes)
    assert {role for part in outline for role in part.get("open", ())} >= {"ml_engineer", "product_owner"}


def test_thresholds_and_results_stand_beside_the_tests(component):
    assert {"part": "checks"} in component.outline(EVIDENCE, PROJECT)
