"""A past decision made again: the logged row, the model of that day, and whether the answer is the same."""

from __future__ import annotations

import hashlib
import hmac
import json
import math
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd


def add_commands(
    commands: Any,
    records_folder: Path,
    numeric: Sequence[str],
    inputs: Sequence[str],
    read: Callable[[Path], pd.DataFrame],
    answer: Callable[[Path, pd.DataFrame], pd.Series],
) -> None:
    """Add the command ``replay``.

    Parameters
    ----------
    commands : subparsers
        Of the command line.
    records_folder : Path
        With ``decisions`` and ``models``.
    numeric, inputs : sequence of str
        Columns of numbers; all columns that the model is given.
    read : callable
        From a file to rows as the model is given them.
    answer : callable
        From a model file and rows to what the model says, in words.
    """
    parser = commands.add_parser("replay", help="make a past decision again")
    parser.add_argument("event", help="its id on record")
    parser.add_argument(
        "--data", type=Path, help="table that has the row: needed where the log leaves out columns about people"
    )

    def run(arguments: Any) -> str:
        rows = None if arguments.data is None else read(arguments.data)
        return replay(arguments.event, rows, records_folder, numeric, inputs, answer)

    parser.set_defaults(run=run)


def replay(
    event: str,
    rows: pd.DataFrame | None,
    records_folder: Path,
    numeric: Sequence[str],
    inputs: Sequence[str],
    answer: Callable[[Path, pd.DataFrame], pd.Series],
) -> str:
    """Make a decision again, and compare.

    Parameters
    ----------
    event : str
        Its id.
    rows : DataFrame, optional
        Rows among which the one decided on is.

    Returns
    -------
    str
        What was decided, by which model, and that it is the same now.

    Raises
    ------
    ValueError
        If the decision is not on record, its row or its model is not at hand, or the answer is another one.
    """
    entry = find(event, records_folder)
    row = _row(entry, rows, records_folder, numeric, inputs)
    now = answer(_model_file(entry["model"], records_folder), row).iloc[0]
    if entry["result"] is None:
        return f"{event} of {entry['time']} was left to a person; model {entry['model'][:12]} says {now}"
    if not _same(_plain(now), entry["result"]):
        raise ValueError(
            f"{event} of {entry['time']} was {entry['result']}, and is {now} now: compare the installed packages "
            "with requirements.lock of that day"
        )
    return f"{event} of {entry['time']} was {entry['result']} by model {entry['model'][:12]}, and is the same now"


def find(event: str, records_folder: Path) -> dict[str, Any]:
    """The line of a decision.

    Raises
    ------
    ValueError
        If there is none.
    """
    for path in sorted((records_folder / "decisions").glob("[0-9]*.jsonl"), reverse=True):
        for line in path.read_text(encoding="utf-8").splitlines():
            entry: dict[str, Any] = json.loads(line)
            if entry["event"] == event:
                return entry
    raise ValueError(f"decision {event!r} is not on record; perhaps its time was over")


def _row(
    entry: dict[str, Any],
    rows: pd.DataFrame | None,
    records_folder: Path,
    numeric: Sequence[str],
    inputs: Sequence[str],
) -> pd.DataFrame:
    """The row decided on, of shape (1, n_inputs)."""
    lacking = [name for name in inputs if name not in entry["inputs"]]
    if rows is None and lacking:
        raise ValueError(f"the log leaves out {', '.join(lacking)}: name the table that has the row with --data")
    if rows is None:
        logged = pd.DataFrame([entry["inputs"]], columns=list(inputs), dtype=object)
        rows = logged.astype({name: float for name in numeric if name in logged})
    key = _key(records_folder)
    plain = rows.astype(object).where(rows.notna(), None).to_dict("records")
    for place, row in enumerate(plain):
        text = json.dumps(row, sort_keys=True, ensure_ascii=False)
        if hmac.compare_digest(hmac.new(key, text.encode("utf-8"), hashlib.sha256).hexdigest(), entry["row"]):
            return rows.iloc[[place]]
    raise ValueError(f"none of {len(rows)} rows is the one that {entry['event']} decided on")


def _key(records_folder: Path) -> bytes:
    given = os.environ.get("DECISION_LOG_KEY")
    return bytes.fromhex(given or (records_folder / "decision_log.key").read_text())


def _model_file(digest: str, records_folder: Path) -> Path:
    """The model with this hash.

    Raises
    ------
    ValueError
        If it is not kept, or not what it was.
    """
    for path in sorted((records_folder / "models" / digest).glob("*")):
        if hashlib.sha256(path.read_bytes()).hexdigest() == digest:
            return path
    raise ValueError(f"the model that decided, with hash {digest}, is not in {records_folder / 'models'}")


def _same(one: Any, other: Any) -> bool:
    """Numbers may differ in their last digits, as sums do that were added in another order."""
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9)
    return bool(one == other)


def _plain(value: Any) -> Any:
    """As JSON gives it back."""
    return json.loads(json.dumps(value, default=float))
