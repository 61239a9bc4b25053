"""The go decision on a model: who approved which one, when, and what did not hold then.

An entry counts only with a name, a day and the hash of the model it is about; whatever was retrained since is another
model. No model without a counted approval gives predictions.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

#: The package that this module is part of.
PROJECT = __name__.partition(".")[0]

GO, NO_GO = "go", "no go"


def look_up(run: Mapping[str, Any], records_folder: Path) -> dict[str, Any]:
    """Say whether the model of this run is approved.

    Parameters
    ----------
    run : mapping
        With the hash of the model.
    records_folder : Path
        With ``approvals.jsonl``, where there is one.

    Returns
    -------
    dict
        Evidence; ``holds`` is None until somebody decided.
    """
    return evidence_of(run["model"]["sha256"], records_folder)


def refuse_unapproved(model_file: Path, records_folder: Path) -> None:
    """Let an approved model give predictions.

    Raises
    ------
    ValueError
        If the model is not approved.
    """
    found = evidence_of(hashlib.sha256(model_file.read_bytes()).hexdigest(), records_folder)
    if not found["holds"]:
        raise ValueError(f"{found['because']}; `python -m {PROJECT}.oversee approve --help` says how")


def add_commands(commands: Any, records_folder: Path, evidence_folder: Path) -> None:
    """Add the commands ``approve`` and ``refuse``.

    Parameters
    ----------
    commands : subparsers
        Of the command line.
    records_folder, evidence_folder : Path
    """
    for name, decision in (("approve", GO), ("refuse", NO_GO)):
        parser = commands.add_parser(name, help=f"say {decision} to the model of the last run")
        parser.add_argument("--by", required=True, help="name of who answers for it")
        parser.add_argument("--reason", required=True, help="why")
        parser.set_defaults(
            run=lambda given, decision=decision: decide(
                decision, given.by, given.reason, records_folder, evidence_folder
            )
        )


def decide(decision: str, by: str, reason: str, records_folder: Path, evidence_folder: Path) -> str:
    """Keep a decision on the model of the last run, with what did not hold, and renew the evidence.

    Parameters
    ----------
    decision : str
        ``go`` or ``no go``.
    by, reason : str
    records_folder, evidence_folder : Path

    Returns
    -------
    str
        What was recorded, in words.

    Raises
    ------
    ValueError
        If nothing was trained, or nobody says who decides and why.
    """
    found = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(evidence_folder.glob("*.json"))}
    if "run" not in found:
        raise ValueError(f"nothing was trained yet: run `python -m {PROJECT}.train data.csv` first")
    verdicts = {
        name: facts.get("holds") for name, facts in found.items() if isinstance(facts, dict) and "holds" in facts
    }
    entry = {
        "model": found["run"]["model"]["sha256"],
        "decision": decision,
        "by": by.strip(),
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "reason": reason.strip(),
        "does_not_hold": [name for name, holds in verdicts.items() if holds is False and name != "approval_record"],
        "cannot_tell": [name for name, holds in verdicts.items() if holds is None and name != "approval_record"],
    }
    lacks = lacking(entry, entry["model"])
    if lacks or not entry["reason"]:
        raise ValueError(f"the decision lacks {', '.join(lacks) or 'a reason'}")
    records_folder.mkdir(parents=True, exist_ok=True)
    with (records_folder / "approvals.jsonl").open("a", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(entry, ensure_ascii=False) + "\n")
    renewed = evidence_of(entry["model"], records_folder)
    target = evidence_folder / "approval_record.json"
    unfinished = target.with_suffix(".json.unfinished")
    unfinished.write_text(json.dumps(renewed, indent=2, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    os.replace(unfinished, target)
    return str(renewed["because"])


def evidence_of(model: str, records_folder: Path) -> dict[str, Any]:
    """What the record says of a model.

    Parameters
    ----------
    model : str
        SHA-256 of its file.
    records_folder : Path

    Returns
    -------
    dict
        Evidence, by the last entry about this model that counts. An entry that says go and does not count is no
        approval and no missing one either: ``holds`` is False then.
    """
    path = records_folder / "approvals.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    read = [_read(line) for line in lines]
    about = [entry for entry in read if entry.get("model") == model]
    counted = [entry for entry in about if not lacking(entry, model)]
    faults = sorted({lack for entry in read for lack in lacking(entry, str(entry.get("model")))})
    measured: dict[str, Any] = {"model": model, "entries": len(about), "counted": len(counted)}
    if counted:
        last = counted[-1]
        measured |= {name: last.get(name) for name in ("decision", "by", "date", "reason", "does_not_hold")}
        because = f"{last['by']} said {last['decision']} to model {model[:12]} on {last['date']}"
        if last.get("does_not_hold"):
            because += f", knowing what does not hold: {', '.join(last['does_not_hold'])}"
        return {"measured": measured, "holds": last["decision"] == GO, "because": because}
    if faults:
        because = f"model {model[:12]} is not approved: an entry of {path.name} lacks {', '.join(faults)}"
        return {"measured": measured, "holds": False, "because": because}
    because = f"nobody has decided on model {model[:12]} yet"
    return {"measured": measured, "holds": None, "because": because}


def lacking(entry: Mapping[str, Any], model: str) -> list[str]:
    """What keeps an entry from counting as a decision on a model; empty if it counts."""
    found = []
    if not str(entry.get("by") or "").strip():
        found.append("a name")
    try:
        day = datetime.date.fromisoformat(str(entry.get("date") or ""))
        if day > datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1):
            found.append("a day that has come")
    except ValueError:
        found.append("a day")
    if entry.get("model") != model or not re.fullmatch(r"[0-9a-f]{64}", model):
        found.append("the hash of the model")
    if entry.get("decision") not in (GO, NO_GO):
        found.append("a decision")
    return found


def _read(line: str) -> dict[str, Any]:
    try:
        entry = json.loads(line)
    except json.JSONDecodeError:
        return {}
    return entry if isinstance(entry, dict) else {}
