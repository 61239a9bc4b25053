from __future__ import annotations


def project(missing=None, purpose="Rank applications."):
    return {
        "purpose": purpose,
        "target": "granted",
        "favourable": "yes",
        "data": {"missing": missing or {}},
        "selected": [{"id": "a_gate", "title": "A gate"}],
    }


def limits(component, evidence, project):
    lists = [part["list"] for part in component.outline(evidence, project) if "list" in part]
    return [english for english, _ in lists[0]] if lists else []


def test_the_parts_are_those_of_the_article_in_its_order(component):
    headings = [part["heading"][0] for part in component.outline({}, project()) if "heading" in part]
    letters = [heading.rpartition("13(3)(")[2][0] for heading in headings]

    assert letters == sorted(letters)
    assert set(letters) == set("abcdef")


def test_what_does_not_hold_or_could_not_be_judged_is_a_reason_to_distrust(component):
    evidence = {"a_gate": {"holds": False}, "unnamed": {"holds": None}, "fine": {"holds": True}}

    assert limits(component, evidence, project()) == ["A gate: does not hold.", "unnamed: could not be judged."]


def test_small_groups_and_columns_with_gaps_are_named(component):
    groups = {"men": {"cannot_tell": False}, "women": {"cannot_tell": True}}
    evidence = {"group_metrics": {"after": {"measured": {"attributes": {"sex": {"groups": groups}}}}}}

    told = " ".join(limits(component, evidence, project(missing={"income": 17})))
    assert "women" in told
    assert "income" in told
    assert "men," not in told


def test_a_run_without_findings_claims_no_more_than_that(component):
    texts = [part["text"][0] for part in component.outline({}, project()) if isinstance(part.get("text"), tuple)]

    assert "The checks of this run found no limit." in texts


def test_figures_for_groups_and_the_whole_are_there(component):
    parts = [part["part"] for part in component.outline({}, project()) if "part" in part]

    assert {"performance", "groups", "checks", "data", "reproduction"} == set(parts)
