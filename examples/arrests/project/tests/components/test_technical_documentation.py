from __future__ import annotations

import re


def project(*gates, purpose="Rank applications."):
    return {
        "purpose": purpose,
        "selected": [{"id": name, "title": name.capitalize(), "because": "high stakes"} for name in gates],
    }


def headings(component):
    return [part["heading"][0] for part in component.outline({}, project()) if "heading" in part]


def test_the_nine_parts_are_those_of_the_annex_in_its_order(component):
    assert [heading.split(".")[0] for heading in headings(component)] == [str(at) for at in range(1, 10)]
    assert "Art. 47" in headings(component)[7]
    assert "Art. 72" in headings(component)[8]


def test_every_letter_of_the_second_part_is_there(component):
    subheadings = [part["subheading"][0] for part in component.outline({}, project()) if "subheading" in part]

    assert re.findall(r"\((\w)\)", " ".join(subheadings[2:])) == list("abcdefgh")


def test_what_the_run_knows_is_filled_in(component):
    parts = [part["part"] for part in component.outline({}, project()) if "part" in part]

    assert parts == ["answers", "components", "reproduction", "data", "performance", "groups", "checks"]


def test_the_declaration_and_the_provider_are_left_to_the_lawyers(component):
    blanks = [text for part in component.outline({}, project()) for text in [part.get("open", {}).get("legal")] if text]

    assert any("name of the provider" in english for english, _ in blanks)
    assert any("copy of the declaration" in english for english, _ in blanks)


def test_the_gate_is_given_with_its_reason(component):
    facts = [part["facts"] for part in component.outline({}, project("fairness_gate", "reweighing")) if "facts" in part]

    assert facts == [{"Fairness_gate": "high stakes"}]
    assert not [part for part in component.outline({}, project("reweighing")) if "facts" in part]
