"""Floor 1: FeatureModel -> answers. Knows no files and no texts."""

from fatesline.reasoning.analysis import atomic_sets, core, dead, false_optional, redundant_constraints, void
from fatesline.reasoning.bearing import Bearing
from fatesline.reasoning.circuit import OutOfTime
from fatesline.reasoning.comparison import Comparison, compared
from fatesline.reasoning.counting import Census, Count, count, enumerated
from fatesline.reasoning.reasoner import Reasoner
from fatesline.reasoning.results import Argument, Claim, Conflict, Consequences, Repair, Rule, Step
from fatesline.reasoning.sampling import covering
from fatesline.reasoning.slicing import sliced

__all__ = [
    "Argument",
    "Bearing",
    "Census",
    "Claim",
    "Comparison",
    "Conflict",
    "Consequences",
    "Count",
    "OutOfTime",
    "Reasoner",
    "Repair",
    "Rule",
    "Step",
    "atomic_sets",
    "compared",
    "core",
    "count",
    "covering",
    "dead",
    "enumerated",
    "false_optional",
    "redundant_constraints",
    "sliced",
    "void",
]
