"""What lets people stand above the model: setting a result aside, and stopping the system into a safe state.

While the file ``records/STOP`` is there, no prediction is made. Whatever it holds, and whoever put it there, it counts:
a stop must not fail because it was written badly. Everything people do is kept in ``records/interventions.jsonl``.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

#: The package that this module is part of.
PROJECT = __name__.partition(".")[0]


def refuse_if_stopped(records_folder: Path) -> None:
    """Let predictions be made unless somebody stopped them.

    Raises
    ------
    ValueError
        With what the stop says.
    """
    stop = records_folder / "STOP"
    if stop.exists():
        said = " ".join(stop.read_text(encoding="utf-8", errors="replace").split()) or "nobody said why"
        raise ValueError(
            f"predictions are stopped: {said}; `python -m {PROJECT}.oversee resume` lets them be made again"
        )


def add_commands(commands: Any, outcomes: Sequence[str], records_folder: Path) -> None:
    """Add the commands ``stop``, ``resume`` and ``override``.

    Parameters
    ----------
    commands : subparsers
        Of the command line.
    outcomes : sequence of str
        What may be decided; empty for numbers.
    records_folder : Path
    """
    stopping = commands.add_parser("stop", help="let no prediction be made")
    resuming = commands.add_parser("resume", help="let predictions be made again")
    setting_aside = commands.add_parser("override", help="set a result aside for another")
    setting_aside.add_argument("case", help="what it is about, such as the event of a prediction")
    setting_aside.add_argument("--result", required=True, help="what is decided instead")
    for parser in (stopping, resuming, setting_aside):
        parser.add_argument("--by", required=True, help="name of who does it")
        parser.add_argument("--reason", required=True, help="why")
    stopping.set_defaults(run=lambda given: stop(given.by, given.reason, records_folder))
    resuming.set_defaults(run=lambda given: resume(given.by, given.reason, records_folder))
    setting_aside.set_defaults(
        run=lambda given: override(given.case, given.result, given.by, given.reason, outcomes, records_folder)
    )


def stop(by: str, reason: str, records_folder: Path) -> str:
    """Let no prediction be made from now on; gives what was recorded, in words."""
    records_folder.mkdir(parents=True, exist_ok=True)
    # The switch comes before the record: nothing that goes wrong with the record may keep the system running.
    (records_folder / "STOP").write_text(f"{_now()} by {by}: {reason}\n", encoding="utf-8")
    _keep({"act": "stop"}, by, reason, records_folder)
    return f"stopped by {by}"


def resume(by: str, reason: str, records_folder: Path) -> str:
    """Let predictions be made again.

    Raises
    ------
    ValueError
        If they were not stopped, or nobody says who does it and why.
    """
    stop_file = records_folder / "STOP"
    if not stop_file.exists():
        raise ValueError("predictions are not stopped")
    _keep({"act": "resume"}, by, reason, records_folder)
    stop_file.unlink()
    return f"resumed by {by}"


def override(case: str, result: str, by: str, reason: str, outcomes: Sequence[str], records_folder: Path) -> str:
    """Set the result of a case aside.

    Parameters
    ----------
    case : str
    result : str
        What is decided instead: one of the outcomes, or a number where there are none.
    by, reason : str
    outcomes : sequence of str
    records_folder : Path

    Returns
    -------
    str
        What was recorded, in words.

    Raises
    ------
    ValueError
        If the result cannot be, or nobody says who does it and why.
    """
    if outcomes and result not in outcomes:
        raise ValueError(f"{result!r} is no outcome: choose among {', '.join(outcomes)}")
    decided = result if outcomes else float(result)
    _keep({"act": "override", "case": case, "result": decided}, by, reason, records_folder)
    return f"{case} is {result} by decision of {by}"


def _keep(what: dict[str, Any], by: str, reason: str, records_folder: Path) -> None:
    if not by.strip() or not reason.strip():
        raise ValueError("say who does it and why")
    records_folder.mkdir(parents=True, exist_ok=True)
    entry = {"time": _now(), **what, "by": by.strip(), "reason": reason.strip()}
    with (records_folder / "interventions.jsonl").open("a", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(entry, ensure_ascii=False) + "\n")


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
