from __future__ import annotations

import json
from importlib import metadata

import pytest
from sklearn.dummy import DummyClassifier
from sklearn.pipeline import Pipeline

PACKAGES = {"pandas": metadata.version("pandas"), "scikit-learn": metadata.version("scikit-learn")}
PROJECT = {"name": "loans", "title": "Loans", "purpose": "Who gets one.", "outcomes": ["no", "yes"]}
EVIDENCE = {
    "performance": {
        "after": {"accuracy": 0.75, "roc_auc": None, "intervals": {"accuracy": [0.7, 0.8]}, "rows": 40},
    },
    "version_rule": {"measured": {"version": "1.4.2"}},
}


class Wrapped:
    def __init__(self, model):
        self.model = model

    def predict(self, X):
        return self.model.predict(X)


def _run(sha256="a" * 64, versions=PACKAGES):
    return {
        "finished": "2026-01-01T00:00:00+00:00",
        "data": {"file": 'loans "2025" €.csv', "sha256": "d" * 64, "rows": 50},
        "model": {"file": "model.skops", "sha256": sha256},
        "versions": versions,
    }


@pytest.fixture
def model():
    return Wrapped(Pipeline([("columns", "passthrough"), ("estimator", DummyClassifier())]))


def _write(component, model, folder, **changed):
    found = component.write(_run(**changed), EVIDENCE, PROJECT, ["age", 'the "job"'], "granted", model, folder)
    return found, json.loads((folder / "bill_of_materials.cdx.json").read_text(encoding="utf-8"))


def test_the_bill_is_valid_by_the_schema_of_the_standard(component, model, tmp_path):
    pytest.importorskip("jsonschema")
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    found, bill = _write(component, model, tmp_path)

    validator = JsonStrictValidator(SchemaVersion.V1_6)
    assert validator.validate_str(json.dumps(bill)) is None
    assert found["measured"]["schema"] == "CycloneDX 1.6"
    assert found["holds"] is True
    bill["metadata"]["component"]["modelCard"]["modelParameters"]["approach"] = {"type": "guessed"}
    assert validator.validate_str(json.dumps(bill)) is not None


def test_model_and_data_stand_there_with_their_hashes(component, model, tmp_path):
    _, bill = _write(component, model, tmp_path)

    made = bill["metadata"]["component"]
    [data] = [one for one in bill["components"] if one["type"] == "data"]
    assert made["hashes"] == [{"alg": "SHA-256", "content": "a" * 64}]
    assert made["version"] == "1.4.2"
    assert data["hashes"] == [{"alg": "SHA-256", "content": "d" * 64}]
    assert data["name"] == 'loans "2025" €.csv'


def test_the_model_card_has_the_figures_and_the_estimator_inside_the_wrappers(component, model, tmp_path):
    _, bill = _write(component, model, tmp_path)

    card = bill["metadata"]["component"]["modelCard"]
    assert card["modelParameters"]["modelArchitecture"] == "DummyClassifier"
    assert card["modelParameters"]["task"] == "classification"
    assert [one["format"] for one in card["modelParameters"]["inputs"]] == ["column age", 'column the "job"']
    [metric] = card["quantitativeAnalysis"]["performanceMetrics"]
    assert (metric["type"], float(metric["value"])) == ("accuracy", 0.75)
    assert {name: float(end) for name, end in metric["confidenceInterval"].items()} == {
        "lowerBound": 0.7,
        "upperBound": 0.8,
    }


def test_what_the_named_packages_need_is_there_and_what_their_extras_need_is_not(component, model, tmp_path):
    found, bill = _write(component, model, tmp_path)

    libraries = {one["name"]: one for one in bill["components"] if one["type"] == "library"}
    assert {"pandas", "scikit-learn", "numpy", "python-dateutil", "joblib", "scipy"} <= set(libraries)
    # Both name pytest, each under an extra.
    assert "pytest" not in libraries
    assert all(one["version"] == metadata.version(name) for name, one in libraries.items())
    assert libraries["numpy"]["purl"] == f"pkg:pypi/numpy@{metadata.version('numpy')}"
    assert found["measured"]["packages"] == len(libraries)
    assert {name for name, one in libraries.items() if "licenses" not in one} == set(
        found["measured"]["without_licence"]
    )


def test_every_dependency_leads_back_to_the_model(component, model, tmp_path):
    _, bill = _write(component, model, tmp_path)

    needs = {one["ref"]: set(one.get("dependsOn", [])) for one in bill["dependencies"]}
    reached, waiting = set(), {"model"}
    while waiting:
        reached |= waiting
        waiting = set().union(*(needs[ref] for ref in waiting)) - reached
    assert reached == {"model"} | {one["bom-ref"] for one in bill["components"]}


def test_the_same_run_gives_the_same_bill_and_another_model_another(component, model, tmp_path):
    first, bill = _write(component, model, tmp_path)
    again, _ = _write(component, model, tmp_path)
    other, other_bill = _write(component, model, tmp_path, sha256="b" * 64)

    assert again == first
    assert other["measured"]["sha256"] != first["measured"]["sha256"]
    assert other_bill["serialNumber"] != bill["serialNumber"]


def test_a_package_that_is_not_installed_is_no_part_of_the_model(component, model, tmp_path):
    with pytest.raises(metadata.PackageNotFoundError):
        _write(component, model, tmp_path, versions={"no-such-package-at-all": "1.0"})


def test_the_licence_is_what_the_package_states_and_never_its_whole_text(component):
    from email.message import Message

    def stated(**fields):
        about = Message()
        for name, value in fields.items():
            about[name.replace("_", "-")] = value
        return component._licence(about)

    bsd = "License :: OSI Approved :: BSD License"
    assert stated(License_Expression="BSD-3-Clause AND MIT", License="BSD") == "BSD-3-Clause AND MIT"
    assert stated(License="MIT") == "MIT"
    assert stated(License="Redistribution and use " * 9, Classifier=bsd) == "BSD License"
    assert stated(Name="loans") == ""
