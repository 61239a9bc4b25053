"""The text that each fix leaves, and the cases in which it keeps its hands off."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest
import yaml

from fatesline.catalog import Catalog, load
from fatesline.checking.mending import mended


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(packages=False)


@pytest.fixture
def fixed(project: Callable[..., Path], catalog: Catalog) -> Callable[..., str]:
    """The code after all fixes of a rule."""

    def fix(code: str, rule: str, name: str = "a.py", **options: object) -> str:
        folder = project({name: dedent(code)})
        done = mended(folder, catalog, unsafe=True, rules=frozenset({rule}), **options)  # type: ignore[arg-type]
        return done.changes[name][1].decode() if name in done.changes else dedent(code)

    return fix


_SPLIT = """\
import pandas as pd
from sklearn.model_selection import cross_val_score, train_test_split
from sklearn.preprocessing import StandardScaler

table = pd.read_csv("people.csv")
y = table.pop("granted")
{}"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "X = StandardScaler().fit_transform(table)  # same units\n"
            "X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)\n",
            "X_train, X_test, y_train, y_test = train_test_split(table, y, random_state=0)\n"
            "standard_scaler = StandardScaler()  # same units\n"
            "X_train = standard_scaler.fit_transform(X_train)\n"
            "X_test = standard_scaler.transform(X_test)\n",
        ),
        (
            "scaler = StandardScaler()\nX = scaler.fit_transform(table[['age']])\n# the split\n"
            "a, b = train_test_split(X, random_state=0)\n",
            "scaler = StandardScaler()\n# the split\na, b = train_test_split(table[['age']], random_state=0)\n"
            "a = scaler.fit_transform(a)\nb = scaler.transform(b)\n",
        ),
        (
            "X = StandardScaler().fit_transform(table)\nscores = cross_val_score(model, X, y, cv=5)\n",
            "scores = cross_val_score(make_pipeline(StandardScaler(), model), table, y, cv=5)\n",
        ),
        (
            "scaler = StandardScaler()\ny = scaler.fit_transform(table[['age']])\n"
            "a, b = train_test_split(y, random_state=0, stratify=y)\n",
            "scaler = StandardScaler()\n"
            "a, b = train_test_split(table[['age']], random_state=0, stratify=table[['age']])\n"
            "a = scaler.fit_transform(a)\nb = scaler.transform(b)\n",
        ),
        (
            "scaler = StandardScaler()\nX = scaler.fit_transform(table)\nX = pd.DataFrame(X, columns=table.columns)\n"
            "a, b, c, d = train_test_split(\n    X, y, random_state=0, stratify=y\n)\n",
            "scaler = StandardScaler()\n"
            "a, b, c, d = train_test_split(\n    table, y, random_state=0, stratify=y\n)\n"
            "a = pd.DataFrame(scaler.fit_transform(a), columns=a.columns, index=a.index)\n"
            "b = pd.DataFrame(scaler.transform(b), columns=b.columns, index=b.index)\n",
        ),
    ],
    ids=["made where it is used", "with a name", "cross-validated", "by proportions", "made a table"],
)
def test_learning_moves_behind_the_split(fixed: Callable[..., str], before: str, after: str) -> None:
    found = fixed(_SPLIT.format(before), "W002")

    assert found.replace("from sklearn.pipeline import make_pipeline\n", "") == _SPLIT.format(after)


@pytest.mark.parametrize(
    "code",
    [
        "X = StandardScaler().fit_transform(table)\nprint(X.mean())\na, b = train_test_split(X)\n",
        "X = StandardScaler().fit_transform(table)\na, b = train_test_split(X)\nmodel.predict(X)\n",
        "X = StandardScaler().fit_transform(table)\ntable = table.dropna()\na, b = train_test_split(X)\n",
        "X = StandardScaler().fit_transform(table)\nparts = train_test_split(X)\n",
        "X = StandardScaler().fit_transform(table); a, b = train_test_split(X)\n",
        "X = StandardScaler().fit_transform(table)\nX = pd.DataFrame(X)\na, b = train_test_split(X)\n",
    ],
    ids=["read between", "read afterwards", "rows changed", "parts without names", "one line", "no index"],
)
def test_learning_stays_where_moving_it_would_change_more(fixed: Callable[..., str], code: str) -> None:
    assert fixed(_SPLIT.format(code), "W002") == _SPLIT.format(code)


