"""What the model is made of: the model file, its data and every package, as a CycloneDX 1.6 bill of materials.

CycloneDX is ECMA-424. The library writes components, hashes, licences and who needs whom; it has no classes for the
model card and the data part of the standard, so these are added to what it writes.
"""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from cyclonedx.exception import MissingOptionalDependencyException
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense, LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

#: Bills with the same contents have the same serial number, below this one.
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://cyclonedx.org/docs/1.6/json/")

MODEL, DATA = "model", "training-data"


def write(
    run: Mapping[str, Any],
    evidence: Mapping[str, Any],
    project: Mapping[str, Any],
    inputs: Sequence[str],
    target: str,
    model: Any,
    records_folder: Path,
) -> dict[str, Any]:
    """Write the bill of materials of a run, and read it back.

    Parameters
    ----------
    run : mapping
        ``finished``, ``data`` and ``model`` with file and hash, ``versions`` of the packages named by the project.
    evidence : mapping
        Figures of ``performance``, and the number of ``version_rule`` where there is one.
    project : mapping
        Title, purpose and outcomes.
    inputs : sequence of str
        Columns that the model is given.
    target : str
        The column it predicts.
    model : estimator
    records_folder : Path
        Gets ``bill_of_materials.cdx.json``.

    Returns
    -------
    dict
        Evidence; it holds when the bill, read back, names the hash of the model and every package. ``schema`` is the
        version it was validated against, None where the package ``jsonschema`` is not installed.
    """
    packages = needed(run["versions"])
    bill = _bill(run, evidence, project, packages)
    text = json.loads(JsonV1Dot6(bill).output_as_string())
    text["metadata"]["component"]["modelCard"] = _card(evidence, project, inputs, target, model)
    for component in text["components"]:
        if component["bom-ref"] == DATA:
            component["data"] = [{"type": "dataset", "name": run["data"]["file"], "classification": "training"}]
    written = json.dumps(text, indent=2, ensure_ascii=False) + "\n"
    records_folder.mkdir(parents=True, exist_ok=True)
    path = records_folder / "bill_of_materials.cdx.json"
    path.write_text(written, encoding="utf-8")

    faults, schema = _compared(path, run, packages), None
    try:
        wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(path.read_text(encoding="utf-8"))
        schema = "CycloneDX 1.6"
        if wrong is not None:
            faults.append(f"it is no valid {schema}: {wrong.data.message}")
    except MissingOptionalDependencyException:
        pass
    without = sorted(name for name, package in packages.items() if not package["licence"])
    because = (
        f"{path.name} names the model by its hash, its data and {len(packages)} packages, "
        f"{len(without)} of them without a stated licence"
    )
    return {
        "measured": {
            "record": path.name,
            "sha256": hashlib.sha256(written.encode()).hexdigest(),
            "model": run["model"]["sha256"],
            "packages": len(packages),
            "without_licence": without,
            "schema": schema,
        },
        "holds": not faults,
        "because": "; ".join(faults) if faults else because,
    }


