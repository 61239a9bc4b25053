"""Each requirement that can be measured is a test named after it; run `python -m release_decisions.train` first."""

from __future__ import annotations

import json

import pytest

from release_decisions import records, settings


def evidence_for(name: str) -> dict:
    """The recorded evidence; a test without evidence fails."""
    path = settings.EVIDENCE / f"{name}.json"
    if not path.exists():
        pytest.fail(f"no evidence yet: run `python -m release_decisions.train data.csv` first ({path.name} is missing)")
    return json.loads(path.read_text(encoding="utf-8"))


def assert_holds(name: str) -> None:
    """The verdict that the run recorded."""
    found = evidence_for(name)
    if found["holds"] is None:
        pytest.skip(f"cannot tell: {found['because']}")
    assert found["holds"], found["because"]


def test_the_model_on_disk_is_the_one_that_was_measured() -> None:
    run = evidence_for("run")["model"]
    assert records.file_hash(settings.MODELS / run["file"]) == run["sha256"]


def test_schema_validation() -> None:
    """Validation of the table."""
    assert_holds("schema_validation")


def test_fairness_gate() -> None:
    """Fairness gate."""
    assert_holds("fairness_gate")


def test_accuracy_fairness_front() -> None:
    """Accuracy and fairness front."""
    assert_holds("accuracy_fairness_front")


def test_worst_slice() -> None:
    """Worst slice."""
    assert_holds("worst_slice")


def test_calibration() -> None:
    """Calibration measured."""
    assert_holds("calibration")


def test_noise_robustness() -> None:
    """Test with noisy inputs."""
    assert_holds("noise_robustness")


def test_group_shares() -> None:
    """Shares of the groups."""
    assert_holds("group_shares")


def test_linear_shap_explanation() -> None:
    """SHAP values of a linear model."""
    assert_holds("linear_shap_explanation")


def test_approval_record() -> None:
    """Record of approvals."""
    assert_holds("approval_record")


def test_evidence_report_is_written() -> None:
    """Evidence report."""
    assert any(path.stat().st_size for path in settings.DOCUMENTS.glob("evidence_report.*"))


def test_data_card_is_written() -> None:
    """Data card."""
    assert any(path.stat().st_size for path in settings.DOCUMENTS.glob("data_card.*"))


def test_model_card_is_written() -> None:
    """Model card."""
    assert any(path.stat().st_size for path in settings.DOCUMENTS.glob("model_card.*"))


def test_tradeoff_record_is_written() -> None:
    """Trade-off record."""
    assert any(path.stat().st_size for path in settings.DOCUMENTS.glob("tradeoff_record.*"))


def test_incident_procedure_is_written() -> None:
    """Procedure for incidents."""
    assert any(path.stat().st_size for path in settings.DOCUMENTS.glob("incident_procedure.*"))


def test_raci_table_is_written() -> None:
    """Table of roles (RACI)."""
    assert any(path.stat().st_size for path in settings.DOCUMENTS.glob("raci_table.*"))


def test_risk_assessment_is_written() -> None:
    """Risk assessment."""
    assert any(path.stat().st_size for path in settings.DOCUMENTS.glob("risk_assessment.*"))


def test_test_plan_is_written() -> None:
    """Test plan."""
    assert any(path.stat().st_size for path in settings.DOCUMENTS.glob("test_plan.*"))


def test_purpose_statement_is_written() -> None:
    """Statement of purpose."""
    assert any(path.stat().st_size for path in settings.DOCUMENTS.glob("purpose_statement.*"))


def test_instructions_for_use_is_written() -> None:
    """Instructions for use."""
    assert any(path.stat().st_size for path in settings.DOCUMENTS.glob("instructions_for_use.*"))


def test_notice_to_affected_persons_is_written() -> None:
    """Notice to the people concerned."""
    assert any(path.stat().st_size for path in settings.DOCUMENTS.glob("notice_to_affected_persons.*"))


def test_technical_documentation_is_written() -> None:
    """Technical documentation."""
    assert any(path.stat().st_size for path in settings.DOCUMENTS.glob("technical_documentation.*"))
