"""W001: a sampler of imbalanced-learn as a step of scikit-learn's own pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fatesline.catalog.entry import Text
from fatesline.checking.detectors.detector import Detector, Rule, Sighting
from fatesline.checking.detectors.samplers import is_sampler
from fatesline.checking.flow.structure import steps_of
from fatesline.checking.flow.values import Call, Either, Known, Partial, Thing, Value
from fatesline.model.places import Place

RULE = Rule(
    id="W001",
    slug="sampler-in-plain-pipeline",
    severity="error",
    title=Text(
        en="Sampler in a plain scikit-learn pipeline",
        fr="Rééchantillonneur dans un pipeline scikit-learn ordinaire",
    ),
    what=Text(
        en="A step of sklearn.pipeline.Pipeline or make_pipeline is a sampler of imbalanced-learn.",
        fr="Une étape de sklearn.pipeline.Pipeline ou de make_pipeline est un rééchantillonneur d'imbalanced-learn.",
    ),
    why=Text(
        en="A sampler changes the number of rows through fit_resample, which scikit-learn's pipeline never calls: "
        "fitting stops with an error. The pipeline of imbalanced-learn calls it, and only on training rows.",
        fr="Un rééchantillonneur change le nombre de lignes par fit_resample, que le pipeline de scikit-learn "
        "n'appelle "
        "jamais : l'apprentissage s'arrête sur une erreur. Celui d'imbalanced-learn l'appelle, et seulement sur les "
        "lignes d'apprentissage.",
    ),
    bad="from imblearn.over_sampling import SMOTE\n"
    "from sklearn.pipeline import make_pipeline\n\n"
    "model = make_pipeline(SMOTE(), LogisticRegression())\n",
    good="from imblearn.over_sampling import SMOTE\n"
    "from imblearn.pipeline import make_pipeline\n\n"
    "model = make_pipeline(SMOTE(), LogisticRegression())\n",
    sources=(
        "scikit-learn, Pipeline: https://scikit-learn.org/stable/modules/generated/sklearn.pipeline.Pipeline.html",
        "imbalanced-learn, Pipeline: "
        "https://imbalanced-learn.org/stable/references/generated/imblearn.pipeline.Pipeline.html",
    ),
)

_PLAIN = frozenset({"sklearn.pipeline.Pipeline", "sklearn.pipeline.make_pipeline"})


def in_scope(calls: Sequence[Call]) -> Iterable[Sighting]:
    """Plain pipelines of a scope with a sampler among their steps, those appended later included."""
    # A call read once per alternative of its target stands here once for each: plain in all of them is a fault.
    others = {id(call.node) for call in calls if call.name.startswith("imblearn.pipeline.")}
    for call in calls:
        if call.name in _PLAIN and id(call.node) not in others:
            for name, step in steps_of(call):
                sampler = _sampler(step)
                if sampler:
                    yield Sighting(RULE.id, call.place, _made_at(step), {"step": name, "sampler": sampler})
                    break


def _sampler(step: Value) -> str:
    """Qualified name of the sampler that a step certainly is, else empty."""
    found = [_name(option) for option in step.options] if isinstance(step, Either) else [_name(step)]
    return found[0] if found and all(is_sampler(name) for name in found) else ""


def _name(value: Value) -> str:
    if isinstance(value, Partial):
        return _name(value.function)
    return value.name if isinstance(value, Known | Thing) else ""


def _made_at(step: Value) -> tuple[Place, ...]:
    return (step.call.place,) if isinstance(step, Thing) and step.call is not None else ()


DETECTOR = Detector(RULE, in_scope=in_scope, roots=("imblearn", "sklearn"))