def test_a_name_that_is_taken_is_not_taken_again(fixed: Callable[..., str]) -> None:
    code = "standard_scaler = 1\nX = StandardScaler().fit_transform(table)\na, b = train_test_split(X)\n"

    assert "standard_scaler_2.fit_transform(a)" in fixed(_SPLIT.format(code), "W002")


def test_the_plain_pipeline_stays_for_those_who_import_more_with_it(fixed: Callable[..., str]) -> None:
    code = """\
        from imblearn.over_sampling import SMOTE
        from sklearn.pipeline import (
            FeatureUnion,
            make_pipeline,
        )

        model = make_pipeline(SMOTE(), clf)
        """

    assert fixed(code, "W001") == dedent(code).replace(
        "    make_pipeline,\n)\n", ")\nfrom imblearn.pipeline import make_pipeline\n"
    )


def test_a_pipeline_within_a_pipeline_is_left_to_people(fixed: Callable[..., str]) -> None:
    code = """\
        from imblearn.over_sampling import SMOTE
        from sklearn.pipeline import make_pipeline

        model = make_pipeline(make_pipeline(a, b), SMOTE(), clf)
        """

    assert fixed(code, "W001") == dedent(code)


def test_pipelines_of_columns_stay_within_a_step(fixed: Callable[..., str]) -> None:
    code = """\
        from imblearn.over_sampling import SMOTE
        from sklearn.compose import make_column_transformer
        from sklearn.pipeline import make_pipeline

        columns = make_column_transformer((make_pipeline(a, b), ["age"]))
        model = make_pipeline(columns, SMOTE(random_state=0), clf)
        """

    assert fixed(code, "W001") == dedent(code).replace("sklearn.pipeline", "imblearn.pipeline")


def test_a_pipeline_that_holds_pipelines_keeps_its_import(fixed: Callable[..., str]) -> None:
    code = """\
        from imblearn.over_sampling import SMOTE
        from sklearn.pipeline import make_pipeline

        scaled = make_pipeline(a, b)
        plain = make_pipeline(scaled, clf)
        model = make_pipeline(SMOTE(random_state=0), clf)
        """

    assert fixed(code, "W001") == dedent(code).replace(
        "import make_pipeline\n", "import make_pipeline\nimport imblearn.pipeline\n"
    ).replace("model = make", "model = imblearn.pipeline.make")


@pytest.mark.parametrize(
    "code",
    [
        "if late:\n    s.fit(X_train)\nX_test = s.fit_transform(X_test)\n",
        "s.fit(X_train)\ny_train = s.fit_transform(y_train)\nX_test = s.fit_transform(X_test)\n",
    ],
    ids=["maybe not fitted", "fitted on other columns last"],
)
def test_test_rows_are_transformed_only_by_what_was_fitted_for_them(fixed: Callable[..., str], code: str) -> None:
    code = (
        "from sklearn.model_selection import train_test_split\nfrom sklearn.preprocessing import StandardScaler\n\n"
        f"X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)\ns = StandardScaler()\n{code}"
    )

    assert fixed(code, "W006") == code


def test_a_repair_that_cannot_transform_is_left_to_people(fixed: Callable[..., str]) -> None:
    code = """\
        from aif360.algorithms.preprocessing import DisparateImpactRemover
        from aif360.datasets import AdultDataset

        train, test = AdultDataset().split([0.7])
        remover = DisparateImpactRemover()
        train = remover.fit_transform(train)
        test = remover.fit_transform(test)
        """

    assert fixed(code, "W009") == dedent(code)


def test_every_draw_of_a_file_gets_its_seed(fixed: Callable[..., str]) -> None:
    code = "from sklearn.utils import resample\n\n" + "".join(f"a{n} = resample(x)\n" for n in range(30))

    assert fixed(code, "H001") == code.replace("(x)", "(x, random_state=0)")


def test_arguments_by_name_get_the_names_of_skops(fixed: Callable[..., str]) -> None:
    code = "import joblib\n\njoblib.dump(value=m, filename='m')\nm = joblib.load(filename='m')\n"

    assert fixed(fixed(code, "H003"), "H002") == (
        "import skops.io\n\nskops.io.dump(obj=m, file='m')\nm = skops.io.load(file='m', trusted=[])\n"
    )


