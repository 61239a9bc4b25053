"""Pass computed weights to the training that they were computed for."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from fatesline.catalog.entry import Text
from fatesline.checking.findings import Finding
from fatesline.checking.fixes.calls import argument, hides_keywords, keyword, with_argument
from fatesline.checking.fixes.fix import Fixer, Proposal
from fatesline.checking.fixes.names import assigned, names_in, qualified, within
from fatesline.checking.fixes.source import Scope, Source
from fatesline.checking.fixes.workshop import Workshop
from fatesline.model.places import Edit

_LINEAR = ("LogisticRegression", "RidgeClassifier", "SGDClassifier", "Perceptron")
_TREES = ("DecisionTreeClassifier", "ExtraTreesClassifier", "RandomForestClassifier", "HistGradientBoostingClassifier")

#: Classifiers of scikit-learn whose ``fit`` takes weights of rows, and those that take weights of classes.
_ROWS = frozenset(
    {*_LINEAR, *_TREES, "SVC", "NuSVC", "LinearSVC", "GradientBoostingClassifier", "AdaBoostClassifier", "GaussianNB",
     "MultinomialNB", "BernoulliNB", "BaggingClassifier", "DummyClassifier", "LogisticRegressionCV",
     "RidgeClassifierCV"}
) - {"Perceptron"}  # fmt: skip
_CLASSES = frozenset({*_LINEAR, *_TREES, "SVC", "NuSVC", "LinearSVC", "LogisticRegressionCV", "RidgeClassifierCV"})
_OTHERS = ("xgboost.XGB", "lightgbm.LGBM", "catboost.CatBoost")


def proposals(finding: Finding, shop: Workshop) -> Iterator[Proposal]:
    """``sample_weight`` for the ``fit`` on the rows that were weighed, ``class_weight`` for the model made next."""
    source = shop.source(finding.places[0].file)
    if source is None:
        return
    for call in source.calls_at(finding.places[0]):
        name = qualified(source, call.func)
        if name == "sklearn.utils.class_weight.compute_class_weight":
            edit = _by_class(source, call)
        elif name == "sklearn.utils.class_weight.compute_sample_weight":
            edit = _by_row(source, call, _target(source, call), argument(call, 1, "y"))
        elif isinstance(call.func, ast.Attribute) and call.func.attr in ("transform", "fit_transform"):
            edit = _reweighed(source, call)
        else:
            continue
        if edit is not None:
            yield Proposal((edit,))
            return


def _target(source: Source, call: ast.Call) -> str:
    """The name that a call's result is given to."""
    statement = source.parents[call]
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target = statement.targets[0]
        return target.id if isinstance(target, ast.Name) else ""
    return ""


def _by_row(source: Source, call: ast.Call, weights: str, labels: ast.expr | None) -> Edit | None:
    """The only training after the weights, in the same scope, on the same labels."""
    if not weights or labels is None:
        return None
    scope = source.scope_of(call)
    found = [
        fit
        for fit in _fits(source, scope, _ROWS)
        if source.span(fit)[0] > source.span(call)[0]
        and (given := argument(fit, 1, "y")) is not None
        and source.text(given) == source.text(labels)
    ]
    if len(found) != 1 or len(assigned(source, weights, scope)) != 1:
        return _returned(source, call, weights)
    return with_argument(source, found[0], f"sample_weight={weights}")


def _returned(source: Source, call: ast.Call, weights: str) -> Edit | None:
    """Weights that a function gives back, and whose caller trains on the labels it handed over."""
    scope = source.scope_of(call)
    if not isinstance(scope, ast.FunctionDef):
        return None
    returned = [node.value for node in within(scope) if isinstance(node, ast.Return)]
    if len(returned) != 1 or not isinstance(returned[0], ast.Name) or returned[0].id != weights:
        return None
    calls = [
        node
        for node in source.nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == scope.name
    ]
    if len(calls) != 1 or calls[0].keywords:
        return None
    caller = source.scope_of(calls[0])
    held = _target(source, calls[0])
    handed = {source.text(one) for one in calls[0].args}
    found = [
        fit
        for fit in _fits(source, caller, _ROWS)
        if source.span(fit)[0] > source.span(calls[0])[0]
        and (given := argument(fit, 1, "y")) is not None
        and source.text(given) in handed
    ]
    if not held or len(found) != 1:
        return None
    return with_argument(source, found[0], f"sample_weight={held}")


def _reweighed(source: Source, call: ast.Call) -> Edit | None:
    """aif360: weights beside the rows, or in the data set that is given back."""
    statement = source.parents[call]
    if not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
        return None
    target = statement.targets[0]
    if isinstance(target, ast.Tuple) and len(target.elts) == 2 and isinstance(target.elts[1], ast.Name):
        return _by_row(source, call, target.elts[1].id, argument(call, 1, "y"))
    if not isinstance(target, ast.Name):
        return None
    found = [
        fit
        for fit in _fits(source, source.scope_of(call), _ROWS)
        if source.span(fit)[0] > source.span(call)[0] and fit.args and target.id in names_in([fit.args[0]])
    ]
    if len(found) != 1 or "." not in source.text(found[0].args[0]):
        return None
    return with_argument(source, found[0], f"sample_weight={target.id}.instance_weights")


def _by_class(source: Source, call: ast.Call) -> Edit | None:
    """The only classifier that is made after the weights in the same scope, and takes weights of classes."""
    scope = source.scope_of(call)
    weights = _target(source, call)
    classes = keyword(call, "classes")
    if not weights or classes is None or not isinstance(classes.value, ast.Name):
        return None
    made = [
        node
        for node in within(scope)
        if isinstance(node, ast.Call)
        and source.span(node)[0] > source.span(call)[1]
        and _is_classifier(qualified(source, node.func), _CLASSES)
    ]
    if len(made) != 1 or keyword(made[0], "class_weight") is not None or hides_keywords(made[0]):
        return None
    text = f"dict(zip({classes.value.id}, {weights}))"
    for node in within(scope):
        is_before = isinstance(node, ast.Assign) and source.span(node)[1] < source.span(made[0])[0]
        if is_before and isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            read = names_in([node.value])
            if {weights, classes.value.id, "dict", "zip"} == read:
                text = node.targets[0].id
    return with_argument(source, made[0], f"class_weight={text}")


def _fits(source: Source, scope: Scope, accepted: frozenset[str]) -> Iterator[ast.Call]:
    """Trainings of a scope that take weights and get none."""
    for node in within(scope):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "fit"
            and keyword(node, "sample_weight") is None
            and not hides_keywords(node)
            and _is_classifier(_class_of(source, node.func.value, scope), accepted)
        ):
            yield node


def _class_of(source: Source, receiver: ast.expr, scope: Scope) -> str:
    """The class that an expression is an instance of, where one assignment or the expression itself says so."""
    if isinstance(receiver, ast.Name):
        values = assigned(source, receiver.id, scope)
        if len(values) != 1:
            return ""
        receiver = values[0]
    return qualified(source, receiver.func) if isinstance(receiver, ast.Call) else ""


def _is_classifier(name: str, accepted: frozenset[str]) -> bool:
    return (name.startswith("sklearn.") and name.rpartition(".")[2] in accepted) or name.startswith(_OTHERS)


FIXER = Fixer(
    rules=("weights-computed-never-passed",),
    what=Text(
        en="pass the weights to the training that they were computed for",
        fr="transmettre les poids à l'apprentissage pour lequel ils ont été calculés",
    ),
    safety="safe",
    proposals=proposals,
)
