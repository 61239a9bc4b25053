"""Without a configuration, a check says of every listed kind of component whether the code has it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fatesline.catalog import Catalog, load
from fatesline.checking import Report, check
from fatesline.documents.formats import as_json, as_text

_TRAINING = (
    "from shap import TreeExplainer  # noqa: F401\nfrom faker import Faker\n"
    "from sklearn.model_selection import train_test_split\n\n"
    "X_train, X_test = train_test_split(X, random_state=1)\nname = Faker().name()\n"
)
_CLAIMED = 'import mlflow\n\nmlflow.log_param("bias_mitigation", True)\n'


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(packages=False)


@pytest.fixture
def looked(project: Callable[..., Path], catalog: Catalog) -> Callable[[dict[str, str]], Report]:
    return lambda files: check(project(files), catalog)


def _components(found: Report, catalog: Catalog) -> dict[str, dict[str, Any]]:
    return {one["feature"]: one for one in json.loads(as_json.report(found, catalog, "en"))["components"]}


def test_every_listed_component_is_present_weak_or_not_shown(
    looked: Callable[[dict[str, str]], Report], catalog: Catalog
) -> None:
    found = _components(looked({"train.py": _TRAINING}), catalog)

    assert set(found) == {name for name, entry in catalog.entries.items() if entry.listed}
    assert found["train_test_split"]["result"] == "present"
    assert found["train_test_split"]["places"] == ["train.py:5"]
    assert (found["explainer"]["result"], found["explainer"]["strength"]) == ("weak", "imported")
    assert found["anonymisation"]["result"] == "weak"
    assert found["cross_validation"]["result"] == "not shown"
    assert {name for name, one in found.items() if one["result"] == "present"} == {"train_test_split", "fixed_seeds"}


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "train.py:6  values are made up; nothing shows that they stand for real ones"),
        ("fr", "train.py:6  des valeurs sont inventées ; rien ne montre qu'elles remplacent les vraies"),
    ],
)
def test_a_weak_result_says_what_is_lacking(
    looked: Callable[[dict[str, str]], Report], catalog: Catalog, language: Any, expected: str
) -> None:
    assert expected in as_text.report(looked({"train.py": _TRAINING}), catalog, language)


def test_a_claim_is_no_evidence(looked: Callable[[dict[str, str]], Report], catalog: Catalog) -> None:
    report = looked({"train.py": _CLAIMED})

    found = _components(report, catalog)

    assert [finding.id for finding in report.findings] == ["W010"]
    assert all(one["result"] == "not shown" for name, one in found.items() if name.startswith("mitigation_"))


def test_a_component_elsewhere_in_the_repository_is_not_missing(
    looked: Callable[[dict[str, str]], Report], catalog: Catalog
) -> None:
    files = {
        "pipeline/train.py": "from parts.splits import apart\n\nrows = apart(X)\n",
        "parts/splits.py": "from sklearn.model_selection import train_test_split\n\n\ndef apart(X):\n"
        "    return train_test_split(X, random_state=1)\n",
        ".github/workflows/ci.yml": "on: push\npermissions: {}\njobs:\n  data:\n    runs-on: ubuntu-24.04\n"
        "    steps:\n      - run: dvc pull\n",
    }

    found = _components(looked(files), catalog)

    assert found["train_test_split"]["places"] == ["parts/splits.py:5"]
    assert found["data_versioning"]["places"] == [".github/workflows/ci.yml:7"]


def test_what_a_component_does_within_itself_is_that_component_only(
    looked: Callable[[dict[str, str]], Report],
) -> None:
    audit = (
        "from sklearn.ensemble import HistGradientBoostingClassifier\n\n\n"
        "def measure(X, groups):\n    model = HistGradientBoostingClassifier(random_state=0)\n"
        "    return model.fit(X, groups)\n"
    )
    call = "from {0} import proxy_audit\n\nproxy_audit.measure(X, groups)\n"

    within = looked({"decisions/components/proxy_audit.py": audit, "train.py": call.format("decisions.components")})
    elsewhere = looked({"decisions/parts/proxy_audit.py": audit, "train.py": call.format("decisions.parts")})

    assert "histogram_gradient_boosting" not in within.configuration
    assert "histogram_gradient_boosting" in elsewhere.configuration
