"""Settings that code loads from files under literal paths are read as if they stood in the code."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fatesline.checking.facts import Fact

_FOREST = "sklearn.ensemble.RandomForestClassifier"


@pytest.mark.parametrize(
    "loading",
    [
        "import yaml\nwith open('params.yaml') as stream:\n    params = yaml.safe_load(stream)\n",
        "import yaml\nparams = yaml.load(open('./params.yaml'), Loader=yaml.SafeLoader)\n",
        "import yaml\nfrom pathlib import Path\nparams = yaml.safe_load(Path('params.yaml').read_text())\n",
        "import json\nparams = json.load(open('params.json'))\n",
        "import dvc.api\nparams = dvc.api.params_show()\n",
        "from omegaconf import OmegaConf\nparams = OmegaConf.load('params.yaml')\n",
    ],
)
def test_keywords_from_a_file_count_as_written(calls: Callable[..., dict[str, Fact]], loading: str) -> None:
    code = f"{loading}from sklearn.ensemble import RandomForestClassifier\nRandomForestClassifier(**params['model'])\n"

    seen = calls(
        {
            "src/train.py": code,
            "params.yaml": "model:\n  class_weight: balanced\n  random_state: 3\n",
            "params.json": '{"model": {"class_weight": "balanced", "random_state": 3}}',
        }
    )

    assert seen[_FOREST].keywords == {"class_weight": "'balanced'", "random_state": "3"}


@pytest.mark.parametrize("path", ["missing.yaml", "../../params.yaml", "/etc/params.yaml", "broken.yaml", "params.txt"])
def test_what_cannot_be_found_or_read_says_nothing(calls: Callable[..., dict[str, Fact]], path: str) -> None:
    code = (
        "import yaml\nfrom sklearn.ensemble import RandomForestClassifier\n"
        f"RandomForestClassifier(**yaml.safe_load(open({path!r})))\n"
    )

    seen = calls({"train.py": code, "broken.yaml": "a: [b", "params.txt": "class_weight: balanced\n"})

    assert seen[_FOREST].keywords == {}


def test_code_that_changes_what_it_loaded_changes_it_for_itself_alone(calls: Callable[..., dict[str, Fact]]) -> None:
    load = "import yaml\nparams = yaml.safe_load(open('params.yaml'))\n"

    seen = calls(
        {
            "a.py": f"{load}params['class_weight'] = None\n",
            "b.py": f"{load}from sklearn.svm import SVC\nSVC(**params)\n",
            "params.yaml": "class_weight: balanced\n",
        }
    )

    assert seen["sklearn.svm.SVC"].keywords == {"class_weight": "'balanced'"}
