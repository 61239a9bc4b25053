"""Calls are recorded under the name of what is really called."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fatesline.checking import inventory

Calls = Callable[..., dict]

_SAME = {
    "from import": "from sklearn.svm import SVC\nSVC(C=2)",
    "alias": "from sklearn.svm import SVC as Machine\nMachine(C=2)",
    "module alias": "import sklearn.svm as s\ns.SVC(C=2)",
    "attribute chain": "import sklearn\nsklearn.svm.SVC(C=2)",
    "bound to another name": "import sklearn.svm\nmake = sklearn.svm.SVC\nmake(C=2)",
    "private module": "from sklearn.svm._classes import SVC\nSVC(C=2)",
    "star": "from sklearn.svm import *\nSVC(C=2)",
    "literal keywords": "from sklearn.svm import SVC\narguments = {'C': 2}\nSVC(**arguments)",
    "dict call": "from sklearn.svm import SVC\nSVC(**dict(C=2))",
    "updated keywords": "from sklearn.svm import SVC\na = {}\na['C'] = 2\nSVC(**a)",
    "partial": "from functools import partial\nfrom sklearn.svm import SVC\nmake = partial(SVC, C=2)\nmake()",
    "dict of models": "from sklearn.svm import SVC\nmodels = {'svm': SVC}\nmodels['svm'](C=2)",
    "loop over models": "from sklearn.svm import SVC\nfor name, model in [('svm', SVC)]:\n    model(C=2)",
    "conditional": "from sklearn.svm import SVC\nfrom other import Tree\nmodel = SVC if small else Tree\nmodel(C=2)",
    "lambda": "from sklearn.svm import SVC\nmake = lambda: SVC(C=2)",
    "wrapper": "from sklearn.svm import SVC\ndef make(kind):\n    return kind(C=2)\nmake(SVC)",
    "default value": "from sklearn.svm import SVC\ndef make(C=2):\n    return SVC(C=C)",
    "fallback": "try:\n    from sklearn.svm import SVC\nexcept ImportError:\n    SVC = None\nSVC(C=2)",
    "comprehension": "from sklearn.svm import SVC\nmodels = [kind(C=2) for kind in (SVC,)]",
    "with": "import sklearn\nwith sklearn.config_context():\n    sklearn.svm.SVC(C=2)",
    "match": "import sklearn.svm as s\nmatch kind:\n    case 'svm':\n        s.SVC(C=2)",
    "walrus": "import sklearn.svm as s\nif (make := s.SVC) is not None:\n    make(C=2)",
    "getattr": "import sklearn.svm as s\ngetattr(s, 'SVC')(C=2)",
    "class attribute": "from sklearn.svm import SVC\nclass Settings:\n    model = SVC\nSettings.model(C=2)",
    "own subclass": "from sklearn.svm import SVC\nclass Mine(SVC):\n    pass\nMine(C=2)",
}


@pytest.mark.parametrize("code", _SAME.values(), ids=_SAME)
def test_a_class_is_recognised_however_it_is_reached(code: str, calls: Calls) -> None:
    assert calls(code)["sklearn.svm.SVC"].keywords["C"] == "2"


_METHODS = {
    "variable": "from sklearn.svm import SVC\nmodel = SVC()\nmodel.fit(X, y)",
    "chain": "from sklearn.svm import SVC\nSVC().set_params(C=1).fit(X, y)",
    "self": "from sklearn.svm import SVC\nclass T:\n    def __init__(self):\n        self.m = SVC()\n"
    "    def train(self):\n        self.m.fit(X)",
    "returned": "from sklearn.svm import SVC\ndef make():\n    return SVC()\nmake().fit(X)",
    "argument": "from sklearn.svm import SVC\ndef train(model):\n    model.fit(X)\ntrain(SVC())",
    "annotated": "from sklearn.svm import SVC\ndef train(model: SVC):\n    model.fit(X)",
    "models in a dict": "from sklearn.svm import SVC\nfor name, model in {'a': SVC()}.items():\n    model.fit(X)",
    "either branch": "from sklearn.svm import SVC\nif a:\n    m = SVC()\nelse:\n    m = None\nm.fit(X)",
    "cloned": "from sklearn.base import clone\nfrom sklearn.svm import SVC\nclone(SVC()).fit(X)",
    "own subclass": "from sklearn.svm import SVC\nclass Mine(SVC):\n    pass\nMine().fit(X)",
    "super": "from sklearn.svm import SVC\nclass Mine(SVC):\n    def fit(self, X):\n        return super().fit(X)",
}


@pytest.mark.parametrize("code", _METHODS.values(), ids=_METHODS)
def test_a_method_is_recorded_under_the_class_of_its_instance(code: str, calls: Calls) -> None:
    assert "sklearn.svm.SVC.fit" in calls(code)


_NOT = {
    "import": "from sklearn.svm import SVC",
    "comment": "from sklearn.svm import SVC\n# SVC()",
    "docstring": '"""SVC() from sklearn.svm"""',
    "name": "from sklearn.svm import SVC\nSVC",
    "rebound": "from sklearn.svm import SVC\nSVC = print\nSVC()",
    "shadowed by a parameter": "from sklearn.svm import SVC\ndef f(SVC):\n    SVC()\n",
    "own class of that name": "class SVC:\n    pass\nSVC()",
    "after a return": "from sklearn.svm import SVC\ndef f():\n    return 1\n    SVC()",
    "annotation": "from sklearn.svm import SVC\ndef f(model: SVC) -> SVC: ...",
}


@pytest.mark.parametrize("code", _NOT.values(), ids=_NOT)
def test_nothing_but_a_call_is_a_call(code: str, calls: Calls) -> None:
    assert "sklearn.svm.SVC" not in calls(code)


def test_a_re_export_inside_the_project_leads_to_the_library(calls: Calls) -> None:
    found = calls(
        {
            "src/app/__init__.py": "from .models import Machine\n",
            "src/app/models.py": "from sklearn.svm import SVC as Machine\n",
            "train.py": "from app import Machine\nMachine(C=1)\n",
        }
    )

    assert found["sklearn.svm.SVC"].place.file == "train.py"


def test_modules_that_import_each_other_are_still_followed(calls: Calls) -> None:
    found = calls(
        {
            "app/__init__.py": "",
            "app/a.py": "from app import b\ndef make():\n    from sklearn.svm import SVC\n    return SVC()\n",
            "app/b.py": "from app.a import make\ndef train():\n    make().fit(X)\n",
            "run.py": "from app.b import train\ntrain()\n",
        }
    )

    assert "sklearn.svm.SVC.fit" in found


def test_a_project_folder_named_after_a_library_does_not_hide_it(calls: Calls) -> None:
    found = calls({"mlflow/notes.py": "x = 1\n", "train.py": "import mlflow\nmlflow.start_run()\n"})

    assert "mlflow.start_run" in found


def test_a_name_means_what_it_meant_when_the_call_ran(calls: Calls) -> None:
    code = "from a import f\nf(x=1)\nfrom b import f\nf(x=2)\n"

    found = calls(code)

    assert (found["a.f"].place.line, found["b.f"].place.line) == (2, 4)


def test_columns_count_characters(project: Callable[..., Path]) -> None:
    folder = project({"code.py": "import a\nx = 'é€'; a.f()\n"})

    place = next(fact.place for fact in inventory(folder).facts if fact.name == "a.f")

    assert (place.line, place.column) == (2, 11)
