"""Steps that only go up and down the feature tree, drawn together from where they start to where they end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from fatesline.model.features import FeatureModel
from fatesline.reasoning import Claim, Step


class Lineage(NamedTuple):
    """``start`` lies within ``top``, which always has ``end``; two of them may be the same.

    Whoever chooses ``start`` has ``end``; whoever rules out ``end`` cannot have ``start``.
    """

    start: str
    top: str
    end: str


def is_structure(step: Step) -> bool:
    """True if the step says no more than the shape of the tree."""
    rule = step.rule
    if rule is None or step.cases:
        return False
    return rule.kind in ("root", "parent") or (rule.group is not None and rule.group.kind == "mandatory")


def lineages(model: FeatureModel, steps: Sequence[Step], step: Step) -> list[Lineage]:
    """The ways through the tree by which a step reaches its premises, its own included if it is one.

    Parameters
    ----------
    model : FeatureModel
    steps : sequence of Step
        All steps of the argument or case.
    step : Step
        One of them. What holds in every configuration is no premise worth a way.
    """
    made = {one.conclusion: one for one in steps if one.conclusion is not None and is_structure(one)}
    if is_structure(step):
        asked = [step.conclusion] if step.conclusion is not None else [claim for claim in step.premises if claim.holds]
        made.setdefault(asked[0], step)
    else:
        asked = list(step.premises)
    found = []
    for claim in asked:
        way = _way(made, claim)
        if step.conclusion is None and is_structure(step):
            # The chosen one on the way to what it contradicts.
            way = [*way, *(other.feature for other in step.premises if not other.holds)]
        if not claim.holds:
            way.reverse()
        if len(way) > 1:
            top = 0
            while top + 1 < len(way) and model[way[top]].parent == way[top + 1]:
                top += 1
            found.append(Lineage(way[0], way[top], way[-1]))
    return found


def _way(made: Mapping[Claim, Step], claim: Claim) -> list[str]:
    """Features from where the claim comes from to the claim; itself alone where it starts there or is always so."""
    way = [claim.feature]
    while claim in made:
        premises = made[claim].premises
        if not premises:
            return way[:1]
        if len(premises) != 1:
            break
        claim = premises[0]
        way.append(claim.feature)
    return way[::-1]
