"""W004: a bias mitigation that is imported and then not used."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from fatesline.catalog.entry import Text
from fatesline.checking.detectors.detector import Detector, Rule, Sighting
from fatesline.checking.flow.project import Project
from fatesline.checking.flow.scopes import Module, Record

RULE = Rule(
    id="W004",
    slug="mitigation-imported-never-used",
    severity="warning",
    title=Text(en="Mitigation imported, never used", fr="Atténuation importée, jamais utilisée"),
    what=Text(
        en="A file imports a bias mitigation of fairlearn or aif360 and never refers to it again.",
        fr="Un fichier importe une atténuation de biais de fairlearn ou d'aif360 et n'y fait plus jamais référence.",
    ),
    why=Text(
        en="The import reads as if biases were mitigated here; the model is trained without it.",
        fr="L'import laisse croire que les biais sont atténués ici ; le modèle est entraîné sans cela.",
    ),
    bad="from fairlearn.reductions import DemographicParity, ExponentiatedGradient\n\nmodel = "
    "LogisticRegression().fit(X, y)\n",
    good="from fairlearn.reductions import DemographicParity, ExponentiatedGradient\n\n"
    "model = ExponentiatedGradient(LogisticRegression(), DemographicParity())\n"
    "model.fit(X, y, sensitive_features=groups)\n",
    sources=(
        "Fairlearn, Mitigations: https://fairlearn.org/main/user_guide/mitigation/index.html",
        "aif360: https://aif360.readthedocs.io/en/stable/",
    ),
)

#: In fairlearn.reductions the other names are constraints and losses, which mitigate nothing by themselves.
_MITIGATION = re.compile(
    r"fairlearn\.reductions\.(ExponentiatedGradient|GridSearch)\Z"
    r"|fairlearn\.(postprocessing|preprocessing|adversarial)\.[A-Z]\w*\Z"
    r"|aif360\.algorithms\.(preprocessing|inprocessing|postprocessing)\.(\w+\.)*[A-Z]\w*\Z"
    r"|aif360\.sklearn\.(preprocessing|inprocessing|postprocessing)\.(\w+\.)*[A-Z]\w*\Z"
)


def in_project(project: Project, live: frozenset[Record]) -> Iterable[Sighting]:
    """Imports of mitigations whose name stands nowhere else in their file."""
    for module in project.modules.values():
        if module.is_test or PurePosixPath(module.path).name == "__init__.py":
            # A package's __init__ imports in order to offer, not to use.
            continue
        records = [module.record, *(definition.record for definition in module.definitions)]
        imports = {
            (seen.positional[0], seen.name, seen.place)
            for record in records
            for seen in record.seen
            if seen.role == "import" and seen.place.file == module.path and _MITIGATION.match(seen.name)
        }
        if imports:
            spoken_of = _names(module)
            for bound, name, place in sorted(imports, key=lambda one: (one[2], one[1])):
                if bound not in spoken_of:
                    yield Sighting(RULE.id, place, (), {"mitigation": name, "name": bound})


def _names(module: Module) -> set[str]:
    """Every name that a file loads, and those that it lists in ``__all__``."""
    found: set[str] = set()
    for statement in module.statements:
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                found.add(node.id)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
                found.add(node.value)
    return found


DETECTOR = Detector(RULE, in_project=in_project, roots=("aif360", "fairlearn"))
