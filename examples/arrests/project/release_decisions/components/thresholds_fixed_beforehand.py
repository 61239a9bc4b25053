"""The limits of every measurement, on disk with their hash before the first one is taken.

A limit chosen after the figures are known proves nothing. What was fixed first stays in the record; whoever changes a
limit later leaves a trace with the day.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

RECORD = "limits.json"


def fix(limits: Mapping[str, Mapping[str, Any]], evidence_folder: Path) -> dict[str, Any]:
    """Write the limits and their hash, unless the same are already fixed.

    Parameters
    ----------
    limits : mapping of str to mapping
        By what is measured: names and values.
    evidence_folder : Path
        Folder of ``limits.json``; made where it does not exist.

    Returns
    -------
    dict
        Evidence; ``holds`` is None once a limit was changed, since nobody can tell from outside whether figures were
        known by then.

    Raises
    ------
    ValueError
        If the record was edited: its hash is not that of its limits.
    """
    path = evidence_folder / RECORD
    plain = json.loads(json.dumps(limits))
    now = {"sha256": digest(plain), "fixed": _now(), "limits": plain}
    earlier: list[dict[str, Any]] = []
    if path.exists():
        earlier = _read(path)
        if earlier[-1]["sha256"] == now["sha256"]:
            now = earlier.pop()
    if not path.exists() or now["sha256"] != _read(path)[-1]["sha256"]:
        evidence_folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".json.unfinished")
        text = json.dumps([*earlier, now], indent=2, sort_keys=True, ensure_ascii=False)
        unfinished.write_text(text + "\n", encoding="utf-8")
        os.replace(unfinished, path)
    changed = sorted(_changed(earlier[-1]["limits"], plain)) if earlier else []
    return {
        "measured": {
            "sha256": now["sha256"],
            "fixed": now["fixed"],
            "limits": sum(len(values) for values in plain.values()),
            "versions": len(earlier) + 1,
            "changed_last": changed,
        },
        "holds": None if earlier else True,
        "because": (
            f"the limits were fixed again on {now['fixed']}, after those of {earlier[0]['fixed']}: "
            f"{', '.join(changed)}; say in the test plan why"
            if earlier
            else f"{sum(len(values) for values in plain.values())} values were fixed on {now['fixed']}, before this run"
        ),
    }


def digest(limits: Mapping[str, Any]) -> str:
    """SHA-256 of the limits, in hexadecimal; the order of names does not matter."""
    return hashlib.sha256(json.dumps(limits, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _read(path: Path) -> list[dict[str, Any]]:
    """Every version that was fixed, the first one first."""
    versions: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    for version in versions:
        if digest(version["limits"]) != version["sha256"]:
            raise ValueError(f"{path} was edited: the limits of {version['fixed']} do not have the hash beside them")
    return versions


def _changed(before: Mapping[str, Mapping[str, Any]], after: Mapping[str, Mapping[str, Any]]) -> set[str]:
    flat = [
        {f"{name}.{key}": value for name, values in side.items() for key, value in values.items()}
        for side in (before, after)
    ]
    return {name for name in flat[0].keys() | flat[1].keys() if flat[0].get(name, before) != flat[1].get(name, before)}


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
