"""W010: a mitigation that stands in a log or settings, and nowhere in the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from fatesline.catalog.entry import Text
from fatesline.checking.detectors.detector import Detector, Rule, Sighting
from fatesline.checking.flow.scopes import Module, Record

RULE = Rule(
    id="W010",
    slug="mitigation-only-claimed",
    severity="warning",
    title=Text(en="Mitigation claimed, not done", fr="Atténuation affirmée, non faite"),
    what=Text(
        en="A tag, a logged parameter or an entry of metadata says that biases are mitigated or fairness is ensured, "
        "and no code that is reached weighs, resamples, constrains or corrects anything.",
        fr="Une étiquette, un paramètre consigné ou une entrée de métadonnées dit que les biais sont atténués ou "
        "l'équité assurée, et aucun code atteint ne pondère, rééchantillonne, contraint ou corrige quoi que ce soit.",
    ),
    why=Text(
        en="Readers of the record take it for done; nothing in the model differs from one that was trained without.",
        fr="Les lecteurs du registre le croient fait ; rien dans le modèle ne diffère d'un modèle entraîné sans cela.",
    ),
    bad='import mlflow\n\nmlflow.log_param("bias_mitigation", True)\n',
    good="import mlflow\nfrom fairlearn.reductions import DemographicParity, ExponentiatedGradient\n\n"
    'mlflow.log_param("bias_mitigation", True)\n'
    "model = ExponentiatedGradient(model, DemographicParity()).fit(X, y, sensitive_features=groups)\n",
    sources=("Raji et al. 2020, Closing the AI accountability gap: https://doi.org/10.1145/3351095.3372873",),
)

_CLAIM = re.compile(
    r"(\A|_)(bias(es)?_(mitigat\w*|corrected|correction|removed|removal|reduction|reduced|handled|handling)"
    r"|debias\w*|(fairness|fair)_(mitigat\w*|constraint\w*|applied|ensured|enforced|aware|correction|intervention)"
    r"|mitigat\w+_(bias(es)?|applied|method|technique|strategy)|fairness_mitigat\w*)(_|\Z)",
    re.IGNORECASE,
)
_WORTH_A_LOOK = re.compile(r"mitigat|debias|bias_(corr|rem|red|hand)|fair(ness)?_", re.IGNORECASE)
#: One of these is in every such text; plain text is found ten times faster than an expression.
_HINTS = ("mitigat", "bias", "fair")
_DENIED = frozenset({"", "no", "none", "false", "off", "todo", "n/a", "pending", "planned"})

#: Calls that do something about biases; a name of the project's own counts as well.
_DONE = re.compile(
    r"fairlearn\.(reductions|preprocessing|postprocessing|adversarial)\.|aif360\.(sklearn\.)?(algorithms\.)?"
    r"(pre|in|post)processing\.|imblearn\.|smote_variants\.|fairgbm\.|fairret\.|fairtorch\.|tensorflow_model_remediation"
    r"|tensorflow_constrained_optimization|holisticai\.bias\.mitigation|jurity\.mitigation|oxonfair\.|error_parity\."
    r"|(\A|\.)\w*(mitigat|debias|reweigh|resampl|fair_?threshold|threshold_optimi[sz]|compute_(class|sample)_weight)\w*\Z"
    r"|sklearn\.utils\.resample\Z|torch\.utils\.data\.WeightedRandomSampler\Z",
    re.IGNORECASE,
)
#: Calls that write down what they are given.
_RECORDS = re.compile(r"log|tag|param|config|meta|card|record|report|update|audit|\Adict\Z|summary", re.IGNORECASE)
_WEIGHTS = frozenset({"class_weight", "sample_weight", "scale_pos_weight", "sensitive_features", "class_weights"})


def in_module(module: Module, text: str) -> Iterable[Sighting]:
    """Claims, whether or not they are borne out."""
    lowered = text.lower()
    if not any(hint in lowered for hint in _HINTS) or _WORTH_A_LOOK.search(text) is None:
        return
    for statement in module.statements:
        for node in ast.walk(statement):
            for name, value in _pairs(node):
                if _CLAIM.search(name) and _affirms(value):
                    yield Sighting(RULE.id, module.place(node), (), {"claim": name})


def borne_out(live: Iterable[Record]) -> bool:
    """Whether something in the project does what the claims say."""
    return any(_does_something(record) for record in live)


def _does_something(record: Record) -> bool:
    return any(
        seen.role == "call"
        and (
            _DONE.search(seen.name) is not None
            or any(seen.keywords.get(weight, "None") != "None" for weight in _WEIGHTS)
        )
        for seen in record.seen
    )


def _pairs(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Names and values in dicts, keywords, and calls such as ``log_param(name, value)``."""
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield key.value, value
    elif isinstance(node, ast.Call) and _RECORDS.search(_called(node)) is not None:
        # Handed to any other call, the same word switches something on.
        for keyword in node.keywords:
            if keyword.arg is not None:
                yield keyword.arg, keyword.value
        if len(node.args) == 2 and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
            yield node.args[0].value, node.args[1]


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _affirms(value: ast.expr) -> bool:
    """True, a number other than zero or a text that denies nothing; what only running tells affirms nothing."""
    if not isinstance(value, ast.Constant):
        return False
    if isinstance(value.value, str):
        return value.value.strip().lower() not in _DENIED and len(value.value) < 100
    return bool(value.value)


DETECTOR = Detector(RULE, in_module=in_module, withdrawn=borne_out)
