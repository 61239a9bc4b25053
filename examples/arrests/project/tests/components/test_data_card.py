from __future__ import annotations

import re

import pytest


@pytest.fixture
def evidence() -> dict:
    groups = {"female": {"count": 210, "cannot_tell": False}, "not told": {"count": 4, "cannot_tell": True}}
    return {
        "performance": {"after": {"rows": 214}},
        "group_metrics": {"after": {"measured": {"attributes": {"sex": {"groups": groups}}}}},
    }


@pytest.fixture
def project() -> dict:
    return {
        "name": "loans",
        "title": "Loans",
        "language": "en",
        "target": "granted",
        "favourable": "yes",
        "outcomes": ["No", "yes"],
        "protected": ["sex"],
        "purpose": "Rank applications for a loan.",
        "data": {
            "rows": 1000,
            "columns": 9,
            "sha256": "f00d",
            "missing": {"age": 0, "income": 17, "job": 333},
            "file": "loans.csv",
            "dropped": {"number": "an identifier"},
        },
        "selected": [{"id": "part", "title": "A part", "because": "you chose it"}],
        "people": [],
        "seed": 0,
    }


def written(component, evidence, project, folder):
    path = component.write(evidence=evidence, project=project, closing="## Closing", folder=folder)
    assert path == folder / "data_card.md"
    return path.read_text(encoding="utf-8")


def test_missing_values_are_given_with_their_share_worst_first(component, evidence, project, tmp_path):
    card = written(component, evidence, project, tmp_path)

    assert "7 of 9 columns have none." in card
    assert "| `job` | 333 | 33.3\u00a0% |\n| `income` | 17 | 1.7\u00a0% |" in card
    assert "`age`" not in card


def test_a_gap_in_few_rows_is_not_rounded_to_nothing(component, evidence, project, tmp_path):
    project["data"] |= {"rows": 100_000, "missing": {"income": 1}}

    assert "| `income` | 1 | &lt;\u00a00.1\u00a0% |" in written(component, evidence, project, tmp_path)


def test_groups_are_counted_and_the_small_ones_are_a_limit(component, evidence, project, tmp_path):
    card = written(component, evidence, project, tmp_path)

    assert "| female | 210 | yes |" in card
    assert "| not told | 4 | no |" in card
    assert "- sex: not told have too few test rows" in card


def test_columns_with_many_gaps_are_a_limit(component, evidence, project, tmp_path):
    card = written(component, evidence, project, tmp_path)

    assert "- `job`: more than one row in twenty has no value." in card
    assert "- `income`" not in card


def test_columns_left_out_are_listed_with_their_reason(component, evidence, project, tmp_path):
    card = written(component, evidence, project, tmp_path)

    assert "| `number` | an identifier |" in card


def test_a_data_set_without_groups_or_gaps_gets_a_card_too(component, evidence, project, tmp_path):
    del evidence["group_metrics"]
    project["data"]["missing"] = {}
    del project["data"]["dropped"]

    card = written(component, evidence, project, tmp_path)

    assert "9 of 9 columns have none." in card
    assert "Not counted in this run." in card
    assert "The checks of this run found none." in card


def test_what_a_program_cannot_know_is_left_to_a_named_role(component, evidence, project, tmp_path):
    card = written(component, evidence, project, tmp_path)

    roles = re.findall(r"To be completed by the ([a-z ]+):", card)
    assert set(roles) == {"product owner", "data engineer", "legal department"}


def test_both_languages_say_the_same_things(component):
    english, french = component.TEXTS["en"], component.TEXTS["fr"]

    assert english.keys() == french.keys()
    for key in english:
        assert set(re.findall(r"{\w+}", english[key])) == set(re.findall(r"{\w+}", french[key])), key


def test_the_french_card_holds_no_english_sentence(component, evidence, project, tmp_path):
    card = written(component, evidence, project | {"language": "fr"}, tmp_path)

    assert "33,3\u00a0%" in card
    assert "1\u202f000" in card
    for sentence in component.TEXTS["en"].values():
        if len(sentence) > 20 and "{" not in sentence:
            assert sentence not in card


def test_text_from_the_data_cannot_change_the_layout(component, evidence, project, tmp_path):
    strange = "a|b\n# c <script>"
    project["data"]["missing"] = {strange: 60}

    card = written(component, evidence, project | {"title": strange, "protected": [strange]}, tmp_path)

    assert "<script>" not in re.sub(r"`[^`\n]*`", "", card)
    assert "\n# c" not in card
    assert "| `a\\|b # c <script>` | 60 |" in card


def test_the_card_ends_as_every_document_does(component, evidence, project, tmp_path):
    assert written(component, evidence, project, tmp_path).endswith("\n\n## Closing\n")
