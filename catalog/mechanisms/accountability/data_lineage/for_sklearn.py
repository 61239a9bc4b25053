"""Where the data of a model came from and what became of it.

``lineage.prov.json`` tells of the last run in PROV-JSON (W3C Member Submission, 2013), the exchange format of PROV-DM:
which file, from which origin, became which rows by which steps, and which model they made. ``lineage.jsonl`` has one
line for each run with the SHA-256 of the line before, so that a line that was changed or taken out later is seen: Haber
and Stornetta (1991), How to time-stamp a digital document, section 5. Names, counts and hashes only, never a value.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

#: What the first line is chained to.
BEGINNING = "0" * 64


def record(
    run: Mapping[str, Any],
    project: Mapping[str, Any],
    table: pd.DataFrame,
    train_rows: pd.DataFrame,
    test_rows: pd.DataFrame,
    records_folder: Path,
) -> dict[str, Any]:
    """Append this run to the lineage, and say what differs from the run before.

    Parameters
    ----------
    run : mapping
        Facts of the run: ``finished``, ``data``, ``code``, ``model``, ``seed`` and ``versions``, with hashes.
    project : mapping
        ``name``; ``answers``, of which that to ``data_origin`` is the origin; ``selected``, the components.
    table, train_rows, test_rows : DataFrame
        As read, and as split; before the columns are prepared.
    records_folder : Path
        Gets both files.

    Returns
    -------
    dict
        Evidence; it holds when the chain of all lines is whole and no row went both ways. A broken chain is continued,
        never mended, so that it stays visible.
    """
    path = records_folder / "lineage.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    broken = first_broken(lines)
    parent = _read(lines[-1]) if lines else None
    shared = len(train_rows.index.intersection(test_rows.index))
    entry = {
        "previous": line_hash(lines[-1]) if lines else BEGINNING,
        "finished": run["finished"],
        "data": dict(run["data"]),
        "columns": {
            str(column): {"type": str(table[column].dtype), "missing": int(table[column].isna().sum())}
            for column in table.columns
        },
        "rows": {
            "read": len(table),
            "training": len(train_rows),
            "test": len(test_rows),
            "left out": len(table) - len(train_rows) - len(test_rows) + shared,
        },
        "code": run["code"]["sha256"],
        "model": dict(run["model"]),
        "seed": run["seed"],
        "versions": dict(run["versions"]),
    }
    line = json.dumps(entry, sort_keys=True, ensure_ascii=False)
    records_folder.mkdir(parents=True, exist_ok=True)
    told = document(entry, project, parent)
    (records_folder / "lineage.prov.json").write_text(
        json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(line + "\n")

    changes = [] if parent is None else differences(parent, entry)
    if broken is not None:
        because = f"line {broken} of {path.name} is not the one that the next line or the form of the file vouches for"
    elif shared:
        because = f"{shared} rows are among the training rows and among the test rows"
    elif parent is None:
        because = f"this is the first run; {len(table)} rows of {run['data']['file']} are accounted for"
    else:
        against = "; ".join(changes) if changes else "nothing differs"
        because = f"the chain of {len(lines) + 1} runs is whole; against the run before: {against}"
    return {
        "measured": {
            "record": path.name,
            "document": "lineage.prov.json",
            "origin": origin(project),
            "line": len(lines) + 1,
            "sha256": line_hash(line),
            "previous": entry["previous"],
            "rows": entry["rows"],
            "columns": len(entry["columns"]),
            "changes": changes,
        },
        "holds": broken is None and not shared,
        "because": because,
    }


def document(
    entry: Mapping[str, Any], project: Mapping[str, Any], parent: Mapping[str, Any] | None
) -> dict[str, dict[str, Any]]:
    """A run in PROV-JSON: entities, activities and what relates them.

    Parameters
    ----------
    entry : mapping
        Line of the lineage.
    project : mapping
    parent : mapping, optional
        The line before.

    Returns
    -------
    dict of str to dict
    """
    rows, finished = entry["rows"], entry["finished"]
    run, source = f"run:{line_hash(finished)[:12]}", _hashed(entry["data"]["sha256"])
    made, code = _hashed(entry["model"]["sha256"]), _hashed(entry["code"])
    train, test = f"{run}-training-rows", f"{run}-test-rows"
    parts = {
        phase: [part["id"] for part in project["selected"] if part["phase"] == phase] for phase in ("data", "training")
    }
    told: dict[str, dict[str, Any]] = {
        "prefix": {"sha256": "urn:hash:sha256:", "run": "urn:run:", "project": "urn:project:"},
        "agent": {f"project:{project['name']}": {"prov:type": _name("prov:SoftwareAgent")}},
        "entity": {
            source: {"prov:label": entry["data"]["file"], "project:rows": rows["read"]},
            train: {"prov:label": "training rows", "project:rows": rows["training"]},
            test: {"prov:label": "test rows", "project:rows": rows["test"]},
            code: {"prov:label": "code"},
            made: {"prov:label": entry["model"]["file"]},
        },
        "activity": {
            f"{run}-preparation": {"prov:label": "reading and splitting", "project:components": parts["data"]},
            f"{run}-training": {
                "prov:endTime": finished,
                "prov:label": "training",
                "project:components": parts["training"],
                "project:seed": entry["seed"],
            },
        },
        "used": _related("used", "activity", "entity", [(f"{run}-preparation", source), (f"{run}-training", train)]),
        "wasGeneratedBy": _related(
            "generated",
            "entity",
            "activity",
            [(train, f"{run}-preparation"), (test, f"{run}-preparation"), (made, f"{run}-training")],
        ),
        "wasDerivedFrom": _related(
            "derived", "generatedEntity", "usedEntity", [(train, source), (test, source), (made, train)]
        ),
        "wasInformedBy": _related("informed", "informed", "informant", [(f"{run}-training", f"{run}-preparation")]),
        "wasAssociatedWith": _related(
            "associated", "activity", "agent", [(f"{run}-training", f"project:{project['name']}")]
        ),
    }
    told["used"] |= _related("code", "activity", "entity", [(f"{run}-training", code)])
    for number, place in enumerate(origin(project), 1):
        # How a table was come by is known before anybody can name the very source.
        told["entity"][f"{run}-origin-{number}"] = {"prov:label": place}
        told["wasDerivedFrom"] |= {
            f"_:source{number}": {
                "prov:generatedEntity": source,
                "prov:usedEntity": f"{run}-origin-{number}",
                "prov:type": _name("prov:PrimarySource"),
            }
        }
    if parent is not None:
        before = f"run:{line_hash(parent['finished'])[:12]}-training"
        told["activity"].setdefault(before, {"prov:endTime": parent["finished"], "prov:label": "training"})
        told["wasInformedBy"] |= _related("before", "informed", "informant", [(f"{run}-training", before)])
    return told


def origin(project: Mapping[str, Any]) -> list[str]:
    """Where the data come from, as it was answered; empty if nobody was asked."""
    return [text for answer in project["answers"] if answer["id"] == "data_origin" for text in answer["answers"]]


def _hashed(digest: str) -> str:
    return f"sha256:{digest}"


def _name(text: str) -> dict[str, str]:
    """A qualified name where PROV-JSON would otherwise read a text."""
    return {"$": text, "type": "xsd:QName"}


def _related(name: str, one: str, other: str, pairs: list[tuple[str, str]]) -> dict[str, dict[str, str]]:
    return {
        f"_:{name}{number}": {f"prov:{one}": left, f"prov:{other}": right}
        for number, (left, right) in enumerate(pairs, 1)
    }


def line_hash(line: str) -> str:
    """SHA-256 of a line without its end; hexadecimal."""
    return hashlib.sha256(line.encode("utf-8")).hexdigest()


def first_broken(lines: list[str]) -> int | None:
    """Number of the first line, from 1, that is no record or that the line after it does not vouch for; None if whole.

    The last line is vouched for by nothing but its form: whoever keeps its hash elsewhere can tell.
    """
    expected = BEGINNING
    for number, line in enumerate(lines, 1):
        entry = _read(line)
        if entry is None:
            return number
        if entry.get("previous") != expected:
            return max(1, number - 1)
        expected = line_hash(line)
    return None


def differences(parent: Mapping[str, Any], entry: Mapping[str, Any]) -> list[str]:
    """What differs between two records, in words.

    Parameters
    ----------
    parent, entry : mapping
        Lines of the lineage, read.

    Returns
    -------
    list of str
    """
    found = []
    if parent["data"]["sha256"] != entry["data"]["sha256"]:
        more = entry["rows"]["read"] - parent["rows"]["read"]
        found.append(f"other data, {more:+d} rows")
    gone = [name for name in parent["columns"] if name not in entry["columns"]]
    new = [name for name in entry["columns"] if name not in parent["columns"]]
    found += [f"column {name} is gone" for name in gone] + [f"column {name} is new" for name in new]
    for name in entry["columns"]:
        if name in parent["columns"] and parent["columns"][name]["type"] != entry["columns"][name]["type"]:
            found.append(f"column {name} is {entry['columns'][name]['type']}, not {parent['columns'][name]['type']}")
    packages = sorted(
        name
        for name in {*parent["versions"], *entry["versions"]}
        if parent["versions"].get(name) != entry["versions"].get(name)
    )
    if packages:
        found.append(f"other versions of {', '.join(packages)}")
    found += [f"other {name}" for name in ("code", "seed") if parent[name] != entry[name]]
    if parent["model"]["sha256"] != entry["model"]["sha256"]:
        found.append("other model")
    return found


def _read(line: str) -> dict[str, Any] | None:
    try:
        entry = json.loads(line)
    except json.JSONDecodeError:
        return None
    return entry if isinstance(entry, dict) else None
