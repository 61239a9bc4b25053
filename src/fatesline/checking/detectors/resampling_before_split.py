"""W003: rows added or removed by resampling, and split into training and test rows only afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fatesline.catalog.entry import Text
from fatesline.checking.detectors.detector import Detector, Rule, Sighting
from fatesline.checking.detectors.samplers import is_sampler
from fatesline.checking.flow.roles import is_none
from fatesline.checking.flow.values import Call, Literal, Mark, Thing, options, past_of

RULE = Rule(
    id="W003",
    slug="resampling-before-split",
    severity="error",
    title=Text(en="Resampling before the split", fr="Rééchantillonnage avant la séparation des données"),
    what=Text(
        en="All rows are over- or under-sampled, and split into training and test rows, or cross-validated, "
        "afterwards.",
        fr="Toutes les lignes sont sur- ou sous-échantillonnées, puis séparées en apprentissage et test, ou soumises à "
        "une validation croisée.",
    ),
    why=Text(
        en="Copies and neighbours of training rows end up among the test rows, and the test rows no longer have the "
        "proportions of real data: the measured figure says nothing about new data.",
        fr="Des copies et des voisines de lignes d'apprentissage se retrouvent parmi les lignes de test, et celles-ci "
        "n'ont plus les proportions des données réelles : le score mesuré ne dit rien de nouvelles données.",
    ),
    bad="X, y = SMOTE().fit_resample(X, y)\nX_train, X_test, y_train, y_test = train_test_split(X, y)\n",
    good="X_train, X_test, y_train, y_test = train_test_split(X, y)\nX_train, y_train = "
    "SMOTE().fit_resample(X_train, y_train)\n",
    sources=("imbalanced-learn, Common pitfalls: https://imbalanced-learn.org/stable/common_pitfalls.html",),
)


def marks(call: Call) -> Iterable[Mark]:
    """Rows made by a sampler, or repeated by ``sklearn.utils.resample``, from rows that nobody has split."""
    if call.method in ("fit_resample", "fit_sample"):
        sampler = next(
            (one.name for one in options(call.receiver) if isinstance(one, Thing) and is_sampler(one.name)), ""
        )
        rows = past_of((*call.positional, *call.keywords.values()))
    elif call.name == "sklearn.utils.resample":
        # Without replacement, or to the same number of rows, it shuffles or draws a bootstrap of its own.
        replaced = call.keywords.get("replace")
        if (isinstance(replaced, Literal) and replaced.value is False) or is_none(call.keywords.get("n_samples")):
            return ()
        sampler = call.name
        rows = past_of(call.positional)
    else:
        return ()
    if not sampler or rows.role:
        return ()
    return (Mark(RULE.id, call.place, sampler, rows.sources),)


def in_scope(calls: Sequence[Call]) -> Iterable[Sighting]:
    """Splits of rows that carry the mark."""
    for call in calls:
        if call.split is not None and not call.split.role:
            for mark in sorted(call.split.marks):
                if mark.rule == RULE.id:
                    yield Sighting(RULE.id, mark.place, (call.place,), {"sampler": mark.name, "split": call.name})


DETECTOR = Detector(RULE, marks=marks, in_scope=in_scope, roots=("imblearn", "sklearn"))
