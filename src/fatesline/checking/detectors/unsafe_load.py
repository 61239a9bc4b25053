"""H002: files whose reading runs the code in them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fatesline.catalog.entry import Text
from fatesline.checking.detectors.detector import Detector, Rule, Sighting
from fatesline.checking.flow.project import Project
from fatesline.checking.flow.scopes import Record, Seen

RULE = Rule(
    id="H002",
    slug="loading-runs-code",
    severity="warning",
    title=Text(en="Loading that runs code", fr="Lecture qui exécute du code"),
    what=Text(
        en="A model or table is read with pickle, joblib, dill or cloudpickle, or with torch.load, numpy.load or "
        "load_model in a mode that accepts pickles.",
        fr="Un modèle ou une table est lu avec pickle, joblib, dill ou cloudpickle, ou avec torch.load, numpy.load ou "
        "load_model dans un mode qui accepte les pickles.",
    ),
    why=Text(
        en="Reading a pickle runs whatever code its writer put in: whoever can change the file controls the machine "
        "that reads it.",
        fr="Lire un pickle exécute tout le code que son auteur y a mis : qui peut modifier le fichier contrôle la "
        "machine qui le lit.",
    ),
    bad='import joblib\n\nmodel = joblib.load("model.joblib")\n',
    good='import skops.io\n\nmodel = skops.io.load("model.skops", trusted=[])\n',
    sources=(
        "scikit-learn, Model persistence: https://scikit-learn.org/stable/model_persistence.html",
        "Python, pickle: https://docs.python.org/3/library/pickle.html",
    ),
)

_PICKLES = re.compile(
    r"(pickle|_pickle|cPickle|dill|cloudpickle|joblib|sklearn\.externals\.joblib)\.(load|loads|Unpickler)\Z"
    r"|pandas\.read_pickle\Z"
)
#: Safe unless told otherwise, or the other way round: the keyword, and the value that makes them safe.
_BY_KEYWORD = {"torch.load": ("weights_only", "True")}
_UNSAFE_WHEN = {
    "numpy.load": ("allow_pickle", "True"),
    "keras.models.load_model": ("safe_mode", "False"),
    "tensorflow.keras.models.load_model": ("safe_mode", "False"),
    "keras.saving.load_model": ("safe_mode", "False"),
}


def in_project(project: Project, live: frozenset[Record]) -> Iterable[Sighting]:
    """Calls that unpickle, in code that is reached."""
    for record in live:
        for seen in record.seen:
            if seen.role == "call" and _runs_code(seen):
                yield Sighting(RULE.id, seen.place, (), {"call": seen.name})


def _runs_code(seen: Seen) -> bool:
    if _PICKLES.match(seen.name):
        return True
    if seen.name in _BY_KEYWORD:
        keyword, safe = _BY_KEYWORD[seen.name]
        # A value that only running tells is not held against it.
        return seen.keywords.get(keyword, "False") not in (safe, "")
    keyword, unsafe = _UNSAFE_WHEN.get(seen.name, ("", ""))
    return bool(keyword) and seen.keywords.get(keyword) == unsafe


DETECTOR = Detector(RULE, in_project=in_project)
