"""Every mechanism is recognised in its ``cases/must`` and not in its ``cases/must_not``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml

from fatesline.catalog.entry import Entry
from fatesline.checking import inventory, recognise

_MECHANISMS = Path(__file__).parents[2] / "catalog" / "mechanisms"
_CASES = sorted(case for kind in ("must", "must_not") for case in _MECHANISMS.glob(f"*/*/cases/{kind}/[!_.]*"))


@cache
def _entry(folder: Path) -> Entry:
    return Entry.model_validate(yaml.safe_load((folder / "entry.yaml").read_text(encoding="utf-8")))


@pytest.mark.parametrize("case", _CASES, ids=lambda case: "-".join(case.relative_to(_MECHANISMS).parts[1:]))
def test_a_case_is_recognised_exactly_if_it_must_be(case: Path) -> None:
    entry = _entry(case.parents[2])

    evidence = recognise(inventory(case).facts, {entry.id: entry})

    counts = entry.id in evidence and evidence[entry.id].counts
    assert counts == (case.parent.name == "must")


@pytest.mark.parametrize("entry", sorted(_MECHANISMS.glob("*/*/entry.yaml")), ids=lambda entry: entry.parent.name)
def test_every_mechanism_says_how_it_is_recognised_and_shows_it(entry: Path) -> None:
    folder = entry.parent

    assert _entry(folder).recognise
    assert len(list((folder / "cases" / "must").iterdir())) >= 3
    assert len(list((folder / "cases" / "must_not").iterdir())) >= 3
