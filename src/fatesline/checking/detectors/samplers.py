"""Which classes change the number of rows: for the detectors about samplers."""

from __future__ import annotations

import re

_SAMPLER = re.compile(
    r"imblearn\.(over_sampling|under_sampling|combine|keras|tensorflow)\.([a-z_]+\.)*[A-Z]\w*\Z|imblearn\.FunctionSampler\Z"
)


def is_sampler(name: str) -> bool:
    """Whether a qualified name is that of a sampler class of imbalanced-learn, old module paths included."""
    return _SAMPLER.match(name) is not None
