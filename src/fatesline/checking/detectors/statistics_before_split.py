"""W002: means, ranges, components or vocabularies learnt from rows that are only split afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fatesline.catalog.entry import Text
from fatesline.checking.detectors.detector import Detector, Rule, Sighting
from fatesline.checking.flow.structure import parts_within
from fatesline.checking.flow.values import Call, Mark, past, past_of

RULE = Rule(
    id="W002",
    slug="statistics-fitted-before-split",
    severity="error",
    title=Text(
        en="Statistics fitted before the split",
        fr="Statistiques apprises avant la séparation des données",
    ),
    what=Text(
        en="A scaler, imputer or other transformer is fitted on all rows, and the rows are split into training and "
        "test "
        "rows, or cross-validated, afterwards.",
        fr="Un normaliseur, un imputeur ou un autre transformateur est ajusté sur toutes les lignes, puis celles-ci "
        "sont "
        "séparées en apprentissage et test, ou soumises à une validation croisée.",
    ),
    why=Text(
        en="The test rows have then contributed to what the model learns from, so the figure measured on them is "
        "better "
        "than the one new data will give.",
        fr="Les lignes de test ont alors contribué à ce dont le modèle apprend ; le score mesuré sur elles est "
        "meilleur "
        "que celui qu'obtiendront de nouvelles données.",
    ),
    bad="X = StandardScaler().fit_transform(X)\nX_train, X_test, y_train, y_test = train_test_split(X, y)\n",
    good="X_train, X_test, y_train, y_test = train_test_split(X, y)\n"
    "model = make_pipeline(StandardScaler(), LogisticRegression()).fit(X_train, y_train)\n",
    sources=("scikit-learn, Common pitfalls: https://scikit-learn.org/stable/common_pitfalls.html#data-leakage",),
)

#: Transformers that learn figures from rows. Encoders that learn only which levels exist are left out, and so are
#: those that learn nothing: Normalizer, Binarizer, PolynomialFeatures, HashingVectorizer.
_LEARNING = frozenset(
    {f"sklearn.preprocessing.{name}" for name in (
        "Imputer", "KBinsDiscretizer", "KernelCenterer", "MaxAbsScaler", "MinMaxScaler", "PowerTransformer",
        "QuantileTransformer", "RobustScaler", "SplineTransformer", "StandardScaler", "TargetEncoder",
    )}
    | {f"sklearn.impute.{name}" for name in ("IterativeImputer", "KNNImputer", "SimpleImputer")}
    | {f"sklearn.decomposition.{name}" for name in (
        "DictionaryLearning", "FactorAnalysis", "FastICA", "IncrementalPCA", "KernelPCA", "LatentDirichletAllocation",
        "MiniBatchNMF", "NMF", "PCA", "SparsePCA", "TruncatedSVD",
    )}
    | {f"sklearn.feature_selection.{name}" for name in (
        "GenericUnivariateSelect", "RFE", "RFECV", "SelectFdr", "SelectFpr", "SelectFromModel", "SelectFwe",
        "SelectKBest", "SelectPercentile", "SequentialFeatureSelector", "VarianceThreshold",
    )}
    | {f"sklearn.feature_extraction.text.{name}" for name in (
        "CountVectorizer", "TfidfTransformer", "TfidfVectorizer",
    )}
    | {"sklearn.discriminant_analysis.LinearDiscriminantAnalysis"}
)  # fmt: skip

#: Figures of a column; filling gaps with them is imputation by hand.
_FIGURES = frozenset({"mean", "median", "mode"})

_FITS = frozenset({"fit", "fit_transform", "partial_fit"})


def marks(call: Call) -> Iterable[Mark]:
    """Rows transformed by, and transformers holding, statistics of rows that nobody has split."""
    if call.method in _FITS and call.receiver is not None:
        rows = call.argument(0, "X")
        if rows is None or past(rows).role or not past(rows).sources:
            return ()
        learns = next((part.name for part in parts_within(call.receiver) if part.name in _LEARNING), "")
        return (Mark(RULE.id, call.place, learns, past(rows).sources),) if learns else ()
    if call.method == "fillna":
        return _filled(call)
    return ()


def _filled(call: Call) -> Iterable[Mark]:
    filler = call.argument(0, "value")
    made_by = getattr(filler, "call", None)
    if not isinstance(made_by, Call) or made_by.method not in _FIGURES or made_by.receiver is None:
        return ()
    rows = past(made_by.receiver)
    if rows.role or not rows.sources:
        return ()
    return (Mark(RULE.id, call.place, f"{call.method}({made_by.method})", rows.sources),)


def in_scope(calls: Sequence[Call]) -> Iterable[Sighting]:
    """Splits of rows that carry the mark, and transformers that carry it at work on one side of a split."""
    for call in calls:
        if call.split is not None and not call.split.role:
            for mark in sorted(call.split.marks):
                if mark.rule == RULE.id:
                    yield _sighting(mark, call)
        if call.method == "transform" and call.receiver is not None:
            rows = past_of((*call.positional, *call.keywords.values()))
            for mark in sorted(past(call.receiver).marks):
                if mark.rule == RULE.id and rows.role and not mark.sources.isdisjoint(rows.sources):
                    yield _sighting(mark, call)


def _sighting(mark: Mark, call: Call) -> Sighting:
    return Sighting(RULE.id, mark.place, (call.place,), {"fitted": mark.name, "split": call.name})


DETECTOR = Detector(RULE, marks=marks, in_scope=in_scope, roots=("pandas", "sklearn"))
