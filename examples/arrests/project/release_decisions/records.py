"""The evidence on disk: what was measured, on which data, with which code and versions."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import platform
from importlib import metadata
from pathlib import Path

import pandas as pd

from release_decisions import settings

#: Packages that this project names itself; requirements.lock has all of them.
PACKAGES = [
    "aif360",
    "alembic",
    "fairlearn",
    "matplotlib",
    "mlflow-skinny",
    "numpy",
    "pandas",
    "pandera",
    "scikit-learn",
    "skops",
    "sqlalchemy",
]


def file_hash(path: Path) -> str:
    """SHA-256 of a file, or of all Python files below a folder in the order of their names; hexadecimal."""
    digest = hashlib.sha256()
    for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def model_file() -> Path:
    """The model of the last run.

    Raises
    ------
    ValueError
        If nothing was trained yet.
    """
    record = settings.EVIDENCE / "run.json"
    if not record.exists():
        raise ValueError("nothing was trained yet: run `python -m release_decisions.train data.csv` first")
    return settings.MODELS / json.loads(record.read_text(encoding="utf-8"))["model"]["file"]


def run_facts(data: Path, model_file: Path, table: pd.DataFrame, train: pd.DataFrame, test: pd.DataFrame) -> dict:
    """What a later reader needs to repeat the run."""
    return {
        "finished": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "data": {"file": data.name, "sha256": file_hash(data), "rows": len(table)},
        "rows": {"train": len(train), "test": len(test)},
        "code": {"sha256": file_hash(Path(__file__).parent)},
        "model": {"file": model_file.name, "sha256": file_hash(model_file)},
        "seed": settings.SEED,
        "python": platform.python_version(),
        "versions": {name: metadata.version(name) for name in PACKAGES},
    }


def project_facts(table: pd.DataFrame, run: dict) -> dict:
    """What was chosen, and what was found in the data of this run; for the documents."""
    data = {
        **settings.PROJECT["data"],
        **run["data"],
        **run["rows"],
        "columns": len(table.columns),
        "missing": {column: int(count) for column, count in table.isna().sum().items() if count},
    }
    return {**settings.PROJECT, "data": data, "seed": settings.SEED}


def write(evidence: dict[str, dict]) -> None:
    """One JSON file for each piece of evidence, replaced as a whole."""
    settings.EVIDENCE.mkdir(parents=True, exist_ok=True)
    for name, found in evidence.items():
        target = settings.EVIDENCE / f"{name}.json"
        unfinished = target.with_suffix(".json.unfinished")
        text = json.dumps(found, indent=2, sort_keys=True, ensure_ascii=False)
        unfinished.write_text(text + "\n", encoding="utf-8")
        os.replace(unfinished, target)
