"""Cases that the model is not sure of, or has never seen the like of, wait for a person.

A class is unsure when the two most probable ones are close to each other: between two outcomes, when the probability is
within ``margin`` of one half (Chow 1970, On optimum recognition error and reject tradeoff, doi
10.1109/TIT.1970.1054406). A case is unusual when a number lies outside the range, or a value is none of those, that
occurred before. A model without probabilities, and one that predicts numbers, is judged by unusual cases alone.

What waits is in ``records/waiting.jsonl`` with everything the reviewer needs to see; what was decided is in
``records/reviews.jsonl``, without the values of the case.
"""

from __future__ import annotations

import datetime
import json
import os
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

#: Fewer cases on either side tell nothing of how often the model is wrong there.
FEWEST = 30


def hold_back(
    model: Any,
    X: pd.DataFrame,
    results: pd.Series,
    ranges: Mapping[str, Sequence[float]],
    levels: Mapping[str, Sequence[str]],
    records_folder: Path,
    margin: float = 0.1,
    unusual: bool = True,
) -> pd.Series:
    """Queue what a person has to decide.

    Parameters
    ----------
    model : fitted model
    X : DataFrame of shape (n_rows, n_inputs)
    results : Series of shape (n_rows,)
        What the model says, in words.
    ranges : mapping of str to pair of float
        Smallest and largest value of columns of numbers.
    levels : mapping of str to sequence of str
        Values of other columns.
    records_folder : Path
    margin : float
        Half the distance between two probabilities that counts as unsure.
    unusual : bool
        Whether unusual cases wait too.

    Returns
    -------
    Series of shape (n_rows,)
        The same, with None where a person decides.
    """
    why = reasons(model, X, ranges, levels, margin, unusual)
    given = results.astype(object).copy()
    held = (why != "").to_numpy()
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    rows = X[held].astype(object).where(X[held].notna(), None).to_dict("records")
    lines = [
        {
            "case": secrets.token_hex(6),
            "time": now,
            "row": str(row),
            "why": cause,
            "says": _plain(said),
            "inputs": values,
        }
        for row, cause, said, values in zip(X.index[held], why[held], given[held], rows, strict=True)
    ]
    if lines:
        records_folder.mkdir(parents=True, exist_ok=True)
        with (records_folder / "waiting.jsonl").open("a", encoding="utf-8", newline="\n") as file:
            file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    given[held] = None
    return given


def reasons(
    model: Any,
    X: pd.DataFrame,
    ranges: Mapping[str, Sequence[float]],
    levels: Mapping[str, Sequence[str]],
    margin: float,
    unusual: bool,
) -> pd.Series:
    """Why each row has to wait, of shape (n_rows,); an empty text where it has not."""
    why = pd.Series("", index=X.index, dtype=object)
    if unusual:
        for column in X.columns:
            known = X[column].notna()
            if column in ranges:
                low, high = ranges[column]
                strange = known & ~X[column].between(low, high)
                why[strange] += f"{column} lies outside {low:g} to {high:g}; "
            elif column in levels:
                strange = known & ~X[column].isin(list(levels[column]))
                why[strange] += f"{column} has a value that did not occur before; "
    close = _distance(model, X) < 2 * margin
    why[close] += "the two most probable outcomes are close to each other; "
    return why.str.removesuffix("; ")


def measure(
    model: Any,
    X: pd.DataFrame,
    y: pd.Series,
    ranges: Mapping[str, Sequence[float]],
    levels: Mapping[str, Sequence[str]],
    seed: int,
    margin: float = 0.1,
    unusual: bool = True,
    draws: int = 1000,
) -> dict[str, Any]:
    """How many cases would wait, and whether the model errs more often on them than on the others.

    Parameters
    ----------
    model : fitted model
    X : DataFrame of shape (n_rows, n_inputs)
        Rows it was not trained on.
    y : Series of shape (n_rows,)
    ranges, levels : mapping
    seed : int
        Of the bootstrap.
    margin : float
    unusual : bool
    draws : int
        Bootstrap draws.

    Returns
    -------
    dict
        Evidence; it does not hold when the model errs less on what waits. The error of numbers is their distance.
    """
    held = (reasons(model, X, ranges, levels, margin, unusual) != "").to_numpy()
    predictions, truth = np.asarray(model.predict(X)), np.asarray(y)
    quantities = pd.api.types.is_float_dtype(y)
    errors = np.abs(predictions - truth) if quantities else (predictions != truth).astype(float)
    share = float(held.mean())
    measured: dict[str, Any] = {"waiting": int(held.sum()), "rows": len(X), "share": round(share, 6)}
    told = f"{held.sum()} of {len(X)} test rows ({share:.1%}) would wait for a person"
    if min(held.sum(), (~held).sum()) < FEWEST:
        because = f"{told}: too few on one side to compare errors"
        return {"measured": measured, "threshold": {"difference": 0.0}, "holds": None, "because": because}
    source = np.random.default_rng(seed)
    difference = float(errors[held].mean() - errors[~held].mean())
    spread = [
        source.choice(errors[held], held.sum()).mean() - source.choice(errors[~held], (~held).sum()).mean()
        for _ in range(draws)
    ]
    low, high = (float(end) for end in np.quantile(spread, [0.025, 0.975]))
    measured |= {
        "error_waiting": round(float(errors[held].mean()), 6),
        "error_others": round(float(errors[~held].mean()), 6),
        "difference": {"value": round(difference, 6), "low": round(low, 6), "high": round(high, 6)},
    }
    because = (
        f"{told}; the error is {errors[held].mean():.3f} on them and {errors[~held].mean():.3f} on the others, "
        f"a difference of {difference:+.3f} [{low:+.3f}, {high:+.3f}]"
    )
    holds = True if low > 0 else False if high < 0 else None
    return {"measured": measured, "threshold": {"difference": 0.0}, "holds": holds, "because": because}


