"""Floor 1: FeatureModel -> answers. Knows no files and no texts."""

from fatesline.reasoning.analysis import core, dead, false_optional, redundant_constraints, void
from fatesline.reasoning.reasoner import Reasoner
from fatesline.reasoning.results import Argument, Claim, Conflict, Consequences, Repair, Rule, Step
from fatesline.reasoning.sampling import covering

__all__ = [
    "Argument",
    "Claim",
    "Conflict",
    "Consequences",
    "Reasoner",
    "Repair",
    "Rule",
    "Step",
    "core",
    "covering",
    "dead",
    "false_optional",
    "redundant_constraints",
    "void",
]
