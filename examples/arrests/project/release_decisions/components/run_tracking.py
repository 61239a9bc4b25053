"""The run on record: parameters, figures and files in an MLflow store inside the project, without a server."""

from __future__ import annotations

import logging
import math
import os
import re
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

# MLflow reads these when it is imported: without them it would report its use over the network.
os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
os.environ["DO_NOT_TRACK"] = "true"

import mlflow

#: Longer texts would be refused.
LONGEST_PARAMETER = 6000


def track(
    parameters: Mapping[str, Any], metrics: Mapping[str, float], artefacts: Sequence[Path], folder: Path
) -> dict[str, Any]:
    """Record a run, and read it back.

    Parameters
    ----------
    parameters : mapping
        What the run was started with; values are kept as text.
    metrics : mapping
        Figures by name; those that are no finite number are left out.
    artefacts : sequence of Path
        Files and folders to copy into the record.
    folder : Path
        The store is ``folder/mlruns.db``, the files are in ``folder/mlartifacts``. ``mlflow ui --backend-store-uri
        sqlite:///mlruns.db`` shows them.

    Returns
    -------
    dict
        Evidence; it holds when the store gives back what was put in.
    """
    started = time.perf_counter()
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    # Making the store is told of line by line otherwise.
    logging.getLogger("mlflow.store.db").setLevel(logging.WARNING)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    mlflow.set_tracking_uri(f"sqlite:///{(folder / 'mlruns.db').as_posix()}")
    experiment = mlflow.get_experiment_by_name(folder.name)
    experiment_id = (
        experiment.experiment_id
        if experiment
        else mlflow.create_experiment(folder.name, artifact_location=(folder / "mlartifacts").as_uri())
    )
    texts = named({name: str(value)[:LONGEST_PARAMETER] for name, value in parameters.items()})
    figures = named({name: float(value) for name, value in metrics.items() if math.isfinite(value)})
    with mlflow.start_run(experiment_id=experiment_id) as run:
        mlflow.log_params(texts)
        mlflow.log_metrics(figures)
        for artefact in artefacts:
            if artefact.is_dir():
                mlflow.log_artifacts(str(artefact), artifact_path=artefact.name)
            else:
                mlflow.log_artifact(str(artefact))

    recorded = mlflow.get_run(run.info.run_id)
    stored = {entry.path for entry in mlflow.MlflowClient().list_artifacts(run.info.run_id)}
    lost = [f"parameter {name}" for name, text in texts.items() if recorded.data.params.get(name) != text]
    lost += [f"figure {name}" for name, figure in figures.items() if recorded.data.metrics.get(name) != figure]
    lost += [f"file {artefact.name}" for artefact in artefacts if artefact.name not in stored]
    if lost:
        because = f"the store does not give back {', '.join(lost)}"
    else:
        because = f"run {run.info.run_id} is in mlruns.db, {len(texts)} parameters and {len(figures)} figures read back"
    return {
        "measured": {
            "run": run.info.run_id,
            "store": "mlruns.db",
            "parameters": len(texts),
            "metrics": len(figures),
            "artefacts": sorted(stored),
            "seconds": round(time.perf_counter() - started, 1),
        },
        "holds": not lost,
        "because": because,
    }


def named(values: Mapping[str, Any]) -> dict[str, Any]:
    """The same values under names that MLflow takes: letters, digits, ``_ - . :`` and blanks; still one for each."""
    allowed: dict[str, Any] = {}
    for name, value in values.items():
        plain = re.sub(r"[^\w.\- :]", "_", name)[:240].strip(" .") or "_"
        unique, number = plain, 2
        while unique in allowed:
            unique, number = f"{plain}_{number}", number + 1
        allowed[unique] = value
    return allowed