def add_commands(commands: Any, outcomes: Sequence[str], records_folder: Path) -> None:
    """Add the commands ``waiting`` and ``decide``.

    Parameters
    ----------
    commands : subparsers
        Of the command line.
    outcomes : sequence of str
        What may be decided; empty for numbers.
    records_folder : Path
    """
    listing = commands.add_parser("waiting", help="cases that wait for a person")
    listing.set_defaults(run=lambda given: waiting(records_folder))
    deciding = commands.add_parser("decide", help="decide a case that waits")
    deciding.add_argument("case")
    deciding.add_argument("--result", required=True, help="what is decided")
    deciding.add_argument("--by", required=True, help="name of who decides")
    deciding.add_argument("--reason", required=True, help="why")
    deciding.set_defaults(
        run=lambda given: decide(given.case, given.result, given.by, given.reason, outcomes, records_folder)
    )


def waiting(records_folder: Path) -> str:
    """The cases that wait, the oldest first, and how many reviews followed the model."""
    lines = [
        f"{entry['case']}  since {entry['time']}  row {entry['row']}: {entry['why']}; the model says {entry['says']}"
        for entry in _entries(records_folder / "waiting.jsonl")
    ]
    reviews = _entries(records_folder / "reviews.jsonl")
    changed = sum(review["overridden"] for review in reviews)
    summary = f"{len(lines)} cases wait; of {len(reviews)} decided ones {changed} went against the model"
    return "\n".join([*lines, summary])


def decide(case: str, result: str, by: str, reason: str, outcomes: Sequence[str], records_folder: Path) -> str:
    """Decide a case that waits.

    Parameters
    ----------
    case : str
        Its id.
    result : str
        One of the outcomes, or a number where there are none.
    by, reason : str
    outcomes : sequence of str
    records_folder : Path

    Returns
    -------
    str
        What was decided, in words.

    Raises
    ------
    ValueError
        If the case does not wait, the result cannot be, or nobody says who decides and why.
    """
    if outcomes and result not in outcomes:
        raise ValueError(f"{result!r} is no outcome: choose among {', '.join(outcomes)}")
    decided: str | float = result if outcomes else float(result)
    if not by.strip() or not reason.strip():
        raise ValueError("say who decides and why")
    entries = _entries(records_folder / "waiting.jsonl")
    found = [entry for entry in entries if entry["case"] == case]
    if not found:
        raise ValueError(f"no case {case!r} waits")
    review = {name: found[0][name] for name in ("case", "row", "why", "says")} | {
        "decided": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "result": decided,
        "overridden": decided != found[0]["says"],
        "by": by.strip(),
        "reason": reason.strip(),
    }
    with (records_folder / "reviews.jsonl").open("a", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(review, ensure_ascii=False) + "\n")
    left = "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries if entry["case"] != case)
    unfinished = records_folder / "waiting.jsonl.unfinished"
    unfinished.write_text(left, encoding="utf-8")
    os.replace(unfinished, records_folder / "waiting.jsonl")
    against = f" against the model, which says {review['says']}" if review["overridden"] else ""
    return f"case {case} is {result} by decision of {review['by']}{against}"


def _distance(model: Any, X: pd.DataFrame) -> np.ndarray:
    """Between the two largest probabilities of each row, of shape (n_rows,); infinite without probabilities."""
    if not hasattr(model, "predict_proba"):
        return np.full(len(X), np.inf)
    ordered = np.sort(np.asarray(model.predict_proba(X), dtype=float), axis=1)
    return np.full(len(X), np.inf) if ordered.shape[1] < 2 else ordered[:, -1] - ordered[:, -2]


def _entries(path: Path) -> list[dict[str, Any]]:
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [json.loads(line) for line in lines]


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value, default=float))
