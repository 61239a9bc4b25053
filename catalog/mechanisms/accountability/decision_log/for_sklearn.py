"""Every prediction on record, without what would tell whose it is, for as long as it is needed.

One file of JSON lines for each day below ``records/decisions``; lines are only ever added, and a file is deleted as a
whole when its time is over. Each line holds the SHA-256 of the line before, so that a line that was changed or taken
out is seen. Columns about people are left out; a code made of the whole row with a secret key (HMAC, RFC 2104) says
later whether a row at hand is the one that was decided on. The model that decided is kept beside the log.

One process writes at a time.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import json
import os
import secrets
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

#: The variable of the environment that has the key, in hexadecimal; otherwise it is a file beside the log.
KEY = "DECISION_LOG_KEY"

#: What the oldest line is chained to when nothing came before it.
BEGINNING = "0" * 64


def log(
    model: Any,
    X: pd.DataFrame,
    results: pd.Series,
    outcome: Callable[[Any, pd.DataFrame], pd.Series],
    model_file: Path,
    protected: Sequence[str],
    quasi_identifiers: Sequence[str],
    records_folder: Path,
    further_masked: Sequence[str] = (),
    retention_days: int = 183,
) -> pd.Series:
    """Add a line for each row, and delete what is too old.

    Parameters
    ----------
    model : fitted model
    X : DataFrame of shape (n_rows, n_inputs)
    results : Series of shape (n_rows,)
        What is given out; None where a person decides.
    outcome : callable
        From model and rows to one number a row.
    model_file : Path
        Copied into ``records/models`` with what lies beside it, unless it is there.
    protected, quasi_identifiers, further_masked : sequence of str
        Columns whose values are left out.
    records_folder : Path
    retention_days : int
        Days for which a line is kept.

    Returns
    -------
    Series of shape (n_rows,)
        The id of each line.
    """
    today = datetime.datetime.now(datetime.UTC)
    folder = records_folder / "decisions"
    folder.mkdir(parents=True, exist_ok=True)
    forget(folder, today.date() - datetime.timedelta(days=retention_days))
    masked = {*protected, *quasi_identifiers, *further_masked}
    key, previous = _key(records_folder), _last(folder)
    digest = _kept(model_file, records_folder / "models")
    scores = outcome(model, X)
    rows = X.astype(object).where(X.notna(), None).to_dict("records")
    events, lines = [], []
    for row, score, result in zip(rows, scores, results, strict=True):
        entry = {
            "time": today.isoformat(timespec="seconds"),
            "model": digest,
            "row": row_code(row, key),
            "inputs": {name: value for name, value in row.items() if name not in masked},
            "score": round(float(score), 6),
            "result": None if pd.isna(result) else result,
            "previous": previous,
        }
        event = hashlib.sha256(_text(entry).encode()).hexdigest()[:16]
        line = _text({"event": event, **entry})
        previous = hashlib.sha256(line.encode()).hexdigest()
        events.append(event)
        lines.append(line + "\n")
    with (folder / f"{today.date()}.jsonl").open("a", encoding="utf-8", newline="\n") as file:
        file.writelines(lines)
    return pd.Series(events, index=X.index, dtype=object)


def add_commands(commands: Any, records_folder: Path) -> None:
    """Add the command ``log``, which says what is on record and whether it is whole."""
    parser = commands.add_parser("log", help="what is on record, and whether it is whole")
    parser.set_defaults(run=lambda arguments: told(records_folder))


def told(records_folder: Path) -> str:
    """How many decisions are on record, since when, and whether the chain of lines is whole.

    Raises
    ------
    ValueError
        If a line was changed or taken out.
    """
    files = _files(records_folder / "decisions")
    lines = [(path, line) for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    if not lines:
        return "no decision is on record"
    # The oldest line may follow one that was deleted when its time was over.
    expected = json.loads(lines[0][1])["previous"]
    for number, (path, line) in enumerate(lines, 1):
        entry = json.loads(line)
        own = hashlib.sha256(_text({name: entry[name] for name in entry if name != "event"}).encode()).hexdigest()
        if entry["previous"] != expected or entry["event"] != own[:16]:
            raise ValueError(f"decision {number} of {len(lines)}, in {path.name}, is not as it was written")
        expected = hashlib.sha256(line.encode()).hexdigest()
    return f"{len(lines)} decisions since {files[0].stem}; the chain of lines is whole"


def forget(folder: Path, before: datetime.date) -> None:
    """Delete the files of the days before."""
    for path in _files(folder):
        if datetime.date.fromisoformat(path.stem) < before:
            path.unlink()


def row_code(row: dict[str, Any], key: bytes) -> str:
    """HMAC-SHA-256 of a row, in hexadecimal; the order of its columns does not matter."""
    text = json.dumps(row, sort_keys=True, ensure_ascii=False)
    return hmac.new(key, text.encode("utf-8"), hashlib.sha256).hexdigest()


def _text(entry: dict[str, Any]) -> str:
    return json.dumps(entry, ensure_ascii=False)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("[0-9]*.jsonl"))


def _last(folder: Path) -> str:
    """SHA-256 of the last line."""
    for path in reversed(_files(folder)):
        lines = path.read_text(encoding="utf-8").splitlines()
        if lines:
            return hashlib.sha256(lines[-1].encode()).hexdigest()
    return BEGINNING


def _key(records_folder: Path) -> bytes:
    if os.environ.get(KEY):
        return bytes.fromhex(os.environ[KEY])
    path = records_folder / "decision_log.key"
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
    return bytes.fromhex(path.read_text())


def _kept(model_file: Path, folder: Path) -> str:
    """Keep the model under its hash; gives the hash."""
    digest = hashlib.sha256(model_file.read_bytes()).hexdigest()
    if not (folder / digest).exists():
        unfinished = folder / f"{digest}.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(model_file.parent, unfinished)
        unfinished.rename(folder / digest)
    return digest
