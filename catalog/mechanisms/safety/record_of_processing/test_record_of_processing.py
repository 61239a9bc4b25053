from __future__ import annotations

import re


def outline(component, purpose="Rank applications."):
    return component.outline({}, {"purpose": purpose})


def test_the_parts_are_those_of_the_article_in_its_order(component):
    headings = [part["heading"][0] for part in outline(component) if "heading" in part]

    assert [re.search(r"30\(1\)\((\w)\)", heading)[1] for heading in headings] == list("abcdefg")


def test_the_legal_basis_stands_beside_the_purpose(component):
    parts = outline(component)

    assert parts.index({"answers": ("legal_basis",)}) == parts.index({"text": "Rank applications."}) + 1


def test_a_purpose_nobody_stated_is_a_blank(component):
    blanks = [role for part in outline(component, purpose="") for role in part.get("open", ())]

    assert blanks.count("product_owner") == 1
    assert "product_owner" not in [role for part in outline(component) for role in part.get("open", ())]


def test_recipients_transfers_and_time_limits_are_never_made_up(component):
    texts = [english for part in outline(component) for english, _ in part.get("open", {}).values()]

    for word in ("recipients", "countries outside", "how long it is kept"):
        assert any(word in text for text in texts), word
