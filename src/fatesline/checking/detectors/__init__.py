"""Faults in the wiring that a pattern cannot express: one file each, and this table of them.

Ids: W for wiring that gives other figures than it says, H for hygiene, Q for what the configuration asks for, R for
files that cannot be read, I for comments that ask to ignore findings. The table is written out by hand; a test
compares it with the folder.
"""

from __future__ import annotations

from fatesline.checking.detectors import (
    fitted_on_test_rows,
    hard_coded_secret,
    mitigation_fitted_on_test_rows,
    mitigation_never_used,
    mitigation_only_claimed,
    protected_attribute_as_input,
    resampled_test_rows,
    resampling_before_split,
    sampler_in_plain_pipeline,
    statistics_before_split,
    tuned_on_test_rows,
    unpinned,
    unsafe_dump,
    unsafe_load,
    unseeded_randomness,
    weak_hash,
    weights_never_passed,
    workflow_faults,
)
from fatesline.checking.detectors.detector import Detector, Rule, Sighting
from fatesline.checking.ignores import IGNORE_RULES
from fatesline.checking.requirement_rules import RULES as REQUIREMENT_RULES

DETECTORS: tuple[Detector, ...] = (
    sampler_in_plain_pipeline.DETECTOR,
    statistics_before_split.DETECTOR,
    resampling_before_split.DETECTOR,
    mitigation_never_used.DETECTOR,
    weights_never_passed.DETECTOR,
    fitted_on_test_rows.DETECTOR,
    resampled_test_rows.DETECTOR,
    tuned_on_test_rows.DETECTOR,
    mitigation_fitted_on_test_rows.DETECTOR,
    unseeded_randomness.DETECTOR,
    unsafe_load.DETECTOR,
    unsafe_dump.DETECTOR,
    weak_hash.DETECTOR,
    hard_coded_secret.DETECTOR,
    protected_attribute_as_input.DETECTOR,
    mitigation_only_claimed.DETECTOR,
    *unpinned.DETECTORS,
    *workflow_faults.DETECTORS,
)

#: Everything that a finding can be, by id.
RULES: tuple[Rule, ...] = tuple(
    sorted((*(one.rule for one in DETECTORS), *REQUIREMENT_RULES, *IGNORE_RULES), key=lambda rule: rule.id)
)

__all__ = ["DETECTORS", "RULES", "Detector", "Rule", "Sighting"]
