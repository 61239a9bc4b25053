"""Files that are not Python: what stands in them is named like a call, and code within them is read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from fatesline.checking import inventory
from fatesline.checking.facts import Fact
from fatesline.checking.readers import shell
from fatesline.checking.readers.yaml_nodes import documents

_LOAD = "import joblib\n\nmodel = joblib.load('m')\n"


def _facts(folder: Path) -> dict[str, Fact]:
    return {fact.name: fact for fact in inventory(folder).facts if fact.role != "file"}


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("dvc pull && python train.py --epochs 3", [("dvc", "pull"), ("python", "train.py", "--epochs", "3")]),
        ("python3 -m pytest -q", [("pytest", "-q")]),
        ("poetry run python -m unittest", [("unittest",)]),
        ("sudo env A=1 /usr/bin/dvc push", [("dvc", "push")]),
        ("# dvc pull\necho 'dvc pull; dvc push'", [("echo", "dvc pull; dvc push")]),
        ("pip install \\\n  pandas", [("pip", "install", "pandas")]),
        ("python - <<EOF\ndvc pull\nEOF\nmake", [("python", "-"), ("make",)]),
        ("echo 'never closed", [("echo", "'never", "closed")]),
        ("echo $(gto show a)", [("gto", "show", "a"), ("echo", "$(gto", "show", "a)")]),
    ],
)
def test_a_script_is_its_commands(script: str, expected: list[tuple[str, ...]]) -> None:
    found = [tuple(word for word in command.words if word != "<<EOF") for command in shell.commands(script)]

    assert found == expected


def test_a_command_whose_failure_is_swallowed_cannot_fail() -> None:
    assert [one.may_fail for one in shell.commands("pytest || true\npytest")] == [False, False, True]


def test_a_command_within_another_does_not_stop_it() -> None:
    assert [one.may_fail for one in shell.commands("echo `pytest`")] == [False, True]


@pytest.mark.parametrize("text", ["a: &a [*a]", "a: &x {b: *x}", "a: *unknown", "- &a 1\n- *a\n"])
def test_aliases_close_no_circle(text: str) -> None:
    assert len(documents(text)) == 1


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "\n".join(f"a{n}: &a{n} [{', '.join(f'*a{n - 1}' for _ in range(9))}]" for n in range(1, 12))],
)
def test_what_would_grow_without_end_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"nested too deeply|too large"):
        documents(text.replace("*a0", "x"))


def test_code_in_a_compiled_pipeline_is_read(project: Callable[..., Path]) -> None:
    program = f'"$program_path" "$@"\n\n{_LOAD}'
    compiled = {
        "deploymentSpec": {
            "executors": {
                "exec-train": {
                    "container": {"command": ["sh", "-ec", program], "image": "python:3.12.11"},
                },
                "exec-test": {
                    "container": {"command": ["python3", "-c", "from sklearn.svm import SVC\n\nSVC(random_state=1)\n"]}
                },
            }
        }
    }

    seen = _facts(project({"pipeline.yaml": json.dumps(compiled)}))

    assert "sklearn.svm.SVC" in seen
    assert "container.pinned" in seen


def test_an_older_pipeline_writes_its_code_to_a_file_first(project: Callable[..., Path]) -> None:
    text = (
        "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nspec:\n  templates:\n  - name: train\n    container:\n"
        "      image: python:3.7\n      command:\n      - sh\n      - -ec\n      - |\n"
        '        program_path=$(mktemp)\n        printf "%s" "$0" > "$program_path"\n'
        '        python3 -u "$program_path" "$@"\n      - |\n'
        "        def train(path):\n            import joblib\n            return joblib.load(path)\n\n"
        "        import argparse\n        train('m')\n"
    )

    seen = _facts(project({"pipeline.yaml": text}))

    assert seen["joblib.load"].place.line == 18


def test_a_component_of_a_notebook_cell_that_runs_a_shell(project: Callable[..., Path]) -> None:
    cells = [
        {"cell_type": "code", "source": "%%bash\ndvc pull\n"},
        {"cell_type": "code", "source": "!dvc push\nx = 1"},
    ]

    seen = _facts(project({"a.ipynb": json.dumps({"cells": cells})}))

    assert [
        (seen[f"command.dvc.{name}"].place.cell, seen[f"command.dvc.{name}"].place.line) for name in ("pull", "push")
    ] == [
        (0, 2),
        (1, 1),
    ]


@pytest.mark.parametrize(
    "install", ["pip install shap==0.49.1", "!pip install -q \\\n  shap==0.49.1", "%pip install shap"]
)
def test_an_install_in_a_cell_is_a_command(project: Callable[..., Path], install: str) -> None:
    cells = [{"cell_type": "code", "source": f"{install}\nimport shap"}]

    found = inventory(project({"a.ipynb": json.dumps({"cells": cells})}))

    assert not found.problems
    assert "requirement.shap" in {fact.name for fact in found.facts}


def test_stages_and_entry_points_run_commands(project: Callable[..., Path]) -> None:
    seen = _facts(
        project(
            {
                "dvc.yaml": "stages:\n  train:\n    cmd: [python train.py, great_expectations checkpoint run x]\n",
                "MLproject": "name: risk\nentry_points:\n  main:\n    command: 'python train.py --alpha {alpha}'\n",
            }
        )
    )

    assert {"dvc.stage", "command.great_expectations.checkpoint", "command.python"} <= set(seen)


def test_steps_of_a_pipeline_definition(project: Callable[..., Path]) -> None:
    definition = {
        "Version": "2020-12-01",
        "Steps": [
            {"Name": "Train", "Type": "Training", "Arguments": {"AlgorithmSpecification": {"TrainingImage": "x"}}},
            {"Name": "Check", "Type": "Condition", "Arguments": {"IfSteps": [{"Name": "R", "Type": "RegisterModel"}]}},
        ],
    }

    seen = _facts(project({"pipeline_definition.json": json.dumps(definition)}))

    assert {"sagemaker.step.Training", "sagemaker.step.Condition", "sagemaker.step.RegisterModel"} <= set(seen)


def test_functions_within_a_composition_are_reached(project: Callable[..., Path]) -> None:
    code = (
        "from langchain_core.runnables import RunnableLambda\nfrom langchain_openai import ChatOpenAI\n"
        "from openai import OpenAI\n\n\n"
        "def _checked(text):\n    OpenAI().moderations.create(input=text)\n    return text\n\n\n"
        "chain = RunnableLambda(_checked) | ChatOpenAI() | _checked\n"
    )

    seen = _facts(project({"chain.py": code}))

    assert seen["openai.OpenAI.moderations.create"].reach == "live"


@pytest.mark.parametrize(
    ("name", "text", "fact"),
    [
        ("README.md", "---\nlibrary_name: sklearn\n---\n# Risk\n", "card.model"),
        ("README.md", "---\ndataset_info: x\n---\n", "card.data"),
        ("docs/risk_card.md", "# Model Card for Risk\n", "card.model"),
        (
            "alerts.yml",
            "groups:\n- name: x\n  rules:\n  - alert: DataDrift\n    expr: x\n",
            "prometheus.alert.DataDrift",
        ),
        ("conf/base/catalog.yml", "cars:\n  type: pandas.CSVDataset\n  versioned: true\n", "kedro.versioned_data_set"),
        ("setup.sh", "#!/bin/sh\ndvc pull\n", "command.dvc.pull"),
        ("requirements/dev.in", "", ""),
    ],
)
def test_other_files_tell_by_what_they_hold(project: Callable[..., Path], name: str, text: str, fact: str) -> None:
    seen = _facts(project({name: text}))

    assert fact in seen if fact else not seen


@pytest.mark.parametrize("name", ["README.md", "notes.md"])
def test_a_page_that_mentions_model_cards_is_none(project: Callable[..., Path], name: str) -> None:
    assert not _facts(project({name: "# Risk\n\nA model card will follow.\n\n## About model cards\n"}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_code_is_read_in_its_encoding(tmp_path: Path, encoding: str) -> None:
    text = f"# coding: {encoding}\nétiquette = 'é'\n{_LOAD}" if encoding == "latin-1" else f"étiquette = 'é'\n{_LOAD}"
    (tmp_path / "a.py").write_bytes(text.encode(encoding))

    assert "joblib.load" in _facts(tmp_path)


@pytest.mark.parametrize("name", [".github/workflows/a.yml", ".gitlab-ci.yml"])
def test_a_workflow_that_cannot_be_read_is_told(project: Callable[..., Path], name: str) -> None:
    found = inventory(project({name: "jobs: [\n  a: b: c\n", "values.yaml": "image: {{ .Values.image }}\n"}))

    assert [(problem.kind, problem.place.file) for problem in found.problems] == [("syntax", name)]


def test_a_cell_may_be_indented_as_a_whole(project: Callable[..., Path]) -> None:
    lines = ["\n", "    import joblib\n", "    if True:\n", "        joblib.load('m')\n"]
    cell = {"cell_type": "code", "source": lines}

    found = inventory(project({"a.ipynb": json.dumps({"cells": [cell], "nbformat": 4})}))

    assert not found.problems
    assert [(fact.place.cell, fact.place.line) for fact in found.facts if fact.name == "joblib.load"] == [(0, 4)]


@pytest.mark.parametrize("name", ["Dockerfile", "Dockerfile gpu", ".gitlab/docker/Dockerfile.tmpl"])
def test_a_dockerfile_by_any_of_its_names(project: Callable[..., Path], name: str) -> None:
    assert "container.pinned" in _facts(project({name: "FROM python:3.11-slim\n"}))
