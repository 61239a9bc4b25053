"""W007: rows added to or removed from the test side of a split."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fatesline.catalog.entry import Text
from fatesline.checking.detectors.detector import Detector, Rule, Sighting
from fatesline.checking.detectors.samplers import is_sampler
from fatesline.checking.flow.values import Call, past

RULE = Rule(
    id="W007",
    slug="test-set-resampled",
    severity="error",
    title=Text(en="Test rows resampled", fr="Lignes de test rééchantillonnées"),
    what=Text(
        en="A sampler of imbalanced-learn is applied to test or validation rows.",
        fr="Un échantillonneur d'imbalanced-learn est appliqué à des lignes de test ou de validation.",
    ),
    why=Text(
        en="The rows measured on no longer have the proportions of real data, and some of them were made up: the "
        "measured figure says nothing about new data.",
        fr="Les lignes sur lesquelles on mesure n'ont plus les proportions des données réelles, et certaines sont "
        "inventées : le score mesuré ne dit rien de nouvelles données.",
    ),
    bad="X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)\n"
    "X_test, y_test = SMOTE(random_state=0).fit_resample(X_test, y_test)\n",
    good="X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)\n"
    "X_train, y_train = SMOTE(random_state=0).fit_resample(X_train, y_train)\n",
    sources=("imbalanced-learn, Common pitfalls: https://imbalanced-learn.org/stable/common_pitfalls.html",),
)


def in_scope(calls: Sequence[Call]) -> Iterable[Sighting]:
    """Samplers at work on one side of a split that is not for training."""
    for call in calls:
        if call.method not in ("fit_resample", "fit_sample"):
            continue
        sampler = call.name.rpartition(".")[0]
        rows = call.argument(0, "X")
        if rows is not None and is_sampler(sampler) and past(rows).role in ("test", "validation"):
            yield Sighting(RULE.id, call.place, (), {"sampler": sampler})


DETECTOR = Detector(RULE, in_scope=in_scope, roots=("imblearn",))
