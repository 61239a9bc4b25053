"""H003: files written in a form that runs code when it is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from fatesline.catalog.entry import Text
from fatesline.checking.detectors.detector import Detector, Rule, Sighting
from fatesline.checking.flow.project import Project
from fatesline.checking.flow.scopes import Record, Seen

RULE = Rule(
    id="H003",
    slug="saved-as-pickle",
    severity="note",
    title=Text(en="Saved as a pickle", fr="Enregistré en pickle"),
    what=Text(
        en="A model or table is written with pickle, joblib, dill or cloudpickle.",
        fr="Un modèle ou une table est écrit avec pickle, joblib, dill ou cloudpickle.",
    ),
    why=Text(
        en="Whoever reads the file runs the code in it, and it may not be readable with the next version of a library.",
        fr="Qui lit le fichier exécute le code qu'il contient, et il peut être illisible avec la prochaine version "
        "d'une bibliothèque.",
    ),
    bad='import joblib\n\njoblib.dump(model, "model.joblib")\n',
    good='import skops.io\n\nskops.io.dump(model, "model.skops")\n',
    sources=("scikit-learn, Model persistence: https://scikit-learn.org/stable/model_persistence.html",),
)

_PICKLES = re.compile(
    r"(pickle|_pickle|cPickle|dill|cloudpickle|joblib|sklearn\.externals\.joblib)\.(dump|Pickler)\Z"
    r"|pandas\.(DataFrame|Series)\.to_pickle\Z"
)

_PICKLED_SET = re.compile(r"kedro\.(\w+\.)*Pickle\w*Data[sS]et\Z")


def in_project(project: Project, live: frozenset[Record]) -> Iterable[Sighting]:
    """Calls that write pickles, in code that is reached."""
    for record in live:
        for seen in record.seen:
            if seen.role == "call" and _PICKLES.match(seen.name):
                yield Sighting(RULE.id, seen.place, (), {"call": seen.name})


def in_file(seen: Sequence[Seen]) -> Iterable[Sighting]:
    """Data sets of a Kedro catalog that are kept as pickles."""
    for one in seen:
        if _PICKLED_SET.match(one.name):
            yield Sighting(RULE.id, one.place, (), {"call": one.name.removeprefix("kedro.")})


DETECTOR = Detector(RULE, in_project=in_project, in_file=in_file)