def test_seeds_are_the_constant_of_the_module_where_it_has_one(fixed: Callable[..., str]) -> None:
    code = """\
        from sklearn.ensemble import RandomForestClassifier

        SEED = 13
        model = RandomForestClassifier(
            n_estimators=50,
            max_depth=3,  # shallow
        )
        """

    assert fixed(code, "H001") == dedent(code).replace(
        "max_depth=3,  # shallow", "max_depth=3,\n    random_state=SEED,  # shallow"
    )


def test_draws_of_torch_follow_its_own_seed(fixed: Callable[..., str]) -> None:
    code = "from torch.utils.data import DataLoader\n\nloader = DataLoader(rows, shuffle=True)\n"

    assert fixed(code, "H001") == code.replace(
        "import DataLoader\n", "import DataLoader\nimport torch\n\ntorch.manual_seed(0)\n"
    )


def test_parentheses_around_an_argument_stay_around_it(fixed: Callable[..., str]) -> None:
    code = "from sklearn.utils import resample\n\nrows = resample((1, 2), n_samples=(\n    3  # ) few\n))\n"

    assert fixed(code, "H001") == code.replace("few\n))", "few\n), random_state=0)")


def test_weights_go_to_the_training_on_the_same_labels(fixed: Callable[..., str]) -> None:
    code = """\
        from sklearn.linear_model import LogisticRegression
        from sklearn.neighbors import KNeighborsClassifier
        from sklearn.utils.class_weight import compute_sample_weight

        weights = compute_sample_weight("balanced", y_train)
        first = LogisticRegression().fit(X_train, y_train)
        second = KNeighborsClassifier().fit(X_train, y_train)
        third = LogisticRegression().fit(X_all, y_all)
        """

    assert fixed(code, "W005") == dedent(code).replace(
        "first = LogisticRegression().fit(X_train, y_train)",
        "first = LogisticRegression().fit(X_train, y_train, sample_weight=weights)",
    )


def test_an_estimator_that_takes_no_weights_gets_none(fixed: Callable[..., str]) -> None:
    code = """\
        from sklearn.neighbors import KNeighborsClassifier
        from sklearn.utils.class_weight import compute_sample_weight

        weights = compute_sample_weight("balanced", y)
        model = KNeighborsClassifier().fit(X, y)
        """

    assert fixed(code, "W005") == dedent(code)


def test_an_import_that_others_use_stays(fixed: Callable[..., str]) -> None:
    code = "import joblib\n\njoblib.dump(m, 'm', 3)\njoblib.Parallel(2)\n"

    assert fixed(code, "H003") == "import joblib\nimport skops.io\n\nskops.io.dump(m, 'm')\njoblib.Parallel(2)\n"


def test_arguments_that_skops_does_not_know_are_left_to_people(fixed: Callable[..., str]) -> None:
    code = "import pickle\n\nmodel = pickle.load(*sources)\n"

    assert fixed(code, "H002") == code


def test_a_secret_is_read_from_the_environment(fixed: Callable[..., str]) -> None:
    code = 'from os import environ\n\nconnect(user="app", apiToken="q7Vt92xLmZ81")\n'

    assert fixed(code, "H005") == 'from os import environ\n\nconnect(user="app", apiToken=environ["API_TOKEN"])\n'


_EVALUATION = """\
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import train_test_split

X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = LogisticRegression().fit(X_train, y_train)
print(f1_score(y_test, model.predict(X_test)))
"""


def test_groups_are_compared_behind_an_evaluation(project: Callable[..., Path], catalog: Catalog) -> None:
    folder = project({"a.py": _EVALUATION})

    done = mended(folder, catalog, unsafe=True, protected=("sex",), wished=("group_metrics",))

    assert "group_metrics" in done.after.configuration
    assert (
        done.changes["a.py"][1]
        .decode()
        .endswith(
            """\
by_group = MetricFrame(
    metrics={"accuracy": accuracy_score, "selection rate": selection_rate},
    y_true=y_test,
    y_pred=model.predict(X_test),
    sensitive_features=X_test["sex"],
)
print(by_group.by_group)
"""
        )
    )


def test_no_protected_column_is_guessed(project: Callable[..., Path], catalog: Catalog) -> None:
    folder = project({"a.py": _EVALUATION.replace("(X, y,", "(table[['sex', 'age']], y,")})

    done = mended(folder, catalog, unsafe=True, wished=("group_metrics",))

    assert "sex" not in "".join(edit.text for fix in done.fixes for edits in fix.edits.values() for edit in edits)
    assert "group_metrics" not in done.after.configuration


