"""Configurations that together show every combination of a few choices."""

from __future__ import annotations

from collections.abc import Sequence

from fatesline.model.configuration import Configuration
from fatesline.model.features import FeatureModel
from fatesline.reasoning.encoding import bits, encode
from fatesline.reasoning.solutions import Forced, Solutions

_NOTHING_DECIDED = Configuration()


def covering(
    model: FeatureModel, ids: Sequence[str], strength: int = 2, given: Configuration = _NOTHING_DECIDED
) -> tuple[frozenset[str], ...]:
    """Total configurations in which every possible combination of choices among the given features occurs.

    Parameters
    ----------
    model : FeatureModel
    ids : sequence of str
        The features whose choices are combined; each may be chosen or not.
    strength : int
        How many choices are combined, 1 to 3.
    given : Configuration
        Decisions that every configuration keeps.

    Returns
    -------
    tuple of frozenset of str
        The chosen features of each. Empty if ``given`` is inconsistent. Always the same for the same question.

    Raises
    ------
    UserError
        For an unknown feature.
    ValueError
        For another strength.
    """
    if strength not in (1, 2, 3):
        raise ValueError(f"strength must be 1, 2 or 3, not {strength}")
    encoding = encode(model)
    space = Solutions(encoding.clauses, encoding.features)
    decided = encoding.literals(given)
    variables = encoding.literals(Configuration.choosing(*ids))
    found = _Cover(space, decided, variables).sample(min(strength, len(variables))) if variables else []
    features = model.features
    return tuple(frozenset([features[at - 1].id for at in bits(solution)]) for solution in found)


class _Cover:
    """Greedy covering of sets of literals.

    Literals are positions: ``2 i`` is the ``i``-th variable, ``2 i + 1`` its negation; sets of them are integers.
    """

    def __init__(self, space: Solutions, decided: list[int], variables: list[int]) -> None:
        self._space = space
        self._decided = decided
        self._literals = [literal for variable in variables for literal in (variable, -variable)]
        self._position = {literal: at for at, literal in enumerate(self._literals)}

    def sample(self, strength: int) -> list[int]:
        """Solutions that cover every possible combination of ``strength`` literals."""
        open_for = self._possible((), strength)
        found: list[int] = []
        while open_for:
            combination = max(open_for, key=lambda one: (open_for[one].bit_count(), [-at for at in one]))
            partner = max(bits(open_for[combination]), key=lambda at: (self._weight(open_for, at), -at))
            solution = self._solution(open_for, (*combination, partner))
            found.append(solution)
            open_for = self._still_open(open_for, self._seen_in(solution))
        return found

    def _possible(self, fixed: tuple[int, ...], strength: int) -> dict[tuple[int, ...], int]:
        """Combinations of one literal fewer, with the later literals that can stand beside each."""
        forced = self._space.forced([*self._decided, *(self._literals[at] for at in fixed)])
        if forced is None:
            return {}
        later = range(fixed[-1] + 1 if fixed else 0, len(self._literals))
        beside = [at for at in later if not self._excluded(forced, self._literals[at])]
        if len(fixed) == strength - 1:
            mask = sum(1 << at for at in beside)
            return {fixed: mask} if mask else {}
        return {
            combination: mask for at in beside for combination, mask in self._possible((*fixed, at), strength).items()
        }

    @staticmethod
    def _excluded(forced: Forced, literal: int) -> bool:
        return bool((forced.false if literal > 0 else forced.true) >> abs(literal) & 1)

    @staticmethod
    def _weight(open_for: dict[tuple[int, ...], int], at: int) -> int:
        return open_for.get((at,), 0).bit_count()

    def _solution(self, open_for: dict[tuple[int, ...], int], combination: tuple[int, ...]) -> int:
        """A solution of the combination that shows much else that is still open."""
        weight = [0] * len(self._literals)
        for one, mask in open_for.items():
            for at in one:
                weight[at] += mask.bit_count()
        wanted = [
            literal if weight[at] >= weight[at + 1] else -literal
            for at, literal in enumerate(self._literals[::2])
            for at in (2 * at,)
        ]
        solution = self._space.solution_near([*self._decided, *(self._literals[at] for at in combination)], wanted)
        assert solution is not None
        return solution

    def _seen_in(self, solution: int) -> int:
        return sum(
            1 << at for at, literal in enumerate(self._literals) if (solution >> abs(literal) & 1) == (literal > 0)
        )

    @staticmethod
    def _still_open(open_for: dict[tuple[int, ...], int], seen: int) -> dict[tuple[int, ...], int]:
        left = {}
        for combination, mask in open_for.items():
            if all(seen >> at & 1 for at in combination):
                mask &= ~seen
            if mask:
                left[combination] = mask
        return left
