"""Every exact value of the founding texts is the default of a parameter, with its unit, a range and its source."""

from __future__ import annotations

import pytest

from fatesline.catalog import Catalog

#: What the texts say: feature, parameter, default, unit, and the text that says so.
VALUES = [
    ("service_level_objectives", "latency_p95", 300, "ms", "supervision_guide"),
    ("service_level_objectives", "latency_p99", 800, "ms", "supervision_guide"),
    ("service_level_objectives", "monthly_availability", 99.5, "%", "supervision_guide"),
    ("live_performance", "smallest_f1", 0.8, "", "supervision_guide"),
    ("live_performance", "largest_drop", 2, "points", "supervision_guide"),
    ("bills_and_meters_read", "cost_increase", 20, "%", "supervision_guide"),
    ("token_budget", "cost_increase", 20, "%", "supervision_guide"),
    ("drift_watch", "stability_index", 0.2, "index (PSI)", "supervision_guide"),
    ("drift_watch", "alert_after", 30, "minutes", "supervision_guide"),
    ("coded_alerts", "error_rate", 2, "%", "supervision_guide"),
    ("coded_alerts", "error_window", 5, "minutes", "supervision_guide"),
    ("coded_alerts", "error_alert_after", 10, "minutes", "supervision_guide"),
    ("coded_alerts", "latency_p99", 800, "ms", "supervision_guide"),
    ("coded_alerts", "latency_alert_after", 5, "minutes", "supervision_guide"),
    ("fairness_gate", "largest_precision_gap", 0.05, "", "supervision_guide"),
    ("fairness_gate", "smallest_ratio", 0.8, "", "us_uniform_guidelines"),
    ("noise_robustness", "largest_drop", 0.03, "", "supervision_guide"),
    ("canary_release", "share", 10, "% of requests", "supervision_guide"),
    ("rollback", "error_rate", 1, "%", "supervision_guide"),
    ("rollback", "latency_p99", 800, "ms", "supervision_guide"),
    ("watch_after_release", "hours", 72, "hours", "supervision_guide"),
    ("post_mortem", "working_days", 5, "working days", "supervision_guide"),
    ("fallback", "error_window", 5, "minutes", "supervision_guide"),
    ("retraining", "schedule", "monthly", "", "supervision_guide"),
    ("retraining", "stability_index", 0.2, "index (PSI)", "supervision_guide"),
    ("retraining", "largest_f1_drop", 2, "points", "supervision_guide"),
    ("retraining", "cost_increase", 20, "%", "supervision_guide"),
    ("register_with_stages", "first_stage", "staging", "", "supervision_guide"),
    ("register_with_stages", "second_stage", "production", "", "supervision_guide"),
    ("register_with_stages", "last_stage", "archived", "", "supervision_guide"),
    ("review_calendar", "service_review", "weekly", "", "supervision_guide"),
    ("review_calendar", "drift_review", "monthly", "", "supervision_guide"),
    ("review_calendar", "conformity_review", "quarterly", "", "supervision_guide"),
    ("test_rows_used_once", "training_share", 80, "% of rows", "quality_talk"),
    ("test_rows_used_once", "validation_share", 10, "% of rows", "quality_talk"),
    ("test_rows_used_once", "test_share", 10, "% of rows", "quality_talk"),
    ("version_rule", "data_pipeline", "major", "", "quality_talk"),
    ("version_rule", "model", "minor", "", "quality_talk"),
    ("version_rule", "training_data", "patch", "", "quality_talk"),
    ("smaller_model_checked", "bits", 8, "bits", "keyrus_mlops_guide"),
    ("deferred_processing", "cost_divisor", 10, "times cheaper", "generative_brief"),
    ("deferred_processing", "energy_divisor", 100, "times less", "generative_brief"),
    ("breach_notification", "hours", 72, "hours", "gdpr"),
    ("documentation_kept", "years", 10, "years", "ai_act"),
]


@pytest.mark.parametrize(("feature", "name", "default", "unit", "source"), VALUES)
def test_a_value_of_the_texts_is_a_default(
    feature: str, name: str, default: object, unit: str, source: str, catalog: Catalog
) -> None:
    parameter = catalog.entries[feature].parameters[name]

    assert parameter.default == default
    assert parameter.unit == unit
    assert parameter.source.split()[0] == source


def test_numbers_have_a_range_that_holds_their_default(catalog: Catalog) -> None:
    for name, entry in catalog.entries.items():
        for key, parameter in entry.parameters.items():
            if parameter.type in ("number", "integer") and isinstance(parameter.default, int | float):
                assert parameter.minimum is not None, (name, key)
                assert parameter.maximum is not None, (name, key)
                assert parameter.minimum <= parameter.default <= parameter.maximum, (name, key)
            if parameter.type == "choice":
                assert parameter.default in parameter.choices, (name, key)


def test_the_alert_tolerates_more_errors_than_the_trial_of_a_new_version(catalog: Catalog) -> None:
    def default(feature: str) -> float:
        value = catalog.entries[feature].parameters["error_rate"].default
        assert isinstance(value, int | float)
        return value

    assert default("rollback") < default("coded_alerts")