_WORKFLOW = """\
# trains every night
on:
  push:   # and then
jobs:
  train:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683
      - name: Train
        run: |
          python prepare.py

          python train.py

      # then
      - run: echo done
"""


def test_a_workflow_is_told_what_it_may_do(fixed: Callable[..., str]) -> None:
    found = fixed(_WORKFLOW, "H012", ".github/workflows/train.yml")

    assert found == _WORKFLOW.replace("jobs:", "permissions:\n  contents: read\n\njobs:")


def test_permissions_that_a_push_needs_are_for_people_to_say(project: Callable[..., Path], catalog: Catalog) -> None:
    folder = project({".github/workflows/a.yml": _WORKFLOW.replace("echo done", "git push")})

    done = mended(folder, catalog)

    assert [fix.rule for fix in done.left] == ["H012"]
    assert "H012" not in {fix.rule for fix in done.fixes}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_gate_follows_the_training(project: Callable[..., Path], catalog: Catalog, end: str) -> None:
    name = ".github/workflows/train.yml"
    folder = project({name: ""})
    (folder / name).write_bytes(_WORKFLOW.replace("\n", end).encode())

    done = mended(folder, catalog, unsafe=True, rules=frozenset({"H011"}), protected=("sex",))

    written = done.changes[name][1].decode()
    steps = yaml.safe_load(written)["jobs"]["train"]["steps"]
    assert [step.get("name") for step in steps] == [None, "Train", "Fairness gate", None]
    assert steps[2]["run"] == "python fairness_gate.py predictions.csv --protected sex"
    assert written.count("\r\n") == (written.count("\n") if end == "\r\n" else 0)
    assert not [finding for finding in done.after.findings if finding.id == "H011"]


def test_the_gate_stops_where_groups_differ(project: Callable[..., Path], catalog: Catalog) -> None:
    import subprocess
    import sys

    folder = project({".github/workflows/train.yml": _WORKFLOW})
    done = mended(folder, catalog, unsafe=True, rules=frozenset({"H011"}), protected=("sex",))
    (folder / "fairness_gate.py").write_bytes(done.changes["fairness_gate.py"][1])

    def exit_code(selected: dict[str, int]) -> int:
        rows = [f"1,{int(n < count)},{group}" for group, count in selected.items() for n in range(100)]
        (folder / "predictions.csv").write_text("actual,predicted,sex\n" + "\n".join(rows) + "\n")
        command = [sys.executable, "fairness_gate.py", "predictions.csv", "--protected", "sex"]
        return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode

    assert exit_code({"f": 40, "m": 50}) == 0
    assert exit_code({"f": 39, "m": 50}) == 1
    assert exit_code({"f": 50}) == 2


def test_a_notebook_keeps_every_other_byte(project: Callable[..., Path], catalog: Catalog) -> None:
    cell = {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [{"text": "é"}]}
    cells = [
        {**cell, "source": ["from sklearn.utils import resample\n", "\n", "a = resample(x)  # é\n", "b = 1"]},
        {**cell, "source": "c = resample(x)"},
    ]
    text = json.dumps({"nbformat": 4, "cells": cells, "metadata": {"é": 1.0}}, indent=3, ensure_ascii=False) + "\n"
    folder = project({"n.ipynb": text})

    done = mended(folder, catalog)

    assert done.changes["n.ipynb"][1].decode() == text.replace("resample(x)", "resample(x, random_state=0)")


def test_a_missing_component_waits_beside_the_code_and_is_still_missing(
    project: Callable[..., Path], catalog: Catalog
) -> None:
    folder = project({"src/train.py": _EVALUATION})

    done = mended(folder, catalog, unsafe=True, rules=frozenset({"Q002"}), wished=("reweighing",))
    for name, (_, new) in done.changes.items():
        (folder / name).write_bytes(new)

    written = (folder / "src/train.py").read_text()
    assert "import reweighing\n" in written
    mark = "# fates: call reweighing.reweigh(...) here: Reweighing\n"
    assert mark + "model = LogisticRegression().fit(X_train, y_train)" in written
    component = catalog.module("reweighing", "sklearn")
    assert component is not None
    assert (folder / "src/reweighing.py").read_bytes() == component.read_bytes()
    assert "reweighing" not in done.after.configuration
    assert [fix.is_complete for fix in done.fixes] == [False]
    assert not mended(folder, catalog, unsafe=True, rules=frozenset({"Q002"}), wished=("reweighing",)).changes
