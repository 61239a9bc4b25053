from __future__ import annotations

import re

import pytest


def rate(value, low=None, high=None):
    return {"value": value, "low": value if low is None else low, "high": value if high is None else high}


def metrics(selection):
    groups = {
        name: {
            "count": count,
            "cannot_tell": count < 30,
            "selection_rate": rate(chosen, 0.1, 0.7) if count >= 30 else rate(None),
            "true_positive_rate": rate(0.71),
            "false_positive_rate": rate(0.12),
            "precision": rate(0.66),
            "accuracy": rate(0.8),
        }
        for name, (count, chosen) in selection.items()
    }
    differences = {
        name: rate(0.2468, 0.1357, 0.3579)
        for name in (
            "demographic_parity_difference",
            "demographic_parity_ratio",
            "equal_opportunity_difference",
            "equalized_odds_difference",
            "predictive_parity_difference",
        )
    }
    return {"measured": {"attributes": {"sex": {"groups": groups, **differences}}, "confidence": 0.95}, "holds": None}


@pytest.fixture
def evidence() -> dict:
    figures = {"accuracy": 0.8642, "balanced_accuracy": 0.7531, "roc_auc": None, "rows": 12345}
    selection = {"female": (4000, 0.2), "male": (8345, 0.4), "not | told": (3, 0.1)}
    return {
        "performance": {"before": {**figures, "accuracy": 0.8713}, "after": figures},
        "group_metrics": {"before": metrics(selection), "after": metrics(selection)},
        "a_gate": {"measured": {}, "holds": False, "because": "0.247 exceeds 0.1"},
        "run": {
            "finished": "2026-11-21T08:00:00+00:00",
            "python": "3.11.9",
            "code": {"sha256": "c0de"},
            "model": {"sha256": "40de1", "file": "model.skops"},
        },
    }


@pytest.fixture
def project() -> dict:
    return {
        "name": "loans",
        "title": "Loans and/or credit",
        "language": "en",
        "target": "granted",
        "favourable": "yes",
        "outcomes": ["No", "yes"],
        "protected": ["sex"],
        "purpose": "",
        "data": {"rows": 50000, "columns": 9, "sha256": "f00d", "missing": {"income": 17}, "file": "loans.csv"},
        "selected": [{"id": "a_gate", "title": "A gate", "because": "you chose it", "sources": ["Somebody, Art. 9"]}],
        "people": [{"id": "human_oversight", "title": "Human oversight"}],
        "seed": 0,
    }


def written(component, evidence, project, folder):
    path = component.write(evidence=evidence, project=project, closing="## Closing", folder=folder)
    assert path == folder / "model_card.md"
    return path.read_text(encoding="utf-8")


def test_every_number_comes_from_the_evidence_or_the_project(component, evidence, project, tmp_path):
    card = written(component, evidence, project, tmp_path)

    known = {"0.864", "0.753", "0.871", "0.200", "0.400", "0.100", "0.700", "0.710", "0.120", "0.660", "0.800"}
    known |= {"12,345", "4,000", "8,345", "50,000", "0.247", "0.136", "0.358", "0.1", "17", "9", "3", "0"}
    known |= {"2026-11-21T08:00:00+00:00", "3.11.9", "95", "256"}  # time, Python, confidence, the name SHA-256
    prose = re.sub(r"`[^`]*`", "", card)
    found = re.findall(r"\d{4}-\d\d-\d\dT\S+?(?=,)|\d[\d.,]*\d|\d", prose)
    assert set(found) <= known


def test_values_stand_with_their_intervals(component, evidence, project, tmp_path):
    card = written(component, evidence, project, tmp_path)

    assert "0.200 (0.100–0.700)" in card
    assert "0.247 (0.136–0.358)" in card


def test_what_nobody_measured_is_left_to_a_named_role(component, evidence, project, tmp_path):
    card = written(component, evidence, project, tmp_path)

    assert card.count("To be completed by") == 5
    assert "To be completed by the product owner:** what the model is for" in card


def test_a_stated_purpose_is_quoted(component, evidence, project, tmp_path):
    card = written(component, evidence, project | {"purpose": "Rank applications for a loan."}, tmp_path)

    assert "Rank applications for a loan." in card
    assert card.count("To be completed by") == 4


