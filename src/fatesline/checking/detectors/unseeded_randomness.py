"""H001: random splits, samplers, models and figures without a seed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

from fatesline.catalog.entry import Text
from fatesline.checking.detectors.detector import Detector, Rule, Sighting
from fatesline.checking.flow.project import Project
from fatesline.checking.flow.scopes import Module, Record, Seen
from fatesline.model.places import Place

RULE = Rule(
    id="H001",
    slug="unseeded-randomness",
    severity="note",
    title=Text(en="Randomness without a seed", fr="Hasard sans graine"),
    what=Text(
        en="A split, a sampler, a model or a generator draws at random, and neither it nor the project sets a seed. "
        "Told once for each file, at the first place.",
        fr="Une séparation, un échantillonneur, un modèle ou un générateur tire au hasard, et ni lui ni le projet ne "
        "fixe de graine. Dit une fois par fichier, au premier endroit.",
    ),
    why=Text(
        en="Nobody can repeat the run and get the same model and figures, so a difference between two runs tells "
        "nothing.",
        fr="Personne ne peut répéter l'exécution et obtenir le même modèle et les mêmes chiffres ; une différence "
        "entre deux exécutions ne dit rien.",
    ),
    bad="X_train, X_test = train_test_split(X)\n",
    good="X_train, X_test = train_test_split(X, random_state=0)\n",
    sources=(
        "scikit-learn, Controlling randomness: "
        "https://scikit-learn.org/stable/common_pitfalls.html#controlling-randomness",
    ),
)

#: Draw at random whatever else they are given, unless ``random_state`` says how.
_DRAWS = re.compile(
    r"sklearn\.model_selection\.(train_test_split|ShuffleSplit|StratifiedShuffleSplit|GroupShuffleSplit"
    r"|RepeatedKFold|RepeatedStratifiedKFold|RandomizedSearchCV|HalvingRandomSearchCV)\Z"
    r"|sklearn\.ensemble\.(RandomForest|ExtraTrees|Bagging|GradientBoosting|AdaBoost|IsolationForest)\w*\Z"
    r"|sklearn\.(neural_network\.MLP|tree\.(DecisionTree|ExtraTree)|linear_model\.SGD)\w+\Z"
    r"|sklearn\.(cluster\.(MiniBatch)?KMeans|manifold\.TSNE|utils\.(resample|shuffle))\Z"
    r"|imblearn\.(over_sampling\.(\w+\.)*(SMOTE\w*|ADASYN|BorderlineSMOTE|KMeansSMOTE|SVMSMOTE|RandomOverSampler)"
    r"|under_sampling\.(\w+\.)*RandomUnderSampler|combine\.(\w+\.)*SMOTE\w+)\Z"
    r"|pandas\.DataFrame\.sample\Z|datasets\.(\w+\.)*train_test_split\Z"
)
#: Draw only when told to shuffle.
_DRAWS_WHEN_SHUFFLING = re.compile(
    r"sklearn\.model_selection\.(Stratified|Group|StratifiedGroup)?KFold\Z|aif360\.(\w+\.)*split\Z"
)
_SPARK = re.compile(r".*\.randomSplit\Z")
_NUMPY = re.compile(
    r"numpy\.random\.(rand|randn|randint|random|random_sample|choice|shuffle|permutation|normal|uniform|binomial"
    r"|poisson|beta|gamma|exponential|standard_normal|multivariate_normal)\Z"
)
_TORCH = re.compile(r"torch\.(randperm|utils\.data\.(\w+\.)*(random_split|RandomSampler|WeightedRandomSampler))\Z")
_TORCH_LOADER = re.compile(r"torch\.utils\.data\.(\w+\.)*DataLoader\Z")
_GENERATORS = frozenset({"numpy.random.default_rng", "numpy.random.RandomState"})
_STDLIB = re.compile(r"random\.(random|randint|randrange|choice|choices|sample|shuffle|uniform|gauss)\Z")
_ALL_DRAWS = (_DRAWS, _DRAWS_WHEN_SHUFFLING, _NUMPY, _TORCH, _TORCH_LOADER, _STDLIB, _SPARK)

_ALL = r"(.*\.)?(seed_everything|set_seed|set_seeds|set_random_seed|set_random_seeds|enable_determinism|seed_all)\Z"
_SEEDS_NUMPY = re.compile(rf"numpy\.random\.seed\Z|{_ALL}")
_SEEDS_STDLIB = re.compile(rf"random\.seed\Z|{_ALL}")
_SEEDS_TORCH = re.compile(rf"torch\.(random\.)?manual_seed\Z|{_ALL}")

_STATES = ("random_state", "seed", "rng", "generator")


def in_project(project: Project, live: frozenset[Record]) -> Iterable[Sighting]:
    """The first unseeded draw of each file, with those that follow."""
    calls = [seen for record in live for seen in record.seen if seen.role == "call"]
    names = {seen.name for seen in calls}
    numpy_is_seeded = any(map(_SEEDS_NUMPY.match, names))
    stdlib_is_seeded = any(map(_SEEDS_STDLIB.match, names))
    torch_is_seeded = any(map(_SEEDS_TORCH.match, names))
    draws = {name for name in names if name in _GENERATORS or any(one.match(name) for one in _ALL_DRAWS)}
    found: dict[str, dict[Place, str]] = {}
    for seen in calls:
        if seen.name not in draws:
            continue
        if seen.name.startswith("torch."):
            is_unseeded = not torch_is_seeded and _draws_by_torch(seen)
        else:
            is_unseeded = _is_unseeded(seen, numpy_is_seeded=numpy_is_seeded, stdlib_is_seeded=stdlib_is_seeded)
        if is_unseeded:
            found.setdefault(seen.place.file, {})[seen.place] = seen.name
    for file in sorted(found):
        spread = _seeded_from_outside(project.modules[file])
        places = sorted(
            (place for place in found[file] if place not in spread), key=lambda place: (place.cell or 0, place)
        )
        if places:
            first, *others = places
            yield Sighting(RULE.id, first, tuple(others), {"random": found[file][first]})


def _is_unseeded(seen: Seen, *, numpy_is_seeded: bool, stdlib_is_seeded: bool) -> bool:
    name, keywords = seen.name, seen.keywords
    if _STDLIB.match(name):
        return not stdlib_is_seeded
    if _SPARK.match(name):
        return len(seen.positional) < 2 and keywords.get("seed", "None") == "None"
    if numpy_is_seeded:
        return name in _GENERATORS and not seen.positional and "seed" not in keywords
    if name in _GENERATORS:
        return seen.positional in ((), ("None",)) and keywords.get("seed", "None") == "None"
    if _NUMPY.match(name):
        return True
    if any(keywords.get(state, "None") != "None" for state in _STATES):
        return False
    if _DRAWS_WHEN_SHUFFLING.match(name):
        return keywords.get("shuffle") == "True"
    return _DRAWS.match(name) is not None and keywords.get("shuffle") != "False"


def _draws_by_torch(seen: Seen) -> bool:
    if seen.keywords.get("generator", "None") != "None":
        return False
    if _TORCH_LOADER.match(seen.name):
        return seen.keywords.get("shuffle") == "True"
    return _TORCH.match(seen.name) is not None


def _seeded_from_outside(module: Module) -> set[Place]:
    """Calls that take ``**settings``, among which the seed may be, and those within a call that hands its seed on."""
    found: set[Place] = set()
    for statement in module.statements:
        for node in ast.walk(statement):
            if not isinstance(node, ast.Call):
                continue
            if any(keyword.arg is None for keyword in node.keywords):
                found.add(module.place(node))
            if any(keyword.arg == "random_state" for keyword in node.keywords):
                within = (inner for inner in ast.walk(node) if isinstance(inner, ast.Call) and inner is not node)
                found |= {module.place(inner) for inner in within}
    return found


DETECTOR = Detector(RULE, in_project=in_project)
