"""The register of models: each version with its hash, its data and figures, and the stage it is in.

An MLflow registry inside the project, without a server. MLflow has given up its own fixed stages for aliases and tags:
here the stage is a tag of the version, and each stage that one version at a time is in is an alias too, so that
``models:/name@production`` is the version that serves.
"""

from __future__ import annotations

import hashlib
import logging
import math
import os
import re
import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

# MLflow reads these when it is imported: without them it would report its use over the network.
os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
os.environ["DO_NOT_TRACK"] = "true"

from mlflow import MlflowClient
from mlflow.entities.model_registry import ModelVersion
from mlflow.exceptions import MlflowException


def register(
    metrics: Mapping[str, float],
    artefacts: Sequence[Path],
    run: Mapping[str, Any],
    evidence: Mapping[str, Any],
    folder: Path,
    first_stage: str = "staging",
) -> dict[str, Any]:
    """Give the model of a run a version in the first stage, unless the same model has one.

    Parameters
    ----------
    metrics : mapping
        Figures by name.
    artefacts : sequence of Path
        Files of the run; the first one is the model.
    run : mapping
        Hashes of model, data and code, and the seed.
    evidence : mapping
        Of the run; the version number is taken from it where there is one.
    folder : Path
        Of the project: the register is ``mlruns.db``, the models are below ``mlartifacts/models``.
    first_stage : str
        Stage of a model on trial.

    Returns
    -------
    dict
        Evidence; it holds when the register gives back the hash, and the file kept has it.
    """
    client, name = _client(folder), folder.resolve().name
    model, digest = artefacts[0], run["model"]["sha256"]
    found = next((one for one in versions(folder) if one.tags.get("sha256") == digest), None)
    if found is None:
        kept = folder.resolve() / "mlartifacts" / "models" / digest
        kept.mkdir(parents=True, exist_ok=True)
        shutil.copy2(model, kept / model.name)
        number = evidence.get("version_rule", {}).get("measured", {}).get("version")
        figures = {_plain(f"figure {what}"): f"{value:.6g}" for what, value in metrics.items() if math.isfinite(value)}
        told = {"sha256": digest, "data": run["data"]["sha256"], "code": run["code"]["sha256"]}
        told |= {"seed": str(run["seed"]), "trained": run["finished"], **figures}
        if number:
            told["number"] = number
        made = client.create_model_version(name, source=kept.as_uri(), tags=told)
        move(str(made.version), first_stage, "training", "a new model", folder, single=(first_stage,))
    [back] = [one for one in versions(folder) if one.tags.get("sha256") == digest]
    file = _path(back) / model.name
    whole = file.exists() and hashlib.sha256(file.read_bytes()).hexdigest() == digest
    stages = {str(one.version): one.tags.get("stage", "") for one in versions(folder)}
    because = f"version {back.version} of {len(stages)} is in stage {stages[str(back.version)]}"
    if not whole:
        because = f"the file of version {back.version} in {file.parent.name} is not the model that was registered"
    return {
        "measured": {"name": name, "version": int(back.version), "stages": stages, "model": digest},
        "holds": whole,
        "because": because,
    }


def add_commands(
    commands: Any,
    folder: Path,
    first_stage: str = "staging",
    second_stage: str = "production",
    last_stage: str = "archived",
) -> None:
    """Add the commands ``versions`` and ``promote``.

    Parameters
    ----------
    commands : subparsers
        Of the command line.
    folder : Path
        Of the project.
    first_stage, second_stage, last_stage : str
        Of a model on trial, of the one that serves, and of those that served.
    """
    listing = commands.add_parser("versions", help="registered models and their stages")
    listing.set_defaults(run=lambda given: told(folder))
    promoting = commands.add_parser("promote", help="move a version to another stage")
    promoting.add_argument("version")
    promoting.add_argument("--to", required=True, choices=[first_stage, second_stage, last_stage])
    promoting.add_argument("--by", required=True, help="name of who answers for it")
    promoting.add_argument("--reason", required=True, help="why")
    promoting.set_defaults(
        run=lambda given: move(
            given.version, given.to, given.by, given.reason, folder, (first_stage, second_stage), last_stage
        )
    )


def move(
    version: str,
    stage: str,
    by: str,
    reason: str,
    folder: Path,
    single: Sequence[str] = ("staging", "production"),
    last_stage: str = "archived",
) -> str:
    """Move a version to a stage; whichever was in a stage that holds a single one goes to the last.

    Parameters
    ----------
    version : str
    stage : str
    by, reason : str
        Who answers for it, and why.
    folder : Path
    single : sequence of str
        Stages that hold one version at a time.
    last_stage : str

    Returns
    -------
    str
        What was done, in words.

    Raises
    ------
    ValueError
        If there is no such version, or nobody says who moves it and why.
    """
    if not by.strip() or not reason.strip():
        raise ValueError("say who moves it and why")
    client, name = _client(folder), folder.resolve().name
    stages = {str(one.version): one.tags.get("stage") for one in versions(folder)}
    if str(version) not in stages:
        raise ValueError(f"there is no version {version}: known are {', '.join(stages) or 'none'}")
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    moved = {str(version): stage}
    if stage in single:
        moved |= {one: last_stage for one, held in stages.items() if held == stage and one != str(version)}
    for one, to in moved.items():
        if stages[one] in single:
            client.delete_registered_model_alias(name, stages[one])
        client.set_model_version_tag(name, one, "stage", to)
        client.set_model_version_tag(name, one, f"moved {now}", f"to {to} by {by.strip()}: {reason.strip()}")
    if stage in single:
        client.set_registered_model_alias(name, stage, str(version))
    return f"version {version} is in stage {stage} by decision of {by.strip()}"


def versions(folder: Path) -> list[ModelVersion]:
    """Every registered version, the first one first."""
    client, name = _client(folder), folder.resolve().name
    # Tags as the register has them: those of a search can lag behind.
    found = client.search_model_versions(f"name = '{name}'")
    return sorted((client.get_model_version(name, one.version) for one in found), key=lambda one: int(one.version))


def told(folder: Path) -> str:
    """The register in words: one line for each version."""
    lines = [
        f"{one.version}  {one.tags.get('number', ''):8} {one.tags.get('stage', ''):12} "
        f"{one.tags.get('sha256', '')[:12]}  trained {one.tags.get('trained', '')}"
        for one in versions(folder)
    ]
    return "\n".join(lines) or "no model is registered"


def _client(folder: Path) -> MlflowClient:
    """The register of the project, made where there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    # Making the store is told of line by line otherwise.
    for talkative in ("mlflow.store.db", "mlflow.store.model_registry", "alembic"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    store = f"sqlite:///{(folder.resolve() / 'mlruns.db').as_posix()}"
    client = MlflowClient(tracking_uri=store, registry_uri=store)
    name = folder.resolve().name
    try:
        client.get_registered_model(name)
    except MlflowException:
        client.create_registered_model(name)
    return client


def _path(version: ModelVersion) -> Path:
    return Path(re.sub(r"^file://", "", version.source))


def _plain(name: str) -> str:
    """A name that MLflow takes."""
    return re.sub(r"[^\w.\- :]", "_", name)[:240].strip(" .")
