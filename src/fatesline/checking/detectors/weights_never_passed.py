"""W005: weights for rows or classes that are computed and then handed to nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fatesline.catalog.entry import Text
from fatesline.checking.detectors.detector import Detector, Rule, Sighting
from fatesline.checking.flow.project import Project
from fatesline.checking.flow.scopes import OwnFunction, Record, Went
from fatesline.checking.flow.values import Call, Mark
from fatesline.model.places import Place

RULE = Rule(
    id="W005",
    slug="weights-computed-never-passed",
    severity="error",
    title=Text(en="Weights computed, never passed", fr="Poids calculés, jamais transmis"),
    what=Text(
        en="Weights of rows or classes are computed (compute_sample_weight, compute_class_weight, Reweighing) and not "
        "handed to any model, loss or sampler.",
        fr="Des poids de lignes ou de classes sont calculés (compute_sample_weight, compute_class_weight, Reweighing) "
        "sans être transmis à aucun modèle, aucune perte ni aucun échantillonneur.",
    ),
    why=Text(
        en="Reweighing and class weights act only through the weights given to training; without them the model is the "
        "unmitigated one.",
        fr="La repondération et les poids de classes n'agissent que par les poids donnés à l'apprentissage ; sans "
        "eux le "
        "modèle est celui d'avant l'atténuation.",
    ),
    bad='weights = compute_sample_weight("balanced", y_train)\nmodel.fit(X_train, y_train)\n',
    good='weights = compute_sample_weight("balanced", y_train)\nmodel.fit(X_train, y_train, sample_weight=weights)\n',
    sources=(
        "Kamiran and Calders 2012, Data preprocessing techniques for classification without discrimination: "
        "https://doi.org/10.1007/s10115-011-0463-8",
        "scikit-learn, sample_weight: https://scikit-learn.org/stable/glossary.html#term-sample_weight",
    ),
)

_FUNCTIONS = frozenset(
    {"sklearn.utils.class_weight.compute_class_weight", "sklearn.utils.class_weight.compute_sample_weight"}
)
_REWEIGHING = re.compile(r"aif360\.(?P<form>sklearn|algorithms)\.preprocessing\.(reweighing\.)?Reweighing\.")
_GIVES_WEIGHTS = frozenset({"transform", "fit_transform"})

#: What of a weighted data set is taken on without its weights.
_WITHOUT_WEIGHTS = frozenset({"features", "labels", "protected_attributes", "scores"})

#: Calls that look at the weights, or turn them into another form whose fate is then followed.
_LOOKING = re.compile(
    r"builtins\.(?!map\Z|filter\Z)"
    r"|(numpy|pandas|matplotlib|seaborn|plotly|logging|pprint|collections|warnings)\."
    r"|(torch\.(tensor|as_tensor|from_numpy|Tensor|FloatTensor)|tensorflow\.(constant|convert_to_tensor))\Z"
    r"|sklearn\.model_selection\.train_test_split\Z"
    r"|\?\.(debug|info|warning|log|print|write|hist|plot|bar|scatter|title|append|to|numpy|tolist|items|values|reshape|ravel)\Z"
)
_HANDING_ON = re.compile(r"numpy\.(save|random\.)|numpy\.average\Z|pandas\.\w+\.to_")


def marks(call: Call) -> Iterable[Mark]:
    """Weights, and data sets that carry them."""
    if call.name in _FUNCTIONS:
        return (Mark(RULE.id, call.place, call.name, watched=True),)
    if call.method in _GIVES_WEIGHTS:
        match = _REWEIGHING.match(call.name)
        if match is not None:
            part = 1 if match["form"] == "sklearn" else -1
            name = call.name.rpartition(".")[0]
            return (Mark(RULE.id, call.place, name, frozenset(), True, _WITHOUT_WEIGHTS, part),)
    return ()


def in_project(project: Project, live: frozenset[Record]) -> Iterable[Sighting]:
    """Weights made in code that is reached and handed over nowhere."""
    returned_to_caller = {
        definition.qualified
        for module in project.modules.values()
        for definition in module.definitions
        if isinstance(definition, OwnFunction) and definition.followed and not definition.escapes
    }
    handed_over: set[Place] = set()
    made: dict[Place, Mark] = {}
    for record in sorted(live, key=lambda one: (one.module.path, one.title)):
        for mark in record.made:
            if mark.rule == RULE.id:
                made.setdefault(mark.place, mark)
        for went in record.went:
            if went.mark.rule == RULE.id and _counts(went, record, returned_to_caller):
                handed_over.add(went.mark.place)
    # The transformed test set of a reweighing has weights that nobody needs, once those of the training set are passed.
    reweighed = {(place.file, made[place].name) for place in handed_over & made.keys()}
    for place in sorted(made.keys() - handed_over):
        if made[place].name not in _FUNCTIONS and (place.file, made[place].name) in reweighed:
            continue
        yield Sighting(RULE.id, place, (), {"weights": made[place].name})


def _counts(went: Went, record: Record, returned_to_caller: set[str]) -> bool:
    """Whether a call that the weights went into uses them."""
    if went.into == "return":
        # A function whose callers were all followed returns to them, and they are seen themselves.
        return record.title not in returned_to_caller
    if "weight" in went.keyword.lower() or _HANDING_ON.match(went.into):
        return True
    return not _LOOKING.match(went.into)


DETECTOR = Detector(RULE, marks=marks, in_project=in_project, roots=("aif360", "sklearn"))
