"""W006: a transformer or a model that learns from test rows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence

from fatesline.catalog.entry import Text
from fatesline.checking.detectors.detector import Detector, Rule, Sighting
from fatesline.checking.flow.roles import is_test
from fatesline.checking.flow.structure import parts_within
from fatesline.checking.flow.values import Call

RULE = Rule(
    id="W006",
    slug="fitted-on-test-rows",
    severity="error",
    title=Text(en="Fitted on test rows", fr="Ajusté sur les lignes de test"),
    what=Text(
        en="A transformer or a model is fitted (fit, fit_transform, partial_fit) on rows of the test side of a split.",
        fr="Un transformateur ou un modèle est ajusté (fit, fit_transform, partial_fit) sur des lignes du côté test "
        "d'une séparation.",
    ),
    why=Text(
        en="Test rows stand for data that nobody has seen. What is learnt from them is not there in operation, and a "
        "transformer fitted anew maps them differently from the rows the model was trained on.",
        fr="Les lignes de test représentent des données que personne n'a vues. Ce qui en est appris n'existe pas en "
        "production, et un transformateur ajusté à nouveau les transforme autrement que les lignes d'apprentissage.",
    ),
    bad="X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)\nscaler = StandardScaler()\n"
    "X_train = scaler.fit_transform(X_train)\nX_test = scaler.fit_transform(X_test)\n",
    good="X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)\nscaler = StandardScaler()\n"
    "X_train = scaler.fit_transform(X_train)\nX_test = scaler.transform(X_test)\n",
    sources=(
        "scikit-learn, Common pitfalls: https://scikit-learn.org/stable/common_pitfalls.html#inconsistent-preprocessing",
    ),
)

#: Estimators that learn figures or levels from rows for use on others. Clustering and embeddings, which people fit on
#: one set of rows to look at it, are left out, and so are searches and calibration on a threshold (W008).
_LEARNS = re.compile(
    r"sklearn\.(preprocessing|impute|decomposition|feature_selection|feature_extraction|compose|pipeline|linear_model"
    r"|ensemble|svm|tree|neighbors|naive_bayes|neural_network|discriminant_analysis|gaussian_process|multiclass)\."
    r"|imblearn\.(pipeline|ensemble)\.|xgboost\.XGB|lightgbm\.LGBM|catboost\.CatBoost|category_encoders\."
)
_OUTLIERS = frozenset({"LocalOutlierFactor", "NearestNeighbors", "KernelDensity", "IsolationForest", "OneClassSVM"})
_TOLD = re.compile(r"error|residual|mistake|misclassified|wrong|predict|_preds?\Z|y_?hat|proba|\Asaid\Z", re.IGNORECASE)
#: What models say of rows that they have not seen, on which a further model is fitted.
_SAID = re.compile(r"(\A|_)(meta|oof|out_of_fold|stack(ed|ing)?|blend(ed|ing)?|level_?\d)(_|\Z)", re.IGNORECASE)
_FITS = frozenset({"fit", "fit_transform", "fit_predict", "partial_fit"})


def in_scope(calls: Sequence[Call]) -> Iterable[Sighting]:
    """Fits whose first argument is made of test rows."""
    for call in calls:
        if call.method not in _FITS or call.receiver is None:
            continue
        rows = call.argument(0, "X") or call.argument(0, "y") or call.argument(0, "raw_documents")
        if is_test(rows) and not _describes_a_model(call) and not _is_said(call):
            name = next((part.name for part in parts_within(call.receiver) if _learns(part.name)), "")
            if name:
                yield Sighting(RULE.id, call.place, (), {"fitted": name})


def _describes_a_model(call: Call) -> bool:
    """Whether the target is what a model says, or did wrong: what is fitted then explains it, and predicts nothing."""
    given = call.node.args[1:2] if isinstance(call.node, ast.Call) else []
    named = [keyword.value for keyword in getattr(call.node, "keywords", ()) if keyword.arg == "y"]
    return any(
        isinstance(part, ast.Name | ast.Attribute)
        and _TOLD.search(part.id if isinstance(part, ast.Name) else part.attr)
        for target in (*given, *named)
        for part in ast.walk(target)
    )


def _is_said(call: Call) -> bool:
    """Whether the rows are named as predictions of folds: stacking fits on those of all rows."""
    first = call.node.args[0] if isinstance(call.node, ast.Call) and call.node.args else None
    return isinstance(first, ast.Name) and _SAID.search(first.id) is not None


def _learns(name: str) -> bool:
    return _LEARNS.match(name) is not None and name.rpartition(".")[2] not in _OUTLIERS


DETECTOR = Detector(RULE, in_scope=in_scope, roots=("catboost", "category_encoders", "imblearn", "lightgbm", "xgboost"))