def test_groups_too_small_to_tell_are_among_the_limits(component, evidence, project, tmp_path):
    card = written(component, evidence, project, tmp_path)

    assert "- sex: too few test rows to tell about not | told." in card


def test_a_requirement_that_does_not_hold_is_among_the_limits(component, evidence, project, tmp_path):
    card = written(component, evidence, project, tmp_path)

    assert "- A gate: does not hold. 0.247 exceeds 0.1" in card


def test_parts_stand_with_their_reason_and_its_source(component, evidence, project, tmp_path):
    assert "| A gate | you chose it | Somebody, Art. 9 |" in written(component, evidence, project, tmp_path)


def test_the_card_ends_as_every_document_does(component, evidence, project, tmp_path):
    assert written(component, evidence, project, tmp_path).endswith("\n\n## Closing\n")


def test_french_cards_tell_figures_and_no_english_sentence(component, evidence, project, tmp_path):
    by_attribute = {"sex": {"difference": {"value": 0.247, "low": 0.1, "high": 0.4}}}
    evidence["a_gate"] |= {"measured": {"attributes": by_attribute}, "threshold": {"difference": 0.1}}

    card = written(component, evidence, project | {"language": "fr"}, tmp_path)

    assert "difference (sex) = 0,247 ; seuil difference = 0,100" in card
    assert "exceeds" not in card


def test_without_mitigation_no_trade_off_is_told(component, evidence, project, tmp_path):
    del evidence["performance"]["before"], evidence["group_metrics"]["before"]

    card = written(component, evidence, project, tmp_path)

    assert "No mitigation is applied" in card
    assert "0.871" not in card


def test_both_languages_say_the_same_things(component):
    english, french = component.TEXTS["en"], component.TEXTS["fr"]

    assert english.keys() == french.keys()
    for key in english:
        assert set(re.findall(r"{\w+}", english[key])) == set(re.findall(r"{\w+}", french[key])), key


def test_french_cards_write_numbers_the_french_way(component, evidence, project, tmp_path):
    card = written(component, evidence, project | {"language": "fr"}, tmp_path)

    assert "0,864" in card
    assert "12\u202f345" in card
    assert "À compléter par" in card
    assert "To be completed" not in card


def test_text_from_the_data_cannot_change_the_layout(component, evidence, project, tmp_path):
    strange = "a|b\n# c <script> `d`"
    groups = evidence["group_metrics"]["after"]["measured"]["attributes"]["sex"]["groups"]
    groups[strange] = groups.pop("male")

    card = written(
        component, evidence, project | {"title": strange, "target": strange, "protected": [strange]}, tmp_path
    )

    assert "<script>" not in re.sub(r"`[^`\n]*`", "", card)
    assert "\n# c" not in card
    tables = [line for line in card.splitlines() if line.startswith("|")]
    assert any("a\\|b" in line for line in tables)


def test_every_row_of_a_table_has_the_cells_of_its_header(component, evidence, project, tmp_path):
    width = None
    for line in written(component, evidence, project, tmp_path).splitlines():
        if not line.startswith("|"):
            width = None
            continue
        cells = len(re.findall(r"(?<!\\)\|", line))
        assert width in (None, cells), line
        width = cells


def test_headings_are_the_sections_of_the_published_template(component, evidence, project, tmp_path):
    headings = re.findall(r"^#+ .*$", written(component, evidence, project, tmp_path), re.MULTILINE)

    assert headings[:4] == ["# Loans and/or credit", "## Model details", "## Uses", "### Intended use"]
    assert "### Metrics by group" in headings
    assert not any("/" in heading for heading in headings[1:])


def test_the_head_is_metadata_that_the_hub_reads(component, evidence, project, tmp_path):
    lines = written(component, evidence, project, tmp_path).splitlines()

    assert lines[0] == "---"
    head = lines[1 : lines.index("---", 1)]
    assert "library_name: sklearn" in head
    assert "pipeline_tag: tabular-classification" in head


def test_a_model_of_numbers_is_found_among_those_of_numbers(component, evidence, project, tmp_path):
    lines = written(component, evidence, {**project, "outcomes": []}, tmp_path).splitlines()

    assert "pipeline_tag: tabular-regression" in lines[: lines.index("---", 1)]
