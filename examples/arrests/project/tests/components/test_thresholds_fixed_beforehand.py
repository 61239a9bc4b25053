from __future__ import annotations

import hashlib
import json

import pytest

LIMITS = {"fairness_gate": {"smallest_ratio": 0.8}, "noise_robustness": {"largest_drop": 0.03, "repeats": 5}}


def test_the_limits_are_on_disk_with_their_hash(component, tmp_path):
    found = component.fix(LIMITS, tmp_path / "evidence")

    [version] = json.loads((tmp_path / "evidence/limits.json").read_text())
    assert version["limits"] == LIMITS
    canonical = '{"fairness_gate": {"smallest_ratio": 0.8}, "noise_robustness": {"largest_drop": 0.03, "repeats": 5}}'
    assert version["sha256"] == found["measured"]["sha256"] == hashlib.sha256(canonical.encode()).hexdigest()
    assert found["measured"]["limits"] == 3
    assert found["holds"] is True


def test_the_day_of_limits_that_stay_is_the_first(component, tmp_path, monkeypatch):
    first = component.fix(LIMITS, tmp_path)
    before = (tmp_path / "limits.json").read_bytes()
    monkeypatch.setattr(component, "_now", lambda: "2099-01-01T00:00:00+00:00")

    again = component.fix(dict(reversed(LIMITS.items())), tmp_path)

    assert again == first
    assert (tmp_path / "limits.json").read_bytes() == before


def test_a_later_change_is_told_by_name_and_stays_told(component, tmp_path):
    component.fix(LIMITS, tmp_path)
    eased = {**LIMITS, "fairness_gate": {"smallest_ratio": 0.5}}

    for _ in range(2):
        found = component.fix(eased, tmp_path)
        assert found["holds"] is None
        assert found["measured"]["changed_last"] == ["fairness_gate.smallest_ratio"]
    assert [version["limits"] for version in json.loads((tmp_path / "limits.json").read_text())] == [LIMITS, eased]
    assert component.fix(LIMITS, tmp_path)["measured"]["versions"] == 3


def test_a_record_that_was_edited_is_refused(component, tmp_path):
    component.fix(LIMITS, tmp_path)
    record = tmp_path / "limits.json"
    record.write_text(record.read_text().replace("0.8", "0.5"))

    with pytest.raises(ValueError, match="was edited"):
        component.fix(LIMITS, tmp_path)
