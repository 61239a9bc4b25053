"""The locked and installed packages against lists of known flaws, without a network.

The lists are records of the Open Source Vulnerability format (https://ossf.github.io/osv-schema/), which PyPI's own
advisories and GitHub's use, in the folder ``advisories`` of the project: single ``.json`` files, or archives of them as
osv.dev offers:

    curl -fsSLo advisories/pypi.zip --create-dirs https://osv-vulnerabilities.storage.googleapis.com/PyPI/all.zip

Somebody fetches them, so that the run itself depends on nobody; how old they are is told.
"""

from __future__ import annotations

import datetime
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

#: ``name==version`` at the beginning of a line, perhaps with extras between.
_PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^]]*\])?\s*==", re.MULTILINE)


def audit(folder: Path, most_days: int = 30) -> dict[str, Any]:
    """Look every installed package of the lock up in the lists of known flaws.

    Parameters
    ----------
    folder : Path
        The project, with ``requirements.lock`` and ``advisories/``.
    most_days : int
        How old the newest record of the lists may be, in days.

    Returns
    -------
    dict
        Evidence; ``holds`` is None where there are no lists, or where they are old and name no flaw.
    """
    lock = folder / "requirements.lock"
    names = _PINNED.findall(lock.read_text(encoding="utf-8")) if lock.exists() else []
    versions = {name: found for name in names if (found := _installed(name)) is not None}
    records = list(advisories(folder / "advisories"))
    measured: dict[str, Any] = {"packages": len(versions), "records": len(records)}
    threshold = {"age_of_lists_in_days": most_days}
    if not records:
        because = (
            f"no list of known flaws lies in {folder.name}/advisories, so {len(versions)} packages were compared with "
            "nothing; the module of this check says where to get one"
        )
        return {"measured": measured, "threshold": threshold, "holds": None, "because": because}
    newest = max(str(record.get("modified", ""))[:10] for record in records)
    age = (datetime.datetime.now(datetime.UTC).date() - datetime.date.fromisoformat(newest)).days
    flaws = known_flaws(versions, records)
    measured |= {"newest_record": newest, "flaws": flaws}
    told = f"{len(versions)} installed packages and {len(records)} records, the newest of {newest}"
    if flaws:
        some = "; ".join(
            f"{flaw['package']} {flaw['version']}: {flaw['id']}"
            + (f", mended in {' or '.join(flaw['mended_in'])}" if flaw["mended_in"] else "")
            for flaw in flaws[:5]
        )
        because = f"{len(flaws)} known flaws among {told}: {some}"
    else:
        because = f"no known flaw among {told}" + (f", which is {age} days old" if age > most_days else "")
    holds = False if flaws else None if age > most_days else True
    return {"measured": measured, "threshold": threshold, "holds": holds, "because": because}


def advisories(folder: Path) -> Iterator[dict[str, Any]]:
    """Records in a folder, from single files and from archives; none where there is no folder.

    Raises
    ------
    ValueError
        If a file is no record.
    """
    for path in sorted([*folder.glob("*.json"), *folder.glob("*.zip")]):
        try:
            if path.suffix == ".json":
                yield _record(path.read_bytes())
                continue
            with zipfile.ZipFile(path) as archive:
                for name in sorted(archive.namelist()):
                    if name.endswith(".json"):
                        yield _record(archive.read(name))
        except (ValueError, zipfile.BadZipFile) as fault:
            raise ValueError(f"{path} holds no list of known flaws: {fault}") from None


def known_flaws(versions: Mapping[str, str], records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Flaws of these versions; records that name each other as the same flaw are told once.

    Parameters
    ----------
    versions : mapping of str to str
        By name of the package.
    records : list of dict

    Returns
    -------
    list of dict
        ``package``, ``version``, ``id``, and ``mended_in``: the next versions without it; by package and id.
    """
    by_name = {_normalised(name): (name, version) for name, version in versions.items()}
    found: dict[str, dict[str, Any]] = {}
    same: set[tuple[str, str]] = set()
    for record in sorted(records, key=lambda record: str(record["id"])):
        if record.get("withdrawn"):
            continue
        names = {record["id"], *record.get("aliases", [])}
        for affected in record.get("affected", []):
            package = affected.get("package", {})
            key = _normalised(package.get("name", ""))
            if package.get("ecosystem") != "PyPI" or key not in by_name:
                continue
            name, version = by_name[key]
            if not is_affected(version, affected):
                continue
            is_known = bool(same & {(key, alias) for alias in names})
            same |= {(key, alias) for alias in names}
            if is_known:
                continue
            found[f"{name} {record['id']}"] = {
                "package": name,
                "version": version,
                "id": record["id"],
                "mended_in": _later(version, affected),
            }
    return [found[key] for key in sorted(found)]


def is_affected(version: str, affected: Mapping[str, Any]) -> bool:
    """Whether a version is among those listed, or in a range between introduction and mending.

    This is the algorithm of the schema: events in the order of their versions, each of which opens or closes the range,
    and nothing from the last limit on, where there are limits.
    """
    if version in affected.get("versions", []):
        return True
    own = Version(version)
    for span in affected.get("ranges", []):
        if span.get("type") not in ("ECOSYSTEM", "SEMVER"):
            continue
        within = False
        events = [(kind, text) for event in span.get("events", []) for kind, text in event.items()]
        limits = [text for kind, text in events if kind == "limit"]
        if limits and not any(text == "*" or own < _version(text) for text in limits):
            continue
        for kind, text in sorted(events, key=lambda event: _version(event[1])):
            if kind == "introduced" and own >= _version(text):
                within = True
            elif (kind == "fixed" and own >= _version(text)) or (kind == "last_affected" and own > _version(text)):
                within = False
        if within:
            return True
    return False


def _later(version: str, affected: Mapping[str, Any]) -> list[str]:
    """Versions later than this one in which it is mended."""
    fixed = {event["fixed"] for span in affected.get("ranges", []) for event in span["events"] if "fixed" in event}
    return sorted((text for text in fixed if _version(text) > Version(version)), key=_version)[:1]


def _version(text: str) -> Version:
    """A version; "0", and one that Python packages cannot have, such as a commit, come before all."""
    if text == "0":
        return Version("0.dev0")
    try:
        return Version(text)
    except InvalidVersion:
        return Version("0.dev0")


def _record(content: bytes) -> dict[str, Any]:
    record = json.loads(content)
    if not isinstance(record, dict) or "id" not in record:
        raise ValueError("a record without an id")
    return record


def _normalised(name: str) -> str:
    """As PEP 503 compares names of packages."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
