"""A small share of all cases is drawn by lot and decided by people who do not see what the model says.

A model that learns from decisions it took part in confirms itself; a sample in which it had no part shows what it would
have missed (Sculley et al. 2015, Hidden technical debt in machine learning systems, section 4). The lot takes every
case alike, sure and unsure ones, and comes from the operating system: it can be neither foreseen nor repeated.

``records/lots.jsonl`` counts cases and lots, ``records/drawn.jsonl`` holds what waits and ``records/sample.jsonl`` what
was decided, with the values of the case: rows with a label that is nobody's echo. They are data about people, to be
kept no longer than the other rows.
"""

from __future__ import annotations

import datetime
import json
import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import binomtest

#: Fewer decided cases tell nothing of how often people and model agree.
FEWEST = 30

#: A lot that is this far from its share or further comes up once in a thousand times.
_RARE = 0.001


def draw(X: pd.DataFrame, results: pd.Series, records_folder: Path, share: float = 0.01) -> pd.Series:
    """Take a share of the cases from the model.

    Parameters
    ----------
    X : DataFrame of shape (n_rows, n_inputs)
    results : Series of shape (n_rows,)
        What the model says, in words; None where a person decides already.
    records_folder : Path
    share : float
        Probability with which each case is drawn.

    Returns
    -------
    Series of shape (n_rows,)
        The same, with None where the lot fell.
    """
    lot = secrets.SystemRandom()
    taken = np.array([given and lot.random() < share for given in results.notna()], dtype=bool)
    drawn = X[taken]
    rows = drawn.astype(object).where(drawn.notna(), None).to_dict("records")
    now = _now()
    counted = {"time": now, "cases": int(results.notna().sum()), "drawn": len(drawn), "share": share}
    _add(records_folder / "lots.jsonl", [counted])
    _add(
        records_folder / "drawn.jsonl",
        [
            {"case": secrets.token_hex(6), "time": now, "row": str(row), "says": str(says), "inputs": values}
            for row, says, values in zip(drawn.index, results[taken], rows, strict=True)
        ],
    )
    return results.astype(object).mask(taken, None)


def report(records_folder: Path) -> dict[str, Any]:
    """What the lots of the time before this training have shown.

    Returns
    -------
    dict
        Evidence. It holds when enough cases were decided and the lots fell as often as they should; agreement with
        people is told with its interval (Wilson) and not judged, since people err too.
    """
    lots, sample = entries(records_folder / "lots.jsonl"), entries(records_folder / "sample.jsonl")
    cases, drawn = sum(found["cases"] for found in lots), sum(found["drawn"] for found in lots)
    waiting = len(entries(records_folder / "drawn.jsonl"))
    measured: dict[str, Any] = {"cases": cases, "drawn": drawn, "decided": len(sample), "waiting": waiting}
    threshold = {"fewest_decided": FEWEST, "rare": _RARE}
    told = f"{drawn} of {cases} cases were drawn, {len(sample)} are decided and {waiting} wait"
    if len(sample) < FEWEST:
        because = f"{told}; {FEWEST} decided ones are needed"
        return {"measured": measured, "threshold": threshold, "holds": None, "because": because}
    expected = sum(found["cases"] * found["share"] for found in lots)
    chance = float(binomtest(drawn, cases, expected / cases).pvalue)
    alike = sum(found["result"] == found["says"] for found in sample)
    agreement = alike / len(sample)
    low, high = map(float, binomtest(alike, len(sample)).proportion_ci(method="wilson"))
    measured |= {
        "expected": round(expected, 6),
        "chance_of_such_lots": round(chance, 6),
        "agreement": {"value": round(agreement, 6), "low": round(low, 6), "high": round(high, 6)},
    }
    fair = chance >= _RARE
    return {
        "measured": measured,
        "threshold": threshold,
        "holds": fair,
        "because": (
            f"{told}, {'as' if fair else 'not as'} lots fall where {expected:.1f} are expected; people and model agree "
            f"in {agreement:.1%} [{low:.1%}, {high:.1%}] of them"
        ),
    }


def add_commands(commands: Any, outcomes: Sequence[str], records_folder: Path) -> None:
    """Add the commands ``drawn`` and ``settle``."""
    listing = commands.add_parser("drawn", help="cases that were drawn for a person to decide")
    listing.set_defaults(run=lambda given: listed(records_folder))
    settling = commands.add_parser("settle", help="decide a case that was drawn")
    settling.add_argument("case")
    settling.add_argument("--result", required=True, help="what is decided")
    settling.add_argument("--by", required=True, help="name of who decides")
    settling.set_defaults(run=lambda given: settle(given.case, given.result, given.by, outcomes, records_folder))


def listed(records_folder: Path) -> str:
    """The cases that were drawn, the oldest first, with their values and without what the model says."""
    lines = [
        f"{entry['case']}  since {entry['time']}  row {entry['row']}: "
        + ", ".join(f"{column} {value}" for column, value in entry["inputs"].items())
        for entry in entries(records_folder / "drawn.jsonl")
    ]
    return "\n".join([*lines, f"{len(lines)} cases wait; the model is not asked about them"])


def settle(case: str, result: str, by: str, outcomes: Sequence[str], records_folder: Path) -> str:
    """Decide a case that was drawn, and only then say what the model would have said.

    Raises
    ------
    ValueError
        If the case was not drawn, the result cannot be, or nobody says who decides.
    """
    if result not in outcomes:
        raise ValueError(f"{result!r} is no outcome: choose among {', '.join(outcomes)}")
    if not by.strip():
        raise ValueError("say who decides")
    path = records_folder / "drawn.jsonl"
    waiting = entries(path)
    found = [entry for entry in waiting if entry["case"] == case]
    if not found:
        raise ValueError(f"no case {case!r} was drawn and waits")
    _add(records_folder / "sample.jsonl", [{**found[0], "decided": _now(), "result": result, "by": by.strip()}])
    left = "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in waiting if entry["case"] != case)
    unfinished = path.with_suffix(".jsonl.unfinished")
    unfinished.write_text(left, encoding="utf-8")
    os.replace(unfinished, path)
    return f"case {case} is {result} by decision of {by.strip()}; the model says {found[0]['says']}"


def entries(path: Path) -> list[dict[str, Any]]:
    """Lines of a file of records; none where there is no file.

    Raises
    ------
    ValueError
        If a line cannot be read.
    """
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    try:
        return [json.loads(line) for line in lines]
    except json.JSONDecodeError as fault:
        raise ValueError(f"{path.name} holds a line that is no record: {fault}") from fault


def _add(path: Path, lines: Sequence[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(line, ensure_ascii=False, default=float) + "\n" for line in lines)


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
