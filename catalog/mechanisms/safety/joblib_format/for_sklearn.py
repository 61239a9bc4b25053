"""The model on disk as joblib writes it, which is a pickle: reading one runs whatever code its writer put in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import joblib


def save(model: Any, folder: Path) -> Path:
    """Write the model.

    Parameters
    ----------
    model : estimator
        The trained model.
    folder : Path
        Folder; made if it is not there.

    Returns
    -------
    Path
        ``folder/model.joblib``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "model.joblib"
    joblib.dump(model, path)  # fates: ignore[H003] joblib was chosen; only this project reads the file
    return path


def load(path: Path) -> Any:
    """Read a model back. Only for files that nobody else could have written: reading one runs the code in it.

    Parameters
    ----------
    path : Path
        What `save` returned.

    Returns
    -------
    estimator
        The trained model.
    """
    return joblib.load(path)  # fates: ignore[H002] joblib was chosen; only files of this project are read
