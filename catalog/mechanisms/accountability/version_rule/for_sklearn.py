"""The number of this version, in the form of Semantic Versioning 2.0.0, by what differs from the run before.

What a user must test again decides which part is raised: a new data pipeline the first, a new model the second, new
training data the third, unless the project says otherwise. Raising a part sets those after it to zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

FIRST = "1.0.0"
PARTS = ("major", "minor", "patch")


def number(
    run: Mapping[str, Any],
    earlier: Mapping[str, Mapping[str, Any]],
    data_pipeline: str = "major",
    model: str = "minor",
    training_data: str = "patch",
) -> dict[str, Any]:
    """Compare the hashes of this run with those of the run before, and raise its number.

    Parameters
    ----------
    run : mapping
        With ``code.data_pipeline``, ``code.model``, ``data.sha256`` and ``model.sha256``.
    earlier : mapping
        Evidence of the run before, by id; empty at first.
    data_pipeline, model, training_data : str
        The part that a change of each raises: ``major``, ``minor`` or ``patch``.

    Returns
    -------
    dict
        Evidence. A model file that differs for another reason, such as other versions of packages, raises ``patch``.
        ``holds`` is None where there was a run, but no number that could be raised.
    """
    measured: dict[str, Any] = {"version": FIRST, "previous": None, "changed": []}
    before = earlier.get("run")
    if before is None:
        return {"measured": measured, "holds": True, "because": f"this is the first run: version {FIRST}"}
    previous = earlier.get("version_rule", {}).get("measured", {}).get("version")
    known = set(before.get("code", {})) >= {"data_pipeline", "model"}
    if previous is None or not known:
        because = f"the run before had no version number; counting begins at {FIRST}"
        return {"measured": measured, "holds": None, "because": because}
    raised = {
        "data pipeline": (before["code"]["data_pipeline"] != run["code"]["data_pipeline"], data_pipeline),
        "model": (before["code"]["model"] != run["code"]["model"], model),
        "training data": (before["data"]["sha256"] != run["data"]["sha256"], training_data),
    }
    changed = {what: part for what, (differs, part) in raised.items() if differs}
    if not changed and before["model"]["sha256"] != run["model"]["sha256"]:
        changed = {"model file": "patch"}
    version = previous
    if changed:
        version = raised_by(previous, min(changed.values(), key=PARTS.index))
        because = f"version {version} after {previous}: {' and '.join(changed)} changed"
    else:
        because = f"version {version} as before: neither data, code nor model changed"
    measured |= {"version": version, "previous": previous, "changed": list(changed)}
    return {"measured": measured, "holds": True, "because": because}


def raised_by(version: str, part: str) -> str:
    """The next version; the parts after the raised one become zero.

    Parameters
    ----------
    version : str
        Three whole numbers with dots between them.
    part : str
        ``major``, ``minor`` or ``patch``.
    """
    place = PARTS.index(part)
    numbers = [int(text) for text in version.split(".")]
    return ".".join(str(text) for text in [*numbers[:place], numbers[place] + 1, *[0] * (2 - place)])
