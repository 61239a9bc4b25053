"""Every kind of fix. The table is written out by hand; a test compares it with the folder."""

from __future__ import annotations

from fatesline.checking.fixes import (
    behind_the_split,
    component_module,
    group_evaluation,
    only_transformed,
    passed_weights,
    sampler_pipeline,
    secret_from_environment,
    seeds,
    skops_files,
    test_rows_left,
    workflow_gate,
    workflow_permissions,
)
from fatesline.checking.fixes.fix import Fixer

FIXERS: tuple[Fixer, ...] = (
    sampler_pipeline.FIXER,
    behind_the_split.STATISTICS,
    behind_the_split.RESAMPLING,
    passed_weights.FIXER,
    only_transformed.FIXER,
    test_rows_left.FIXER,
    seeds.FIXER,
    skops_files.FIXER,
    secret_from_environment.FIXER,
    workflow_permissions.FIXER,
    workflow_gate.FIXER,
    group_evaluation.FIXER,
    component_module.FIXER,
)
