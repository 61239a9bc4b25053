"""The model on disk in the format of skops, which runs no code of its own when it is read.

A skops file names the types it is made of. Reading one is refused unless each of them is among skops' own trusted
types, in `TRUSTED` below, or defined in this project.
"""

from __future__ import annotations

import importlib
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import skops.io

#: Types beyond those that skops trusts by itself, each with what it is. Add one only after looking at what it does.
TRUSTED = {
    "functools.partial": "a function with some arguments set; the function must be trusted itself",
    "imblearn.base.FunctionSampler": "calls the function it was made with, during training only",
    "imblearn.pipeline.Pipeline": "runs its steps in order",
    "interpret.glassbox._ebm._ebm.ExplainableBoostingClassifier": "adds up scores looked up in tables",
    "interpret.glassbox._ebm._ebm.ExplainableBoostingRegressor": "adds up amounts looked up in tables",
    "numpy.dtype": "describes arrays",
    "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor": "a table of tree nodes; scikit-learn follows "
    "its indices without checking them, so a forged file can crash the process",
    "sklearn.metrics._dist_metrics.EuclideanDistance64": "distance between two rows",
    "sklearn.neighbors._ball_tree.BallTree": "index of the training rows",
    "sklearn.neighbors._kd_tree.KDTree": "index of the training rows",
    "sklearn.neural_network._stochastic_optimizers.AdamOptimizer": "step sizes of the finished training",
    "sklearn.tree._tree.Tree": "a table of tree nodes; scikit-learn follows its indices without checking them, so a "
    "forged file can crash the process",
    "sklearn.utils.validation.check_array": "checks an array; boosted trees call it on columns of categories",
}

#: The package that this module is part of; the types and functions it defines are trusted.
PROJECT = __name__.partition(".")[0]


def save(model: Any, folder: Path) -> Path:
    """Write the model, and beside it the types that reading it back needs trust in.

    Parameters
    ----------
    model : estimator
        The trained model.
    folder : Path
        Folder; made if it is not there.

    Returns
    -------
    Path
        ``folder/model.skops``; ``folder/model.types.json`` holds the types. The same model gives the same bytes, so
        that its hash says whether it is the same.

    Raises
    ------
    ValueError
        If the model is made of types that are not trusted; nothing is written then.
    """
    content = _repeatable(skops.io.dumps(model))
    needed = skops.io.get_untrusted_types(data=content)
    _refuse_strangers(needed)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "model.skops"
    path.write_bytes(content)
    reasons = {name: TRUSTED.get(name, f"defined in {PROJECT}") for name in sorted(needed)}
    path.with_name("model.types.json").write_text(json.dumps(reasons, indent=2) + "\n", encoding="utf-8")
    return path


def load(path: Path) -> Any:
    """Read a model back.

    Parameters
    ----------
    path : Path
        What `save` returned.

    Returns
    -------
    estimator
        The trained model.

    Raises
    ------
    ValueError
        If the file names types that are not trusted; none of them is loaded then.
    """
    needed = skops.io.get_untrusted_types(file=path)
    _refuse_strangers(needed)
    return skops.io.load(path, trusted=needed)


def _repeatable(content: bytes) -> bytes:
    """The same file without what differs from run to run: the time, and the memory addresses that name its parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    schema = parts.pop("schema.json").decode("utf-8")
    names = dict.fromkeys(re.findall(r'^ *"(?:__id__|file)": "?([^",\n]+)"?,?$', schema, flags=re.MULTILINE))
    # An array is named after its own address, which also is the address of a part.
    numbers = {address: str(number) for number, address in enumerate(dict.fromkeys(n.split(".")[0] for n in names), 1)}

    def renamed(name: str) -> str:
        address, dot, ending = name.partition(".")
        return numbers[address] + dot + ending

    schema = re.sub(
        r'^( *"(?:__id__|file)": "?)([^",\n]+)("?,?)$',
        lambda line: line[1] + renamed(line[2]) + line[3],
        schema,
        flags=re.MULTILINE,
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, part in sorted((renamed(name), part) for name, part in parts.items()):
            archive.writestr(zipfile.ZipInfo(name), part)
        archive.writestr(zipfile.ZipInfo("schema.json"), schema)
    return written.getvalue()


def _refuse_strangers(types: list[str]) -> None:
    strangers = sorted(name for name in types if name not in TRUSTED and not _is_ours(name))
    if strangers:
        raise ValueError(
            f"the model is made of types that are not trusted: {', '.join(strangers)}; "
            f"look at what they do, then add them to TRUSTED in {__name__}"
        )


def _is_ours(name: str) -> bool:
    """Whether this project defines a type or function; what its modules merely import is not its own."""
    module, _, attribute = name.rpartition(".")
    if not f"{module}.".startswith(f"{PROJECT}."):
        return False
    try:
        found = getattr(importlib.import_module(module), attribute, None)
    except ImportError:
        return False
    return getattr(found, "__module__", None) == module
