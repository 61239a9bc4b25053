"""A call in code that nothing reaches shows nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Calls = Callable[..., dict]

_GENERATED = {
    "arrests/__init__.py": "",
    "arrests/components/__init__.py": "",
    "arrests/components/reweighing.py": "from aif360.sklearn.preprocessing import Reweighing\n\n\n"
    "def wrap(model):\n    return Reweighed(model)\n\n\n"
    "class Reweighed:\n    def __init__(self, model):\n        self.model = model\n\n"
    "    def fit(self, X, y):\n        weights = _weights(X, y)\n"
    "        return self.model.fit(X, y, sample_weight=weights)\n\n\n"
    "def _weights(X, y):\n    return Reweighing('sex').fit_transform(X, y)[1]\n",
    "arrests/components/seeds.py": "import numpy as np\n\n\ndef start(seed):\n    np.random.seed(seed)\n",
    "arrests/pipeline.py": "from sklearn.svm import SVC\n\nfrom arrests.components import reweighing, seeds\n\n\n"
    "def build():\n    seeds.start(1)\n    model = SVC()\n    model = reweighing.wrap(model)\n    return model\n",
    "arrests/train.py": "from arrests.pipeline import build\n\n\ndef main():\n    build().fit([], [])\n\n\n"
    'if __name__ == "__main__":\n    main()\n',
    "tests/test_reweighing.py": "from arrests.components import reweighing\n\n\n"
    "def test_weights():\n    assert reweighing.wrap(None) is not None\n",
}
_WEIGHTS = "aif360.sklearn.preprocessing.Reweighing"
_CALL = "    model = reweighing.wrap(model)\n"


def test_a_component_that_the_pipeline_calls_is_reached(calls: Calls) -> None:
    found = calls(_GENERATED)

    assert _WEIGHTS in found
    assert "arrests.components.reweighing.wrap" in found
    assert found["numpy.random.seed"].place.file == "arrests/components/seeds.py"


@pytest.mark.parametrize("also", ["", "import", "import and test"])
def test_without_the_call_a_component_is_not_reached_whatever_else_is_left(calls: Calls, also: str) -> None:
    files = dict(_GENERATED)
    files["arrests/pipeline.py"] = files["arrests/pipeline.py"].replace(_CALL, "")
    if also:
        files["arrests/pipeline.py"] = files["arrests/pipeline.py"].replace("reweighing, seeds", "seeds")
    if also == "import and test":
        del files["tests/test_reweighing.py"]

    assert _WEIGHTS not in calls(files)
    assert _WEIGHTS in calls(files, reach="dead")
    assert "numpy.random.seed" in calls(files)


def test_functions_of_a_file_that_nothing_imports_are_entry_points(calls: Calls) -> None:
    found = calls("import shap\n\n\ndef explain(model):\n    return _explainer(model)\n\n\n"
                  "def _explainer(model):\n    return shap.Explainer(model)\n\n\n"
                  "def _forgotten():\n    return shap.TreeExplainer(1)\n")  # fmt: skip

    assert "shap.Explainer" in found
    assert "shap.TreeExplainer" not in found


def test_a_class_is_reached_with_all_its_methods(calls: Calls) -> None:
    found = calls(
        {
            "a.py": "import shap\nclass E:\n    def show(self):\n        shap.plots.bar(1)\n",
            "b.py": "from a import E\nE()\n",
        }
    )

    assert "shap.plots.bar" in found


def test_a_class_that_only_another_unused_class_is_made_from_is_not_reached(calls: Calls) -> None:
    part = "import shap\nclass E:\n    def show(self):\n        shap.plots.bar(1)\nclass F(E):\n    pass\n"

    assert "shap.plots.bar" not in calls({"a.py": part, "b.py": "import a\n"})
    assert "shap.plots.bar" in calls({"a.py": part, "b.py": "import a\na.F()\n"})


@pytest.mark.parametrize("decorator", ["app.route('/')", "app.task", "flow"])
def test_a_function_that_a_library_registers_is_reached(calls: Calls, decorator: str) -> None:
    code = f"import shap\nfrom prefect import app, flow\n@{decorator}\ndef _f():\n    shap.Explainer(1)\n"

    assert "shap.Explainer" in calls({"a.py": code, "b.py": "import a\n"})


def test_a_function_handed_over_is_reached(calls: Calls) -> None:
    files = {
        "a.py": "import shap\ndef f(x):\n    shap.Explainer(x)\ndef g(x):\n    shap.TreeExplainer(x)\n",
        "b.py": "import a\nfrom steps import run\nrun([a.f])\n",
    }

    found = calls(files)

    assert "shap.Explainer" in found
    assert "shap.TreeExplainer" not in found


def test_calls_in_test_files_are_kept_apart(calls: Calls) -> None:
    files = {"tests/test_it.py": "import shap\nshap.Explainer(1)\n", "a.py": "x = 1\n"}

    assert "shap.Explainer" not in calls(files)
    assert "shap.Explainer" in calls(files, reach="test")


def test_a_decorated_method_does_not_make_its_class_reached(calls: Calls) -> None:
    files = {
        "a.py": "import shap\nfrom sklearn.utils import available_if\n\n\nclass C:\n"
        "    @available_if(len)\n    def f(self):\n        shap.Explainer(1)\n",
        "b.py": "import a\n",
    }

    assert "shap.Explainer" not in calls(files)
