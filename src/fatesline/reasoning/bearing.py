"""Whether open features can still change anything besides themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from fatesline.model.features import Constraint, FeatureModel
from fatesline.model.formula import Formula
from fatesline.reasoning.results import Consequences


class Bearing:
    """The constraints of a model by the features they mention.

    Parameters
    ----------
    model : FeatureModel
    """

    def __init__(self, model: FeatureModel) -> None:
        self._mentioning: dict[str, list[Constraint]] = {}
        for constraint in model.constraints:
            for name in constraint.formula.variables():
                self._mentioning.setdefault(name, []).append(constraint)

    def through(
        self, features: Iterable[str], follows: Consequences, *, without: Collection[str] = ()
    ) -> tuple[str, ...]:
        """Constraints through which the open ones of these features may bear on others, preferences among them.

        Parameters
        ----------
        features : iterable of str
        follows : Consequences
            What is settled.
        without : collection of str
            Ids of constraints switched off.

        Returns
        -------
        tuple of str
            Empty only if the tree alone ties them to the rest: whatever it allows of them changes nothing else, now and
            after any further decision.

        Notes
        -----
        A constraint does not count once what is settled makes it true whatever else holds. That is seen by its parts,
        so that one that is true by its form alone (``a | !a``) still counts.
        """
        found: dict[str, None] = {}
        for name in follows.open(tuple(features)):
            for constraint in self._mentioning.get(name, ()):
                if constraint.id not in without and _value(constraint.formula, follows) is not True:
                    found[constraint.id] = None
        return tuple(found)


def _value(formula: Formula, follows: Consequences) -> bool | None:
    """The truth value as far as what is settled gives it; None if it does not."""
    if formula.kind == "feature":
        return True if formula.feature in follows.chosen else False if formula.feature in follows.ruled_out else None
    parts = [_value(part, follows) for part in formula.parts]
    match formula.kind:
        case "not":
            return None if parts[0] is None else not parts[0]
        case "and":
            return False if False in parts else None if None in parts else True
        case "or":
            return True if True in parts else None if None in parts else False
        case "implies":
            return True if parts[0] is False or parts[1] is True else None if None in parts else False
        case _:
            return None if None in parts else parts[0] == parts[1]
