"""W008: a threshold, a hyperparameter or a stopping point chosen by the figure on the test rows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence

from fatesline.catalog.entry import Text
from fatesline.checking.detectors.detector import Detector, Rule, Sighting
from fatesline.checking.flow.project import Project
from fatesline.checking.flow.roles import is_none, is_test
from fatesline.checking.flow.scopes import Record
from fatesline.checking.flow.values import Call, Mark, Value, options
from fatesline.checking.flow.values import Group as Members
from fatesline.model.places import Place

RULE = Rule(
    id="W008",
    slug="tuned-on-test-rows",
    severity="error",
    title=Text(en="Tuned on test rows", fr="Réglé sur les lignes de test"),
    what=Text(
        en="A search is fitted on test rows, training stops early by them, or a threshold or setting is chosen by the "
        "best figure on them.",
        fr="Une recherche est ajustée sur des lignes de test, l'apprentissage s'arrête d'après elles, ou un seuil ou "
        "un réglage est choisi d'après le meilleur score sur elles.",
    ),
    why=Text(
        en="The best of several figures on the same rows is better than the figure on new rows; the test rows no "
        "longer tell how the model does on data that had no part in making it.",
        fr="Le meilleur de plusieurs scores sur les mêmes lignes dépasse le score sur de nouvelles lignes ; les lignes "
        "de test ne disent plus ce que vaut le modèle sur des données étrangères à sa construction.",
    ),
    bad="from sklearn.model_selection import GridSearchCV\n"
    "X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)\n"
    'search = GridSearchCV(model, {"C": [0.1, 1.0]}).fit(X_test, y_test)\n',
    good="from sklearn.model_selection import GridSearchCV\n"
    "X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)\n"
    'search = GridSearchCV(model, {"C": [0.1, 1.0]}).fit(X_train, y_train)\n',
    sources=(
        "scikit-learn, Cross-validation: https://scikit-learn.org/stable/modules/cross_validation.html",
        "Cawley and Talbot 2010, On over-fitting in model selection: https://www.jmlr.org/papers/v11/cawley10a.html",
    ),
)

_SEARCH = re.compile(
    r"sklearn\.model_selection\.(GridSearchCV|RandomizedSearchCV|HalvingGridSearchCV|HalvingRandomSearchCV"
    r"|TunedThresholdClassifierCV)\.fit\Z|skopt\.(\w+\.)*BayesSearchCV\.fit\Z|sklearn\.calibration\.\w+\.fit\Z"
)
_CURVE = re.compile(r"sklearn\.metrics\.(\w+\.)*(roc_curve|precision_recall_curve|det_curve)\Z")
_FIGURE = re.compile(r"sklearn\.metrics\.(\w+\.)*\w+(_score|_loss|_error)\Z")
_CHOOSES = re.compile(r"numpy\.(nan)?arg(max|min)\Z|(\?|numpy\.ndarray|pandas\.\w+)\.(argmax|argmin|idxmax|idxmin)\Z")

#: Training that watches rows handed to it and stops when they get no better.
_WATCHING = re.compile(r"(xgboost|lightgbm|catboost|keras|tensorflow)\.")
_STOPPING = ("early_stopping_rounds", "early_stopping")


def marks(call: Call) -> Iterable[Mark]:
    """Curves over thresholds on test rows: what is chosen along them is followed."""
    if _CURVE.match(call.name) and is_test(call.argument(0, "y_true")):
        return (Mark(RULE.id, call.place, call.name, watched=True),)
    return ()


def in_scope(calls: Sequence[Call]) -> Iterable[Sighting]:
    """Searches and early stopping on test rows, and loops that keep the best figure on them."""
    for call in calls:
        if call.method == "fit":
            if _SEARCH.match(call.name) and is_test(call.argument(0, "X")):
                yield Sighting(RULE.id, call.place, (), {"tuned": call.name.rpartition(".")[0]})
            elif _WATCHING.match(call.name) and _stops(call):
                yield Sighting(RULE.id, call.place, (), {"tuned": "early stopping"})
        measured = call.argument(0, "y_true") if _FIGURE.match(call.name) else None
        if call.method == "score":
            measured = call.argument(0, "X")
        if is_test(measured) and _keeps_the_best(call):
            yield Sighting(RULE.id, call.place, (), {"tuned": call.name})


def _stops(call: Call) -> bool:
    watched = [call.keywords.get(name) for name in ("eval_set", "validation_data")]
    if not any(is_test(value) for value in _leaves(watched)):
        return False
    made_by = getattr(call.receiver, "call", None)
    given = dict(made_by.keywords) if isinstance(made_by, Call) else {}
    given.update(call.keywords)
    if any(not is_none(given.get(name)) for name in _STOPPING):
        return True
    names = {getattr(value, "name", "") for value in _leaves([given.get("callbacks")])}
    return any(name.rpartition(".")[2] in ("EarlyStopping", "early_stopping") for name in names)


def _leaves(values: Iterable[Value | None], depth: int = 3) -> Iterator[Value]:
    for value in values:
        for option in options(value):
            if isinstance(option, Members) and depth:
                yield from _leaves(option.items, depth - 1)
            else:
                yield option


def _keeps_the_best(call: Call) -> bool:
    """Whether the loop around a call compares its result with the best so far and keeps the better."""
    node = call.node
    for loop in _loops_around(call):
        for statement in ast.walk(loop):
            if isinstance(statement, ast.Assign) and _encloses(statement.value, node):
                figures = {target.id for target in statement.targets if isinstance(target, ast.Name)}
                if figures and any(_keeps(inner, figures) for inner in ast.walk(loop)):
                    return True
    return False


def _keeps(node: ast.AST, figures: set[str]) -> bool:
    if not (isinstance(node, ast.If) and isinstance(node.test, ast.Compare)):
        return False
    if not any(isinstance(operator, ast.Gt | ast.GtE | ast.Lt | ast.LtE) for operator in node.test.ops):
        return False
    compared = {part.id for part in (node.test.left, *node.test.comparators) if isinstance(part, ast.Name)}
    if not compared & figures or not compared - figures:
        return False
    return any(
        isinstance(statement, ast.Assign)
        and isinstance(statement.value, ast.Name)
        and statement.value.id in figures
        and any(isinstance(target, ast.Name) and target.id in compared for target in statement.targets)
        for statement in node.body
    )


def _loops_around(call: Call) -> Iterator[ast.For | ast.While]:
    for statement in call.module.statements:
        if _encloses(statement, call.node):
            for node in ast.walk(statement):
                if isinstance(node, ast.For | ast.While) and _encloses(node, call.node):
                    yield node


def _encloses(outer: ast.AST, inner: ast.AST) -> bool:
    start, end = getattr(inner, "lineno", 0), getattr(inner, "end_lineno", 0)
    if not (getattr(outer, "lineno", 0) <= start and end <= (getattr(outer, "end_lineno", 0) or 0)):
        return False
    return any(node is inner for node in ast.walk(outer))


def in_project(project: Project, live: frozenset[Record]) -> Iterable[Sighting]:
    """Thresholds picked at the best point of a curve over test rows."""
    found: dict[Place, str] = {}
    for record in live:
        for went in record.went:
            if went.mark.rule == RULE.id and _CHOOSES.match(went.into):
                found.setdefault(went.mark.place, went.mark.name)
    for place in sorted(found):
        yield Sighting(RULE.id, place, (), {"tuned": found[place]})


DETECTOR = Detector(
    RULE,
    marks=marks,
    in_scope=in_scope,
    in_project=in_project,
    roots=("catboost", "keras", "lightgbm", "skopt", "tensorflow", "xgboost"),
)
