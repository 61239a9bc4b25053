"""Same seed, same packages: fix the random numbers and record the environment, so that a run can be repeated."""

from __future__ import annotations

import hashlib
import os
import platform
import random
import re
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

#: ``name==version``, perhaps with extras before and a marker or hashes after.
_PINNED = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^]]*\])?\s*==\s*([^\s;\\]+)\s*(;?)")


def start(seed: int, lock: str = "requirements.lock") -> dict[str, Any]:
    """Seed the generators of ``random`` and NumPy, and compare the installed packages with the lock file.

    Parameters
    ----------
    seed : int
        From 0 to 2**32 - 1, as NumPy asks.
    lock : str
        The lock file; a relative path is looked for in the folder of this file, then in those above it.

    Returns
    -------
    dict
        Evidence; it holds when every package of the lock file is installed in the version written there.

    Notes
    -----
    scikit-learn draws from NumPy's global generator wherever ``random_state`` is None, so seeding it also covers
    estimators that nobody seeded. Order of sets and dicts keyed by text is fixed only by the environment variable
    ``PYTHONHASHSEED``, which must be set before Python starts; it is recorded.
    """
    random.seed(seed)
    np.random.seed(seed)

    measured: dict[str, Any] = {
        "seed": seed,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "hash_seed": os.environ.get("PYTHONHASHSEED", "random"),
        "lock": None,
        "lock_sha256": None,
        "packages": {},
    }
    path = _find(lock)
    if path is None:
        because = f"there is no {Path(lock).name}, so the versions of the packages are not fixed"
        return {"measured": measured, "holds": False, "because": because}

    content = path.read_bytes()
    pinned = pinned_versions(content.decode("utf-8"))
    installed = {name: _installed(name) for name in pinned}
    measured |= {
        "lock": path.name,
        "lock_sha256": hashlib.sha256(content).hexdigest(),
        "packages": {name: version for name, version in installed.items() if version is not None},
    }
    different = [
        f"{name} {installed[name] or 'is not installed'}, not {' or '.join(sorted(versions - {''}))}"
        for name, versions in pinned.items()
        if (installed[name] or "") not in versions
    ]
    measured["different"] = different
    if not pinned:
        because = f"{path.name} names no package with its version"
    elif different:
        because = f"{len(different)} of {len(pinned)} packages differ from {path.name}: {'; '.join(different[:5])}"
    else:
        because = f"seed {seed}; all {len(measured['packages'])} installed packages of {path.name} have its versions"
    return {"measured": measured, "holds": bool(pinned) and not different, "because": because}


def pinned_versions(lock: str) -> dict[str, set[str]]:
    """Versions that a lock file allows for each package.

    Parameters
    ----------
    lock : str
        Text of a lock file in pip's format.

    Returns
    -------
    dict of str to set of str
        By package, in the order of the file. A package may occur with several versions, each under a marker for other
        Python versions or systems; then it may also be absent, which is written as the empty version.
    """
    versions: dict[str, set[str]] = {}
    for line in lock.splitlines():
        found = _PINNED.match(line.strip())
        if found:
            name, version, marker = found.groups()
            allowed = versions.setdefault(re.sub(r"[-_.]+", "-", name).lower(), set())
            allowed |= {version, ""} if marker else {version}
    return versions


def _find(lock: str) -> Path | None:
    for folder in Path(__file__).resolve().parents:
        if (folder / lock).is_file():
            return folder / lock
    return None


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
