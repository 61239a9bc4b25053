"""Profiles: what is required of a repository without ``fates.yaml``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fatesline import commands
from fatesline.errors import UserError
from fatesline.solution import Solution

_PROFILES = sorted(file.stem for file in (Path(__file__).parents[2] / "catalog" / "profiles").glob("*.yaml"))
_CODE = "from sklearn.linear_model import LogisticRegression\n\nmodel = LogisticRegression(random_state=1).fit(X, y)\n"


@pytest.mark.parametrize("name", _PROFILES)
def test_the_answers_of_a_profile_go_together(name: str) -> None:
    assert isinstance(commands.solve(commands.profile_file(name)), Solution)


def test_more_is_asked_of_a_high_risk_system_than_of_internal_analytics(project: Callable[..., Path]) -> None:
    folder = project({"train.py": _CODE})

    asked = {}
    for name in ("eu-high-risk", "internal-analytics"):
        found = commands.check(folder, profile=name)
        assert isinstance(found, tuple)
        asked[name] = {finding.feature for finding in found[0].findings if finding.id in ("Q001", "Q002")}

    assert "group_metrics" in asked["eu-high-risk"] - asked["internal-analytics"]
    assert len(asked["eu-high-risk"]) > len(asked["internal-analytics"])


def test_without_a_profile_nothing_is_required(project: Callable[..., Path]) -> None:
    found = commands.check(project({"train.py": _CODE}))

    assert isinstance(found, tuple)
    assert not found[0].findings
    assert not found[0].additions


def test_a_profile_that_nobody_wrote_is_refused_with_those_that_exist() -> None:
    with pytest.raises(UserError) as refused:
        commands.profile_file("eu-hihg-risk")

    assert "eu-high-risk" in str(refused.value)
