from __future__ import annotations

EVIDENCE = {"run": {"model": {"sha256": "40de1"}}}


def outline(component, *holds):
    return component.outline(EVIDENCE, {"title": "Loans", "holds": list(holds)})


def excluded(component, *holds):
    [steps] = [part["steps"] for part in outline(component, *holds) if "steps" in part]
    return steps


def test_a_use_is_excluded_where_the_answers_make_it_a_matter(component):
    always = excluded(component)

    for brought_by, use in component.RESTRICTIONS:
        assert use in excluded(component, brought_by)
        assert (use in always) == (not brought_by)


def test_the_licensed_model_is_named_by_its_hash(component):
    [facts] = [part["facts"] for part in outline(component) if "facts" in part]

    assert list(facts.values()) == ["Loans", "40de1"]


def test_restrictions_are_passed_on_and_the_text_claims_to_be_no_open_source_licence(component):
    texts = [part["text"][0] for part in outline(component) if "text" in part]

    assert "no open-source licence" in texts[0]
    assert any("binds those who receive it to section 3" in text for text in texts)


def test_licensor_and_law_are_left_to_the_lawyers(component):
    blanks = [english for part in outline(component) for english, _ in [part.get("open", {}).get("legal", ("", ""))]]

    assert any("licensor" in text for text in blanks)
    assert any("governing law" in text for text in blanks)
