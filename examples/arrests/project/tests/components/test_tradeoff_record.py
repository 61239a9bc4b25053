from __future__ import annotations

import re

import pytest

DIFFERENCES = (
    "demographic_parity_difference",
    "demographic_parity_ratio",
    "equal_opportunity_difference",
    "equalized_odds_difference",
    "predictive_parity_difference",
)


def figure(value, spread=0.02):
    return {"value": value, "low": round(value - spread, 6), "high": round(value + spread, 6)}


def metrics(parity, female, male, group="female"):
    nothing = {"value": None, "low": None, "high": None}
    groups = {
        group: {"selection_rate": figure(female), "true_positive_rate": nothing},
        "male": {"selection_rate": figure(male), "true_positive_rate": figure(0.7)},
    }
    differences = {name: figure(0.3) for name in DIFFERENCES}
    differences |= {"demographic_parity_difference": figure(parity), "demographic_parity_ratio": figure(1 - parity)}
    return {"measured": {"attributes": {"sex": {"groups": groups, **differences}}}}


@pytest.fixture
def evidence() -> dict:
    return {
        "performance": {
            "before": {"accuracy": 0.85, "balanced_accuracy": 0.75, "roc_auc": 0.9, "rows": 1234},
            "after": {"accuracy": 0.83, "balanced_accuracy": 0.76, "roc_auc": None, "rows": 1234},
        },
        "group_metrics": {"before": metrics(0.2, 0.1, 0.31), "after": metrics(0.05, 0.22, 0.3)},
    }


@pytest.fixture
def project() -> dict:
    return {"title": "Loans", "language": "en", "name": "loans"}


def written(component, evidence, project, folder):
    path = component.write(evidence=evidence, project=project, closing="## Closing", folder=folder)
    assert path == folder / "tradeoff_record.md"
    return path.read_text(encoding="utf-8")


def section(record, title):
    return record.split(f"## {title}\n\n")[1].split("\n\n## ")[0]


def test_changes_are_after_minus_before(component, evidence, project, tmp_path):
    record = written(component, evidence, project, tmp_path)

    assert "| Accuracy | 0.850 | 0.830 | −0.020 |" in record
    assert "| Balanced accuracy | 0.750 | 0.760 | +0.010 |" in record
    assert "| Demographic parity difference, sex | 0.200 (0.180–0.220) | 0.050 (0.030–0.070) | −0.150 | no |" in record


def test_what_got_worse_was_given_up_and_what_got_better_was_gained(component, evidence, project, tmp_path):
    record = written(component, evidence, project, tmp_path)

    assert section(record, "What was given up").splitlines() == [
        "- Accuracy: −0.020, from 0.850 to 0.830.",
        "- Selection rate of male (sex): −0.010, from 0.310 to 0.300; the intervals overlap.",
    ]
    assert section(record, "What was gained").splitlines() == [
        "- Balanced accuracy: +0.010, from 0.750 to 0.760.",
        "- Demographic parity difference, sex: −0.150, from 0.200 to 0.050.",
        "- Demographic parity ratio, sex: +0.150, from 0.800 to 0.950.",
        "- Selection rate of female (sex): +0.120, from 0.100 to 0.220.",
    ]


def test_what_cannot_be_told_is_neither_given_up_nor_gained(component, evidence, project, tmp_path):
    record = written(component, evidence, project, tmp_path)

    assert "| Area under the ROC curve | 0.900 | cannot tell | cannot tell |" in record
    assert "ROC" not in section(record, "What was given up")
    assert "positive" not in section(record, "What was gained")


def test_an_unchanged_figure_has_no_sign(component, evidence, project, tmp_path):
    record = written(component, evidence, project, tmp_path)

    assert "| Equal opportunity difference, sex | 0.300 (0.280–0.320) | 0.300 (0.280–0.320) | 0.000 | yes |" in record


def test_without_mitigation_one_state_is_recorded(component, evidence, project, tmp_path):
    del evidence["performance"]["before"], evidence["group_metrics"]["before"]

    record = written(component, evidence, project, tmp_path)

    assert "| Accuracy | 0.830 |" in record
    assert "given up" not in record
    assert "No mitigation is applied" in record


def test_the_record_ends_as_every_document_does(component, evidence, project, tmp_path):
    assert written(component, evidence, project, tmp_path).endswith("\n\n## Closing\n")


def test_acceptance_is_left_to_a_person(component, evidence, project, tmp_path):
    record = written(component, evidence, project, tmp_path)

    assert section(record, "Acceptance").count("To be completed by the product owner") == 2


def test_both_languages_say_the_same_things(component):
    english, french = component.TEXTS["en"], component.TEXTS["fr"]

    assert english.keys() == french.keys()
    for key in english:
        assert set(re.findall(r"{\w+}", english[key])) == set(re.findall(r"{\w+}", french[key])), key


def test_the_french_record_writes_numbers_the_french_way(component, evidence, project, tmp_path):
    record = written(component, evidence, project | {"language": "fr"}, tmp_path)

    assert "| Exactitude | 0,850 | 0,830 | −0,020 |" in record
    assert "1\u202f234" in record
    assert "cannot tell" not in record


def test_text_from_the_data_cannot_change_the_layout(component, evidence, project, tmp_path):
    strange = "a|b\n# c <script>"
    evidence["group_metrics"] = {state: metrics(0.1, 0.2, 0.3, group=strange) for state in ("before", "after")}

    record = written(component, evidence, project | {"title": strange}, tmp_path)

    assert "<script>" not in record
    assert "\n# c" not in record
    widths = {len(re.findall(r"(?<!\\)\|", line)) for line in record.splitlines() if line.startswith("| Selection")}
    assert widths == {6}
