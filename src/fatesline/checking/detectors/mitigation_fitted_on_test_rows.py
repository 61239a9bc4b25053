"""W009: a bias mitigation that learns from the rows it is judged on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from fatesline.catalog.entry import Text
from fatesline.checking.detectors.detector import Detector, Rule, Sighting
from fatesline.checking.flow.roles import is_test
from fatesline.checking.flow.values import Call

RULE = Rule(
    id="W009",
    slug="mitigation-fitted-on-test-rows",
    severity="error",
    title=Text(en="Mitigation fitted on test rows", fr="Atténuation ajustée sur les lignes de test"),
    what=Text(
        en="A bias mitigation of fairlearn or aif360 is fitted on rows of the test side of a split.",
        fr="Une atténuation de biais de fairlearn ou d'aif360 est ajustée sur des lignes du côté test d'une "
        "séparation.",
    ),
    why=Text(
        en="The thresholds or weights then fit these very people, and the fairness measured on them is better than "
        "that which others will meet.",
        fr="Les seuils ou les poids conviennent alors à ces personnes-là, et l'équité mesurée sur elles dépasse celle "
        "que d'autres rencontreront.",
    ),
    bad="from fairlearn.postprocessing import ThresholdOptimizer\n"
    "X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)\n"
    "ThresholdOptimizer(estimator=model, prefit=True).fit(X_test, y_test, sensitive_features=groups)\n",
    good="from fairlearn.postprocessing import ThresholdOptimizer\n"
    "X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)\n"
    "ThresholdOptimizer(estimator=model, prefit=True).fit(X_train, y_train, sensitive_features=groups)\n",
    sources=(
        "Fairlearn, ThresholdOptimizer: https://fairlearn.org/main/user_guide/mitigation/postprocessing.html",
        "Hardt, Price and Srebro 2016, Equality of opportunity in supervised learning: "
        "https://arxiv.org/abs/1610.02413",
    ),
)

_FIT = re.compile(
    r"(fairlearn\.(reductions|postprocessing|preprocessing|adversarial)"
    r"|aif360\.(algorithms|sklearn)\.(preprocessing|inprocessing|postprocessing))\."
    r"(\w+\.)*[A-Z]\w*\.(fit|fit_transform|fit_predict|partial_fit)\Z"
)


def in_scope(calls: Sequence[Call]) -> Iterable[Sighting]:
    """Fits of mitigations whose first argument is made of test rows."""
    for call in calls:
        if _FIT.match(call.name):
            given = next(iter(call.positional), None) or call.keywords.get("X") or call.keywords.get("dataset_true")
            if is_test(given or call.keywords.get("dataset")):
                yield Sighting(RULE.id, call.place, (), {"mitigation": call.name.rpartition(".")[0]})


DETECTOR = Detector(RULE, in_scope=in_scope, roots=("aif360", "fairlearn"))
