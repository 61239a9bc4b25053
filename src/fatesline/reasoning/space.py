"""All configurations of one model, asked through decisions: the reduction and the solver behind one door."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fatesline.model.configuration import Configuration
from fatesline.model.features import FeatureModel, unknown_feature
from fatesline.reasoning.reduction import Reduction
from fatesline.reasoning.solutions import Forced, Solutions


class Space:
    """The configurations of a model.

    Parameters
    ----------
    model : FeatureModel
    keep : iterable of str
        Ids of features that :meth:`near` is to choose freely; others that no constraint mentions are left to the tree.

    Notes
    -----
    Decisions are literals over features numbered from 1 in the order of the model; sets of features are integers with
    one bit per place in ``reduction.order``.
    """

    def __init__(self, model: FeatureModel, keep: Iterable[str] = ()) -> None:
        self.model = model
        self.reduction = Reduction(model, keep)
        self.solutions = Solutions(self.reduction.clauses, self.reduction.variables)

    def literals(self, configuration: Configuration) -> list[int]:
        """One literal per decision, in the order of the decisions.

        Raises
        ------
        UserError
            If a decision is on a feature that the model does not have.
        """
        number = self.reduction.number
        try:
            return [
                number[decision.feature] if decision.chosen else -number[decision.feature] for decision in configuration
            ]
        except KeyError as missing:
            raise unknown_feature(str(missing.args[0]), number) from None

    def is_possible(self, decided: Sequence[int]) -> bool:
        """True if some configuration keeps the decisions."""
        literals, local = self.reduction.literals(decided)
        return not local.clash and self.solutions.solution(literals) is not None

    def clash(self, decided: Sequence[int]) -> list[int] | None:
        """Some of the decisions that do not go together; None if all do."""
        literals, local = self.reduction.literals(decided)
        if local.clash:
            clashing = set(local.clash)
            return [literal for literal in decided if abs(literal) in clashing]
        if self.solutions.solution(literals) is not None:
            return None
        return self.reduction.asked_by(decided, self.solutions.core(literals), local)

    def forced(self, decided: Sequence[int]) -> Forced | None:
        """All features that hold or do not in every configuration that keeps the decisions; None if there is none."""
        literals, local = self.reduction.literals(decided)
        if local.clash:
            return None
        forced = self.solutions.forced(literals)
        return None if forced is None else self.reduction.expanded(forced, local)

    def implied(self, pairs: Iterable[tuple[int, int]]) -> list[int]:
        """The features that hold whenever their parent does, of pairs of an optional feature's parent and itself."""
        variable = self.reduction.variable
        asked: dict[tuple[int, int], list[int]] = {}
        for parent, child in pairs:
            # A left-out feature that is not mandatory can always be left out of the configuration too.
            if variable[child]:
                asked.setdefault((variable[parent], variable[child]), []).append(child)
        return [child for pair in self.solutions.implied(asked) for child in asked[pair]]