def needed(named: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Installed packages that these need, themselves included, by name; with version, licence and what each needs.

    Parameters
    ----------
    named : mapping of str to str
        Packages and their versions.
    """
    found: dict[str, dict[str, Any]] = {}
    waiting = [canonicalize_name(name) for name in named]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        package = metadata.distribution(name)
        wanted = [Requirement(line) for line in package.requires or ()]
        # A package named under an extra is not needed unless somebody asked for the extra.
        plain = {
            canonicalize_name(one.name) for one in wanted if one.marker is None or one.marker.evaluate({"extra": ""})
        }
        needs = sorted(other for other in plain if _is_installed(other))
        found[name] = {"version": package.version, "licence": _licence(package.metadata), "needs": needs}
        waiting += needs
    return dict(sorted(found.items()))


def _is_installed(name: str) -> bool:
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _licence(about: Any) -> str:
    """The licence as the package states it: an expression, or a name; empty where it states none."""
    if about.get("License-Expression"):
        return str(about["License-Expression"])
    names = [line.split(" :: ")[-1] for line in about.get_all("Classifier") or () if line.startswith("License ::")]
    stated = str(about.get("License") or "").strip()
    # Some packages put the whole text there.
    return stated if stated and len(stated) <= 80 and "\n" not in stated else " or ".join(names)


def _bill(
    run: Mapping[str, Any],
    evidence: Mapping[str, Any],
    project: Mapping[str, Any],
    packages: Mapping[str, Mapping[str, Any]],
) -> Bom:
    version = evidence.get("version_rule", {}).get("measured", {}).get("version")
    made = Component(
        name=project["name"],
        type=ComponentType.MACHINE_LEARNING_MODEL,
        bom_ref=MODEL,
        version=version,
        description=project["title"],
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=run["model"]["sha256"])],
    )
    data = Component(
        name=run["data"]["file"],
        type=ComponentType.DATA,
        bom_ref=DATA,
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=run["data"]["sha256"])],
    )
    libraries = {name: _library(name, package) for name, package in packages.items()}
    bill = Bom(
        serial_number=uuid.uuid5(NAMESPACE, f"{run['model']['sha256']} {run['data']['sha256']} {run['finished']}"),
        components=[data, *libraries.values()],
    )
    bill.metadata.component = made
    bill.metadata.timestamp = datetime.fromisoformat(run["finished"])
    named = [libraries[canonicalize_name(name)] for name in run["versions"]]
    bill.register_dependency(made, [data, *named])
    for name, package in packages.items():
        bill.register_dependency(libraries[name], [libraries[other] for other in package["needs"]])
    return bill


def _library(name: str, package: Mapping[str, Any]) -> Component:
    purl = PackageURL(type="pypi", name=name, version=package["version"])
    stated = package["licence"]
    is_expression = re.fullmatch(r"[A-Za-z0-9.+-]+( (AND|OR|WITH) [A-Za-z0-9.+-]+)+", stated) is not None
    licence = LicenseExpression(stated) if is_expression else DisjunctiveLicense(name=stated) if stated else None
    return Component(
        name=name,
        type=ComponentType.LIBRARY,
        bom_ref=purl.to_string(),
        purl=purl,
        version=package["version"],
        licenses=[licence] if licence else None,
    )


def _card(
    evidence: Mapping[str, Any], project: Mapping[str, Any], inputs: Sequence[str], target: str, model: Any
) -> dict[str, Any]:
    """The model card of the standard: what the model takes, gives, and how good it is."""
    figures = evidence["performance"]["after"]
    measured = []
    for name, value in figures.items():
        if name in ("intervals", "rows") or value is None:
            continue
        metric: dict[str, Any] = {"type": name, "value": f"{value:.6f}", "slice": f"{figures['rows']} test rows"}
        if name in figures["intervals"]:
            low, high = figures["intervals"][name]
            metric["confidenceInterval"] = {"lowerBound": f"{low:.6f}", "upperBound": f"{high:.6f}"}
        measured.append(metric)
    return {
        "modelParameters": {
            "approach": {"type": "supervised"},
            "task": "classification" if project["outcomes"] else "regression",
            "modelArchitecture": type(_estimator(model)).__name__,
            "datasets": [{"ref": DATA}],
            "inputs": [{"format": f"column {name}"} for name in inputs],
            "outputs": [{"format": f"column {target}"}],
        },
        "quantitativeAnalysis": {"performanceMetrics": measured},
        "considerations": {"useCases": [project["purpose"]] if project["purpose"] else []},
    }


def _estimator(model: Any) -> Any:
    """The estimator within a pipeline and whatever wraps it."""
    steps = getattr(model, "named_steps", {})
    if "estimator" in steps:
        return _estimator(steps["estimator"])
    inside = [value for value in vars(model).values() if hasattr(value, "named_steps") or _wraps(value)]
    return _estimator(inside[0]) if inside else model


def _wraps(value: Any) -> bool:
    return hasattr(value, "predict") and any(hasattr(one, "named_steps") for one in vars(value).values())


def _compared(path: Path, run: Mapping[str, Any], packages: Mapping[str, Any]) -> list[str]:
    """What the bill on disk lacks."""
    read = json.loads(path.read_text(encoding="utf-8"))
    hashes = [entry["content"] for entry in read["metadata"]["component"]["hashes"]]
    named = {component["name"]: component.get("version") for component in read["components"]}
    faults = [] if hashes == [run["model"]["sha256"]] else ["the hash of the model is not in the bill"]
    lacking = [name for name, package in packages.items() if named.get(name) != package["version"]]
    return faults + [f"package {name} is not in the bill" for name in lacking]
